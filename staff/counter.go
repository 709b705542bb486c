package staff

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"everykit/fault"
	"everykit/store"
)

// A PIN is locked for pinWait after pinTries wrong ones in a row. Only somebody at the outlet's own device can try.
const (
	pinTries = 5
	pinWait  = 15 * time.Minute
)

// OpenCounter makes the device of p's session the counter device of an outlet: p's own session on it ends, and the
// token given stands for the outlet, with nobody acting, for CounterFor. It ends sooner when p's account is closed or
// changed, or with CloseCounters.
func (s *Staff) OpenCounter(ctx context.Context, p Person, at Place, from Device) (token string, err error) {
	if err := p.Must(OpenCounter, at); err != nil {
		return "", err
	}
	own, ok := keyOfID(p.Session)
	if !ok || at.Outlet == 0 || p.Counter != 0 {
		return "", fault.New(fault.Forbidden, "a counter device is opened by a person who is signed in on it").
			Hint("sign in with your own e-mail address and password first")
	}
	token, k := newToken()
	err = s.change(ctx, func(tx *store.Tx) error {
		// The account's row first, as everywhere, so that closing the account and this wait for each other.
		if _, err := tx.Exec(ctx, "UPDATE account SET email = email WHERE id = ?", p.ID); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, "DELETE FROM session WHERE token = ? AND account = ?", own[:], p.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return signedOut()
		}
		if err := open(ctx, tx, k, p.ID, at.Outlet, CounterFor, from); err != nil {
			return err
		}
		return Audit(ctx, tx, p, at.Area, "open a counter device", "outlet "+strconv.Itoa(at.Outlet), "")
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// CloseCounters ends every counter device's session of an outlet at once: for a device that is lost.
func (s *Staff) CloseCounters(ctx context.Context, p Person, at Place) error {
	if err := p.Must(OpenCounter, at); err != nil {
		return err
	}
	return s.change(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM session WHERE counter_outlet = ?", at.Outlet); err != nil {
			return err
		}
		return Audit(ctx, tx, p, at.Area, "close counter devices", "outlet "+strconv.Itoa(at.Outlet), "")
	})
}

// Colleague is one of the names to choose from on a counter device.
type Colleague struct {
	ID   int
	Name string
}

// CounterPeople lists who can act on the counter device of an outlet: its workers that have a PIN, by name.
func (s *Staff) CounterPeople(ctx context.Context, outlet int) ([]Colleague, error) {
	var list []Colleague
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var c Colleague
			err := scan(&c.ID, &c.Name)
			list = append(list, c)
			return err
		}, `SELECT a.id, a.name FROM account_outlet o JOIN account a ON a.id = o.account
			WHERE o.outlet = ? AND a.role = ? AND a.pin IS NOT NULL AND a.disabled_at IS NULL ORDER BY a.name, a.id`, outlet, int(Worker))
	})
	return list, err
}

// Act lets a worker of the outlet act on its counter device from now until Options.Acting has passed without a request.
// A wrong PIN is fault.Forbidden, a locked one fault.Refused with the time to wait.
func (s *Staff) Act(ctx context.Context, token string, account int, pin string) error {
	k, ok := keyOf(token)
	if !ok {
		return signedOut()
	}
	row, err := s.session(ctx, k)
	if err != nil {
		return err
	}
	if !row.lives(s.db.Now()) || row.counter == 0 {
		return signedOut()
	}
	phc, left, err := s.countPIN(ctx, account, row.counter)
	if err != nil {
		return err
	}
	if !matches(phc, pin) {
		if left == 0 {
			return pinLocked(pinWait)
		}
		return wrongPIN().Hint("you can try %s before this PIN is locked for %s", times(left), minutes(pinWait))
	}
	return s.change(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE account SET pin_tries = 0, pin_locked_until = NULL WHERE id = ? AND pin = ? AND disabled_at IS NULL", account, phc)
		if err != nil {
			return err
		}
		if n == 0 {
			return wrongPIN()
		}
		now := tx.Now.UnixMilli()
		n, err = tx.Exec(ctx, "UPDATE session SET acting = ?, acting_until = ?, seen_at = ? WHERE token = ? AND counter_outlet = ?",
			account, tx.Now.Add(s.opts.Acting).UnixMilli(), now, k[:], row.counter)
		if err == nil && n == 0 {
			return signedOut()
		}
		return err
	})
}

// countPIN takes a try before it is known whether it is right, so that many at once cannot get past the limit, and
// gives the stored hash and how many tries are left. Somebody who is not a worker of this outlet, or has no PIN, is
// answered as for a wrong PIN: the device shows who can act on it.
func (s *Staff) countPIN(ctx context.Context, account, outlet int) (phc string, left int, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var tries int
		var locked sql.NullInt64
		found, err := tx.Get(ctx, []any{&phc, &tries, &locked}, `UPDATE account SET pin_tries = pin_tries + 1
			WHERE id = ? AND role = ? AND pin IS NOT NULL AND disabled_at IS NULL
			AND EXISTS (SELECT 1 FROM account_outlet o WHERE o.account = account.id AND o.outlet = ?)
			RETURNING pin, pin_tries, pin_locked_until`, account, int(Worker), outlet)
		if err != nil {
			return err
		}
		if !found {
			return wrongPIN()
		}
		if wait := instant(locked).Sub(tx.Now); locked.Valid && wait > 0 {
			return pinLocked(wait)
		}
		left = pinTries - tries
		if left > 0 {
			return nil
		}
		// The last try: locked unless it is right.
		_, err = tx.Exec(ctx, "UPDATE account SET pin_tries = 0, pin_locked_until = ? WHERE id = ?", tx.Now.Add(pinWait).UnixMilli(), account)
		return err
	})
	return phc, left, err
}

func wrongPIN() *fault.Error {
	return fault.New(fault.Forbidden, "the PIN is not right").At("pin").Hint("check that you chose your own name, and try again")
}

func pinLocked(wait time.Duration) error {
	return fault.New(fault.Refused, "this PIN is locked after %d wrong tries", pinTries).At("pin").
		Hint("wait %s, or ask your coordinator for a new PIN", minutes(wait))
}

func times(n int) string {
	if n == 1 {
		return "once more"
	}
	return strconv.Itoa(n) + " more times"
}

// StopActing ends acting on a counter device at once; the device stays the outlet's.
func (s *Staff) StopActing(ctx context.Context, token string) error {
	k, ok := keyOf(token)
	if !ok {
		return signedOut()
	}
	return s.change(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE session SET acting = NULL, acting_until = NULL WHERE token = ?", k[:])
		return err
	})
}
