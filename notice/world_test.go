package notice_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	post "everykit/mail"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

const site = "https://kits.example.org"

// morning is when the tests begin: the day after the real notice was issued.
var morning = time.Date(2022, time.November, 11, 9, 0, 0, 0, time.UTC)

var operator = staff.Operator()

// world is a nation of three authorities. A has O1 (worked at by ann and amy), O2 (nobody has an account; it has a mailbox)
// and O5, which closed, of a provider nobody knows how to reach; B has O3 (bob) and O4 (nobody; its provider has a
// contact). C has no outlet. A and C have contacts as authorities.
type world struct {
	*notice.Notices
	t       testing.TB
	ctx     context.Context
	db      *store.DB
	reg     *registry.Registry
	led     *ledger.Ledger
	people  *staff.Staff
	outbox  *post.Outbox
	letters string
	now     *time.Time
	who     map[string]staff.Person
}

// eachWorld runs fn on both engines. The clock is the test's to move.
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
	w := &world{t: t, ctx: t.Context(), db: db, now: now, letters: t.TempDir(), who: map[string]staff.Person{"": operator}}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, ledger.Schema, post.Schema, notice.Schema, notice.WordingSchema)...))
	w.reg, w.people = registry.New(db), staff.New(db, staff.Options{})
	w.led = ledger.New(db, w.reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	folder, err := post.NewFolder(w.letters)
	must(t, err)
	w.outbox = post.New(db, post.Options{Sender: folder, From: "kits@example.org", Site: site, Key: []byte("another key of thirty-two bytes.")})
	w.Notices = notice.New(db, w.reg, w.led, w.outbox, site+"/")
	w.area("E92000001", "England", "nation", "")
	w.area("A", "Authority A", "authority", "E92000001")
	w.area("B", "Authority B", "authority", "E92000001")
	w.area("C", "Authority C", "authority", "E92000001")
	w.outlet("O1", "A", "", "")
	w.outlet("O2", "A", "", "o2@example.org")
	w.outlet("O3", "B", "", "")
	w.outlet("O4", "B", "Care Ltd", "")
	w.outlet("O5", "A", "Gone Ltd", "")
	for _, p := range [][2]string{{"prenoxad", "5026468663361"}, {"carpuject", ""}} {
		_, err := w.reg.PutProduct(w.ctx, registry.Product{
			Code: p[0], Name: strings.ToUpper(p[0]), Form: must1(registry.ParseForm("prefilled_syringe"))(t), Route: must1(registry.ParseRoute("intramuscular"))(t),
			DosesPerKit: 5, GTIN: p[1],
		})
		must(t, err)
	}
	w.account("ann", staff.Worker, "A", "O1")
	w.account("amy", staff.Worker, "A", "O1")
	w.account("bob", staff.Worker, "B", "O3")
	w.account("cora", staff.Coordinator, "A")
	w.account("cole", staff.Coordinator, "B")
	w.account("nora", staff.National, "E92000001")
	for _, c := range []notice.Contact{{w.id("A"), "", "a@example.org"}, {w.id("C"), "", "c@example.org"}, {w.id("B"), "Care  ltd", "care@example.org"}} {
		must(t, w.PutContact(w.ctx, operator, c))
	}
	return w
}

func (w *world) snap() *registry.Snapshot { return must1(w.reg.Now(w.ctx))(w.t) }

func (w *world) area(code, name, kind, parent string) {
	w.t.Helper()
	a := registry.Area{Code: code, Name: name, Kind: kind, ValidFrom: civil.None, ValidTo: civil.None}
	if parent != "" {
		a.Parent = w.id(parent)
	}
	_, err := w.reg.PutArea(w.ctx, a)
	must(w.t, err)
}

func (w *world) outlet(code, area, provider, email string) {
	w.t.Helper()
	_, err := w.reg.PutOutlet(w.ctx, registry.Outlet{
		Code: code, Name: "Outlet " + code, Kind: must1(registry.ParseOutletKind("drug_service"))(w.t), Area: w.id(area), Channel: registry.Community,
		Provider: provider, Email: email, LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
	})
	must(w.t, err)
}

