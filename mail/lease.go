package mail

import (
	"context"
	"time"

	"everykit/store"
)

// take makes this process the one that sends, unless another is and lives.
func (o *Outbox) take(ctx context.Context, tx *store.Tx) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO outbox_sender (one, holder, until) VALUES (1, ?, ?)
ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE outbox_sender.holder = excluded.holder OR outbox_sender.until <= ?`, o.holder, tx.Now.Add(o.opts.Lease).UnixMilli(), tx.Now.UnixMilli())
	return n == 1, err
}

// release lets another process send.
func (o *Outbox) release(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx) // also when told to stop
	return o.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM outbox_sender WHERE one = 1 AND holder = ?", o.holder)
		return err
	})
}

// hold keeps the lease until stop is called, however long the mail server takes. That it fails is no harm: what another
// process then takes over is guarded by the token of each try.
func (o *Outbox) hold(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		every := time.NewTicker(o.opts.Lease / 3)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
				if err := o.db.Write(ctx, func(tx *store.Tx) error { _, err := o.take(ctx, tx); return err }); err != nil && ctx.Err() == nil {
					o.opts.Log.Warn("mail: the lease could not be kept", "why", err.Error())
				}
			}
		}
	}()
	return func() { cancel(); <-ended } // a renewal after the release would shut others out
}
