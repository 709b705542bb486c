package staff_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

func TestAccounts(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		root := w.admin(t)
		cora := w.create(t, staff.Draft{Email: "Cora@Example.org ", Name: " Cora ", Role: staff.Coordinator, Area: kent})
		ada := w.create(t, worker("ada", canal, harbour, canal))
		w.create(t, worker("eve", heath))
		all, err := w.Accounts(ctx, root, staff.Place{})
		must(t, err)
		var names []string
		for _, a := range all {
			names = append(names, a.Name)
		}
		if got := strings.Join(names, " "); got != "Cora ada eve root" && got != "ada Cora eve root" {
			t.Errorf("accounts: %s", got)
		}
		a, err := w.Find(ctx, root, " CORA@example.org")
		want := staff.Account{ID: cora, Email: "cora@example.org", Name: "Cora", Role: staff.Coordinator, Area: kent, HasPassword: true, MadeAt: a.MadeAt}
		if d := cmp.Diff(want, a); d != "" || err != nil || !a.MadeAt.Equal(w.clock.now()) {
			t.Errorf("cora: %v\n%s", err, d)
		}
		a, err = w.Find(ctx, root, "ada@example.org")
		if d := cmp.Diff([]staff.Place{{Area: kent, Outlet: canal}, {Area: kent, Outlet: harbour}}, a.Outlets); d != "" || err != nil || a.ID != ada {
			t.Errorf("ada's outlets: %v\n%s", err, d)
		}
	})
}

func TestDraftsAreChecked(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.create(t, worker("ada", canal))
		good := worker("bob", canal)
		for name, c := range map[string]struct {
			change func(*staff.Draft)
			field  string
		}{
			"no email":            {func(d *staff.Draft) { d.Email = "" }, "email"},
			"half an email":       {func(d *staff.Draft) { d.Email = "bob" }, "email"},
			"email with a name":   {func(d *staff.Draft) { d.Email = "Bob <bob@example.org>" }, "email"},
			"email with a nought": {func(d *staff.Draft) { d.Email = "bob\x00@example.org" }, "email"},
			"long email":          {func(d *staff.Draft) { d.Email = strings.Repeat("b", 250) + "@example.org" }, "email"},
			"no name":             {func(d *staff.Draft) { d.Name = "  " }, "name"},
			"name of two lines":   {func(d *staff.Draft) { d.Name = "bob\nbob" }, "name"},
			"broken name":         {func(d *staff.Draft) { d.Name = "b\xffb" }, "name"},
			"long name":           {func(d *staff.Draft) { d.Name = strings.Repeat("é", 101) }, "name"},
			"no role":             {func(d *staff.Draft) { d.Role = staff.Nobody }, "role"},
			"no such role":        {func(d *staff.Draft) { d.Role, d.Outlets = 6, nil }, "role"},
			"no area":             {func(d *staff.Draft) { d.Area = 0 }, "area"},
			"analyst of nowhere":  {func(d *staff.Draft) { d.Role, d.Area, d.Outlets = staff.Analyst, 0, nil }, "area"},
			"admin of an area":    {func(d *staff.Draft) { d.Role, d.Outlets = staff.Administrator, nil }, "area"},
			"worker of nowhere":   {func(d *staff.Draft) { d.Outlets = nil }, "outlets"},
			"national at outlets": {func(d *staff.Draft) { d.Role = staff.National }, "outlets"},
			"outlet of no area":   {func(d *staff.Draft) { d.Outlets = []staff.Place{{Outlet: canal}} }, "outlets"},
			"no outlet":           {func(d *staff.Draft) { d.Outlets = []staff.Place{{Area: kent}} }, "outlets"},
		} {
			d := good
			c.change(&d)
			_, err := w.Create(ctx, staff.Operator(), d, password)
			if faults := fault.Of(err); len(faults) != 1 || faults[0].Kind != fault.Invalid || faults[0].Field != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := w.Create(ctx, staff.Operator(), staff.Draft{}, password)
		if n := len(fault.Of(err)); n != 3 {
			t.Errorf("%d faults of an empty draft, want email, name and role: %v", n, err)
		}
		_, err = w.Create(ctx, staff.Operator(), worker("ADA", canal), password)
		wantKind(t, err, fault.Conflict)
		id := w.create(t, good)
		wantKind(t, w.Change(ctx, staff.Operator(), id, worker("ada", canal)), fault.Conflict)
		wantKind(t, w.Change(ctx, staff.Operator(), 999, worker("zoe", canal)), fault.NotFound)
		w.signIn(t, "bob")
	})
}

