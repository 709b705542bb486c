package frozen_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
	"everykit/survey"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const site = "https://kits.example.org"

// world is the registry that ships with the program, an empty ledger and a clock that a test moves.
type world struct {
	frozen.Rooms
	t   testing.TB
	led *ledger.Ledger
	now *time.Time
}

// eachWorld runs fn on both engines, on a day.
func eachWorld(t *testing.T, day string, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range []struct {
		name string
		open func(testing.TB, func() time.Time) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		t.Run(engine.name, func(t *testing.T) {
			now := on(day).Time().Add(12 * time.Hour)
			fn(t, newWorld(t, engine.open(t, func() time.Time { return now }), &now))
		})
	}
}

// oneWorld is a world on SQLite alone, for what no SQL decides.
func oneWorld(t testing.TB, day string) *world {
	t.Helper()
	now := on(day).Time().Add(12 * time.Hour)
	return newWorld(t, storetest.SQLite(t, func() time.Time { return now }), &now)
}

func newWorld(t testing.TB, db *store.DB, now *time.Time) *world {
	t.Helper()
	ctx := t.Context()
	must(t, db.Migrate(ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, measure.Schema, notice.Schema, notice.WordingSchema, survey.Schema,
		support.Schema, opendata.Schema)...))
	w := &world{t: t, now: now}
	reg := registry.New(db)
	must(t, reg.LoadBuiltIn(ctx))
	w.led = ledger.New(db, reg, nil, time.UTC)
	post := mail.New(db, mail.Options{From: "kits@example.org", Site: site})
	m := measure.New(db, reg, w.led.Today)
	s := survey.New(db, reg, m, post, w.led.Today, site)
	cards := scorecard.New(db, reg, m, s, support.New(db, reg, w.led, w.led.Today), w.led.Today)
	w.Rooms = frozen.Rooms{
		DB: db, Registry: reg, Measures: m, Notices: notice.New(db, reg, w.led, post, site), Data: opendata.New(db, reg, m, s, cards, w.led.Today), Today: w.led.Today,
	}
	return w
}

// take imports a file of any kind.
func (w *world) take(kind, text string) {
	w.t.Helper()
	read := func(k table.Kind) *table.Reader {
		rd, err := table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k)
		must(w.t, err)
		return rd
	}
	if kind == measure.ReturnsFile {
		_, err := w.Measures.ImportReturns(w.t.Context(), read(measure.Kind()), false)
		must(w.t, err)
		return
	}
	for _, k := range registry.Kinds() {
		if k.Name == kind {
			_, err := w.Registry.Import(w.t.Context(), kind, read(k), false)
			must(w.t, err)
			return
		}
	}
	for _, k := range ledger.Kinds() {
		if k.Name == kind {
			_, err := w.led.Import(w.t.Context(), ledger.Import{
				Kind: kind, File: text[:min(len(text), 400)], Who: staff.Operator(), // the content names the file: each is one of its own
				Open: func() (*table.Reader, error) { return read(k), nil },
			})
			must(w.t, err)
			return
		}
	}
	w.t.Fatalf("no kind %s", kind)
}

// publishedReturns imports the returns that ship with the program.
func (w *world) publishedReturns() {
	w.t.Helper()
	text, err := os.ReadFile("../../data/returns.csv")
	must(w.t, err)
	w.take(measure.ReturnsFile, string(text))
}

func (w *world) freeze(area, p, asOf string, earlier ...*frozen.Snapshot) *frozen.Snapshot {
	w.t.Helper()
	s, err := w.tryFreeze(area, p, asOf, earlier...)
	must(w.t, err)
	return s
}

func (w *world) tryFreeze(area, p, asOf string, earlier ...*frozen.Snapshot) (*frozen.Snapshot, error) {
	of := frozen.Of{Area: area, Period: period(p)}
	if asOf != "" {
		of.AsOf = on(asOf)
	}
	return frozen.Take(w.t.Context(), w.Rooms, of, earlier)
}

// says checks a figure's state and number; an empty number is none.
func says(t testing.TB, s *frozen.Snapshot, id, state, value string) {
	t.Helper()
	f := s.Figure(id)
	if f == nil {
		t.Errorf("there is no figure %s", id)
		return
	}
	if f.State != state || measure.Number(f.Value) != value {
		t.Errorf("%s is %s %q, not %s %q (source %q, notes %q)", id, f.State, measure.Number(f.Value), state, value, f.Source, f.Notes)
	}
}

func lacks(t testing.TB, s *frozen.Snapshot, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if f := s.Figure(id); f != nil {
			t.Errorf("there is a figure %s: %s %q", id, f.State, measure.Number(f.Value))
		}
	}
}

func encoded(t testing.TB, s *frozen.Snapshot) string {
	t.Helper()
	body, err := json.MarshalIndent(s, "", " ")
	must(t, err)
	return string(body)
}

func on(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func period(s string) civil.Period {
	p, err := civil.ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
