package measure

import (
	"fmt"
	"slices"
	"strings"

	"everykit/registry"
)

// denominators are the estimates that the figures of a query use.
type denominators struct {
	of      map[int]registry.Estimate
	members []int // areas of which the kits are needed only because an estimate is for them and others together
}

// scotland is the nation whose estimate of people at risk is of problem drug use.
const scotland = "S92000003"

// population is what a ratio of an area is divided by; 0 for measures that are divided by no estimate.
func (r *reading) population(a *registry.Area) registry.Population {
	switch r.def.Key {
	case Coverage:
		return registry.OpiateUse
	case CoverageTreatment:
		return registry.OpiateClients
	case KitsPerDeath:
		return registry.OpioidDeaths
	case Reach, LiveCoverage, PublicOutlets:
		return PeopleAtRisk(r.snap, a.ID)
	}
	return 0
}

// PeopleAtRisk is the population that is taken for people at risk in an area: in Scotland people with problem drug use,
// which is what is estimated there, elsewhere people who use opiates.
func PeopleAtRisk(snap *registry.Snapshot, area int) registry.Population {
	if n := snap.NationOf(area); n != nil && n.Code == scotland {
		return registry.ProblemDrugUse
	}
	return registry.OpiateUse
}

// estimates finds them; none for a measure that is divided by none.
func (r *reading) estimates() denominators {
	d := denominators{of: map[int]registry.Estimate{}}
	for _, a := range r.areas(nil) {
		p := r.population(a)
		if p == 0 {
			continue
		}
		e, found := r.snap.Latest(p, a.ID, r.period, r.asOf)
		if was, is := r.scope.sole[a.ID]; is && !found {
			e, found = r.snap.Latest(p, was, r.period, r.asOf)
		}
		if !found {
			continue
		}
		d.of[a.ID] = e
		if e.IsGroup() && a.IsAuthority() {
			d.members = append(d.members, e.Areas...)
		}
	}
	return d
}

// ratios makes the rows of a measure that is divided by an estimate.
func (r *reading) ratios(answers map[int]answer, d denominators) []Figure {
	var rows []Figure
	for _, a := range r.scope.rows {
		if f := r.withTold(a, r.ratio(a, answers, d)); !r.dropped(a, f) {
			rows = append(rows, f)
		}
	}
	aboves := slices.Concat(r.scope.regions, r.scope.nations)
	sums := map[int]answer{}
	for _, above := range aboves {
		if ans, ok := r.total(above, rows, answers); ok {
			sums[above.ID] = ans
		}
	}
	out := slices.Clone(rows)
	for _, above := range aboves {
		own := r.ownRows(above, sums, d)
		pool := r.pooled(above, rows)
		if len(own) == 0 || pool[0].Known() || pool[len(pool)-1].Known() {
			own = append(own, pool...)
		}
		out = append(out, own...)
	}
	return out
}

// Known reports whether a figure has a number, if only a numerator.
func (f *Figure) Known() bool { return f.Value != nil || f.Numerator != nil }

// ownRows are what was published of a region or nation itself, and all that it has over its own estimate.
func (r *reading) ownRows(above *registry.Area, sums map[int]answer, d denominators) []Figure {
	var list []Figure
	if told, ok := r.told(above); ok {
		f := r.toldFigure(above, told, nil)
		f.Row, f.Name = PublishedRatio, above.Name+": published ratio"
		list = append(list, f)
	}
	if _, is := r.published[above.ID]; is {
		f := r.ratio(above, r.published, d)
		f.Row, f.Name = Published, above.Name+": published total"
		list = append(list, f)
	}
	if _, is := sums[above.ID]; is && r.def.Key != Coverage && r.def.Key != CoverageTreatment {
		if _, has := d.of[above.ID]; has {
			f := r.ratio(above, sums, d)
			f.Row, f.Name = Whole, above.Name+": all of it, over its own estimate"
			if f.State == Partial && f.Value != nil {
				f.note("At least: not all of its authorities gave a number.")
			}
			list = append(list, f)
		}
	}
	return list
}

