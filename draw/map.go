package draw

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Map is what HexMap draws: cells from Hexes with what is shown of each, and
// the words round it.
type Map struct {
	ID       string // unique on its page; ids inside the map begin with it
	Title    string
	Subtitle string // what is counted, when, over which denominator
	Source   string
	Desc     string // the map in a sentence or two, for people who do not see it

	Unit     string   // read out after a value: "kits per 100 people"
	KeyTitle string   // over the classes in the key; Unit if empty
	Ranges   []string // words of classes 1 to 5, from Ranges; may be fewer
	Cells    []HexCell
}

// A HexCell is a Cell with its figure. Class is 1 (lowest) to 5 where there is a
// number, and 0 where there is none: then State says why and the hexagon is
// hatched. With a Class the State is either empty or Partial.
type HexCell struct {
	Cell
	Label string // two or three letters; made from Name if empty
	Value string // the figure, short enough to stand in a hexagon: "12", "104"
	Class int
	State State
	Href  string // page of the place; relative or http(s), else no link is made
}

// size of the grid on the drawing, in its units
const (
	hexPitch  = 40.0
	hexMargin = 4.0
	hexScale  = 1.3 // CSS pixels for a unit where there is room
)

// hexPath is a hexagon round the origin that stands on a corner, a little
// smaller than its cell so that the paper shows between.
var hexPath = func() string {
	w, r := (hexPitch-2)/2, (hexPitch-2)/3*1.7320508
	return "M0 " + px(-r) + "L" + px(w) + " " + px(-r/2) + "V" + px(r/2) + "L0 " + px(r) + "L" + px(-w) + " " + px(r/2) + "V" + px(-r/2) + "Z"
}()

// HexMap draws the map as a figure with its key. Hexagons with an Href are links
// with the place's name and figure as their name; a link before the map jumps
// over it.
func HexMap(m Map) string {
	var w markup
	id := safeID(m.ID)
	w.open("figure", "class", "draw draw-map", "id", id)
	w.caption(m.Title, m.Subtitle)
	m.key(&w, id)
	linked := slices.ContainsFunc(m.Cells, func(c HexCell) bool { return safeHref(c.Href) != "" })
	if linked {
		w.with("Skip the map", "a", "class", "draw-skip", "href", "#"+id+"-end")
	}
	m.drawing(&w, id)
	if linked {
		w.with("", "span", "class", "draw-map-end", "id", id+"-end", "tabindex", "-1")
	}
	w.source(m.Source)
	w.close("figure")
	return w.String()
}

func (m Map) drawing(w *markup, id string) {
	cells := m.labelled()
	box := boxOf(cells)
	desc := ""
	if m.Desc != "" {
		desc = id + "-d"
	}
	w.open("div", "class", "draw-map-frame")
	w.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "draw-svg "+roomClass(box.w/hexPitch),
		"viewBox", px(box.x)+" "+px(box.y)+" "+px(box.w)+" "+px(box.h), "width", px(box.w*hexScale), "height", px(box.h*hexScale),
		"role", "group", "aria-labelledby", id+"-t", "aria-describedby", desc,
		"font-family", "Arial, Helvetica, sans-serif", "text-anchor", "middle")
	w.with(m.Title, "title", "id", id+"-t")
	if desc != "" {
		w.with(m.Desc, "desc", "id", desc)
	}
	w.patterns(id, m.hatchesUsed())
	w.hexLines(id, m.hatchesUsed())
	for _, c := range cells {
		at := hex{c.Col, c.Row}.centre().times(hexPitch)
		m.cell(w, id, c, at.x, at.y)
	}
	w.close("svg")
	w.close("div")
}

// A box is a rectangle on the drawing.
type box struct{ x, y, w, h float64 }

