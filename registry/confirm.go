package registry

import (
	"context"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/store"
)

// ConfirmOutlet says that what is known of an outlet was true on a day. Nothing else of it changes, whoever changes it at the
// same time.
func (r *Registry) ConfirmOutlet(ctx context.Context, id int, on civil.Date) error {
	return r.write(ctx, func(tx *store.Tx, snap *Snapshot) (bool, error) {
		o := snap.Outlet(id)
		if o == nil {
			return false, fault.New(fault.NotFound, "there is no such outlet")
		}
		confirmed := *o
		confirmed.ConfirmedOn = day(on)
		if err := confirmed.checkDays(nil, civil.In(tx.Now, time.UTC)).Err(); err != nil {
			return false, err
		}
		if confirmed.ConfirmedOn == o.ConfirmedOn {
			return false, nil
		}
		n, err := tx.Exec(ctx, "UPDATE outlet SET confirmed_on = ? WHERE id = ?", dayOrNull(confirmed.ConfirmedOn), id)
		return n > 0, err
	})
}
