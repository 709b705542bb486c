package measure

import (
	"slices"
	"strings"

	"everykit/registry"
)

// denominators are the estimates that the figures of a query use.
type denominators struct {
	of      map[int]registry.Estimate
	members []int // areas of which the kits are needed only because an estimate is for them and others together
}

// estimates finds them; none for a measure that is no ratio.
func (r *reading) estimates() denominators {
	d := denominators{of: map[int]registry.Estimate{}}
	if !r.def.Key.IsRatio() {
		return d
	}
	for _, a := range r.areas(nil) {
		e, found := r.snap.Latest(populationOf(r.def.Key), a.ID, r.period, r.asOf)
		if !found {
			continue
		}
		d.of[a.ID] = e
		if e.IsGroup() {
			d.members = append(d.members, e.Areas...)
		}
	}
	return d
}

// ratios makes the rows of a coverage.
func (r *reading) ratios(answers map[int]answer, d denominators) []Figure {
	var rows []Figure
	for _, a := range r.scope.rows {
		if f := r.ratio(a, answers, d); !r.dropped(a, f) {
			rows = append(rows, f)
		}
	}
	out := slices.Clone(rows)
	for _, above := range slices.Concat(r.scope.regions, r.scope.nations) {
		if total, is := r.published[above.ID]; is {
			f := r.ratio(above, map[int]answer{above.ID: total}, d)
			f.Row, f.Name = Published, above.Name+": published total"
			out = append(out, f)
		}
		out = append(out, r.pooled(above, rows)...)
	}
	return out
}

// ratio divides one area's kits by its people.
func (r *reading) ratio(a *registry.Area, answers map[int]answer, d denominators) Figure {
	ans := answers[a.ID]
	e, found := d.of[a.ID]
	if found && e.IsGroup() {
		ans = r.together(e.Areas, answers)
	}
	f := r.figure(a, ans)
	f.Value = nil
	if !found {
		if f.Numerator != nil {
			f.State = NoDenominator
			f.note("There is no estimate of " + lower(populationOf(r.def.Key).Words()) + " here that had been published by " + r.asOf.Words() + ".")
			f.Source = joined(f.Source, "no estimate")
			r.noteOther(&f, a)
		}
		return f
	}
	f.Estimate = &Estimate{e.Population, e.Period, e.Value, e.Low, e.High, e.Published, e.Method, e.Source}
	f.Denominator = number(e.Value)
	f.Source = joined(f.Source, "estimate: "+f.Estimate.Words())
	if e.IsGroup() {
		f.Group = r.codes(e.Areas)
		f.Source = joined("for "+strings.Join(f.Group, ", ")+" together", f.Source)
		f.note("The estimate is for " + r.names(e.Areas) + " together, so this figure is too: kits of all of them over people of all of them. It says nothing of any one alone.")
	}
	switch {
	case f.Numerator == nil:
	case e.Value <= 0:
		f.State = NoDenominator
		f.note("The estimate is 0 people: there is nothing to divide by.")
	default:
		f.Value = number(100 * *f.Numerator / e.Value)
		if e.Low != nil && e.High != nil && *e.Low > 0 {
			f.Low, f.High = number(100**f.Numerator / *e.High), number(100**f.Numerator / *e.Low)
		}
	}
	return f
}

// noteOther says that an estimate of the other population is there and was not used.
func (r *reading) noteOther(f *Figure, a *registry.Area) {
	if _, is := r.snap.Latest(registry.OpiateCrackUse, a.ID, r.period, r.asOf); is && r.def.Key == Coverage {
		f.note("There is an estimate of people who use opiates or crack. It is another population and is not put in its place.")
	}
}

// together adds up the answers of the areas of one estimate. If one has no number the whole has none.
func (r *reading) together(areas []int, answers map[int]answer) answer {
	var all answer
	sum := 0.0
	for i, id := range areas {
		ans := answers[id]
		if ans.kits == nil {
			none := answer{state: ans.state, source: ans.source, notes: all.notes}
			none.note("There is no number of kits of %s: %s.", r.snap.Area(id).Name, lower(ans.state.Words()))
			return none
		}
		sum += *ans.kits
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
