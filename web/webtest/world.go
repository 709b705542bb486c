// Package webtest is a small world for the tests of package web as a whole: two nations with two authorities each, an
// outlet or two in every one, kits on their shelves, and an account for each role. Only _test.go files import it.
//
// It promises nothing that differs from a real site: the rooms are the real ones on a real SQLite file, and what
// somebody sees goes through web.New. Only the clock stands still, and passwords cost less to check.
//
// Start reading at New, then Person.
package webtest

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"everykit/civil"
	"everykit/demo"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/web"
	"everykit/web/desk"
	"everykit/web/page"
)

// Today is the day it always is: inside a financial year, with last years behind it.
var Today = civil.On(2026, 11, 23)

// World is one site.
type World struct {
	*desk.App
	URL string
	Log *Log

	Home   *registry.Outlet // where the worker works
	Sister *registry.Outlet // in the same authority
	Across *registry.Outlet // in another authority of the nation
	Abroad *registry.Outlet // in another nation

	Lot      int    // on Home's shelf
	Entry    string // a supply at Home
	Delivery string // on its way from Sister to Home
	Count    string // begun at Home, not signed off

	t        testing.TB
	ctx      context.Context
	accounts map[string]int
}

// New makes the world and serves it on 127.0.0.1 until the test ends.
func New(t testing.TB) *World {
	t.Helper()
	w := empty(t)
	w.places()
	w.people()
	w.kits()
	w.serve()
	return w
}

// NewDemo is the made-up nation of package demo in place of the small world: of what World names it has none.
func NewDemo(t testing.TB, scale float64) (*World, demo.Made) {
	t.Helper()
	w := empty(t)
	o := demo.Small(Today)
	o.Scale = scale
	made, err := demo.Build(w.ctx, w.DB, w.Registry, w.Ledger, w.Staff, w.Measures, o)
	w.must(err)
	w.serve()
	return w, made
}

// empty makes the rooms on a new database.
func empty(t testing.TB) *World {
	t.Helper()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	db := storetest.SQLite(t, func() time.Time { return noon })
	w := &World{t: t, ctx: context.Background(), Log: &Log{}, accounts: map[string]int{}}
	w.must(db.Migrate(w.ctx, slices.Concat([]store.Step{}, registry.Schema, staff.Schema, ledger.Schema, measure.Schema, demo.Schema)...))
	reg := registry.New(db)
	book := ledger.New(db, reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	cheap := staff.Argon{KiB: 8, Passes: 1, Lanes: 1}
	log := slog.New(slog.NewTextHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.App = &desk.App{
		DB: db, Registry: reg, Ledger: book, Staff: staff.New(db, staff.Options{Password: cheap, PIN: cheap}),
		Measures: measure.New(db, reg, book.Today), Shell: &page.Shell{Log: log, Demo: true}, Log: log,
	}
	return w
}

// serve starts the site, with a way in beside its own addresses.
func (w *World) serve() {
	mux := http.NewServeMux()
	mux.Handle("/", web.New(w.App))
	mux.HandleFunc("GET "+wayIn+"{who}", func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, Cookie(w.Token(r.PathValue("who"))))
		_, _ = rw.Write([]byte("<!doctype html><title>in</title>"))
	})
	site := httptest.NewServer(mux)
	w.t.Cleanup(site.Close)
	w.URL = site.URL
}

func (w *World) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Snap is the registry now.
func (w *World) Snap() *registry.Snapshot {
	w.t.Helper()
	snap, err := w.Registry.Now(w.ctx)
	w.must(err)
	return snap
}

// Area is the authority of an outlet.
func (w *World) Area(o *registry.Outlet) *registry.Area { return w.Snap().Area(o.Area) }

// Nation is the nation of an outlet.
func (w *World) Nation(o *registry.Outlet) *registry.Area { return w.Snap().NationOf(o.Area) }

