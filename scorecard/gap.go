package scorecard

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/support"
)

// Gap is one gap of one authority with what would close it.
type Gap struct {
	Kind   support.GapKind
	Area   int
	Says   string     // the gap in a sentence with its numbers
	Close  string     // what would close it, in a sentence
	Kits   *int       // that would close it; nil where kits would not, or it is not known
	Cost   *int       // pence, at the mean price paid in the area or else the nation in the last year; nil if no price is recorded
	Since  civil.Date // civil.None if not known
	Weight float64    // to sort by: people of the area without a kit, as far as is known
}

// mostTarget bounds a target: more is a slip of the finger.
const mostTarget = 1000

// Gaps lists those of a nation, or of one authority: first those of the authorities with most people without a kit, and of
// one authority in the order of the kinds. want is kits per 100 people for LowCoverage; 0 takes 100, as recommendation 2 does.
func (c *Scorecards) Gaps(ctx context.Context, nation int, year civil.Period, want float64) ([]Gap, error) {
	if want == 0 {
		want = target
	}
	if !(want > 0 && want <= mostTarget) {
		return nil, fault.New(fault.Invalid, "a target is a number of kits per 100 people above 0 and up to %d", mostTarget).At("target")
	}
	r, err := c.read(ctx, nation, year)
	if err != nil {
		return nil, err
	}
	prices, err := c.prices(ctx, r, nation)
	if err != nil {
		return nil, err
	}
	var list []Gap
	order := map[support.GapKind]int{}
	for i, k := range support.GapKinds() {
		order[k] = i
	}
	at := map[int]int{}
	for i, a := range r.areas {
		at[a.ID] = i
		gaps := r.factsOf(a).gaps(want)
		for i := range gaps {
			if g := &gaps[i]; g.Kits != nil {
				g.Cost = prices.of(a.ID, *g.Kits)
			}
		}
		list = append(list, gaps...)
	}
	slices.SortStableFunc(list, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(at[a.Area], at[b.Area]), cmp.Compare(order[a.Kind], order[b.Kind]))
	})
	return list, nil
}

// prices is what kits cost in the last year.
type prices struct {
	by  map[int]measure.Price
	all measure.Price
}

// prices reads them, those of the nation also for one authority.
func (c *Scorecards) prices(ctx context.Context, r *reading, area int) (prices, error) {
	if n := r.snap.NationOf(area); n != nil {
		area = n.ID
	}
	by, all, err := c.m.Prices(ctx, area, r.today-364, r.today)
	return prices{by, all}, err
}

// of is what so many kits would cost in an area, in pence; nil if no price is recorded anywhere.
func (p prices) of(area, kits int) *int {
	price := p.by[area]
	if price.Kits == 0 {
		price = p.all
	}
	if price.Kits == 0 {
		return nil
	}
	pence := int(price.Pence*float64(kits) + 0.5)
	return &pence
}
