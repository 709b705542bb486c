package figures

import (
	"everykit/civil"
	"everykit/draw"
	"everykit/measure"
	"everykit/web/page"
)

// Number writes a value as pages have it: kits whole, ratios to one place.
func Number(k measure.Key, value float64) string { return page.Decimal(value, k.Places()) }

// Range writes the low and high ends of a figure: 31.2 to 45.8. Empty if it has none.
func Range(f *measure.Figure) string {
	if f.Low == nil || f.High == nil {
		return ""
	}
	return Number(f.Measure, *f.Low) + " to " + Number(f.Measure, *f.High)
}

// Known gives the value of a figure for a drawing, and false if there is none.
func Known(f *measure.Figure) (float64, bool) {
	if f == nil || f.Value == nil {
		return 0, false
	}
	return *f.Value, true
}

// Drawn is the state of a figure as drawings know it: empty where there is a number for the whole period. While a period
// runs every number is a part of it; the page says so once, and not on each of its figures.
func Drawn(f *measure.Figure, today civil.Date) draw.State {
	switch {
	case f.State == measure.Partial && Running(f.Period, today):
		return ""
	case f.State.HasNumber() && f.State != measure.Partial:
		return ""
	}
	return draw.State(f.State.String())
}

var singular = map[string]string{"kits": "kit", "people": "person"}

// Card is a figure as a large number.
func Card(label string, f *measure.Figure, today civil.Date) page.Figure {
	c := page.Figure{Label: label, Definition: string(f.Measure)}
	if x, ok := Known(f); ok {
		c.Value, c.Unit = Number(f.Measure, x), f.Measure.ShortUnit()
		if one, is := singular[c.Unit]; is && x == 1 {
			c.Unit = one
		}
	}
	if f.State == measure.Reported || !f.State.HasNumber() || Drawn(f, today) != "" {
		c.State = f.State.String()
	}
	return c
}
