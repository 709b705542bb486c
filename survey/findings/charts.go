package findings

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"everykit/document"
	"everykit/draw"
	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
)

// chart pairs bars with their words and the table that has the same numbers.
func (f *Findings) chart(c draw.Chart, first string) []document.Block {
	c.ID = "findings-" + c.ID
	c.Source = f.source()
	c.Desc = described(c)
	t := document.Table{
		Key: c.ID + "-table", Caption: c.Subtitle, Columns: []document.Column{{Key: "name", Label: first}},
	}
	for _, s := range c.Series {
		t.Columns = append(t.Columns, document.Column{Key: strings.ToLower(strings.ReplaceAll(s.Name, " ", "_")), Label: s.Name, Numeric: true})
	}
	for i, label := range c.Labels {
		row := document.Row{Cells: []string{label}}
		for _, s := range c.Series {
			row.Cells = append(row.Cells, cellOf(c, s, i))
		}
		t.Rows = append(t.Rows, row)
	}
	p := document.Picture{
		Key: c.ID, Title: c.Title, Subtitle: c.Subtitle, Source: c.Source, Alt: c.Desc,
		Markup: template.HTML(draw.StackedBars(c)), // draw escapes what it is given
	}
	return []document.Block{p, t}
}

func cellOf(c draw.Chart, s draw.Series, i int) string {
	if math.IsNaN(s.Values[i]) {
		if i < len(s.States) {
			return s.States[i].Words()
		}
		return draw.State("").Words()
	}
	return draw.Number(s.Values[i], c.Decimals)
}

// described is a chart in a sentence or two: its first series, from the longest bar to the shortest.
func described(c draw.Chart) string {
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return ""
	}
	s := c.Series[0]
	low, high, none := -1, -1, 0
	for i, v := range s.Values {
		switch {
		case math.IsNaN(v):
			none++
		case high < 0:
			low, high = i, i
		case v > s.Values[high]:
			high = i
		case v < s.Values[low]:
			low = i
		}
	}
	words := many(len(c.Labels), "bar", "bars") + "."
	if len(c.Labels) <= 6 {
		words = fmt.Sprintf("%s, one for each of: %s.", many(len(c.Labels), "bar", "bars"), joined(c.Labels))
	}
	if high >= 0 {
		words += fmt.Sprintf(" %s: most for %s (%s), least for %s (%s).", s.Name, c.Labels[high], cellOf(c, s, high), c.Labels[low], cellOf(c, s, low))
	}
	if none > 0 {
		words += " For " + count(none) + " no number is known."
	}
	return words + " The table beneath has the same numbers."
}

// provisionChart has a bar for each answer to whether it is provided, and for those that gave none.
func (f *Findings) provisionChart() []document.Block {
	t := f.t
	yes, is := f.Sentence("provides.yes")
	if !is {
		return nil
	}
	var plans, neither, unsure, open, silentOnes int
	for _, r := range t.authorities {
		provides, known := t.provides(r)
		planned, told := t.yes(r, "plans")
		switch {
		case known && provides:
		case known && planned:
			plans++
		case known && told:
			neither++
		case known:
			unsure++
		case replied(r):
			open++
		default:
			silentOnes++
		}
	}
	c := draw.Chart{
		ID: "provision", Title: fmt.Sprintf("%s of the %s authorities that answered provide take-home naloxone", count(yes.Count), count(yes.Base)),
		Subtitle: "Authorities by what they answered, " + t.period(), Unit: "authorities",
	}
	var values []float64
	for _, b := range []struct {
		label string
		n     int
		often bool
	}{
		{"Provide", yes.Count, true},
		{"Have plans", plans, true},
		{"Neither", neither, true},
		{"Do not provide, plans not known", unsure, false},
		{"Replied without this answer", open, false},
		{"No reply or refused", silentOnes, true},
	} {
		if b.often || b.n > 0 {
			c.Labels = append(c.Labels, b.label)
			values = append(values, float64(b.n))
		}
	}
	c.Series = []draw.Series{{Name: "Authorities", Values: values}}
	return f.chart(c, "Answer")
}

// regionChart has the pooled coverage of each region, the highest first.
func (f *Findings) regionChart() []document.Block {
	regions := f.t.regions()
	if len(regions) < 2 || len(ratiosOf(f.Coverage)) == 0 {
		return nil
	}
	type bar struct {
		name       string
		pool, mean *measure.Figure
	}
	var bars []bar
	for _, a := range regions {
		pool, mean := f.row(registry.Region, a.Region)
		bars = append(bars, bar{a.RegionName, pool, mean})
	}
	slices.SortStableFunc(bars, func(a, b bar) int { return cmp.Compare(valueOf(b.pool, -1), valueOf(a.pool, -1)) })
	c := draw.Chart{ID: "regions", Subtitle: "Kits per 100 people estimated to use opiates, " + f.t.period() + ", pooled ratio of each region", Unit: "kits per 100 people", Decimals: 1}
	s := draw.Series{Name: "Kits per 100 people"}
	var known []bar
	for _, b := range bars {
		c.Labels = append(c.Labels, b.name)
		s.Values = append(s.Values, valueOf(b.pool, math.NaN()))
		s.States = append(s.States, "")
		if b.pool.Value != nil {
			known = append(known, b)
		}
	}
	c.Series = []draw.Series{s}
	top, last := known[0], known[len(known)-1]
	c.Title = fmt.Sprintf("Coverage was highest in %s (%s) and lowest in %s (%s)", top.name, rate(*top.pool.Value), last.name, rate(*last.pool.Value))
	if len(known) == 1 || rate(*top.pool.Value) == rate(*last.pool.Value) {
		c.Title = fmt.Sprintf("Coverage in %s was %s kits per 100 people", top.name, rate(*top.pool.Value))
	}
	blocks := f.chart(c, "Region")
	t := blocks[1].(document.Table)
	t.Columns = append(t.Columns, document.Column{Key: "mean", Label: "Mean of ratios", Numeric: true}, document.Column{Key: "kits", Label: "Kits", Numeric: true},
		document.Column{Key: "people", Label: "People", Numeric: true}, document.Column{Key: "authorities", Label: "Authorities with both, of all"})
	for i, b := range bars {
		t.Rows[i].Cells = append(t.Rows[i].Cells, shown(b.mean.Value, rate), shown(b.pool.Numerator, whole), shown(b.pool.Denominator, whole),
			fmt.Sprintf("%d of %d", b.pool.With, b.pool.Of))
	}
	if pool, mean := f.row(registry.Nation, ""); pool.Value != nil {
		t.Rows = append(t.Rows, document.Row{Total: true, Cells: []string{
			f.Input.Nation, rate(*pool.Value), rate(*mean.Value), whole(*pool.Numerator), whole(*pool.Denominator), fmt.Sprintf("%d of %d", pool.With, pool.Of),
		}})
	}
	t.Notes = append(t.Notes, "Kits and people are those of authorities for which both are known.")
	blocks[1] = t
	return blocks
}

