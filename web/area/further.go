package area

import (
	"strings"

	"everykit/civil"
	"everykit/measure"
	"everykit/web/figures"
	"everykit/web/page"
)

// furtherKeys are the measures of how far kits go and for whom, beside the coverage over the page.
var furtherKeys = []measure.Key{
	measure.Reach, measure.LiveCoverage, measure.KitsPerDeath, measure.CoverageTreatment, measure.FirstSupplies, measure.RepeatShare, measure.RepeatUsed,
	measure.PublicOutlets, measure.Requirements,
}

// periodOf is the period for which the page shows a measure: the chosen one, the financial year that goes with it, or for
// what is said of a day, today.
func (v *visit) periodOf(k measure.Key) civil.Period {
	switch {
	case k.Yearly():
		return v.coverageYear()
	case k.OnDay(), k.Ahead():
		return civil.FinancialYearOf(v.today)
	}
	return v.period
}

// further is the large figures of how far kits go, and the table with all of them.
func further(v *visit, b *body) error {
	for _, k := range []measure.Key{measure.Reach, measure.LiveCoverage, measure.KitsPerDeath} {
		f, err := v.figure(k, v.periodOf(k))
		if err != nil {
			return err
		}
		c := figures.Card(k.Words()+", "+v.said(f), f, v.today)
		c.Beside = strings.Join(beneath(f), "; ")
		b.Further = append(b.Further, c)
	}
	g, err := furtherGrid(v)
	b.All = g.Table(v.here("/figures.csv"))
	return err
}

// said is a figure's period in a few words: today, for what is said of a day.
func (v *visit) said(f *measure.Figure) string {
	if f.Measure.OnDay() {
		return "today"
	}
	return figures.Name(f.Period, v.today)
}

// beneath is what stands under a large ratio: its parts, its ends, and what is likely beside what is the most.
func beneath(f *measure.Figure) []string {
	var list []string
	if f.Expected != nil {
		list = append(list, f.ExpectedWords())
	}
	if p := parts(f); p != "" {
		list = append(list, p)
	}
	if r := figures.Range(f); r != "" {
		list = append(list, "from "+r)
	}
	return list
}

// parts is a ratio in its two numbers: 58 kits, 861 people.
func parts(f *measure.Figure) string {
	if !f.Measure.IsRatio() || f.Numerator == nil {
		return ""
	}
	_, top, bottom := f.Measure.Heads()
	s := page.Decimal(*f.Numerator, 0) + " " + strings.ToLower(top)
	switch {
	case f.Denominator == nil:
		return s
	case f.Measure.IsShare():
		return page.Decimal(*f.Numerator, 0) + " of " + page.Decimal(*f.Denominator, 0) + " " + strings.ToLower(bottom)
	}
	return s + ", " + page.Decimal(*f.Denominator, 0) + " " + strings.ToLower(bottom)
}

// furtherGrid says of each figure what it is made of, between which ends it lies and why, and where it comes from.
func furtherGrid(v *visit) (figures.Grid, error) {
	g := figures.Grid{
		Caption: "How far kits go, and for whom", Hide: true, Stack: true,
		Columns: []figures.Column{
			{Label: "Figure"}, {Label: "Value"}, {Label: "Low to high"}, {Label: "Made of"}, {Label: "Source"},
		},
	}
	for _, k := range furtherKeys {
		f, err := v.figure(k, v.periodOf(k))
		if err != nil {
			return g, err
		}
		name := figures.Link(k.Words(), "/definitions#"+string(k))
		name.Show = name.Show.Under(figures.Capital(v.said(f)))
		value := figures.Value(f)
		if f.Value != nil && (f.State == measure.Reported || f.State == measure.Partial) {
			value.Show = value.Show.Tagged(page.StateTag(f.State.String()))
		}
		if f.Value != nil {
			value.Show = value.Show.Under(k.Unit())
		}
		made := figures.Words(parts(f))
		if f.Expected != nil {
			made.Show = made.Show.Under("At most; " + f.ExpectedWords())
		}
		source := figures.Words(f.Source)
		source.Show = source.Show.Under(strings.TrimSpace(strings.Join(f.Notes, " ") + " " + f.Limits))
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{name, value, figures.Words(figures.Range(f)), made, source}})
	}
	return g, nil
}
