package measure

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// reading is one look at the database: everything in it is of one moment.
type reading struct {
	tx      *store.Tx
	snap    *registry.Snapshot
	def     Definition
	period  civil.Period
	asOf    civil.Date
	today   civil.Date
	vintage civil.Date // the areas are those that stood on this day
	span    span
	scope   *scope
	flows   map[int]*flow // by area, before folding
	returns map[int]*returned

	published  map[int]answer    // by region or nation: its own published total
	ratiosTold map[int]*returned // ratios that were published without their parts
}

// Figures reads the figures asked for: one row for each authority by code, then the regions, then the nations.
// See Query for which; a nation has a second row where a ratio can be read in two ways, and one for its own published
// total. An area that is not known is fault.NotFound; a period that the measure is not defined for, or that had not
// begun, is fault.Invalid.
func (m *Measures) Figures(ctx context.Context, q Query) ([]Figure, error) {
	def, ok := definitions[q.Measure]
	if !ok {
		_, err := ParseKey(string(q.Measure))
		return nil, err
	}
	r := &reading{def: def, period: q.Period, asOf: q.AsOf, today: m.today(), vintage: q.Vintage}
	if r.asOf == 0 || r.asOf == civil.None {
		r.asOf = r.today
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if r.vintage == 0 || r.vintage == civil.None {
		r.vintage = r.period.Last()
	}
	r.span = spanOf(r.period, r.asOf, r.today)
	var figures []Figure
	err := m.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		r.tx = tx
		if r.snap, err = m.reg.In(ctx, tx); err != nil {
			return err
		}
		if r.scope, err = scopeOf(ctx, tx, r.snap, q.Area, r.vintage); err != nil {
			return err
		}
		figures, err = r.figures(ctx)
		return err
	})
	return figures, err
}

// Nation reads the figures of a nation for its map and table: its authorities, its regions, then itself.
func (m *Measures) Nation(ctx context.Context, nation int, k Key, p civil.Period) ([]Figure, error) {
	snap, err := m.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	a := snap.Area(nation)
	if a == nil {
		return nil, fault.New(fault.NotFound, "there is no such area")
	}
	return m.Figures(ctx, Query{Measure: k, Period: p, Area: a.Code})
}

// check refuses a query that has no answer.
func (r *reading) check() error {
	key := r.def.Key
	switch {
	case r.period.IsZero():
		return fault.New(fault.Invalid, "the period is missing").At("period").Hint("write 2021/22, 2021/22-Q2, 2021 or 2021-07")
	case r.asOf > r.today:
		return fault.New(fault.Invalid, "%s is in the future", r.asOf.Words()).At("as_of").Hint("figures are as of today or an earlier day")
	case !key.For(r.period.Months(), r.period.IsFinancialYear()) && key == KitsPerDeath:
		return fault.New(fault.Invalid, "kits per death are counted for a year, and %s is none", r.period).
			At("period").Hint("ask for %s, or for the kits alone: dispensed", civil.FinancialYearOf(r.period.First()))
	case !key.For(r.period.Months(), r.period.IsFinancialYear()):
		year := civil.FinancialYearOf(r.period.First())
		return fault.New(fault.Invalid, "coverage is defined for a financial year, and %s is none: kits of a shorter or other time over the same people would look like a lower coverage", r.period).
			At("period").Hint("ask for %s, or for the kits alone: dispensed", year)
	case !key.Ahead() && r.period.First() > r.asOf:
		return fault.New(fault.Invalid, "%s had not begun on %s", r.period, r.asOf.Words()).At("period").Hint("ask for a period that has begun")
	}
	return nil
}

// figures makes all rows of the measure.
func (r *reading) figures(ctx context.Context) ([]Figure, error) {
	switch r.def.Key {
	case OnHand, Expiring:
		answers, err := r.stockAnswers(ctx)
		if err != nil {
			return nil, err
		}
		return r.counts(answers), nil
	case Purchased:
		return r.flowFigures(ctx, ledger.KindReceive, "purchased")
	case Reach:
		return r.reachFigures(ctx)
	case LiveCoverage:
		return r.liveFigures(ctx)
	case PublicOutlets:
		return r.outletFigures(), nil
	case Requirements:
		return r.requirementFigures(), nil
	case FirstSupplies:
		return r.firstFigures(ctx)
	case RepeatShare:
		return r.shareFigures(ctx, repeatParts)
	case RepeatUsed:
		return r.shareFigures(ctx, usedParts)
	case ExpiryRisk:
		return r.riskFigures(ctx)
	}
	return r.flowFigures(ctx, ledger.KindSupply, "dispensed") // alone, for coverage, and for kits per death
}

