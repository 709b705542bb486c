package nation

import (
	"fmt"
	"math"

	"everykit/draw"
	"everykit/measure"
	"everykit/registry"
	"everykit/stat"
	"everykit/web/figures"
	"everykit/web/page"
)

// funnelSteps is at how many sizes the limits are worked out: enough for a smooth line.
const funnelSteps = 48

// against is the drawing, and who lies beyond what chance would leave.
type against struct {
	Chart page.Chart
	Sides []side
}

// side is the authorities far above the average, or far below, by name.
type side struct {
	Words string
	Areas []page.Link
}

// limits are those between which chance alone leaves a value at a size. Of kits over people it is the count of kits that
// chance moves (Poisson round the average); of kits over deaths it is the deaths, by far the smaller number.
func limits(c choice, average, size, level float64) (stat.Interval, bool) {
	if c.measure != measure.KitsPerDeath {
		return stat.Funnel(average, size, c.measure.Per(), level)
	}
	i, ok := stat.Funnel(1, size, 1, level)
	if !ok || i.High <= 0 {
		return i, false
	}
	return stat.Interval{Low: average / i.High, High: average / i.Low}, true // without a lower limit of deaths there is no upper one
}

// funnel draws the authorities against what chance alone would leave, for measures that are kits over people or deaths.
// There is none without an average and two authorities.
func funnel(c choice, nation *registry.Area, list []authority, above []*measure.Figure) *against {
	switch c.measure {
	case measure.Coverage, measure.CoverageTreatment, measure.KitsPerDeath:
	default:
		return nil
	}
	average, known := pooledValue(nation, above)
	f := draw.FunnelChart{
		ID: "funnel", Title: "How far each authority is from the average", Subtitle: heading(c, nation) + ". A small authority may lie far off by chance, a large one less so.",
		Unit: c.measure.Unit(), SizeUnit: "people", Decimals: c.measure.Places(), Average: average,
		AverageWords: "Average " + page.Decimal(average, c.measure.Places()),
	}
	if c.measure == measure.KitsPerDeath {
		f.SizeUnit = "deaths"
	}
	g := figures.Grid{Caption: "Authorities and what chance would leave", Columns: []figures.Column{
		{Label: "Authority"}, {Label: c.heads()[0], Numeric: true}, {Label: c.heads()[2], Numeric: true}, {Label: "95 per cent limits", Numeric: true}, {Label: "Where it lies"},
	}}
	largest := 0.0
	sides := []side{{Words: "Far below the average"}, {Words: "Far above the average"}}
	seen := map[string]bool{}
	for _, a := range list {
		fig := a.figure
		if fig.Value == nil || fig.Denominator == nil || len(fig.Group) > 0 && seen[fmt.Sprint(fig.Group)] {
			continue
		}
		seen[fmt.Sprint(fig.Group)] = true
		inner, ok := limits(c, average, *fig.Denominator, stat.Level95)
		outer, also := limits(c, average, *fig.Denominator, stat.Level998)
		if !ok || !also {
			continue
		}
		p := draw.FunnelPoint{Name: a.area.Name, Size: *fig.Denominator, Value: *fig.Value, Out: lies(*fig.Value, inner, outer)}
		if n := len(fig.Group); n > 1 {
			p.Name += fmt.Sprintf(" and %d more", n-1)
		}
		largest = max(largest, p.Size)
		if p.Out == 2 || p.Out == -2 {
			s := &sides[(p.Out+2)/4]
			s.Areas = append(s.Areas, page.Link{Text: p.Name, Href: a.href(c)})
		}
		f.Points = append(f.Points, p)
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{
			figures.Words(p.Name), figures.Words(figures.Number(c.measure, p.Value)), figures.People(&p.Size),
			figures.Words(between(c, inner)), figures.Words(places[p.Out+2]),
		}})
	}
	if !known || len(f.Points) < 2 {
		return nil
	}
	for i := 1; i <= funnelSteps; i++ {
		part := float64(i) / funnelSteps
		size := largest * 1.1 * part * part // close together where the limits turn most
		if size < 1 {                       // there is no smaller place
			continue
		}
		inner, _ := limits(c, average, size, stat.Level95)
		outer, _ := limits(c, average, size, stat.Level998)
		f.Band = append(f.Band, draw.FunnelBand{Size: size, Low: inner.Low, High: inner.High, LowOuter: outer.Low, HighOuter: outer.High})
	}
	g.Note = "The limits are those of a count of kits round the average (Poisson). Kits are given out by habit and by need as well as by chance, so many authorities lie outside: it is a reason to ask, not a verdict."
	if c.measure == measure.KitsPerDeath {
		g.Note = "The limits are those of the number of deaths (Poisson), which chance moves more than the number of kits. To lie outside is a reason to ask, not a verdict."
	}
	return &against{page.Drawing(draw.Funnel(f), g.Table("")), sides}
}

func between(c choice, i stat.Interval) string {
	if math.IsInf(i.High, 0) {
		return figures.Number(c.measure, i.Low) + " and more"
	}
	return figures.Number(c.measure, i.Low) + " to " + figures.Number(c.measure, i.High)
}

var places = [5]string{"far below", "below", "as chance would have it", "above", "far above"}

// lies says where a value lies between its limits: see draw.FunnelPoint.
func lies(x float64, inner, outer stat.Interval) int {
	switch {
	case x < outer.Low:
		return -2
	case x < inner.Low:
		return -1
	case x > outer.High:
		return 2
	case x > inner.High:
		return 1
	}
	return 0
}

// pooledValue is the nation's average: of all its authorities that have both numbers.
func pooledValue(nation *registry.Area, above []*measure.Figure) (float64, bool) {
	for _, f := range above {
		if f.AreaID == nation.ID && f.Row == measure.Pooled && f.Value != nil {
			return *f.Value, true
		}
	}
	return 0, false
}
