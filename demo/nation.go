package demo

import (
	"context"
	"math"
	"slices"
	"time"

	"everykit/civil"
	"everykit/registry"
)

// reportDay is a day of the financial year whose authorities the demonstration has.
var reportDay = civil.On(2018, time.March, 31)

// notYet is when, in the demonstration, the authorities made after reportDay begin.
var notYet = civil.On(2190, time.April, 1)

// First is the authority to look at first: the one whose real denominator Everykit ships with.
const firstAuthority = "E09000002"

const england = "E92000001"

// habit is how an authority keeps its record.
type habit uint8

const (
	counts  habit = iota // its outlets use the ledger
	late                 // likewise, but they began some months into it
	silent               // has outlets that never made an entry
	absent               // has no outlets
	returns              // sends totals instead
	answers              // was asked for totals, and answered that there are none to give
	nothing              // its outlets confirm every month that there was nothing
	habits               // how many there are
)

// howMany authorities have each habit; the rest count.
var howMany = [habits]int{late: 6, silent: 8, absent: 3, returns: 5, answers: 4, nothing: 2}

// withoutEstimate is how many of the authorities that count have no denominator.
const withoutEstimate = 12

// authority is one of the nation's, with what is planned for it.
type authority struct {
	*registry.Area
	residents float64 // 15 to 64
	share     float64 // of the nation's residents
	habit     habit
	nth       int // among those of its habit
	begins    civil.Date
	pool      int     // which wholesaler's lots it gets
	zeal      float64 // how many kits it gives out for its size; 1 is the middle
	estimate  bool    // has a made-up denominator
	first     bool    // the one to look at first
}

// settle gives the nation its authorities of 2017/18: those that ended since stand again, and those that took their
// place have not begun.
func settle(ctx context.Context, reg *registry.Registry) error {
	if err := reg.LoadBuiltIn(ctx); err != nil {
		return err
	}
	snap, err := reg.Now(ctx)
	if err != nil {
		return err
	}
	var changed []registry.Area
	nation, _ := snap.AreaByCode(england)
	for _, a := range snap.Under(nation.ID) {
		b := *a
		switch {
		case !a.IsAuthority():
			continue
		case a.On(reportDay):
			b.ValidTo, b.Successors = civil.None, nil
		default:
			b.ValidFrom = notYet
		}
		changed = append(changed, b)
	}
	_, err = reg.PutArea(ctx, changed...)
	return err
}

// authorities plans what each authority is like, by code.
func authorities(snap *registry.Snapshot, o Options, start civil.Date) []*authority {
	nation, _ := snap.AreaByCode(england)
	d := diceFor(o.Seed, "authorities")
	year := civil.FinancialYearOf(o.Today)
	var all []*authority
	sum := 0.0
	inRegion := map[int]int{}
	for _, area := range snap.AuthoritiesOf(nation.ID, o.Today) {
		a := &authority{Area: area, begins: start, estimate: true, first: area.Code == firstAuthority}
		a.residents = residents(snap, area, year, o.Today)
		a.zeal = math.Min(4, math.Max(0.25, d.around(0.5)))
		a.pool = area.Parent*lotsPerRegion + inRegion[area.Parent]%lotsPerRegion
		inRegion[area.Parent]++
		sum += a.residents
		all = append(all, a)
	}
	for _, a := range all {
		a.share = a.residents / sum
	}
	order := d.Perm(len(all))
	order = slices.DeleteFunc(order, func(i int) bool { return all[i].first })
	for h, n := range howMany {
		for nth := range min(n, len(order)) {
			a := all[order[nth]]
			a.habit, a.nth = habit(h), nth
			if a.habit == late {
				months := max(1, int(o.Today.Month()-start.Month()))
				a.begins = (start.Month() + civil.Month(months*(4+nth)/12)).First() + civil.Date(d.IntN(20))
			}
		}
		order = order[min(n, len(order)):]
	}
	for _, i := range order[:min(withoutEstimate, len(order))] {
		all[i].estimate = false
	}
	return all
}

// residents is the latest number of residents of 15 to 64. Where one number is of several authorities together, each is
// taken to have an equal part: it is only used to spread what is made up.
func residents(snap *registry.Snapshot, a *registry.Area, year civil.Period, today civil.Date) float64 {
	e, ok := snap.Latest(registry.Residents15to64, a.ID, year, today)
	if !ok {
		return 100_000
	}
	return e.Value / float64(len(e.Areas))
}
