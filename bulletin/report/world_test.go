package report_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/bulletin/report"
	"everykit/civil"
	"everykit/document"
	"everykit/expiry"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var ctx = context.Background()

const site = "https://kits.example.org"

// start is when the tests begin: noon of 15 July 2026, after the quarter April to June.
var start = time.Date(2026, time.July, 15, 12, 0, 0, 0, time.UTC)

var quarter = civil.Quarter(2026, 1)

// world is a nation with two authorities: Kent has Alder, Birch and Cedar, Surrey has Elm.
type world struct {
	*report.Reports
	t      testing.TB
	db     *store.DB
	reg    *registry.Registry
	led    *ledger.Ledger
	people *staff.Staff
	expiry *expiry.Expiry
	post   *mail.Outbox
	folder string

	mu  sync.Mutex
	now time.Time
}

func (w *world) at(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	w := &world{now: start}
	clock := func() time.Time {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.now
	}
	storetest.EachAt(t, clock, func(t *testing.T, db *store.DB) {
		w.at(start)
		w.t, w.db = t, db
		w.build()
		fn(t, w)
	})
}

func (w *world) build() {
	t, db := w.t, w.db
	must(t, db.Migrate(ctx, slices.Concat(registry.Schema, staff.Schema, ledger.Schema, measure.Schema, mail.Schema, notice.Schema, expiry.Schema)...))
	w.reg = registry.New(db)
	w.people = staff.New(db, staff.Options{Password: staff.Argon{KiB: 8, Passes: 1, Lanes: 1}})
	w.led = ledger.New(db, w.reg, nil, time.UTC)
	w.folder = t.TempDir()
	sender, err := mail.NewFolder(w.folder)
	must(t, err)
	w.post = mail.New(db, mail.Options{Sender: sender, From: "post@example.org", Site: site, Key: []byte(strings.Repeat("k", 32))})
	notices := notice.New(db, w.reg, w.led, w.post, site)
	w.expiry = expiry.New(db, w.reg, w.led, notices, w.people, w.post, site)
	w.Reports = report.New(db, w.reg, measure.New(db, w.reg, w.led.Today), w.post, w.led.Today, site)

	_, err = w.reg.PutArea(ctx, registry.Area{Code: "E92000001", Name: "England", Kind: "nation"})
	must(t, err)
	for code, name := range map[string]string{"E10000016": "Kent", "E10000030": "Surrey"} {
		_, err := w.reg.PutArea(ctx, registry.Area{Code: code, Name: name, Kind: "county", Parent: w.area("E92000001").ID, MinDays: registry.DefaultMinDays})
		must(t, err)
	}
	form, err := registry.ParseForm("prefilled_syringe")
	must(t, err)
	route, err := registry.ParseRoute("intramuscular")
	must(t, err)
	_, err = w.reg.PutProduct(ctx, registry.Product{Code: "pen", Name: "Pen", Form: form, Route: route, DosesPerKit: 5})
	must(t, err)
	for code, area := range map[string]string{"Alder": "E10000016", "Birch": "E10000016", "Cedar": "E10000016", "Elm": "E10000030"} {
		_, err := w.reg.PutOutlet(ctx, registry.Outlet{
			Code: code, Name: code, Kind: registry.DrugService, Area: w.area(area).ID, Channel: registry.Community,
			ConfirmedOn: civil.None, ClosedOn: civil.None, LegalFrom: civil.None,
		})
		must(t, err)
	}
}

func (w *world) snap() *registry.Snapshot {
	w.t.Helper()
	snap, err := w.reg.Now(ctx)
	must(w.t, err)
	return snap
}

func (w *world) area(code string) *registry.Area {
	w.t.Helper()
	a, ok := w.snap().AreaByCode(code)
	if !ok {
		w.t.Fatalf("no area %s", code)
	}
	return a
}

func (w *world) outlet(code string) *registry.Outlet {
	w.t.Helper()
	o, ok := w.snap().OutletByCode(code)
	if !ok {
		w.t.Fatalf("no outlet %s", code)
	}
	return o
}

func (w *world) entry(d, outlet string, kits int) ledger.Entry {
	return ledger.Entry{ID: ledger.NewID(), OccurredOn: day(w.t, d), Outlet: w.outlet(outlet).ID, Kits: kits}
}

func (w *world) receive(d, outlet, lot, printed string, kits int) int {
	w.t.Helper()
	e, err := civil.ParseExpiry(printed)
	must(w.t, err)
	p, _ := w.snap().FindProduct("pen")
	must(w.t, w.led.Receive(ctx, staff.Operator(), ledger.Receipt{Entry: w.entry(d, outlet, kits), Product: p.ID, Lot: lot, Expiry: e}))
	lots, err := w.led.LotsNumbered(ctx, p.ID, lot)
	must(w.t, err)
	return lots[0].ID
}

func (w *world) supply(d, outlet string, lot, kits int, also ...func(*ledger.SupplyOf)) uuid.UUID {
	w.t.Helper()
	s := ledger.SupplyOf{Entry: w.entry(d, outlet, kits), Lot: lot}
	for _, f := range also {
		f(&s)
	}
	must(w.t, w.led.Supply(ctx, staff.Operator(), s))
	return s.ID
}

func (w *world) returns(text string) {
	w.t.Helper()
	rd, err := table.NewReader(strings.NewReader(text), "returns.csv", int64(len(text)), measure.Kind())
	must(w.t, err)
	_, err = measure.New(w.db, w.reg, w.led.Today).ImportReturns(ctx, rd, false)
	must(w.t, err)
}

func (w *world) account(name string, role staff.Role, area int, outlets ...string) staff.Person {
	w.t.Helper()
	d := staff.Draft{Email: name + "@example.org", Name: "Canary " + name, Role: role, Area: area}
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

func (w *world) ofOutlet(code string, p civil.Period) *document.Document {
	w.t.Helper()
	d, err := w.OfOutlet(ctx, w.outlet(code).ID, p)
	must(w.t, err)
	return d
}

func (w *world) ofArea(code string, p civil.Period) *document.Document {
	w.t.Helper()
	d, err := w.OfArea(ctx, w.area(code).ID, p)
	must(w.t, err)
	return d
}

// said is a report as lines of text: headings, sentences, and rows with their cells parted by " | ".
func said(d *document.Document) string {
	var b strings.Builder
	line := func(s ...string) { b.WriteString(strings.Join(s, " | ") + "\n") }
	line(d.Title)
	line(d.Subtitle)
	for _, c := range d.Chapters {
		line("# " + c.Title)
		for _, block := range c.Blocks {
			switch block := block.(type) {
			case document.Para:
				line(block.Text)
			case document.Points:
				for _, p := range block.Items {
					line("- " + p)
				}
			case document.Markdown:
				line(block.Source)
			case document.Picture:
				line("picture: " + block.Title + " / " + block.Alt)
			case document.Table:
				var heads []string
				for _, c := range block.Columns {
					heads = append(heads, c.Label)
				}
				line("table: " + block.Caption)
				line(heads...)
				for _, r := range block.Rows {
					line(r.Cells...)
				}
				for _, n := range block.Notes {
					line("note: " + n)
				}
			}
		}
	}
	return b.String()
}

func says(t testing.TB, text string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains(text, l) {
			t.Errorf("it does not say %q:\n%s", l, text)
		}
	}
}

func lacks(t testing.TB, text string, words ...string) {
	t.Helper()
	for _, l := range words {
		if strings.Contains(text, l) {
			t.Errorf("it says %q:\n%s", l, text)
		}
	}
}

func day(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	must(t, err)
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
