package staff_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"everykit/fault"
	"everykit/staff"
)

// counter makes ada (PIN 2580) and bob (PIN 1397) of canal, eve (PIN 8642) of heath, and opens canal's counter as ada.
func (w world) counter(t *testing.T) (token string, ada, bob, eve int) {
	t.Helper()
	ada, bob, eve = w.create(t, worker("ada", canal, harbour)), w.create(t, worker("bob", canal)), w.create(t, worker("eve", heath))
	for id, pin := range map[int]string{ada: "2580", bob: "1397", eve: "8642"} {
		must(t, w.SetPIN(ctx, staff.Operator(), id, pin))
	}
	own, p := w.signIn(t, "ada")
	token, err := w.OpenCounter(ctx, p, outlet(canal), staff.Device{UserAgent: "tablet"})
	must(t, err)
	w.alive(t, own, false) // the device is no longer ada's
	return token, ada, bob, eve
}

func (w world) who(t testing.TB, token string) staff.Person {
	t.Helper()
	p, err := w.Who(ctx, token)
	must(t, err)
	return p
}

func TestCounterDevice(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		token, ada, bob, _ := w.counter(t)
		idle := w.who(t, token)
		want := staff.Person{Role: staff.Worker, Outlets: []int{canal}, Counter: canal, Session: idle.Session}
		if d := cmp.Diff(want, idle); d != "" || !idle.NeedsPIN() {
			t.Errorf("nobody acts (-want +got):\n%s", d)
		}
		names, err := w.CounterPeople(ctx, canal)
		if d := cmp.Diff([]staff.Colleague{{ID: ada, Name: "ada"}, {ID: bob, Name: "bob"}}, names); d != "" || err != nil {
			t.Errorf("names to choose from: %v\n%s", err, d)
		}

		must(t, w.Act(ctx, token, ada, "2580"))
		p := w.who(t, token)
		want = staff.Person{ID: ada, Name: "ada", Email: "ada@example.org", Role: staff.Worker, Area: kent, Outlets: []int{canal}, Counter: canal, Session: idle.Session}
		if d := cmp.Diff(want, p); d != "" {
			t.Errorf("ada acts (-want +got):\n%s", d)
		}
		if !p.May(staff.MoveKits, outlet(canal)) || p.May(staff.MoveKits, outlet(harbour)) {
			t.Error("a PIN must open this outlet and not ada's other one")
		}
		must(t, w.Act(ctx, token, bob, "1397")) // the next person
		if p := w.who(t, token); p.ID != bob {
			t.Errorf("%d acts, want bob", p.ID)
		}
		must(t, w.StopActing(ctx, token))
		if p := w.who(t, token); !p.NeedsPIN() {
			t.Errorf("%d acts still", p.ID)
		}

		must(t, w.Act(ctx, token, ada, "2580"))
		for range 6 { // in use all the time
			w.clock.move(staff.ActingFor - time.Minute)
			if p := w.who(t, token); p.ID != ada {
				t.Fatal("acting ended though the device was in use")
			}
		}
		w.clock.move(staff.ActingFor)
		if p := w.who(t, token); !p.NeedsPIN() {
			t.Error("acting did not end")
		}
		w.clock.move(29 * 24 * time.Hour)
		w.alive(t, token, true)
		w.clock.move(24 * time.Hour)
		w.alive(t, token, false)
	})
}

func TestWrongPINs(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		token, ada, bob, eve := w.counter(t)
		for i, id := range []int{ada, ada, eve, 0, 999} { // eve is of another outlet
			pin := "0000"
			if id == eve {
				pin = "8642"
			}
			err := w.Act(ctx, token, id, pin)
			wantKind(t, err, fault.Forbidden)
			if err.Error() != "the PIN is not right" {
				t.Errorf("try %d was told %q", i, err)
			}
		}
		wantKind(t, w.Act(ctx, token, ada, "2581"), fault.Forbidden)
		err := w.Act(ctx, token, ada, "25800")
		if next := fault.Of(err)[0].Next; !strings.Contains(next, "once more") {
			t.Errorf("the fourth was told %q", next)
		}
		wantKind(t, w.Act(ctx, token, ada, ""), fault.Refused)
		err = w.Act(ctx, token, ada, "2580")
		wantKind(t, err, fault.Refused) // right, but locked
		if next := fault.Of(err)[0].Next; !strings.HasPrefix(next, "wait 15 minutes") {
			t.Errorf("told %q", next)
		}
		if p := w.who(t, token); !p.NeedsPIN() {
			t.Error("somebody acts after wrong PINs")
		}
		must(t, w.Act(ctx, token, bob, "1397")) // only ada's PIN is locked
		w.clock.move(15 * time.Minute)
		must(t, w.Act(ctx, token, ada, "2580"))
		for range 3 { // a right one forgets the wrong ones before it
			for range 4 {
				wantKind(t, w.Act(ctx, token, ada, "0000"), fault.Forbidden)
			}
			must(t, w.Act(ctx, token, ada, "2580"))
		}

		for range 5 {
			_ = w.Act(ctx, token, bob, "0000")
		}
		wantKind(t, w.Act(ctx, token, bob, "1397"), fault.Refused)
		must(t, w.SetPIN(ctx, staff.Operator(), bob, "7139")) // a new PIN unlocks
		wantKind(t, w.Act(ctx, token, bob, "1397"), fault.Forbidden)
		must(t, w.Act(ctx, token, bob, "7139"))

		_, p := w.signIn(t, "ada")
		own, _ := w.signIn(t, "ada")
		wantKind(t, w.Act(ctx, own, ada, "2580"), fault.Forbidden) // no counter device
		wantKind(t, w.Act(ctx, "", ada, "2580"), fault.Forbidden)
		wantKind(t, w.SetPIN(ctx, p, bob, "2580"), fault.Forbidden)
		must(t, w.SetPIN(ctx, p, ada, "2579"))
	})
}

func TestWrongPINsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		token, ada, _, _ := w.counter(t)
		var wg sync.WaitGroup
		var guesses atomic.Int64
		for range 20 {
			wg.Go(func() {
				if err := w.Act(ctx, token, ada, "0000"); fault.Is(err, fault.Forbidden) {
					guesses.Add(1)
				}
			})
		}
		wg.Wait()
		if n := guesses.Load(); n != 4 { // the fifth was told that it locked the PIN
			t.Errorf("%d were told of a wrong PIN, want 4", n)
		}
		wantKind(t, w.Act(ctx, token, ada, "2580"), fault.Refused)
	})
}

func TestActingEndsWithTheAccount(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		token, ada, bob, _ := w.counter(t)
		root := w.admin(t)
		acts := func() bool {
			t.Helper()
			return !w.who(t, token).NeedsPIN()
		}
		for name, end := range map[string]func() error{
			"disable": func() error { return w.Disable(ctx, root, bob) },
			"move":    func() error { return w.Change(ctx, root, bob, worker("bob", harbour)) },
			"PIN":     func() error { return w.SetPIN(ctx, root, bob, "1397") },
			"revoke":  func() error { return w.RevokeAll(ctx, root, bob) },
		} {
			must(t, w.Act(ctx, token, bob, "1397"))
			if !acts() {
				t.Fatalf("%s: bob does not act", name)
			}
			must(t, end())
			if acts() {
				t.Errorf("%s: bob acts still", name)
			}
			must(t, w.Enable(ctx, root, bob))
			must(t, w.Change(ctx, root, bob, worker("bob", canal)))
		}
		must(t, w.Disable(ctx, root, ada)) // who opened it
		w.alive(t, token, false)
	})
}

func TestWhoOpensAndClosesCounters(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		token, ada, _, _ := w.counter(t)
		must(t, w.Act(ctx, token, ada, "2580"))
		acting := w.who(t, token)
		_, err := w.OpenCounter(ctx, acting, outlet(canal), staff.Device{}) // a PIN opens nothing further
		wantKind(t, err, fault.Forbidden)
		_, err = w.OpenCounter(ctx, staff.Operator(), outlet(canal), staff.Device{})
		wantKind(t, err, fault.Forbidden)
		_, p := w.signIn(t, "ada")
		_, err = w.OpenCounter(ctx, p, outlet(heath), staff.Device{})
		wantKind(t, err, fault.Forbidden)
		wantKind(t, w.CloseCounters(ctx, p, outlet(heath)), fault.Forbidden)
		w.alive(t, token, true)
		must(t, w.CloseCounters(ctx, p, outlet(harbour)))
		w.alive(t, token, true)
		must(t, w.CloseCounters(ctx, p, outlet(canal)))
		w.alive(t, token, false)
		_, err = w.OpenCounter(ctx, p, outlet(canal), staff.Device{})
		must(t, err)
		_, err = w.OpenCounter(ctx, p, outlet(canal), staff.Device{}) // that session is over
		wantKind(t, err, fault.Forbidden)
	})
}

// With a PIN alone nobody may change what signs them in.
func TestAPINDoesNotChangeTheAccount(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		token, ada, _, _ := w.counter(t)
		must(t, w.Act(ctx, token, ada, "2580"))
		p := w.who(t, token)
		wantKind(t, w.SetPIN(ctx, p, ada, "9513"), fault.Forbidden)
		wantKind(t, w.SetPassword(ctx, p, ada, "another password"), fault.Forbidden)
		wantKind(t, w.ChangePassword(ctx, p, password, "another password", staff.Device{}), fault.Forbidden)
		wantKind(t, w.RevokeAll(ctx, p, ada), fault.Forbidden)
		_, err := w.Sessions(ctx, p, ada)
		wantKind(t, err, fault.Forbidden)
		wantKind(t, w.Revoke(ctx, p, p.Session), fault.NotFound)
		w.signIn(t, "ada")
	})
}
