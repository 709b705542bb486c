package mail

import (
	"context"

	"everykit/store"
)

// Put writes a message into the outbox within the caller's transaction. fresh is false when a message with this key is
// there already, whatever became of it: then nothing changes. Invalid if an address or a text cannot be sent,
// Unavailable for a private message when there is no key to seal it with.
func (o *Outbox) Put(ctx context.Context, tx *store.Tx, m Message) (fresh bool, err error) {
	m, err = m.check(tx.Now)
	if err != nil {
		return false, err
	}
	id := IDOf(m.Area, m.Key)
	var recipient, body, unsubscribe, sealed any
	if m.Private {
		if sealed, err = o.seal.close(m.Area, id, contents{m.To, m.Text, m.Unsubscribe}); err != nil {
			return false, err
		}
	} else {
		recipient, body = m.To, m.Text
		if m.Unsubscribe != "" {
			unsubscribe = m.Unsubscribe
		}
	}
	now := tx.Now.UnixMilli()
	n, err := tx.Exec(ctx, `INSERT INTO outbox
  (area, id, dedupe, state, private, subject, recipient, body, unsubscribe, sealed, made_at, ready_at, due_at, give_up_at, at, tries, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')
ON CONFLICT (area, id) DO NOTHING`,
		m.Area, id[:], m.Key, int(Waiting), bit(m.Private), m.Subject, recipient, body, unsubscribe, sealed,
		now, m.NotBefore.UnixMilli(), m.NotBefore.UnixMilli(), m.NotBefore.Add(m.GiveUpAfter).UnixMilli(), now)
	return n == 1, err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
