package measure

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
)

var expiryRisk = Definition{
	Key:     ExpiryRisk,
	Version: "expiry_risk/1",
	Name:    "Kits that will expire unused",
	Unit:    "kits",
	Counts: "Kits that can be given out on the as-of day (on a shelf, in date, not held), whose last day falls in the period, and that will still be there on that day if the " +
		"area goes on giving kits out at today's rate.",
	Source: "The ledger's stock, the expiry of each lot, and the kits the area gave out in the three whole months before the as-of day's and in that one so far. The " +
		"first to expire are given out first, and kits are taken to move freely between the outlets of the area.",
	Not: "Not what will expire if nothing is moved: outlets do not share by themselves, so more may expire; see the board of each outlet. Kits past their date " +
		"already are not in it, nor kits with people or of a lot whose expiry is not known. Where nothing was entered in those months no rate is known, and " +
		"there is no figure.",
	UsedBy: "Everykit, for recommendation 5 of Release: monitor the expiry of kits.",
}

// rateMonths is how many whole months before the running one a rate of supply is taken from.
const rateMonths = 3

// riskFigures makes the rows of expiry risk.
func (r *reading) riskFigures(ctx context.Context) ([]Figure, error) {
	ids := distinct(r.scope.ids())
	from := r.asOf.Month() - rateMonths
	flows, err := readFlows(ctx, r.tx, ids, ledger.AllChannels, from, r.asOf.Month())
	if err != nil {
		return nil, err
	}
	stock, err := readLasting(ctx, r.tx, ids, r.asOf, r.today)
	if err != nil {
		return nil, err
	}
	answers := map[int]answer{}
	for _, a := range r.areas(nil) {
		f := &flow{kits: map[registry.Channel]int{}}
		var lots []lotSum
		for _, id := range r.scope.ledgers(a.ID) {
			f.add(flows[id])
			lots = append(lots, stock[id]...)
		}
		ans, silent := r.notYet(a, f, r.asOf)
		if !silent {
			ans = r.riskAnswer(f, lots, max(from, f.began))
		}
		answers[a.ID] = ans
	}
	return r.counts(answers), nil
}

func (r *reading) riskAnswer(f *flow, lots []lotSum, from civil.Month) answer {
	ans := answer{basis: FromLedger, state: Counted, source: "ledger, end of " + r.asOf.Words()}
	if f.toldMonths() == 0 {
		ans.state, ans.basis = NoReply, NoBasis
		ans.note("Nothing was entered since %s, so the rate of supply is not known.", from.Words())
		return ans
	}
	days := int(r.asOf-from.First()) + 1
	given := max(0, f.sum(everyChannel))
	ans.note("At the rate since %s: %s in %d days.", from.Words(), count(given, "kit", "kits"), days)
	if silent := int(r.asOf.Month()-from) + 1 - f.toldMonths(); silent > 1 {
		ans.note("In %d of those months there is neither an entry nor a confirmed nil: the rate may be higher.", silent)
	}
	n := 0
	for _, l := range wasted(lots, r.asOf, given, days) {
		if l.last >= r.period.First() && l.last <= r.period.Last() {
			n += l.shelf
		}
	}
	ans.kits = number(n)
	if n == 0 {
		ans.state = Zero
	}
	return ans
}

// wasted gives kits on shelves out at a rate of so many in so many days from tomorrow on, the first to expire first, and
// returns what is left of each when its last day has passed.
func wasted(lots []lotSum, day civil.Date, given, days int) []lotSum {
	var list []lotSum
	for _, l := range lots {
		if l.last != civil.None && !l.expired(day) && l.shelf > 0 {
			list = append(list, lotSum{last: l.last, shelf: l.shelf})
		}
	}
	slices.SortFunc(list, func(a, b lotSum) int { return cmp.Compare(a.last, b.last) })
	gone := 0
	for i := range list {
		could := given*int(list[i].last-day)/days - gone
		out := max(0, min(list[i].shelf, could))
		gone += out
		list[i].shelf -= out
	}
	return list
}