func TestPasswordsAndPINsAreChecked(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		id := w.create(t, worker("ada.lovelace", canal))
		token, _ := w.signIn(t, "ada.lovelace")
		for _, bad := range []string{
			"", "123456789", "short", "Ada.Lovelace@Example.org", "ada.lovelace", "aaaaaaaaaaaa",
			"1234567890", "0987654321", "abcdefghijkl", strings.Repeat("xy", 101),
		} {
			wantKind(t, w.SetPassword(ctx, staff.Operator(), id, bad), fault.Invalid)
		}
		for _, bad := range []string{
			"", "1", "123", "0000", "1234", "4321", "7890", "3210", "1212", "12121", "90909090", "258o", "２５８０",
			"-258", "2580 ", "258014793", "55555555",
		} {
			wantKind(t, w.SetPIN(ctx, staff.Operator(), id, bad), fault.Invalid)
		}
		w.alive(t, token, true)
		for _, good := range []string{"2580", "0007", "12349", "19480705"} {
			must(t, w.SetPIN(ctx, staff.Operator(), id, good))
		}
		cora := w.create(t, staff.Draft{Email: "cora@example.org", Name: "cora", Role: staff.Coordinator, Area: kent})
		wantKind(t, w.SetPIN(ctx, staff.Operator(), cora, "2580"), fault.Refused)
	})
}

// What a coordinator may do to accounts: their own authority's workers, and nothing that leads further.
func TestACoordinatorManagesOnlyTheirWorkers(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.create(t, staff.Draft{Email: "cora@example.org", Name: "cora", Role: staff.Coordinator, Area: kent})
		_, cora := w.signIn(t, "cora")
		root := w.admin(t)
		nat := w.create(t, staff.Draft{Email: "nat@example.org", Name: "nat", Role: staff.National, Area: kent})
		eve := w.create(t, worker("eve", heath))
		both := w.create(t, worker("both", canal, heath))

		ada, err := w.Create(ctx, cora, worker("ada", canal), password)
		must(t, err)
		must(t, w.SetPIN(ctx, cora, ada, "2580"))
		must(t, w.SetPassword(ctx, cora, ada, "another good one"))
		must(t, w.Change(ctx, cora, ada, worker("ada", harbour)))
		must(t, w.RevokeAll(ctx, cora, ada))
		must(t, w.Disable(ctx, cora, ada))
		must(t, w.Enable(ctx, cora, ada))
		list, err := w.Accounts(ctx, cora, staff.Place{Nation: nation, Area: kent})
		if err != nil || len(list) != 2 || list[0].ID != ada || list[1].ID != both {
			t.Errorf("cora sees %+v (%v)", list, err)
		}

		for _, at := range []staff.Place{{}, {Area: surrey}, outlet(heath)} {
			_, err := w.Accounts(ctx, cora, at)
			wantKind(t, err, fault.Forbidden)
		}
		var told string
		for _, id := range []int{root.ID, nat, eve, both, cora.ID, 0, 999} {
			for name, err := range map[string]error{
				"password": w.SetPassword(ctx, cora, id, "another good one"),
				"PIN":      w.SetPIN(ctx, cora, id, "2580"),
				"disable":  w.Disable(ctx, cora, id),
				"enable":   w.Enable(ctx, cora, id),
				"change":   w.Change(ctx, cora, id, worker("x", canal)),
			} {
				if id == cora.ID && (name == "PIN" || name == "password" || name == "disable") {
					wantKind(t, err, fault.Refused)
					continue
				}
				wantKind(t, err, fault.Forbidden)
				if told == "" && err != nil {
					told = err.Error()
				}
			}
		}
		for _, d := range []staff.Draft{
			worker("new", heath), worker("new", canal, heath), // of another authority
			{Email: "new@example.org", Name: "new", Role: staff.Coordinator, Area: kent},
			{Email: "new@example.org", Name: "new", Role: staff.Administrator},
		} {
			_, err := w.Create(ctx, cora, d, password)
			wantKind(t, err, fault.Forbidden)
			wantKind(t, w.Change(ctx, cora, ada, d), fault.Forbidden)
		}
		for _, email := range []string{"eve@example.org", "root@example.org", "none@example.org", "\x00"} {
			_, err := w.Find(ctx, cora, email)
			wantKind(t, err, fault.NotFound)
		}
		for _, name := range []string{"root", "nat", "eve", "both"} { // nothing was changed
			w.signIn(t, name)
		}
	})
}

