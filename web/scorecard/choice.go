package scorecard

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"everykit/civil"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// choice is what an address asks of the nation's table: ?period=2025-26&order=2&region=E12000007&recommendation=4&verdict=not_met.
type choice struct {
	year           civil.Period
	order          string // name, met, or the number of a recommendation
	region         string // code; all if empty
	recommendation int    // 0: any
	verdict        string // key; all if empty
	path           string
}

func asked(v *desk.Visit) (choice, error) {
	q := v.R.URL.Query()
	c := choice{order: "name", path: "/nation/" + v.Area.Code + "/scorecard"}
	var err error
	if c.year, err = yearAsked(v, figures.LastYear(v.Ledger.Today())); err != nil {
		return c, err
	}
	if n := recommendationIn(q.Get("order")); n > 0 || q.Get("order") == "met" {
		c.order = q.Get("order")
	}
	if a, ok := v.Snap.AreaByCode(q.Get("region")); ok && a.Kind == registry.Region {
		c.region = a.Code
	}
	c.recommendation = recommendationIn(q.Get("recommendation"))
	for _, one := range verdicts {
		if one.String() == q.Get("verdict") {
			c.verdict = one.String()
		}
	}
	return c, nil
}

// recommendationIn reads 1 to 6; anything else is 0.
func recommendationIn(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 6 {
		return 0
	}
	return n
}

func (c choice) query() url.Values {
	q := url.Values{"period": {c.year.Slug()}}
	for key, value := range map[string]string{"region": c.region, "verdict": c.verdict} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if c.recommendation > 0 {
		q.Set("recommendation", strconv.Itoa(c.recommendation))
	}
	if c.order != "name" {
		q.Set("order", c.order)
	}
	return q
}

// takes reports whether a card is among those asked for. A verdict without a recommendation is of any of the six.
func (c choice) takes(snap *registry.Snapshot, one scorecard.Card) bool {
	if c.region != "" && regionOf(snap, one.Area) != c.region {
		return false
	}
	if c.verdict == "" {
		return true
	}
	return slices.ContainsFunc(one.Lines[:], func(l scorecard.Line) bool {
		return l.Verdict.String() == c.verdict && (c.recommendation == 0 || l.Recommendation == c.recommendation)
	})
}

// regionOf is the code of the region that an authority lies in.
func regionOf(snap *registry.Snapshot, area int) string {
	for _, a := range snap.Ancestors(area) {
		if a.Kind == registry.Region {
			return a.Code
		}
	}
	return ""
}

// rank orders verdicts: what needs somebody first, what is not known before what is met.
var rank = map[scorecard.Verdict]int{scorecard.NotMet: 0, scorecard.Partly: 1, scorecard.NotKnown: 2, scorecard.Met: 3}

// sorted puts cards that stand by name into the order asked for. Within one verdict the value decides, where there is one,
// the lowest first; then the name.
func (c choice) sorted(cards []scorecard.Card) []scorecard.Card {
	list := slices.Clone(cards)
	slices.SortStableFunc(list, func(a, b scorecard.Card) int {
		if c.order == "met" {
			return cmp.Compare(a.Count(scorecard.Met), b.Count(scorecard.Met))
		}
		n := recommendationIn(c.order)
		if n == 0 {
			return 0
		}
		x, y := a.Lines[n-1], b.Lines[n-1]
		return cmp.Or(cmp.Compare(rank[x.Verdict], rank[y.Verdict]), compareValues(x.Value, y.Value))
	})
	return list
}

// compareValues puts what is not known last.
func compareValues(a, b *float64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}

// orderOptions, regionOptions, recommendationOptions and verdictOptions are the selects.
func orderOptions() []page.Option {
	list := []page.Option{{Value: "name", Label: "By name"}, {Value: "met", Label: "By number met, fewest first"}}
	for i, words := range short {
		list = append(list, page.Option{Value: strconv.Itoa(i + 1), Label: "By " + strconv.Itoa(i+1) + ", " + words})
	}
	return list
}

func regionOptions(v *desk.Visit) []page.Option {
	list := []page.Option{{Label: "All regions"}}
	for _, a := range v.Snap.Under(v.Area.ID) {
		if a.Kind == registry.Region && a.On(v.Ledger.Today()) {
			list = append(list, page.Option{Value: a.Code, Label: a.Name})
		}
	}
	slices.SortStableFunc(list[1:], func(a, b page.Option) int { return cmp.Compare(a.Label, b.Label) })
	if len(list) == 1 {
		return nil
	}
	return list
}

func recommendationOptions() []page.Option {
	list := []page.Option{{Value: "", Label: "Any"}}
	for i, words := range short {
		list = append(list, page.Option{Value: strconv.Itoa(i + 1), Label: strconv.Itoa(i+1) + ", " + words})
	}
	return list
}

func verdictOptions() []page.Option {
	list := []page.Option{{Value: "", Label: "All verdicts"}}
	for _, one := range verdicts {
		list = append(list, page.Option{Value: one.String(), Label: one.Words()})
	}
	return list
}
