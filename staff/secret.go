package staff

import (
	"context"

	"everykit/fault"
	"everykit/store"
)

// SetPassword gives somebody else's account a new password and ends its sessions. Wrong tries counted for its address
// in any one place stay counted. One's own password is changed with ChangePassword.
func (s *Staff) SetPassword(ctx context.Context, by Person, id int, password string) error {
	if by.is(id) {
		return fault.New(fault.Refused, "your own password needs the old one to be changed").Hint("use the page of your own account")
	}
	a, err := s.mayRead(ctx, by, id)
	if err != nil {
		return err
	}
	if f := checkPassword(password, a.Email); f != nil {
		return f
	}
	phc, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.edit(ctx, by, id, "set password", func(tx *store.Tx, _ Account) error { return storePassword(ctx, tx, id, phc) })
}

// ChangePassword changes p's own password, which takes the old one, and ends all p's sessions, this one too: sign in
// again with the new one. Wrong old ones are limited as at SignIn.
func (s *Staff) ChangePassword(ctx context.Context, p Person, old, password string, from Device) error {
	if !p.is(p.ID) {
		return fault.New(fault.Forbidden, "a password is changed by its owner, signed in with it").Hint("sign in on a device that is no counter device")
	}
	if f := checkPassword(password, p.Email); f != nil {
		return f
	}
	tries := triesOf(p.Email, from)
	id, was, err := s.tryPassword(ctx, p.Email, old, tries)
	if fault.Is(err, fault.Forbidden) || (err == nil && id != p.ID) {
		return fault.New(fault.Forbidden, "the old password is not right").At("old").Hint("check it and try again")
	}
	if err != nil {
		return err
	}
	phc, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE account SET password = ? WHERE id = ? AND password = ? AND disabled_at IS NULL", phc, p.ID, was)
		if err != nil {
			return err
		}
		if n == 0 {
			return signedOut()
		}
		if err := endSessions(ctx, tx, p.ID); err != nil {
			return err
		}
		if err := forget(ctx, tx, tries); err != nil {
			return err
		}
		return Audit(ctx, tx, p, p.Area, "change password", subject(p.ID), "")
	})
}

func storePassword(ctx context.Context, tx *store.Tx, id int, phc string) error {
	if _, err := tx.Exec(ctx, "UPDATE account SET password = ? WHERE id = ?", phc, id); err != nil {
		return err
	}
	return endSessions(ctx, tx, id)
}

// SetPIN gives a worker's account the PIN for counter devices: one's own, or that of an account one may change. It ends
// the account's acting, and unlocks a locked PIN.
func (s *Staff) SetPIN(ctx context.Context, by Person, id int, pin string) error {
	if f := checkPIN(pin); f != nil {
		return f
	}
	phc := s.opts.PIN.hash(pin)
	return s.change(ctx, func(tx *store.Tx) error {
		area, err := selfOrManaged(ctx, tx, by, id)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, "UPDATE account SET pin = ?, pin_tries = 0, pin_locked_until = NULL WHERE id = ? AND role = ?", phc, id, int(Worker))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Refused, "only workers have a PIN").Hint("counter devices are for the workers of their outlet")
		}
		if _, err := tx.Exec(ctx, "UPDATE session SET acting = NULL, acting_until = NULL WHERE acting = ?", id); err != nil {
			return err
		}
		return Audit(ctx, tx, by, area, "set PIN", subject(id), "")
	})
}

// mayRead reads an account that by may change, before work that should not be done in a transaction.
func (s *Staff) mayRead(ctx context.Context, by Person, id int) (a Account, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		a, err = managed(ctx, tx, by, id)
		return err
	})
	return a, err
}
