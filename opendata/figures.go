package opendata

import (
	"context"
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
)

// yearsBack is how many financial years before the running one are published.
const yearsBack = 11

// ofPeople are the measures of what is recorded of people. Where such a figure was counted in the ledger it is shown only as
// the protected table of supplies shows it; reported ones have been published by others already.
var ofPeople = map[measure.Key]bool{measure.FirstSupplies: true, measure.Reach: true, measure.RepeatShare: true, measure.RepeatUsed: true}

// FiguresName is the name of a measure's table.
func FiguresName(k measure.Key) string { return "figures-" + strings.ReplaceAll(string(k), "_", "-") }

// figureTables are one table for each measure: every financial year of which anything is known.
func (s *Store) figureTables(ctx context.Context, snap *registry.Snapshot, published []toPublish) ([]*Table, error) {
	first := firstSupplies(published)
	now := civil.FinancialYearOf(s.today())
	var list []*Table
	for _, d := range measure.Definitions() {
		t := figureTable(d)
		year := now
		for range yearsBack + 1 {
			for _, nation := range snap.Nations() {
				figures, err := s.measures.Nation(ctx, nation.ID, d.Key, year)
				if fault.Is(err, fault.Invalid) {
					continue // the measure is not for such a period
				}
				if err != nil {
					return nil, err
				}
				if !anyKnown(figures) {
					continue
				}
				for i := range figures {
					f := figures[i]
					t.Rows = append(t.Rows, figureRow(&f, ofPeople[d.Key] && !first.shows(&f)))
				}
			}
			year = year.Before()
		}
		list = append(list, t)
	}
	return list, nil
}

func figureTable(d measure.Definition) *Table {
	var states []string
	for _, st := range measure.States() {
		states = append(states, st.String())
	}
	value, numerator, denominator := d.Key.Heads()
	per := "Of a ratio: what is over the line. Absent for a plain count."
	if numerator != "" {
		per = numerator + ": what is over the line."
	}
	under := "Of a ratio: what is under the line. Absent for a plain count."
	if denominator != "" {
		under = denominator + ": what is under the line."
	}
	t := &Table{
		Name: FiguresName(d.Key), Title: d.Name, Text: d.Counts, Definition: d.Version, Source: d.Source, Protected: ofPeople[d.Key],
		Key: []string{"period", "area", "row"},
		Columns: []Column{
			{Name: "measure", Type: String, Title: "Measure", Description: "Which measure it is.", Need: true, Words: []string{string(d.Key)}},
			areaCode("Code of the authority, region or nation."),
			{Name: "name", Type: String, Title: "Name", Description: "Of the area; for one of several rows of a nation, what it is.", Need: true},
			yearColumn(),
			{Name: "state", Type: String, Title: "State", Description: "What kind of answer it is: a number and where it came from, or why there is none. An absent number is never 0.", Need: true, Words: states},
			{Name: "value", Type: Number, Title: value, Description: "The figure.", Unit: d.Key.Unit()},
			{Name: "numerator", Type: Number, Title: "Numerator", Description: per},
			{Name: "denominator", Type: Number, Title: "Denominator", Description: under},
			{Name: "low", Type: Number, Title: "Low end", Description: "Of the value's interval.", Unit: d.Key.Unit()},
			{Name: "high", Type: Number, Title: "High end", Description: "Of the value's interval.", Unit: d.Key.Unit()},
			{Name: "source", Type: String, Title: "Source", Description: "What it was made from."},
			{Name: "kind", Type: String, Title: "Kind of area", Description: "authority, health_board, region, nation.", Need: true},
			{Name: "row", Type: String, Title: "Kind of row", Description: "own: an authority. Of an area above: sum; pooled, all over all; mean, of the authorities' ratios; published and published_ratio, its own published total or ratio; whole, all that it has over its own estimate.", Need: true, Words: rowNames[:]},
			{Name: "basis", Type: String, Title: "Basis", Description: "How it is known: counted in the ledger, reported, both, or from what is known of outlets."},
			{Name: "together", Type: String, Title: "Areas together", Description: "Codes, with spaces between, where the estimate and so the figure is for several areas together."},
			{Name: "definition", Type: String, Title: "Definition", Description: "Version of the measure's definition.", Need: true},
		},
	}
	if d.Not != "" {
		t.Explanation = append(t.Explanation, d.Not)
	}
	if t.Protected {
		t.Explanation = append(t.Explanation, "What was counted of people is shown here only where it gives no small number away; the table supplies has more of it.")
	}
	return t
}

