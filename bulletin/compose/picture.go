package compose

import (
	"html"
	"html/template"
	"math"
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/civil"
	"everykit/draw"
)

// notKnown is a gap in a chart.
var notKnown = math.NaN()

// point is a figure for a chart: its value, or why there is none.
func (b *book) point(id string) (float64, draw.State) {
	if v, ok := b.value(id); ok {
		return v, ""
	}
	if f := b.figures[id]; f != nil {
		return notKnown, draw.State(f.State)
	}
	return notKnown, ""
}

// chart draws a chart and gives it with the table that has the same figures.
func (b *book) chart(c draw.Chart, with func(draw.Chart) string, t *content.Table) []content.Block {
	c.Title = b.title(c.ID, c.Title)
	c.Source = t.Source
	if c.Desc == "" {
		c.Desc = c.Described() + " The table beneath has the same figures."
	}
	return []content.Block{&content.Picture{
		Key: c.ID, Title: c.Title, Subtitle: c.Subtitle, Source: c.Source, Alt: c.Desc, Table: t.Key,
		Markup: template.HTML(draw.Slim(with(c))), // draw escapes what it is given
	}, t}
}

// started cuts off the periods before the first of which a figure is known.
func (b *book) started(list []civil.Period, known func(civil.Period) bool) []civil.Period {
	for i, p := range list {
		if known(p) {
			return list[i:]
		}
	}
	return nil
}

// flow is a figure over the periods of a series.
type flow struct {
	key    string // of the table; the picture's is this with _chart behind
	what   string // measure
	split  []string
	words  string // what is counted: "Kits given out by community outlets"
	title  string // finding
	unit   string // of a value
	places int
	lines  bool // a ratio, drawn as a line
}

// series draws a figure over the periods that end with the bulletin's, with its changes; nothing if fewer than two are known, and
// then the table alone if one is.
func (b *book) series(s flow) []content.Block {
	at := func(p civil.Period) string { return b.of(s.what, p, s.split...) }
	list := b.started(series(b.period), func(p civil.Period) bool { return b.any(at(p)) })
	if len(list) == 0 {
		return nil
	}
	t := &content.Table{
		Key: s.key, Title: b.title(s.key, s.words+", by "+unit(b.period)),
		Columns: []content.Column{
			{Key: "period", Label: capital(unit(b.period))},
			{Key: s.what, Label: capital(s.unit), Unit: s.unit, Numeric: true, Places: s.places},
			{Key: "change", Label: "Change on the " + unit(b.period) + " before", Unit: s.unit, Numeric: true, Places: s.places},
		},
	}
	yearly := !b.year.IsZero()
	if yearly {
		t.Columns = append(t.Columns, content.Column{Key: "change_year", Label: "Change on a year before", Unit: s.unit, Numeric: true, Places: s.places})
	}
	t.Subtitle = b.snap.Area.Name + ", " + fromTo(list[0], b.period)
	c := draw.Chart{ID: s.key + "_chart", Title: s.title, Unit: s.unit, Decimals: s.places, Subtitle: s.words + ", " + t.Subtitle}
	line := draw.Series{Name: s.words}
	var ids []string
	known := 0
	for _, p := range list {
		ids = append(ids, at(p))
		v, state := b.point(at(p))
		if !math.IsNaN(v) {
			known++
		}
		line.Values, line.States = append(line.Values, v), append(line.States, state)
		label := short(p)
		if b.partial(b.figures[at(p)]) {
			label = marked(label)
		}
		c.Labels = append(c.Labels, label)
		row := content.Row{Cells: []content.Cell{{Text: short(p)}, b.cell(at(p)), b.change(at(p), at(p.Before()))}}
		if yearly {
			row.Cells = append(row.Cells, b.change(at(p), at(yearBefore(p))))
		}
		t.Rows = append(t.Rows, row)
	}
	c.Series = []draw.Series{line}
	t.Source = b.source(ids...)
	t.Notes = b.coverNotes(ids...)
	bare(t, "change_year", "change")
	if known < 2 {
		return []content.Block{t}
	}
	if s.lines {
		return b.chart(c, draw.Lines, t)
	}
	return b.chart(c, draw.Columns, t)
}

// bare takes columns away in which there is nothing but [x]: a change on what nobody knows.
func bare(t *content.Table, keys ...string) {
	for _, key := range keys {
		at := slices.IndexFunc(t.Columns, func(c content.Column) bool { return c.Key == key })
		if at < 0 || slices.ContainsFunc(t.Rows, func(r content.Row) bool {
			c := r.Cell(at)
			return c.Number != nil || c.Text != "" || slices.Contains(c.Marks, content.Suppressed)
		}) {
			continue
		}
		t.Columns = slices.Delete(t.Columns, at, at+1)
		for i, r := range t.Rows {
			if at < len(r.Cells) {
				t.Rows[i].Cells = slices.Delete(r.Cells, at, at+1)
			}
		}
	}
}

// marked sets [p] behind a label, before its year.
func marked(label string) string {
	if upper, year, is := strings.Cut(label, " "); is {
		return upper + " [p] " + year
	}
	return label + " [p]"
}

// coverNotes says which figures are for a part of their period.
func (b *book) coverNotes(ids ...string) []string {
	var notes []string
	for _, id := range ids {
		f := b.figures[id]
		if f == nil || hidden(f) {
			continue
		}
		if words, _, is := covers(f.Covers); is {
			what := ""
			if n := len(f.Split); n > 0 {
				what = ", " + lowered(word(f.Split[n-1].Key, f.Split[n-1].Word))
			}
			notes = append(notes, periodWords(f.Period)+what+": the figure covers "+words+".")
		}
	}
	return notes
}

// bars draws a bar for each row of a split table.
func (b *book) bars(key, title, subtitle string, ids []string, labels []string, t *content.Table) []content.Block {
	c := draw.Chart{ID: key + "_chart", Title: title, Subtitle: subtitle, Unit: "kits", Labels: labels}
	s := draw.Series{Name: "Kits"}
	for _, id := range ids {
		v, state := b.point(id)
		s.Values, s.States = append(s.Values, v), append(s.States, state)
	}
	c.Series = []draw.Series{s}
	var list []string
	for i, v := range s.Values {
		words := lowered(stateWords(string(s.States[i])))
		if !math.IsNaN(v) {
			words = whole(v)
		}
		list = append(list, labels[i]+": "+words)
	}
	c.Desc = "A bar of kits for each of " + whole(float64(len(labels))) + ". " + strings.Join(list, "; ") + ". The table beneath has the same figures."
	return b.chart(c, draw.StackedBars, t)
}

// reachable lets a map be scrolled by keyboard: on a phone it is wider than the page, and without links nothing in it can have
// the focus.
func reachable(markup, title string) template.HTML {
	const frame = `<div class="draw-map-frame"`
	return template.HTML(strings.Replace(markup, frame, frame+` role="region" tabindex="0" aria-label="`+html.EscapeString(title)+`"`, 1)) // draw escapes what it is given
}
