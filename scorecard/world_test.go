package scorecard_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
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

// world is the registry that ships with the program, an empty ledger, no round, and a clock that stands.
type world struct {
	*scorecard.Scorecards
	t    testing.TB
	ctx  context.Context
	db   *store.DB
	reg  *registry.Registry
	led  *ledger.Ledger
	m    *measure.Measures
	s    *survey.Survey
	help *support.Support
	now  *time.Time
}

func eachWorld(t *testing.T, now time.Time, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range []struct {
		name string
		open func(testing.TB, func() time.Time) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		t.Run(engine.name, func(t *testing.T) {
			now := now
			fn(t, newWorld(t, engine.open(t, func() time.Time { return now }), &now))
		})
	}
}

func newWorld(t testing.TB, db *store.DB, now *time.Time) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), db: db, reg: registry.New(db), now: now}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, measure.Schema, survey.Schema, support.Schema)...))
	must(t, w.reg.LoadBuiltIn(w.ctx))
	w.led = ledger.New(db, w.reg, nil, time.UTC)
	w.m = measure.New(db, w.reg, w.led.Today)
	w.s = survey.New(db, w.reg, w.m, mail.New(db, mail.Options{From: "kits@example.org", Site: "https://kits.example.org"}), w.led.Today, "https://kits.example.org")
	w.help = support.New(db, w.reg, w.led, w.led.Today)
	w.Scorecards = scorecard.New(db, w.reg, w.m, w.s, w.help, w.led.Today)
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
	switch kind {
	case measure.ReturnsFile:
		_, err := w.m.ImportReturns(w.ctx, read(measure.Kind()), false)
		must(w.t, err)
		return
	case survey.AnswersFile:
		_, err := w.s.ImportAnswers(w.ctx, read(survey.Kind()), false)
		must(w.t, err)
		return
	}
	for _, k := range registry.Kinds() {
		if k.Name == kind {
			_, err := w.reg.Import(w.ctx, kind, read(k), false)
			must(w.t, err)
			return
		}
	}
	for _, k := range ledger.Kinds() {
		if k.Name == kind {
			_, err := w.led.Import(w.ctx, ledger.Import{
				Kind: kind, File: text[:min(len(text), 400)], Who: staff.Operator(), // the content names the file: each is one of its own
				Open: func() (*table.Reader, error) {
					return table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k)
				},
			})
			must(w.t, err)
			return
		}
	}
	w.t.Fatalf("no kind %s", kind)
}

func (w *world) id(code string) int {
	w.t.Helper()
	snap, err := w.reg.Now(w.ctx)
	must(w.t, err)
	if a, ok := snap.AreaByCode(code); ok {
		return a.ID
	}
	w.t.Fatalf("no area %s", code)
	return 0
}

func (w *world) card(code, year string) scorecard.Card {
	w.t.Helper()
	c, err := w.Of(w.ctx, w.id(code), period(year))
	must(w.t, err)
	return c
}

func (w *world) line(code, year string, recommendation int) scorecard.Line {
	w.t.Helper()
	return w.card(code, year).Lines[recommendation-1]
}

// gaps gives the gaps of one authority.
func (w *world) gaps(code, year string) map[support.GapKind]scorecard.Gap {
	w.t.Helper()
	list, err := w.Gaps(w.ctx, w.id(code), period(year), 0)
	must(w.t, err)
	of := map[support.GapKind]scorecard.Gap{}
	for _, g := range list {
		of[g.Kind] = g
	}
	return of
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

// says checks a line.
func says(t testing.TB, l scorecard.Line, v scorecard.Verdict, words ...string) {
	t.Helper()
	if l.Verdict != v {
		t.Errorf("recommendation %d is %s, not %s: %+v", l.Recommendation, l.Verdict.Words(), v.Words(), l)
	}
	for _, word := range words {
		if !strings.Contains(l.Evidence, word) {
			t.Errorf("the evidence %q does not say %q", l.Evidence, word)
		}
	}
}
