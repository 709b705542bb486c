package measure

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// PartKey says which part of the kits dispensed is meant, by the keys that returns and supplies have; empty where the kits are
// not split by it. A setting splits a channel; first supplies to people at risk are those with both words.
type PartKey struct{ Channel, Setting, Recipient, Supply, Reason, Age, Sex, Product string }

// NotRecorded is the word of supplies of which a thing was not recorded.
const NotRecorded = "not_recorded"

// Settings that a ledger tells of its community outlets: drug services and all others.
const (
	DrugTreatment    = "drug_treatment"
	NonDrugTreatment = "non_drug_treatment"
)

// Part is the kits of one part, of one area and period.
type Part struct {
	PartKey
	Area     string // code
	Period   civil.Period
	Row      Row // Own of an authority; Sum over authorities or Published of an area above
	State    State
	Kits     *float64
	Supplies *float64 // how many supplies those were; nil where that is not known, as of returns
	Noting   *float64 // of the supplies, those through channels that tell first and repeat supplies apart
	Covers   string   // 2/3: the parts of the period that a return covers; empty for all of it
	Summed   bool     // of a total: nobody told one, and it is the sum of the channels that were told
	Basis    Basis
	Source   string
	Notes    []string
}

// PartsQuery asks for the parts of kits dispensed in a nation or an authority.
type PartsQuery struct {
	Area    string // code
	AsOf    civil.Date
	Periods []civil.Period // by channel and setting, and whatever returns split by
	Told    []civil.Period // among Periods: by what was recorded of supplies, and by product
	Each    []civil.Period // among Periods: by channel for each authority of a nation
}

// Parts reads how the kits dispensed divide. Ledger and returns are settled as they are for the total (see Dispensed): where
// an area's total is its ledger's, so are the parts, and where it is a return's they are what returns tell; a part that
// nobody told of is not there. Parts need not sum to the total, and nothing is made up to have them do so.
//
// Of an area with returns the part without any word is there too: it says which part of the period the total covers.
func (m *Measures) Parts(ctx context.Context, q PartsQuery) ([]Part, error) {
	today := m.today()
	asOf := q.AsOf
	if asOf == 0 || asOf == civil.None {
		asOf = today
	}
	var parts []Part
	err := m.db.Read(ctx, func(tx *store.Tx) error {
		snap, err := m.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		b := &breakdown{q: q, parts: nil}
		for _, p := range q.Periods {
			r := &reading{tx: tx, snap: snap, def: dispensed, period: p, asOf: asOf, today: today, vintage: p.Last(), span: spanOf(p, asOf, today)}
			if r.scope, err = scopeOf(ctx, tx, snap, q.Area, r.vintage); err != nil {
				return err
			}
			if r.flows, err = readFlows(ctx, tx, distinct(r.scope.ids()), ledger.KindSupply, p.From, r.span.to); err != nil {
				return err
			}
			b.readings = append(b.readings, r)
		}
		if err := b.read(ctx); err != nil {
			return err
		}
		for i := range b.readings {
			b.divide(i)
		}
		parts = b.parts
		return nil
	})
	slices.SortStableFunc(parts, func(a, b Part) int {
		return cmp.Or(strings.Compare(a.Area, b.Area), cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Period.To, b.Period.To),
			cmp.Compare(b.Row, a.Row), strings.Compare(fmt.Sprint(a.PartKey), fmt.Sprint(b.PartKey)))
	})
	return parts, err
}

// breakdown is one reading of the parts of several periods.
type breakdown struct {
	q        PartsQuery
	readings []*reading
	returns  map[splitKey]map[int]*returned // by what they are split by and area
	counted  []map[PartKey]*tally           // of each period: what the ledgers of the whole area have
	parts    []Part
}

// splitKey is what a return is split by, beside the channel.
type splitKey struct{ setting, recipient, supply, reason string }

// tally is what the ledger has of a part.
type tally struct{ kits, supplies, noting float64 }

// splits lists what there is that returns are split by, in a settled order.
func (b *breakdown) splits() []splitKey {
	var list []splitKey
	for k := range b.returns {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b splitKey) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return list
}

