package expiry_test

import (
	"context"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(childVariable); dsn != "" {
		child(dsn)
		return
	}
	storetest.Main(m)
}

var ctx = context.Background()

// start is when the tests begin: half past eight in the morning of 15 June 2026 at the outlets.
var start = time.Date(2026, time.June, 15, 7, 30, 0, 0, time.UTC)

const site = "https://kits.example.org"

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

func (c *clock) move(d time.Duration) { c.set(c.now().Add(d)) }

// world is a nation with two authorities. Kent has Alder, Birch and Cedar, and the Depot, a store; Surrey has Elm. A kit
// must have 90 days left to be given out.
type world struct {
	*expiry.Expiry
	t       testing.TB
	db      *store.DB
	clock   *clock
	reg     *registry.Registry
	led     *ledger.Ledger
	people  *staff.Staff
	notices *notice.Notices
	post    *mail.Outbox
}

func schema() []store.Step {
	return slices.Concat(registry.Schema, staff.Schema, ledger.Schema, measure.Schema, mail.Schema, notice.Schema, expiry.Schema)
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	c := &clock{t: start}
	storetest.EachAt(t, c.now, func(t *testing.T, db *store.DB) {
		c.set(start)
		fn(t, newWorld(t, db, c, mail.Options{}))
	})
}

func newWorld(t testing.TB, db *store.DB, c *clock, post mail.Options) *world {
	t.Helper()
	must(t, db.Migrate(ctx, schema()...))
	w := open(t, db, c, post)
	_, err := w.reg.PutArea(ctx, registry.Area{Code: "E92000001", Name: "England", Kind: "nation"})
	must(t, err)
	for code, name := range map[string]string{"E10000016": "Kent", "E10000030": "Surrey"} {
		_, err := w.reg.PutArea(ctx, registry.Area{Code: code, Name: name, Kind: "county", Parent: w.area("E92000001").ID, MinDays: registry.DefaultMinDays})
		must(t, err)
	}
	for _, p := range []registry.Product{
		{Code: "pen", Name: "Pen", Form: must1(registry.ParseForm("prefilled_syringe"))(t), Route: must1(registry.ParseRoute("intramuscular"))(t), DosesPerKit: 5},
		{Code: "puff", Name: "Puff", Form: must1(registry.ParseForm("nasal_spray"))(t), Route: must1(registry.ParseRoute("intranasal"))(t), DosesPerKit: 2},
	} {
		_, err := w.reg.PutProduct(ctx, p)
		must(t, err)
	}
	for _, o := range []struct {
		code, area string
		kind       registry.OutletKind
	}{
		{"Alder", "E10000016", registry.DrugService},
		{"Birch", "E10000016", registry.Pharmacy},
		{"Cedar", "E10000016", registry.Hostel},
		{"Depot", "E10000016", registry.Store},
		{"Elm", "E10000030", registry.DrugService},
	} {
		_, err := w.reg.PutOutlet(ctx, registry.Outlet{
			Code: o.code, Name: o.code, Kind: o.kind, Area: w.area(o.area).ID, Channel: registry.Community, ConfirmedOn: civil.None, ClosedOn: civil.None, LegalFrom: civil.None,
		})
		must(t, err)
	}
	return w
}

// open builds the rooms on a database that is there: as a program that has been started again does.
func open(t testing.TB, db *store.DB, c *clock, post mail.Options) *world {
	t.Helper()
	w := &world{t: t, db: db, clock: c, reg: registry.New(db), people: staff.New(db, staff.Options{Password: staff.Argon{KiB: 8, Passes: 1, Lanes: 1}})}
	london, err := time.LoadLocation("Europe/London")
	must(t, err)
	w.led = ledger.New(db, w.reg, nil, london)
	w.post = mail.New(db, post)
	w.notices = notice.New(db, w.reg, w.led, w.post, site)
	w.Expiry = expiry.New(db, w.reg, w.led, w.notices, w.people, w.post, site)
	return w
}