func valueOf(f *measure.Figure, otherwise float64) float64 {
	if f == nil || f.Value == nil {
		return otherwise
	}
	return *f.Value
}

// shown writes a number, or that it is not known.
func shown(v *float64, write func(float64) string) string {
	if v == nil {
		return "not known"
	}
	return write(*v)
}

// optionChart has a bar for each option of a question that may be ticked: who did, and who did not.
func (f *Findings) optionChart(question string, phrases map[string]string) []document.Block {
	t := f.t
	if !t.has(question) {
		return nil
	}
	type bar struct {
		option survey.Option
		share  share
	}
	var bars []bar
	for _, o := range t.questions[question].Options {
		if o.Alone || o.Key == "other" {
			continue
		}
		if s := t.choosing(t.providers(), question, o.Key); s.of > 0 {
			bars = append(bars, bar{o, s})
		}
	}
	if len(bars) == 0 {
		return nil
	}
	slices.SortStableFunc(bars, func(a, b bar) int { return cmp.Compare(b.share.n, a.share.n) })
	c := draw.Chart{ID: question, Unit: "authorities"}
	do, not := draw.Series{Name: "Give"}, draw.Series{Name: "Do not give"}
	for _, b := range bars {
		c.Labels = append(c.Labels, b.option.Words)
		do.Values = append(do.Values, float64(b.share.n))
		not.Values = append(not.Values, float64(b.share.of-b.share.n))
	}
	c.Series = []draw.Series{do, not}
	least := bars[len(bars)-1]
	words := phrases[least.option.Key]
	if words == "" {
		words = "(" + least.option.Words + ")"
	}
	what := "Where kits are given out"
	if question == "recipients" {
		words, what = "to "+words, "To whom kits are given"
	}
	c.Title = fmt.Sprintf("Least often kits are given %s: %s of %s authorities do not", words, count(least.share.of-least.share.n), count(least.share.of))
	equal := len(bars) - slices.IndexFunc(bars, func(b bar) bool { return b.share.n == least.share.n }) // the last ones: they are sorted
	if equal > 1 {
		c.Title = fmt.Sprintf("%s of these %s are named by %s of %s authorities, the fewest", count(equal), count(len(bars)), noneOr(least.share.n), count(least.share.of))
	}
	c.Subtitle = what + ", of the " + many(least.share.of, giving.one, giving.many)
	return f.chart(c, "Given")
}

// requirementChart has a bar for each thing that is asked for.
func (f *Findings) requirementChart() []document.Block {
	t := f.t
	if !t.has("requires") {
		return nil
	}
	c := draw.Chart{ID: "requires", Unit: "authorities"}
	s := draw.Series{Name: "Authorities"}
	of, none := 0, 0
	for _, o := range t.questions["requires"].Options {
		n := t.choosing(t.providers(), "requires", o.Key)
		if of = n.of; of == 0 {
			return nil
		}
		if o.Alone {
			none += n.n
		}
		c.Labels = append(c.Labels, o.Words)
		s.Values = append(s.Values, float64(n.n))
	}
	c.Series = []draw.Series{s}
	c.Title = fmt.Sprintf("%s of %s authorities ask for something before they give a kit", count(of-none), count(of))
	c.Subtitle = "What is asked for, of the " + many(of, giving.one, giving.many)
	return f.chart(c, "Asked for")
}

// recordChart has a bar for each question on records: yes, no, and no answer.
func (f *Findings) recordChart() []document.Block {
	t := f.t
	providers := t.providers()
	c := draw.Chart{ID: "records", Unit: "authorities", Subtitle: "Answers of the " + many(len(providers), providing.one, providing.many)}
	yes, no, without := draw.Series{Name: "Yes"}, draw.Series{Name: "No"}, draw.Series{Name: "No answer"}
	for _, q := range recorded {
		s := t.yesNo(providers, q.question)
		if s.of == 0 {
			continue
		}
		c.Labels = append(c.Labels, q.label)
		yes.Values = append(yes.Values, float64(s.n))
		no.Values = append(no.Values, float64(s.of-s.n))
		without.Values = append(without.Values, float64(len(providers)-s.of))
	}
	if len(c.Labels) == 0 {
		return nil
	}
	c.Series = []draw.Series{yes, no, without}
	c.Title = "What authorities record"
	if s, is := f.Sentence("records.all"); is {
		c.Title = fmt.Sprintf("%s of %s authorities record both purchases and kits dispensed and monitor expiry", count(s.Count), count(s.Base))
	}
	return f.chart(c, "Record")
}
