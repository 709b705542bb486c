package findings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
)

// kitsOf is the number of kits given out that stands for an authority.
type kitsOf struct {
	kits  *float64
	state measure.State
	basis measure.Basis
	note  string // where ledger and answer differ
}

// kits gives it: what the ledger counted where it speaks, else the answer to the round. Of an authority that says it does
// not provide nothing is taken.
func (t *tally) kits(area int) kitsOf {
	r := t.of[area]
	if r == nil {
		return kitsOf{state: measure.NotAsked}
	}
	answer, answered := t.number(r, "dispensed")
	answered = answered && !t.without(r)
	if f, is := t.in.Counted[area]; is && !(answered && f.State == measure.Partial) {
		k := kitsOf{kits: f.Numerator, state: stateOf(*f.Numerator, measure.Counted), basis: measure.FromLedger}
		if answered && answer != *f.Numerator {
			k.note = fmt.Sprintf("%s answered %s kits; its ledger counts %s. The ledger is taken.", r.Name, whole(answer), whole(*f.Numerator))
		}
		return k
	}
	if answered {
		k := kitsOf{kits: &answer, state: stateOf(answer, measure.Reported), basis: measure.FromReturn}
		if f, is := t.in.Counted[area]; is && answer != *f.Numerator {
			k.note = fmt.Sprintf("%s answered %s kits; its ledger counts %s in a part of the period. The answer is taken.", r.Name, whole(answer), whole(*f.Numerator))
		}
		return k
	}
	if t.without(r) {
		return kitsOf{state: measure.NotProvided}
	}
	return kitsOf{state: t.stateOf(r, "dispensed")}
}

// without reports whether an authority answered that it does not provide.
func (t *tally) without(r *survey.Reply) bool {
	yes, known := t.provides(r)
	return known && !yes
}

func stateOf(kits float64, otherwise measure.State) measure.State {
	if kits == 0 {
		return measure.Zero
	}
	return otherwise
}

// stateOf says why a question has no answer.
func (t *tally) stateOf(r *survey.Reply, question string) measure.State {
	switch t.outcome(r, question) {
	case dontKnow:
		return measure.DontKnow
	case notHeld:
		return measure.NotHeld
	case refused, refusedAll:
		return measure.Refused
	case silent:
		return measure.NoReply
	case skipped:
		return measure.NotAsked
	}
	return measure.NotProvided
}

// coverage makes the figures of every authority that was asked, then of the regions and the nation, by the definition of
// room measure: kits over people who use opiates, one estimate once.
func (t *tally) coverage() []measure.Figure {
	var rows []measure.Figure
	for _, r := range t.authorities {
		rows = append(rows, t.ratio(r))
	}
	slices.SortStableFunc(rows, func(a, b measure.Figure) int { return strings.Compare(a.Area, b.Area) })
	out := slices.Clone(rows)
	for _, region := range t.regions() {
		within := slices.DeleteFunc(slices.Clone(rows), func(f measure.Figure) bool { return t.in.Areas[f.AreaID].Region != region.Region })
		out = append(out, t.pooled(region.RegionName, region.Region, registry.Region, within)...)
	}
	return append(out, t.pooled(t.in.Nation, "", registry.Nation, rows)...)
}

// regions are those of the authorities that were asked, by name.
func (t *tally) regions() []Area {
	var list []Area
	seen := map[string]bool{"": true}
	for _, r := range t.authorities {
		if a := t.in.Areas[r.Area]; !seen[a.Region] {
			seen[a.Region] = true
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b Area) int {
		return cmp.Or(strings.Compare(a.RegionName, b.RegionName), strings.Compare(a.Region, b.Region))
	})
	return list
}

