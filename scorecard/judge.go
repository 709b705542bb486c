package scorecard

import (
	"fmt"
	"math"

	"everykit/civil"
	"everykit/measure"
)

// provision is what line 1 is judged by.
type provision struct {
	kits            *float64 // given out in community settings in the year; nil: not known
	partial         bool     // kits are of a part of the year
	kitsSource      string
	kitsOn          civil.Date
	kitsState       measure.State // of the figure or answer they are from
	provides, plans told
	state           measure.State // why kits are not known
}

// judgeProvision: provided, planned, or neither.
func judgeProvision(p provision) Line {
	l := line(1)
	some := p.kits != nil && *p.kits > 0
	switch {
	case some:
		l.Verdict, l.Source, l.On, l.State = Met, p.kitsSource, p.kitsOn, p.kitsState
		l.Evidence = kits(*p.kits) + " given out in the year."
		if p.partial {
			l.Evidence = kits(*p.kits) + " given out in the part of the year that is known."
		}
		if p.provides.no() {
			l.Evidence += " The answer to the round says that kits are not provided."
		}
	case p.provides.yes():
		l.Verdict = Met
		l.from(p.provides)
		l.Evidence = "The authority says that kits are provided."
		if p.kits != nil && !p.partial {
			l.Evidence += " No kit was given out in the year (" + p.kitsSource + ")."
		}
	case p.provides.no() && p.plans.yes():
		l.Verdict, l.Plans = Partly, true
		l.from(p.provides)
		l.Evidence = "Not provided. The authority plans to."
	case p.provides.no():
		l.Verdict = NotMet
		l.from(p.provides)
		l.Evidence = "Not provided, and no plan to."
		if !p.plans.no() {
			l.Evidence = "Not provided. Whether it is planned: " + lower(notKnown(p.plans.state, civil.None))
		}
	case p.kits != nil && !p.partial:
		l.Verdict, l.Source, l.On, l.State = NotMet, p.kitsSource, p.kitsOn, measure.Zero
		l.Evidence = "No kit was given out in the year."
	default:
		l.unknown(p.provides, p.state)
	}
	return l
}

// coverage is what line 2 is judged by.
type coverage struct {
	kits, people *float64
	value        *float64 // kits per 100 people
	partial      bool     // kits are of a part of the year
	with         string   // said of the figure: for whom else it is, that the people are of another population
	source       string
	on           civil.Date
	answered     *float64 // kits as the round was answered, where another source was taken
	published    *float64 // a coverage that was told without its parts
	provides     told
	state        measure.State // why there is no value
	open         civil.Date
}

// judgeCoverage: 100 kits per 100 people, some, or none.
func judgeCoverage(c coverage) Line {
	l := line(2)
	l.Source, l.On, l.State, l.Value = c.source, c.on, c.state, c.value
	switch {
	case c.value == nil && c.provides.no() && (c.kits == nil || *c.kits == 0):
		l.from(c.provides)
		l.Verdict, l.Evidence, l.Value = NotMet, "No kits: they are not provided.", number(0)
		return l
	case c.value == nil:
		l.Evidence = notKnown(c.state, c.open)
		if c.kits != nil {
			l.Evidence = kits(*c.kits) + " given out. " + l.Evidence
		}
		if c.published != nil {
			l.Evidence += fmt.Sprintf(" It was published as %s kits per 100 people, without the numbers it was made from.", measure.Number(c.published))
		}
	case *c.value == 0 && c.partial:
		l.Value = nil
		l.State = measure.Partial
		l.Evidence = "Not known: no kit was recorded in the part of the year that is known."
	default:
		switch {
		case *c.value >= target:
			l.Verdict = Met
		case *c.value > 0:
			l.Verdict = Partly
		default:
			l.Verdict = NotMet
		}
		if c.people == nil {
			l.Evidence = measure.Number(c.value) + " kits per 100 people, as it was published: the numbers it was made from are not known."
			break
		}
		l.Evidence = fmt.Sprintf("%s kits per 100 people (%s / %s)", tenth(*c.value), whole(*c.kits), whole(*c.people))
		if c.partial {
			l.Evidence += " so far"
		}
		l.Evidence += "."
	}
	l.Evidence = sentences(l.Evidence, c.with)
	if c.answered != nil && (c.kits == nil || math.Abs(*c.answered-*c.kits) > 0.5) {
		l.Evidence += " The answer to the round says " + kits(*c.answered) + "."
	}
	return l
}

// recipients is what line 3 is judged by.
type recipients struct {
	provides, anyone, groups told
	given                    bool // kits were given out, whatever the answer says
}

