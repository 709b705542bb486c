package scorecard

import (
	"strings"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
)

// facts is all that is known of one authority.
type facts struct {
	*reading
	area   *registry.Area
	told   answers
	cover  coverage
	given  *float64 // kits given out in community settings, however known
	people *float64 // estimate; nil if none, or only one for several areas together
	lined  [5]Line
}

func (r *reading) factsOf(a *registry.Area) *facts {
	f := &facts{reading: r, area: a, told: answers{r.round, r.replies[a.ID]}}
	f.readCoverage()
	f.lined = [5]Line{
		judgeProvision(f.provision()),
		judgeCoverage(f.cover),
		judgeRecipients(recipients{f.told.of("provides"), f.told.of("anyone"), f.told.of("recipients"), f.gaveOut()}),
		judgeRequirements(f.requirements()),
		judgeRecords(f.records()),
	}
	return f
}

func (f *facts) lines() [6]Line {
	return [6]Line{f.lined[0], f.lined[1], f.lined[2], f.lined[3], f.lined[4]}
}

func (f *facts) gaveOut() bool { return f.given != nil && *f.given > 0 }

// day is the day of a figure of the year.
func (r *reading) day() civil.Date { return min(r.year.Last(), r.today) }

// readCoverage settles kits, people and their ratio.
func (f *facts) readCoverage() {
	dispensed := f.told.of("dispensed")
	var ratio *measure.Figure // published without the numbers it was made from
	c := coverage{provides: f.told.of("provides"), on: civil.None, open: civil.None, state: measure.NotAsked}
	if told := f.told.of("coverage"); told.known() {
		c.published = told.number
	}
	if fig := f.coverage[f.area.ID]; fig != nil {
		c.state, c.source, c.kits, c.people, c.value, c.on = fig.State, fig.Source, fig.Numerator, fig.Denominator, fig.Value, f.day()
		c.partial = fig.State == measure.Partial
		if fig.Value != nil && fig.Denominator == nil {
			ratio, c.value = fig, nil
		}
		if len(fig.Group) > 0 {
			c.with = "For " + f.names(fig.Group) + " together, as the estimate is."
			if own := f.ownKits(); own != nil {
				f.given = own.Numerator
			}
		} else {
			f.given, f.people = fig.Numerator, fig.Denominator
		}
	}
	if c.kits == nil && dispensed.known() && dispensed.number != nil && c.with == "" {
		c.kits, f.given = dispensed.number, dispensed.number
		c.source, c.on, c.state = dispensed.source, dispensed.on, measure.NoDenominator
		if fig := f.coverage[f.area.ID]; fig != nil && fig.Estimate != nil {
			c.source += "; estimate: " + fig.Estimate.Words()
		}
	} else if dispensed.known() {
		c.answered = dispensed.number
	}
	if f.people == nil && c.with == "" {
		f.people = f.estimate(&c)
	}
	if c.value == nil && c.kits != nil && f.people != nil {
		c.people, c.value, c.state = f.people, number(100**c.kits / *f.people), measure.Reported
	}
	if c.value == nil && c.state.HasNumber() {
		c.state = measure.NoDenominator
	}
	if c.kits == nil && c.state != measure.NoDenominator && (dispensed.state != measure.NotAsked || c.state == 0) {
		c.state, c.open = dispensed.state, dispensed.open
		if c.source == "" || dispensed.source != "" {
			c.source, c.on = dispensed.source, dispensed.on
		}
	}
	if ratio != nil && c.value == nil { // nothing could be computed in its place
		c.value, c.people, c.state, c.source, c.on = ratio.Value, nil, ratio.State, ratio.Source, f.day()
	}
	f.cover = c
}

// ownKits is the figure that has the area's own kits given out in community settings; nil where they are only known together
// with those of the others that its estimate is for.
func (f *facts) ownKits() *measure.Figure {
	if fig := f.coverage[f.area.ID]; fig == nil || len(fig.Group) == 0 {
		return fig
	}
	if own := f.reading.given[f.area.ID]; own != nil && len(own.Group) == 0 {
		return own
	}
	return nil
}

