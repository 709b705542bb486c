package findings

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
)

// Input is all that findings are composed from.
type Input struct {
	Round   *survey.Round
	Replies []survey.Reply // of everybody in the round
	Nation  string         // its name
	AsOf    civil.Date     // the day as of which estimates were taken

	Areas     map[int]Area              // the areas that replies name, and those that share an estimate with one
	Estimates map[int]registry.Estimate // of people who use opiates, by area; one for several areas stands under each of them
	Counted   map[int]measure.Figure    // kits that the ledger counted in community settings, by area; only where it speaks
}

// Area is what is known of the area of an authority.
type Area struct {
	ID                 int
	Code, Name         string
	Region, RegionName string // code and name of the region it lies in, empty if none
	Lat, Lon           *float64
}

// Of composes the findings of a round from what is stored: with the estimates that had been published by the day it
// closed, or by today while it has not.
func Of(ctx context.Context, surveys *survey.Survey, measures *measure.Measures, reg *registry.Registry, round *survey.Round) (*Findings, error) {
	return OfAsOf(ctx, surveys, measures, reg, round, civil.None)
}

// OfAsOf is Of with the estimates that had been published by another day, so that a report can be made again as it was.
func OfAsOf(ctx context.Context, surveys *survey.Survey, measures *measure.Measures, reg *registry.Registry, round *survey.Round, asOf civil.Date) (*Findings, error) {
	replies, err := surveys.Replies(ctx, round.ID)
	if err != nil {
		return nil, err
	}
	snap, err := reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	nation := snap.Area(round.Nation)
	if nation == nil {
		return nil, fault.New(fault.NotFound, "the nation of this round is not known")
	}
	in := Input{Round: round, Replies: replies, Nation: nation.Name, AsOf: asOf, Areas: map[int]Area{}, Estimates: map[int]registry.Estimate{}}
	if in.AsOf == civil.None {
		in.AsOf = round.ClosedOn
	}
	if err := in.count(ctx, measures, nation.Code); err != nil {
		return nil, err
	}
	for _, r := range replies {
		in.place(snap, r.Area)
		if r.Kind == survey.Authority {
			in.estimate(snap, r.Area)
		}
	}
	return Compose(in), nil
}

// count reads what the ledger of each authority says of the period. A period that has no coverage (it has not begun, or is
// no year) has no ledger's word either: answers stand alone then.
//
// The kits are those of coverage. They are read from coverage of people in treatment, which has the same ones: where an
// estimate of people who use opiates is for several authorities, the figure of coverage has their kits together.
func (in *Input) count(ctx context.Context, measures *measure.Measures, nation string) error {
	in.Counted = map[int]measure.Figure{}
	figures, err := measures.Figures(ctx, measure.Query{Measure: measure.CoverageTreatment, Period: in.Round.Period, Area: nation})
	if fault.Is(err, fault.Invalid) {
		figures, err = nil, nil
	}
	for _, f := range figures {
		if in.AsOf == civil.None { // the round is open: as of the day of this reading
			in.AsOf = civil.In(f.ReadAt, f.ReadAt.Location())
		}
		if f.Row == measure.Own && f.Basis == measure.FromLedger && f.Numerator != nil && len(f.Group) == 0 {
			in.Counted[f.AreaID] = f
		}
	}
	if in.AsOf == civil.None {
		in.AsOf = in.Round.Period.Last()
	}
	return err
}

// place notes where an area is.
func (in *Input) place(snap *registry.Snapshot, id int) {
	a := snap.Area(id)
	if a == nil {
		return
	}
	area := Area{ID: a.ID, Code: a.Code, Name: a.Name, Lat: a.Lat, Lon: a.Lon}
	for _, above := range snap.Ancestors(id) {
		if above.Kind == registry.Region {
			area.Region, area.RegionName = above.Code, above.Name
			break
		}
	}
	in.Areas[id] = area
}

// estimate notes the estimate that an authority's coverage takes, and whom it is for.
func (in *Input) estimate(snap *registry.Snapshot, id int) {
	e, found := snap.Latest(registry.OpiateUse, id, in.Round.Period, in.AsOf)
	if !found {
		return
	}
	in.Estimates[id] = e
	for _, member := range e.Areas {
		in.place(snap, member)
	}
}
