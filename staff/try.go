package staff

import (
	"context"
	"crypto/sha256"
	"time"

	"everykit/fault"
	"everykit/store"
)

// Wrong passwords are counted for an e-mail address together with the client's address, so that a stranger elsewhere
// cannot lock a person out, and more loosely for the e-mail address alone, so that many machines together cannot guess
// without end. A count is forgotten tryWindow after its first try, whatever came since: no wait is ever longer. An
// address without an account is counted like any other, or the wait would tell who has one.
const (
	triesHere  = 5
	triesAll   = 100
	tryWindow  = 15 * time.Minute
	tryCounted = `INSERT INTO sign_in_try (key, tries, since) VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET
		tries = CASE WHEN sign_in_try.since <= ? THEN 1 ELSE sign_in_try.tries + 1 END,
		since = CASE WHEN sign_in_try.since <= ? THEN excluded.since ELSE sign_in_try.since END
		RETURNING tries, since`
)

type try struct {
	key  [sha256.Size]byte
	most int
}

// triesOf are the counts that a sign-in from a device belongs to.
func triesOf(email string, d Device) []try {
	return []try{
		{sha256.Sum256([]byte("here\x00" + email + "\x00" + d.Address)), triesHere},
		{sha256.Sum256([]byte("all\x00" + email)), triesAll},
	}
}

// count takes a try before it is known whether it is right, so that many at once cannot get past the limit; a right one
// forgets them. fault.Refused says how long to wait.
func (s *Staff) count(ctx context.Context, tries []try) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		now, old := tx.Now.UnixMilli(), tx.Now.Add(-tryWindow).UnixMilli()
		for _, t := range tries {
			var n int
			var since int64
			if _, err := tx.Get(ctx, []any{&n, &since}, tryCounted, t.key[:], now, old, old); err != nil {
				return err
			}
			if n > t.most {
				wait := time.UnixMilli(since).Add(tryWindow).Sub(tx.Now)
				return fault.New(fault.Refused, "too many wrong tries for this e-mail address").
					Hint("wait %s, then try again; if you have forgotten your password ask your coordinator", minutes(wait))
			}
		}
		_, err := tx.Exec(ctx, "DELETE FROM sign_in_try WHERE since <= ?", old)
		return err
	})
}

func forget(ctx context.Context, tx *store.Tx, tries []try) error {
	for _, t := range tries {
		if _, err := tx.Exec(ctx, "DELETE FROM sign_in_try WHERE key = ?", t.key[:]); err != nil {
			return err
		}
	}
	return nil
}
