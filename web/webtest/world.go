// Package webtest is a small world for the tests of pages: two nations with two authorities each, an outlet or two in
// every one, and an account for each role; New puts kits on the shelves too, and has notices, rounds of the survey and asks
// for help. What takes longer is made when it is first asked for: Editions, Asked, Suggested. Only _test.go files import it,
// and of a folder of web only those of its outer test package (outlet_test), for web imports the folder.
//
// It promises nothing that differs from a real site: the rooms are the real ones on a real SQLite file, and what
// somebody sees goes through web.New. Only the clock stands still until Wait moves it, and passwords cost less to check.
//
// How to test a page:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Main(m)) } // one Chromium for all tests of the folder
//
//	func TestGiveOut(t *testing.T) {
//		w := webtest.NewBare(t)     // nothing on any shelf; New has some of everything
//		lot, _, _ := w.Stock()      // or w.Receive, or the rooms themselves: w.Ledger, w.Staff ...
//		v := w.As(webtest.Worker)   // a browser of their own, signed in
//		v.Open(w.Path("/give-out")).Says(t, "How many kits?")
//		v.Saved(w.Path("/give-out"), "kits", "2").Says(t, "2 kits given out")  // GET, fill in, POST, go on
//		v.Refused(w.Path("/give-out"), "kits", "99").Says(t, "22 there")       // the same, and not taken
//		v.Get(w.Path("/no-such-page")).Is(t, http.StatusNotFound, "")
//		w.As(webtest.Neighbour).Get(w.Path("/give-out")).Is(t, http.StatusForbidden, "")
//		if n := w.Shelf(lot); n != 22 { // what the ledger says of it
//			t.Errorf("%d are left", n)
//		}
//		w.Check(webtest.Worker, w.Path("/give-out")) // Chromium at 320 and 1280 pixels, with and without script, and axe
//	}
//
// Fill gives the form alone, for a test that sends it twice or changes more; Held reads the form of a page that came back
// with a refusal. Browse is Chromium for whatever else: the keyboard, no scripts, paper. Say also what must not be there:
// Lacks. A folder whose routes are not in web.Routes yet gives them to New or NewBare.
//
// Start reading at New, then Visitor, then ask.go.
package webtest

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/report"
	"everykit/civil"
	"everykit/demo"
	"everykit/document"
	"everykit/expiry"
	"everykit/ledger"
	"everykit/library"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/postcode"
	"everykit/registry"
	"everykit/reminder"
	"everykit/request"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
	"everykit/survey"
	"everykit/web"
	"everykit/web/desk"
	"everykit/web/page"
)

// Today is the day it always is: inside a financial year, with last years behind it.
var Today = civil.On(2026, 11, 23)

// Site is where the letters of the world say that it is.
const Site = "https://kits.example.org"

// Key is the secret of the world, which marks and seals are made from.
var Key = []byte("a key of thirty-two bytes, more.")

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
	Notice   int    // that only informs, told to every outlet; Leith drop-in has it by a personal link
	Draft    int    // of a notice
	Link     string // the address of that personal link: /n/...

	PastRound   string // key of a round of Home's nation, published, with a letter attached to the answer of Home's authority
	ClosedRound string // of one that has closed without an answer, and is not published
	OpenRound   string // of one that is open
	NextRound   string // of a draft
	Respondent  int    // the number that Home's authority has in each of them
	AnswerLink  string // the address of its personal link to the open one: /s/...

	Ask    int // of Home's authority, for a call: nobody has answered
	Wanted int // of Across's authority, for kits, which the nation has asked Home's authority to send

	Demo    demo.Surveyed   // of NewDemo: the rounds of its survey
	Printed demo.Bulletined // of NewDemo: its bulletins

	Post    *mail.Outbox // sends only when it is told to: Post.Once
	Letters string       // the folder that letters go to, each a file

	t        testing.TB
	ctx      context.Context
	later    atomic.Int64 // by how much the clock is after noon of Today, in nanoseconds
	accounts map[string]int

	editions  *Editions  // once made
	requested *Requested // likewise
	suggested string     // likewise
}

// New makes the world and serves it on 127.0.0.1 until the test ends. Routes that are not among web.Routes are served
// beside them.
func New(t testing.TB, also ...desk.Route) *World {
	t.Helper()
	w := empty(t)
	w.places()
	w.people()
	w.kits()
	w.notices()
	w.rounds()
	w.asks()
	w.serve(also)
	return w
}

// NewBare is New without kits: Lot, Entry, Delivery and Count are empty, every shelf is, and there is no notice, no round
// and no ask.
func NewBare(t testing.TB, also ...desk.Route) *World {
	t.Helper()
	w := empty(t)
	w.places()
	w.people()
	w.serve(also)
	return w
}

