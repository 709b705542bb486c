package request

import (
	"context"

	"github.com/google/uuid"

	"everykit/staff"
)

// BreakOff has fn called between the supply and what follows it in every Send: an error there is what a crash leaves.
func (r *Requests) BreakOff(fn func() error) { r.between = fn }

// SendSlowly is Send with something that happens after the request was marked and before the ledger supplies. If it says
// no, the rest never comes, as after a crash.
func (r *Requests) SendSlowly(ctx context.Context, who staff.Person, area int, id uuid.UUID, version int, meanwhile func() bool) error {
	w, err := r.begin(ctx, who, area, id, version)
	if err != nil || !meanwhile() {
		return err
	}
	supply := SupplyID(id, w.attempt)
	if err := r.supply(ctx, who, w, supply, 0); err != nil {
		return err
	}
	m, err := r.ledger.Movement(ctx, w.SupplyIn, supply)
	if err != nil {
		return err
	}
	return r.finish(ctx, who, w, m)
}
