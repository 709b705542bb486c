package measure

import (
	"everykit/registry"
)

var requirements = Definition{
	Key:     Requirements,
	Version: "requirements/1",
	Name:    "Outlets with requirements",
	Unit:    "per cent of public outlets",
	Counts: "Of the public outlets of an area, the share that ask something of a person before they give a kit: a referral, an appointment, an assessment, being in " +
		"treatment, training, identification, a local address, a name.",
	Numerator:   "Public outlets, open on the last day of the period or on the as-of day if that is earlier, that ask for one of these or more.",
	Denominator: "Public outlets of which it is known what they ask for. The figure says of how many more it is not known.",
	Source: "The registry of outlets as it is now. The low and high ends are Wilson's 95 per cent limits of a proportion; where the outlets are few they are far " +
		"apart.",
	Not: "Not what happens at the door, where more may be asked. An outlet of which nothing is known is not one without requirements. For a nation only the pooled " +
		"share is given.",
	UsedBy: "Recommendation 4 of Release: no requirement should stand between a person and a kit.",
}

// requirementFigures makes the rows of requirements.
func (r *reading) requirementFigures() []Figure {
	answers := map[int]answer{}
	for _, a := range r.areas(nil) {
		answers[a.ID] = requirementAnswer(r.open(a))
	}
	return r.shares(answers)
}

func requirementAnswer(open []*registry.Outlet) answer {
	public, known, asking := 0, 0, 0
	for _, o := range open {
		if o.Public != registry.Yes {
			continue
		}
		public++
		if o.Requires.Known() {
			known++
		}
		if len(o.Requires.List()) > 0 {
			asking++
		}
	}
	ans := answer{state: NotAsked, source: "registry of outlets"}
	switch {
	case public == 0:
		ans.note("No public outlet of it is known here.")
		return ans
	case known == 0:
		ans.state = NotProvided
		ans.note("Nobody has said of any of its %s what it asks for.", count(public, "public outlet", "public outlets"))
		return ans
	}
	ans.kits, ans.of, ans.basis, ans.state = number(asking), number(known), FromRegistry, Counted
	if asking == 0 {
		ans.state = Zero
	}
	if public > known {
		ans.note("Of %d more it is not known what they ask for.", public-known)
	}
	return ans
}
