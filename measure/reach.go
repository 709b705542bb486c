package measure

import (
	"context"
	"fmt"
	"slices"

	"everykit/civil"
	"everykit/registry"
)

var reach = Definition{
	Key:     Reach,
	Version: "reach/1",
	Name:    "Reach",
	Unit:    "per cent of people at risk",
	Counts: "First supplies to people at risk, all that were ever made to the end of the period, for every 100 people who are estimated to be at risk in " +
		"the area. It only grows.",
	Numerator: "Supplies recorded as a person's first, to a person at risk, one for each person served, whatever the number of kits.",
	Denominator: "The latest estimate that was published by the as-of date and whose period does not end after the figure's: in Scotland of people with problem " +
		"drug use, elsewhere of people who use opiates. The figure names the estimate and its edition; with another edition it is another number.",
	Source: "A cumulative total in a return, to the end of its own period, because a ledger knows nothing from before it began; the ledger counts on from there, so " +
		"that no month is counted twice. Without one, the first supplies that returns give for the years before the ledger began, and the ledger. " +
		"A ratio that was published without its parts is kept as it was published. Where both are known, the one computed here is the figure and the " +
		"published one stands beside it. The low and high ends come from the estimate's own interval, where one was published.",
	Not: "Not the share of people who have a kit today: nothing takes out people who died or moved away, or whose kit was used, lost or has expired. See Live " +
		"coverage. Where outlets do not record who is served for the first time it cannot be counted.",
	UsedBy: "Public Health Scotland, National Naloxone Programme.",
}

// cumulative is the latest cumulative total in an area's returns: of the period itself, or of an earlier one.
type cumulative struct {
	answer
	to civil.Month
}

// latest finds the total that was told for the latest period that ends by a month.
func (r *returned) latest(by civil.Month) (cumulative, bool) {
	var best cumulative
	if r == nil {
		return best, false
	}
	for name := range r.cells {
		p, err := civil.ParsePeriod(name)
		if err != nil || p.To > by || p.To < best.to {
			continue
		}
		ans, ok := r.cell(p, everyChannel)
		if !ok || ans.kits == nil && p.To < by || p.To == best.to && best.kits != nil {
			continue
		}
		best = cumulative{ans, p.To}
	}
	return best, best.to != 0
}

// latestNumber is latest, with what was told without a number passed over; nothing where there is no other.
func (r *returned) latestNumber(by civil.Month) cumulative {
	for {
		c, found := r.latest(by)
		if !found || c.kits != nil {
			return c
		}
		by = c.to - 1
	}
}

// hasBegun reports whether a ledger that is counted for an area has begun.
func (r *reading) hasBegun(a *registry.Area, flows map[int]*flow) bool {
	return slices.ContainsFunc(r.scope.ledgers(a.ID), func(id int) bool { return flows[id].began != 0 && flows[id].began <= r.span.to })
}

// reachFigures makes the rows of reach.
func (r *reading) reachFigures(ctx context.Context) ([]Figure, error) {
	d := r.estimates()
	ids := r.everyLedger(d)
	flows, err := r.began(ctx, ids)
	if err != nil {
		return nil, err
	}
	var totals, yearly map[int]*returned
	for _, one := range []struct {
		measure string
		into    *map[int]*returned
	}{{"first_supplies_cumulative", &totals}, {"first_supplies", &yearly}, {reachMeasure, &r.ratiosTold}} {
		if *one.into, err = readReturns(ctx, r.tx, ids, one.measure, r.asOf, r.today); err != nil {
			return nil, err
		}
	}
	// What the ledger adds begins after what was reported: one reading for each of the months in which that ends.
	bases := map[int]cumulative{}
	from := map[civil.Month][]int{}
	for _, a := range r.areas(d.members) {
		base, _ := r.heir(totals, a).latest(r.period.To)
		if base.kits == nil && r.hasBegun(a, flows) { // the ledger may know what the return does not
			base = r.heir(totals, a).latestNumber(r.period.To)
		}
		bases[a.ID] = base
		from[base.to+1] = append(from[base.to+1], r.scope.ledgers(a.ID)...)
	}
	counts := map[int][]int{}
	for month, list := range from {
		began := r.span.to + 1
		for _, id := range list {
			if flows[id].began != 0 {
				began = min(began, flows[id].began)
			}
		}
		// From an April on, since whole years are quick: before it began there is nothing.
		some, err := readTold(ctx, r.tx, distinct(list), firstsAsked, max(month, april(yearOf(began))), r.span.to)
		if err != nil {
			return nil, err
		}
		for id, t := range some {
			counts[id] = t
		}
	}
	answers := map[int]answer{}
	r.published = map[int]answer{}
	for _, a := range r.areas(d.members) {
		f, t := &flow{}, r.sumTold(counts, a, len(firstsAsked))
		for _, id := range r.scope.ledgers(a.ID) {
			f.add(flows[id])
		}
		ans, reported := r.reachAnswer(a, f, t, bases[a.ID], r.heir(yearly, a))
		if !a.IsAuthority() && reported {
			r.published[a.ID] = ans
			ans = r.fromFirsts(a, f, t) // outlets that serve all of it
		}
		answers[a.ID] = ans
	}
	return r.ratios(answers, d), nil
}

