package staff

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"everykit/fault"
	"everykit/store"
)

// Account is one person's account as those who may change it see it.
type Account struct {
	ID          int
	Email       string // folded
	Name        string
	Role        Role
	Area        int     // see Person.Area
	Outlets     []Place // of a Worker, by outlet; Nation is not filled in
	HasPassword bool    // else it only acts on counter devices
	HasPIN      bool
	MadeAt      time.Time
	SignedInAt  time.Time // nought: never
	DisabledAt  time.Time // nought: it is open
}

// Draft is what an account is made of or changed to.
type Draft struct {
	Email   string
	Name    string
	Role    Role
	Area    int     // the authority of a Worker or Coordinator, the nation of a National or Analyst, 0 for Administrator
	Outlets []Place // of a Worker, at least one, each with its Area; of nobody else
}

// check gives every fault of a draft.
func (d Draft) check() error {
	var faults fault.List
	add := func(e *fault.Error) {
		if e != nil {
			faults = append(faults, e)
		}
	}
	add(checkEmail(d.Email))
	add(checkName(d.Name))
	known := d.Role != Nobody && int(d.Role) <= len(Roles)
	switch {
	case !known:
		add(fault.New(fault.Invalid, "an account needs a role").At("role").Hint("choose one from the list"))
	case d.Role == Administrator && d.Area != 0:
		add(fault.New(fault.Invalid, "an administrator belongs to no one area").At("area").Hint("leave the area empty"))
	case d.Role != Administrator && d.Area <= 0:
		add(fault.New(fault.Invalid, "a %s needs an area", d.Role).At("area").Hint("choose the authority, or the nation"))
	}
	if d.Role == Worker && len(d.Outlets) == 0 {
		add(fault.New(fault.Invalid, "a worker needs at least one outlet").At("outlets").Hint("choose where this person works"))
	}
	if known && d.Role != Worker && len(d.Outlets) > 0 {
		add(fault.New(fault.Invalid, "only a worker has outlets of their own").At("outlets").Hint("leave them out, or choose the role worker"))
	}
	for _, at := range d.Outlets {
		if at.Outlet <= 0 || at.Area <= 0 {
			add(fault.New(fault.Invalid, "an outlet is not known").At("outlets").Hint("choose outlets from the list"))
			break
		}
	}
	return faults.Err()
}

// may says whether by may make, change or close an account like this one. Whoever manages an authority's workers may
// not touch one who also works in another authority: a new password would open both.
func (d Draft) may(by Person) error {
	if by.May(ManageAccounts, Place{}) {
		return nil
	}
	if d.Role != Worker {
		return by.Must(ManageAccounts, Place{})
	}
	if err := by.Must(ManageWorkers, Place{Area: d.Area}); err != nil {
		return err
	}
	for _, at := range d.Outlets {
		if err := by.Must(ManageWorkers, at); err != nil {
			return err
		}
	}
	return nil
}

// is reports whether the account is by's own, in a session opened with a password. A PIN does not count as one.
func (p Person) is(account int) bool { return p.ID == account && p.ID != 0 && p.Counter == 0 }

// managed reads an account that by may change. To whoever manages only some, one that is not there is one of those
// they may not change.
func managed(ctx context.Context, tx *store.Tx, by Person, id int) (Account, error) {
	a, found, err := readAccount(ctx, tx, id)
	if err != nil {
		return a, err
	}
	if !found {
		if err := by.Must(ManageAccounts, Place{}); err != nil {
			return a, err
		}
		return a, fault.New(fault.NotFound, "there is no account %d", id)
	}
	return a, a.draft().may(by)
}

// locked is managed for a transaction that changes the account: it first takes hold of the account's row, so that on
// PostgreSQL a sign-in under way and this one wait for each other.
func locked(ctx context.Context, tx *store.Tx, by Person, id int) (Account, error) {
	if _, err := tx.Exec(ctx, "UPDATE account SET email = email WHERE id = ?", id); err != nil {
		return Account{}, err
	}
	return managed(ctx, tx, by, id)
}

