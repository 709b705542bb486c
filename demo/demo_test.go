package demo_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/demo"
	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// noon is when the demonstrations of these tests are made.
var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

var today = civil.On(2026, time.November, 23)

// house is the rooms on one database.
type house struct {
	db  *store.DB
	reg *registry.Registry
	l   *ledger.Ledger
	st  *staff.Staff
	m   *measure.Measures
	ctx context.Context
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{db: db, reg: registry.New(db), ctx: context.Background()}
	for _, steps := range [][]store.Step{registry.Schema, staff.Schema, ledger.Schema, measure.Schema, demo.Schema} {
		must(t, db.Migrate(h.ctx, steps...))
	}
	h.l = ledger.New(db, h.reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	cheap := staff.Argon{KiB: 64, Passes: 1, Lanes: 1}
	h.st = staff.New(db, staff.Options{Password: cheap, PIN: cheap})
	h.m = measure.New(db, h.reg, h.l.Today)
	return h
}

func (h *house) build(t testing.TB, o demo.Options) demo.Made {
	t.Helper()
	made, err := demo.Build(h.ctx, h.db, h.reg, h.l, h.st, h.m, o)
	must(t, err)
	return made
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// clean fails the test if the ledger's recount differs from what it keeps.
func (h *house) clean(t testing.TB) {
	t.Helper()
	v, err := h.l.Verify(h.ctx, nil)
	must(t, err)
	for i, d := range v.Differences {
		if i < 10 {
			t.Error(d)
		}
	}
}

func (h *house) marked(t testing.TB) (is bool) {
	t.Helper()
	must(t, h.db.Read(h.ctx, func(tx *store.Tx) (err error) {
		is, err = demo.Is(h.ctx, tx)
		return err
	}))
	return is
}

// content is everything that can be exported.
func (h *house) content(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range ledger.Kinds() {
		out := table.NewWriter(&b, ledger.ExportColumns(kind.Name, true)...)
		_, err := h.l.Export(h.ctx, ledger.Export{Kind: kind.Name, Out: out, Marks: true})
		must(t, err)
		must(t, out.Close())
	}
	snap, err := h.reg.Now(h.ctx)
	must(t, err)
	for _, o := range snap.Outlets() {
		o := *o
		if o.Lat != nil {
			b.WriteString(fmt.Sprint(*o.Lat, *o.Lon))
		}
		o.Lat, o.Lon = nil, nil
		fmt.Fprintln(&b, o)
	}
	for _, e := range snap.Estimates() {
		fmt.Fprintln(&b, e.Areas, e.Population, e.Period, e.Value, e.Method, e.Source)
	}
	out := table.NewWriter(&b, columnNames(measure.Kind())...)
	_, err = h.m.ExportReturns(h.ctx, out)
	must(t, err)
	must(t, out.Close())
	return b.String()
}

func columnNames(k table.Kind) []string {
	var names []string
	for _, c := range k.Columns {
		names = append(names, c.Name)
	}
	return names
}

func TestBuildsOnBothEngines(t *testing.T) {
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, open(t, clock))
			if h.marked(t) {
				t.Error("a database without a demonstration is marked as one")
			}
			o := demo.Small(today)
			if name == "postgres" {
				o.Scale = 0.01
			}
			steps := map[string]bool{}
			o.Progress = func(step string, done, total int) {
				steps[step] = true
				if done < 0 || (total > 0 && done > total) {
					t.Errorf("%s: %d of %d", step, done, total)
				}
			}
			began := time.Now()
			made := h.build(t, o)
			t.Logf("%v: %d outlets, %d supplies, %d movements", time.Since(began), made.Outlets, made.Supplies, made.Movements)
			h.clean(t)
			if !h.marked(t) {
				t.Error("the mark is not set")
			}
			if want := 300_000 * o.Scale; float64(made.Supplies) < 0.8*want || float64(made.Supplies) > 1.6*want+1500 {
				t.Errorf("%d supplies at scale %v", made.Supplies, o.Scale)
			}
			if made.Authorities != 152 || made.Outlets < 298 || made.Outlets > 500 || len(steps) < 5 {
				t.Errorf("%d authorities, %d outlets, steps %v", made.Authorities, made.Outlets, steps)
			}
			_, err := demo.Build(h.ctx, h.db, h.reg, h.l, h.st, h.m, o)
			if !fault.Is(err, fault.Refused) {
				t.Errorf("a second demonstration in one database: %v", err)
			}
		})
	}
}

func TestSameSeedSameContent(t *testing.T) {
	var got []string
	for _, seed := range []uint64{7, 7, 8} {
		h := newHouse(t, storetest.SQLite(t, clock))
		o := demo.Small(today)
		o.Seed, o.Scale = seed, 0.01
		h.build(t, o)
		got = append(got, h.content(t))
	}
	if got[0] != got[1] {
		t.Error("the same seed gave two contents: " + firstDifference(got[0], got[1]))
	}
	if got[0] == got[2] {
		t.Error("another seed gave the same content")
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + " | " + y[i]
		}
	}
	return fmt.Sprint(len(x), " lines and ", len(y))
}

func TestAnyDayWillDo(t *testing.T) {
	for _, day := range []civil.Date{civil.On(2026, time.April, 1), civil.On(2024, time.February, 29), civil.On(2026, time.March, 31)} {
		h := newHouse(t, storetest.SQLite(t, clock))
		o := demo.Small(day)
		o.Scale = 0.004
		made := h.build(t, o)
		if made.Today != day || made.From != civil.FinancialYearOf(day).Before().First() {
			t.Errorf("%s: from %s to %s", day, made.From, made.Today)
		}
		h.clean(t)
		var late int
		must(t, h.db.Read(h.ctx, func(tx *store.Tx) error {
			_, err := tx.Get(h.ctx, []any{&late}, "SELECT COUNT(*) FROM movement WHERE occurred_on > ? OR occurred_on < ?", int(day), int(made.From))
			return err
		}))
		if late > 0 {
			t.Errorf("%d movements are outside the two years to %s", late, day)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, clock))
	for _, o := range []demo.Options{{Scale: -1}, {Scale: 1e6}, {Scale: 0.01, Today: today + 1}, {Scale: 0.01, Today: civil.On(2019, 1, 1)}} {
		if _, err := demo.Build(h.ctx, h.db, h.reg, h.l, h.st, h.m, o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if h.marked(t) {
		t.Error("a refused build left the mark")
	}
}

// BenchmarkBuild makes the demonstration that people see: it must take less than 30 s on two cores.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		h := newHouse(b, storetest.SQLite(b, clock))
		made := h.build(b, demo.Options{Seed: 1, Today: today})
		b.ReportMetric(float64(made.Movements), "movements")
	}
}
