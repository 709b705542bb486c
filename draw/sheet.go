package draw

// A sheet is the paper a chart is drawn on. Each chart is drawn on two: one is
// shown in a container of 480 CSS pixels or more, the other in a smaller one.
// Words are at least 11 CSS pixels tall on both down to a container of 280.
type sheet struct {
	id, name string
	w, h     float64
	font     float64
	labels   int // at most so many labels along the foot
}

var (
	wideSheet   = sheet{name: "wide", w: 640, h: 320, font: 15, labels: 8}
	narrowSheet = sheet{name: "narrow", w: 320, h: 280, font: 13, labels: 5}
)

// open begins the drawing as one image with a name and a description.
func (s sheet) open(m *markup, title, desc string) {
	m.open("svg",
		"xmlns", "http://www.w3.org/2000/svg",
		"class", "draw-svg draw-"+s.name,
		"viewBox", "0 0 "+px(s.w)+" "+px(s.h),
		"width", px(s.w), "height", px(s.h),
		"role", "img", "aria-labelledby", s.id+"-t", "aria-describedby", s.id+"-d",
		"font-family", "Arial, Helvetica, sans-serif", "font-size", px(s.font))
	m.with(title, "title", "id", s.id+"-t")
	m.with(desc, "desc", "id", s.id+"-d")
}

// A plot is the part of a sheet inside the axes, with the scale of its values.
type plot struct {
	sheet
	left, right, top, foot float64 // edges in the units of the sheet
	ticks                  []float64
}

// y is the height on the sheet of value v.
func (p plot) y(v float64) float64 {
	low, high := p.ticks[0], p.ticks[len(p.ticks)-1]
	return p.foot - (v-low)/(high-low)*(p.foot-p.top)
}

// band is the middle and width of the room for label i of n.
func (p plot) band(i, n int) (middle, width float64) {
	width = (p.right - p.left) / float64(n)
	return p.left + (float64(i)+0.5)*width, width
}

// axes draws the grid, the figures of the value axis and the labels along the
// foot, and gives back the plot between them. Right is the room kept free at
// the right edge.
func (s sheet) axes(m *markup, c Chart, right float64) plot {
	low, high := c.span()
	p := plot{sheet: s, top: s.font * 1.6, foot: s.h - s.font*2.9, right: s.w - right}
	p.ticks = Ticks(low, high, 5, c.Decimals == 0)
	words := tickWords(p.ticks)
	for _, w := range words {
		p.left = max(p.left, textWidth(w, s.font)+s.font*0.6)
	}
	m.open("g", "class", "draw-axis", "fill", inkSoft)
	for i, t := range p.ticks {
		y := px(p.y(t))
		stroke, class := rule, "draw-grid"
		if t == 0 {
			stroke, class = inkSoft, "draw-nought"
		}
		m.leaf("path", "class", class, "d", "M"+px(p.left)+" "+y+"H"+px(p.right), "stroke", stroke, "fill", "none")
		m.with(words[i], "text", "x", px(p.left-s.font*0.45), "y", px(p.y(t)+s.font*0.35), "text-anchor", "end")
	}
	p.footLabels(m, c.Labels)
	m.close("g")
	return p
}

// target draws the line to compare with, and its words above it.
func (p plot) target(m *markup, c Chart) {
	if c.TargetWords == "" || !known(c.Target) {
		return
	}
	y := p.y(c.Target)
	m.leaf("path", "class", "draw-target", "d", "M"+px(p.left)+" "+px(y)+"H"+px(p.right),
		"stroke", ink, "stroke-width", "1.5", "stroke-dasharray", "5 4", "fill", "none")
	m.with(c.TargetWords, "text", "class", "draw-halo", "x", px(p.left+4), "y", px(y-5), "fill", ink,
		"stroke", paper, "stroke-width", "4", "paint-order", "stroke", "stroke-linejoin", "round")
}