// places are the built-in areas and products, and five outlets.
func (w *World) places() {
	w.t.Helper()
	w.must(w.Registry.LoadBuiltIn(w.ctx))
	snap := w.Snap()
	none := registry.Outlet{LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None, Channel: registry.Community}
	for _, o := range []struct {
		code, name, area string
		kind             registry.OutletKind
		provider         string
	}{
		{"BD-01", "Harbour Street needle exchange", "E09000002", registry.NeedleExchange, "Harbour Trust"},
		{"BD-02", "St Anne’s hostel", "E09000002", registry.Hostel, "Roof and Rest"},
		{"BT-01", "Barnet outreach van", "E09000003", registry.Outreach, "Van and Co"},
		{"GG-01", "Clyde pharmacy", "S08000031", registry.Pharmacy, "Clyde Chemists"},
		{"LO-01", "Leith drop-in", "S08000024", registry.DrugService, "Leith Together"},
	} {
		a, ok := snap.AreaByCode(o.area)
		if !ok {
			w.t.Fatalf("there is no area %s", o.area)
		}
		made := none
		made.Code, made.Name, made.Area, made.Kind, made.Provider = o.code, o.name, a.ID, o.kind, o.provider
		_, err := w.Registry.PutOutlet(w.ctx, made)
		w.must(err)
	}
	snap = w.Snap()
	for code, at := range map[string]**registry.Outlet{"BD-01": &w.Home, "BD-02": &w.Sister, "BT-01": &w.Across, "GG-01": &w.Abroad} {
		*at, _ = snap.OutletByCode(code)
	}
}

// kits puts stock on every shelf and makes one of each thing that has an address.
func (w *World) kits() {
	w.t.Helper()
	for i, o := range w.Snap().Outlets() {
		lot := w.receive(o, "0116917", "2027-06", 40, Today-200)
		w.receive(o, "011691"+string(rune('A'+i)), "2028-03", 60, Today-60)
		w.receive(o, "0115000", "2026-10", 6, Today-300)
		w.must(w.Ledger.Supply(w.ctx, staff.Operator(), ledger.SupplyOf{Entry: w.entry(o, 3, Today-20), Lot: lot, Recipient: 1, Supply: 1}))
		if o.ID == w.Home.ID {
			w.Lot = lot
		}
	}
	e := w.entry(w.Home, 2, Today-1)
	w.must(w.Ledger.Supply(w.ctx, staff.Operator(), ledger.SupplyOf{Entry: e, Lot: w.Lot}))
	w.Entry = e.ID.String()
	s := w.entry(w.Sister, 5, Today-1)
	w.must(w.Ledger.Send(w.ctx, staff.Operator(), ledger.Dispatch{Entry: s, Lot: w.Lot, To: w.Home.ID}))
	w.Delivery = s.ID.String()
	id, five := ledger.NewID(), 5
	w.must(w.Ledger.SaveCount(w.ctx, staff.Operator(), ledger.CountEntry{ID: id, Outlet: w.Home.ID, CountedOn: Today, Counted: map[int]*int{w.Lot: &five}}))
	w.Count = id.String()
	w.must(w.Ledger.TurnAway(w.ctx, staff.Operator(), ledger.TurnedAway{Entry: w.entry(w.Home, 1, Today-2), Reason: 1}))
}

func (w *World) entry(o *registry.Outlet, kits int, on civil.Date) ledger.Entry {
	return ledger.Entry{ID: ledger.NewID(), OccurredOn: on, Outlet: o.ID, Kits: kits}
}

// receive puts kits on a shelf and gives their lot.
func (w *World) receive(o *registry.Outlet, lot, expiry string, kits int, on civil.Date) int {
	w.t.Helper()
	until, err := civil.ParseExpiry(expiry)
	w.must(err)
	e := w.entry(o, kits, on)
	w.must(w.Ledger.Receive(w.ctx, staff.Operator(), ledger.Receipt{Entry: e, Product: w.Snap().Products()[0].ID, Lot: lot, Expiry: until}))
	m, err := w.Ledger.Movement(w.ctx, o.Area, e.ID)
	w.must(err)
	return m.Lot
}

// Log keeps what the site logs.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