// Wait lets time go by, or takes it back if d is below nought.
func (w *World) Wait(d time.Duration) { w.later.Add(int64(d)) }

// NewDemo is the made-up nation of package demo in place of the small world: of what World names it has none.
func NewDemo(t testing.TB, scale float64) (*World, demo.Made) {
	t.Helper()
	w := empty(t)
	o := demo.Small(Today)
	o.Scale = scale
	made, err := demo.Build(w.ctx, w.DB, w.Registry, w.Ledger, w.Staff, w.Measures, o)
	w.Must(err)
	w.Must(demo.Notices(w.ctx, made, w.Registry, w.Ledger, w.Notices))
	w.Demo, err = demo.Surveys(w.ctx, made, w.Registry, w.Measures, w.Surveys)
	w.Must(err)
	w.Must(demo.Support(w.ctx, made, w.Registry, w.Support))
	was := w.Printer.Chromium
	w.Printer.Chromium = "none" // which is quicker
	w.Printed, err = demo.Bulletins(w.ctx, made, w.Registry, w.Bulletins)
	w.Must(err)
	w.Printer.Chromium = was
	w.serve(nil)
	return w, made
}

// empty makes the rooms on a new database. A new room is joined here, with its schema, as package cli does it.
func empty(t testing.TB) *World {
	t.Helper()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	w := &World{t: t, ctx: context.Background(), Log: &Log{}, accounts: map[string]int{}}
	db := storetest.SQLite(t, func() time.Time { return noon.Add(time.Duration(w.later.Load())) })
	w.Must(db.Migrate(w.ctx, slices.Concat([]store.Step{}, registry.Schema, staff.Schema, ledger.Schema, measure.Schema, demo.Schema, mail.Schema, notice.Schema, notice.WordingSchema, expiry.Schema, reminder.Schema, survey.Schema, support.Schema, opendata.Schema, library.Schema, bulletin.Schema, postcode.Schema, request.Schema)...))
	reg := registry.New(db)
	book := ledger.New(db, reg, Key, time.UTC)
	w.Letters = t.TempDir()
	folder, err := mail.NewFolder(w.Letters)
	w.Must(err)
	w.Post = mail.New(db, mail.Options{Sender: folder, From: "post@example.org", Site: Site, Key: Key})
	cheap := staff.Argon{KiB: 8, Passes: 1, Lanes: 1}
	people := staff.New(db, staff.Options{Password: cheap, PIN: cheap})
	told := notice.New(db, reg, book, w.Post, Site)
	log := slog.New(slog.NewTextHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	measures := measure.New(db, reg, book.Today)
	surveys, help := survey.New(db, reg, measures, w.Post, book.Today, Site), support.New(db, reg, book, book.Today)
	cards := scorecard.New(db, reg, measures, surveys, help, book.Today)
	open, printer, codes := opendata.New(db, reg, measures, surveys, cards, book.Today), &document.Printer{}, postcode.New(db, reg)
	shelf := library.New(db, book.Today)
	w.Must(shelf.LoadBuiltIn(w.ctx))
	w.App = &desk.App{
		Library: shelf, Bulletins: bulletin.New(db, reg, measures, told, open, w.Post, printer, book.Today, Site),
		Reports: report.New(db, reg, measures, w.Post, book.Today, Site), Postcodes: codes, Requests: request.New(db, reg, book, codes, w.Post, Key, book.Today, Site),
		DB: db, Registry: reg, Ledger: book, Staff: people,
		Measures: measures, Notices: told, Mail: w.Post, Expiry: expiry.New(db, reg, book, told, people, w.Post, Site), Reminders: reminder.New(db, book, told, w.Post, Key, Site),
		Surveys: surveys, Support: help, Cards: cards, Data: open, Printer: printer, Shell: &page.Shell{Log: log, Demo: true}, Log: log,
	}
	open.Beside(w.Bulletins.Beside)
	w.Bulletins.OnPublished(func(ctx context.Context, tx *store.Tx, e bulletin.Edition) error {
		return w.Reports.Send(ctx, tx, e.Area, e.Period)
	})
	return w
}

// serve starts the site, with a way in and some more routes beside its own addresses.
func (w *World) serve(also []desk.Route) {
	mux := http.NewServeMux()
	mux.Handle("/", web.New(w.App))
	known := map[string]bool{}
	for _, r := range web.Routes() {
		known[r.Pattern] = true
	}
	for _, r := range also {
		if !known[r.Pattern] {
			one := http.NewServeMux()
			w.Mount(one, r)
			mux.Handle(r.Pattern, http.NewCrossOriginProtection().Handler(page.Gzip(w.Sessions(one))))
		}
	}
	mux.HandleFunc("GET "+wayIn+"{who}", func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, Cookie(w.Token(r.PathValue("who"))))
		_, _ = rw.Write([]byte("<!doctype html><title>in</title>"))
	})
	site := httptest.NewServer(mux)
	w.t.Cleanup(site.Close)
	w.URL = site.URL
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Snap is the registry now.
func (w *World) Snap() *registry.Snapshot {
	w.t.Helper()
	snap, err := w.Registry.Now(w.ctx)
	w.Must(err)
	return snap
}

