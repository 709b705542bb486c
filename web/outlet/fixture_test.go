package outlet_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
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
	"everykit/web/outlet"
	"everykit/web/page"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

var (
	noon  = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	today = civil.On(2026, 11, 23)
	key   = []byte("0123456789abcdef0123456789abcdef")
)

// world is an authority with two outlets, one beside it, and people who work there.
type world struct {
	t        *testing.T
	app      *desk.App
	url      string
	log      *bytes.Buffer
	harbour  *registry.Outlet // a needle and syringe programme, with stock
	hostel   *registry.Outlet // of the same authority
	far      *registry.Outlet // of another authority
	prenoxad int
	nyxoid   int
	sam      staff.Person // works at harbour
	kay      staff.Person // coordinates the authority
	tokens   map[string]string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := context.Background()
	db := storetest.SQLite(t, func() time.Time { return noon })
	for _, err := range []error{db.Migrate(ctx, staff.Schema...), db.Migrate(ctx, registry.Schema...), db.Migrate(ctx, ledger.Schema...), db.Migrate(ctx, measure.Schema...)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	reg := registry.New(db)
	l := ledger.New(db, reg, key, time.UTC)
	w := &world{t: t, log: &bytes.Buffer{}, tokens: map[string]string{}}
	log := slog.New(slog.NewJSONHandler(w.log, nil))
	cheap := staff.Argon{KiB: 8, Passes: 1, Lanes: 1}
	w.app = &desk.App{
		DB: db, Registry: reg, Ledger: l, Staff: staff.New(db, staff.Options{Password: cheap, PIN: cheap}),
		Measures: measure.New(db, reg, l.Today), Log: log,
	}
	w.app.Shell = &page.Shell{Log: log, Demo: true, Version: "test", Person: w.app.HeaderPerson, Today: l.Today}
	w.places(ctx, reg)
	w.people(ctx)
	w.serve()
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
	_, err := reg.PutArea(ctx, registry.Area{Code: "E92000001", Name: "England", Kind: registry.Nation, ValidFrom: civil.None, ValidTo: civil.None, MinDays: 90})
	w.must(err)
	snap, err := reg.Now(ctx)
	w.must(err)
	england, _ := snap.AreaByCode("E92000001")
	_, err = reg.PutArea(ctx,
		registry.Area{Code: "E09000002", Name: "Barking and Dagenham", Kind: "authority", Parent: england.ID, ValidFrom: civil.None, ValidTo: civil.None, MinDays: 90},
		registry.Area{Code: "E09000003", Name: "Barnet", Kind: "authority", Parent: england.ID, ValidFrom: civil.None, ValidTo: civil.None, MinDays: 90})
	w.must(err)
	_, err = reg.PutProduct(ctx,
		registry.Product{Code: "prenoxad", Name: "Prenoxad 1mg/ml solution for injection 2ml pre-filled syringe", Form: registry.PrefilledSyringe, Route: registry.Intramuscular, DosesPerKit: 5, MinAge: 16},
		registry.Product{Code: "nyxoid", Name: "Nyxoid 1.8mg nasal spray single-dose", Form: registry.NasalSpray, Route: registry.Intranasal, DosesPerKit: 2, MinAge: 14})
	w.must(err)
	snap, err = reg.Now(ctx)
	w.must(err)
	barking, _ := snap.AreaByCode("E09000002")
	barnet, _ := snap.AreaByCode("E09000003")
	_, err = reg.PutOutlet(ctx,
		registry.Outlet{
			Code: "BD-01", Name: "Harbour Street needle exchange", Kind: registry.NeedleExchange, Area: barking.ID, Channel: registry.Community,
			Provider: "Harbour Trust", Open: "Mo-Fr 09:30-18:00; Sa 10:00-13:00", WalkIn: registry.WalkInYes, Requires: registry.RequiresOf(registry.Training),
			Gives: []string{"nyxoid", "prenoxad"}, LegalBasis: "Drug treatment service, 2015", LegalFrom: civil.On(2015, 10, 1), ConfirmedOn: civil.On(2026, 9, 1), ClosedOn: civil.None,
		},
		registry.Outlet{Code: "BD-02", Name: "St Anne’s hostel", Kind: registry.Hostel, Area: barking.ID, Channel: registry.Community, Gives: []string{"nyxoid"}, LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None},
		registry.Outlet{Code: "BT-01", Name: "Barnet outreach van", Kind: registry.Outreach, Area: barnet.ID, Channel: registry.Community, LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None})
	w.must(err)
	snap, err = reg.Now(ctx)
	w.must(err)
	w.harbour, _ = snap.OutletByCode("BD-01")
	w.hostel, _ = snap.OutletByCode("BD-02")
	w.far, _ = snap.OutletByCode("BT-01")
	p, _ := snap.FindProduct("prenoxad")
	n, _ := snap.FindProduct("nyxoid")
	w.prenoxad, w.nyxoid = p.ID, n.ID
}

func (w *world) people(ctx context.Context) {
	w.t.Helper()
	at := func(o *registry.Outlet) staff.Place { return staff.Place{Area: o.Area, Outlet: o.ID} }
	snap, err := w.app.Registry.Now(ctx)
	w.must(err)
	nation := snap.NationOf(w.harbour.Area).ID
	for name, d := range map[string]staff.Draft{
		"sam": {Email: "sam@example.org", Name: "Sam Okafor", Role: staff.Worker, Area: w.harbour.Area, Outlets: []staff.Place{at(w.harbour)}},
		"ali": {Email: "ali@example.org", Name: "Ali Khan", Role: staff.Worker, Area: w.harbour.Area, Outlets: []staff.Place{at(w.hostel)}},
		"kay": {Email: "kay@example.org", Name: "Kay Moss", Role: staff.Coordinator, Area: w.harbour.Area},
		"nat": {Email: "nat@example.org", Name: "Nat Reed", Role: staff.National, Area: nation},
	} {
		_, err := w.app.Staff.Create(ctx, staff.Operator(), d, "correct horse battery")
		w.must(err)
		token, who, err := w.app.Staff.SignIn(ctx, d.Email, "correct horse battery", staff.Device{UserAgent: "test"})
		w.must(err)
		w.tokens[name] = token
		switch name {
		case "sam":
			w.sam = who
		case "kay":
			w.kay = who
		}
	}
}

// serve starts the pages of this package, and a way in for a browser: /as/sam.
func (w *world) serve() {
	mux := http.NewServeMux()
	w.app.Mount(mux, outlet.Routes...)
	mux.Handle(frontend.Prefix, frontend.Handler())
	mux.HandleFunc("GET /as/{name}", func(rw http.ResponseWriter, r *http.Request) {
		w.app.SetToken(rw, w.tokens[r.PathValue("name")], time.Hour)
		_, _ = io.WriteString(rw, "<!doctype html><title>in</title>")
	})
	s := httptest.NewServer(w.app.Sessions(mux))
	w.t.Cleanup(s.Close)
	w.url = s.URL
}

// receive puts kits on a shelf and gives their lot.
func (w *world) receive(o *registry.Outlet, product int, lot, expiry string, kits int, on civil.Date) int {
	w.t.Helper()
	e, err := civil.ParseExpiry(expiry)
	w.must(err)
	id := ledger.NewID()
	w.must(w.app.Ledger.Receive(context.Background(), staff.Operator(), ledger.Receipt{
		Entry: ledger.Entry{ID: id, OccurredOn: on, Outlet: o.ID, Kits: kits}, Product: product, Lot: lot, Expiry: e,
	}))
	m, err := w.app.Ledger.Movement(context.Background(), o.Area, id)
	w.must(err)
	return m.Lot
}

// stock fills the shelf of Harbour Street: two lots of one product, one of another, one short, one expired.
func (w *world) stock() (first, second, spray int) {
	w.t.Helper()
	first = w.receive(w.harbour, w.prenoxad, "0116917", "2027-06", 24, today-60)
	second = w.receive(w.harbour, w.prenoxad, "0117002", "2028-03", 40, today-30)
	spray = w.receive(w.harbour, w.nyxoid, "NX7731", "31/08/2028", 30, today-30)
	return first, second, spray
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

func (p *person) answer(r *http.Response, err error) answer {
	p.w.t.Helper()
	p.w.must(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	p.w.must(err)
	return answer{r.StatusCode, r.Header.Get("Location"), string(body)}
}

var (
	inputs  = regexp.MustCompile(`<(?:input|textarea|select)[^>]*>`)
	attr    = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	chosen  = regexp.MustCompile(`(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>`)
	picked  = regexp.MustCompile(`<option value="([^"]*)" selected`)
	titleOf = regexp.MustCompile(`<title>([^<]*)</title>`)
)

// fill opens a form and gives what its fields hold, as a browser would send them.
func (p *person) fill(path string, with ...string) url.Values {
	p.w.t.Helper()
	a := p.get(path)
	if a.status != http.StatusOK {
		p.w.t.Fatalf("%s answers %d: %s", path, a.status, titleOf.FindString(a.body))
	}
	form := held(a.body)
	for i := 0; i < len(with); i += 2 {
		form.Set(with[i], with[i+1])
	}
	return form
}

// held is what the fields of a page hold.
func held(body string) url.Values {
	form := url.Values{}
	if _, in, ok := strings.Cut(body, "<main"); ok {
		body = in
	}
	for _, tag := range inputs.FindAllString(body, -1) {
		a := map[string]string{}
		for _, m := range attr.FindAllStringSubmatch(tag, -1) {
			a[m[1]] = m[2]
		}
		if (a["type"] == "radio" || a["type"] == "checkbox") && !strings.Contains(tag, " checked") {
			continue
		}
		if a["name"] != "" && strings.HasPrefix(tag, "<input") {
			form.Set(a["name"], a["value"])
		}
	}
	for _, s := range chosen.FindAllStringSubmatch(body, -1) {
		form.Set(s[1], "")
		if o := picked.FindStringSubmatch(s[2]); o != nil {
			form.Set(s[1], o[1])
		}
	}
	return form
}

// shelf is how many kits of a lot are on a shelf.
func (w *world) shelf(o *registry.Outlet, lot int) int { return w.at(o, lot)[ledger.Shelf] }

func (w *world) at(o *registry.Outlet, lot int) ledger.Counts {
	w.t.Helper()
	s, err := w.app.Ledger.Stock(context.Background(), o.ID)
	w.must(err)
	for _, l := range s.Lines {
		if l.Lot.ID == lot {
			return l.Counts
		}
	}
	return ledger.Counts{}
}
