package draw

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A FunnelChart is a plot of rates of places against how large each place is, with the limits between which chance alone
// would leave them. It is no league table: a place is compared with what could be expected of one of its size, and not
// with the others. Only ID, Title, Points, Average and Band are needed.
type FunnelChart struct {
	ID, Title, Subtitle, Source string
	Desc                        string // in a sentence or two; made from the points if empty
	Unit                        string // of a value: "kits per 100 people"
	SizeUnit                    string // of a size: "people who use opiates"
	Decimals                    int

	Points       []FunnelPoint
	Average      float64
	AverageWords string       // "England: 16.1"
	Band         []FunnelBand // the limits at sizes from small to large; as many as make a smooth line
}

// A FunnelPoint is one place. Size is what its value was divided by, above nought.
type FunnelPoint struct {
	Name        string
	Size, Value float64
	Out         int // -2, -1, 0, 1, 2: below the outer limits, below the inner, between them, above the inner, above the outer
}

// A FunnelBand is the limits at one size: between the inner ones chance alone leaves 95 of 100 places, between the outer
// ones 998 of 1,000.
type FunnelBand struct {
	Size                float64
	Low, High           float64 // inner
	LowOuter, HighOuter float64
}

// Funnel draws it, wide and narrow. Points outside the outer limits are diamonds and have their name where there is
// room, those furthest out first; the others are circles. Every point can be pointed at for its name and numbers.
func Funnel(f FunnelChart) string {
	f.Points = slices.DeleteFunc(slices.Clone(f.Points), func(p FunnelPoint) bool {
		return !known(p.Value) || !known(p.Size) || p.Size <= 0
	})
	var m markup
	id := safeID(f.ID)
	m.open("figure", "class", "draw", "id", id)
	m.caption(f.Title, f.Subtitle)
	f.key(&m)
	for _, s := range []sheet{wideSheet, narrowSheet} {
		s.id = id + "-" + s.name
		s.h += 60
		s.open(&m, f.Title, f.describe())
		f.draw(&m, s)
		m.close("svg")
	}
	m.source(f.Source)
	m.close("figure")
	return m.String()
}

func (f FunnelChart) key(m *markup) {
	m.open("ul", "class", "draw-key")
	for _, k := range []struct {
		words string
		mark  func()
	}{
		{"authority", func() { m.leaf("circle", "cx", "8", "cy", "8", "r", "4", "fill", seriesTone(0).fill) }},
		{"outside the outer limits", func() { m.diamond(8, 8, 6) }},
		{"average", func() { m.leaf("path", "d", "M0 8H16", "stroke", ink, "stroke-width", "2") }},
		{"95 in 100 lie between by chance", func() {
			m.leaf("path", "d", "M0 8H16", "stroke", seriesTone(2).fill, "stroke-width", "2", "stroke-dasharray", "5 3")
		}},
		{"998 in 1,000 do", func() { m.leaf("path", "d", "M0 8H16", "stroke", seriesTone(4).fill, "stroke-width", "2") }},
	} {
		m.open("li", "class", "draw-key-item")
		m.open("svg", "class", "draw-swatch", "viewBox", "0 0 16 16", "width", "16", "height", "16", "aria-hidden", "true")
		k.mark()
		m.close("svg")
		m.with(k.words, "span")
		m.close("li")
	}
	m.close("ul")
}

func (m *markup) diamond(x, y, r float64) {
	m.leaf("path", "class", "draw-bar draw-s2", "d", "M"+px(x)+" "+px(y-r)+"L"+px(x+r)+" "+px(y)+"L"+px(x)+" "+px(y+r)+"L"+px(x-r)+" "+px(y)+"Z",
		"fill", seriesTone(1).fill, "stroke", paper, "stroke-width", "1")
}

// reach is the largest size and value that the plot must hold. Limits at small sizes go on beyond its upper edge, and a few
// points far above all others stand on it: either would press the rest to the foot.
func (f FunnelChart) reach() (size, value float64) {
	value = f.Average * 1.5
	var values []float64
	for _, p := range f.Points {
		size, value = max(size, p.Size), max(value, p.Value)
		values = append(values, p.Value)
	}
	if slices.Sort(values); len(values) >= 10 {
		if most := values[len(values)*9/10]; value > 3*most {
			value = max(2*most, f.Average*1.5)
		}
	}
	return size, value
}

func (f FunnelChart) draw(m *markup, s sheet) {
	size, value := f.reach()
	axes := Chart{Decimals: f.Decimals, Series: []Series{{Values: []float64{value}}}, Labels: []string{""}}
	p := s.axes(m, axes, s.font*0.8)
	if size <= 0 {
		return
	}
	marks := Ticks(0, size, s.labels, true)
	most := marks[len(marks)-1]
	x := func(n float64) float64 { return p.left + n/most*(p.right-p.left) }
	m.open("g", "class", "draw-axis", "fill", inkSoft)
	for i, w := range tickWords(marks) {
		anchor := "middle"
		if i == len(marks)-1 {
			anchor = "end"
		}
		m.leaf("path", "class", "draw-nought", "d", "M"+px(x(marks[i]))+" "+px(p.foot)+"v4", "stroke", inkSoft, "fill", "none")
		m.with(w, "text", "x", px(x(marks[i])), "y", px(p.foot+p.font*1.35), "text-anchor", anchor)
	}
	m.with(f.SizeUnit, "text", "x", px(p.right), "y", px(p.foot+p.font*2.6), "text-anchor", "end")
	m.close("g")
	top := p.ticks[len(p.ticks)-1]
	for _, line := range []struct {
		at    func(FunnelBand) float64
		tone  int
		dash  string
		class string
	}{
		{func(b FunnelBand) float64 { return b.Low }, 2, "5 3", "draw-s3"},
		{func(b FunnelBand) float64 { return b.High }, 2, "5 3", "draw-s3"},
		{func(b FunnelBand) float64 { return b.LowOuter }, 4, "", "draw-s4"},
		{func(b FunnelBand) float64 { return b.HighOuter }, 4, "", "draw-s4"},
	} {
		m.leaf("path", "class", "draw-line "+line.class, "d", f.path(line.at, x, p.y, top, most), "stroke", seriesTone(line.tone).fill,
			"stroke-width", "2", "fill", "none", "stroke-dasharray", line.dash)
	}
	m.leaf("path", "class", "draw-target", "d", "M"+px(p.left)+" "+px(p.y(f.Average))+"H"+px(p.right), "stroke", ink, "stroke-width", "2", "fill", "none")
	f.points(m, p, x)
}

