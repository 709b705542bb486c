package scorecard

import (
	"context"
	"math"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
)

// Target is what a plan aims at: one of the two.
type Target struct {
	Per100   float64 // kits per 100 people who use opiates in a year; 0 if PerDeath is meant
	PerDeath float64 // kits per opioid-related death in a year
}

// MeanLife is how many months a kit stays with people before it is used or lost, on average, as a published model of
// take-home naloxone has it. Measure live_coverage reckons with the same.
const MeanLife = 15.5

// monthDays is the days of a mean month.
const monthDays = 365.25 / 12

// Need is one authority's row of a plan. Nil is not known, with State saying why.
type Need struct {
	Area             int
	State            measure.State // of ToBuy: Counted where it is known
	People           *float64      // estimate, or deaths
	Wanted           *int          // kits people should be given this year
	Given            *int          // of them given this year so far
	OnHand, Expiring *int          // usable now; of those expected to expire before they are given out
	ExpectedUsed     *int          // of what people hold, expected to be used, lost or past its date this year: to be replaced
	ToGive           *int          // still to be given to people this year; never below nought
	ToBuy            *int          // never below nought
	Cost             *int          // pence
	Source           string
}

// Plan is kits needed this year by authority.
type Plan struct {
	Target Target
	Year   civil.Period
	Today  civil.Date
	Rows   []Need // by name
	Total  Need   // Area 0; over rows that have a number to buy
	With   int    // rows that have
}

// PlanDefinition says what each term of a plan is, for the page.
var PlanDefinition = []struct{ Term, Words string }{
	{"People", "The latest published estimate of people who use opiates in the area; where there is none, of people with problem drug use. For a target per death: " +
		"opioid-related deaths registered in the latest year for which they are published. An estimate for several areas together says nothing of one of them: it is not used."},
	{"Wanted", "Kits that people should be given this financial year: the target times the people, rounded up."},
	{"Given", "Kits given out in the year so far: in community settings for a target per 100 people, through every channel for one per death. From the ledger, or else a return."},
	{"To be replaced", "Kits that people hold and will not have at the end of the year. A kit whose last day falls in the year counts whole. Of the others the share that is " +
		"used or lost until then, if a kit stays with people for 15.5 months on average and any is as likely to go as any other: 1 less e to the power of minus the months " +
		"that are left over 15.5. Each of these people needs another kit, beside the target."},
	{"To give", "Wanted and to be replaced, less given."},
	{"On hand", "Kits on shelves that can be given out today: in date, not set aside."},
	{"Will expire", "Of those on hand, kits whose last day falls in the year and that will still be there on that day at today's rate of supply (measure expiry_risk)."},
	{"To buy", "To give, less what is on hand and will not expire; nothing where that is enough. It is not known where one of its parts is not known: no part is taken for nought."},
	{"Cost", "Kits to buy at the mean price of kits received in the last 365 days: in the area, or where no price is recorded there, in the nation."},
}

// Plan works out what a nation's authorities, or one authority, need in the financial year that runs today. Another year is
// fault.Invalid: what is on shelves now says nothing of it.
func (c *Scorecards) Plan(ctx context.Context, nation int, year civil.Period, t Target) (Plan, error) {
	if err := t.check(); err != nil {
		return Plan{}, err
	}
	today := c.today()
	if this := civil.FinancialYearOf(today); year.String() != this.String() {
		return Plan{}, fault.New(fault.Invalid, "a plan is for the year that runs, and %s does not", year).At("period").Hint("ask for %s", this)
	}
	snap, err := c.reg.Now(ctx)
	if err != nil {
		return Plan{}, err
	}
	a := snap.Area(nation)
	if a == nil {
		return Plan{}, fault.New(fault.NotFound, "there is no such area")
	}
	p, err := c.parts(ctx, snap, nation, year, t)
	if err != nil {
		return Plan{}, err
	}
	prices, err := c.prices(ctx, &reading{snap: snap, today: today}, nation)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{Target: t, Year: year, Today: today}
	for _, a := range byNames(snap.AuthoritiesOf(nation, year.Last())) {
		n := p.need(a, t, today)
		if n.ToBuy != nil {
			n.Cost = prices.of(a.ID, *n.ToBuy)
			plan.Total.add(n)
			plan.With++
		}
		plan.Rows = append(plan.Rows, n)
	}
	plan.Total.State = measure.Counted
	if plan.With < len(plan.Rows) {
		plan.Total.State = measure.Partial
	}
	if plan.With == 0 {
		plan.Total = Need{State: measure.NotProvided}
	}
	return plan, nil
}

func (t Target) check() error {
	bad := func(n float64) bool { return math.IsNaN(n) || n < 0 || n > mostTarget }
	switch {
	case bad(t.Per100) || bad(t.PerDeath):
		return fault.New(fault.Invalid, "a target is a number of kits above 0 and up to %d", mostTarget).At("target")
	case (t.Per100 == 0) == (t.PerDeath == 0):
		return fault.New(fault.Invalid, "choose one target: kits per 100 people, or kits per death").At("target")
	}
	return nil
}

// parts is what needs are reckoned from, by area.
type parts struct {
	snap   *registry.Snapshot
	year   civil.Period
	given  map[int]*measure.Figure
	unused map[int]*measure.Figure
	onhand map[int]*measure.Figure // tells whether the area has a ledger
	due    map[int][]measure.Due
}

