package staff

import (
	"context"
	"slices"
	"strings"

	"everykit/fault"
	"everykit/store"
)

// Create makes an account and gives its number. The first password is set by whoever makes it, and told to the person;
// an empty one makes an account that cannot sign in and only acts on counter devices, once it has a PIN.
func (s *Staff) Create(ctx context.Context, by Person, d Draft, password string) (id int, err error) {
	d = d.tidy()
	if err := d.may(by); err != nil {
		return 0, err
	}
	if err := d.check(); err != nil {
		return 0, err
	}
	var phc any
	if password != "" {
		if f := checkPassword(password, d.Email); f != nil {
			return 0, f
		}
		if phc, err = s.hashPassword(ctx, password); err != nil {
			return 0, err
		}
	}
	err = s.change(ctx, func(tx *store.Tx) error {
		if _, err := tx.Get(ctx, []any{&id}, `INSERT INTO account_count (one, n) VALUES (1, 1)
			ON CONFLICT (one) DO UPDATE SET n = account_count.n + 1 RETURNING n`); err != nil {
			return err
		}
		if err := emailFree(ctx, tx, d.Email, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO account (id, email, name, role, area, password, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
			id, d.Email, d.Name, int(d.Role), null(d.Area), phc, tx.Now.UnixMilli()); err != nil {
			return err
		}
		if err := setOutlets(ctx, tx, id, d.Outlets); err != nil {
			return err
		}
		return Audit(ctx, tx, by, d.Area, "create account", subject(id), d.summary())
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// Change makes an account what the draft says. by must be allowed both what it was and what it becomes. A change of
// role, area or outlets ends the account's sessions.
func (s *Staff) Change(ctx context.Context, by Person, id int, d Draft) error {
	d = d.tidy()
	if err := d.may(by); err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return s.change(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE account_count SET n = n"); err != nil { // takes a place in the line
			return err
		}
		old, err := locked(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := emailFree(ctx, tx, d.Email, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE account SET email = ?, name = ?, role = ?, area = ? WHERE id = ?", d.Email, d.Name, int(d.Role), null(d.Area), id); err != nil {
			return err
		}
		if err := setOutlets(ctx, tx, id, d.Outlets); err != nil {
			return err
		}
		if old.Role != d.Role || old.Area != d.Area || !slices.Equal(old.Outlets, d.Outlets) {
			if err := endSessions(ctx, tx, id); err != nil {
				return err
			}
		}
		return Audit(ctx, tx, by, d.Area, "change account", subject(id), d.summary())
	})
}

// tidy folds and orders a draft so that equal ones are equal.
func (d Draft) tidy() Draft {
	d.Email, d.Name = foldEmail(d.Email), strings.TrimSpace(d.Name)
	d.Outlets = slices.Clone(d.Outlets)
	for i := range d.Outlets {
		d.Outlets[i].Nation = 0
	}
	slices.SortFunc(d.Outlets, func(a, b Place) int { return a.Outlet - b.Outlet })
	d.Outlets = slices.CompactFunc(d.Outlets, func(a, b Place) bool { return a.Outlet == b.Outlet })
	return d
}

func emailFree(ctx context.Context, tx *store.Tx, email string, id int) error {
	taken, err := tx.Get(ctx, []any{new(int)}, "SELECT id FROM account WHERE email = ? AND id <> ?", email, id)
	if err == nil && taken {
		return fault.New(fault.Conflict, "this e-mail address has an account already").At("email").Hint("use another address, or change that account")
	}
	return err
}

func setOutlets(ctx context.Context, tx *store.Tx, id int, outlets []Place) error {
	if _, err := tx.Exec(ctx, "DELETE FROM account_outlet WHERE account = ?", id); err != nil {
		return err
	}
	for _, at := range outlets {
		if _, err := tx.Exec(ctx, "INSERT INTO account_outlet (account, outlet, area) VALUES (?, ?, ?)", id, at.Outlet, at.Area); err != nil {
			return err
		}
	}
	return nil
}

// Disable closes an account and ends its sessions at once, also counter devices it opened. What it recorded stays.
func (s *Staff) Disable(ctx context.Context, by Person, id int) error {
	if by.is(id) {
		return fault.New(fault.Refused, "you cannot close your own account").Hint("ask another administrator")
	}
	return s.edit(ctx, by, id, "close account", func(tx *store.Tx, _ Account) error {
		if _, err := tx.Exec(ctx, "UPDATE account SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL", tx.Now.UnixMilli(), id); err != nil {
			return err
		}
		return endSessions(ctx, tx, id)
	})
}

// Enable opens a closed account again. Its password and PIN are what they were.
func (s *Staff) Enable(ctx context.Context, by Person, id int) error {
	return s.edit(ctx, by, id, "open account again", func(tx *store.Tx, _ Account) error {
		_, err := tx.Exec(ctx, "UPDATE account SET disabled_at = NULL WHERE id = ?", id)
		return err
	})
}

// edit runs fn on an account that by may change, and audits it.
func (s *Staff) edit(ctx context.Context, by Person, id int, deed string, fn func(*store.Tx, Account) error) error {
	return s.change(ctx, func(tx *store.Tx) error {
		a, err := locked(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := fn(tx, a); err != nil {
			return err
		}
		return Audit(ctx, tx, by, a.Area, deed, subject(id), "")
	})
}
