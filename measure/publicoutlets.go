package measure

import (
	"everykit/registry"
)

var publicOutlets = Definition{
	Key:     PublicOutlets,
	Version: "outlets/1",
	Name:    "Public outlets",
	Unit:    "outlets per 10,000 people at risk",
	Counts:  "Outlets that give kits out and of which anybody may be told, for every 10,000 people at risk in the area.",
	Numerator: "Outlets, stores left out, that had not closed by the last day of the period, or the as-of day if that is earlier, and that are marked as public. " +
		"Outlets of which nobody has said whether they are public are not in it; the figure says how many those are.",
	Denominator: "The latest estimate that was published by the as-of date and whose period does not end after the figure's: in Scotland of people with problem drug " +
		"use, elsewhere of people who use opiates.",
	Source: "The registry of outlets as it is now, and the published estimate named beside the figure. The low and high ends come from the interval of that " +
		"estimate, where one was published.",
	Not: "Not how easy an outlet is to reach: one that opens two hours a week counts as much as another. The registry has no day on which an outlet opened, so for " +
		"a time that is past an outlet counts also from before it opened.",
	UsedBy: "Everykit, for recommendation 1 of Release: provide it in every authority, where people are.",
}

// open lists the outlets of an area that give kits out and had not closed.
func (r *reading) open(a *registry.Area) []*registry.Outlet {
	day := min(r.asOf, r.period.Last())
	var list []*registry.Outlet
	for _, id := range r.scope.ledgers(a.ID) {
		for _, o := range r.snap.OutletsOf(id) {
			if o.OpenOn(day) && o.Kind != registry.Store {
				list = append(list, o)
			}
		}
	}
	return list
}

// outletFigures makes the rows of public outlets.
func (r *reading) outletFigures() []Figure {
	d := r.estimates()
	answers := map[int]answer{}
	for _, a := range r.areas(d.members) {
		answers[a.ID] = publicAnswer(r.open(a))
	}
	return r.ratios(answers, d)
}

func publicAnswer(open []*registry.Outlet) answer {
	yes, unknown := 0, 0
	for _, o := range open {
		switch o.Public {
		case registry.Yes:
			yes++
		case registry.No:
		default:
			unknown++
		}
	}
	ans := answer{state: NotAsked, source: "registry of outlets"}
	switch {
	case len(open) == 0:
		ans.note("No outlet of it is known here.")
		return ans
	case unknown == len(open):
		ans.state = NotProvided
		ans.note("Nobody has said of any of its %s whether the public may be told of it.", count(len(open), "outlet", "outlets"))
		return ans
	}
	ans.kits, ans.basis, ans.state = number(yes), FromRegistry, Counted
	if yes == 0 {
		ans.state = Zero
	}
	if unknown > 0 {
		ans.note("Of %d more it is not known whether the public may be told.", unknown)
	}
	return ans
}