func TestWhatEndsSessions(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		root := w.admin(t)
		ada := w.create(t, worker("ada", canal))
		w.create(t, worker("bob", canal))
		bystander, bob := w.signIn(t, "bob")
		ends := func(name string, want bool, do func(p staff.Person) error) {
			t.Helper()
			token, p := w.signIn(t, "ada")
			other, _ := w.signIn(t, "ada")
			w.alive(t, token, true)
			must(t, do(p))
			if _, err := w.Who(ctx, token); (err != nil) != want {
				t.Errorf("%s: this session: %v", name, err)
			}
			if _, err := w.Who(ctx, other); (err != nil) != want {
				t.Errorf("%s: another session: %v", name, err)
			}
			w.alive(t, bystander, true)
		}
		renamed := worker("ada", canal)
		renamed.Name = "Ada L."
		ends("rename", false, func(staff.Person) error { return w.Change(ctx, root, ada, renamed) })
		if a, err := w.Find(ctx, root, "ada@example.org"); err != nil || a.Name != "Ada L." {
			t.Errorf("renamed to %q (%v)", a.Name, err)
		}
		ends("outlets", true, func(staff.Person) error { return w.Change(ctx, root, ada, worker("ada", canal, harbour)) })
		ends("role", true, func(staff.Person) error {
			return w.Change(ctx, root, ada, staff.Draft{Email: "ada@example.org", Name: "ada", Role: staff.Coordinator, Area: kent})
		})
		ends("revoke all", true, func(p staff.Person) error { return w.RevokeAll(ctx, p, ada) })
		ends("set password", true, func(staff.Person) error { return w.SetPassword(ctx, root, ada, password) })
		ends("own password", true, func(p staff.Person) error {
			return w.ChangePassword(ctx, p, password, "a new password", staff.Device{})
		})
		_, _, err := w.SignIn(ctx, "ada@example.org", password, staff.Device{})
		wantKind(t, err, fault.Forbidden)
		must(t, w.SetPassword(ctx, root, ada, password))
		ends("disable", true, func(staff.Person) error { return w.Disable(ctx, root, ada) })
		_, _, err = w.SignIn(ctx, "ada@example.org", password, staff.Device{})
		wantKind(t, err, fault.Forbidden)
		must(t, w.Enable(ctx, root, ada))

		// One of two.
		token, p := w.signIn(t, "ada")
		other, _ := w.signIn(t, "ada")
		wantKind(t, w.Revoke(ctx, bob, p.Session), fault.NotFound)
		wantKind(t, w.Revoke(ctx, p, "no such"), fault.NotFound)
		must(t, w.Revoke(ctx, p, p.Session))
		w.alive(t, token, false)
		w.alive(t, other, true)
	})
}

func TestOwnPasswordTakesTheOldOne(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		id := w.create(t, worker("ada", canal))
		token, p := w.signIn(t, "ada")
		wantKind(t, w.SetPassword(ctx, p, id, "a new password"), fault.Refused)
		for range 5 {
			wantKind(t, w.ChangePassword(ctx, p, "not the old one", "a new password", staff.Device{}), fault.Forbidden)
		}
		wantKind(t, w.ChangePassword(ctx, p, password, "a new password", staff.Device{}), fault.Refused)
		wantKind(t, w.ChangePassword(ctx, p, password, "short", staff.Device{}), fault.Invalid)
		w.alive(t, token, true)
		w.signIn(t, "ada")
	})
}

// Accounts made at the same moment have numbers of their own, and one address has one account.
func TestAccountsMadeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		ids, conflicts := map[int]bool{}, 0
		for i := range 24 {
			wg.Go(func() {
				id, err := w.Create(ctx, staff.Operator(), worker(fmt.Sprintf("w%d", i/2), canal), "")
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && !ids[id] && id > 0:
					ids[id] = true
				case fault.Is(err, fault.Conflict):
					conflicts++
				default:
					t.Errorf("account %d: %v", id, err)
				}
			})
		}
		wg.Wait()
		if len(ids) != 12 || conflicts != 12 {
			t.Errorf("%d accounts and %d conflicts, want 12 each", len(ids), conflicts)
		}
	})
}

func TestNames(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ada, bob := w.create(t, worker("ada", canal)), w.create(t, worker("bob", canal))
		must(t, w.Disable(ctx, staff.Operator(), bob))
		w.create(t, worker("cy", canal)) // not asked for
		got, err := w.Names(ctx, bob, 0, ada, 999, ada)
		if d := cmp.Diff(map[int]string{ada: "ada", bob: "bob"}, got); d != "" || err != nil {
			t.Errorf("names: %v\n%s", err, d)
		}
		if got, err := w.Names(ctx); err != nil || len(got) != 0 {
			t.Errorf("names of nobody: %v (%v)", got, err)
		}
	})
}

// TestAddressees are those whom letters can go to: every open account, and what it works with.
func TestAddressees(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		root := w.admin(t)
		cora := w.create(t, staff.Draft{Email: "cora@example.org", Name: "Cora", Role: staff.Coordinator, Area: kent})
		ada := w.create(t, worker("ada", canal, harbour))
		eve := w.create(t, worker("eve", heath))
		must(t, w.Disable(ctx, root, eve))
		var all []staff.Addressee
		must(t, w.db.Read(ctx, func(tx *store.Tx) (err error) {
			all, err = staff.Addressees(ctx, tx)
			return err
		}))
		byID := map[int]staff.Addressee{}
		for _, a := range all {
			byID[a.Account] = a
		}
		want := staff.Addressee{Account: ada, Email: "ada@example.org", Role: staff.Worker, Area: kent, Outlets: []int{canal, harbour}}
		if d := cmp.Diff(want, byID[ada]); d != "" {
			t.Errorf("ada:\n%s", d)
		}
		if byID[cora].Email != "cora@example.org" || byID[cora].Outlets != nil || byID[eve].Account != 0 || len(all) != 3 {
			t.Errorf("all: %+v", all)
		}
	})
}
