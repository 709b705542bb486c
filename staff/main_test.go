package staff_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var ctx = context.Background()

// Where the people of these tests are: a nation, two of its authorities, and outlets of each.
const (
	nation  = 900
	kent    = 10
	surrey  = 20
	canal   = 101 // of kent
	harbour = 102 // of kent
	heath   = 201 // of surrey
)

func outlet(id int) staff.Place {
	return staff.Place{Nation: nation, Area: id / 100 * 10, Outlet: id}
}

const password = "correct horse battery"

// cheap keeps the suite quick.
var cheap = staff.Options{Password: staff.Argon{KiB: 8, Passes: 1, Lanes: 1}, PIN: staff.Argon{KiB: 8, Passes: 1, Lanes: 1}}

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// world is a fresh database with the room on it and a clock of its own.
type world struct {
	*staff.Staff
	db    *store.DB
	clock *clock
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) { fn(t, newWorld(t, open)) })
	}
}

func newWorld(t testing.TB, open func(testing.TB, func() time.Time) *store.DB) world {
	t.Helper()
	c := &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	db := open(t, c.now)
	if err := db.Migrate(ctx, staff.Schema...); err != nil {
		t.Fatal(err)
	}
	return world{staff.New(db, cheap), db, c}
}

func worker(name string, outlets ...int) staff.Draft {
	d := staff.Draft{Email: name + "@example.org", Name: name, Role: staff.Worker, Area: outlet(outlets[0]).Area}
	for _, id := range outlets {
		d.Outlets = append(d.Outlets, outlet(id))
	}
	return d
}

func (w world) create(t testing.TB, d staff.Draft) int {
	t.Helper()
	id, err := w.Create(ctx, staff.Operator(), d, password)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w world) signIn(t testing.TB, name string) (string, staff.Person) {
	t.Helper()
	token, p, err := w.SignIn(ctx, name+"@example.org", password, staff.Device{Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return token, p
}

// admin makes an administrator and signs them in.
func (w world) admin(t testing.TB) staff.Person {
	t.Helper()
	w.create(t, staff.Draft{Email: "root@example.org", Name: "root", Role: staff.Administrator})
	_, p := w.signIn(t, "root")
	return p
}

func (w world) alive(t testing.TB, token string, want bool) {
	t.Helper()
	_, err := w.Who(ctx, token)
	if want && err != nil {
		t.Errorf("the session has ended: %v", err)
	}
	if !want && !fault.Is(err, fault.Forbidden) {
		t.Errorf("the session has not ended: %v", err)
	}
}

func wantKind(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v (%v), want %v", fault.KindOf(err), err, kind)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
