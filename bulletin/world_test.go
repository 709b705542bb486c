package bulletin_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/document"
	"everykit/fault"
	"everykit/mail"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const site = "https://kits.example.org"

// morning is when the tests begin: Tuesday 14 December 2021, in the quarter after the one that they publish.
var morning = time.Date(2021, time.December, 14, 9, 0, 0, 0, time.UTC)

var quarter = civil.Quarter(2021, 2)

// world is two nations, N with the authorities A and B, and M. anna and abel are analysts of N, nora is of its national team,
// cora and cole coordinate A and B, mona is M's national team. Figures are made up by the test: see take.
type world struct {
	*bulletin.Bulletins
	t       testing.TB
	ctx     context.Context
	db      *store.DB
	reg     *registry.Registry
	outbox  *mail.Outbox
	letters string
	now     *time.Time
	who     map[string]staff.Person

	kits     float64           // what the next snapshot says of dispensed
	findings []compose.Finding // what the checks find
	releases []string          // keys of the next snapshot's releases
	earlier  []string          // periods of the snapshots that the last one was taken with
	inputs   []compose.Input   // of all that was composed
	takes    int
	noData   bool
	silent   bool
	fail     string // a file that cannot be written
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
	w := &world{t: t, ctx: t.Context(), db: db, reg: registry.New(db), now: now, letters: t.TempDir(), who: map[string]staff.Person{"operator": staff.Operator(), "nobody": {}}, kits: 7219, releases: []string{"sex|N"}}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, bulletin.Schema)...))
	folder, err := mail.NewFolder(w.letters)
	must(t, err)
	w.outbox = mail.New(db, mail.Options{Sender: folder, From: "kits@example.org", Site: site, Key: []byte("a key of thirty-two bytes, more.")})
	for _, a := range [][4]string{{"N", "Northland", "nation", ""}, {"M", "Môr & Mynydd", "nation", ""}, {"R", "The Isles", "region", "N"}, {"A", "Aber, City of", "authority", "N"}, {"B", "Burgh", "authority", "N"}} {
		area := registry.Area{Code: a[0], Name: a[1], Kind: a[2], ValidFrom: civil.None, ValidTo: civil.None}
		if a[3] != "" {
			area.Parent = w.id(a[3])
		}
		_, err := w.reg.PutArea(w.ctx, area)
		must(t, err)
	}
	people := staff.New(db, staff.Options{})
	for _, p := range []struct {
		name string
		role staff.Role
		area string
	}{
		{"anna", staff.Analyst, "N"},
		{"abel", staff.Analyst, "N"},
		{"nora", staff.National, "N"},
		{"cora", staff.Coordinator, "A"},
		{"cole", staff.Coordinator, "B"},
		{"mona", staff.National, "M"},
		{"adam", staff.Administrator, ""},
	} {
		d := staff.Draft{Email: p.name + "@staff.example.org", Name: p.name, Role: p.role}
		if p.area != "" {
			d.Area = w.id(p.area)
		}
		who := staff.Person{Name: p.name, Role: p.role, Area: d.Area}
		who.ID, err = people.Create(w.ctx, staff.Operator(), d, "")
		must(t, err)
		w.who[p.name] = who
	}
	w.Bulletins = w.another()
	return w
}

// another is the room once more on the same database, as in another process.
func (w *world) another() *bulletin.Bulletins {
	b := bulletin.New(w.db, w.reg, nil, nil, nil, w.outbox, &document.Printer{Chromium: "none"}, func() civil.Date { return civil.In(*w.now, time.UTC) }, site+"/")
	b.Use(bulletin.Makers{
		Take: w.take, Usual: usual, Write: w.write,
		Compose: func(in compose.Input) (*content.Content, error) {
			w.inputs = append(w.inputs, in)
			return composed(in)
		},
		Check: func(compose.Input, *content.Content) []compose.Finding { return slices.Clone(w.findings) },
	})
	return b
}

