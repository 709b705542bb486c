package report

import (
	"fmt"
	"html/template"
	"math"

	"everykit/civil"
	"everykit/document"
	"everykit/draw"
	"everykit/measure"
)

const recordedHere = "what was recorded here, as it stands today"

// threeSpans are the columns of a table that compares.
func threeSpans(p civil.Period) []document.Column {
	return []document.Column{
		{Key: "what", Label: "What"},
		{Key: "now", Label: "This " + span(p), Numeric: true},
		{Key: "before", Label: "The " + span(p) + " before", Numeric: true},
		{Key: "year_before", Label: "A year before", Numeric: true},
	}
}

// compared are three spans of the same length: the period, the one before, and the same a year earlier. Of a year the last
// two are one, and the third column falls away.
func compared(p civil.Period, t document.Table) document.Table {
	if p.Months() != 12 {
		return t
	}
	t.Columns = t.Columns[:3]
	for i := range t.Rows {
		t.Rows[i].Cells = t.Rows[i].Cells[:3]
	}
	return t
}

// glance is the table of what came and went.
func glance(p civil.Period, now, before, year sum, left [3]gone) document.Table {
	row := func(what string, of func(sum) int) document.Row {
		return document.Row{Cells: []string{what, now.cell(of(now)), before.cell(of(before)), year.cell(of(year))}}
	}
	t := document.Table{
		Key: "came_and_went", Caption: "What came and went, " + name(p), Source: recordedHere, Columns: threeSpans(p),
		Rows: []document.Row{
			row("Given out", func(s sum) int { return s.given }),
			row("Bought", func(s sum) int { return s.bought }),
			row("Came from other outlets", func(s sum) int { return s.in }),
			row("Sent to other outlets", func(s sum) int { return s.out }),
			{Cells: []string{"Written off", now.cell(left[0].all()), before.cell(left[1].all()), year.cell(left[2].all())}},
			row("People turned away", func(s sum) int { return s.turnedAway }),
		},
		Notes: []string{"Written off: destroyed, lost, or returned to the supplier. Kits that people handed back, or told you they lost, are in it."},
	}
	spans := []struct {
		what string
		of   sum
	}{{"this " + span(p), now}, {"the " + span(p) + " before", before}, {"a year before", year}}
	if p.Months() == 12 {
		spans = spans[:2]
	}
	for _, s := range spans {
		if note := s.of.partial(s.what); note != "" {
			t.Notes = append(t.Notes, note)
		}
	}
	return compared(p, t)
}

// byMonth is the chart and the table of kits given out month by month, beside the same months a year earlier. all must hold
// the months of both.
func byMonth(p civil.Period, all []measure.MonthRow, today civil.Date, where string) []document.Block {
	if p.Months() == 1 {
		return nil
	}
	year := yearBack(p)
	at := map[civil.Month]measure.MonthRow{}
	for _, m := range all {
		at[m.Month] = m
	}
	now, then := draw.Series{Name: name(p)}, draw.Series{Name: "A year before"}
	t := document.Table{
		Key: "given_out_by_month", Caption: "Kits given out month by month",
		Columns: []document.Column{{Key: "month", Label: "Month"}, {Key: "kits", Label: "Kits given out", Numeric: true}, {Key: "year_before", Label: "A year before", Numeric: true}},
	}
	value := func(s *draw.Series, m civil.Month) string {
		row := at[m]
		switch {
		case heard(row):
			s.Values, s.States = append(s.Values, float64(row.Dispensed)), append(s.States, "")
			return plain(row.Dispensed)
		case m.First() > today:
			s.Values, s.States = append(s.Values, math.NaN()), append(s.States, "still_to_come")
			return "still to come"
		}
		s.Values, s.States = append(s.Values, math.NaN()), append(s.States, "silent")
		return "silent"
	}
	var labels []string
	for i := range p.Months() {
		m := p.From + civil.Month(i)
		labels = append(labels, m.Short())
		t.Rows = append(t.Rows, document.Row{Cells: []string{m.Words(), value(&now, m), value(&then, year.From+civil.Month(i))}})
	}
	series := []draw.Series{now}
	if known(then) {
		series = append(series, then)
	}
	if !known(now) && !known(then) {
		return []document.Block{t}
	}
	title, alt := busiest(p, now), "Upright bars, one a month. "+busiest(p, now)+"."
	subtitle := "Kits given out by month, " + where
	markup := draw.Columns(draw.Chart{ID: "given", Title: title, Subtitle: subtitle, Source: recordedHere, Desc: alt, Unit: "kits", Labels: labels, Series: series})
	return []document.Block{document.Picture{Key: "given", Title: title, Subtitle: subtitle, Source: recordedHere, Alt: alt, Markup: template.HTML(markup)}, t}
}

func known(s draw.Series) bool {
	for _, v := range s.Values {
		if !math.IsNaN(v) {
			return true
		}
	}
	return false
}

