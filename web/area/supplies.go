package area

import (
	"everykit/measure"
	"everykit/web/figures"
)

// suppliesGrid is what was recorded of the authority's supplies in the period: first or repeat, and why a repeat.
func suppliesGrid(v *visit) (figures.Grid, error) {
	s, err := v.Measures.SuppliesOf(v.Ctx(), v.Area.ID, v.period)
	g := figures.Grid{
		File: "supplies-" + v.period.Slug(), Caption: "First and repeat supplies, " + figures.Name(v.period, v.today), Hide: true, Stack: true,
		Empty: "Nothing was given out in this period.",
		Note:  "A supply is one person served, whatever the number of kits. Each thing is counted by itself, in all channels.",
		Columns: []figures.Column{
			{Key: "about", Label: "What was recorded"},
			{Key: "word", Label: "Answer"},
			{Key: "supplies", Label: "Supplies", Numeric: true, Definition: string(measure.RepeatShare)},
			{Key: "kits", Label: "Kits", Numeric: true},
		},
	}
	add := func(key, about string, list []measure.Word) {
		for _, w := range list {
			what, word := figures.Words(about), figures.Words(w.Words)
			what.Raw, word.Raw = key, w.Key
			if w.Key == "" {
				word.Raw = "not_recorded"
			}
			g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{what, word, figures.Count(w.Supplies), figures.Count(w.Kits)}, Quiet: w.Key == ""})
		}
	}
	add("supply", "First or repeat", s.First)
	add("reason", "Why a repeat", s.Reasons)
	add("recipient", "For whom", s.Recipient)
	return g, err
}
