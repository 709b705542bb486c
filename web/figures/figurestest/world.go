// Package figurestest gives the tests of pages of figures a world to look at: the built-in areas and products on a
// SQLite file, files taken in by the rooms' own importers, and a site as one person sees it. Only _test.go files import
// it.
//
// Start reading at New.
package figurestest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/postcode"
	"everykit/registry"
	"everykit/request"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/frontend"
	"everykit/web/page"
)

// World is one database and the rooms on it.
type World struct {
	*desk.App
	t     testing.TB
	ctx   context.Context
	sites int
}

// New makes a world with the built-in registry in which it is always noon of one day.
func New(t testing.TB, today string) *World {
	t.Helper()
	day, err := time.Parse(time.DateOnly, today)
	ok(t, err)
	clock := func() time.Time { return day.Add(12 * time.Hour) }
	db := storetest.SQLite(t, clock)
	w := &World{t: t, ctx: t.Context()}
	ok(t, db.Migrate(w.ctx, slices.Concat([]store.Step{}, registry.Schema, staff.Schema, ledger.Schema, measure.Schema, mail.Schema, notice.Schema, request.Schema)...))
	reg := registry.New(db)
	ok(t, reg.LoadBuiltIn(w.ctx))
	book := ledger.New(db, reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	cheap := staff.Argon{KiB: 64, Passes: 1, Lanes: 1}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	people, post := staff.New(db, staff.Options{Password: cheap, PIN: cheap}), mail.New(db, mail.Options{})
	w.App = &desk.App{
		DB: db, Registry: reg, Ledger: book, Staff: people, Mail: post, Notices: notice.New(db, reg, book, post, "https://kits.example.org"),
		Requests: request.New(db, reg, book, postcode.New(db, reg), post, nil, book.Today, "https://kits.example.org"),
		Measures: measure.New(db, reg, book.Today), Shell: &page.Shell{Log: log, Demo: true}, Log: log,
	}
	w.Shell.Person, w.Shell.Today = w.HeaderPerson, book.Today
	return w
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Snap is the registry now.
func (w *World) Snap() *registry.Snapshot {
	w.t.Helper()
	snap, err := w.Registry.Now(w.ctx)
	ok(w.t, err)
	return snap
}

// Area is an area by its code.
func (w *World) Area(code string) *registry.Area {
	w.t.Helper()
	a, found := w.Snap().AreaByCode(code)
	if !found {
		w.t.Fatalf("there is no area %s", code)
	}
	return a
}

// Take takes in a file of any kind, given as its text.
func (w *World) Take(kind, text string) {
	w.t.Helper()
	for _, k := range registry.Kinds() {
		if k.Name == kind {
			_, err := w.Registry.Import(w.ctx, kind, w.reader(text, k), false)
			ok(w.t, err)
			return
		}
	}
	if kind == measure.ReturnsFile {
		_, err := w.Measures.ImportReturns(w.ctx, w.reader(text, measure.Kind()), false)
		ok(w.t, err)
		return
	}
	for _, k := range ledger.Kinds() {
		if k.Name != kind {
			continue
		}
		_, err := w.Ledger.Import(w.ctx, ledger.Import{
			Kind: kind, File: kind + ".csv", Who: staff.Operator(),
			Open: func() (*table.Reader, error) { return w.reader(text, k), nil },
		})
		ok(w.t, err)
		return
	}
	w.t.Fatalf("there is no kind of file %q", kind)
}

func (w *World) reader(text string, k table.Kind) *table.Reader {
	w.t.Helper()
	rd, err := table.NewReader(strings.NewReader(text), k.Name+".csv", int64(len(text)), k)
	ok(w.t, err)
	return rd
}

// Nil confirms that an outlet had nothing to record in a month.
func (w *World) Nil(outlet string, m civil.Month) {
	w.t.Helper()
	o, found := w.Snap().OutletByCode(outlet)
	if !found {
		w.t.Fatalf("there is no outlet %s", outlet)
	}
	ok(w.t, w.Ledger.ConfirmNil(w.ctx, staff.Operator(), o.ID, m))
}

// Site serves routes as one person sees them who has this role at this area ("" for an administrator), and gives the
// address.
func (w *World) Site(role staff.Role, area string, routes []desk.Route) string {
	w.t.Helper()
	w.sites++
	draft := staff.Draft{Email: "sam" + strconv.Itoa(w.sites) + "@example.org", Name: "Sam " + role.String(), Role: role}
	if area != "" {
		draft.Area = w.Area(area).ID
	}
	if role == staff.Worker {
		o := w.Snap().OutletsOf(draft.Area)[0]
		draft.Outlets = []staff.Place{{Area: draft.Area, Outlet: o.ID}}
	}
	const password = "seven grey herons wade"
	_, err := w.Staff.Create(w.ctx, staff.Operator(), draft, password)
	ok(w.t, err)
	token, _, err := w.Staff.SignIn(w.ctx, draft.Email, password, staff.Device{})
	ok(w.t, err)
	mux := http.NewServeMux()
	w.Mount(mux, routes...)
	mux.Handle(frontend.Prefix, frontend.Handler())
	signed := w.Sessions(mux)
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		r.AddCookie(&http.Cookie{Name: "everykit", Value: token})
		signed.ServeHTTP(rw, r)
	}))
	w.t.Cleanup(site.Close)
	return site.URL
}

// Get reads an address of a site.
func (w *World) Get(url string) (status int, body string) {
	w.t.Helper()
	rq, err := http.NewRequestWithContext(w.ctx, http.MethodGet, url, http.NoBody)
	ok(w.t, err)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	rs, err := client.Do(rq)
	ok(w.t, err)
	defer rs.Body.Close()
	b, err := io.ReadAll(rs.Body)
	ok(w.t, err)
	return rs.StatusCode, string(b)
}
