package survey

import (
	"bytes"
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
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

const site = "https://kits.example.org"

var operator = staff.Operator()

// morning is when the tests begin: Tuesday 1 May 2018.
var morning = time.Date(2018, time.May, 1, 9, 0, 0, 0, time.UTC)

// world is a nation of three authorities, and another nation of one. A has an outlet; B has a prison.
type world struct {
	*Survey
	t       testing.TB
	ctx     context.Context
	db      *store.DB
	reg     *registry.Registry
	led     *ledger.Ledger
	outbox  *post.Outbox
	letters string
	now     *time.Time
	nora    staff.Person // of England's national team
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
	w := &world{t: t, ctx: t.Context(), db: db, now: now, letters: t.TempDir()}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, ledger.Schema, measure.Schema, post.Schema, Schema)...))
	w.reg = registry.New(db)
	w.led = ledger.New(db, w.reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	folder, err := post.NewFolder(w.letters)
	must(t, err)
	w.outbox = post.New(db, post.Options{Sender: folder, From: "kits@example.org", Site: site, Key: []byte("another key of thirty-two bytes.")})
	w.Survey = New(db, w.reg, measure.New(db, w.reg, w.led.Today), w.outbox, func() civil.Date { return civil.In(*w.now, time.UTC) }, site+"/")
	w.area("E92000001", "England", "nation", "")
	w.area("S92000003", "Scotland", "nation", "")
	w.area("E01", "Barking and Dagenham", "authority", "E92000001")
	w.area("E02", "Bristol, City of", "authority", "E92000001")
	w.area("E03", "Waltham Forest", "authority", "E92000001")
	w.area("S01", "Fife", "health_board", "S92000003")
	w.outlet("O1", "E01", registry.NeedleExchange, registry.Community)
	w.outlet("HMP1", "E02", registry.PrisonOutlet, registry.Prison)
	w.nora = staff.Person{ID: 7, Name: "Nora", Role: staff.National, Area: w.id("E92000001")}
	return w
}

func (w *world) snap() *registry.Snapshot { return must1(w.reg.Now(w.ctx))(w.t) }

func (w *world) id(code string) int {
	w.t.Helper()
	a, ok := w.snap().AreaByCode(code)
	if !ok {
		w.t.Fatalf("there is no %s", code)
	}
	return a.ID
}

func (w *world) area(code, name, kind, parent string) {
	w.t.Helper()
	a := registry.Area{Code: code, Name: name, Kind: kind, ValidFrom: civil.None, ValidTo: civil.None}
	if parent != "" {
		a.Parent = w.id(parent)
	}
	_, err := w.reg.PutArea(w.ctx, a)
	must(w.t, err)
}

func (w *world) outlet(code, area string, kind registry.OutletKind, channel registry.Channel) {
	w.t.Helper()
	_, err := w.reg.PutOutlet(w.ctx, registry.Outlet{
		Code: code, Name: "Outlet " + code, Kind: kind, Area: w.id(area), Channel: channel, LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: civil.None,
	})
	must(w.t, err)
}

// draft makes a round about 2017/18 that asks England's authorities; all but E03 have addresses.
func (w *world) draft(act Act) *Round {
	w.t.Helper()
	r := &Round{Title: "Survey 2017/18", Nation: w.id("E92000001"), Period: civil.FinancialYear(2017), Act: act, Contact: "survey@example.org", DueOn: civil.None, ClosesOn: civil.None}
	must(w.t, w.Save(w.ctx, w.nora, r))
	list := w.respondents(r.ID)
	for i := range list {
		if list[i].Code != "E03" {
			list[i].Email = strings.ToLower(list[i].Code) + "@example.org"
		}
	}
	must(w.t, w.SaveRespondents(w.ctx, w.nora, r.ID, list))
	return r
}

func (w *world) respondents(round int) []Respondent {
	w.t.Helper()
	var list []Respondent
	for _, p := range must1(w.Replies(w.ctx, round))(w.t) {
		list = append(list, p.Respondent)
	}
	return list
}

// opened is a round that was sent today, and the tokens of E01 and E02.
func (w *world) opened(act Act) (r *Round, barking, bristol string) {
	w.t.Helper()
	r = w.draft(act)
	must(w.t, w.Open(w.ctx, w.nora, r.ID))
	return must1(w.Round(w.ctx, r.Key))(w.t), w.letterTo("e01").token(w.t), w.letterTo("e02").token(w.t)
}