var rowNames = [...]string{measure.Own: "own", measure.Sum: "sum", measure.Pooled: "pooled", measure.Mean: "mean", measure.Published: "published", measure.PublishedRatio: "published_ratio", measure.Whole: "whole"}

func anyKnown(figures []measure.Figure) bool {
	for i := range figures {
		if f := &figures[i]; f.Value != nil || f.Numerator != nil {
			return true
		}
	}
	return false
}

// figureRow is a figure as a row. One that is withheld has neither its number nor any that it could be worked out from.
func figureRow(f *measure.Figure, withheld bool) []any {
	numbers := []any{decimal(f.Value), decimal(f.Numerator), decimal(f.Denominator), decimal(f.Low), decimal(f.High)}
	state := f.State
	if withheld && (f.Value != nil || f.Numerator != nil) {
		state = measure.Suppressed
		numbers = []any{Hidden, nil, nil, nil, nil}
		if f.Numerator != nil {
			numbers[1] = Hidden
		}
	}
	together := any(nil)
	if len(f.Group) > 1 {
		together = strings.Join(f.Group, " ")
	}
	row := []any{string(f.Measure), f.Area, f.Name, f.Period.String(), state.String()}
	return append(append(row, numbers...), orNothing(f.Source), f.Kind, rowNames[f.Row], orNothing(f.Basis.Words()), together, f.Definition)
}

// shownFirsts are first supplies to people at risk that the protected table shows, by nation or area and year.
type shownFirsts map[string]float64

func firstSupplies(published []toPublish) shownFirsts {
	shown := shownFirsts{}
	for _, p := range published {
		if len(p.earlier) == 0 {
			continue
		}
		for _, c := range p.earlier[len(p.earlier)-1].Cells {
			if code, name, _ := strings.Cut(c.ID, "|"); name == cell(firstAtRisk, total) && !c.Hidden {
				shown[code+" "+p.period.String()] = float64(c.Shown)
			}
		}
	}
	return shown
}

// shows reports whether a figure of what is recorded of people may be shown: none of it was counted in the ledger, or it is the very
// number that the protected table shows. A reach adds up years that are not all published, and a share is over some channels only;
// those are shown where they were reported.
func (s shownFirsts) shows(f *measure.Figure) bool {
	if f.Basis&measure.FromLedger == 0 {
		return true
	}
	if f.Measure != measure.FirstSupplies || f.Value == nil || f.Basis != measure.FromLedger {
		return false
	}
	code := f.Area
	if f.Row == measure.Sum && f.Kind == registry.Nation {
		code = nationKey(code)
	} else if f.Row != measure.Own || f.Kind == registry.Nation {
		return false
	}
	v, shown := s[code+" "+f.Period.String()]
	return shown && v == *f.Value
}

// protectPrisons hides small numbers that single institutions gave, and others with them. values are by a name of each, and told
// are the sums of them that the findings tell, each as the names in it.
func protectPrisons(values map[string]int64, told [][]string) (hidden map[string]bool) {
	r := disclosure.Release{}
	for _, name := range sorted(values) {
		r.Cells = append(r.Cells, disclosure.Cell{ID: "of " + name, Value: values[name]})
	}
	for i, names := range told {
		sum := disclosure.Sum{Total: fmt.Sprint("sum ", i)}
		var all int64
		for _, name := range names {
			sum.Parts = append(sum.Parts, "of "+name)
			all += values[name]
		}
		r.Cells, r.Sums = append(r.Cells, disclosure.Cell{ID: sum.Total, Value: all, Keep: true}), append(r.Sums, sum)
	}
	hidden = map[string]bool{}
	done, err := disclosure.Protect(r, rule)
	for name := range values {
		hidden[name] = err != nil || done.ByID()["of "+name].Hidden
	}
	return hidden
}