// closeOutlet closes O5, from yesterday on.
func (w *world) closeOutlet(code string) {
	w.t.Helper()
	o := *w.snap().Outlet(w.id(code))
	o.ClosedOn = w.led.Today() - 1
	_, err := w.reg.PutOutlet(w.ctx, o)
	must(w.t, err)
}

func (w *world) account(name string, role staff.Role, area string, outlets ...string) {
	w.t.Helper()
	d := staff.Draft{Email: name + "@example.org", Name: name, Role: role, Area: w.id(area)}
	p := staff.Person{Name: name, Role: role, Area: d.Area}
	for _, o := range outlets {
		d.Outlets = append(d.Outlets, staff.Place{Area: d.Area, Outlet: w.id(o)})
		p.Outlets = append(p.Outlets, w.id(o))
	}
	p.ID = must1(w.people.Create(w.ctx, operator, d, ""))(w.t)
	w.who[name] = p
}

// id is that of an area, an outlet or a product by its code.
func (w *world) id(code string) int {
	w.t.Helper()
	s := w.snap()
	if a, ok := s.AreaByCode(code); ok {
		return a.ID
	}
	if o, ok := s.OutletByCode(code); ok {
		return o.ID
	}
	if p, ok := s.FindProduct(code); ok {
		return p.ID
	}
	w.t.Fatalf("there is no %s", code)
	return 0
}

// draft is a notice about lots of prenoxad: "0116917 2023-02", with a new expiry after it where it changes that.
func (w *world) draft(action notice.Action, number string, lots ...string) notice.Notice {
	w.t.Helper()
	lines, bad := notice.Paste(w.snap(), w.id("prenoxad"), strings.Join(lots, "\n"))
	must(w.t, bad.Err())
	return notice.Notice{
		Number: number, Regulator: "MHRA", IssuedOn: w.led.Today() - 1, Title: "About " + number, Action: action, Level: notice.Outlets, DueOn: civil.None, Lines: lines,
	}
}

// publish saves and publishes a notice.
func (w *world) publish(n notice.Notice) (int, notice.Preview) {
	w.t.Helper()
	id := must1(w.Save(w.ctx, w.who["nora"], n))(w.t)
	return id, must1(w.Publish(w.ctx, w.who["nora"], id, false))(w.t)
}

func (w *world) get(id int) *notice.Notice {
	w.t.Helper()
	return must1(w.Get(w.ctx, id))(w.t)
}

func (w *world) entry(outlet string, kits int) ledger.Entry {
	w.t.Helper()
	return ledger.Entry{ID: ledger.NewID(), OccurredOn: w.led.Today(), Outlet: w.id(outlet), Kits: kits}
}

// receive puts kits of a lot of prenoxad on a shelf and gives the lot.
func (w *world) receive(outlet, lot, expiry string, kits int) int {
	w.t.Helper()
	must(w.t, w.led.Receive(w.ctx, operator, ledger.Receipt{
		Entry: w.entry(outlet, kits), Product: w.id("prenoxad"), Lot: lot, Expiry: must1(civil.ParseExpiry(expiry))(w.t),
	}))
	return w.lot(lot)
}

func (w *world) lot(number string) int {
	w.t.Helper()
	found := must1(w.led.LotsNumbered(w.ctx, 0, number))(w.t)
	if len(found) != 1 {
		w.t.Fatalf("%d lots %s", len(found), number)
	}
	return found[0].ID
}

func (w *world) supply(outlet string, lot, kits int) error {
	w.t.Helper()
	return w.led.Supply(w.ctx, operator, ledger.SupplyOf{Entry: w.entry(outlet, kits), Lot: lot})
}

