package area

import (
	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/web/figures"
	"everykit/web/page"
)

// beforeYears is how many financial years are shown of an authority that took the place of others.
const beforeYears = 6

// changed fills in what an authority's page says of those whose place it took, and of those that took its.
func changed(v *visit, b *body) error {
	for _, id := range v.Area.Successors {
		if next := v.Snap.Area(id); next != nil {
			b.After = append(b.After, page.Link{Text: next.Name, Href: "/areas/" + next.Code})
		}
	}
	if v.Area.ValidTo != civil.None {
		b.Ended = v.Area.ValidTo.Words()
	}
	if len(measure.Predecessors(v.Snap, v.Area.ID)) == 0 {
		return nil
	}
	g, err := beforeGrid(v)
	b.Before = g.Table(v.here("/before.csv"))
	return err
}

// beforeGrid is kits dispensed and coverage by financial year, of the authority and of those whose place it took, each in
// lines of its own: nothing is added up, because the places need not be the same.
func beforeGrid(v *visit) (figures.Grid, error) {
	g := figures.Grid{
		File: "before", Caption: v.Area.Name + " and the authorities before it", Hide: true,
		Note:    "Each authority is shown for the years in which it stood. The lines are not added up: the places need not be the same.",
		Empty:   "No other authority was here before.",
		Columns: []figures.Column{{Key: "area"}, {Key: "name", Label: "Authority"}, {Key: "measure", Label: "Figure"}},
	}
	var years []civil.Period
	last := civil.FinancialYearOf(v.today)
	for y := v.firstYear(); len(years) < beforeYears && y.From <= last.From; y = y.After() {
		years = append(years, y)
		g.Columns = append(g.Columns, figures.Column{Key: y.String(), Label: y.String(), Numeric: true})
	}
	for _, k := range []measure.Key{measure.Dispensed, measure.Coverage} {
		lines, err := v.Measures.Series(v.Ctx(), k, v.Area.ID, years)
		if err != nil {
			return g, err
		}
		if len(lines) < 2 {
			break
		}
		for _, l := range lines {
			name := figures.Words(l.Area.Name)
			name.Show = name.Show.Under(stood(l.Area))
			what := figures.Words(k.Words())
			what.Raw = string(k)
			cells := []figures.Cell{figures.Raw(l.Area.Code), name, what}
			for i := range l.Figures {
				cells = append(cells, inYear(&l.Figures[i], l.Area))
			}
			g.Rows = append(g.Rows, figures.Row{Cells: cells, Quiet: l.Before})
		}
	}
	return g, nil
}

// firstYear is the first year shown: two before the authority began, or so many before this one as there is room for.
func (v *visit) firstYear() civil.Period {
	y := civil.FinancialYearOf(v.today)
	if v.Area.ValidFrom != civil.None {
		began := civil.FinancialYearOf(v.Area.ValidFrom)
		return began.Before().Before()
	}
	for range beforeYears - 1 {
		y = y.Before()
	}
	return y
}

// inYear is a figure of a year, or that the authority did not stand then.
func inYear(f *measure.Figure, a *registry.Area) figures.Cell {
	if a.ValidFrom != civil.None && a.ValidFrom > f.Period.Last() {
		return figures.Unknown("not yet")
	}
	if a.ValidTo != civil.None && a.ValidTo < f.Period.First() {
		return figures.Unknown("no longer")
	}
	return figures.Value(f)
}

// stood says when an area stood.
func stood(a *registry.Area) string {
	switch {
	case a.ValidFrom != civil.None && a.ValidTo != civil.None:
		return a.ValidFrom.Words() + " to " + a.ValidTo.Words()
	case a.ValidFrom != civil.None:
		return "since " + a.ValidFrom.Words()
	case a.ValidTo != civil.None:
		return "until " + a.ValidTo.Words()
	}
	return ""
}
