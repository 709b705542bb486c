package measure

import (
	"fmt"
	"slices"

	"everykit/registry"
)

// figure makes an area's row of an answer.
func (r *reading) figure(a *registry.Area, ans answer) Figure {
	return Figure{
		Measure: r.def.Key, AreaID: a.ID, Area: a.Code, Kind: a.Kind, Name: a.Name, Period: r.period, State: ans.state, Value: ans.kits,
		Numerator: ans.kits, Source: joined(ans.source, r.areasAsOf()), Definition: r.def.Version, Basis: ans.basis, Beside: ans.beside, Notes: ans.notes,
		ReadAt: r.tx.Now, Vintage: r.vintage,
	}
}

// dropped reports whether an area that did not stand at the end of the period has nothing to say of it.
func (r *reading) dropped(a *registry.Area, f Figure) bool {
	return r.scope.optional[a.ID] && f.Numerator == nil && f.Basis == NoBasis && (f.State == NotAsked || f.State == NoReply)
}

// counts makes the rows of a measure that is a plain number of kits.
func (r *reading) counts(answers map[int]answer) []Figure {
	var rows []Figure
	for _, a := range r.scope.rows {
		if f := r.figure(a, answers[a.ID]); !r.dropped(a, f) {
			rows = append(rows, r.plain(f))
		}
	}
	out := slices.Clone(rows)
	for _, above := range slices.Concat(r.scope.regions, r.scope.nations) {
		total, published := r.published[above.ID]
		if published {
			f := r.plain(r.figure(above, total))
			f.Row, f.Name = Published, above.Name+": published total"
			out = append(out, f)
		}
		sum := r.sum(above, rows, answers)
		if published {
			if sum.Basis == NoBasis {
				continue // the published total stands alone
			}
			sum.Name = fmt.Sprintf("%s: sum of %s", above.Name, count(sum.With, "authority", "authorities"))
		}
		out = append(out, sum)
	}
	return out
}

// plain takes the numerator off a row that divides nothing.
func (r *reading) plain(f Figure) Figure {
	f.Numerator = nil
	return f
}

// under gives the rows of the authorities in an area.
func (r *reading) under(above *registry.Area, rows []Figure) []Figure {
	in := map[int]bool{}
	for _, a := range r.snap.Under(above.ID) {
		in[a.ID] = true
	}
	var list []Figure
	for _, f := range rows {
		if in[f.AreaID] {
			list = append(list, f)
		}
	}
	return list
}

// sum adds up the authorities of a region or nation, and the outlets that serve the whole of it.
func (r *reading) sum(above *registry.Area, rows []Figure, answers map[int]answer) Figure {
	list := r.under(above, rows)
	f := r.figure(above, answer{})
	f.Row, f.Of = Sum, len(list)
	total := 0.0
	for _, one := range list {
		if one.Value == nil {
			continue
		}
		f.With++
		total += *one.Value
		f.Basis |= one.Basis
		f.State = worse(f.State, one.State)
	}
	for _, a := range r.inside(above) {
		if own := answers[a.ID]; own.basis == FromLedger {
			total += *own.kits
			f.Basis |= FromLedger
			f.State = worse(f.State, own.state)
			f.note(fmt.Sprintf("%s %s of it are from outlets that serve all of %s.", Number(own.kits), r.def.Key.Unit(), a.Name))
		}
	}
	f.Source = joined(authorities(f.With, f.Of), r.areasAsOf())
	if f.Basis == NoBasis {
		f.State = silence(list)
		return f
	}
	f.Value = &total
	if f.With < f.Of {
		f.State = Partial
	}
	if f.State == Reported && f.Basis == FromBoth {
		f.State = Counted
	}
	return f
}

// inside lists a region or nation and the regions in it: areas whose outlets serve all of them.
func (r *reading) inside(above *registry.Area) []*registry.Area {
	list := []*registry.Area{above}
	for _, a := range r.snap.Under(above.ID) {
		if !a.IsAuthority() {
			list = append(list, a)
		}
	}
	return list
}

