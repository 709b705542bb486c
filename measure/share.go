package measure

import (
	"context"
	"fmt"
	"slices"

	"everykit/ledger"
	"everykit/registry"
)

// parts says which of what was recorded of supplies is the part and which the whole, and which returns say the same.
type parts struct {
	part          []uint8 // words; the whole is all of them
	about         ledger.About
	returned      string // measure of returns that has the part
	returnedWhole string // and the whole
	split         bool   // a whole that a return does not split by channel is none
	what          string // in a note: "whether they were repeats"
}

// noting reports whether a channel is one through which first and repeat supplies are told apart: pharmacies that dispense a
// prescription and ambulance crews do not record it.
func noting(c registry.Channel) bool {
	return c != registry.CommunityPrescription && c != registry.Ambulance
}

// shareFigures makes the rows of a share of supplies.
func (r *reading) shareFigures(ctx context.Context, s parts) ([]Figure, error) {
	ids := distinct(r.scope.ids())
	var err error
	if r.flows, err = readFlows(ctx, r.tx, ids, ledger.KindSupply, r.period.From, r.span.to); err != nil {
		return nil, err
	}
	counts, err := readTold(ctx, r.tx, ids, s.asked(), r.period.From, r.span.to)
	if err != nil {
		return nil, err
	}
	if r.returns, err = readReturns(ctx, r.tx, ids, s.returned, r.asOf, r.today); err != nil {
		return nil, err
	}
	wholes, err := readReturns(ctx, r.tx, ids, s.returnedWhole, r.asOf, r.today)
	if err != nil {
		return nil, err
	}
	answers := map[int]answer{}
	r.published = map[int]answer{}
	for _, a := range r.areas(nil) {
		own, spoke := r.fromLedger(a, r.flow(a), noting)
		if spoke {
			own = s.counted(own, r.sumTold(counts, a, 3))
		}
		ret, is := s.reported(r.span, r.heir(r.returns, a), r.heir(wholes, a))
		switch {
		case !a.IsAuthority():
			if is && ret.kits != nil {
				r.published[a.ID] = ret
			}
		case is && (!spoke || own.kits == nil):
			own = ret
		case is && ret.kits != nil:
			own.note("A return says %s of %s (%s). The ledger is taken; the two are not added.", Number(ret.kits), orNone(ret.of), ret.source)
			own.source += "; a return says " + Number(ret.kits)
		}
		answers[a.ID] = own
	}
	return r.shares(answers), nil
}

func orNone(n *float64) string {
	if n == nil {
		return "a number that was not told"
	}
	return Number(n)
}

// counted is the share as the ledger has it. Where nothing was recorded of any supply there is none.
func (s parts) counted(own answer, counts []int) answer {
	all, unknown, n := counts[0], counts[1], counts[2]
	ans := answer{state: own.state, basis: FromLedger, source: own.source, notes: own.notes, of: number(all)}
	if all > 0 && unknown == all {
		ans.state, ans.of, ans.basis = NotProvided, nil, NoBasis
		ans.note("Of %s it was not recorded %s.", count(all, "supply", "supplies"), s.what)
		return ans
	}
	ans.kits = number(n)
	switch {
	case ans.state == Partial:
	case n == 0:
		ans.state = Zero
	default:
		ans.state = Counted
	}
	if unknown > 0 {
		ans.note("Of %d of %s it was not recorded %s: the share may be larger.", unknown, count(all, "supply", "supplies"), s.what)
	}
	return ans
}

// asked are the numbers that it is made of: all supplies, those of which it is not known, and the part.
func (s parts) asked() []asked {
	return []asked{{s.about, nil, true}, {s.about, []uint8{0, s.notKnown()}, true}, {s.about, s.part, true}}
}

// notKnown is the word by which somebody said that it is not known.
func (s parts) notKnown() uint8 {
	if s.about == ledger.AboutReason {
		return uint8(ledger.ReasonNotKnown)
	}
	return uint8(ledger.FirstNotKnown)
}

