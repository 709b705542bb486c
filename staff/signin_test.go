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
	"everykit/store"
	"everykit/store/storetest"
)

func TestSignInAndOut(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		id := w.create(t, worker("ada", harbour, canal))
		token, p, err := w.SignIn(ctx, "  ADA@Example.org ", password, staff.Device{UserAgent: "Fire\x00fox " + strings.Repeat("é", 500)})
		must(t, err)
		want := staff.Person{ID: id, Name: "ada", Email: "ada@example.org", Role: staff.Worker, Area: kent, Outlets: []int{canal, harbour}, Session: p.Session}
		if d := cmp.Diff(want, p); d != "" || p.Session == "" {
			t.Errorf("signed in as (-want +got):\n%s", d)
		}
		for range 2 { // the second time from memory
			got, err := w.Who(ctx, token)
			if d := cmp.Diff(p, got); d != "" || err != nil {
				t.Errorf("who is (-want +got): %v\n%s", err, d)
			}
		}
		list, err := w.Sessions(ctx, p, id)
		if err != nil || len(list) != 1 || list[0].ID != p.Session || !strings.HasPrefix(list[0].UserAgent, "Firefox éé") || len([]rune(list[0].UserAgent)) != 120 {
			t.Errorf("sessions %+v (%v)", list, err)
		}
		must(t, w.SignOut(ctx, token))
		w.alive(t, token, false)
		must(t, w.SignOut(ctx, token)) // twice is no error
		for _, bad := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("!", 43), token + "A", p.Session} {
			w.alive(t, bad, false)
		}
	})
}

func TestAWrongSignInTellsNothing(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		root := w.admin(t)
		w.create(t, worker("ada", canal))
		gone := w.create(t, worker("bob", canal))
		must(t, w.Disable(ctx, root, gone))
		_, err := w.Create(ctx, root, worker("cy", canal), "") // acts on counter devices only
		must(t, err)
		var first *fault.Error
		for _, try := range [][2]string{
			{"ada@example.org", "not the password"},
			{"ada@example.org", ""},
			{"ada@example.org", strings.ToUpper(password)},
			{"nobody@example.org", password},
			{"bob@example.org", password},
			{"cy@example.org", ""},
			{"cy@example.org", password},
			{"", ""},
			{"ada@example.org\x00", password},
			{"\xff\xfe", password},
			{"ada@example.org", strings.Repeat("x", 1<<20)},
		} {
			token, p, err := w.SignIn(ctx, try[0], try[1], staff.Device{})
			if token != "" || p.SignedIn() || !fault.Is(err, fault.Forbidden) {
				t.Fatalf("%q signed in: %v", try[0], err)
			}
			got := fault.Of(err)[0]
			if first == nil {
				first = got
			}
			if got.Message != first.Message || got.Next != first.Next || got.Field != first.Field {
				t.Errorf("%q was told %q (%s)", try[0], got.Message, got.Next)
			}
		}
	})
}

func TestWrongTriesAreSlowed(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.create(t, worker("ada", canal))
		stranger, home := staff.Device{Address: "198.51.100.7"}, staff.Device{Address: "192.0.2.1"}
		try := func(email, pw string, from staff.Device) error {
			_, _, err := w.SignIn(ctx, email, pw, from)
			return err
		}
		for _, email := range []string{"ada@example.org", "nobody@example.org"} { // an unknown one waits no less
			for range 5 {
				wantKind(t, try(email, "wrong password", stranger), fault.Forbidden)
			}
			err := try(email, password, stranger)
			wantKind(t, err, fault.Refused)
			if next := fault.Of(err)[0].Next; !strings.HasPrefix(next, "wait 15 minutes") {
				t.Errorf("told %q", next)
			}
		}
		must(t, try("ada@example.org", password, home)) // the person themself is not locked out
		w.clock.move(14 * time.Minute)
		wantKind(t, try("ada@example.org", password, stranger), fault.Refused) // and trying on makes the wait no longer
		w.clock.move(time.Minute)
		must(t, try("ada@example.org", password, stranger))
		w.clock.move(time.Hour)
		wantKind(t, try("ada@example.org", "wrong password", stranger), fault.Forbidden)
		w.clock.move(10 * time.Minute)
		for range 4 {
			wantKind(t, try("ada@example.org", "wrong password", stranger), fault.Forbidden)
		}
		err := try("ada@example.org", password, stranger)
		if wantKind(t, err, fault.Refused); !strings.HasPrefix(fault.Of(err)[0].Next, "wait 5 minutes") { // from the first
			t.Errorf("told %q", fault.Of(err)[0].Next)
		}
		w.clock.move(5 * time.Minute)
		must(t, try("ada@example.org", password, stranger))
		for range 4 { // a right one forgets the wrong ones before it
			wantKind(t, try("ada@example.org", "wrong password", home), fault.Forbidden)
		}
		must(t, try("ada@example.org", password, home))
		for range 4 {
			wantKind(t, try("ada@example.org", "wrong password", home), fault.Forbidden)
		}
		must(t, try("ada@example.org", password, home))
	})
}

