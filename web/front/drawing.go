package front

import (
	"fmt"
	"html/template"

	"everykit/draw"
	"everykit/measure"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/find"
	webnation "everykit/web/nation"
)

// draw is the map of a nation: a hexagon for each authority, coloured by its coverage, or hatched by the state it has instead. It
// is in English, and each hexagon leads to the places of its area.
func (n *nation) draw(v *desk.Visit) template.HTML {
	areas := make([]*registry.Area, len(n.areas))
	var values []float64
	for i, a := range n.areas {
		areas[i] = a.area
		if x, ok := figures.Known(a.figure); ok {
			values = append(values, x)
		}
	}
	where, breaks, k := webnation.Hexagons(v.Snap, n.area.Code, areas), draw.Breaks5(values), measure.Coverage
	m := draw.Map{
		ID: "map", Title: "Kits given out in " + n.area.Name + ", " + n.year.String(), Subtitle: "Each shape is one area, set near its neighbours.",
		Unit: k.Unit(), KeyTitle: figures.Capital(k.Unit()),
		Desc: fmt.Sprintf("%d of %d areas have a number. The table of all areas has the same numbers.", n.known, len(n.areas)),
	}
	if len(values) > 0 {
		m.Ranges = draw.Ranges(breaks, k.Places())
	}
	for _, a := range n.areas {
		c := draw.HexCell{Cell: where[a.area.Code], State: figures.Drawn(a.figure, n.running.First()), Href: v.Link(find.AreaPath(a.area.Code))}
		if x, ok := figures.Known(a.figure); ok {
			c.Class, c.Value = draw.ClassOf(x, breaks), draw.Number(x, 0)
		}
		m.Cells = append(m.Cells, c)
	}
	return template.HTML(draw.HexMap(m)) // draw escapes what it is given
}