// at is what an outlet has of a lot.
func (w *world) at(outlet string, lot int) ledger.Counts {
	w.t.Helper()
	var sum ledger.Counts
	for _, t := range must1(w.led.Trace(w.ctx, lot))(w.t) {
		if t.Outlet == w.id(outlet) {
			sum = sum.Plus(t.Counts)
		}
	}
	return sum
}

// told is what an outlet was told of a notice; nil if nothing.
func (w *world) told(id int, outlet string) *notice.Told {
	w.t.Helper()
	for _, t := range must1(w.ToldIn(w.ctx, id, 0))(w.t) {
		if t.Outlet == w.id(outlet) {
			return &t
		}
	}
	return nil
}

// outletsTold are the codes of those that were told of a notice, in order.
func (w *world) outletsTold(id int) string {
	w.t.Helper()
	var codes []string
	for _, t := range must1(w.ToldIn(w.ctx, id, 0))(w.t) {
		codes = append(codes, w.snap().Outlet(t.Outlet).Code)
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

// answer answers a notice for one lot as somebody, and gives the answer to send again.
func (w *world) answer(who string, id int, outlet string, lots ...notice.LotAnswer) (notice.Answer, error) {
	w.t.Helper()
	a := notice.Answer{ID: ledger.NewID(), Notice: id, Outlet: w.id(outlet), Lots: lots}
	return a, w.Answer(w.ctx, w.who[who], a)
}

// letter is one that was sent.
type letter struct{ to, subject, text string }

// sent sends what waits and gives all that was ever sent, by address and subject.
func (w *world) sent() []letter {
	w.t.Helper()
	for n := 1; n > 0; {
		n = must1(w.outbox.Once(w.ctx))(w.t)
	}
	var all []letter
	for _, name := range must1(filepath.Glob(filepath.Join(w.letters, "*.eml")))(w.t) {
		m, err := mail.ReadMessage(strings.NewReader(string(must1(os.ReadFile(name))(w.t))))
		must(w.t, err)
		body := io.Reader(m.Body)
		if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		text := strings.ReplaceAll(string(must1(io.ReadAll(body))(w.t)), "\r\n", "\n")
		subject := must1(new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")))(w.t)
		all = append(all, letter{strings.Trim(m.Header.Get("To"), "<>"), subject, text})
	}
	slices.SortFunc(all, func(a, b letter) int { return strings.Compare(a.to+a.subject, b.to+b.subject) })
	return all
}

// addresses are those that letters went to, each as often as it got one, without what follows the @.
func (w *world) addresses() string {
	w.t.Helper()
	var to []string
	for _, l := range w.sent() {
		name, _, _ := strings.Cut(l.to, "@")
		to = append(to, name)
	}
	return strings.Join(to, " ")
}

// letterTo is the one letter to an address.
func (w *world) letterTo(name string) letter {
	w.t.Helper()
	var found []letter
	for _, l := range w.sent() {
		if strings.HasPrefix(l.to, name+"@") {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		w.t.Fatalf("%d letters to %s", len(found), name)
	}
	return found[0]
}

// token is that of the link in a letter.
func (l letter) token(t testing.TB) string {
	t.Helper()
	_, rest, ok := strings.Cut(l.text, site+"/n/")
	token, _, _ := strings.Cut(rest, "\n")
	if !ok || token == "" {
		t.Fatalf("no link in\n%s", l.text)
	}
	return token
}

// clean fails the test if a recount of the ledger differs from its kept tables.
func (w *world) clean() {
	w.t.Helper()
	for _, d := range must1(w.led.Verify(w.ctx, nil))(w.t).Differences {
		w.t.Error(d)
	}
}

func newID() uuid.UUID { return ledger.NewID() }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%v)", err, errors.Unwrap(err))
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

// refused fails the test unless err is a fault of a kind with some words in it.
func refused(t testing.TB, err error, kind fault.Kind, words string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Fatalf("got %v (%v), want %v with %q", err, fault.KindOf(err), kind, words)
	}
}

// equal fails the test unless two values are the same.
func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
