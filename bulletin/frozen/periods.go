package frozen

import (
	"strings"

	"everykit/civil"
	"everykit/fault"
)

// How many periods a series has, with its last.
const (
	quartersShown = 9
	yearsShown    = 6
	deathsShown   = 10
	perDeathShown = 5
)

// calendar is the periods that a bulletin of one looks at.
type calendar struct {
	period, before, yearAgo civil.Period
	series                  []civil.Period // ends with period
	year, yearBefore        civil.Period   // the latest financial year that has ended, and the one before
	years                   []civil.Period // for kits per death: year and four before, oldest first
}

func calendarOf(p civil.Period) calendar {
	c := calendar{period: p, before: p.Before(), yearAgo: p.Before(), year: p}
	n := yearsShown
	if isQuarter(p) {
		n = quartersShown
		c.yearAgo = p.Before().Before().Before().Before()
		c.year = civil.FinancialYearOf(p.First())
		if c.year.To != p.To {
			c.year = c.year.Before()
		}
	}
	c.series = lastOf(p, n)
	c.yearBefore = c.year.Before()
	c.years = lastOf(c.year, perDeathShown)
	return c
}

// lastOf is n periods that end with one, oldest first.
func lastOf(p civil.Period, n int) []civil.Period {
	list := make([]civil.Period, n)
	for i := n - 1; i >= 0; i-- {
		list[i] = p
		p = p.Before()
	}
	return list
}

// compared are the period and those it is held against, each once.
func (c *calendar) compared() []civil.Period {
	list := []civil.Period{c.period, c.before}
	if c.yearAgo.String() != c.before.String() {
		list = append(list, c.yearAgo)
	}
	return list
}

func isQuarter(p civil.Period) bool { return strings.Contains(p.String(), "-Q") }

// quarters are those of a financial year.
func quarters(year civil.Period) []civil.Period {
	return lastOf(civil.QuarterOf(year.Last()), 4)
}

func within(list []civil.Period, p civil.Period) bool {
	for _, q := range list {
		if q.String() == p.String() {
			return true
		}
	}
	return false
}

// union is the periods of several lists, each once, in their order.
func union(lists ...[]civil.Period) []civil.Period {
	var all []civil.Period
	for _, list := range lists {
		for _, p := range list {
			if !within(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// checkPeriod refuses what no bulletin can be made of on a day.
func checkPeriod(p civil.Period, asOf, today civil.Date) error {
	switch {
	case p.IsZero():
		return fault.New(fault.Invalid, "the period is missing").At("period").Hint("write a quarter or a financial year: 2021/22-Q2 or 2021/22")
	case !isQuarter(p) && !p.IsFinancialYear():
		return fault.New(fault.Invalid, "a bulletin is of a quarter or of a financial year, and %s is neither", p).At("period").
			Hint("write %s or %s", civil.QuarterOf(p.Last()), civil.FinancialYearOf(p.Last()))
	case asOf > today:
		return fault.New(fault.Invalid, "%s is in the future", asOf.Words()).At("as_of").Hint("figures are as of today or an earlier day")
	case p.Last() >= today:
		return fault.New(fault.Invalid, "%s has not ended: its last day is %s", p, p.Last().Words()).At("period").
			Hint("a bulletin is made from the day after; %s is the latest that has ended", latestEnded(p, today))
	case p.Last() > asOf:
		return fault.New(fault.Invalid, "%s had not ended on %s: its last day is %s", p, asOf.Words(), p.Last().Words()).At("as_of").
			Hint("take a later day, or %s, the latest that had ended", latestEnded(p, asOf+1))
	}
	return nil
}

// latestEnded is the latest period of the same length that had ended before a day.
func latestEnded(p civil.Period, day civil.Date) civil.Period {
	for p.Last() >= day {
		p = p.Before()
	}
	return p
}