// reported is the share as returns have it.
func (s parts) reported(sp span, part, whole *returned) (answer, bool) {
	ans, ok := part.told(sp, false)
	if !ok {
		return answer{}, false
	}
	of, ok := whole.told(sp, s.split)
	if ok {
		ans.of = of.kits
		ans.notes = append(ans.notes, of.notes...)
		if of.state == Partial {
			ans.state = Partial
		}
		if of.source != ans.source {
			ans.source = joined(ans.source, of.source)
		}
	}
	return ans, true
}

// told is what returns say of the channels through which first and repeat supplies are told apart: their total, or the sum
// of those channels. With split only the latter will do.
func (r *returned) told(s span, split bool) (answer, bool) {
	return r.over(s, func(cells map[registry.Channel]*Return) (answer, bool) {
		if total := cells[0]; total != nil && !split {
			return total.answer(), true
		}
		ans := sumChannels(cells, noting)
		return ans, ans.state != 0
	})
}

// shares makes the rows of a part over its whole. For regions and nations only the pooled share is made: the mean of shares
// of few and of many says little.
func (r *reading) shares(answers map[int]answer) []Figure {
	var rows []Figure
	for _, a := range r.scope.rows {
		if f := r.share(a, answers[a.ID]); !r.dropped(a, f) {
			rows = append(rows, f)
		}
	}
	out := slices.Clone(rows)
	for _, above := range slices.Concat(r.scope.regions, r.scope.nations) {
		total, published := r.published[above.ID]
		if published {
			f := r.share(above, total)
			f.Row, f.Name = Published, above.Name+": published total"
			out = append(out, f)
		}
		pool := r.pooledShare(above, rows, answers)
		if !published || pool.Basis != NoBasis {
			out = append(out, pool)
		}
	}
	return out
}

// share divides the part of an area by its whole.
func (r *reading) share(a *registry.Area, ans answer) Figure {
	f := r.figure(a, ans)
	f.Value, f.Denominator = nil, ans.of
	switch {
	case f.Numerator == nil:
	case ans.of == nil:
		f.State = NoDenominator
		f.note("The whole of which this is a part was not told.")
	case *ans.of <= 0:
		f.State = NoDenominator
		f.note("There were none at all, so there is no share of them.")
	case *f.Numerator > *ans.of:
		f.State = NotProvided
		f.note(fmt.Sprintf("The part, %s, is more than the whole, %s: one of the two must be wrong.", Number(f.Numerator), Number(ans.of)))
	default:
		f.Value = number(f.Measure.Per() * *f.Numerator / *ans.of)
		f.proportion()
	}
	return f
}

// pooledShare is the share of a region or nation: the parts over the wholes of the authorities that have both, and of the
// outlets that serve all of it.
func (r *reading) pooledShare(above *registry.Area, rows []Figure, answers map[int]answer) Figure {
	list := r.under(above, rows)
	pool := r.figure(above, answer{})
	pool.Row, pool.Of = Pooled, len(list)
	part, whole := 0.0, 0.0
	take := func(f *Figure) bool {
		if f.Numerator == nil || f.Denominator == nil || *f.Numerator > *f.Denominator {
			return false
		}
		part, whole = part+*f.Numerator, whole+*f.Denominator
		pool.Basis |= f.Basis
		if f.State.HasNumber() {
			pool.State = worse(pool.State, f.State)
		}
		return true
	}
	for i := range list {
		if take(&list[i]) && list[i].Value != nil {
			pool.With++
		}
	}
	for _, a := range r.inside(above) {
		if f := r.share(a, answers[a.ID]); take(&f) && f.Value != nil {
			pool.note(fmt.Sprintf("%s of %s of it are of outlets that serve all of %s.", Number(f.Numerator), Number(f.Denominator), a.Name))
		}
	}
	pool.Source = joined(authorities(pool.With, pool.Of), r.areasAsOf())
	pool.Name = fmt.Sprintf("%s: pooled share of %s", above.Name, count(pool.With, "authority", "authorities"))
	if whole <= 0 {
		pool.State, pool.Basis = silence(list), NoBasis
		return pool
	}
	if pool.With < pool.Of {
		pool.State = Partial
	} else if part == 0 && pool.State != Partial {
		pool.State = Zero
	}
	pool.Numerator, pool.Denominator, pool.Value = &part, &whole, number(pool.Measure.Per()*part/whole)
	pool.proportion()
	return pool
}