// total adds up what the authorities of a region or nation and the outlets that serve all of it have, whether or not there
// are estimates for them.
func (r *reading) total(above *registry.Area, rows []Figure, answers map[int]answer) (answer, bool) {
	list := r.under(above, rows)
	var all answer
	sum, likely, with := 0.0, 0.0, 0
	take := func(ans answer) {
		sum += *ans.kits
		all.basis |= ans.basis
		all.state = worse(all.state, ans.state)
		if ans.likely != nil {
			likely += *ans.likely
		}
	}
	for _, f := range list {
		if ans := answers[f.AreaID]; ans.kits != nil {
			with++
			take(ans)
		}
	}
	for _, a := range r.inside(above) {
		if ans := answers[a.ID]; ans.kits != nil {
			take(ans)
			all.note("%s of it are of outlets that serve all of %s.", Number(ans.kits), a.Name)
		}
	}
	if all.basis == NoBasis {
		return answer{}, false
	}
	all.kits, all.source = &sum, authorities(with, len(list))
	if r.def.Key == LiveCoverage {
		all.likely = &likely
	}
	if with < len(list) {
		all.state = Partial
	}
	return all, true
}

// ratio divides one area's kits by its people.
func (r *reading) ratio(a *registry.Area, answers map[int]answer, d denominators) Figure {
	ans := answers[a.ID]
	e, found := d.of[a.ID]
	whole := true
	if found && e.IsGroup() {
		for _, id := range e.Areas {
			_, is := answers[id]
			whole = whole && is
		}
		if whole {
			ans = r.together(e.Areas, answers)
		}
	}
	f := r.figure(a, ans)
	f.Value = nil
	if !found || !whole {
		r.undivided(&f, a, e, found)
		return f
	}
	f.Estimate = &Estimate{e.Population, e.Period, e.Value, e.Low, e.High, e.Published, e.Method, e.Source}
	f.Denominator = number(e.Value)
	f.Source = joined(f.Source, "estimate: "+f.Estimate.Words())
	if e.IsGroup() {
		f.Group = r.codes(e.Areas)
		f.Source = joined("for "+strings.Join(f.Group, ", ")+" together", f.Source)
		f.note("The estimate is for " + r.names(e.Areas) + " together, so this figure is too: kits of all of them over people of all of them. It says nothing of any one alone.")
	} else if e.Areas[0] != a.ID {
		f.note("The estimate is of " + r.names(e.Areas) + " (" + strings.Join(r.codes(e.Areas), ", ") + "), the same place.")
	}
	switch {
	case f.Numerator == nil:
	case e.Value <= 0:
		f.State = NoDenominator
		f.note("The number to divide by is 0 (" + lower(e.Population.Words()) + ", " + e.Period.String() + "): there is no ratio.")
	default:
		per := f.Measure.Per()
		f.Value = number(per * *f.Numerator / e.Value)
		f.estimated(f.Estimate)
		if ans.likely != nil {
			f.Expected = number(per * *ans.likely / e.Value)
		}
		if f.Measure == Reach {
			f.note(perThousand(*f.Value))
		}
	}
	return f
}

// undivided says why there is nothing to divide by.
func (r *reading) undivided(f *Figure, a *registry.Area, e registry.Estimate, found bool) {
	if f.Numerator == nil {
		return
	}
	f.State = NoDenominator
	what := lower(r.population(a).Words())
	if found {
		f.note("The number of " + what + " is for " + r.names(e.Areas) + " together. It is never put under what one of them has alone.")
		f.Source = joined(f.Source, "no estimate for it alone")
		return
	}
	f.note("There is no estimate of " + what + " here that had been published by " + r.asOf.Words() + ".")
	f.Source = joined(f.Source, "no estimate")
	r.noteOther(f, a)
}

