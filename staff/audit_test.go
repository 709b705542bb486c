package staff_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

func TestAuditLogIsInOrderAndInScope(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ada := w.create(t, worker("ada", canal))
		_, p := w.signIn(t, "ada")
		write := func(area int, detail string, after error) error {
			return w.db.Write(ctx, func(tx *store.Tx) error {
				if err := staff.Audit(ctx, tx, p, area, "give out", "movement 1", detail); err != nil {
					return err
				}
				return after
			})
		}
		for i := range 250 {
			must(t, write(kent, fmt.Sprint(i), nil))
		}
		must(t, write(surrey, "elsewhere", nil))
		undone := errors.New("undone")
		if err := write(kent, "never happened", undone); !errors.Is(err, undone) {
			t.Fatal(err)
		}

		cora := staff.Person{ID: 77, Role: staff.Coordinator, Area: kent}
		at := staff.Place{Nation: nation, Area: kent}
		var seen []staff.Entry
		for before := ""; ; {
			page, err := w.AuditLog(ctx, cora, at, before, 100)
			must(t, err)
			if len(page) == 0 {
				break
			}
			seen = append(seen, page...)
			before = page[len(page)-1].ID
		}
		if len(seen) != 252 {
			t.Fatalf("%d entries, want 250 and two of the account", len(seen))
		}
		for i, e := range seen[:250] {
			if e.Detail != fmt.Sprint(249-i) || e.Account != ada || e.Name != "ada" || e.Deed != "give out" || !e.At.Equal(w.clock.now()) {
				t.Fatalf("entry %d is %+v", i, e)
			}
		}
		if seen[250].Deed != "sign in" || seen[251].Deed != "create account" || seen[251].Account != 0 || seen[251].Name != "" {
			t.Errorf("the first entries are %+v and %+v", seen[251], seen[250])
		}

		for _, by := range []staff.Person{p, {ID: 1, Role: staff.Analyst, Area: nation}, {ID: 2, Role: staff.Coordinator, Area: surrey}, {}} {
			_, err := w.AuditLog(ctx, by, at, "", 10)
			wantKind(t, err, fault.Forbidden)
		}
		nat := staff.Person{ID: 3, Role: staff.National, Area: nation}
		_, err := w.AuditLog(ctx, nat, at, "", 10)
		must(t, err)
		_, err = w.AuditLog(ctx, nat, staff.Place{Nation: nation}, "", 10) // what is of no area
		wantKind(t, err, fault.Forbidden)
		_, err = w.AuditLog(ctx, cora, at, "zz", 10)
		wantKind(t, err, fault.Invalid)
		if one, err := w.AuditLog(ctx, cora, at, "", 0); err != nil || len(one) != 1 {
			t.Errorf("%d entries (%v)", len(one), err)
		}
	})
}

// Every change to accounts leaves an entry, and no entry names anybody.
func TestChangesToAccountsAreAudited(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		root := w.admin(t)
		ada := w.create(t, worker("ada", canal))
		must(t, w.SetPIN(ctx, root, ada, "2580"))
		must(t, w.SetPassword(ctx, root, ada, password))
		_, p := w.signIn(t, "ada")
		must(t, w.Revoke(ctx, p, p.Session))
		_, p = w.signIn(t, "ada")
		_, err := w.OpenCounter(ctx, p, outlet(canal), staff.Device{})
		must(t, err)
		must(t, w.CloseCounters(ctx, root, outlet(canal)))
		_, p = w.signIn(t, "ada")
		must(t, w.ChangePassword(ctx, p, password, "a new password", staff.Device{}))
		must(t, w.Change(ctx, root, ada, worker("ada", harbour)))
		must(t, w.RevokeAll(ctx, root, ada))
		must(t, w.Disable(ctx, root, ada))
		must(t, w.Enable(ctx, root, ada))
		wantKind(t, w.Disable(ctx, p, ada+1), fault.Forbidden)

		log, err := w.AuditLog(ctx, root, staff.Place{Area: kent}, "", 100)
		must(t, err)
		var deeds []string
		for i := len(log) - 1; i >= 0; i-- {
			e := log[i]
			deeds = append(deeds, fmt.Sprintf("%s: %s by %d", e.Subject, e.Deed, e.Account))
			if text := strings.ToLower(e.Deed + e.Subject + e.Detail); strings.Contains(text, "ada") || strings.Contains(text, "@") {
				t.Errorf("an entry names somebody: %+v", e)
			}
		}
		want := strings.Join([]string{
			"account 2: create account by 0", "account 2: set PIN by 1", "account 2: set password by 1", "account 2: sign in by 2",
			"account 2: end a session by 2", "account 2: sign in by 2", "outlet 101: open a counter device by 2",
			"outlet 101: close counter devices by 1", "account 2: sign in by 2", "account 2: change password by 2",
			"account 2: change account by 1", "account 2: end all sessions by 1", "account 2: close account by 1", "account 2: open account again by 1",
		}, "\n")
		if got := strings.Join(deeds, "\n"); got != want {
			t.Errorf("audited:\n%s\nwant:\n%s", got, want)
		}
	})
}
