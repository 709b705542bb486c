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
		m.leaf("rect", "class", "draw-gap-paper", "width", "6", "height", "6", "fill", "#f3f5f6")
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
