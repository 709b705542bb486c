package demo

import (
	"context"

	"github.com/google/uuid"

	"everykit/registry"
	"everykit/staff"
	"everykit/support"
)

// Support has some authorities of the made-up nation ask for help with their gaps: an ask that nobody has answered yet, of
// the authority to look at first, and actions in each other state.
func Support(ctx context.Context, made Made, reg *registry.Registry, s *support.Support) error {
	snap, err := reg.Now(ctx)
	if err != nil {
		return err
	}
	nation := snap.NationOf(made.Area.ID)
	others := snap.AuthoritiesOf(nation.ID, made.Today)
	var owner int
	for _, a := range made.Accounts {
		if a.Role == staff.National {
			owner = a.ID
		}
	}
	asks := []support.Action{
		{Area: made.Area.ID, Gap: support.ExpiresFaster, Help: support.Stock, Says: "Our oldest spray expires this winter. Can another authority swap some?", Kits: 40},
	}
	states := []support.Action{
		{Gap: support.Requirements, Help: support.Guidance, Says: "Our provider asks for an appointment first. How did others drop that?", State: support.Asked},
		{Gap: support.NoProvision, Help: support.Call, Says: "We want to start before spring.", State: support.Planned, Owner: owner, DueOn: made.Today + 21},
		{Gap: support.LowCoverage, Help: support.Stock, Says: "Two hundred kits would reach our hostels.", Kits: 200, State: support.Underway, Owner: owner, DueOn: made.Today - 4},
	}
	for _, a := range others {
		if len(states) == 0 {
			break
		}
		if a.ID == made.Area.ID {
			continue
		}
		next := states[0]
		next.Area = a.ID
		asks, states = append(asks, next), states[1:]
	}
	for _, a := range asks {
		first := a
		first.State, first.Owner, first.DueOn = 0, 0, 0
		id := uuid.NewSHA1(uuid.Nil, []byte(a.Says))
		if err := s.Ask(ctx, staff.Operator(), id, first); err != nil {
			return err
		}
		if a.State <= support.Asked {
			continue
		}
		all, err := s.Of(ctx, a.Area)
		if err != nil {
			return err
		}
		a.ID = all[0].ID
		if err := s.Change(ctx, staff.Operator(), a, "Agreed on the phone."); err != nil {
			return err
		}
	}
	return nil
}