// selfOrManaged gives the area of an account that is by's own or that by may change.
func selfOrManaged(ctx context.Context, tx *store.Tx, by Person, id int) (area int, err error) {
	if by.is(id) {
		return by.Area, nil
	}
	a, err := locked(ctx, tx, by, id)
	return a.Area, err
}

func (a Account) draft() Draft {
	return Draft{Email: a.Email, Name: a.Name, Role: a.Role, Area: a.Area, Outlets: a.Outlets}
}

const accountSQL = `SELECT a.id, a.email, a.name, a.role, COALESCE(a.area, 0), a.password IS NOT NULL, a.pin IS NOT NULL,
	a.made_at, a.signed_in_at, a.disabled_at, COALESCE(o.outlet, 0), COALESCE(o.area, 0)
	FROM account a LEFT JOIN account_outlet o ON o.account = a.id `

// readAccounts runs a query that begins with accountSQL and orders an account's rows together.
func readAccounts(ctx context.Context, tx *store.Tx, query string, args ...any) ([]Account, error) {
	var list []Account
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var a Account
		var made, signed, disabled sql.NullInt64
		var at Place
		if err := scan(&a.ID, &a.Email, &a.Name, &a.Role, &a.Area, &a.HasPassword, &a.HasPIN, &made, &signed, &disabled, &at.Outlet, &at.Area); err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].ID != a.ID {
			a.MadeAt, a.SignedInAt, a.DisabledAt = instant(made), instant(signed), instant(disabled)
			list = append(list, a)
		}
		if last := &list[len(list)-1]; at.Outlet != 0 {
			last.Outlets = append(last.Outlets, at)
		}
		return nil
	}, query, args...)
	return list, err
}

func readAccount(ctx context.Context, tx *store.Tx, id int) (Account, bool, error) {
	list, err := readAccounts(ctx, tx, accountSQL+"WHERE a.id = ? ORDER BY o.outlet", id)
	if err != nil || len(list) == 0 {
		return Account{}, false, err
	}
	return list[0], true, nil
}

// Accounts lists by name those accounts that by may see: an administrator every one (at.Area 0) or those of an area;
// whoever manages an authority's workers the workers of that authority. Closed ones are among them.
func (s *Staff) Accounts(ctx context.Context, by Person, at Place) (list []Account, err error) {
	where, args := "WHERE a.area = ? AND a.role = ? ", []any{at.Area, int(Worker)}
	switch {
	case by.May(ManageAccounts, Place{}) && at.Area == 0:
		where, args = "", nil
	case by.May(ManageAccounts, Place{}):
		where, args = "WHERE a.area = ? ", args[:1]
	default:
		if err := by.Must(ManageWorkers, at); err != nil {
			return nil, err
		}
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = readAccounts(ctx, tx, accountSQL+where+"ORDER BY a.name, a.id, o.outlet", args...)
		return err
	})
	return list, err
}

// Find gives the account with an e-mail address that by may change; fault.NotFound if there is none, or none that this
// person may know of.
func (s *Staff) Find(ctx context.Context, by Person, email string) (a Account, err error) {
	none := fault.New(fault.NotFound, "there is no account with this e-mail address").At("email").Hint("check the spelling")
	email = foldEmail(email)
	if !printable(email) {
		return a, none
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err := readAccounts(ctx, tx, accountSQL+"WHERE a.email = ? ORDER BY o.outlet", email)
		if err != nil {
			return err
		}
		if len(list) == 0 || list[0].draft().may(by) != nil {
			return none
		}
		a = list[0]
		return nil
	})
	return a, err
}

// subject names an account in the audit log: by its number, never by name.
func subject(account int) string { return "account " + strconv.Itoa(account) }

// summary is what the audit log keeps of an account's reach.
func (d Draft) summary() string {
	return fmt.Sprintf("role %s, area %d, outlets %d", d.Role, d.Area, len(d.Outlets))
}