// Groups that the question on recipients names. Two are of people in treatment; "other" is none of them.
var (
	inTreatment  = []string{"on_substitution", "in_treatment"}
	notTreatment = []string{"not_in_treatment", "needle_exchange", "pharmacy_clients", "homeless", "leaving_prison", "family_friends", "workers"}
)

var groupWords = map[string]string{
	"on_substitution": "people on opioid substitution treatment", "in_treatment": "other people in treatment", "not_in_treatment": "people not in treatment",
	"needle_exchange": "people at needle and syringe programmes", "pharmacy_clients": "people at pharmacies", "homeless": "people who are homeless",
	"leaving_prison": "people leaving prison", "family_friends": "family and friends", "workers": "workers", "other": "others",
}

// judgeRecipients: anyone, some beside people in treatment, or only those.
func judgeRecipients(r recipients) Line {
	l := line(3)
	var beside, without []string
	for _, g := range notTreatment {
		if r.groups.is(g) {
			beside = append(beside, groupWords[g])
		} else {
			without = append(without, groupWords[g])
		}
	}
	treated := false
	for _, g := range inTreatment {
		treated = treated || r.groups.is(g)
		if !r.groups.is(g) {
			without = append(without, groupWords[g])
		}
	}
	some := len(beside) > 0 || r.groups.is("other")
	switch {
	case r.provides.no() && !r.given:
		l.Verdict = NotMet
		l.from(r.provides)
		l.Evidence = "Nobody: kits are not provided."
	case r.anyone.yes():
		l.Verdict = Met
		l.from(r.anyone)
		l.Evidence = "Anyone who asks may have a kit."
		if r.groups.known() && len(without) > 0 {
			l.Evidence += " The list of groups leaves out " + listed(without) + "."
		}
	case !r.groups.known():
		if r.anyone.no() {
			l.State, l.Source, l.On = r.groups.state, r.anyone.source, r.anyone.on
			l.Evidence = "Not anyone who asks. Which groups may: " + lower(notKnown(r.groups.state, r.groups.open))
			return l
		}
		l.unknown(r.groups, 0)
	case len(without) == 0 && !r.anyone.no():
		l.Verdict = Met
		l.from(r.groups)
		l.Evidence = "Every group that was asked about may have a kit."
	case len(without) == 0:
		l.Verdict = Partly
		l.from(r.groups)
		l.Evidence = "Every group that was asked about may have a kit, but not anyone who asks: the two answers differ."
	case some:
		l.Verdict = Partly
		l.from(r.groups)
		if r.groups.is("other") {
			beside = append(beside, groupWords["other"])
		}
		l.Evidence = "Beside people in treatment: " + listed(beside) + ". Not: " + listed(without) + "."
		if !treated {
			l.Evidence = "Kits for " + listed(beside) + ". Not: " + listed(without) + "."
		}
	case treated:
		l.Verdict = NotMet
		l.from(r.groups)
		l.Evidence = "Only people in treatment."
	default:
		l.Verdict = NotMet
		l.from(r.groups)
		l.Evidence = "No group may have a kit."
	}
	return l
}

// requirements is what line 4 is judged by.
type requirements struct {
	provides, answer    told
	given               bool
	public, known, asks int        // open public outlets; of these, known what they ask; of these, ask for something
	on                  civil.Date // the oldest day on which the facts of one of them were confirmed
	what                []string   // that are asked for, in words
	registry            bool       // the registry speaks for this year
}

// judgeRequirements: nothing is asked anywhere, somewhere, or everywhere.
func judgeRequirements(r requirements) Line {
	l := line(4)
	switch {
	case r.registry && r.known > 0:
		l.Source, l.On, l.State = "registry of outlets", r.on, measure.Counted
		free := r.known - r.asks
		l.Value = number(100 * float64(r.asks) / float64(r.known))
		switch {
		case r.asks == 0 && r.known == r.public:
			l.Verdict = Met
			l.Evidence = "None of " + many(float64(r.public), "public outlet", "public outlets") + " asks for anything first."
			if r.public == 1 {
				l.Evidence = "The one public outlet asks for nothing first."
			}
		case free > 0:
			l.Verdict = Partly
			l.Evidence = fmt.Sprintf("%d of %s for something first.", r.asks, many(float64(r.known), "public outlet asks", "public outlets ask"))
			if r.asks == 0 {
				l.Evidence = many(float64(free), "public outlet asks", "public outlets ask") + " for nothing first."
			}
		default:
			l.Verdict = NotMet
			l.Evidence = "Every public outlet asks for something first."
		}
		if len(r.what) > 0 {
			l.Evidence += " Asked for: " + listed(r.what) + "."
		}
		if more := r.public - r.known; more > 0 {
			l.Evidence += fmt.Sprintf(" Of %d more it is not known.", more)
		}
		if r.answer.known() && (r.answer.is("none") != (r.asks == 0)) {
			if r.answer.is("none") {
				l.Evidence += " The answer to the round says that nothing is asked for."
			} else {
				l.Evidence += " The answer to the round says that something is asked for."
			}
		}
	case r.provides.no() && !r.given:
		l.Verdict = NotMet
		l.from(r.provides)
		l.Evidence = "Kits are not provided."
	case r.answer.is("none"):
		l.Verdict = Met
		l.from(r.answer)
		l.Evidence = "The authority says that nothing is asked for."
	case r.answer.known():
		l.Verdict = NotMet
		l.from(r.answer)
		l.Evidence = "The authority says that something is asked for: " + listed(r.what) + "."
	default:
		l.unknown(r.answer, 0)
	}
	return l
}

