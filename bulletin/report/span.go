package report

import (
	"fmt"

	"everykit/civil"
	"everykit/measure"
)

// sum is what was recorded in a period, and of how many of its months anything is known. Silence is not nought: of a period
// with silent months a sum is a part.
type sum struct {
	months, known                               int
	given, bought, in, out, turnedAway, entries int
}

// heard reports whether anything is known of a month.
func heard(m measure.MonthRow) bool { return m.Entries > 0 || m.Nil }

// sumOf adds up the months of a period. Those that have not ended count as known if they have an entry.
func sumOf(months []measure.MonthRow, p civil.Period) sum {
	s := sum{months: p.Months()}
	for _, m := range months {
		if m.Month < p.From || m.Month > p.To {
			continue
		}
		if heard(m) {
			s.known++
		}
		s.given += m.Dispensed
		s.bought += m.Purchased
		s.in += m.In
		s.out += m.Out
		s.turnedAway += m.TurnedAway
		s.entries += m.Entries
	}
	return s
}

func (s sum) whole() bool { return s.known == s.months }

// cell is one number of the sum for a table: the number; the number and of how many months it is; or that it is not known.
func (s sum) cell(n int) string {
	switch {
	case s.known == 0:
		return "not known"
	case !s.whole():
		return fmt.Sprintf("%s [p]", plain(n))
	}
	return plain(n)
}

// partial is the sum for a note; empty if it is whole or nothing is known.
func (s sum) partial(what string) string {
	if s.whole() || s.known == 0 {
		return ""
	}
	return fmt.Sprintf("[p] %s: %d of %d months are known.", what, s.known, s.months)
}

// change says how a number compares with an earlier one: "12 more than the quarter before". Two numbers are compared only
// if both are of whole periods.
func change(now, then int, than string) string {
	switch {
	case now == then:
		return "the same as " + than
	case now > then:
		return plain(now-then) + " more than " + than
	}
	return plain(then-now) + " fewer than " + than
}

// silentIn lists the months of a period that are over and of which nothing is known, while a place was there to speak: from
// its first entry on, until it closed.
func silentIn(months []measure.MonthRow, p civil.Period, first civil.Month, open func(civil.Date) bool, today civil.Date) []civil.Month {
	var silent []civil.Month
	for _, m := range months {
		if m.Month >= p.From && m.Month <= p.To && !heard(m) && first != 0 && m.Month >= first && m.Month.Last() < today && open(m.Month.First()) {
			silent = append(silent, m.Month)
		}
	}
	return silent
}
