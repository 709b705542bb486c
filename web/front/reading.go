package front

import (
	"cmp"
	"context"
	"slices"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/research"
)

// reading is the numbers of all pages of this folder, read in one go. It never changes after it is made.
type reading struct {
	at      time.Time
	today   civil.Date
	nations []*nation // the one with most places first

	standings [6]research.Standing
	nation    string // that the report is about
	year      civil.Period
}

// nation is the state of provision of one.
type nation struct {
	area          *registry.Area
	at            registry.Population // who is at risk there
	year, running civil.Period        // the last whole financial year, and the one that runs

	coverage, dispensed, soFar *measure.Figure // nil: none was made
	areas                      []areaFigure    // coverage of each, by name
	known                      int             // how many have a number
	places, placesIn           int             // public places that are open for good today, and in how many areas
}

type areaFigure struct {
	area   *registry.Area
	figure *measure.Figure
}

func read(v *desk.Visit, today civil.Date) (*reading, error) {
	r := &reading{today: today}
	for _, n := range nationsShown(v.Snap, today) {
		if err := n.read(v); err != nil {
			return nil, err
		}
		r.nations = append(r.nations, n)
	}
	if len(r.nations) == 0 {
		return r, nil
	}
	all, of, year, err := research.Standings(v)
	if fault.Is(err, fault.NotFound) { // a site of other nations than the report's
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	r.standings, r.nation, r.year = all, of.Name, year
	return r, nil
}

// nationsShown are those with an outlet; on a site that has none yet, the first that has authorities.
func nationsShown(snap *registry.Snapshot, today civil.Date) []*nation {
	year := civil.FinancialYearOf(today)
	of := func(a *registry.Area) *nation {
		return &nation{area: a, at: measure.PeopleAtRisk(snap, a.ID), year: year.Before(), running: year}
	}
	byNation, areas := map[int]*nation{}, map[int]bool{}
	for _, o := range snap.Outlets() {
		a := snap.NationOf(o.Area)
		if a == nil || !o.OpenOn(today) {
			continue
		}
		n := byNation[a.ID]
		if n == nil {
			n = of(a)
			byNation[a.ID] = n
		}
		if o.Public != registry.Yes || slices.Equal(o.Gives, []string{"none"}) {
			continue
		}
		n.places++
		if !areas[o.Area] {
			areas[o.Area] = true
			n.placesIn++
		}
	}
	var list []*nation
	for _, n := range byNation {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b *nation) int {
		return cmp.Or(cmp.Compare(b.places, a.places), cmp.Compare(a.area.Code, b.area.Code))
	})
	if len(list) == 0 {
		for _, a := range snap.Nations() {
			if len(snap.AuthoritiesOf(a.ID, today)) > 0 {
				return []*nation{of(a)}
			}
		}
	}
	return list
}

func (n *nation) read(v *desk.Visit) error {
	all, err := v.Measures.Figures(v.Ctx(), measure.Query{Measure: measure.Coverage, Period: n.year, Area: n.area.Code})
	if err != nil {
		return err
	}
	for i := range all {
		f := &all[i]
		if a := v.Snap.Area(f.AreaID); a != nil && a.IsAuthority() {
			n.areas = append(n.areas, areaFigure{a, f})
			if _, ok := figures.Known(f); ok {
				n.known++
			}
		}
	}
	slices.SortStableFunc(n.areas, func(a, b areaFigure) int { return cmp.Compare(a.area.Name, b.area.Name) })
	n.coverage = rowOf(all, n.area, measure.Pooled)
	if n.dispensed, err = n.sum(v.Ctx(), v.Measures, n.year); err != nil {
		return err
	}
	if n.soFar, err = n.sum(v.Ctx(), v.Measures, n.running); err != nil {
		return err
	}
	return nil
}

// sum is how many kits were given out.
func (n *nation) sum(ctx context.Context, from *measure.Measures, p civil.Period) (*measure.Figure, error) {
	all, err := from.Figures(ctx, measure.Query{Measure: measure.Dispensed, Period: p, Area: n.area.Code})
	return rowOf(all, n.area, measure.Sum), err
}

func rowOf(all []measure.Figure, of *registry.Area, row measure.Row) *measure.Figure {
	for i := range all {
		if all[i].AreaID == of.ID && all[i].Row == row {
			return &all[i]
		}
	}
	return nil
}
