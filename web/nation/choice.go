package nation

import (
	"net/url"

	"everykit/civil"
	"everykit/measure"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// choice is what an address asks for: ?measure=dispensed&period=2025-26&sort=highest&areas=today.
type choice struct {
	measure measure.Key
	period  civil.Period
	sort    string
	current bool // areas as they stand today, not as they stood at the end of the period
	today   civil.Date
	path    string
}

// family is measures that belong together: a row of links for families, and one for the measures of the one chosen, so that
// neither is longer than a phone can show.
type family struct {
	name    string
	members []member
}

// member is a measure with a name as short as a row of links needs it.
type member struct {
	key  measure.Key
	name string
}

var families = []family{
	{"Coverage", []member{
		{measure.Coverage, "Coverage"},
		{measure.CoverageTreatment, "In treatment"},
		{measure.Reach, "Reach"},
		{measure.LiveCoverage, "Live"},
		{measure.KitsPerDeath, "Per death"},
	}},
	{"Kits", []member{{measure.Dispensed, "Dispensed"}, {measure.Purchased, "Purchased"}, {measure.OnHand, "On hand"}}},
	{"Expiry", []member{{measure.Expiring, "Expiring"}, {measure.ExpiryRisk, "Will expire unused"}}},
	{"People", []member{{measure.FirstSupplies, "First supplies"}, {measure.RepeatShare, "Repeats"}, {measure.RepeatUsed, "Because used"}}},
	{"Outlets", []member{{measure.PublicOutlets, "Public outlets"}, {measure.Requirements, "Requirements"}}},
}

// familyOf finds the family of a measure.
func familyOf(k measure.Key) family {
	for _, f := range families {
		for _, m := range f.members {
			if m.key == k {
				return f
			}
		}
	}
	return families[0]
}

// orders are the ways to sort the table; the first is the one without asking.
var orders = []struct{ key, name string }{
	{"name", "Name"}, {"highest", "Highest first"}, {"lowest", "Lowest first"}, {"region", "Region"},
}

func asked(v *desk.Visit) (choice, error) {
	q := v.R.URL.Query()
	c := choice{measure: measure.Coverage, sort: orders[0].key, today: v.Ledger.Today(), path: v.R.URL.Path, current: q.Get("areas") == "today"}
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
	if err == nil && !c.fits(c.measure) {
		c.period = civil.FinancialYearOf(c.period.Last()) // as when one comes from a quarter of another measure
	}
	return c, err
}

// fits reports whether a measure is made for such a period as the one chosen.
func (c choice) fits(k measure.Key) bool { return k.For(c.period.Months(), c.period.IsFinancialYear()) }

// figures reads what was asked for.
func (c choice) figures(v *desk.Visit, k measure.Key) ([]measure.Figure, error) {
	q := measure.Query{Measure: k, Period: c.period, Area: v.Area.Code}
	if c.current {
		q.Vintage = c.today
	}
	return v.Measures.Figures(v.Ctx(), q)
}

// offered are the periods to choose from, the one shown without asking first. What is on hand is what is there today, or
// was at the end of a period that is over; what expires lies ahead.
func (c choice) offered() []civil.Period {
	year, quarter := civil.FinancialYearOf(c.today), civil.QuarterOf(c.today)
	switch {
	case c.measure.Yearly():
		return lastFirst(figures.Recent(c.today, 5, 0))
	case c.measure.OnDay():
		list := []civil.Period{year}
		for p := quarter.Before(); len(list) < 9; p = p.Before() {
			list = append(list, p)
		}
		return list
	case c.measure.Ahead():
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
	case c.measure.OnDay() && figures.Running(p, c.today):
		return "today"
	case c.measure.OnDay():
		return "at the end of " + p.To.Words()
	case c.measure.Ahead():
		return figures.Plain(p)
	}
	return figures.Name(p, c.today)
}

// options are the choices of the select.
func (c choice) options() []page.Option {
	return figures.Choices(c.offered(), c.period, func(p civil.Period) string {
		if c.measure.OnDay() || c.measure.Ahead() {
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

// to is the way to another measure.
func (c choice) to(k measure.Key) string {
	to := c
	if to.measure = k; !c.keeps(k) {
		to.period = civil.Period{}
	}
	return to.href()
}

// families are the first row of links, each to its first measure.
func (c choice) families() []pill {
	var pills []pill
	here := familyOf(c.measure)
	for _, f := range families {
		pills = append(pills, pill{page.Link{Text: f.name, Href: c.to(f.members[0].key)}, f.name == here.name})
	}
	return pills
}

func (c choice) measures() []pill {
	var pills []pill
	for _, m := range familyOf(c.measure).members {
		pills = append(pills, pill{page.Link{Text: m.name, Href: c.to(m.key)}, m.key == c.measure})
	}
	return pills
}

// keeps reports whether the period goes on to another measure: what was, what is and what will be have no period in common.
func (c choice) keeps(k measure.Key) bool {
	return k == c.measure || k.OnDay() == c.measure.OnDay() && k.Ahead() == c.measure.Ahead() && c.fits(k)
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
	if c.current {
		q.Set("areas", "today")
	}
	return q
}
