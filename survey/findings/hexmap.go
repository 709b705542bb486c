package findings

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"everykit/document"
	"everykit/draw"
	"everykit/measure"
)

// The classes of the map are fixed, so that the maps of two rounds can be laid side by side.
var (
	breaks  = []float64{10, 20, 50, 100}
	classes = []string{"under 10", "10 to under 20", "20 to under 50", "50 to under 100", "100 and over"}
)

// nowhere is where an area lies of which that is not known.
var nowhere = math.NaN()

// noProgramme is what the map says of an authority that answered that it does not provide.
const noProgramme draw.State = "no_programme"

// hexMap is coverage with a hexagon for each authority; none where it is not known of any where it lies. The table of
// authorities has the same numbers.
func (f *Findings) hexMap() []document.Block {
	var places []draw.Place
	located := false
	for _, r := range f.t.authorities {
		a, known := f.Input.Areas[r.Area]
		p := draw.Place{Code: r.Code, Name: r.Name, Lat: nowhere, Lon: nowhere}
		if known && a.Lat != nil && a.Lon != nil {
			p.Lat, p.Lon, located = *a.Lat, *a.Lon, true
		}
		places = append(places, p)
	}
	under, is := f.Sentence("coverage.under_20")
	if !located || !is {
		return nil
	}
	m := draw.Map{
		ID: "findings-map", Title: fmt.Sprintf("Coverage was under 20 kits per 100 people in %s of %s", count(under.Count), many(under.Base, "figure", "figures")),
		Subtitle: "Kits given out for every 100 people estimated to use opiates, " + f.t.period() + ". Each hexagon is one authority, set near its neighbours.",
		Unit:     "kits per 100 people", Ranges: classes, Source: f.source(),
	}
	if best, is := f.Sentence("coverage.best"); is {
		m.Desc = best.Text + " "
	}
	m.Desc += "The table of authorities at the end has the number of each."
	rows := map[string]*measure.Figure{}
	for i := range f.Coverage {
		if f.Coverage[i].Row == measure.Own {
			rows[f.Coverage[i].Area] = &f.Coverage[i]
		}
	}
	without := map[string]bool{}
	for _, r := range f.t.authorities {
		without[r.Code] = f.t.without(r)
	}
	for _, cell := range draw.Hexes(places) {
		h := draw.HexCell{Cell: cell}
		switch row := rows[cell.Code]; {
		case row != nil && row.Value != nil:
			h.Class, h.Value = draw.ClassOf(*row.Value, breaks), whole(*row.Value)
		case without[cell.Code]:
			h.State = noProgramme
		case row != nil:
			h.State = drawn(row.State)
		}
		m.Cells = append(m.Cells, h)
	}
	return []document.Block{document.Picture{
		Key: m.ID, Title: m.Title, Subtitle: m.Subtitle, Source: m.Source, Alt: m.Desc,
		Markup: reachable(draw.HexMap(m), m.Title),
	}, f.bandTable()}
}

// reachable lets the map be scrolled by keyboard: on a phone it is wider than the page, and without links nothing in it can
// have the focus.
func reachable(markup, title string) template.HTML {
	const frame = `<div class="draw-map-frame"`
	return template.HTML(strings.Replace(markup, frame, frame+` role="region" tabindex="0" aria-label="`+html.EscapeString(title)+`"`, 1)) // draw escapes what it is given
}

// bandTable counts the classes of the map.
func (f *Findings) bandTable() document.Table {
	t := document.Table{
		Key: "findings-bands", Caption: "Coverage by class", Columns: []document.Column{
			{Key: "class", Label: "Kits per 100 people"}, {Key: "figures", Label: "Figures", Numeric: true},
		},
		Notes: []string{"An estimate for several authorities together makes one figure for them all."},
	}
	n := make([]int, len(classes))
	for _, r := range ratiosOf(f.Coverage) {
		n[draw.ClassOf(*r.Value, breaks)-1]++
	}
	total := 0
	for i, c := range classes {
		t.Rows = append(t.Rows, document.Row{Cells: []string{c, count(n[i])}})
		total += n[i]
	}
	t.Rows = append(t.Rows, document.Row{Total: true, Cells: []string{"All", count(total)}})
	return t
}

// drawn is a state as the map tells it. "Not provided" would be read as having no programme.
func drawn(s measure.State) draw.State {
	if s == measure.NotProvided {
		return "left_open"
	}
	return draw.State(s.String())
}