// take makes up a snapshot.
func (w *world) take(_ context.Context, of frozen.Of, earlier []*frozen.Snapshot) (*frozen.Snapshot, error) {
	w.takes++
	w.earlier = nil
	for _, s := range earlier {
		w.earlier = append(w.earlier, s.Area.Code+" "+s.Period)
	}
	if w.noData {
		return nil, fault.New(fault.Refused, "nothing is known of %s", of.Period).At("period").Hint("import supplies or returns first")
	}
	kits := w.kits
	s := &frozen.Snapshot{
		Kind: frozen.Quarterly, Area: frozen.Area{Code: of.Area, Name: "Area " + of.Area}, Period: of.Period.String(), AsOf: of.AsOf.String(),
		Figures:     []frozen.Figure{{ID: "dispensed|" + of.Area + "|" + of.Period.String(), Measure: "dispensed", Area: of.Area, Period: of.Period.String(), State: "counted", Value: &kits}},
		ReleaseKeys: slices.Clone(w.releases),
	}
	if of.Area == "A" || of.Area == "B" {
		s.Kind = frozen.Local
	}
	if w.silent {
		s.Silent = []frozen.Silent{{Area: "B", Why: "no_reply"}}
	}
	return s, nil
}

func usual(kind frozen.Kind, nation string) compose.Template {
	t := compose.Template{Name: string(kind) + " " + nation}
	for _, key := range []string{"introduction", "main_points", "prison", "corrections", "early_access"} {
		t.Chapters = append(t.Chapters, compose.ChapterTemplate{Key: key, Title: "About " + strings.ReplaceAll(key, "_", " ")})
	}
	return t
}

// composed is a small bulletin that says all it was given.
func composed(in compose.Input) (*content.Content, error) {
	s := in.Snapshot
	number := *s.Figures[0].Value
	c := &content.Content{
		Title: "Kits in " + s.Area.Name + ", " + s.Period, Language: "en-GB", Slug: in.Slug, Edition: in.Edition, Draft: in.Draft, Area: s.Area.Code, AreaName: s.Area.Name, Period: s.Period,
		PublishedOn: in.PublishedOn,
	}
	title := "Kits by quarter"
	if own := in.Titles["kits"]; own != "" {
		title = own
	}
	for _, t := range in.Template.Chapters {
		if t.Out {
			continue
		}
		ch := content.Chapter{Key: t.Key, Title: t.Title, Blocks: []content.Block{content.Heading{Text: "Of " + t.Key}}}
		switch t.Key {
		case "main_points":
			ch.Blocks = append(
				ch.Blocks, content.Points{Items: []string{fmt.Sprintf("%.0f kits", number)}},
				&content.Table{Number: 1, Key: "kits", Title: title, Columns: []content.Column{{Key: "kits", Label: "Kits", Numeric: true}}, Rows: []content.Row{{Cells: []content.Cell{{Number: &number, Figure: s.Figures[0].ID}}}}},
				&content.Picture{Key: "kits_line", Title: "Kits <rose>", Alt: "A line", Table: "kits"},
			)
		case "corrections":
			for _, k := range in.Correction {
				ch.Blocks = append(ch.Blocks, content.Para{Text: fmt.Sprintf("Edition %d, %s: %s Because %s", k.Edition, k.On, k.What, k.Why)})
			}
			for _, e := range in.Earlier {
				ch.Blocks = append(ch.Blocks, content.Para{Text: fmt.Sprintf("Before: %s edition %d of %s said %.0f", e.Slug, e.Edition, e.On, *e.Snapshot.Figures[0].Value)})
			}
		case "early_access":
			for _, r := range in.EarlyAccess {
				ch.Blocks = append(ch.Blocks, content.Para{Text: r.Who + ": " + r.Why})
			}
			for _, x := range in.Waived {
				ch.Blocks = append(ch.Blocks, content.Para{Text: "Waived " + x.Check + ": " + x.Reason})
			}
		}
		if text := in.Commentary[t.Key]; text != "" {
			ch.Blocks = append(ch.Blocks, content.Commentary{Source: text})
		}
		c.Chapters = append(c.Chapters, ch)
	}
	return c, nil
}

// write writes every format as the content itself, under its name.
func (w *world) write(_ context.Context, c *content.Content, made civil.Date, name string) ([]byte, error) {
	if name == w.fail {
		return nil, errors.New("the disk is on fire")
	}
	body, err := c.Encode()
	return slices.Concat([]byte(name+" "+made.String()+" "), body), err
}

func (w *world) id(code string) int {
	w.t.Helper()
	a, ok := must1(w.reg.Now(w.ctx))(w.t).AreaByCode(code)
	if !ok {
		w.t.Fatalf("there is no %s", code)
	}
	return a.ID
}