// path is one limit as far as it lies on the plot.
func (f FunnelChart) path(at func(FunnelBand) float64, x, y func(float64) float64, top, most float64) string {
	var d strings.Builder
	pen := "M"
	for _, b := range f.Band {
		v := at(b)
		if !known(v) || v > top || b.Size > most {
			pen = "M"
			continue
		}
		d.WriteString(pen + px(x(b.Size)) + " " + px(y(max(v, 0))))
		pen = "L"
	}
	return d.String()
}

// room is a part of the sheet that is taken.
type room struct{ left, top, right, foot float64 }

func (b room) meets(o room) bool {
	return b.left < o.right && o.left < b.right && b.top < o.foot && o.top < b.foot
}

func (f FunnelChart) points(m *markup, p plot, x func(float64) float64) {
	var taken []room
	for _, q := range f.Points {
		cx, cy := x(q.Size), p.height(q)
		taken = append(taken, room{cx - 4, cy - 4, cx + 4, cy + 4})
		m.open("g", "class", "draw-point")
		m.with(q.Name+": "+f.words(q), "title")
		if q.Out == 2 || q.Out == -2 {
			m.diamond(cx, cy, 6)
		} else {
			m.leaf("circle", "class", "draw-dot draw-s1", "cx", px(cx), "cy", px(cy), "r", "4", "fill", seriesTone(0).fill, "stroke", paper, "stroke-width", "1")
		}
		m.close("g")
	}
	taken = append(taken, f.averageName(m, p)...)
	out := f.outside()
	slices.SortStableFunc(out, func(a, b FunnelPoint) int {
		return cmp.Compare(f.far(b), f.far(a))
	})
	for _, q := range out {
		if q.Value > p.ticks[len(p.ticks)-1] { // it stands on the upper edge: say how far above it belongs
			q.Name += " " + Number(q.Value, f.Decimals)
		}
		w, cx, cy := textWidth(q.Name, p.font), x(q.Size), p.height(q)
		for _, left := range []float64{cx + 9, cx - 9 - w} {
			b := room{left, cy - p.font*0.6, left + w, cy + p.font*0.6}
			if b.left < p.left || b.right > p.w || b.top < 0 || slices.ContainsFunc(taken, b.meets) {
				continue
			}
			taken = append(taken, b)
			m.with(q.Name, "text", "class", "draw-halo", "x", px(left), "y", px(cy+p.font*0.35), "fill", ink, "stroke", paper, "stroke-width", "3",
				"paint-order", "stroke", "stroke-linejoin", "round")
			break
		}
	}
}

// height is how high a point stands, at most on the upper edge.
func (p plot) height(q FunnelPoint) float64 { return p.y(min(q.Value, p.ticks[len(p.ticks)-1])) }

// averageName writes the words of the average at its right end, above the line.
func (f FunnelChart) averageName(m *markup, p plot) []room {
	if f.AverageWords == "" {
		return nil
	}
	y := p.y(f.Average) - 6
	m.with(f.AverageWords, "text", "class", "draw-halo", "x", px(p.right), "y", px(y), "text-anchor", "end", "fill", ink, "font-weight", "bold",
		"stroke", paper, "stroke-width", "4", "paint-order", "stroke", "stroke-linejoin", "round")
	return []room{{p.right - textWidth(f.AverageWords, p.font), y - p.font, p.right, y + 4}}
}

// far is how far a point lies from the average, in what chance would leave at its size.
func (f FunnelChart) far(q FunnelPoint) float64 {
	return math.Abs(q.Value-f.Average) * math.Sqrt(q.Size)
}

// outside are the points outside the outer limits.
func (f FunnelChart) outside() []FunnelPoint {
	return slices.DeleteFunc(slices.Clone(f.Points), func(p FunnelPoint) bool { return p.Out != 2 && p.Out != -2 })
}

func (f FunnelChart) words(q FunnelPoint) string {
	s := Number(q.Value, f.Decimals)
	if f.Unit != "" {
		s += " " + f.Unit
	}
	s += ", " + Number(q.Size, 0) + " " + f.SizeUnit
	switch q.Out {
	case 2:
		s += "; above the outer limits"
	case 1:
		s += "; above the inner limits"
	case -1:
		s += "; below the inner limits"
	case -2:
		s += "; below the outer limits"
	}
	return strings.TrimSpace(s)
}

// describe is the text alternative when the caller gives none.
func (f FunnelChart) describe() string {
	if f.Desc != "" {
		return f.Desc
	}
	above, below := 0, 0
	for _, p := range f.outside() {
		if p.Out > 0 {
			above++
		} else {
			below++
		}
	}
	return Number(float64(len(f.Points)), 0) + " places; the average is " + Number(f.Average, f.Decimals) + ". " +
		Number(float64(above), 0) + " lie above the outer limits and " + Number(float64(below), 0) + " below: more than chance alone would leave there."
}