// ratio is the coverage of one authority, or of all that share its estimate.
func (t *tally) ratio(r *survey.Reply) measure.Figure {
	k := t.kits(r.Area)
	f := measure.Figure{
		Measure: measure.Coverage, AreaID: r.Area, Area: r.Code, Kind: "authority", Name: r.Name, Period: t.in.Round.Period,
		State: k.state, Numerator: k.kits, Basis: k.basis, Definition: measure.DefinitionOf(measure.Coverage).Version,
	}
	switch k.basis {
	case measure.FromLedger:
		f.Source = "ledger"
	case measure.FromReturn:
		f.Source = "answer to the round " + t.in.Round.Key
	}
	if k.note != "" {
		f.Notes = append(f.Notes, k.note)
	}
	e, found := t.in.Estimates[r.Area]
	if !found {
		if f.Numerator != nil {
			f.State = measure.NoDenominator
		}
		return f
	}
	f.Estimate = &measure.Estimate{
		Population: e.Population, Period: e.Period, Value: e.Value, Low: e.Low, High: e.High, Published: e.Published, Method: e.Method, Source: e.Source,
	}
	f.Denominator = &e.Value
	if f.Source != "" {
		f.Source += "; "
	}
	f.Source += "estimate: " + f.Estimate.Words()
	if e.IsGroup() {
		t.together(&f, e)
	}
	switch {
	case f.Numerator == nil:
	case e.Value <= 0:
		f.State = measure.NoDenominator
	default:
		v := 100 * *f.Numerator / e.Value
		f.Value = &v
		if e.Low != nil && e.High != nil && *e.Low > 0 {
			low, high := 100**f.Numerator / *e.High, 100**f.Numerator / *e.Low
			f.Low, f.High = &low, &high
		}
	}
	return f
}

// together makes a figure that of all areas of its estimate: their kits, or none if one of them has no number.
func (t *tally) together(f *measure.Figure, e registry.Estimate) {
	sum := 0.0
	f.Numerator, f.State, f.Basis = nil, 0, measure.NoBasis
	for _, id := range e.Areas {
		k := t.kits(id)
		f.Group = append(f.Group, t.in.Areas[id].Code)
		if k.kits == nil {
			if f.State == 0 || f.State.HasNumber() {
				f.State = k.state
			}
			continue
		}
		sum += *k.kits
		f.Basis |= k.basis
		if f.State == 0 || f.State == measure.Zero {
			f.State = k.state
		}
	}
	slices.Sort(f.Group)
	if f.State.HasNumber() {
		f.Numerator = &sum
	}
}

// ratiosOf are the figures with a value, one for each estimate.
func ratiosOf(rows []measure.Figure) []measure.Figure {
	var list []measure.Figure
	seen := map[string]bool{}
	for _, f := range rows {
		if f.Row != measure.Own || f.Value == nil {
			continue
		}
		if len(f.Group) > 0 {
			key := strings.Join(f.Group, " ")
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		list = append(list, f)
	}
	return list
}

// pooled makes the two rows of an area above: all kits over all people of the same authorities, and the mean of their
// ratios.
func (t *tally) pooled(name, code, kind string, rows []measure.Figure) []measure.Figure {
	pool := measure.Figure{
		Measure: measure.Coverage, Area: code, Kind: kind, Period: t.in.Round.Period, Row: measure.Pooled, Of: len(rows),
		State: measure.NoReply, Definition: measure.DefinitionOf(measure.Coverage).Version,
	}
	for _, f := range rows {
		if f.Value != nil {
			pool.With++
			pool.Basis |= f.Basis
		}
	}
	ratios := ratiosOf(rows)
	mean := pool
	mean.Row = measure.Mean
	pool.Name, mean.Name = name, name
	if len(ratios) == 0 {
		return []measure.Figure{pool, mean}
	}
	var kits, people, sum float64
	for _, f := range ratios {
		kits += *f.Numerator
		people += *f.Denominator
		sum += *f.Value
	}
	value, average := 100*kits/people, sum/float64(len(ratios))
	pool.State = measure.Reported
	if pool.With < pool.Of {
		pool.State = measure.Partial
	}
	mean.State = pool.State
	pool.Numerator, pool.Denominator, pool.Value, mean.Value = &kits, &people, &value, &average
	pool.Source = fmt.Sprintf("%s of %s", count(pool.With), many(pool.Of, "authority", "authorities"))
	mean.Source = "mean of " + many(len(ratios), "ratio", "ratios")
	return []measure.Figure{pool, mean}
}
