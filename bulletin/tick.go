package bulletin

import (
	"context"
	"errors"
	"fmt"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Tick publishes what is due, and erases subscriptions that were never confirmed. Run it every minute, in any number of
// processes: one of them publishes. What cannot be published is told in the error, and does not keep the others back.
func (b *Bulletins) Tick(ctx context.Context) error {
	var due []Edition
	old := false
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if due, err = readEditions(ctx, tx, "e.state = ? AND e.publish_at <= ? ORDER BY e.publish_at, e.id", int(Signed), tx.Now.UnixMilli()); err != nil {
			return err
		}
		var one int
		old, err = tx.Get(ctx, []any{&one}, "SELECT 1 FROM bulletin_subscriber WHERE confirmed_at IS NULL AND asked_at <= ? LIMIT 1", tx.Now.Add(-unconfirmed).UnixMilli())
		return err
	})
	if err != nil {
		return err
	}
	var failed []error
	for i := range due {
		err := b.publish(ctx, staff.Person{}, 0, due[i].ID, due[i].Version, func(ctx context.Context, tx *store.Tx) (*Edition, error) {
			return readEdition(ctx, tx, due[i].ID)
		})
		if err != nil && !fault.Is(err, fault.Conflict) { // else another process was faster
			failed = append(failed, fmt.Errorf("%s: %w", due[i].name(), err))
		}
	}
	if old {
		failed = append(failed, b.forgetUnconfirmed(ctx))
	}
	return errors.Join(failed...)
}