// records is what line 5 is judged by: each of its three parts, from the ledger or else from an answer.
type records struct {
	provides          told
	given             bool
	bought, out, last told // kits bought, kits given out, expiry
	byLedger          [3]bool
	recalls, reissues told
	source            string // of the ledger's part
	on                civil.Date
}

var recordWords = [3]string{"kits bought", "kits given out", "expiry"}

// judgeRecords: all three, some, or none.
func judgeRecords(r records) Line {
	l := line(5)
	if r.provides.no() && !r.given && r.byLedger == [3]bool{} && !r.bought.known() && !r.out.known() && !r.last.known() {
		l.Verdict = NotMet
		l.from(r.provides)
		l.Evidence = "Kits are not provided, so none are recorded."
		return l
	}
	var yes, no, unknown []string
	first := told{state: measure.NotAsked, on: civil.None, open: civil.None}
	answered := told{}
	for i, t := range [3]told{r.bought, r.out, r.last} {
		switch {
		case r.byLedger[i]:
			yes = append(yes, recordWords[i])
			continue
		case t.yes():
			yes = append(yes, recordWords[i])
		case t.no():
			no = append(no, recordWords[i])
		default:
			if len(unknown) == 0 {
				first = t
			}
			unknown = append(unknown, recordWords[i])
			continue
		}
		answered = t
	}
	switch {
	case len(yes) == 3:
		l.Verdict = Met
	case len(yes) > 0:
		l.Verdict = Partly
	case len(no) == 3:
		l.Verdict = NotMet
	default:
		l.unknown(first, 0)
		if len(no) > 0 {
			l.Evidence = "Not recorded: " + listed(no) + ". " + listed(unknown) + ": " + lower(l.Evidence)
			l.Evidence = upper(l.Evidence)
		}
		return l
	}
	if r.byLedger != [3]bool{} {
		l.Source, l.On, l.State = r.source, r.on, measure.Counted
	} else {
		l.from(answered)
	}
	if len(yes) > 0 {
		l.Evidence = "Recorded or watched: " + listed(yes) + "."
	}
	if len(no) > 0 {
		l.Evidence = sentences(l.Evidence, "Not: "+listed(no)+".")
	}
	if len(unknown) > 0 {
		l.Evidence = sentences(l.Evidence, "Not known of "+listed(unknown)+": "+lower(whyNot[first.state])+".")
	}
	for i, t := range [3]told{r.bought, r.out, r.last} {
		if r.byLedger[i] && t.no() {
			l.Evidence += " The answer to the round says no for " + recordWords[i] + "; the ledger has it."
		}
	}
	if r.recalls.no() {
		l.Evidence += " It could not reach every outlet that holds a lot."
	}
	if r.reissues.no() {
		l.Evidence += " Kits that run out are not replaced."
	}
	return l
}

// line starts a line.
func line(recommendation int) Line {
	return Line{Recommendation: recommendation, Title: titles[recommendation-1], On: civil.None}
}

// from takes source and day of an answer.
func (l *Line) from(t told) { l.Source, l.On, l.State = t.source, t.on, t.state }

// unknown says why there is no verdict: what the round was answered, or where there was no round, what else is known of it.
func (l *Line) unknown(t told, otherwise measure.State) {
	l.Verdict = NotKnown
	l.from(t)
	if t.state == measure.NotAsked && otherwise != 0 && !otherwise.HasNumber() {
		l.State = otherwise
	}
	l.Evidence = notKnown(l.State, t.open)
}