// told is what a return says of one part.
func (b *breakdown) told(r *reading, a *registry.Area, s splitKey, c registry.Channel) (answer, string, bool) {
	ret := r.heir(b.returns[s], a)
	ans, ok := ret.over(r.span, func(cells map[registry.Channel]*Return) (answer, bool) {
		if t := cells[c]; t != nil {
			return t.answer(), true
		}
		return answer{}, false
	})
	covers := ""
	if ok {
		if t := ret.cells[r.period.String()][c]; t != nil && t.CoversOf > 0 {
			covers = fmt.Sprintf("%d/%d", t.Covered, t.CoversOf)
		}
	}
	return ans, covers, ok
}

// reported lists the parts that an area's returns tell of a period, its total first.
func (b *breakdown) reported(r *reading, a *registry.Area, row Row) []Part {
	var list []Part
	total := Part{Area: a.Code, Period: r.period, Row: row, Basis: FromReturn}
	if ans, covers, ok := b.told(r, a, splitKey{}, 0); ok {
		total.State, total.Kits, total.Covers, total.Source = ans.state, ans.kits, covers, ans.source
	} else {
		total.Summed = true
	}
	list = append(list, total)
	for _, s := range b.splits() {
		for _, c := range append([]registry.Channel{0}, registry.Channels()...) {
			if s == (splitKey{}) && c == 0 {
				continue
			}
			ans, covers, ok := b.told(r, a, s, c)
			if !ok {
				continue
			}
			list = append(list, Part{
				PartKey: PartKey{Channel: c.String(), Setting: s.setting, Recipient: s.recipient, Supply: s.supply, Reason: s.reason},
				Area:    a.Code, Period: r.period, Row: row, State: ans.state, Kits: ans.kits, Covers: covers, Basis: FromReturn, Source: ans.source, Notes: ans.notes,
			})
		}
	}
	return list
}

// divide makes the parts of one period.
func (b *breakdown) divide(i int) {
	r := b.readings[i]
	r.returns = b.returns[splitKey{}]
	r.published = map[int]answer{}
	answers := map[int]answer{}
	for _, a := range r.areas(nil) {
		answers[a.ID] = r.flowAnswer(a)
	}
	above := b.above(r)
	if above == nil {
		for _, a := range r.scope.rows {
			if a.Code == b.q.Area {
				b.own(i, a, answers[a.ID])
			}
		}
		return
	}
	if _, is := r.published[above.ID]; is {
		b.parts = append(b.parts, b.reported(r, above, Published)...)
	}
	b.sum(i, above, answers)
	if slices.ContainsFunc(b.q.Each, func(p civil.Period) bool { return p.String() == r.period.String() }) {
		for _, a := range r.scope.rows {
			b.channels(r, a, answers[a.ID])
		}
	}
}

// above is the nation or region asked for; nil for an authority.
func (b *breakdown) above(r *reading) *registry.Area {
	a, _ := r.snap.AreaByCode(b.q.Area)
	if a.IsAuthority() {
		return nil
	}
	return a
}

// own makes the parts of one authority alone.
func (b *breakdown) own(i int, a *registry.Area, ans answer) {
	r := b.readings[i]
	if ans.basis != FromLedger {
		if ans.basis != NoBasis {
			b.parts = append(b.parts, b.reported(r, a, Own)...)
		}
		return
	}
	b.channels(r, a, ans)
	for k, t := range b.counted[i] {
		b.parts = append(b.parts, t.part(k, a.Code, r.period, Own, worse(ans.state, Counted), ans.basis, ans.source))
	}
}

// channels makes the parts of an authority by channel.
func (b *breakdown) channels(r *reading, a *registry.Area, ans answer) {
	switch ans.basis {
	case FromLedger:
		f := r.flow(a)
		for _, c := range registry.Channels() {
			t := tally{kits: float64(f.kits[c])}
			part := t.part(PartKey{Channel: c.String()}, a.Code, r.period, Own, ans.state, ans.basis, ans.source)
			part.Supplies, part.Noting = nil, nil
			b.parts = append(b.parts, part)
		}
	case FromReturn:
		for _, p := range b.reported(r, a, Own) {
			if p.PartKey == (PartKey{Channel: p.Channel}) {
				b.parts = append(b.parts, p)
			}
		}
	}
}