// draft begins a bulletin of N, by anna, and gives it.
func (w *world) draft(p civil.Period) *bulletin.Edition {
	w.t.Helper()
	return w.get(must1(w.Draft(w.ctx, w.who["anna"], bulletin.DraftOf{Area: "N", Period: p}))(w.t))
}

// get reads an edition as the administrator.
func (w *world) get(id int) *bulletin.Edition {
	w.t.Helper()
	return must1(w.Get(w.ctx, w.who["adam"], id))(w.t)
}

// sign has nora sign and gives the edition.
func (w *world) sign(id int, embargo time.Time) *bulletin.Edition {
	w.t.Helper()
	must(w.t, w.Sign(w.ctx, w.who["nora"], id, w.get(id).Version, embargo))
	return w.get(id)
}

// published drafts, signs and publishes a bulletin of N.
func (w *world) published(p civil.Period) *bulletin.Edition {
	w.t.Helper()
	e := w.draft(p)
	return w.out(e.ID)
}

// out signs a draft and publishes it.
func (w *world) out(id int) *bulletin.Edition {
	w.t.Helper()
	e := w.sign(id, time.Time{})
	must(w.t, w.Publish(w.ctx, w.who["anna"], id, e.Version))
	return w.get(id)
}

func (w *world) later(d time.Duration) { *w.now = w.now.Add(d) }

// count is how many rows a table has where something holds.
func (w *world) count(from string, args ...any) int {
	w.t.Helper()
	var n int
	must(w.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		_, err := tx.Get(w.ctx, []any{&n}, "SELECT COUNT(*) FROM "+from, args...)
		return err
	}))
	return n
}

// page is the stored page of a published bulletin.
func (w *world) page(slug string, number int) string {
	w.t.Helper()
	return string(must1(w.Show(w.ctx, slug, number))(w.t).Body)
}

type letter struct{ to, subject, text, unsubscribe, oneClick string }

// sent sends what waits and gives all that was ever sent.
func (w *world) sent() []letter {
	w.t.Helper()
	for n := 1; n > 0; {
		n = must1(w.outbox.Once(w.ctx))(w.t)
	}
	var all []letter
	for _, name := range must1(filepath.Glob(filepath.Join(w.letters, "*.eml")))(w.t) {
		m, err := netmail.ReadMessage(bytes.NewReader(must1(os.ReadFile(name))(w.t)))
		must(w.t, err)
		body := m.Body
		if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		text := strings.ReplaceAll(string(must1(io.ReadAll(body))(w.t)), "\r\n", "\n")
		subject := must1(new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")))(w.t)
		all = append(all, letter{strings.Trim(m.Header.Get("To"), "<>"), subject, text, m.Header.Get("List-Unsubscribe"), m.Header.Get("List-Unsubscribe-Post")})
	}
	slices.SortFunc(all, func(a, b letter) int { return strings.Compare(a.to+a.subject, b.to+b.subject) })
	return all
}

// lettersTo are those to an address.
func (w *world) lettersTo(name string) []letter {
	w.t.Helper()
	var found []letter
	for _, l := range w.sent() {
		if strings.HasPrefix(l.to, name+"@") {
			found = append(found, l)
		}
	}
	return found
}

// link is the token of the link to a path in a letter.
func (l letter) link(t testing.TB, path string) string {
	t.Helper()
	_, rest, ok := strings.Cut(l.text, site+path)
	link, _, _ := strings.Cut(rest, "\n")
	if !ok || link == "" {
		t.Fatalf("no link to %s in\n%s", path, l.text)
	}
	return link
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

// refused fails the test unless err is a fault of a kind with some words in it, its field or its hint.
func refused(t testing.TB, err error, kind fault.Kind, words string) {
	t.Helper()
	said := ""
	for _, f := range fault.Of(err) {
		said += f.Field + ": " + f.Message + " (" + f.Next + ")\n"
	}
	if !fault.Is(err, kind) || !strings.Contains(said, words) {
		t.Fatalf("got %v (%q) of kind %v, want %v with %q", err, said, fault.KindOf(err), kind, words)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func holds(t testing.TB, what, text, words string) {
	t.Helper()
	if !strings.Contains(text, words) {
		t.Errorf("%s: %q is not in\n%s", what, words, text)
	}
}

func lacks(t testing.TB, what, text, words string) {
	t.Helper()
	if strings.Contains(text, words) {
		t.Errorf("%s: %q is in\n%s", what, words, text)
	}
}
