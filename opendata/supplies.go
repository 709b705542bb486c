package opendata

import (
	"strings"

	"everykit/disclosure"
	"everykit/registry"
)

// suppliesTable is what was recorded of supplies, protected.
func suppliesTable(snap *registry.Snapshot, list []toPublish) *Table {
	words := []string{allSupplies, firstAtRisk}
	for _, a := range abouts {
		words = append(words, a.key)
	}
	t := &Table{
		Name: suppliesName, Title: "What was recorded of supplies", Definition: "supplies/1", Protected: true,
		Text: "How many supplies (people served, whatever the number of kits) were recorded, by one thing at a time: first or repeat, the reason for a repeat, " +
			"for whom, age, sex, whether they were trained. For each area that keeps its ledger here, for each nation, and for whole financial years.",
		Source: "The ledger of this site.", Key: []string{"area", "whole", "period", "about", "word"},
		Columns: []Column{
			areaCode("Code of the authority's area, or of a nation."),
			areaName(),
			{Name: "whole", Type: Boolean, Title: "Whole nation", Description: "True: the sum over all areas of a nation that keep their ledger here. False: an area itself; for a nation, its outlets that serve all of it.", Need: true},
			yearColumn(),
			{Name: "about", Type: String, Title: "About", Description: "What is counted by: all (every supply), first_at_risk (first supplies to people at risk), or the thing that was recorded.", Need: true, Words: words},
			{Name: "word", Type: String, Title: "Word", Description: "What was recorded of it; not_recorded where nothing was; total for all and first_at_risk.", Need: true},
			{Name: "supplies", Type: Integer, Title: "Supplies", Description: "How many. [c] in CSV, and absent elsewhere, where it is hidden.", Unit: "supplies", Least: number(0)},
			{Name: "state", Type: String, Title: "State", Description: "counted; zero: known to be none; suppressed: hidden because it, or another that could be worked out from it, is small.", Need: true, Words: []string{"counted", "zero", "suppressed"}},
			{Name: "edition", Type: Integer, Title: "Edition", Description: "Which edition of the nation's year these numbers are, from 1.", Need: true, Least: number(1)},
		},
		Explanation: []string{
			"Numbers from 1 to 4 are hidden, and others with them, so that none can be worked out from totals or from earlier editions.",
			"A year is published 90 days after its end. An area's numbers are replaced by later ones only when none of them changes by less than 5.",
			"Where a bulletin has shown quarters of the year, more is hidden, so that nothing can be worked out from both; where that is not enough, the numbers of the whole nation are all hidden, or the year is not here.",
			"An area where fewer than 5 kits were given out in all shows that elsewhere: its totals of kits are never hidden.",
		},
	}
	for _, p := range list {
		if len(p.earlier) == 0 {
			continue
		}
		e := p.earlier[len(p.earlier)-1]
		shown := map[string]bool{}
		for _, c := range shownCells() {
			shown[c] = true
		}
		for _, c := range e.Cells {
			code, name, _ := strings.Cut(c.ID, "|")
			if !shown[name] {
				continue
			}
			code, whole := strings.CutSuffix(code, "+")
			area, _ := snap.AreaByCode(code)
			about, word, _ := strings.Cut(name, "/")
			value, state := counted(c)
			t.Rows = append(t.Rows, []any{code, area.Name, whole, p.period.String(), about, word, value, state, int64(e.number)})
		}
	}
	return t
}

// counted is a protected count as a row has it.
func counted(c disclosure.Cell) (value any, state string) {
	switch {
	case c.Hidden:
		return Hidden, "suppressed"
	case c.Shown == 0:
		return c.Shown, "zero"
	}
	return c.Shown, "counted"
}
