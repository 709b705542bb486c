package request_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/postcode"
	"everykit/registry"
	"everykit/request"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	site          = "https://kits.example.org"
	canaryName    = "Canary Nightingale"
	canaryStreet  = "7 Canary Wharfside"
	canaryCode    = "OX1 2JD"
	canaryMail    = "canary.person@example.net"
	canaryAddress = canaryStreet + "\nOxford\n" + canaryCode
)

var (
	secret  = []byte("a key of thirty-two bytes, more.")
	morning = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
)

// world is a nation N of authorities A (outlets A1 and A2), B (B1) and C (none). Coordinators are cora of A and cole of B;
// wes and wim work at A1, ada at A2, bob at B1; nora is national. A1 has 10 kits of an injection, 5 of them due first, and 3
// nasal ones.
type world struct {
	*request.Requests
	t      testing.TB
	db     *store.DB
	reg    *registry.Registry
	led    *ledger.Ledger
	post   *mail.Outbox
	server *mailtest.Server
	now    *time.Time
	who    map[string]staff.Person
	lots   map[string]int
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	now := morning
	server := mailtest.Start(t)
	storetest.EachAt(t, func() time.Time { return now }, func(t *testing.T, db *store.DB) {
		now = morning
		fn(t, newWorld(t, db, server, &now))
	})
}

func newWorld(t testing.TB, db *store.DB, server *mailtest.Server, now *time.Time) *world {
	t.Helper()
	ctx := t.Context()
	w := &world{t: t, db: db, reg: registry.New(db), server: server, now: now, who: map[string]staff.Person{"": staff.Operator()}, lots: map[string]int{}}
	w.must(db.Migrate(ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, postcode.Schema, request.Schema)...))
	w.led = ledger.New(db, w.reg, nil, time.UTC)
	o := mail.Options{Key: secret, Site: site}
	if server != nil {
		o = server.Options()
		o.Key, o.Site = secret, site
	}
	w.post = mail.New(db, o)
	w.Requests = w.with(secret)
	for _, a := range [][3]string{{"N", "nation", ""}, {"A", "authority", "N"}, {"B", "authority", "N"}, {"C", "authority", "N"}} {
		area := registry.Area{Code: a[0], Name: "Area " + a[0], Kind: a[1], ValidFrom: civil.None, ValidTo: civil.None}
		if a[2] != "" {
			area.Parent = w.id(a[2])
		}
		_, err := w.reg.PutArea(ctx, area)
		w.must(err)
	}
	for _, p := range []registry.Product{
		{Code: "needle1", Name: "Injection", Form: registry.PrefilledSyringe, Route: registry.Intramuscular, DosesPerKit: 5},
		{Code: "spray2", Name: "Nasal", Form: registry.NasalSpray, Route: registry.Intranasal, DosesPerKit: 2, MinAge: 14},
	} {
		_, err := w.reg.PutProduct(ctx, p)
		w.must(err)
	}
	for _, code := range []string{"A1", "A2", "B1"} {
		_, err := w.reg.PutOutlet(ctx, registry.Outlet{
			Code: code, Name: "Outlet " + code, Kind: registry.DrugService, Area: w.id(code[:1]), Channel: registry.Community, Postcode: "OX4 1AA",
			Public: registry.Yes, LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
		})
		w.must(err)
	}
	people := staff.New(db, staff.Options{})
	for _, p := range []struct {
		name string
		role staff.Role
		at   string
	}{
		{"cora", staff.Coordinator, "A"},
		{"cole", staff.Coordinator, "B"},
		{"wes", staff.Worker, "A1"},
		{"wim", staff.Worker, "A1"},
		{"ada", staff.Worker, "A2"},
		{"bob", staff.Worker, "B1"},
		{"nora", staff.National, "N"},
	} {
		d := staff.Draft{Email: p.name + "@example.org", Name: p.name, Role: p.role, Area: w.id(p.at[:1])}
		who := staff.Person{Name: p.name, Role: p.role, Area: d.Area}
		if p.role == staff.Worker {
			d.Outlets = []staff.Place{{Area: d.Area, Outlet: w.id(p.at)}}
			who.Outlets = []int{w.id(p.at)}
		}
		var err error
		who.ID, err = people.Create(ctx, staff.Operator(), d, "")
		w.must(err)
		w.who[p.name] = who
	}
	w.receive("needle1", "SOON", "2027-06", 5)
	w.receive("needle1", "LATER", "2028-06", 5)
	w.receive("spray2", "NOSE", "2028-01", 3)
	return w
}

func (w *world) with(key []byte) *request.Requests {
	return request.New(w.db, w.reg, w.led, postcode.New(w.db, w.reg), w.post, key, w.led.Today, site+"/")
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%v %+v", err, fault.Of(err))
	}
}

// is checks the kind of an error, and that it holds nothing that is personal.
func (w *world) is(err error, kind fault.Kind, field string) {
	w.t.Helper()
	list := fault.Of(err)
	if len(list) == 0 || list[0].Kind != kind || list[0].Field != field {
		w.t.Errorf("the error is %v, kind %v; want %v at %q", err, fault.KindOf(err), kind, field)
	}
	for _, e := range list {
		if text := strings.ToLower(e.Message + e.Next); strings.Contains(text, "canary") || strings.Contains(text, "ox1") {
			w.t.Errorf("the error says %q, %q", e.Message, e.Next)
		}
	}
}

func (w *world) wait(d time.Duration) { *w.now = w.now.Add(d) }

const days = 24 * time.Hour