// flowFigures makes the rows of a measure that counts what went through the ledger in a period.
func (r *reading) flowFigures(ctx context.Context, kind ledger.Kind, returnMeasure string) ([]Figure, error) {
	groups := r.estimates()
	ids := r.everyLedger(groups)
	var err error
	if r.flows, err = readFlows(ctx, r.tx, ids, kind, r.period.From, r.span.to); err != nil {
		return nil, err
	}
	if r.returns, err = readReturns(ctx, r.tx, ids, returnMeasure, r.asOf, r.today); err != nil {
		return nil, err
	}
	if isRatioTold(string(r.def.Key)) {
		if r.ratiosTold, err = readReturns(ctx, r.tx, ids, string(r.def.Key), r.asOf, r.today); err != nil {
			return nil, err
		}
	}
	answers := map[int]answer{}
	r.published = map[int]answer{}
	for _, a := range r.areas(groups.members) {
		answers[a.ID] = r.flowAnswer(a)
	}
	if r.def.Key.IsRatio() {
		return r.ratios(answers, groups), nil
	}
	return r.counts(answers), nil
}

// everyLedger lists the areas whose ledgers and returns are read.
func (r *reading) everyLedger(d denominators) []int {
	ids := r.scope.ids()
	for _, id := range d.members {
		ids = append(ids, r.scope.ledgers(id)...)
	}
	return distinct(ids)
}

// areas lists every area that an answer is wanted of.
func (r *reading) areas(members []int) []*registry.Area {
	all := append(append(append([]*registry.Area(nil), r.scope.rows...), r.scope.regions...), r.scope.nations...)
	for _, id := range members {
		all = append(all, r.snap.Area(id))
	}
	return all
}

// flow is what was read of an area, with the ledgers that are counted for it.
func (r *reading) flow(a *registry.Area) *flow {
	f := &flow{kits: map[registry.Channel]int{}}
	for _, id := range r.scope.ledgers(a.ID) {
		f.add(r.flows[id])
	}
	return f
}

// began reads of areas only when their ledgers begin.
func (r *reading) began(ctx context.Context, ids []int) (map[int]*flow, error) {
	flows := make(map[int]*flow, len(ids))
	for _, id := range ids {
		flows[id] = &flow{}
	}
	return flows, readBegan(ctx, r.tx, ids, flows)
}

// flowAnswer settles what the ledger and the returns say of one area.
func (r *reading) flowAnswer(a *registry.Area) answer {
	part, community := everyChannel, r.def.Key == Coverage || r.def.Key == CoverageTreatment
	if community {
		part = inCommunity
	}
	f := r.flow(a)
	own, told := r.fromLedger(a, f, part)
	for _, id := range r.scope.folded[a.ID] {
		if told && r.flows[id].active != 0 {
			own.note("%s", r.scope.includes(r.snap.Area(id)))
		}
	}
	if told && community {
		own.beside = f.beside()
	}
	return r.taken(a, own, told, part)
}

// taken settles what the ledger says with what the returns of an area say.
func (r *reading) taken(a *registry.Area, own answer, told bool, part func(registry.Channel) bool) answer {
	ret, returned := r.heir(r.returns, a).answer(r.span, part)
	if !a.IsAuthority() { // its ledger is of a few outlets that serve all of it, its return a total of everybody
		if ret.kits != nil {
			r.published[a.ID] = ret
		}
		return own
	}
	return settle(own, told, ret, returned)
}

func (f *flow) beside() []Beside {
	var list []Beside
	for _, c := range registry.Channels() {
		if kits := f.kits[c]; kits != 0 && !inCommunity(c) {
			list = append(list, Beside{c, kits})
		}
	}
	return list
}

func everyChannel(registry.Channel) bool { return true }

// inCommunity reports whether a channel is a community setting: who commissions a prison is not the area round it, and
// the kits of ambulance crews are shown beside.
func inCommunity(c registry.Channel) bool { return c != registry.Prison && c != registry.Ambulance }

func distinct(ids []int) []int {
	seen := make(map[int]bool, len(ids))
	out := make([]int, 0, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