// noteOther says that an estimate of the other population is there and was not used.
func (r *reading) noteOther(f *Figure, a *registry.Area) {
	if r.population(a) != registry.OpiateUse {
		return
	}
	if _, is := r.snap.Latest(registry.OpiateCrackUse, a.ID, r.period, r.asOf); is {
		f.note("There is an estimate of people who use opiates or crack. It is another population and is not put in its place.")
	}
}

// told gives the ratio that was published of an area for this period; a reach, which is of all time, for any that ends when
// this one does.
func (r *reading) told(a *registry.Area) (answer, bool) {
	told := r.heir(r.ratiosTold, a)
	if told == nil {
		return answer{}, false
	}
	ans, ok := told.cell(r.period, everyChannel)
	if !ok && r.def.Key == Reach {
		c, found := told.latest(r.period.To)
		ans, ok = c.answer, found && c.to == r.period.To
	}
	return ans, ok && ans.kits != nil
}

// withTold puts a published ratio beside the computed one; where none could be computed it is the figure.
func (r *reading) withTold(a *registry.Area, f Figure) Figure {
	told, ok := r.told(a)
	if !ok {
		return f
	}
	if f.Value == nil {
		return r.toldFigure(a, told, f.Numerator)
	}
	f.Told = told.kits
	f.Source = joined(f.Source, "published as "+r.toldWords(told))
	f.note(fmt.Sprintf("Published as %s (%s). The figure here is computed from its parts; neither takes the place of the other.", r.toldWords(told), told.source))
	return f
}

// toldWords says a ratio as it was published.
func (r *reading) toldWords(told answer) string {
	if r.def.Key == Reach {
		return Number(told.kits) + " per cent"
	}
	return Number(told.kits) + " for every 100 people"
}

// toldFigure is a ratio as it was published, beside the kits if those are known.
func (r *reading) toldFigure(a *registry.Area, told answer, kits *float64) Figure {
	f := r.figure(a, told)
	f.Numerator = kits
	if kits != nil {
		f.note("Published as a ratio: which estimate it was divided by is not known here.")
	} else {
		f.note("Published as a ratio: its parts are not known here, nor which estimate it was divided by.")
	}
	if r.def.Key == Reach {
		f.note(perThousand(*f.Value))
	}
	return f
}

// together adds up the answers of the areas of one estimate. If one has no number the whole has none.
func (r *reading) together(areas []int, answers map[int]answer) answer {
	var all answer
	sum, likely := 0.0, 0.0
	for i, id := range areas {
		ans := answers[id]
		if ans.kits == nil {
			none := answer{state: ans.state, source: ans.source, notes: all.notes}
			none.note("There is no number of %s: %s.", r.snap.Area(id).Name, lower(ans.state.Words()))
			return none
		}
		sum += *ans.kits
		if ans.likely != nil {
			likely += *ans.likely
			all.likely = &likely
		}
		all.notes = append(all.notes, ans.notes...)
		all.beside = addBeside(all.beside, ans.beside)
		all.basis |= ans.basis
		if i == 0 {
			all.source = ans.source
		} else if ans.source != all.source {
			all.source = joined(all.source, ans.source)
		}
		all.state = worse(all.state, ans.state)
	}
	all.kits = &sum
	if sum > 0 && all.state == Zero {
		all.state = Counted
	}
	return all
}

// worse gives the state of a sum of two numbers: a part makes it a part, a report makes it a report.
func worse(a, b State) State {
	switch {
	case a == Partial || b == Partial:
		return Partial
	case a == 0 || a == Zero:
		return b
	case b == 0 || b == Zero:
		return a
	case a == Reported || b == Reported:
		return Reported
	}
	return Counted
}

func (r *reading) codes(areas []int) []string {
	var list []string
	for _, id := range areas {
		list = append(list, r.snap.Area(id).Code)
	}
	return list
}

func (r *reading) names(areas []int) string {
	var list []string
	for _, id := range areas {
		list = append(list, r.snap.Area(id).Name)
	}
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// joined puts what is known of a source in one line.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