// reachAnswer settles how many first supplies there were in an area to the end of the period. reported is true where a
// return is part of it.
func (r *reading) reachAnswer(a *registry.Area, f *flow, t []int, base cumulative, reportedFirsts *returned) (ans answer, reported bool) {
	began := f.began != 0 && f.began <= r.span.to
	switch {
	case base.to == r.period.To && (base.kits != nil || !began):
		ans = base.answer
		if began && base.kits != nil {
			ans.note("The ledger of %s begins in %s. The reported total reaches to the end of the period, and what the ledger counted is not added.", a.Name, f.began.Words())
		}
		return ans, true
	case base.kits == nil:
		return r.firstsAnswer(a, f, t, reportedFirsts)
	case !began:
		ans = r.silent(a, f)
		ans.note("The latest total that was reported is %s, to the end of %s.", Number(base.kits), base.to.Words())
		return ans, false
	}
	own := r.fromFirsts(a, f, t)
	if own.kits == nil {
		own.note("The latest total that was reported is %s, to the end of %s.", Number(base.kits), base.to.Words())
		return own, false
	}
	ans = base.answer
	ans.kits = number(*base.kits + *own.kits)
	ans.basis, ans.state = FromBoth, worse(Reported, base.state)
	ans.source = joined(ans.source, "the ledger after "+base.to.Words())
	ans.note("%s to the end of %s as reported, and %s that the ledger counted after.", Number(base.kits), base.to.Words(), Number(own.kits))
	if gap := int(f.began - base.to - 1); gap > 0 {
		ans.state = Partial
		ans.note("Of %s between the two nothing is known.", count(gap, "month", "months"))
	}
	return ans, true
}

// fromFirsts is what the ledger alone counted.
func (r *reading) fromFirsts(a *registry.Area, f *flow, t []int) answer {
	if f.began == 0 || f.began > r.span.to {
		return r.silent(a, f)
	}
	return firsts(answer{source: "ledger since " + f.began.Words(), basis: FromLedger, state: Counted}, t)
}

// firstsAnswer adds up the first supplies of the years before the ledger began, as returns have them, and what the ledger
// counted since.
func (r *reading) firstsAnswer(a *registry.Area, f *flow, t []int, reported *returned) (answer, bool) {
	own := r.fromFirsts(a, f, t)
	end := r.period.To
	if own.kits != nil {
		end = min(end, f.began-1)
	}
	sum, first, last, n := 0.0, civil.Month(0), civil.Month(0), 0
	state, source := Reported, ""
	for _, p := range reported.years(end) {
		ans, ok := reported.answer(span{p, p.To, false}, everyChannel)
		if !ok || ans.kits == nil {
			continue
		}
		if first == 0 {
			first, source = p.From, ans.source
		}
		if last != 0 && p.From > last+1 || ans.state == Partial {
			state = Partial
		}
		sum, last, n = sum+*ans.kits, p.To, n+1
	}
	switch {
	case n == 0:
		return own, false
	case own.kits == nil && last < end:
		own.note("First supplies were reported to the end of %s.", last.Words())
		return own, false
	}
	ans := answer{kits: &sum, state: state, basis: FromReturn, source: source}
	ans.note("The sum of the first supplies reported for %s from %s on; those before are not in it.", count(n, "year", "years"), first.Words())
	if own.kits != nil {
		*ans.kits += *own.kits
		ans.basis = FromBoth
		ans.source = joined(ans.source, own.source)
		ans.notes = append(ans.notes, own.notes...)
		if f.began > last+1 {
			ans.state = Partial
			ans.note("Of %s between the reported and the counted nothing is known.", count(int(f.began-last-1), "month", "months"))
		}
	}
	return ans, true
}

// years lists the financial years that returns speak of, to a month.
func (r *returned) years(to civil.Month) []civil.Period {
	if r == nil {
		return nil
	}
	var first civil.Month
	for name := range r.cells {
		if p, err := civil.ParsePeriod(name); err == nil && (first == 0 || p.From < first) {
			first = p.From
		}
	}
	var list []civil.Period
	if first == 0 {
		return nil
	}
	for y := civil.FinancialYearOf(first.First()); y.To <= to; y = y.After() {
		list = append(list, y)
	}
	return list
}

// perThousand says a reach as its publisher once did.
func perThousand(value float64) string {
	return fmt.Sprintf("That is %.0f for every 1,000 people.", value*10)
}
