package draw

import (
	"slices"
	"strings"
)

// gap draws a hatched box where a value is not known, with its words on hover.
// The hatch is lines, not a pattern: no id to keep apart, and it prints.
func (m *markup) gap(x, y, w, h float64, words string) {
	m.open("g", "class", "draw-gap")
	if words != "" {
		m.with(words, "title")
	}
	m.leaf("rect", "class", "draw-gap-paper", "x", px(x), "y", px(y), "width", px(w), "height", px(h), "fill", "#f3f5f6")
	m.leaf("path", "class", "draw-gap-lines", "d", hatchLines(x, y, w, h, 6), "stroke", "#8a97a0", "fill", "none")
	m.close("g")
}

// hatchLines are rising lines at 45 degrees, apart by the given distance along
// the x axis, cut off at the edges of the box.
func hatchLines(x, y, w, h, apart float64) string {
	var b strings.Builder
	for at := apart / 2; at < w+h; at += apart {
		x1, y1 := x+at, y // the upper end is on the top edge, or past it on the right one
		if at > w {
			x1, y1 = x+w, y+at-w
		}
		x2, y2 := x, y+at // the lower end is on the left edge, or past it on the foot
		if at > h {
			x2, y2 = x+at-h, y+h
		}
		b.WriteString("M" + px(x1) + " " + px(y1) + "L" + px(x2) + " " + px(y2))
	}
	return b.String()
}

// gapWords writes the words of a gap over its hatch, level if they fit, upright
// if those fit, else not at all: the key under the title always has them.
func (m *markup) gapWords(x, y, w, h, font float64, words string) {
	cx, cy := x+w/2, y+h/2
	long := textWidth(words, font) + font*0.6
	turn := ""
	switch {
	case long <= w && font*1.4 <= h:
	case long <= h && font <= w:
		turn = "rotate(-90 " + px(cx) + " " + px(cy) + ")"
	default:
		return
	}
	m.with(words, "text", "class", "draw-halo", "x", px(cx), "y", px(cy+font*0.35), "text-anchor", "middle",
		"transform", turn, "fill", ink, "stroke", "#f3f5f6", "stroke-width", "4", "paint-order", "stroke", "stroke-linejoin", "round")
}

// gapKey lists in words, once each, the states of all values of the chart that
// are not known.
func (c Chart) gapKey() []string {
	var words []string
	seen := map[string]bool{}
	for _, s := range c.Series {
		for i := range c.Labels {
			if _, ok := s.at(i); ok {
				continue
			}
			if w := s.state(i).Words(); !seen[w] {
				seen[w] = true
				words = append(words, w)
			}
		}
	}
	return words
}

// missing is how many series have no figure at i, and why, in words: with the
// name of the series where only some have none.
func (c Chart) missing(i int) (n int, words string) {
	var named, plain []string
	for _, s := range c.Series {
		if _, ok := s.at(i); ok {
			continue
		}
		n++
		w := s.state(i).Words()
		named = append(named, s.Name+": "+w)
		if !slices.Contains(plain, w) {
			plain = append(plain, w)
		}
	}
	if n < len(c.Series) {
		return n, strings.Join(named, "; ")
	}
	return n, strings.Join(plain, "; ")
}

// wholeGaps hatches the bands in which no series has a figure. Bands next to each
// other with nothing known for the same reason are one gap.
func (p plot) wholeGaps(m *markup, c Chart) {
	n := len(c.Labels)
	for i := 0; i < n; i++ {
		missing, words := c.missing(i)
		if missing < len(c.Series) || missing == 0 {
			continue
		}
		end := i
		for end+1 < n {
			if more, same := c.missing(end + 1); more < len(c.Series) || same != words {
				break
			}
			end++
		}
		title := c.Labels[i]
		if end > i {
			title += " to " + c.Labels[end]
		}
		x, band := p.band(i, n)
		inset := min(band*0.1, 6)
		left, wide := x-band/2+inset, band*float64(end-i+1)-2*inset
		high := p.foot - p.top - 0.5 // the line at nought stays whole
		m.gap(left, p.top, wide, high, title+": "+words)
		m.gapWords(left, p.top, wide, high, p.font, words)
		i = end
	}
}
