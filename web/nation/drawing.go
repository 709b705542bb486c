package nation

import (
	"fmt"
	"html/template"

	"everykit/draw"
	"everykit/registry"
	"everykit/web/figures"
)

// drawing is the map: a hexagon for each authority, coloured by its value, or hatched by the state it has instead.
func drawing(snap *registry.Snapshot, c choice, nation *registry.Area, all []authority) template.HTML {
	areas := make([]*registry.Area, len(all))
	var values []float64
	for i, a := range all {
		areas[i] = a.area
		if x, ok := figures.Known(a.figure); ok {
			values = append(values, x)
		}
	}
	where := Hexagons(snap, nation.Code, areas)
	breaks := draw.Breaks5(values)
	m := draw.Map{
		ID: "map", Title: heading(c, nation), Subtitle: "Each hexagon is one authority.",
		Unit: c.measure.Unit(), KeyTitle: figures.Capital(c.measure.Unit()) + ": about as many authorities in each colour",
		Desc: describe(c, all),
	}
	if placed(snap, areas) {
		m.Subtitle = "Each hexagon is one authority, set near its neighbours."
	}
	if len(values) > 0 {
		m.Ranges = draw.Ranges(breaks, c.measure.Places())
	}
	for _, a := range all {
		cell := draw.HexCell{Cell: where[a.area.Code], State: figures.Drawn(a.figure, c.today), Href: a.href(c)}
		if x, ok := figures.Known(a.figure); ok {
			cell.Class, cell.Value = draw.ClassOf(x, breaks), figures.Number(c.measure, x)
		}
		m.Cells = append(m.Cells, cell)
	}
	return template.HTML(draw.HexMap(m)) // draw escapes what it is given
}

// describe is the map in two sentences, for people who do not see it.
func describe(c choice, all []authority) string {
	var low, high *authority
	n := 0
	for i := range all {
		x, ok := figures.Known(all[i].figure)
		if !ok {
			continue
		}
		n++
		if low == nil || x < *low.figure.Value {
			low = &all[i]
		}
		if high == nil || x > *high.figure.Value {
			high = &all[i]
		}
	}
	s := fmt.Sprintf("%d of %d authorities have a number. ", n, len(all))
	if low == nil {
		return s
	}
	return s + fmt.Sprintf("The lowest is %s in %s, the highest %s in %s. The table on this page has the same numbers.",
		figures.Number(c.measure, *low.figure.Value), low.area.Name, figures.Number(c.measure, *high.figure.Value), high.area.Name)
}

// heading says what is shown, where and when.
func heading(c choice, nation *registry.Area) string {
	s := c.measure.Words() + " in " + nation.Name
	if c.measure.OnDay() {
		return s + " " + c.when(c.period)
	}
	return s + ", " + c.when(c.period)
}
