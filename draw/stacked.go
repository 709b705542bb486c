package draw

// StackedBars draws level bars, one a label, made of the series one after the
// other: counts, or with Shares each bar as its row's 100%. A row in which any
// value is not known has no total: what is known is drawn, then a hatched piece
// with the state, and no figure is put at its end. Values below nought are taken
// as not known, since a part cannot be less than nothing.
func StackedBars(c Chart) string {
	c = c.withoutNegatives()
	return c.figure(drawStacked, func(s sheet) float64 { return c.stackedRows(s).height(len(c.Labels)) })
}

// withoutNegatives is the chart with values below nought made unknown.
func (c Chart) withoutNegatives() Chart {
	series := make([]Series, len(c.Series))
	for j, s := range c.Series {
		values := make([]float64, len(s.Values))
		for i, v := range s.Values {
			if values[i] = v; v < 0 {
				values[i] = unknown
			}
		}
		series[j] = Series{Name: s.Name, Values: values, States: s.States}
	}
	c.Series = series
	return c
}

// row is the known sum of label i, and whether all of it is known.
func (c Chart) row(i int) (sum float64, whole bool) {
	whole = true
	for _, s := range c.Series {
		v, ok := s.at(i)
		sum += v
		whole = whole && ok
	}
	return sum, whole
}

func drawStacked(m *markup, c Chart, s sheet) {
	n := len(c.Labels)
	if n == 0 {
		return
	}
	rows := c.stackedRows(s)
	for i := range c.Labels {
		rows.row(m, c, i)
	}
}

// stackedRows lays out the rows: names at the left on the wide sheet, above
// their bars on the narrow one.
type stackedRows struct {
	sheet
	left, right   float64
	pitch, thick  float64
	above         bool
	high          float64 // value at the right edge
	first, nameDY float64
}

func (c Chart) stackedRows(s sheet) stackedRows {
	r := stackedRows{sheet: s, above: s.name == narrowSheet.name}
	names, figures := 0.0, 0.0
	for i, l := range c.Labels {
		sum, _ := c.row(i)
		r.high = max(r.high, sum)
		names = max(names, textWidth(l, s.font))
		figures = max(figures, textWidth(c.total(i), s.font))
	}
	if names > s.w*0.4 {
		r.above = true
	}
	if r.high < trifle || c.Shares {
		r.high = 1
	}
	r.right = s.w - figures - s.font*0.5
	r.thick = s.font * 1.7
	if r.above {
		r.first, r.pitch, r.nameDY = s.font*1.5, s.font*3.8, -s.font*0.4
	} else {
		r.left = names + s.font*0.7
		r.first, r.pitch, r.nameDY = s.font*0.3, s.font*2.4, s.font*1.2
	}
	return r
}

// total is the figure at the end of row i: its sum, or nothing with Shares and
// where part of the row is not known.
func (c Chart) total(i int) string {
	sum, whole := c.row(i)
	if c.Shares || !whole {
		return ""
	}
	return Number(sum, c.Decimals)
}

// height is what the rows need.
func (r stackedRows) height(n int) float64 {
	return r.first + float64(n-1)*r.pitch + r.thick + r.font*0.4
}

func (r stackedRows) row(m *markup, c Chart, i int) {
	y := r.first + float64(i)*r.pitch
	if r.above {
		m.with(c.Labels[i], "text", "x", "0", "y", px(y+r.nameDY), "fill", ink)
	} else {
		m.with(c.Labels[i], "text", "x", px(r.left-r.font*0.7), "y", px(y+r.nameDY), "text-anchor", "end", "fill", ink)
	}
	sum, whole := c.row(i)
	scale := (r.right - r.left) / r.high
	if c.Shares {
		scale = 0
		if sum >= trifle && whole {
			scale = (r.right - r.left) / sum
		}
	}
	x := r.left
	if !c.Shares || scale > 0 {
		for j, s := range c.Series {
			if v, ok := s.at(i); ok && v > 0 {
				r.piece(m, c, i, j, x, y, v*scale)
				x += v * scale
			}
		}
	}
	if !whole {
		r.rest(m, c, i, x, y)
		return
	}
	m.leaf("path", "class", "draw-nought", "d", "M"+px(r.left)+" "+px(y)+"v"+px(r.thick), "stroke", inkSoft, "fill", "none")
	words := c.total(i)
	if c.Shares && sum < trifle {
		words = Number(0, c.Decimals) // all parts are nought: there is no share to draw
	}
	m.with(words, "text", "class", "draw-figure", "x", px(x+r.font*0.4), "y", px(y+r.font*1.2), "fill", ink, "font-weight", "bold")
}

// piece is one series' part of a row, with its figure where it fits.
func (r stackedRows) piece(m *markup, c Chart, i, j int, x, y, wide float64) {
	v, _ := c.Series[j].at(i)
	words, title := Number(v, c.Decimals), c.point(c.Series[j], i)
	if c.Shares {
		sum, _ := c.row(i)
		words = Number(100*v/sum, 0) + "%"
		title += " (" + words + ")"
	}
	m.open("rect", "class", "draw-bar "+seriesClass(j), "x", px(x), "y", px(y), "width", px(wide), "height", px(r.thick),
		"fill", seriesTone(j).fill, "stroke", paper, "stroke-width", "1")
	m.with(title, "title")
	m.close("rect")
	if textWidth(words, r.font)+r.font*0.6 <= wide {
		m.with(words, "text", "class", "draw-figure draw-on", "x", px(x+wide/2), "y", px(y+r.font*1.2),
			"text-anchor", "middle", "fill", seriesTone(j).ink)
	}
}

// rest hatches what is left of a row of which part is not known.
func (r stackedRows) rest(m *markup, c Chart, i int, x, y float64) {
	_, words := c.missing(i)
	end := r.w - 1
	if c.Shares {
		end = r.right
	}
	wide := max(end-x, r.font*2)
	if x+wide > r.w {
		x = r.w - wide
	}
	m.gap(x, y, wide, r.thick, c.Labels[i]+": "+words)
	m.gapWords(x, y, wide, r.thick, r.font, words)
}