func (w *world) id(code string) int {
	w.t.Helper()
	snap, err := w.reg.Now(w.t.Context())
	w.must(err)
	if a, ok := snap.AreaByCode(code); ok {
		return a.ID
	}
	if o, ok := snap.OutletByCode(code); ok {
		return o.ID
	}
	w.t.Fatalf("nothing has the code %s", code)
	return 0
}

func (w *world) receive(product, number, expiry string, kits int) {
	w.t.Helper()
	snap, err := w.reg.Now(w.t.Context())
	w.must(err)
	p, _ := snap.FindProduct(product)
	e, err := civil.ParseExpiry(expiry)
	w.must(err)
	r := ledger.Receipt{Product: p.ID, Lot: number, Expiry: e}
	r.ID, r.OccurredOn, r.Outlet, r.Kits = ledger.NewID(), w.led.Today(), w.id("A1"), kits
	w.must(w.led.Receive(w.t.Context(), staff.Operator(), r))
	lots, err := w.led.LotsNumbered(w.t.Context(), p.ID, number)
	w.must(err)
	w.lots[number] = lots[0].ID
}

// shelf is how many kits of a lot are on the shelf of A1.
func (w *world) shelf(number string) int {
	w.t.Helper()
	s, err := w.led.Stock(w.t.Context(), w.id("A1"))
	w.must(err)
	for _, l := range s.Lines {
		if l.Lot.ID == w.lots[number] {
			return l.Counts[ledger.Shelf]
		}
	}
	return 0
}

func (w *world) onShelf() int { return w.shelf("SOON") + w.shelf("LATER") + w.shelf("NOSE") }

// offer switches A on: by post, and to collect at A1 and A2.
func (w *world) offer(change ...func(*request.Offer)) request.Offer {
	w.t.Helper()
	o, err := w.OfferOf(w.t.Context(), w.id("A"))
	w.must(err)
	o.On, o.Post, o.Collect, o.Outlet, o.Collects, o.Most = true, true, true, w.id("A1"), []int{w.id("A1"), w.id("A2")}, 3
	for _, fn := range change {
		fn(&o)
	}
	w.must(w.SetOffer(w.t.Context(), w.who["cora"], o))
	o, err = w.OfferOf(w.t.Context(), w.id("A"))
	w.must(err)
	return o
}

// form opens a form and lets a minute pass.
func (w *world) form() string {
	w.t.Helper()
	token, err := w.FormToken(w.t.Context())
	w.must(err)
	w.wait(time.Minute)
	return token
}

// posted is a request by post in A.
func (w *world) posted() request.Ask {
	return request.Ask{ID: uuid.New(), Area: w.id("A"), For: request.Myself, How: request.ByPost, Name: canaryName, Address: canaryAddress, Contact: canaryMail, OldEnough: true}
}

func (w *world) asked(a request.Ask) (*request.Request, string) {
	w.t.Helper()
	reference, err := w.Ask(w.t.Context(), w.form(), a)
	w.must(err)
	return w.get(a.ID), reference
}

func (w *world) get(id uuid.UUID) *request.Request {
	w.t.Helper()
	got, err := w.Get(w.t.Context(), w.who["cora"], w.id("A"), id)
	w.must(err)
	return got
}

func (w *world) state(reference string) request.State {
	w.t.Helper()
	p, err := w.Progress(w.t.Context(), reference)
	w.must(err)
	return p.State
}

func (w *world) send(r *request.Request) error {
	return w.Send(w.t.Context(), w.who["wes"], r.Area, r.ID, r.Version, 0)
}

func (w *world) tick() {
	w.t.Helper()
	w.must(w.Tick(w.t.Context()))
}

// letters sends what waits and gives the new ones.
func (w *world) letters() []mailtest.Message {
	w.t.Helper()
	before := len(w.server.Messages())
	for {
		n, err := w.post.Once(w.t.Context())
		w.must(err)
		if n == 0 {
			return w.server.Messages()[before:]
		}
	}
}

// unseen looks for words in every column of every table but those that everybody knows.
func (w *world) unseen(words ...string) {
	w.t.Helper()
	catalogue := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if w.db.Engine == store.Postgres {
		catalogue = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	}
	var tables []string
	w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) error {
		tables = nil
		return tx.Each(w.t.Context(), func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			tables = append(tables, name)
			return err
		}, catalogue)
	}))
	if len(tables) < 20 {
		w.t.Fatalf("only %d tables are looked through", len(tables))
	}
	for _, table := range tables {
		w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) error {
			rows, err := tx.Query(w.t.Context(), "SELECT * FROM "+table)
			if err != nil {
				return err
			}
			defer rows.Close()
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					return err
				}
				for i, v := range values {
					text := []byte(fmt.Sprint(*v.(*any)))
					if b, ok := (*v.(*any)).([]byte); ok {
						text = b
					}
					for _, word := range words {
						if bytes.Contains(bytes.ToLower(text), []byte(strings.ToLower(word))) {
							w.t.Errorf("%q is in %s.%s", word, table, columns[i])
						}
					}
				}
			}
			return rows.Err()
		}))
	}
}

func (w *world) count(what string) (n int) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Get(w.t.Context(), []any{&n}, "SELECT COUNT(*) FROM "+what)
		return err
	}))
	return n
}

// rejoin builds the rooms anew on a database that was closed and opened.
func rejoin(w *world) *world {
	w.reg = registry.New(w.db)
	w.led = ledger.New(w.db, w.reg, nil, time.UTC)
	w.post = mail.New(w.db, mail.Options{Key: secret, Site: site})
	w.Requests = w.with(secret)
	return w
}