// Area is the authority of an outlet.
func (w *World) Area(o *registry.Outlet) *registry.Area { return w.Snap().Area(o.Area) }

// Nation is the nation of an outlet.
func (w *World) Nation(o *registry.Outlet) *registry.Area { return w.Snap().NationOf(o.Area) }

// places are the built-in areas and products, and five outlets.
func (w *World) places() {
	w.t.Helper()
	w.Must(w.Registry.LoadBuiltIn(w.ctx))
	snap := w.Snap()
	none := registry.Outlet{LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None, Channel: registry.Community}
	harbour := none // of which all is known
	harbour.Open, harbour.WalkIn, harbour.Requires = "Mo-Fr 09:30-18:00; Sa 10:00-13:00", registry.WalkInYes, registry.RequiresOf(registry.Training)
	harbour.Gives, harbour.ConfirmedOn = []string{"nyxoid", "prenoxad"}, civil.On(2026, 9, 1)
	harbour.Public = registry.Yes // and the others are not said to be
	harbour.LegalBasis, harbour.LegalFrom = "Drug treatment service, 2015", civil.On(2015, 10, 1)
	hostel := none
	hostel.Gives = []string{"nyxoid"}
	for _, o := range []struct {
		code, name, area string
		kind             registry.OutletKind
		provider         string
		of               registry.Outlet
	}{
		{"BD-01", "Harbour Street needle exchange", "E09000002", registry.NeedleExchange, "Harbour Trust", harbour},
		{"BD-02", "St Anne’s hostel", "E09000002", registry.Hostel, "Roof and Rest", hostel},
		{"BT-01", "Barnet outreach van", "E09000003", registry.Outreach, "Van and Co", none},
		{"GG-01", "Clyde pharmacy", "S08000031", registry.Pharmacy, "Clyde Chemists", none},
		{"LO-01", "Leith drop-in", "S08000024", registry.DrugService, "Leith Together", none},
	} {
		a, ok := snap.AreaByCode(o.area)
		if !ok {
			w.t.Fatalf("there is no area %s", o.area)
		}
		made := o.of
		made.Code, made.Name, made.Area, made.Kind, made.Provider = o.code, o.name, a.ID, o.kind, o.provider
		_, err := w.Registry.PutOutlet(w.ctx, made)
		w.Must(err)
	}
	snap = w.Snap()
	for code, at := range map[string]**registry.Outlet{"BD-01": &w.Home, "BD-02": &w.Sister, "BT-01": &w.Across, "GG-01": &w.Abroad} {
		*at, _ = snap.OutletByCode(code)
	}
}

// kits puts stock on every shelf and makes one of each thing that has an address.
func (w *World) kits() {
	w.t.Helper()
	product := w.Snap().Products()[0].Code
	for i, o := range w.Snap().Outlets() {
		lot := w.Receive(o, product, "0116917", "2027-06", 40, Today-200)
		w.Receive(o, product, "011691"+string(rune('A'+i)), "2028-03", 60, Today-60)
		w.Receive(o, product, "0115000", "2026-10", 6, Today-300)
		w.Must(w.Ledger.Supply(w.ctx, staff.Operator(), ledger.SupplyOf{Entry: NewEntry(o, 3, Today-20), Lot: lot, Recipient: 1, Supply: 1}))
		if o.ID == w.Home.ID {
			w.Lot = lot
		}
	}
	e := NewEntry(w.Home, 2, Today-1)
	w.Must(w.Ledger.Supply(w.ctx, staff.Operator(), ledger.SupplyOf{Entry: e, Lot: w.Lot}))
	w.Entry = e.ID.String()
	s := NewEntry(w.Sister, 5, Today-1)
	w.Must(w.Ledger.Send(w.ctx, staff.Operator(), ledger.Dispatch{Entry: s, Lot: w.Lot, To: w.Home.ID}))
	w.Delivery = s.ID.String()
	id, five := ledger.NewID(), 5
	w.Must(w.Ledger.SaveCount(w.ctx, staff.Operator(), ledger.CountEntry{ID: id, Outlet: w.Home.ID, CountedOn: Today, Counted: map[int]*int{w.Lot: &five}}))
	w.Count = id.String()
	w.Must(w.Ledger.TurnAway(w.ctx, staff.Operator(), ledger.TurnedAway{Entry: NewEntry(w.Home, 1, Today-2), Reason: 1}))
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