// estimate finds the people of the area where the measure gave none: those who use opiates, else those with problem drug
// use, which it says.
func (f *facts) estimate(c *coverage) *float64 {
	for _, p := range []registry.Population{registry.OpiateUse, registry.ProblemDrugUse} {
		e, found := f.snap.Latest(p, f.area.ID, f.year, f.today)
		if !found || e.IsGroup() || e.Value <= 0 {
			continue
		}
		if p == registry.ProblemDrugUse {
			c.with = "The people are those with problem drug use."
		}
		if c.kits != nil {
			c.source = strings.TrimPrefix(c.source+"; estimate: "+p.Words()+", "+e.Period.String()+", "+e.Source, "; ")
		}
		return number(e.Value)
	}
	return nil
}

func (f *facts) names(codes []string) string {
	var list []string
	for _, code := range codes {
		if a, is := f.snap.AreaByCode(code); is {
			list = append(list, a.Name)
		}
	}
	return listed(list)
}

func (f *facts) provision() provision {
	p := provision{kits: f.given, provides: f.told.of("provides"), plans: f.told.of("plans"), kitsOn: civil.None}
	if fig := f.ownKits(); fig != nil && fig.Numerator != nil {
		p.kitsSource, p.kitsOn, p.partial, p.kitsState = kitsSource(fig), f.day(), fig.State == measure.Partial, fig.State
		if fig.State == measure.NoDenominator { // the kits are known, and come from there
			p.kitsState = measure.Counted
			if fig.Basis == measure.FromReturn {
				p.kitsState = measure.Reported
			}
		}
	} else if p.kits != nil {
		d := f.told.of("dispensed")
		p.kitsSource, p.kitsOn, p.kitsState = d.source, d.on, d.state
	}
	if fig := f.ownKits(); fig != nil && !fig.State.HasNumber() && fig.State != measure.NoDenominator {
		p.state = fig.State
	}
	return p
}

// kitsSource is where a figure's kits come from, without what is said of its estimate.
func kitsSource(fig *measure.Figure) string {
	before, _, _ := strings.Cut(fig.Source, "; estimate: ")
	return strings.TrimSuffix(strings.TrimSuffix(before, "no estimate"), "; ")
}

// requirements counts what public outlets ask for.
func (f *facts) requirements() requirements {
	r := requirements{provides: f.told.of("provides"), answer: f.told.of("requires"), given: f.gaveOut(), registry: f.recent, on: civil.None}
	asked := map[registry.Requirement]bool{}
	for _, o := range f.snap.OutletsOf(f.area.ID) {
		if !f.recent || !isPublic(o, f.today) {
			continue
		}
		r.public++
		if !o.Requires.Known() {
			continue
		}
		r.known++
		for i, what := range o.Requires.List() {
			asked[what] = true
			if i == 0 {
				r.asks++
			}
		}
		if o.ConfirmedOn != civil.None && (r.on == civil.None || o.ConfirmedOn < r.on) {
			r.on = o.ConfirmedOn
		}
	}
	for _, what := range registry.Requirements() {
		if asked[what] || r.known == 0 && r.answer.is(what.String()) {
			r.what = append(r.what, lower(what.Words()))
		}
	}
	return r
}

// records says which parts of the record are kept, by the ledger or as the authority says.
func (f *facts) records() records {
	r := records{
		provides: f.told.of("provides"), given: f.gaveOut(), bought: f.told.of("records_purchased"), out: f.told.of("records_dispensed"),
		last: f.told.of("monitors_expiry"), recalls: f.told.of("recalls"), reissues: f.told.of("reissues"), on: f.day(), source: "ledger",
	}
	counted := func(fig *measure.Figure, n *float64) bool {
		return fig != nil && fig.Basis == measure.FromLedger && n != nil && *n > 0
	}
	if fig := f.bought[f.area.ID]; fig != nil && counted(fig, fig.Value) {
		r.byLedger[0], r.byLedger[2] = true, true
	}
	if fig := f.ownKits(); fig != nil && counted(fig, fig.Numerator) {
		r.byLedger[1] = true
	}
	return r
}

// late reports whether the authority has let the round's day pass without a word.
func (f *facts) late() (late bool, since civil.Date) {
	if f.told.round == nil || f.told.round.State == survey.Draft {
		return false, civil.None
	}
	return f.told.none(f.today)
}