// busiest is the finding of the months: which had most.
func busiest(p civil.Period, s draw.Series) string {
	best, ties, months := -1, 0, 0
	for i, v := range s.Values {
		switch {
		case math.IsNaN(v):
			continue
		case best < 0 || v > s.Values[best]:
			best, ties = i, 1
		case v == s.Values[best]:
			ties++
		}
		months++
	}
	switch {
	case best < 0:
		return "Nothing is recorded for " + name(p)
	case s.Values[best] == 0:
		return "No kit was given out in " + name(p)
	case months == 1:
		return fmt.Sprintf("%s: %s given out", (p.From + civil.Month(best)).Words(), kits(int(s.Values[best])))
	case ties > 1:
		return fmt.Sprintf("Most in a month: %s, in %d of %d months", kits(int(s.Values[best])), ties, months)
	}
	return fmt.Sprintf("%s had most: %s", (p.From + civil.Month(best)).Words(), kits(int(s.Values[best])))
}

// firstAndRepeat says how many supplies were first kits and why others were repeats.
func firstAndRepeat(s measure.Supplies) document.Chapter {
	supplies, kitsGiven := supplied(s)
	c := document.Chapter{Key: "people", Title: "Nothing was given out"}
	if supplies <= 0 {
		c.Blocks = []document.Block{document.Para{Text: "When kits are given out, this part says how many were a first kit, and why others were needed."}}
		return c
	}
	repeat, first, untold := worded(s.First, "repeat"), worded(s.First, "first"), missing(s.First)+worded(s.First, "not_known").Supplies
	switch {
	case untold == supplies:
		c.Title = "Nobody noted whether kits were first kits or repeats"
	case repeat.Supplies == 0:
		c.Title = fmt.Sprintf("%s a first kit, and no repeat was noted", count(first.Supplies, "supply was", "supplies were"))
	default:
		c.Title = fmt.Sprintf("%s of %s were repeats", plain(repeat.Supplies), count(supplies, "supply", "supplies"))
		if repeat.Supplies == 1 {
			c.Title = fmt.Sprintf("1 of %s was a repeat", count(supplies, "supply", "supplies"))
		}
	}
	t := document.Table{
		Key: "first_and_repeat", Caption: "First kits and repeats",
		Columns: []document.Column{{Key: "what", Label: "What was recorded"}, {Key: "supplies", Label: "Supplies", Numeric: true}, {Key: "kits", Label: "Kits", Numeric: true}},
		Notes:   []string{"A supply is one person served, whatever the number of kits."},
	}
	row := func(words string, w measure.Word) {
		t.Rows = append(t.Rows, document.Row{Cells: []string{words, plain(w.Supplies), plain(w.Kits)}})
	}
	for _, w := range s.First {
		row(w.Words, w)
	}
	t.Rows = append(t.Rows, document.Row{Cells: []string{"All supplies", plain(supplies), plain(kitsGiven)}, Total: true})
	if used := worded(s.Reasons, "used_on_self").Supplies + worded(s.Reasons, "used_on_other").Supplies; used > 0 {
		c.Blocks = append(c.Blocks, document.Para{Text: fmt.Sprintf("%s because a kit had been used on somebody. That is what kits are for.", count(used, "repeat was", "repeats were"))})
	}
	c.Blocks = append(c.Blocks, t)
	if len(s.Reasons) > 0 {
		why := document.Table{Key: "why_repeat", Caption: "Why another kit was needed", Columns: t.Columns}
		for _, w := range s.Reasons {
			why.Rows = append(why.Rows, document.Row{Cells: []string{w.Words, plain(w.Supplies), plain(w.Kits)}})
		}
		c.Blocks = append(c.Blocks, why)
	}
	return c
}

func lower(s string) string {
	if s == "" {
		return s
	}
	if c := s[0]; c >= 'A' && c <= 'Z' {
		return string(c+'a'-'A') + s[1:]
	}
	return s
}

// expiringSoon is what runs out of date in the next months, from today.
func expiringSoon(months []measure.ExpiryMonth, expired int, today civil.Date) document.Chapter {
	t := document.Table{
		Key: "expires", Caption: "Last day in the next 6 months, from " + today.Words(),
		Columns: []document.Column{{Key: "month", Label: "Month"}, {Key: "shelf", Label: "Kits on the shelf", Numeric: true}, {Key: "people", Label: "With people, at most", Numeric: true}},
		Notes:   []string{"Months in which no kit runs out are left out."},
	}
	shelf, people := 0, 0
	for _, m := range months {
		if m.Usable == 0 && m.People == 0 {
			continue
		}
		shelf, people = shelf+m.Usable, people+m.People
		t.Rows = append(t.Rows, document.Row{Cells: []string{m.Month.Words(), plain(m.Usable), plain(m.People)}})
	}
	t.Rows = append(t.Rows, document.Row{Cells: []string{"All 6 months", plain(shelf), plain(people)}, Total: true})
	c := document.Chapter{Key: "expires", Title: fmt.Sprintf("%s on the shelf run out of date in the next 6 months", kits(shelf))}
	switch shelf {
	case 0:
		c.Title = "No kit on the shelf runs out of date in the next 6 months"
	case 1:
		c.Title = "1 kit on the shelf runs out of date in the next 6 months"
	}
	if expired > 0 {
		c.Blocks = append(c.Blocks, document.Para{Text: fmt.Sprintf("%s on the shelf already past the last day.", count(expired, "more kit is", "more kits are"))})
	}
	if shelf > 0 || people > 0 {
		c.Blocks = append(c.Blocks, t)
	}
	return c
}