// pooled makes the rows of a ratio for a region or nation over its authorities: the pooled ratio of those that have both
// parts, and for most measures the mean of their ratios. Areas with one estimate together are one ratio, and their kits and
// people are taken once.
func (r *reading) pooled(above *registry.Area, rows []Figure) []Figure {
	list := r.under(above, rows)
	pool := r.figure(above, answer{})
	pool.Row, pool.Of = Pooled, len(list)
	mean := pool
	mean.Row = Mean
	var kits, people, likely, ratios float64
	n := 0
	seen := map[string]bool{}
	twice := overlaps(list)
	for _, one := range list {
		parts := one.Numerator != nil && one.Denominator != nil
		if parts && twice(one) {
			parts = false
			pool.note(fmt.Sprintf("%s is not in it: its estimate is for it together with others, of which one has another estimate.", one.Name))
		}
		if parts {
			pool.With++
		}
		if one.Value != nil {
			mean.With++
		}
		key := fmt.Sprint(one.Group)
		if one.Value == nil && !parts || len(one.Group) > 0 && seen[key] {
			continue
		}
		seen[key] = true
		if parts {
			kits += *one.Numerator
			people += *one.Denominator
			pool.take(one)
			pool.Beside = addBeside(pool.Beside, one.Beside)
		}
		if one.Value != nil {
			ratios += *one.Value
			n++
			mean.take(one)
		}
		if parts && one.Expected != nil {
			likely += *one.Expected * *one.Denominator
		}
	}
	for _, f := range []*Figure{&pool, &mean} {
		f.Source = joined(authorities(f.With, f.Of), r.areasAsOf())
		if f.With == 0 || f.Basis == NoBasis {
			f.State = silence(list)
		} else if f.With < f.Of {
			f.State = Partial
		}
	}
	pool.Name = fmt.Sprintf("%s: pooled ratio of %s", above.Name, count(pool.With, "authority", "authorities"))
	mean.Name = fmt.Sprintf("%s: mean of %s", above.Name, count(n, "ratio", "ratios"))
	if people > 0 {
		per := r.def.Key.Per()
		pool.Numerator, pool.Denominator, pool.Value = &kits, &people, number(per*kits/people)
		if r.def.Key == KitsPerDeath {
			pool.estimated(&Estimate{Value: people})
		}
		if r.def.Key == LiveCoverage {
			pool.Expected = number(likely / people)
		}
	} else if pool.Basis != NoBasis {
		pool.Numerator, pool.Denominator, pool.State = &kits, &people, NoDenominator
	}
	if n > 0 {
		mean.Value = number(ratios / float64(n))
	}
	if !r.def.Key.trait().mean {
		return []Figure{pool}
	}
	return []Figure{pool, mean}
}

// overlaps tells the figures for several areas together in which one is that has both numbers by another estimate: to take
// both into a pooled ratio would take that one's kits and people twice.
func overlaps(list []Figure) func(Figure) bool {
	by := map[string]string{}
	for _, f := range list {
		if f.Numerator != nil && f.Denominator != nil {
			by[f.Area] = fmt.Sprint(f.Group)
		}
	}
	return func(f Figure) bool {
		return slices.ContainsFunc(f.Group, func(code string) bool {
			group, is := by[code]
			return is && group != fmt.Sprint(f.Group)
		})
	}
}

// take brings an authority's basis and state into a row above it.
func (f *Figure) take(one Figure) {
	f.Basis |= one.Basis
	if one.State.HasNumber() {
		f.State = worse(f.State, one.State)
	} else if f.State == 0 {
		f.State = Zero
	}
}

// silence is the state of a sum to which nobody gave a number: the one most authorities are in; among equals the one
// that says most.
func silence(list []Figure) State {
	best, most := NotAsked, 0
	seen := map[State]int{}
	for _, f := range list {
		seen[f.State]++
	}
	for _, s := range States() {
		if n := seen[s]; n > 0 && n >= most && !s.HasNumber() {
			best, most = s, n
		}
	}
	return best
}

func authorities(with, of int) string {
	return fmt.Sprintf("%d of %s", with, count(of, "authority", "authorities"))
}