func (w *world) snap() *registry.Snapshot { return must1(w.reg.Now(ctx))(w.t) }

func (w *world) area(code string) *registry.Area {
	w.t.Helper()
	a, ok := w.snap().AreaByCode(code)
	if !ok {
		w.t.Fatalf("no area %s", code)
	}
	return a
}

func (w *world) kent() int    { return w.area("E10000016").ID }
func (w *world) england() int { return w.area("E92000001").ID }

func (w *world) outlet(code string) *registry.Outlet {
	w.t.Helper()
	o, ok := w.snap().OutletByCode(code)
	if !ok {
		w.t.Fatalf("no outlet %s", code)
	}
	return o
}

// receive puts kits on a shelf and gives their lot. expiry is as printed, empty if not known.
func (w *world) receive(day, outlet, product, lot, printed string, kits int) int {
	w.t.Helper()
	e := must1(civil.ParseExpiry(printed))(w.t)
	p, ok := w.snap().FindProduct(product)
	if !ok {
		w.t.Fatalf("no product %s", product)
	}
	must(w.t, w.led.Receive(ctx, staff.Operator(), ledger.Receipt{Entry: w.entry(day, outlet, kits), Product: p.ID, Lot: lot, Expiry: e}))
	return w.lot(product, lot)
}

func (w *world) lot(product, number string) int {
	w.t.Helper()
	p, _ := w.snap().FindProduct(product)
	lots := must1(w.led.LotsNumbered(ctx, p.ID, number))(w.t)
	if len(lots) != 1 {
		w.t.Fatalf("%d lots %s", len(lots), number)
	}
	return lots[0].ID
}

func (w *world) entry(day, outlet string, kits int) ledger.Entry {
	w.t.Helper()
	return ledger.Entry{ID: ledger.NewID(), OccurredOn: on(w.t, day), Outlet: w.outlet(outlet).ID, Kits: kits}
}

func (w *world) supply(day, outlet string, lot, kits int) uuid.UUID {
	w.t.Helper()
	e := w.entry(day, outlet, kits)
	must(w.t, w.led.Supply(ctx, staff.Operator(), ledger.SupplyOf{Entry: e, Lot: lot}))
	return e.ID
}

func (w *world) send(day, from, to string, lot, kits int) uuid.UUID {
	w.t.Helper()
	e := w.entry(day, from, kits)
	must(w.t, w.led.Send(ctx, staff.Operator(), ledger.Dispatch{Entry: e, Lot: lot, To: w.outlet(to).ID}))
	return e.ID
}

// shelf is how many kits of a lot are on a shelf.
func (w *world) shelf(outlet string, lot int) int {
	w.t.Helper()
	for _, l := range must1(w.led.Stock(ctx, w.outlet(outlet).ID))(w.t).Lines {
		if l.Lot.ID == lot {
			return l.Counts[ledger.Shelf]
		}
	}
	return 0
}

// account makes somebody's account and gives them signed in.
func (w *world) account(name string, role staff.Role, area int, outlets ...string) staff.Person {
	w.t.Helper()
	d := staff.Draft{Email: name + "@example.org", Name: name, Role: role, Area: area}
	for _, code := range outlets {
		o := w.outlet(code)
		d.Outlets = append(d.Outlets, staff.Place{Area: o.Area, Outlet: o.ID})
	}
	const password = "seven grey herons wade"
	_, err := w.people.Create(ctx, staff.Operator(), d, password)
	must(w.t, err)
	_, p, err := w.people.SignIn(ctx, d.Email, password, staff.Device{Address: "192.0.2.1"})
	must(w.t, err)
	return p
}

func (w *world) board(s expiry.Scope) *expiry.Board {
	w.t.Helper()
	return must1(w.Board(ctx, s))(w.t)
}

func on(t testing.TB, s string) civil.Date {
	t.Helper()
	return must1(civil.ParseDate(s))(t)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must1[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func wantKind(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v (%v), want %v", fault.KindOf(err), err, kind)
	}
}
