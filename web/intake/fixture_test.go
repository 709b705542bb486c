package intake_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store/storetest"
	"everykit/web/browser"
	"everykit/web/desk"
	"everykit/web/frontend"
	"everykit/web/intake"
	"everykit/web/page"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// world is an authority with two outlets, and people who work there.
type world struct {
	t       *testing.T
	app     *desk.App
	url     string
	now     time.Time
	log     *bytes.Buffer
	harbour *registry.Outlet
	far     *registry.Outlet // of another authority
	barnet  *registry.Area
	people  map[string]staff.Person
	tokens  map[string]string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{
		t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		people: map[string]staff.Person{}, tokens: map[string]string{},
	}
	db := storetest.SQLite(t, func() time.Time { return w.now })
	w.must(db.Migrate(ctx, staff.Schema...))
	w.must(db.Migrate(ctx, registry.Schema...))
	w.must(db.Migrate(ctx, ledger.Schema...))
	w.must(db.Migrate(ctx, measure.Schema...))
	reg := registry.New(db)
	l := ledger.New(db, reg, nil, time.UTC)
	w.log = &bytes.Buffer{}
	log := slog.New(slog.NewJSONHandler(w.log, nil))
	cheap := staff.Argon{KiB: 8, Passes: 1, Lanes: 1}
	w.app = &desk.App{
		DB: db, Registry: reg, Ledger: l, Staff: staff.New(db, staff.Options{Password: cheap, PIN: cheap}),
		Measures: measure.New(db, reg, l.Today), Log: log,
	}
	w.app.Shell = &page.Shell{Log: log, Version: "test", Person: w.app.HeaderPerson, Today: l.Today}
	w.places(ctx, reg)
	w.staff(ctx)
	mux := http.NewServeMux()
	w.app.Mount(mux, intake.Routes...)
	mux.Handle(frontend.Prefix, frontend.Handler())
	mux.HandleFunc("GET /as/{name}", func(rw http.ResponseWriter, r *http.Request) {
		w.app.SetToken(rw, w.tokens[r.PathValue("name")], time.Hour)
		_, _ = io.WriteString(rw, "<!doctype html><title>in</title>")
	})
	s := httptest.NewServer(w.app.Sessions(mux))
	t.Cleanup(s.Close)
	w.url = s.URL
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) places(ctx context.Context, reg *registry.Registry) {
	w.t.Helper()
	put := func(_ registry.Result, err error) { w.t.Helper(); w.must(err) }
	none := civil.None
	put(reg.PutArea(ctx, registry.Area{Code: "E92000001", Name: "England", Kind: registry.Nation, ValidFrom: none, ValidTo: none}))
	snap, err := reg.Now(ctx)
	w.must(err)
	england, _ := snap.AreaByCode("E92000001")
	put(reg.PutArea(ctx, registry.Area{Code: "E09000002", Name: "Barking and Dagenham", Kind: "authority", Parent: england.ID, ValidFrom: none, ValidTo: none},
		registry.Area{Code: "E09000003", Name: "Barnet", Kind: "authority", Parent: england.ID, ValidFrom: none, ValidTo: none}))
	put(reg.PutProduct(ctx,
		registry.Product{Code: "prenoxad", Name: "Prenoxad 1mg/ml solution for injection 2ml pre-filled syringe", Form: registry.PrefilledSyringe, Route: registry.Intramuscular, DosesPerKit: 5},
		registry.Product{Code: "nyxoid", Name: "Nyxoid 1.8mg nasal spray single-dose", Form: registry.NasalSpray, Route: registry.Intranasal, DosesPerKit: 2}))
	snap, err = reg.Now(ctx)
	w.must(err)
	barking, _ := snap.AreaByCode("E09000002")
	w.barnet, _ = snap.AreaByCode("E09000003")
	put(reg.PutOutlet(ctx,
		registry.Outlet{Code: "BD-01", Name: "Harbour Street needle exchange", Kind: registry.NeedleExchange, Area: barking.ID, Channel: registry.Community, LegalFrom: none, ConfirmedOn: none, ClosedOn: none},
		registry.Outlet{Code: "BT-01", Name: "Barnet outreach van", Kind: registry.Outreach, Area: w.barnet.ID, Channel: registry.Community, LegalFrom: none, ConfirmedOn: none, ClosedOn: none}))
	snap, err = reg.Now(ctx)
	w.must(err)
	w.harbour, _ = snap.OutletByCode("BD-01")
	w.far, _ = snap.OutletByCode("BT-01")
}

func (w *world) staff(ctx context.Context) {
	w.t.Helper()
	at := func(o *registry.Outlet) []staff.Place { return []staff.Place{{Area: o.Area, Outlet: o.ID}} }
	for name, d := range map[string]staff.Draft{
		"sam": {Email: "sam@example.org", Name: "Sam Okafor", Role: staff.Worker, Area: w.harbour.Area, Outlets: at(w.harbour)},
		"ann": {Email: "ann@example.org", Name: "Ann Price", Role: staff.Administrator},
		"bo":  {Email: "bo@example.org", Name: "Bo Hart", Role: staff.Coordinator, Area: w.barnet.ID},
		"kay": {Email: "kay@example.org", Name: "Kay Moss", Role: staff.Coordinator, Area: w.harbour.Area},
	} {
		_, err := w.app.Staff.Create(ctx, staff.Operator(), d, "correct horse battery")
		w.must(err)
		w.tokens[name], w.people[name], err = w.app.Staff.SignIn(ctx, d.Email, "correct horse battery", staff.Device{UserAgent: "test"})
		w.must(err)
	}
}

// person is somebody with a browser of their own, without pictures.
type person struct {
	w      *world
	client *http.Client
}

func (w *world) as(name string) *person {
	jar, err := cookiejar.New(nil)
	w.must(err)
	p := &person{w, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	p.get("/as/" + name)
	return p
}

// answer is what came back.
type answer struct {
	status int
	to     string
	body   string
}

func (p *person) get(path string) answer {
	p.w.t.Helper()
	r, err := p.client.Get(p.w.url + path)
	return p.answer(r, err)
}

func (p *person) post(path string, form url.Values) answer {
	p.w.t.Helper()
	r, err := p.client.PostForm(p.w.url+path, form)
	return p.answer(r, err)
}

// upload sends a file as the import form does.
func (p *person) upload(to, kind, name, text string) answer {
	p.w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	p.w.must(form.WriteField("kind", kind))
	part, err := form.CreateFormFile("file", name)
	p.w.must(err)
	_, err = io.WriteString(part, text)
	p.w.must(err)
	p.w.must(form.Close())
	r, err := p.client.Post(p.w.url+to, form.FormDataContentType(), &b)
	return p.answer(r, err)
}

func (p *person) answer(r *http.Response, err error) answer {
	p.w.t.Helper()
	p.w.must(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	p.w.must(err)
	return answer{r.StatusCode, r.Header.Get("Location"), string(body)}
}

// has and lacks assert on the words of a page.
func has(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, s := range words {
		if !strings.Contains(body, s) {
			t.Errorf("the page lacks %q", s)
		}
	}
}

func lacks(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, s := range words {
		if strings.Contains(body, s) {
			t.Errorf("the page has %q", s)
		}
	}
}
