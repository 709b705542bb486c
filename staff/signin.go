package staff

import (
	"context"
	"database/sql"
	"time"

	"everykit/fault"
	"everykit/store"
)

// SignIn opens a session for whoever has this e-mail address and password, and gives its token, to be kept in a cookie
// and nowhere else. An unknown address, a wrong password, an account without a password and one that is closed are all
// the same fault.Forbidden after the same work. Too many wrong tries are fault.Refused with the time to wait.
func (s *Staff) SignIn(ctx context.Context, email, password string, from Device) (token string, p Person, err error) {
	email = foldEmail(email)
	if len(email) > emailMost || len(password) > 4*passwordMost || !printable(email) {
		return "", Person{}, wrongPassword()
	}
	tries := triesOf(email, from)
	id, phc, err := s.tryPassword(ctx, email, password, tries)
	if err != nil {
		return "", Person{}, err
	}
	token, k := newToken()
	var ended bool
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		ended = true
		// Touching the account's row makes this wait for, and see, a change of the account under way.
		n, err := tx.Exec(ctx, "UPDATE account SET signed_in_at = ? WHERE id = ? AND password = ? AND disabled_at IS NULL", tx.Now.UnixMilli(), id, phc)
		if err != nil || n == 0 {
			return err
		}
		ended = false
		if err := forget(ctx, tx, tries); err != nil {
			return err
		}
		if err := open(ctx, tx, k, id, 0, SessionFor, from); err != nil {
			return err
		}
		var area int
		if _, err := tx.Get(ctx, []any{&area}, "SELECT COALESCE(area, 0) FROM account WHERE id = ?", id); err != nil {
			return err
		}
		return Audit(ctx, tx, Person{ID: id}, area, "sign in", subject(id), "")
	})
	if err == nil && ended {
		err = wrongPassword()
	}
	if err != nil {
		return "", Person{}, err
	}
	p, err = s.Who(ctx, token)
	return token, p, err
}

// tryPassword gives the account and hash that the password is right for.
func (s *Staff) tryPassword(ctx context.Context, email, password string, tries []try) (id int, phc string, err error) {
	done, err := s.turn(ctx)
	if err != nil {
		return 0, "", err
	}
	defer done()
	if err := s.count(ctx, tries); err != nil {
		return 0, "", err
	}
	var stored sql.NullString
	var closed sql.NullInt64
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&id, &stored, &closed}, "SELECT id, password, disabled_at FROM account WHERE email = ?", email)
		return err
	})
	if err != nil {
		return 0, "", err
	}
	phc = s.decoy
	if stored.Valid {
		phc = stored.String
	}
	if !matches(phc, password) || closed.Valid {
		return 0, "", wrongPassword()
	}
	return id, phc, nil
}

func wrongPassword() error {
	return fault.New(fault.Forbidden, "the e-mail address or the password is not right").At("password").
		Hint("check both and try again; if you have forgotten your password ask your coordinator")
}

// open stores a new session and clears away those that are over.
func open(ctx context.Context, tx *store.Tx, k key, account, counter int, lasts time.Duration, from Device) error {
	now := tx.Now.UnixMilli()
	if _, err := tx.Exec(ctx, "DELETE FROM session WHERE expires_at <= ?", now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "INSERT INTO session (token, account, made_at, seen_at, expires_at, counter_outlet, user_agent) VALUES (?, ?, ?, ?, ?, ?, ?)",
		k[:], account, now, now, tx.Now.Add(lasts).UnixMilli(), null(counter), from.agent())
	return err
}

// SignOut ends a session at once. A token of none is no error: it is signed out already.
func (s *Staff) SignOut(ctx context.Context, token string) error {
	k, ok := keyOf(token)
	if !ok {
		return nil
	}
	return s.change(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM session WHERE token = ?", k[:])
		return err
	})
}

// change is a Write after which nothing is answered from memory.
func (s *Staff) change(ctx context.Context, fn func(*store.Tx) error) error {
	defer s.cache.empty() // also after an error: the write may be durable though its answer was lost
	return s.db.Write(ctx, fn)
}
