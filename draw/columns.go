package draw

import "math"

// Columns draws upright bars by month, quarter or year: one or two series side
// by side (more are drawn, but are hard to read). Figures stand over the bars
// where all of them fit.
func Columns(c Chart) string { return c.figure(drawColumns, nil) }

func drawColumns(m *markup, c Chart, s sheet) {
	p := s.axes(m, c, 4)
	n := len(c.Labels)
	if n > 0 && len(c.Series) > 0 {
		_, band := p.band(0, n)
		k := float64(len(c.Series))
		gutter := min(max(band*0.22, 1), 28)
		wide := min((band-gutter)/k, 84)
		direct := c.fitsOver(wide, s.font)
		p.wholeGaps(m, c)
		for i := range c.Labels {
			middle, _ := p.band(i, n)
			for j, series := range c.Series {
				p.column(m, c, series, i, j, middle-wide*k/2+wide*float64(j), wide, direct)
			}
		}
	}
	p.target(m, c)
}

// column draws value i of one series at x, or the hatched gap in its place.
func (p plot) column(m *markup, c Chart, s Series, i, j int, x, wide float64, direct bool) {
	v, ok := s.at(i)
	if !ok {
		if missing, _ := c.missing(i); missing < len(c.Series) { // else wholeGaps has drawn it
			high := p.foot - p.top - 0.5
			m.gap(x, p.top, wide, high, c.point(s, i))
			m.gapWords(x, p.top, wide, high, p.font, s.state(i).Words())
		}
		return
	}
	from, to := p.y(0), p.y(v)
	m.open("rect", "class", "draw-bar "+seriesClass(j), "x", px(x), "y", px(min(from, to)),
		"width", px(max(wide-min(1, wide*0.1), 0.5)), "height", px(math.Abs(to-from)), "fill", seriesTone(j).fill)
	m.with(c.point(s, i), "title")
	m.close("rect")
	if v != 0 && !direct { // a known nought has no bar to see: its figure is always said
		return
	}
	y := to - p.font*0.35
	if v < 0 {
		y = to + p.font*1.05
	}
	m.with(Number(v, c.Decimals), "text", "class", "draw-figure draw-halo", "x", px(x+wide/2), "y", px(y), "text-anchor", "middle",
		"fill", ink, "stroke", paper, "stroke-width", "3", "paint-order", "stroke", "stroke-linejoin", "round")
}

// fitsOver says whether every figure fits over a bar of this width.
func (c Chart) fitsOver(wide, font float64) bool {
	for _, s := range c.Series {
		for i := range c.Labels {
			if v, ok := s.at(i); ok && textWidth(Number(v, c.Decimals), font)+2 > wide {
				return false
			}
		}
	}
	return true
}
