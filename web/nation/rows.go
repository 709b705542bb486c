package nation

import (
	"cmp"
	"slices"
	"strconv"

	"everykit/measure"
	"everykit/registry"
	"everykit/web/figures"
)

// authority is one row: an authority and its figure.
type authority struct {
	area   *registry.Area
	region string
	figure *measure.Figure
}

// href leads to the authority's own page, for the same period where it has been: what expires lies ahead.
func (a authority) href(c choice) string {
	to := "/areas/" + a.area.Code
	if c.measure.Ahead() || c.measure.OnDay() {
		return to
	}
	return to + "?period=" + c.period.Slug()
}

// part parts what measure gives into authorities by name, and the rows of regions and of the nation.
func part(snap *registry.Snapshot, nation *registry.Area, all []measure.Figure) (list []authority, above []*measure.Figure) {
	for i := range all {
		f := &all[i]
		if area := snap.Area(f.AreaID); area != nil && area.IsAuthority() {
			list = append(list, authority{area, regionOf(snap, area), f})
			continue
		}
		above = append(above, f)
	}
	slices.SortStableFunc(list, func(a, b authority) int { return cmp.Compare(a.area.Name, b.area.Name) })
	return list, above
}

func regionOf(snap *registry.Snapshot, area *registry.Area) string {
	for _, a := range snap.Ancestors(area.ID) {
		if a.Kind == registry.Region {
			return a.Name
		}
	}
	return ""
}

// sortBy orders authorities that stand by name. Those without a number come last, whichever way the numbers go.
func sortBy(order string, list []authority) []authority {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b authority) int {
		if order == "region" {
			return cmp.Compare(a.region, b.region)
		}
		x, known := figures.Known(a.figure)
		y, other := figures.Known(b.figure)
		switch {
		case order == "name", !known && !other:
			return 0
		case !known:
			return 1
		case !other:
			return -1
		case order == "lowest":
			return cmp.Compare(x, y)
		}
		return cmp.Compare(y, x)
	})
	return sorted
}

// heads are what stands over the columns of values, numerators and denominators.
func (c choice) heads() [3]string {
	value, numerator, denominator := c.measure.Heads()
	return [3]string{value, numerator, denominator}
}

// valueColumns are the columns of a figure's numbers.
func (c choice) valueColumns() []figures.Column {
	h := c.heads()
	columns := []figures.Column{{Key: "value", Label: h[0], Numeric: true, Definition: string(c.measure)}}
	if c.measure.IsRatio() {
		columns = append(columns, figures.Column{Key: "numerator", Label: h[1], Numeric: true}, figures.Column{Key: "denominator", Label: h[2], Numeric: true})
	}
	return columns
}

func values(f *measure.Figure) []figures.Cell {
	if !f.Measure.IsRatio() {
		return []figures.Cell{figures.Value(f)}
	}
	return []figures.Cell{figures.Value(f), figures.People(f.Numerator), figures.People(f.Denominator)}
}

// authorities is the table that says what the map says.
func authorities(c choice, nation *registry.Area, list []authority) figures.Grid {
	g := figures.Grid{
		Caption: "Authorities of " + nation.Name, Hide: true, Empty: "There are no authorities here yet.",
		Columns: append([]figures.Column{{Key: "name", Label: "Authority"}}, c.valueColumns()...),
	}
	for _, a := range sortBy(c.sort, list) {
		name := figures.Link(a.area.Name, a.href(c))
		if c.sort == "region" {
			name.Show = name.Show.Under(a.region)
		}
		cells := values(a.figure)
		if c.measure.IsShare() || c.measure == measure.KitsPerDeath {
			cells[0].Show = cells[0].Show.Under(figures.Range(a.figure))
		}
		if f := a.figure; f.Expected != nil {
			cells[0].Show = cells[0].Show.Under("about " + figures.Number(c.measure, *f.Expected))
		}
		if len(a.figure.Group) > 1 {
			cells[0].Show = cells[0].Show.Under("for " + strconv.Itoa(len(a.figure.Group)) + " authorities together")
		}
		if figures.Drawn(a.figure, c.today) == "partial" || a.figure.State == measure.Reported {
			cells[0].Show = cells[0].Show.Under(a.figure.State.Words())
		}
		g.Rows = append(g.Rows, figures.Row{Cells: append([]figures.Cell{name}, cells...)})
	}
	return g
}

// regions is the table of the rows above authorities: each region, and the nation last.
func regions(snap *registry.Snapshot, c choice, nation *registry.Area, above []*measure.Figure) figures.Grid {
	g := figures.Grid{
		Caption: "Regions of " + nation.Name, Hide: true,
		Columns: append([]figures.Column{{Key: "name", Label: "Region"}}, append(c.valueColumns(),
			figures.Column{Key: "with", Label: "Authorities with a number", Numeric: true})...),
	}
	for _, f := range above {
		if f.Row != measure.Sum && f.Row != measure.Pooled {
			continue
		}
		cells := append([]figures.Cell{figures.Words(snap.Area(f.AreaID).Name)}, values(f)...)
		cells = append(cells, figures.Words(strconv.Itoa(f.With)+" of "+strconv.Itoa(f.Of)))
		g.Rows = append(g.Rows, figures.Row{Cells: cells, Total: f.AreaID == nation.ID})
	}
	if len(g.Rows) < 2 { // a nation without regions: its own row is over the map already
		g.Rows = nil
	}
	return g
}
