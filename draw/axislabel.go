package draw

import "strings"

// footLabels writes at most the sheet's number of labels under the bands, at an
// even distance. The year at the end of a label goes to a second line and is
// said only where it changes.
func (p plot) footLabels(m *markup, labels []string) {
	n := len(labels)
	if n == 0 {
		return
	}
	step := p.labelStep(labels)
	said := ""
	for i := 0; i < n; i += step {
		x, _ := p.band(i, n)
		upper, lower := splitYear(labels[i])
		anchor := "middle"
		half := max(textWidth(upper, p.font), textWidth(lower, p.font)) / 2
		switch {
		case x+half > p.w: // never over the edge of the sheet
			x, anchor = p.w, "end"
		case x-half < 0:
			x, anchor = 0, "start"
		}
		if step > 1 {
			m.leaf("path", "class", "draw-nought", "d", "M"+px(x)+" "+px(p.foot)+"v4", "stroke", inkSoft, "fill", "none")
		}
		m.with(upper, "text", "x", px(x), "y", px(p.foot+p.font*1.35), "text-anchor", anchor)
		if lower != "" && lower != said {
			m.with(lower, "text", "x", px(x), "y", px(p.foot+p.font*2.5), "text-anchor", anchor)
		}
		said = lower
	}
}

// labelStep is how many bands one label stands for: as few as fit, in steps that
// suit months and quarters, so that January or April keeps its place.
func (p plot) labelStep(labels []string) int {
	widest := 0.0
	for _, l := range labels {
		upper, lower := splitYear(l)
		widest = max(widest, textWidth(upper, p.font), textWidth(lower, p.font))
	}
	n := len(labels)
	_, band := p.band(0, n)
	for _, step := range []int{1, 2, 3, 4, 6, 12, 24, 36, 60, 120} {
		if (n+step-1)/step <= p.labels && widest+p.font*0.6 <= band*float64(step) {
			return step
		}
	}
	return n
}

// splitYear parts "Apr 2016" into "Apr" and "2016", "Q1 2016/17" likewise. A
// label without a year at its end stays whole.
func splitYear(label string) (upper, lower string) {
	at := strings.LastIndexByte(label, ' ')
	if at <= 0 || len(label)-at-1 < 4 {
		return label, ""
	}
	for _, r := range label[at+1:] {
		if (r < '0' || r > '9') && r != '/' {
			return label, ""
		}
	}
	return label[:at], label[at+1:]
}
