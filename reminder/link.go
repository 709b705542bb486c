package reminder

import (
	"context"

	"everykit/civil"
	"everykit/store"
)

// State is what there is under a link.
type State uint8

// The states.
const (
	Gone    State = iota // nothing is kept: deleted, sent, or never there
	Waiting              // asked for, not confirmed
	Set                  // confirmed; it will be sent
)

// Kept is what a link shows to whoever holds it. The address is not in it.
type Kept struct {
	State State
	DueOn civil.Date
}

// Read gives what there is under a link. It changes nothing.
func (r *Reminders) Read(ctx context.Context, token string) (k Kept, err error) {
	nonce, ok := r.nonceOf(token)
	if !ok {
		return Kept{}, nil
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		var due int
		var confirmed *int64
		found, err := tx.Get(ctx, []any{&due, &confirmed}, "SELECT due_on, confirmed_at FROM reminder WHERE nonce = ? AND (confirmed_at IS NOT NULL OR made_at > ?)",
			nonce, tx.Now.Add(-ConfirmWithin).UnixMilli())
		switch {
		case err != nil || !found:
			k = Kept{}
		case confirmed == nil:
			k = Kept{Waiting, civil.Date(due)}
		default:
			k = Kept{Set, civil.Date(due)}
		}
		return err
	})
	return k, err
}

// Confirm says that whoever has the link did ask. Again, or with a link under which nothing is kept, it changes nothing.
func (r *Reminders) Confirm(ctx context.Context, token string) error {
	nonce, ok := r.nonceOf(token)
	if !ok {
		return nil
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE reminder SET confirmed_at = ? WHERE nonce = ? AND confirmed_at IS NULL AND made_at > ?",
			tx.Now.UnixMilli(), nonce, tx.Now.Add(-ConfirmWithin).UnixMilli())
		return err
	})
}

// Delete takes away what is kept under a link. Again it changes nothing.
func (r *Reminders) Delete(ctx context.Context, token string) error {
	nonce, ok := r.nonceOf(token)
	if !ok {
		return nil
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM reminder WHERE nonce = ?", nonce)
		return err
	})
}

func (r *Reminders) nonceOf(token string) ([]byte, bool) {
	if r.keys == nil {
		return nil, false
	}
	return r.keys.nonceOf(token)
}
