package measure_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var noon = time.Date(2018, time.June, 15, 12, 0, 0, 0, time.UTC)

// world is the registry that ships with the program, an empty ledger, and a clock that stands.
type world struct {
	*measure.Measures
	db     *store.DB
	reg    *registry.Registry
	ledger *ledger.Ledger
	ctx    context.Context
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.EachAt(t, func() time.Time { return noon }, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

// newWorldOnce is a world on SQLite alone, for what no SQL decides.
func newWorldOnce(t testing.TB) *world {
	t.Helper()
	return newWorld(t, storetest.SQLite(t, func() time.Time { return noon }))
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{db: db, reg: registry.New(db), ctx: context.Background()}
	w.ledger = ledger.New(db, w.reg, nil, time.UTC)
	w.Measures = measure.New(db, w.reg, w.ledger.Today)
	var steps []store.Step
	steps = append(append(append(append(steps, registry.Schema...), staff.Schema...), ledger.Schema...), measure.Schema...)
	must(t, db.Migrate(w.ctx, steps...))
	must(t, w.reg.LoadBuiltIn(w.ctx))
	return w
}

// withOutlets adds outlets: three of Barking and Dagenham (one a prison, one an ambulance station), one each of Barnet
// and Bexley.
func (w *world) withOutlets(t testing.TB) {
	t.Helper()
	w.take(t, "outlets", `code,name,kind,authority,channel
BD1,Riverside,needle_exchange,E09000002,community
BD2,The prison,prison,E09000002,prison
BD3,The station,ambulance,E09000002,ambulance
BA1,Barnet hub,drug_service,E09000003,community
BE1,Bexley hub,drug_service,E09000004,community
`)
}

// take imports a file of any kind.
func (w *world) take(t testing.TB, kind, text string) {
	t.Helper()
	must(t, w.tryTake(kind, text))
}

func (w *world) tryTake(kind, text string) error {
	if kind == measure.ReturnsFile {
		rd, err := reader(kind+".csv", text, measure.Kind())
		if err != nil {
			return err
		}
		_, err = w.ImportReturns(w.ctx, rd, false)
		return err
	}
	for _, k := range registry.Kinds() {
		if k.Name == kind {
			rd, err := reader(kind+".csv", text, k)
			if err != nil {
				return err
			}
			_, err = w.reg.Import(w.ctx, kind, rd, false)
			return err
		}
	}
	for _, k := range ledger.Kinds() {
		if k.Name != kind {
			continue
		}
		_, err := w.ledger.Import(w.ctx, ledger.Import{
			Kind: kind, File: text[:min(len(text), 400)], Who: staff.Operator(), // the content names the file: each is one of its own
			Open: func() (*table.Reader, error) { return reader(kind+".csv", text, k) },
		})
		return err
	}
	panic("no kind " + kind)
}

func reader(name, text string, k table.Kind) (*table.Reader, error) {
	return table.NewReader(strings.NewReader(text), name, int64(len(text)), k)
}

func (w *world) outlet(t testing.TB, code string) *registry.Outlet {
	t.Helper()
	snap, err := w.reg.Now(w.ctx)
	must(t, err)
	o, ok := snap.OutletByCode(code)
	if !ok {
		t.Fatalf("no outlet %s", code)
	}
	return o
}

func (w *world) area(t testing.TB, code string) int {
	t.Helper()
	snap, err := w.reg.Now(w.ctx)
	must(t, err)
	a, ok := snap.AreaByCode(code)
	if !ok {
		t.Fatalf("no area %s", code)
	}
	return a.ID
}

// figures asks for figures, as of a day or of today if it is empty.
func (w *world) figures(t testing.TB, key measure.Key, p, area, asOf string) []measure.Figure {
	t.Helper()
	list, err := w.tryFigures(key, p, area, asOf)
	must(t, err)
	return list
}

func (w *world) tryFigures(key measure.Key, p, area, asOf string) ([]measure.Figure, error) {
	q := measure.Query{Measure: key, Period: period(p), Area: area}
	if asOf != "" {
		q.AsOf = on(asOf)
	}
	return w.Figures(w.ctx, q)
}

// figure gives the first row of an area.
func (w *world) figure(t testing.TB, key measure.Key, p, area, asOf string) measure.Figure {
	t.Helper()
	for _, f := range w.figures(t, key, p, area, asOf) {
		if f.Area == area {
			return f
		}
	}
	t.Fatalf("no row of %s", area)
	return measure.Figure{}
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
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
}

// says checks a figure's state and number.
func says(t testing.TB, f measure.Figure, state measure.State, value string) {
	t.Helper()
	if f.State != state || measure.Number(f.Value) != value {
		t.Errorf("%s of %s in %s is %s %q, not %s %q (source %q, notes %q)", f.Measure, f.Name, f.Period, f.State, measure.Number(f.Value), state, value, f.Source, f.Notes)
	}
}

func parseID(t testing.TB, id string) uuid.UUID {
	t.Helper()
	u, err := uuid.Parse(id)
	must(t, err)
	return u
}

// Number writes a number as figures do.
func Number(v float64) string { return measure.Number(&v) }
