package draw

import "strings"

// key writes the list of series and gaps under a chart's title. A chart with one
// series and no gap needs none.
func (c Chart) key(m *markup) {
	gaps := c.gapKey()
	if len(c.Series) < 2 && len(gaps) == 0 {
		return
	}
	m.open("ul", "class", "draw-key")
	if len(c.Series) > 1 {
		for i, s := range c.Series {
			m.keyItem(s.Name, func() {
				m.leaf("rect", "class", seriesClass(i), "x", "1", "y", "1", "width", "14", "height", "14", "fill", seriesTone(i).fill)
			})
		}
	}
	if len(gaps) > 0 {
		m.keyItem(strings.Join(gaps, "; "), func() { m.gap(1, 1, 14, 14, "") })
	}
	m.close("ul")
}

// keyItem writes one swatch of 16 by 16 and its words.
func (m *markup) keyItem(words string, swatch func()) {
	m.open("li", "class", "draw-key-item")
	m.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "draw-swatch", "viewBox", "0 0 16 16",
		"width", "16", "height", "16", "aria-hidden", "true")
	swatch()
	m.close("svg")
	m.WriteByte(' ')
	m.with(words, "span")
	m.close("li")
}