// boxOf is the box round the cells, with a margin for the focus ring.
func boxOf(cells []HexCell) box {
	if len(cells) == 0 {
		return box{w: hexPitch, h: hexPitch}
	}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, c := range cells {
		at := hex{c.Col, c.Row}.centre().times(hexPitch)
		low = point{min(low.x, at.x), min(low.y, at.y)}
		high = point{max(high.x, at.x), max(high.y, at.y)}
	}
	dx, dy := hexPitch/2+hexMargin, hexPitch/(2*rowPitch)+hexMargin
	return box{low.x - dx, low.y - dy, high.x - low.x + 2*dx, high.y - low.y + 2*dy}
}

// roomClass says how many columns share the width, which is what the stylesheet
// sets the size of labels by.
func roomClass(cols float64) string {
	switch {
	case cols < 7:
		return "draw-room" // figures fit at any width; no rule is needed
	case cols < 10:
		return "draw-few"
	case cols < 17:
		return "draw-some"
	}
	return "draw-many"
}

// labelled is the cells in reading order, north to south, with a label each.
func (m Map) labelled() []HexCell {
	cells := slices.Clone(m.Cells)
	slices.SortStableFunc(cells, func(a, b HexCell) int { return strings.Compare(a.Code, b.Code) })
	taken := map[string]bool{}
	for _, c := range cells {
		taken[c.Label] = true
	}
	for i, c := range cells {
		if c.Label == "" {
			cells[i].Label = shortLabels([]string{c.Name}, taken)[0]
		}
	}
	slices.SortStableFunc(cells, func(a, b HexCell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
	return cells
}

// words is the cell read out: "Hartlepool: 12 kits per 100 people".
func (m Map) words(c HexCell) string {
	if !c.counted() {
		return c.Name + ": " + c.State.Words()
	}
	words := strings.TrimSpace(c.Name + ": " + c.Value + " " + m.Unit)
	if c.State != "" {
		words += " (" + c.State.Words() + ")"
	}
	return words
}

// counted says whether the cell has a number.
func (c HexCell) counted() bool { return c.Class >= 1 && c.Class <= len(classTones) }

func (m Map) cell(w *markup, id string, c HexCell, x, y float64) {
	t := tone{hatchPaper, ink}
	class, text := "draw-hex draw-hatched draw-gap-paper", "draw-halo"
	if c.counted() {
		t, class, text = classTones[c.Class-1], "draw-hex draw-c"+strconv.Itoa(c.Class), "draw-on"
	}
	words, href := m.words(c), safeHref(c.Href)
	element := "g"
	if href != "" {
		// Its title names it: with an aria-label the letters in the hexagon would have to be part of the name too
		// (WCAG 2.5.3), and nobody wants "NeT" read out before "Newcastle upon Tyne".
		element = "a"
		w.open("a", "class", "draw-cell", "href", href, "transform", "translate("+px(x)+" "+px(y)+")")
	} else {
		w.open("g", "class", "draw-cell", "role", "img", "aria-label", words, "transform", "translate("+px(x)+" "+px(y)+")")
	}
	w.with(words, "title")
	w.leaf("path", "class", class, "d", hexPath, "fill", t.fill, "stroke", "#5b6b77", "stroke-width", "0.8")
	if !c.counted() {
		w.leaf("use", "href", "#"+linesID(id, c.State.hatch()))
	}
	if c.counted() && c.State == Partial {
		w.leaf("circle", "class", "draw-part", "cx", "0", "cy", "-14.5", "r", "2.6", "fill", paper, "stroke", ink, "stroke-width", "1.2")
	}
	label := func(words, class, y, size, weight string) {
		attrs := []string{"class", class + " " + text, "y", y, "font-size", size, "font-weight", weight, "fill", t.ink, "aria-hidden", "true"}
		if !c.counted() {
			attrs = append(attrs, "stroke", paper, "stroke-width", "3", "paint-order", "stroke", "stroke-linejoin", "round")
		}
		w.with(words, "text", attrs...)
	}
	if c.counted() && c.Value != "" {
		label(c.Label, "draw-hex-label", "-1", "12", "bold")
		label(c.Value, "draw-hex-value", "12", "11.5", "")
	} else {
		label(c.Label, "draw-hex-label-only", "4", "12", "bold")
	}
	w.close(element)
}
