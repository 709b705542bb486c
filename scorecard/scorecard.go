package scorecard

import (
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
	"everykit/support"
	"everykit/survey"
)

// Scorecards reads them. Make one with New; it is safe for use by many goroutines.
type Scorecards struct {
	db    *store.DB
	reg   *registry.Registry
	m     *measure.Measures
	s     *survey.Survey
	help  *support.Support
	today func() civil.Date
}

// New makes the room. It has no tables of its own.
func New(db *store.DB, reg *registry.Registry, m *measure.Measures, s *survey.Survey, help *support.Support, today func() civil.Date) *Scorecards {
	return &Scorecards{db, reg, m, s, help, today}
}

// Nation gives a card for each authority of a nation that stood on the last day of a financial year, by name. A year that
// had not begun, or another period than a financial year, is fault.Invalid.
func (c *Scorecards) Nation(ctx context.Context, nation int, year civil.Period) ([]Card, error) {
	r, err := c.read(ctx, nation, year)
	if err != nil {
		return nil, err
	}
	return r.cards(), nil
}

// Of gives one authority's. NotFound if it is none, or did not stand in the year.
func (c *Scorecards) Of(ctx context.Context, area int, year civil.Period) (Card, error) {
	r, err := c.read(ctx, area, year)
	if err != nil {
		return Card{}, err
	}
	for _, card := range r.cards() {
		if card.Area == area {
			return card, nil
		}
	}
	return Card{}, fault.New(fault.NotFound, "there is no such authority in %s", year)
}

func (r *reading) cards() []Card {
	list := make([]Card, 0, len(r.areas))
	for _, a := range r.areas {
		f := r.factsOf(a)
		card := Card{Area: a.ID, Year: r.year, Lines: f.lines()}
		var kinds []support.GapKind
		for _, g := range f.gaps(target) {
			kinds = append(kinds, g.Kind)
		}
		card.Lines[5] = judgeSupport(helped{
			gaps: kinds, actions: r.actions[a.ID], known: slices.ContainsFunc(card.Lines[:5], func(l Line) bool { return l.Verdict != NotKnown }),
			today: r.today, year: r.year, state: card.Lines[0].State,
		})
		list = append(list, card)
	}
	return list
}

func byName(a, b *registry.Area) int {
	if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
		return c
	}
	return a.ID - b.ID
}

func byNames(list []*registry.Area) []*registry.Area {
	slices.SortFunc(list, byName)
	return list
}
