package opendata

import (
	"slices"
	"strings"

	"everykit/disclosure"
	"everykit/ledger"
)

// What is recorded of a supply is counted by one thing at a time. All of it for a nation and a year is one release, because the
// tables share their totals: each area's supplies are the sum over recipients, over ages and so on, repeats are the sum over
// their reasons, and a nation's count of anything is the sum over its areas.

// about is one thing that is recorded of supplies.
type about struct {
	key   string
	of    ledger.About
	words []string // keys by number; the first is "not recorded"
}

const (
	allSupplies   = "all"
	firstAtRisk   = "first_at_risk"
	otherFirsts   = "first_others"    // first supplies to others than people at risk: known to whoever takes one from the other
	otherAtRisk   = "at_risk_others"  // supplies to people at risk that were not first ones: likewise
	reasons       = "reasons"         // of all supplies that have one
	reasonsBeside = "reasons_besides" // of supplies that were no repeats
	notRecorded   = "not_recorded"
	total         = "total"
)

var abouts = []about{
	{"recipient", ledger.AboutRecipient, keys(ledger.RecipientOptions())},
	{"supply", ledger.AboutFirst, keys(ledger.FirstOptions())},
	{"reason", ledger.AboutReason, keys(ledger.ReasonOptions())},
	{"age_band", ledger.AboutAge, keys(ledger.AgeOptions())},
	{"sex", ledger.AboutSex, keys(ledger.SexOptions())},
	{"trained", ledger.AboutTrained, []string{notRecorded, ledger.Yes.String(), ledger.No.String()}},
}

func keys(options []ledger.Option) []string {
	list := []string{notRecorded}
	for _, o := range options {
		list = append(list, o.Key)
	}
	return list
}

// cell names a count within an area: "reason/lost".
func cell(about, word string) string { return about + "/" + word }

// counts are the supplies of one area in a year by cell, with the totals that follow.
type counts map[string]int64

// tell adds what the ledger counted under one word.
func (c counts) tell(of ledger.About, word int, times int64) {
	if of == ledger.AboutFirstAtRisk {
		c[cell(firstAtRisk, total)] += times
		return
	}
	for _, a := range abouts {
		if a.of == of && word < len(a.words) {
			c[cell(a.key, a.words[word])] += times
		}
	}
}

// complete fills in the totals. It reports false where counts contradict each other, which no release can be made of.
func (c counts) complete() bool {
	for _, a := range abouts {
		var sum int64
		for _, w := range a.words {
			sum += c[cell(a.key, w)]
		}
		switch have, there := c[cell(allSupplies, total)]; {
		case a.of == ledger.AboutReason:
			c[cell(reasons, total)] = sum
		case !there:
			c[cell(allSupplies, total)] = sum
		case have != sum:
			return false
		}
	}
	c[cell(reasonsBeside, total)] = c[cell(reasons, total)] - c[cell("supply", ledger.RepeatSupply.String())]
	c[cell(otherFirsts, total)] = c[cell("supply", ledger.FirstSupply.String())] - c[cell(firstAtRisk, total)]
	c[cell(otherAtRisk, total)] = c[cell("recipient", ledger.PersonAtRisk.String())] - c[cell(firstAtRisk, total)]
	for _, n := range c {
		if n < 0 {
			return false
		}
	}
	return true
}

// all is a count for every cell, those that are nought too, so that two can be compared.
func (c counts) all() counts {
	full := counts{}
	for _, name := range cells() {
		full[name] = c[name]
	}
	return full
}

// cells are all cells of an area, in order.
func cells() []string {
	list := []string{cell(allSupplies, total)}
	for _, a := range abouts {
		for _, w := range a.words {
			list = append(list, cell(a.key, w))
		}
	}
	return append(list, cell(firstAtRisk, total), cell(otherFirsts, total), cell(otherAtRisk, total), cell(reasons, total), cell(reasonsBeside, total))
}

// shownCells are those that the table has; the others are there because anybody can work them out.
func shownCells() []string {
	return slices.DeleteFunc(cells(), func(c string) bool {
		about, _, _ := strings.Cut(c, "/")
		return about == otherFirsts || about == otherAtRisk || about == reasons || about == reasonsBeside
	})
}

// sums are what adds up within an area.
func sums(id func(cell string) string) []disclosure.Sum {
	var list []disclosure.Sum
	for _, a := range abouts {
		s := disclosure.Sum{Total: id(cell(allSupplies, total))}
		if a.of == ledger.AboutReason {
			s.Total = id(cell(reasons, total))
		}
		for _, w := range a.words {
			s.Parts = append(s.Parts, id(cell(a.key, w)))
		}
		list = append(list, s)
	}
	add := func(total string, parts ...string) {
		s := disclosure.Sum{Total: id(total)}
		for _, p := range parts {
			s.Parts = append(s.Parts, id(p))
		}
		list = append(list, s)
	}
	add(cell("supply", ledger.FirstSupply.String()), cell(firstAtRisk, total), cell(otherFirsts, total))
	add(cell("recipient", ledger.PersonAtRisk.String()), cell(firstAtRisk, total), cell(otherAtRisk, total))
	add(cell(reasons, total), cell("supply", ledger.RepeatSupply.String()), cell(reasonsBeside, total))
	return list
}

// cellID names a cell of a release: its area's code (the nation's for a total) and the cell.
func cellID(area, cell string) string { return area + "|" + cell }

// releaseOf makes the release of a nation's areas, by code, and the nation's own totals under its code followed by "+": outlets
// that serve all of a nation are an area beside the others, under its code.
func releaseOf(nation string, areas map[string]counts) disclosure.Release {
	var r disclosure.Release
	codes := make([]string, 0, len(areas))
	for code := range areas {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	whole := nationKey(nation)
	sum := counts{}
	put := func(area string, c counts) {
		for _, name := range cells() {
			one := disclosure.Cell{ID: cellID(area, name), Value: c[name]}
			if name == cell(reasonsBeside, total) && one.Value == 0 {
				one.Keep = true // as anybody would think
			}
			r.Cells = append(r.Cells, one)
		}
		r.Sums = append(r.Sums, sums(func(c string) string { return cellID(area, c) })...)
	}
	for _, code := range codes {
		put(code, areas[code])
		for name, n := range areas[code] {
			sum[name] += n
		}
	}
	put(whole, sum)
	for _, name := range cells() {
		s := disclosure.Sum{Total: cellID(whole, name)}
		for _, code := range codes {
			s.Parts = append(s.Parts, cellID(code, name))
		}
		r.Sums = append(r.Sums, s)
	}
	return r
}

func nationKey(code string) string { return code + "+" }
