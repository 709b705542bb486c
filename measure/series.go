package measure

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
)

// Line is the figures of one area over several periods.
type Line struct {
	Area    *registry.Area
	Before  bool     // another took its place: it is shown so that a series does not begin or end in the dark
	Figures []Figure // one for each period asked for, in their order
}

// Series reads a measure of an authority over several periods. The lines of the areas whose place it took stand below its
// own, latest first, each with what was known of it while it stood; nothing is added up, because the places need not be
// the same. A period before an area began, or after it ended, has a figure without a number that says so.
func (m *Measures) Series(ctx context.Context, key Key, area int, periods []civil.Period) ([]Line, error) {
	snap, err := m.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	own := snap.Area(area)
	if own == nil || !own.IsAuthority() {
		return nil, fault.New(fault.NotFound, "there is no such authority")
	}
	lines := []Line{{Area: own}}
	for _, was := range Predecessors(snap, area) {
		lines = append(lines, Line{Area: was, Before: true})
	}
	for i := range lines {
		for _, p := range periods {
			f, err := m.during(ctx, key, lines[i].Area, p)
			if err != nil {
				return nil, err
			}
			lines[i].Figures = append(lines[i].Figures, f)
		}
	}
	return lines, nil
}

// during reads the figure of one area for a period, if it stood in it.
func (m *Measures) during(ctx context.Context, key Key, a *registry.Area, p civil.Period) (Figure, error) {
	none := Figure{Measure: key, AreaID: a.ID, Area: a.Code, Kind: a.Kind, Name: a.Name, Period: p, State: NotAsked, Definition: definitions[key].Version, Vintage: p.Last()}
	switch {
	case a.ValidFrom != civil.None && a.ValidFrom > p.Last():
		none.note(fmt.Sprintf("It began on %s.", a.ValidFrom.Words()))
		return none, nil
	case a.ValidTo != civil.None && a.ValidTo < p.First():
		none.note(fmt.Sprintf("It ended on %s.", a.ValidTo.Words()))
		return none, nil
	}
	list, err := m.Figures(ctx, Query{Measure: key, Period: p, Area: a.Code})
	for i := range list {
		if list[i].AreaID == a.ID {
			return list[i], err
		}
	}
	return none, err
}

// Predecessors lists the areas whose place an area took, whole or in part, and those whose place they took, latest first.
func Predecessors(snap *registry.Snapshot, area int) []*registry.Area {
	before := predecessors(snap)
	seen := map[int]bool{area: true}
	var list []*registry.Area
	for todo := []int{area}; len(todo) > 0; todo = todo[1:] {
		for _, id := range before[todo[0]] {
			if !seen[id] {
				seen[id] = true
				list = append(list, snap.Area(id))
				todo = append(todo, id)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *registry.Area) int {
		return cmp.Or(cmp.Compare(b.ValidTo, a.ValidTo), cmp.Compare(a.Code, b.Code))
	})
	return list
}
