package staff

import (
	"context"
	"time"

	"everykit/fault"
	"everykit/store"
)

// Session is one sign-in that has not ended.
type Session struct {
	ID        string // names it for Revoke; it cannot be used to sign in
	Account   int    // who opened it
	MadeAt    time.Time
	SeenAt    time.Time // last use, to within ten minutes
	ExpiresAt time.Time // ends then in any case
	Counter   int       // the outlet whose counter device it is; 0 if it is a person's own
	UserAgent string    // as the browser said; may be empty
}

// Sessions lists an account's sessions, the one used last first: one's own, or those of an account one may change.
func (s *Staff) Sessions(ctx context.Context, by Person, account int) ([]Session, error) {
	var list []Session
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		if !by.is(account) {
			if _, err := managed(ctx, tx, by, account); err != nil {
				return err
			}
		}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var token []byte
			var made, seen, expires int64
			x := Session{Account: account}
			if err := scan(&token, &made, &seen, &expires, &x.Counter, &x.UserAgent); err != nil {
				return err
			}
			row := sessionRow{opener: account, seen: seen, expires: expires, counter: x.Counter}
			if !row.lives(tx.Now) {
				return nil
			}
			x.ID = key(token).id()
			x.MadeAt, x.SeenAt, x.ExpiresAt = time.UnixMilli(made), time.UnixMilli(seen), time.UnixMilli(expires)
			list = append(list, x)
			return nil
		}, `SELECT token, made_at, seen_at, expires_at, COALESCE(counter_outlet, 0), COALESCE(user_agent, '')
			FROM session WHERE account = ? ORDER BY seen_at DESC, token`, account)
	})
	return list, err
}

// Revoke ends one session at once: one's own, or one of an account one may change. fault.NotFound if there is none, or
// none that this person may know of.
func (s *Staff) Revoke(ctx context.Context, by Person, id string) error {
	none := fault.New(fault.NotFound, "there is no such session, or it has ended already")
	k, ok := keyOfID(id)
	if !ok {
		return none
	}
	return s.change(ctx, func(tx *store.Tx) error {
		var account int
		found, err := tx.Get(ctx, []any{&account}, "SELECT account FROM session WHERE token = ?", k[:])
		if err != nil {
			return err
		}
		if !found {
			return none
		}
		area, err := selfOrManaged(ctx, tx, by, account)
		if fault.Is(err, fault.Forbidden) {
			return none
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM session WHERE token = ?", k[:]); err != nil {
			return err
		}
		return Audit(ctx, tx, by, area, "end a session", subject(account), "")
	})
}

// RevokeAll ends every session of an account at once, also its acting on counter devices.
func (s *Staff) RevokeAll(ctx context.Context, by Person, account int) error {
	return s.change(ctx, func(tx *store.Tx) error {
		area, err := selfOrManaged(ctx, tx, by, account)
		if err != nil {
			return err
		}
		if err := endSessions(ctx, tx, account); err != nil {
			return err
		}
		return Audit(ctx, tx, by, area, "end all sessions", subject(account), "")
	})
}

func endSessions(ctx context.Context, tx *store.Tx, account int) error {
	if _, err := tx.Exec(ctx, "DELETE FROM session WHERE account = ?", account); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE session SET acting = NULL, acting_until = NULL WHERE acting = ?", account)
	return err
}