func (c *Scorecards) parts(ctx context.Context, snap *registry.Snapshot, nation int, year civil.Period, t Target) (*parts, error) {
	p := &parts{snap: snap, year: year}
	key := measure.Coverage
	if t.PerDeath > 0 {
		key = measure.Dispensed
	}
	var err error
	if p.given, err = c.figures(ctx, nation, key, year); err != nil {
		return nil, err
	}
	if key == measure.Coverage && anyGroup(p.given) { // kits of one area are not those of its group
		all, err := c.figures(ctx, nation, ownCommunity, year)
		if err != nil {
			return nil, err
		}
		for id, f := range p.given {
			if len(f.Group) == 0 {
				continue
			}
			delete(p.given, id)
			if own := all[id]; own != nil && len(own.Group) == 0 {
				p.given[id] = own
			}
		}
	}
	if p.unused, err = c.figures(ctx, nation, measure.ExpiryRisk, year); err != nil {
		return nil, err
	}
	if p.onhand, err = c.figures(ctx, nation, measure.OnHand, year); err != nil {
		return nil, err
	}
	p.due, err = c.m.KitsDue(ctx, nation)
	return p, err
}

func anyGroup(figures map[int]*measure.Figure) bool {
	for _, f := range figures {
		if len(f.Group) > 0 {
			return true
		}
	}
	return false
}

// need reckons one row.
func (p *parts) need(a *registry.Area, t Target, today civil.Date) Need {
	n := Need{Area: a.ID, State: measure.Counted}
	missing := func(why measure.State) {
		if n.State == measure.Counted {
			n.State = why
		}
	}
	per := t.Per100 / 100
	populations := []registry.Population{registry.OpiateUse, registry.ProblemDrugUse}
	if t.PerDeath > 0 {
		per, populations = t.PerDeath, []registry.Population{registry.OpioidDeaths}
	}
	n.People, n.Source = p.people(a, populations, today)
	if n.People == nil {
		missing(measure.NoDenominator)
	} else {
		n.Wanted = up(*n.People * per)
	}
	if f := p.given[a.ID]; f == nil {
		missing(measure.NotAsked)
	} else if kits := kitsOf(f); kits == nil && f.State.HasNumber() {
		missing(measure.NotProvided) // a ratio that was published without its parts
	} else if kits == nil {
		missing(f.State)
	} else {
		n.Given = up(*kits)
	}
	if f := p.onhand[a.ID]; f == nil || f.Value == nil {
		why := measure.NotAsked
		if f != nil {
			why = f.State
		}
		missing(why)
	} else {
		usable, going := 0, 0.0
		for _, d := range p.due[a.ID] {
			if d.Last == civil.None || d.Last >= today {
				usable += d.Usable
				going += float64(d.People) * gone(d.Last, p.year.Last(), today)
			}
		}
		n.OnHand, n.ExpectedUsed = &usable, up(going)
	}
	if f := p.unused[a.ID]; f == nil || f.Value == nil {
		why := measure.NoReply
		if f != nil {
			why = f.State
		}
		if n.OnHand != nil && *n.OnHand == 0 {
			n.Expiring = up(0) // nothing is there that could expire
		} else {
			missing(why)
		}
	} else {
		n.Expiring = up(*f.Value)
	}
	n.reckon()
	return n
}

// kitsOf is the kits of a figure, whether it is a ratio or a count.
func kitsOf(f *measure.Figure) *float64 {
	if f.Measure.IsRatio() {
		return f.Numerator
	}
	return f.Value
}

// reckon makes what follows from the parts, where all of them are known.
func (n *Need) reckon() {
	if n.Wanted == nil || n.Given == nil || n.ExpectedUsed == nil {
		return
	}
	give := max(0, *n.Wanted+*n.ExpectedUsed-*n.Given)
	n.ToGive = &give
	if n.OnHand == nil || n.Expiring == nil {
		return
	}
	buy := max(0, give-max(0, *n.OnHand-*n.Expiring))
	n.ToBuy = &buy
}

// gone is the share of kits with a last day that people will not have at the end of the year.
func gone(last, end, today civil.Date) float64 {
	if last != civil.None && last <= end {
		return 1
	}
	return 1 - math.Exp(-float64(max(0, end-today))/monthDays/MeanLife)
}

// people finds the estimate of an area alone, the first population of which there is one.
func (p *parts) people(a *registry.Area, populations []registry.Population, today civil.Date) (*float64, string) {
	source := ""
	for _, of := range populations {
		e, found := p.snap.Latest(of, a.ID, p.year, today)
		switch {
		case !found:
		case e.IsGroup():
			source = "the estimate is for several areas together: " + e.Source
		default:
			return number(e.Value), of.Words() + ", " + e.Period.String() + ", " + e.Source
		}
	}
	return nil, source
}

// up rounds up to whole kits.
func up(n float64) *int {
	i := int(math.Ceil(n - 1e-9))
	return &i
}

// add sums a row that has a number to buy into a total. A cost that is not known of one row is not known of the total.
func (n *Need) add(row Need) {
	first := n.ToBuy == nil
	sum := func(to **int, from *int) {
		switch {
		case from == nil:
		case *to == nil:
			v := *from
			*to = &v
		default:
			v := **to + *from
			*to = &v
		}
	}
	if row.Cost == nil || (n.Cost == nil && !first) {
		n.Cost = nil
	} else {
		sum(&n.Cost, row.Cost)
	}
	if n.People == nil {
		n.People = number(0)
	}
	n.People = number(*n.People + *row.People)
	sum(&n.Wanted, row.Wanted)
	sum(&n.Given, row.Given)
	sum(&n.OnHand, row.OnHand)
	sum(&n.Expiring, row.Expiring)
	sum(&n.ExpectedUsed, row.ExpectedUsed)
	sum(&n.ToGive, row.ToGive)
	sum(&n.ToBuy, row.ToBuy)
}
