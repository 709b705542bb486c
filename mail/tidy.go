package mail

import (
	"context"
	"time"

	"everykit/store"
)

// KeepFor is how long the address and text of a message that is not private are kept after its last change.
const KeepFor = 30 * 24 * time.Hour

// Tidy erases the addresses and texts that are no longer needed: of what ended KeepFor ago or longer, and of what is
// private and past its time, also when it waits or is Unsure. What waits and is past its time is given up. Key, subject,
// state and times stay. It gives how many rows it changed; run it once a day or oftener.
func (o *Outbox) Tidy(ctx context.Context) (changed int, err error) {
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		changed = 0
		now := tx.Now.UnixMilli()
		for _, st := range []struct {
			text string
			args []any
		}{
			{
				"UPDATE outbox SET state = ?, at = ?, why = CASE WHEN why = '' THEN ? ELSE why END WHERE state <= 3 AND state = ? AND give_up_at <= ?",
				[]any{int(GaveUp), now, "not sent within its time", int(Waiting), now},
			},
			{
				"UPDATE outbox SET " + erased + " WHERE sealed IS NOT NULL AND give_up_at <= ? AND state NOT IN (?, ?)",
				[]any{now, int(Sending), int(Closing)},
			},
			{
				"UPDATE outbox SET " + erased + " WHERE (body IS NOT NULL OR sealed IS NOT NULL) AND at <= ? AND state > ?",
				[]any{now - KeepFor.Milliseconds(), int(Closing)},
			},
		} {
			n, err := tx.Exec(ctx, st.text, st.args...)
			if err != nil {
				return err
			}
			changed += int(n)
		}
		return nil
	})
	return changed, err
}
