package support_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var morning = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// world is a nation of authorities A (outlets A1, and A2 which has closed), B (B1) and C (none), and a nation of its own
// for D. Coordinators are cora of A, cole of B and dora of D; bob works at B1; nora and nick are national, anna an analyst.
type world struct {
	*support.Support
	t   testing.TB
	ctx context.Context
	db  *store.DB
	reg *registry.Registry
	led *ledger.Ledger
	now *time.Time
	who map[string]staff.Person
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range []struct {
		name string
		open func(testing.TB, func() time.Time) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		t.Run(engine.name, func(t *testing.T) {
			now := morning
			fn(t, newWorld(t, engine.open(t, func() time.Time { return now }), &now))
		})
	}
}

func newWorld(t testing.TB, db *store.DB, now *time.Time) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), db: db, reg: registry.New(db), now: now, who: map[string]staff.Person{"": staff.Operator()}}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, ledger.Schema, support.Schema)...))
	w.led = ledger.New(db, w.reg, nil, time.UTC)
	w.Support = support.New(db, w.reg, w.led, w.led.Today)
	for _, a := range [][3]string{{"N", "nation", ""}, {"M", "nation", ""}, {"A", "authority", "N"}, {"B", "authority", "N"}, {"C", "authority", "N"}, {"D", "authority", "M"}} {
		area := registry.Area{Code: a[0], Name: "Area " + a[0], Kind: a[1], ValidFrom: civil.None, ValidTo: civil.None}
		if a[2] != "" {
			area.Parent = w.id(a[2])
		}
		_, err := w.reg.PutArea(w.ctx, area)
		must(t, err)
	}
	for _, o := range []string{"A1", "A2", "B1"} {
		outlet := registry.Outlet{
			Code: o, Name: "Outlet " + o, Kind: registry.DrugService, Area: w.id(o[:1]), Channel: registry.Community,
			LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
		}
		if o == "A2" {
			outlet.ClosedOn = civil.On(2026, time.November, 1)
		}
		_, err := w.reg.PutOutlet(w.ctx, outlet)
		must(t, err)
	}
	form, err := registry.ParseForm("prefilled_syringe")
	must(t, err)
	route, err := registry.ParseRoute("intramuscular")
	must(t, err)
	_, err = w.reg.PutProduct(w.ctx, registry.Product{Code: "prenoxad", Name: "Prenoxad", Form: form, Route: route, DosesPerKit: 5})
	must(t, err)
	people := staff.New(db, staff.Options{})
	for _, p := range []struct {
		name string
		role staff.Role
		area string
	}{
		{"cora", staff.Coordinator, "A"},
		{"cole", staff.Coordinator, "B"},
		{"dora", staff.Coordinator, "D"},
		{"bob", staff.Worker, "B"},
		{"nora", staff.National, "N"},
		{"nick", staff.National, "N"},
		{"mona", staff.National, "M"},
		{"anna", staff.Analyst, "N"},
		{"adam", staff.Administrator, ""},
	} {
		d := staff.Draft{Email: p.name + "@example.org", Name: p.name, Role: p.role}
		if p.area != "" {
			d.Area = w.id(p.area)
		}
		who := staff.Person{Name: p.name, Role: p.role, Area: d.Area}
		if p.role == staff.Worker {
			d.Outlets = []staff.Place{{Area: d.Area, Outlet: w.id("B1")}}
			who.Outlets = []int{w.id("B1")}
		}
		who.ID, err = people.Create(w.ctx, staff.Operator(), d, "")
		must(t, err)
		w.who[p.name] = who
	}
	return w
}

// id is that of an area or an outlet by its code.
func (w *world) id(code string) int {
	w.t.Helper()
	snap, err := w.reg.Now(w.ctx)
	must(w.t, err)
	if a, ok := snap.AreaByCode(code); ok {
		return a.ID
	}
	if o, ok := snap.OutletByCode(code); ok {
		return o.ID
	}
	w.t.Fatalf("nothing has the code %s", code)
	return 0
}

// lot receives kits of a lot at B1 and gives its id.
func (w *world) lot(number string, expiry civil.Expiry, kits int) int {
	w.t.Helper()
	r := ledger.Receipt{Product: 1, Lot: number, Expiry: expiry}
	r.ID, r.OccurredOn, r.Outlet, r.Kits = ledger.NewID(), w.led.Today(), w.id("B1"), kits
	must(w.t, w.led.Receive(w.ctx, w.who["bob"], r))
	lots, err := w.led.LotsNumbered(w.ctx, 1, number)
	must(w.t, err)
	return lots[0].ID
}

// ask asks for A, by cora, and gives the action.
func (w *world) ask(a support.Action) *support.Action {
	w.t.Helper()
	a.Area = w.id("A")
	if a.Gap == "" {
		a.Gap, a.Help, a.Says = support.LowCoverage, support.Stock, "Twenty kits would reach our hostels."
	}
	must(w.t, w.Ask(w.ctx, w.who["cora"], uuid.New(), a))
	list, err := w.Of(w.ctx, a.Area)
	must(w.t, err)
	last := list[0]
	for _, b := range list {
		if b.ID > last.ID {
			last = b
		}
	}
	return &last
}

func (w *world) read(id int) (*support.Action, []support.Step) {
	w.t.Helper()
	a, steps, err := w.Action(w.ctx, id)
	must(w.t, err)
	return a, steps
}

func (w *world) count(table string) int {
	w.t.Helper()
	var n int
	must(w.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		_, err := tx.Get(w.ctx, []any{&n}, "SELECT COUNT(*) FROM "+table)
		return err
	}))
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func says(t testing.TB, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("the error is %v, and should say %q", err, words)
	}
}
