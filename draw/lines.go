package draw

import (
	"slices"
	"strings"
)

// Lines draws series over months, quarters or years. A line breaks where a
// value is not known: the place is hatched, whole if no series has a figure
// there, else only at the foot. On the wide sheet each line has its name at its
// end; on the narrow one the key under the title has them.
func Lines(c Chart) string { return c.figure(drawLines, nil) }

func drawLines(m *markup, c Chart, s sheet) {
	right := s.font * 0.8
	direct := s.name == wideSheet.name && len(c.Series) > 1
	if direct {
		for _, series := range c.Series {
			right = max(right, textWidth(series.Name, s.font)+s.font*1.2)
		}
		if right > s.w*0.3 {
			right, direct = s.font*0.8, false
		}
	}
	p := s.axes(m, c, right)
	if len(c.Labels) == 0 {
		return
	}
	p.wholeGaps(m, c)
	p.partGaps(m, c)
	p.target(m, c)
	for j, series := range c.Series {
		p.line(m, c, series, j)
	}
	if direct {
		p.lineNames(m, c)
	}
}

// line draws one series as runs of known values, with a dot on each value that
// has no neighbour, on the last, and on all where there is room.
func (p plot) line(m *markup, c Chart, s Series, j int) {
	n := len(c.Labels)
	var d strings.Builder
	pen := "M"
	for i := range n {
		v, ok := s.at(i)
		if !ok {
			pen = "M"
			continue
		}
		x, _ := p.band(i, n)
		d.WriteString(pen + px(x) + " " + px(p.y(v)))
		pen = "L"
	}
	m.leaf("path", "class", "draw-line "+seriesClass(j), "d", d.String(), "stroke", seriesTone(j).fill,
		"stroke-width", "2.5", "fill", "none", "stroke-linejoin", "round", "stroke-linecap", "round",
		"stroke-dasharray", lineDash(j))
	for i := range n {
		v, ok := s.at(i)
		if !ok {
			continue
		}
		x, band := p.band(i, n)
		_, before := s.at(max(i-1, 0))
		_, after := s.at(i + 1)
		r := "3.5"
		if band < 14 && i != n-1 && (after || (before && i > 0)) {
			r = "0" // no room for a dot; the value can still be pointed at
		}
		m.open("g", "class", "draw-point")
		m.with(c.point(s, i), "title")
		if r == "0" {
			m.leaf("circle", "cx", px(x), "cy", px(p.y(v)), "r", px(max(band/2, 3)), "fill", "none", "pointer-events", "all")
		} else {
			m.leaf("circle", "class", "draw-dot "+seriesClass(j), "cx", px(x), "cy", px(p.y(v)), "r", r,
				"fill", seriesTone(j).fill, "stroke", paper, "stroke-width", "1")
		}
		m.close("g")
	}
}

// lineDash tells lines apart without colour: from the third on they are broken.
func lineDash(j int) string {
	return []string{"", "", "7 5", "2 5", "10 4 2 4", "4 4"}[j%len(seriesTones)]
}

// partGaps hatches the foot of the bands in which some series, but not all, have
// no figure.
func (p plot) partGaps(m *markup, c Chart) {
	n := len(c.Labels)
	for i := range n {
		if missing, words := c.missing(i); missing > 0 && missing < len(c.Series) {
			x, band := p.band(i, n)
			m.gap(x-band/2, p.foot-9, band, 8.5, c.Labels[i]+", "+words)
		}
	}
}

// lineNames writes each series' name beside its last value, moved apart where
// they would lie on each other.
func (p plot) lineNames(m *markup, c Chart) {
	type name struct {
		series int
		y      float64
	}
	var names []name
	for j, s := range c.Series {
		for i := len(c.Labels) - 1; i >= 0; i-- {
			if v, ok := s.at(i); ok {
				names = append(names, name{j, p.y(v)})
				break
			}
		}
	}
	slices.SortStableFunc(names, func(a, b name) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return a.series - b.series
	})
	apart := p.font * 1.2
	for i := 1; i < len(names); i++ {
		names[i].y = max(names[i].y, names[i-1].y+apart)
	}
	for i := len(names) - 1; i >= 0; i-- { // and back up from the foot of the plot
		limit := p.foot
		if i < len(names)-1 {
			limit = names[i+1].y - apart
		}
		names[i].y = min(names[i].y, limit)
	}
	for _, n := range names {
		m.with(c.Series[n.series].Name, "text", "class", "draw-name "+seriesClass(n.series), "x", px(p.right+2),
			"y", px(n.y+p.font*0.35), "fill", seriesTone(n.series).fill, "font-weight", "bold")
	}
}
