package scorecard

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/support"
	"everykit/survey"
)

// reading is what the cards and gaps of a nation, or of one authority, are made from: some figures, one round, the actions.
// It costs the same number of queries however many authorities there are.
type reading struct {
	snap   *registry.Snapshot
	year   civil.Period
	today  civil.Date
	recent bool // the registry of outlets and the shelves of today may speak for the year
	areas  []*registry.Area

	round    *survey.Round
	replies  map[int]*survey.Reply
	coverage map[int]*measure.Figure
	bought   map[int]*measure.Figure
	given    map[int]*measure.Figure // each area's own community kits, as numerators: read only where an estimate is for several areas together
	unused   map[int]*measure.Figure // this financial year and the next, added up; nil where today says nothing of the year
	heard    map[int]measure.Heard   // by outlet; likewise
	actions  map[int][]support.Action

	open   []*registry.Outlet // public outlets of the nation
	openIn map[int]int        // how many of them each authority has
}

// recentDays is how long after a year's end what is known of outlets today still speaks for it.
const recentDays = 366

// ownCommunity is the measure that has the same kits as coverage, over people who are counted in each area alone.
const ownCommunity = measure.CoverageTreatment

func (c *Scorecards) read(ctx context.Context, area int, year civil.Period) (*reading, error) {
	snap, err := c.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	a := snap.Area(area)
	if a == nil {
		return nil, fault.New(fault.NotFound, "there is no such area")
	}
	if !year.IsFinancialYear() {
		return nil, fault.New(fault.Invalid, "a scorecard is for a financial year, and %q is none", year.String()).At("period").Hint("write it so: 2017/18")
	}
	r := &reading{snap: snap, year: year, today: c.today()}
	r.recent = year.First() <= r.today && r.today <= year.Last()+recentDays
	r.areas = byNames(snap.AuthoritiesOf(area, year.Last()))
	if n := snap.NationOf(area); n != nil {
		if r.round, r.replies, err = c.s.ForPeriod(ctx, n.ID, year); err != nil {
			return nil, err
		}
		r.open, r.openIn = publicOutlets(snap, n.ID, r.today), map[int]int{}
		for _, o := range r.open {
			r.openIn[o.Area]++
		}
	}
	if r.coverage, err = c.figures(ctx, area, measure.Coverage, year); err != nil {
		return nil, err
	}
	if r.bought, err = c.figures(ctx, area, measure.Purchased, year); err != nil {
		return nil, err
	}
	for _, f := range r.coverage {
		if len(f.Group) > 0 && r.given == nil {
			if r.given, err = c.figures(ctx, area, ownCommunity, year); err != nil {
				return nil, err
			}
		}
	}
	if r.recent {
		if err := c.readToday(ctx, r, area); err != nil {
			return nil, err
		}
	}
	list, err := c.actions(ctx, a)
	r.actions = map[int][]support.Action{}
	for _, act := range list {
		r.actions[act.Area] = append(r.actions[act.Area], act)
	}
	return r, err
}

func (c *Scorecards) actions(ctx context.Context, a *registry.Area) ([]support.Action, error) {
	if a.IsAuthority() {
		return c.help.Of(ctx, a.ID)
	}
	return c.help.Nation(ctx, a.ID)
}

// readToday reads what is known of shelves and outlets now.
func (c *Scorecards) readToday(ctx context.Context, r *reading, area int) error {
	this := civil.FinancialYearOf(r.today)
	var err error
	if r.unused, err = c.figures(ctx, area, measure.ExpiryRisk, this); err != nil {
		return err
	}
	next, err := c.figures(ctx, area, measure.ExpiryRisk, this.After())
	if err != nil {
		return err
	}
	for id, f := range next {
		if sum := r.unused[id]; sum != nil && sum.Value != nil && f.Value != nil {
			sum.Value = number(*sum.Value + *f.Value)
		}
	}
	r.heard, err = c.m.HeardFrom(ctx, area)
	return err
}

// figures reads one measure of an area and gives the rows of authorities.
func (c *Scorecards) figures(ctx context.Context, area int, k measure.Key, p civil.Period) (map[int]*measure.Figure, error) {
	list, err := c.m.Nation(ctx, area, k, p)
	if err != nil {
		return nil, err
	}
	of := make(map[int]*measure.Figure, len(list))
	for i := range list {
		if f := &list[i]; f.Row == measure.Own && of[f.AreaID] == nil {
			of[f.AreaID] = f
		}
	}
	return of, nil
}

// publicOutlets lists the outlets of a nation that are open, give kits out, and of which anybody may be told.
func publicOutlets(snap *registry.Snapshot, nation int, today civil.Date) []*registry.Outlet {
	var list []*registry.Outlet
	for _, a := range append([]*registry.Area{snap.Area(nation)}, snap.Under(nation)...) {
		for _, o := range snap.OutletsOf(a.ID) {
			if isPublic(o, today) {
				list = append(list, o)
			}
		}
	}
	return list
}

func givesOut(o *registry.Outlet, today civil.Date) bool {
	return o.OpenOn(today) && o.Kind != registry.Store && o.Channel != registry.Prison && o.Channel != registry.Ambulance
}

func isPublic(o *registry.Outlet, today civil.Date) bool {
	return givesOut(o, today) && o.Public == registry.Yes
}