// part is a tally as a part: nought is known where the ledger was told of anything at all.
func (t *tally) part(k PartKey, area string, p civil.Period, row Row, state State, basis Basis, source string) Part {
	part := Part{PartKey: k, Area: area, Period: p, Row: row, State: state, Kits: number(t.kits), Basis: basis, Source: source}
	if state != Partial {
		part.State = worse(Counted, state)
		if t.kits == 0 {
			part.State = Zero
		}
	}
	if k.Setting == "" && k.Product == "" && k.Channel == "" {
		part.Supplies, part.Noting = number(t.supplies), number(t.noting)
	}
	return part
}

// sum makes the parts of a region or nation over its authorities, and the outlets that serve all of it.
func (b *breakdown) sum(i int, above *registry.Area, answers map[int]answer) {
	r := b.readings[i]
	type all struct {
		tally
		state    State
		basis    Basis
		supplies bool
	}
	sums := map[PartKey]*all{}
	at := func(k PartKey) *all {
		if sums[k] == nil {
			sums[k] = &all{}
		}
		return sums[k]
	}
	var unsplit []string
	with, of, counted := 0, 0, false
	ledgers := State(0)
	in := map[int]bool{}
	for _, a := range r.snap.Under(above.ID) {
		in[a.ID] = true
	}
	takeLedger := func(a *registry.Area, ans answer) {
		f := r.flow(a)
		for _, c := range registry.Channels() {
			s := at(PartKey{Channel: c.String()})
			s.kits += float64(f.kits[c])
			s.basis |= FromLedger
			s.state = worse(s.state, ans.state)
		}
		counted, ledgers = true, worse(ledgers, ans.state)
	}
	for _, a := range r.scope.rows {
		ans := answers[a.ID]
		if !in[a.ID] || r.dropped(a, r.figure(a, ans)) {
			continue
		}
		of++
		if ans.kits == nil {
			continue
		}
		with++
		if ans.basis == FromLedger {
			takeLedger(a, ans)
			continue
		}
		split := false
		for _, p := range b.reported(r, a, Own) {
			if p.PartKey == (PartKey{}) || p.Kits == nil {
				continue
			}
			split = split || p.PartKey == PartKey{Channel: p.Channel}
			s := at(p.PartKey)
			s.kits += *p.Kits
			s.basis |= FromReturn
			s.state = worse(s.state, p.State)
		}
		if !split && *ans.kits != 0 {
			unsplit = append(unsplit, a.Name)
		}
	}
	for _, a := range r.inside(above) {
		if ans := answers[a.ID]; ans.basis == FromLedger {
			takeLedger(a, ans)
		}
	}
	if counted {
		for k, t := range b.counted[i] {
			s := at(k)
			s.kits, s.tally.supplies, s.noting = s.kits+t.kits, s.tally.supplies+t.supplies, s.noting+t.noting
			s.supplies = s.basis&FromReturn == 0
			s.basis |= FromLedger
			s.state = worse(s.state, worse(ledgers, Counted))
		}
	}
	for k, s := range sums {
		state := s.state
		if with < of || len(unsplit) > 0 && k.Channel != "" {
			state = Partial
		}
		if state == Reported && s.basis == FromBoth {
			state = Counted
		}
		p := s.tally.part(k, above.Code, r.period, Sum, state, s.basis, authorities(with, of))
		if !s.supplies {
			p.Supplies, p.Noting = nil, nil
		}
		if len(unsplit) > 0 && k.Channel != "" {
			p.Notes = append(p.Notes, fmt.Sprintf("Not by channel, and so not in it: %s.", strings.Join(unsplit, ", ")))
		}
		b.parts = append(b.parts, p)
	}
}
