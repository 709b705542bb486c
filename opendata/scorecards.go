package opendata

import (
	"context"
	"fmt"

	"everykit/civil"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/support"
	"everykit/survey"
)

// scorecardYears is how many whole financial years, with the running one, scorecards are published for.
const scorecardYears = 4

// scorecardTables are the scorecard by year, its rules, and the gaps of the last whole year.
func (s *Store) scorecardTables(ctx context.Context) ([]*Table, error) {
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	cards, gaps := scorecardTable(), gapsTable()
	running := civil.FinancialYearOf(s.today())
	year := running
	for range scorecardYears + 1 {
		for _, nation := range snap.Nations() {
			if open, err := s.notPublished(ctx, nation.ID, year); err != nil || open {
				if err != nil {
					return nil, err
				}
				continue
			}
			if err := s.addCards(ctx, snap, cards, nation, year); err != nil {
				return nil, err
			}
			if year.Last() < running.First() && year.Last()+1 == running.First() {
				if err := s.addGaps(ctx, snap, gaps, nation, year); err != nil {
					return nil, err
				}
			}
		}
		year = year.Before()
	}
	return []*Table{cards, rulesTable(), gaps}, nil
}

// notPublished reports whether a scorecard would be read from the answers of a round that is not published yet.
func (s *Store) notPublished(ctx context.Context, nation int, year civil.Period) (bool, error) {
	round, _, err := s.surveys.ForPeriod(ctx, nation, year)
	return round != nil && round.State != survey.Published, err
}

// addCards adds a nation's cards, if anything is known of any authority.
func (s *Store) addCards(ctx context.Context, snap *registry.Snapshot, t *Table, nation *registry.Area, year civil.Period) error {
	cards, err := s.cards.Nation(ctx, nation.ID, year)
	if err != nil {
		return err
	}
	known := false
	for i := range cards {
		known = known || cards[i].Count(scorecard.NotKnown) < len(cards[i].Lines)
	}
	if !known {
		return nil
	}
	for i := range cards {
		area := snap.Area(cards[i].Area)
		for _, l := range cards[i].Lines {
			t.Rows = append(t.Rows, []any{year.String(), area.Code, area.Name, int64(l.Recommendation), l.Verdict.String(), orNothing(l.State.String()), l.Plans, decimal(l.Value), orNothing(l.Evidence), day(l.On), scorecard.Version})
		}
	}
	return nil
}

func (s *Store) addGaps(ctx context.Context, snap *registry.Snapshot, t *Table, nation *registry.Area, year civil.Period) error {
	gaps, err := s.cards.Gaps(ctx, nation.ID, year, 0)
	if err != nil {
		return err
	}
	for i := range gaps {
		g := &gaps[i]
		area := snap.Area(g.Area)
		var kits any
		if g.Kits != nil {
			kits = int64(*g.Kits)
		}
		t.Rows = append(t.Rows, []any{year.String(), area.Code, area.Name, string(g.Kind), kits, day(g.Since)})
	}
	return nil
}

func scorecardTable() *Table {
	return &Table{
		Name: "scorecard", Title: "Scorecard", Text: "Where each authority stands on each of the six recommendations, by year.", Definition: scorecard.Version,
		Source: "The measures, the answers of published rounds and the registry of outlets, by the rules in the table rules.", Key: []string{"period", "area", "recommendation"},
		Columns: []Column{
			yearColumn(), areaCode("Code of the authority's area."), areaName(),
			{Name: "recommendation", Type: Integer, Title: "Recommendation", Description: "Its number, as in the table rules.", Need: true, Least: number(1), Most: number(6)},
			{Name: "verdict", Type: String, Title: "Verdict", Description: "met, partly, not_met or not_known.", Need: true, Words: []string{
				scorecard.Met.String(), scorecard.Partly.String(), scorecard.NotMet.String(), scorecard.NotKnown.String(),
			}},
			{Name: "state", Type: String, Title: "State", Description: "Of the evidence; why it is not known, if so."},
			{Name: "plans", Type: Boolean, Title: "Planned", Description: "Recommendation 1: kits are not provided, but it is planned.", Need: true},
			{Name: "value", Type: Number, Title: "Value", Description: "The number that decides, where there is one: kits per 100 people, a share."},
			{Name: "evidence", Type: String, Title: "Evidence", Description: "What it rests on, in a sentence or two."},
			{Name: "on", Type: Date, Title: "Date", Description: "Of the evidence."},
			{Name: "definition", Type: String, Title: "Definition", Description: "Version of the rules.", Need: true},
		},
		Explanation: []string{"A year is left out while a round about it is under way, so that no answer is told before its round is published."},
	}
}

func rulesTable() *Table {
	t := &Table{
		Name: "rules", Title: "Rules of the scorecard", Text: "What decides whether a recommendation is met, partly met or not met.", Definition: scorecard.Version, Source: "This program.", Key: []string{"recommendation"},
		Columns: []Column{
			{Name: "recommendation", Type: Integer, Title: "Recommendation", Description: "Its number.", Need: true, Unique: true, Least: number(1), Most: number(6)},
			{Name: "title", Type: String, Title: "Title", Description: "What it asks for.", Need: true},
			{Name: "met", Type: String, Title: "Met", Description: "When it is met.", Need: true},
			{Name: "partly", Type: String, Title: "Partly", Description: "When it is partly met.", Need: true},
			{Name: "not_met", Type: String, Title: "Not met", Description: "When it is not.", Need: true},
			{Name: "read_from", Type: String, Title: "Read from", Description: "Where the evidence is taken from, in order.", Need: true},
			{Name: "definition", Type: String, Title: "Definition", Description: "Version of the rules.", Need: true},
		},
	}
	for _, r := range scorecard.Rules() {
		t.Rows = append(t.Rows, []any{int64(r.Recommendation), r.Title, r.Met, r.Partly, r.NotMet, r.From, scorecard.Version})
	}
	return t
}

func gapsTable() *Table {
	var kinds []string
	for _, k := range support.GapKinds() {
		kinds = append(kinds, string(k))
	}
	return &Table{
		Name: "gaps", Title: "Gaps", Text: fmt.Sprintf("Where something is missing in the last whole year: no provision, fewer than %d kits for each 100 people, no outlet within reach, requirements, kits that expire, silence.", 100),
		Definition: scorecard.Version, Source: "The measures, the answers of published rounds and the registry of outlets.", Key: []string{"period", "area", "gap"},
		Columns: []Column{
			yearColumn(), areaCode("Code of the authority's area."), areaName(),
			{Name: "gap", Type: String, Title: "Gap", Description: "Which kind.", Need: true, Words: kinds},
			{Name: "kits", Type: Integer, Title: "Kits", Description: "That would close it. Absent where kits would not, or it is not known.", Unit: "kits", Least: number(0)},
			{Name: "since", Type: Date, Title: "Since", Description: "Since when it is known to be there."},
		},
	}
}
