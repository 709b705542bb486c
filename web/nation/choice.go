package nation

import (
	"net/url"

	"everykit/civil"
	"everykit/measure"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// choice is what an address asks for: ?measure=dispensed&period=2025-26&sort=highest.
type choice struct {
	measure measure.Key
	period  civil.Period
	sort    string
	today   civil.Date
	path    string
}

// shortNames are the measures that the page offers, as short as a row of links needs them.
var shortNames = []struct {
	key  measure.Key
	name string
}{
	{measure.Coverage, "Coverage"},
	{measure.Dispensed, "Dispensed"},
	{measure.Purchased, "Purchased"},
	{measure.OnHand, "On hand"},
	{measure.Expiring, "Expiring"},
}

// orders are the ways to sort the table; the first is the one without asking.
var orders = []struct{ key, name string }{
	{"name", "Name"}, {"highest", "Highest first"}, {"lowest", "Lowest first"}, {"region", "Region"},
}

func asked(v *desk.Visit) (choice, error) {
	q := v.R.URL.Query()
	c := choice{measure: measure.Coverage, sort: orders[0].key, today: v.Ledger.Today(), path: v.R.URL.Path}
	var err error
	if s := q.Get("measure"); s != "" {
		if c.measure, err = measure.ParseKey(s); err != nil {
			return c, err
		}
	}
	for _, o := range orders {
		if q.Get("sort") == o.key {
			c.sort = o.key
		}
	}
	c.period, err = figures.Asked(v, c.offered()[0])
	if err == nil && c.measure.IsRatio() && !c.period.IsFinancialYear() {
		c.period = civil.FinancialYearOf(c.period.Last()) // as when one comes from a quarter of another measure
	}
	return c, err
}

// offered are the periods to choose from, the one shown without asking first. What is on hand is what is there today, or
// was at the end of a period that is over; what expires lies ahead.
func (c choice) offered() []civil.Period {
	year, quarter := civil.FinancialYearOf(c.today), civil.QuarterOf(c.today)
	switch {
	case c.measure.IsRatio():
		return lastFirst(figures.Recent(c.today, 5, 0))
	case c.measure == measure.OnHand:
		list := []civil.Period{year}
		for p := quarter.Before(); len(list) < 9; p = p.Before() {
			list = append(list, p)
		}
		return list
	case c.measure == measure.Expiring:
		list := []civil.Period{quarter}
		for p := quarter.After(); len(list) < 8; p = p.After() {
			list = append(list, p)
		}
		return append(list, year, year.After())
	}
	return lastFirst(figures.Recent(c.today, 5, 8))
}

// lastFirst puts the last whole period before the one that runs.
func lastFirst(list []civil.Period) []civil.Period {
	list[0], list[1] = list[1], list[0]
	return list
}

// when says the period as a heading does.
func (c choice) when(p civil.Period) string {
	switch {
	case c.measure == measure.OnHand && figures.Running(p, c.today):
		return "today"
	case c.measure == measure.OnHand:
		return "at the end of " + p.To.Words()
	case c.measure == measure.Expiring:
		return figures.Plain(p)
	}
	return figures.Name(p, c.today)
}

// options are the choices of the select.
func (c choice) options() []page.Option {
	return figures.Choices(c.offered(), c.period, func(p civil.Period) string {
		if c.measure == measure.OnHand || c.measure == measure.Expiring {
			return figures.Capital(c.when(p))
		}
		return figures.Long(p, c.today)
	})
}

// pill is a link of a row of which one is chosen.
type pill struct {
	page.Link
	Here bool
}

func (c choice) measures() []pill {
	var pills []pill
	for _, m := range shortNames {
		to := c
		if to.measure = m.key; !c.keeps(m.key) {
			to.period = civil.Period{}
		}
		pills = append(pills, pill{page.Link{Text: m.name, Href: to.href()}, m.key == c.measure})
	}
	return pills
}

// keeps reports whether the period goes on to another measure: what was and what will be have no period in common.
func (c choice) keeps(k measure.Key) bool {
	past := func(k measure.Key) bool { return k != measure.OnHand && k != measure.Expiring }
	return k == c.measure || past(k) && past(c.measure) && (!k.IsRatio() || c.period.IsFinancialYear())
}

func (c choice) orders(regions bool) []pill {
	var pills []pill
	for _, o := range orders {
		if o.key == "region" && !regions {
			continue
		}
		to := c
		to.sort = o.key
		pills = append(pills, pill{page.Link{Text: o.name, Href: to.href() + "#authorities"}, o.key == c.sort})
	}
	return pills
}

func (c choice) href() string { return c.path + "?" + c.query().Encode() }

func (c choice) query() url.Values {
	q := url.Values{"measure": {string(c.measure)}}
	if !c.period.IsZero() {
		q.Set("period", c.period.Slug())
	}
	if c.sort != orders[0].key {
		q.Set("sort", c.sort)
	}
	return q
}