// Many tries at once, and many addresses together, get no more guesses than they should.
func TestWrongTriesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.create(t, worker("ada", canal))
		guesses := func(n int, from func(i int) string) (heard int64) {
			var wg sync.WaitGroup
			var count atomic.Int64
			for i := range n {
				wg.Go(func() {
					_, _, err := w.SignIn(ctx, "ada@example.org", "wrong password", staff.Device{Address: from(i)})
					switch {
					case fault.Is(err, fault.Forbidden):
						count.Add(1)
					case !fault.Is(err, fault.Refused):
						t.Errorf("try %d: %v", i, err)
					}
				})
			}
			wg.Wait()
			return count.Load()
		}
		if n := guesses(20, func(int) string { return "one" }); n != 5 {
			t.Errorf("one address had %d guesses, want 5", n)
		}
		w.clock.move(time.Hour)
		if n := guesses(130, func(i int) string { return strings.Repeat("a", i) }); n != 100 {
			t.Errorf("many addresses had %d guesses, want 100", n)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.create(t, worker("ada", canal))
		idle, _ := w.signIn(t, "ada")
		w.clock.move(staff.IdleFor - time.Second)
		w.alive(t, idle, true) // and is in use again
		w.clock.move(staff.IdleFor)
		w.alive(t, idle, false)

		busy, _ := w.signIn(t, "ada")
		for range int(staff.SessionFor/(6*time.Hour)) - 1 {
			w.clock.move(6 * time.Hour)
			w.alive(t, busy, true)
		}
		w.clock.move(6 * time.Hour)
		w.alive(t, busy, false)

		w.signIn(t, "ada") // clears away what is over
		var rows int
		must(t, w.db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Get(ctx, []any{&rows}, "SELECT count(*) FROM session")
			return err
		}))
		if rows != 1 {
			t.Errorf("%d sessions stored, want 1", rows)
		}
	})
}

// Another process on the same database may answer from memory for CacheFor and no longer.
func TestAnotherProcessLagsTwoSeconds(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.create(t, worker("ada", canal))
		token, p := w.signIn(t, "ada")
		other := world{staff.New(w.db, cheap), w.db, w.clock}
		other.alive(t, token, true)
		must(t, w.Revoke(ctx, p, p.Session))
		w.alive(t, token, false)
		w.clock.move(staff.CacheFor)
		other.alive(t, token, false)
	})
}

func TestRealCostOfAPassword(t *testing.T) {
	w := newWorld(t, storetest.SQLite)
	w.Staff = staff.New(w.db, staff.Options{})
	id := w.create(t, worker("ada", canal))
	must(t, w.SetPIN(ctx, staff.Operator(), id, "2580"))
	w.signIn(t, "ada")
	var password, pin string
	must(t, w.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&password, &pin}, "SELECT password, pin FROM account")
		return err
	}))
	if !strings.HasPrefix(password, "$argon2id$v=19$m=19456,t=2,p=1$") || !strings.HasPrefix(pin, "$argon2id$v=19$m=4096,t=1,p=1$") {
		t.Errorf("stored %q and %q", password, pin)
	}
	// Hashes of another cost stay good.
	w.Staff = staff.New(w.db, cheap)
	w.signIn(t, "ada")
}
