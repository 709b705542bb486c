package demo

import (
	"context"
	"strconv"

	"everykit/registry"
	"everykit/staff"
)

// Password opens every account of a demonstration. It guards nothing but made-up data.
const Password = "teal-lantern-meadow"

// Account is one to sign in with.
type Account struct {
	ID       int
	Email    string
	Password string
	PIN      string // for a counter device; workers only
	Name     string
	Role     staff.Role
	Start    string // the page to look at first, as the path of its address
}

// cast are the accounts, workers first.
type cast struct {
	accounts []Account
	people   [writers]staff.Person
}

// hire makes the accounts: two workers of the outlet to look at first, so that one signs off what the other counts, the
// coordinator of its authority, and one of each other role.
func hire(ctx context.Context, st *staff.Staff, snap *registry.Snapshot, main *site) (cast, error) {
	outlet := "/outlets/" + strconv.Itoa(main.Outlet.ID)
	at := []staff.Place{{Area: main.authority.ID, Outlet: main.Outlet.ID}}
	nation, area := snap.NationOf(main.authority.ID).ID, main.authority.ID
	var c cast
	for _, w := range []struct {
		Account
		area    int
		outlets []staff.Place
		writer  writer
	}{
		{Account{Email: "worker@demo.example", Name: "Wren Worker", Role: staff.Worker, PIN: "4071", Start: outlet}, area, at, theWorker},
		{Account{Email: "colleague@demo.example", Name: "Kit Colleague", Role: staff.Worker, PIN: "5298", Start: outlet}, area, at, theColleague},
		{Account{Email: "coordinator@demo.example", Name: "Cory Coordinator", Role: staff.Coordinator, Start: "/areas/" + main.authority.Code}, area, nil, theCoordinator},
		{Account{Email: "national@demo.example", Name: "Nat National", Role: staff.National, Start: "/nation"}, nation, nil, 0},
		{Account{Email: "analyst@demo.example", Name: "Ana Analyst", Role: staff.Analyst, Start: "/nation"}, nation, nil, 0},
		{Account{Email: "administrator@demo.example", Name: "Ada Administrator", Role: staff.Administrator, Start: "/nation"}, 0, nil, 0},
	} {
		a := w.Account
		a.Password = Password
		var err error
		if a.ID, err = st.Create(ctx, staff.Operator(), staff.Draft{Email: a.Email, Name: a.Name, Role: a.Role, Area: w.area, Outlets: w.outlets}, a.Password); err != nil {
			return c, err
		}
		if a.PIN != "" {
			if err := st.SetPIN(ctx, staff.Operator(), a.ID, a.PIN); err != nil {
				return c, err
			}
		}
		c.accounts = append(c.accounts, a)
		p := staff.Person{ID: a.ID, Name: a.Name, Email: a.Email, Role: a.Role, Area: w.area}
		for _, o := range w.outlets {
			p.Outlets = append(p.Outlets, o.Outlet)
		}
		if w.writer != 0 {
			c.people[w.writer] = p
		}
	}
	c.people[theImport] = staff.Operator()
	return c, nil
}
