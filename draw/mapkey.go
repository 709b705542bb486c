package draw

import (
	"slices"
	"strconv"
	"strings"
)

// key writes the classes with their ranges, low to high, then each pattern on
// the map with the words of the states that have it.
func (m Map) key(w *markup, id string) {
	title := m.KeyTitle
	if title == "" {
		title = m.Unit
	}
	if title != "" {
		w.with(title, "p", "class", "draw-key-title")
	}
	w.open("ul", "class", "draw-key")
	for i, words := range m.Ranges[:min(len(m.Ranges), len(classTones))] {
		w.keyItem(words, func() { w.swatchHex("draw-c"+strconv.Itoa(i+1), classTones[i].fill) })
	}
	partial := slices.ContainsFunc(m.Cells, func(c HexCell) bool { return c.counted() && c.State == Partial })
	if partial {
		w.keyItem(Partial.Words(), func() {
			w.leaf("circle", "class", "draw-part", "cx", "8", "cy", "8", "r", "4", "fill", paper, "stroke", ink, "stroke-width", "1.6")
		})
	}
	for _, h := range m.hatchesUsed() {
		w.keyItem(strings.Join(m.statesOf(h), "; "), func() { w.swatchHex("draw-hatched", "url(#"+id+"-"+string(h)+")") })
	}
	w.close("ul")
}

func (m *markup) swatchHex(class, fill string) {
	m.leaf("path", "class", class, "d", "M8 0.5L14.5 4.2V11.8L8 15.5L1.5 11.8V4.2Z", "fill", fill, "stroke", "#5b6b77", "stroke-width", "0.8")
}

// hatchesUsed are the patterns on the map, in the order of the key.
func (m Map) hatchesUsed() []hatch {
	var used []hatch
	for _, h := range hatches {
		if len(m.statesOf(h)) > 0 {
			used = append(used, h)
		}
	}
	return used
}

// statesOf are the states on the map with this pattern, in words.
func (m Map) statesOf(h hatch) []string {
	var words []string
	for _, c := range m.Cells {
		if w := c.State.Words(); !c.counted() && c.State.hatch() == h && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// patterns defines the hatches used, with ids of this map.
func (m *markup) patterns(id string, used []hatch) {
	if len(used) == 0 {
		return
	}
	m.open("defs")
	for _, h := range used {
		m.open("pattern", "id", id+"-"+string(h), "width", "6", "height", "6", "patternUnits", "userSpaceOnUse")
		m.leaf("rect", "class", "draw-gap-paper", "width", "6", "height", "6", "fill", hatchPaper)
		if d := hatchMarks[h]; d != "" {
			m.leaf("path", "class", "draw-gap-lines", "d", d, "stroke", "#75828b", "stroke-width", hatchWidth(h), "stroke-linecap", "round", "fill", "none")
		}
		m.close("pattern")
	}
	m.close("defs")
}

// hatchMarks are the strokes of one 6 by 6 tile; those that cross its corner are
// drawn from outside it, so that tiles join.
var hatchMarks = map[hatch]string{
	hatchDots:  "M1.5 1.5h.01M4.5 4.5h.01",
	hatchRise:  "M-1.5 1.5L1.5 -1.5M-1 7L7 -1M4.5 7.5L7.5 4.5",
	hatchLevel: "M-1 1.5H7M-1 4.5H7",
	hatchCross: "M-1 -1L7 7M-1 7L7 -1",
	hatchFall:  "M-1.5 4.5L1.5 7.5M-1 -1L7 7M4.5 -1.5L7.5 1.5",
	hatchSpots: "M3 3h.01",
}

func hatchWidth(h hatch) string {
	switch h {
	case hatchSpots:
		return "3.6"
	case hatchDots:
		return "1.3"
	}
	return "1"
}

// hatchPaper is the ground of every hatch.
const hatchPaper = "#f3f5f6"

func linesID(id string, h hatch) string { return id + "-" + string(h) + "-lines" }

// hexLines defines the strokes of the hatches used, each once for a whole hexagon and cut to it. A hexagon filled with the pattern itself
// looks the same, but a printed map of a hundred and fifty would then be that many pictures of dots, and megabytes.
func (m *markup) hexLines(id string, used []hatch) {
	if len(used) == 0 {
		return
	}
	m.open("defs")
	m.open("clipPath", "id", id+"-hex")
	m.leaf("path", "d", hexPath)
	m.close("clipPath")
	for _, h := range used {
		if d := hexHatch(h); d != "" {
			m.leaf("path", "id", linesID(id, h), "class", "draw-gap-lines", "d", d, "clip-path", "url(#"+id+"-hex)", "stroke", "#75828b",
				"stroke-width", hatchWidth(h), "stroke-linecap", "round", "fill", "none")
		} else {
			m.leaf("g", "id", linesID(id, h))
		}
	}
	m.close("defs")
}

// hexHatch draws a hatch over a square in which a hexagon round the origin fits.
func hexHatch(h hatch) string {
	const reach, step = 24.0, 6.0
	var b strings.Builder
	line := func(x1, y1, x2, y2 float64) { b.WriteString("M" + px(x1) + " " + px(y1) + "L" + px(x2) + " " + px(y2)) }
	rise := func(step float64) {
		for at := -2 * reach; at <= 2*reach; at += step {
			line(-reach, at+reach, reach, at-reach)
		}
	}
	fall := func(step float64) {
		for at := -2 * reach; at <= 2*reach; at += step {
			line(-reach, at-reach, reach, at+reach)
		}
	}
	dots := func(step, shift float64) {
		for y := -reach; y <= reach; y += step {
			for x := -reach; x <= reach; x += step {
				b.WriteString("M" + px(x+shift) + " " + px(y+shift) + "h.01")
			}
		}
	}
	switch h {
	case hatchRise:
		rise(step)
	case hatchFall:
		fall(step)
	case hatchCross:
		rise(step)
		fall(step)
	case hatchLevel:
		for y := -reach; y <= reach; y += step / 2 {
			line(-reach, y, reach, y)
		}
	case hatchDots:
		dots(step, 0)
		dots(step, step/2)
	case hatchSpots:
		dots(step, 0)
	}
	return b.String()
}
