package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// noon is when the tests of this room take place, unless they move the clock.
var noon = time.Date(2018, time.June, 15, 12, 0, 0, 0, time.UTC)

// world is two authorities with two outlets each and two products.
type world struct {
	*ledger.Ledger
	db   *store.DB
	reg  *registry.Registry
	snap *registry.Snapshot
	now  time.Time
	ctx  context.Context
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	now := noon
	storetest.EachAt(t, func() time.Time { return now }, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{db: db, reg: registry.New(db), ctx: context.Background(), now: noon}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, ledger.Schema)...))
	_, err := w.reg.PutArea(w.ctx, registry.Area{Code: "E92000001", Name: "England", Kind: "nation"})
	must(t, err)
	w.snap = must1(w.reg.Now(w.ctx))(t)
	england, _ := w.snap.AreaByCode("E92000001")
	for _, code := range []string{"E09000002", "E09000003"} {
		_, err := w.reg.PutArea(w.ctx, registry.Area{Code: code, Name: "Authority " + code, Kind: "authority", Parent: england.ID})
		must(t, err)
	}
	w.snap = must1(w.reg.Now(w.ctx))(t)
	for i, area := range []string{"E09000002", "E09000002", "E09000003", "E09000003"} {
		a, _ := w.snap.AreaByCode(area)
		kind := must1(registry.ParseOutletKind("drug_service"))(t)
		_, err := w.reg.PutOutlet(w.ctx, registry.Outlet{
			Code: fmt.Sprintf("O%d", i+1), Name: fmt.Sprintf("Outlet %d", i+1), Kind: kind, Area: a.ID, Channel: registry.Community,
			LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
		})
		must(t, err)
	}
	for _, p := range []string{"prenoxad", "nyxoid"} {
		form, route := "prefilled_syringe", "intramuscular"
		if p == "nyxoid" {
			form, route = "nasal_spray", "intranasal"
		}
		_, err := w.reg.PutProduct(w.ctx, registry.Product{
			Code: p, Name: p, Form: must1(registry.ParseForm(form))(t), Route: must1(registry.ParseRoute(route))(t), DosesPerKit: 2,
		})
		must(t, err)
	}
	w.snap = must1(w.reg.Now(w.ctx))(t)
	w.Ledger = ledger.New(db, w.reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must1 is for calls that give a value and an error: must1(f())(t).
func must1[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func (w *world) outlet(code string) *registry.Outlet {
	o, ok := w.snap.OutletByCode(code)
	if !ok {
		panic("no outlet " + code)
	}
	return o
}

func (w *world) product(code string) int {
	p, ok := w.snap.FindProduct(code)
	if !ok {
		panic("no product " + code)
	}
	return p.ID
}

var operator = staff.Operator()

// entry begins an entry of today at an outlet.
func (w *world) entry(outlet string, kits int) ledger.Entry {
	return ledger.Entry{ID: ledger.NewID(), OccurredOn: w.Today(), Outlet: w.outlet(outlet).ID, Kits: kits}
}

func on(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// receive puts kits of a lot on a shelf and gives the lot's id.
func (w *world) receive(t testing.TB, outlet, lot, day string, kits int) int {
	t.Helper()
	return w.receiveExpiring(t, outlet, lot, "2020-02", day, kits)
}

func (w *world) receiveExpiring(t testing.TB, outlet, lot, expiry, day string, kits int) int {
	t.Helper()
	e := w.entry(outlet, kits)
	e.OccurredOn = on(day)
	must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: lot, Expiry: must1(civil.ParseExpiry(expiry))(t)}))
	return w.lot(t, lot)
}

func (w *world) lot(t testing.TB, number string) int {
	t.Helper()
	for _, l := range must1(w.Lots(w.ctx, 0))(t) {
		if l.Number == number {
			return l.ID
		}
	}
	t.Fatalf("there is no lot %s", number)
	return 0
}

func (w *world) supply(outlet string, lot int, day string, kits int) error {
	e := w.entry(outlet, kits)
	e.OccurredOn = on(day)
	return w.Supply(w.ctx, operator, ledger.SupplyOf{Entry: e, Lot: lot})
}

// counts is what a lot has at an outlet.
func (w *world) counts(t testing.TB, outlet string, lot int) map[string]int {
	t.Helper()
	got := map[string]int{}
	names := []string{"supplier", "outside", "shelf", "held", "spoiled", "transit", "people", "used", "destroyed", "lost", "returned"}
	must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		n := make([]int, len(names))
		dest := make([]any, len(names))
		for i := range n {
			dest[i] = &n[i]
		}
		_, err := tx.Get(w.ctx, dest, "SELECT "+strings.Join(names, ", ")+" FROM stock WHERE outlet = ? AND lot = ?", w.outlet(outlet).ID, lot)
		for i, name := range names {
			if n[i] != 0 {
				got[name] = n[i]
			}
		}
		return err
	}))
	return got
}

// clean fails the test if the recount differs from the kept tables.
func (w *world) clean(t testing.TB) {
	t.Helper()
	v := must1(w.Verify(w.ctx, nil))(t)
	for _, d := range v.Differences {
		t.Error(d)
	}
}

// importText imports a file given as text.
func (w *world) importText(kind, name, text string, dry bool) (ledger.Imported, error) {
	return w.Import(w.ctx, textImport(kind, name, text, dry))
}

func textImport(kind, name, text string, dry bool) ledger.Import {
	var k table.Kind
	for _, of := range ledger.Kinds() {
		if of.Name == kind {
			k = of
		}
	}
	return ledger.Import{
		Kind: kind, File: name, Who: operator, Dry: dry,
		Open: func() (*table.Reader, error) {
			return table.NewReader(strings.NewReader(text), name, int64(len(text)), k)
		},
	}
}

// exported is a kind's rows as text.
func (w *world) exported(t testing.TB, kind string, marks bool) string {
	t.Helper()
	var b strings.Builder
	out := table.NewWriter(&b, ledger.ExportColumns(kind, marks)...)
	_, err := w.Export(w.ctx, ledger.Export{Kind: kind, Out: out, Marks: marks})
	must(t, err)
	must(t, out.Close())
	return b.String()
}
