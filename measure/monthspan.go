package measure

import (
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/store"
)

// monthSpan is rows of supply_count or supply_year to be added, or taken off.
type monthSpan struct {
	table, column string
	sign          int
	is            []any // months, or years
}

// within is the condition on its rows, and args are its values. Years follow one another, and a range of them is quicker.
func (s monthSpan) within() string {
	if s.column == "year" {
		return "year BETWEEN ? AND ?"
	}
	return "month IN (" + store.Marks(len(s.is)) + ")"
}

func (s monthSpan) args() []any {
	if s.column == "year" {
		return []any{s.is[0], s.is[len(s.is)-1]}
	}
	return s.is
}

// inYears reports whether supply_year has one of the things that are recorded of supplies.
func inYears(a ledger.About) bool {
	return a == ledger.AboutFirst || a == ledger.AboutReason || a == ledger.AboutFirstAtRisk
}

// monthSpans says which rows make up the months from one to another. Whole financial years are rows of supply_year, where
// that has the thing that is asked for. A part of a year is its months, or the year less the rest of it: whichever is fewer months
// that may hold anything by now. Both are the same number.
func monthSpans(about ledger.About, from, to, now civil.Month) []monthSpan {
	years, more, less := monthSpan{"supply_year", "year", 1, nil}, monthSpan{"supply_count", "month", 1, nil}, monthSpan{"supply_count", "month", -1, nil}
	for y := yearOf(from); y <= yearOf(to); y++ {
		var in, out []any
		rest := 0
		for m := april(y); m < april(y+1); m++ {
			switch {
			case m >= from && m <= to:
				in = append(in, int(m))
				continue
			case m <= now:
				rest++
			}
			out = append(out, int(m))
		}
		if inYears(about) && rest < len(in) {
			years.is = append(years.is, y)
			less.is = append(less.is, out...)
		} else {
			more.is = append(more.is, in...)
		}
	}
	return slices.DeleteFunc([]monthSpan{years, more, less}, func(s monthSpan) bool { return len(s.is) == 0 })
}
