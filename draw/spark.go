package draw

import "strings"

// A Trend is a small line for a row of a table, drawn by Spark.
type Trend struct {
	Words  string    // what it shows, read out in its place: "Kits given out, April 2016 to March 2017"
	Values []float64 // NaN is not known: the line breaks and the place is hatched
}

// Spark draws a Trend, 96 by 24, from nought up, with a dot on its last known
// value. It has no figures: the table's row has them.
func Spark(t Trend) string {
	const w, h, edge = 96.0, 24.0, 4.0
	var m markup
	m.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "draw-spark", "viewBox", "0 0 96 24",
		"width", "96", "height", "24", "role", "img", "aria-label", t.Words)
	m.with(t.Words, "title")
	s := Series{Values: t.Values}
	high, low, last := 0.0, 0.0, -1
	for i := range t.Values {
		if v, ok := s.at(i); ok {
			high, low, last = max(high, v), min(low, v), i
		}
	}
	if high-low < trifle {
		high = low + 1
	}
	step := (w - 2*edge) / float64(max(len(t.Values)-1, 1))
	x := func(i int) float64 { return edge + step*float64(i) }
	y := func(v float64) float64 { return h - edge - (v-low)/(high-low)*(h-2*edge) }
	m.leaf("path", "class", "draw-grid", "d", "M0 "+px(y(0))+"H96", "stroke", rule, "fill", "none")
	var d strings.Builder
	pen := "M"
	for i := range t.Values {
		v, ok := s.at(i)
		if !ok {
			left := max(x(i)-step/2, 0)
			m.gap(left, 2, max(min(x(i)+step/2, w)-left, 2), h-4, "")
			pen = "M"
			continue
		}
		d.WriteString(pen + px(x(i)) + " " + px(y(v)))
		if pen == "M" {
			d.WriteString("h0") // so that a value between two gaps is still a dot
		}
		pen = "L"
	}
	m.leaf("path", "class", "draw-line draw-s1", "d", d.String(), "stroke", seriesTone(0).fill, "stroke-width", "2",
		"fill", "none", "stroke-linejoin", "round", "stroke-linecap", "round")
	if last >= 0 {
		m.leaf("circle", "class", "draw-dot draw-s1", "cx", px(x(last)), "cy", px(y(t.Values[last])), "r", "2.8", "fill", seriesTone(0).fill)
	}
	m.close("svg")
	return m.String()
}
