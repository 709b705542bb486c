package draw

import (
	"strings"
)

// A Chart is what Columns, Lines and StackedBars draw: one or more series over
// the same labels. Only ID, Title, Labels and Series are needed.
type Chart struct {
	ID       string // unique on its page; ids inside the chart begin with it
	Title    string // what the chart says or shows
	Subtitle string // what is counted, where, when, in what unit
	Source   string // where the figures are from
	Desc     string // the chart in a sentence or two; made from the figures if empty

	Unit     string // unit of a value as read out after it: "kits"
	Decimals int    // decimals of values; 0 means whole things, and a whole axis

	Labels []string // one for each value: "Apr 2016"; a last word that is a year is set below
	Series []Series

	Target      float64 // a line to compare with, drawn if TargetWords is not empty
	TargetWords string  // "Target: 100"

	Shares bool // StackedBars only: each bar is its row's 100%
}

// A Series is one set of values, as long as the chart's labels. NaN (or an
// infinity, a value beyond 1e15, or one that is missing at the end) is not known:
// a gap, never nought.
type Series struct {
	Name   string
	Values []float64
	States []State // why a value is not known; may be nil or short
}

// at is the value i, and whether it is known.
func (s Series) at(i int) (float64, bool) {
	if i >= len(s.Values) || !known(s.Values[i]) {
		return 0, false
	}
	return s.Values[i], true
}

// state is why value i is not known.
func (s Series) state(i int) State {
	if i < len(s.States) {
		return s.States[i]
	}
	return ""
}

// words is the value i read out with the chart's unit, or its state in words.
func (c Chart) words(s Series, i int) string {
	v, ok := s.at(i)
	if !ok {
		return s.state(i).Words()
	}
	w := Number(v, c.Decimals)
	if c.Unit != "" {
		w += " " + c.Unit
	}
	return w
}

// point names value i: "Apr 2016, purchased: 1,234 kits".
func (c Chart) point(s Series, i int) string {
	name := c.Labels[i]
	if s.Name != "" && len(c.Series) > 1 {
		name += ", " + s.Name
	}
	return name + ": " + c.words(s, i)
}

// span is the lowest and highest known value, nought and the target among them.
func (c Chart) span() (low, high float64) {
	for _, s := range c.Series {
		for i := range c.Labels {
			if v, ok := s.at(i); ok {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if c.TargetWords != "" && known(c.Target) {
		low, high = min(low, c.Target), max(high, c.Target)
	}
	return low, high
}

// describe is the text alternative when the caller gives none: for each series
// its first, lowest, highest and last figure, and how many are not known.
func (c Chart) describe() string {
	if c.Desc != "" {
		return c.Desc
	}
	var b strings.Builder
	for _, s := range c.Series {
		first, last, low, high, gaps := -1, -1, -1, -1, 0
		for i := range c.Labels {
			v, ok := s.at(i)
			if !ok {
				gaps++
				continue
			}
			if first < 0 {
				first, low, high = i, i, i
			}
			last = i
			if l, _ := s.at(low); v < l {
				low = i
			}
			if h, _ := s.at(high); v > h {
				high = i
			}
		}
		if s.Name != "" {
			b.WriteString(s.Name + ": ")
		}
		if first < 0 {
			b.WriteString("no figure is known. ")
			continue
		}
		b.WriteString(c.words(s, first) + " in " + c.Labels[first])
		if last != first {
			b.WriteString(", " + c.words(s, last) + " in " + c.Labels[last] +
				"; lowest " + c.words(s, low) + " in " + c.Labels[low] +
				", highest " + c.words(s, high) + " in " + c.Labels[high])
		}
		b.WriteString(". ")
		if gaps > 0 {
			b.WriteString(Number(float64(gaps), 0) + " not known. ")
		}
	}
	return strings.TrimSpace(b.String())
}

// figure puts the words of a chart round its two drawings, wide and narrow.
// Height, if given, says how tall a sheet must be.
func (c Chart) figure(draw func(*markup, Chart, sheet), height func(sheet) float64) string {
	var m markup
	id := safeID(c.ID)
	m.open("figure", "class", "draw", "id", id)
	m.caption(c.Title, c.Subtitle)
	c.key(&m)
	for _, s := range []sheet{wideSheet, narrowSheet} {
		s.id = id + "-" + s.name
		if height != nil {
			s.h = height(s)
		}
		s.open(&m, c.Title, c.describe())
		draw(&m, c, s)
		m.close("svg")
	}
	m.source(c.Source)
	m.close("figure")
	return m.String()
}

func (m *markup) caption(title, subtitle string) {
	m.open("figcaption", "class", "draw-caption")
	m.with(title, "span", "class", "draw-title")
	if subtitle != "" {
		m.WriteByte(' ')
		m.with(subtitle, "span", "class", "draw-subtitle")
	}
	m.close("figcaption")
}

func (m *markup) source(words string) {
	if words != "" {
		m.with("Source: "+words, "p", "class", "draw-source")
	}
}