// reply is that of an authority.
func (w *world) reply(round int, code string) *Reply {
	w.t.Helper()
	for _, p := range must1(w.Replies(w.ctx, round))(w.t) {
		if p.Code == code {
			one := must1(w.Reply(w.ctx, round, p.Number))(w.t)
			if one.Status != p.Status || len(one.Answers) != len(p.Answers) || len(one.Doubts) != len(p.Doubts) {
				w.t.Errorf("%s is read otherwise alone: %+v, %+v", code, one, p)
			}
			return one
		}
	}
	w.t.Fatalf("nobody asked %s", code)
	return nil
}

// history is what happened, in lines.
func (w *world) history(round int, code string) string {
	w.t.Helper()
	var lines []string
	for _, e := range must1(w.History(w.ctx, round, w.reply(round, code).Number))(w.t) {
		lines = append(lines, e.What)
	}
	return strings.Join(lines, "\n")
}

// tomorrow moves the clock by days.
func (w *world) wait(days int) { *w.now = w.now.AddDate(0, 0, days) }

func (w *world) on(y int, m time.Month, d int) { *w.now = time.Date(y, m, d, 9, 0, 0, 0, time.UTC) }

// form is a form with answers: a number, a state's key, or options and texts as files have them.
func form(answers ...string) Sent {
	s := Sent{ID: uuid.New(), Answers: map[string]Answer{}, Done: true}
	r := Round{Questions: Template()}
	for i := 0; i < len(answers); i += 2 {
		q := r.question(answers[i])
		if answers[i+1] == "" {
			s.Answers[answers[i]] = Answer{}
			continue
		}
		a, bad := q.readCells(answers[i+1], "")
		if bad != nil {
			panic(bad.Message)
		}
		s.Answers[answers[i]] = a
	}
	return s
}

// importing reads a file of answers.
func (w *world) importing(body string, dry bool) (registry.Result, *table.Faults, error) {
	w.t.Helper()
	rd, err := table.NewReader(strings.NewReader(body), "answers.csv", int64(len(body)), Kind())
	must(w.t, err)
	defer rd.Close()
	res, err := w.ImportAnswers(w.ctx, rd, dry)
	return res, rd.Faults, err
}

// export writes answers, after the header.
func (w *world) export(round string, public bool) string {
	w.t.Helper()
	var b bytes.Buffer
	out := table.NewWriter(&b, Kind().Names()...)
	rows := must1(w.ExportAnswers(w.ctx, out, round, public))(w.t)
	must(w.t, out.Close())
	equal(w.t, "rows", rows, out.Rows())
	return b.String()
}

type letter struct{ to, subject, text string }

// sent sends what waits and gives all that was ever sent.
func (w *world) sent() []letter {
	w.t.Helper()
	for n := 1; n > 0; {
		n = must1(w.outbox.Once(w.ctx))(w.t)
	}
	var all []letter
	for _, name := range must1(filepath.Glob(filepath.Join(w.letters, "*.eml")))(w.t) {
		m, err := mail.ReadMessage(bytes.NewReader(must1(os.ReadFile(name))(w.t)))
		must(w.t, err)
		body := m.Body
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

// addresses are those that letters went to, each as often as it got one.
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
	_, rest, ok := strings.Cut(l.text, site+"/s/")
	token, _, _ := strings.Cut(rest, "\n")
	if !ok || token == "" {
		t.Fatalf("no link in\n%s", l.text)
	}
	return token
}

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

// refused fails the test unless err is a fault of a kind with some words in it or in its hint.
func refused(t testing.TB, err error, kind fault.Kind, words string) {
	t.Helper()
	said := ""
	for _, f := range fault.Of(err) {
		said += f.Field + ": " + f.Message + " (" + f.Next + ")\n"
	}
	if !fault.Is(err, kind) || !strings.Contains(said, words) {
		t.Fatalf("got %v of kind %v, want %v with %q", said, fault.KindOf(err), kind, words)
	}
}

// equal fails the test unless two values are the same.
func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// holds fails the test unless a text has some words in it.
func holds(t testing.TB, what, text, words string) {
	t.Helper()
	if !strings.Contains(text, words) {
		t.Errorf("%s: %q is not in\n%s", what, words, text)
	}
}
