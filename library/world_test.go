package library_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var morning = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

var (
	nora = staff.Person{ID: 7, Role: staff.National, Area: 1}
	cora = staff.Person{ID: 8, Role: staff.Coordinator, Area: 2}
)

// world is a library on an empty database, with a clock to move.
type world struct {
	*library.Library
	t   testing.TB
	ctx context.Context
	db  *store.DB
	now time.Time
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) { fn(t, newWorld(t, open)) })
	}
}

func newWorld(t testing.TB, open func(testing.TB, func() time.Time) *store.DB) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), now: morning}
	w.db = open(t, func() time.Time { return w.now })
	must(t, w.db.Migrate(w.ctx, slices.Concat(staff.Schema, library.Schema)...))
	w.Library = library.New(w.db, func() civil.Date { return civil.In(w.now, time.UTC) })
	return w
}

// count counts the rows of a query's table and condition.
func (w *world) count(from string) int {
	w.t.Helper()
	n := 0
	must(w.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		_, err := tx.Get(w.ctx, []any{&n}, "SELECT COUNT(*) FROM "+from)
		return err
	}))
	return n
}

// add puts an accepted item on the shelf and gives its key.
func (w *world) add(it library.Item) string {
	w.t.Helper()
	it.State = library.Accepted
	if it.Kind == 0 {
		it.Kind = library.Study
	}
	must(w.t, w.Add(w.ctx, nora, &it))
	return it.Key
}

// find gives the keys that a search finds, in order.
func (w *world) find(q library.Query) string {
	w.t.Helper()
	q.PerPage = 100
	f, err := w.Search(w.ctx, q)
	must(w.t, err)
	var keys []string
	for _, h := range f.Hits {
		keys = append(keys, h.Item.Key)
	}
	if f.Total != len(keys) {
		w.t.Errorf("%d found, %d given", f.Total, len(keys))
	}
	return strings.Join(keys, " ")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func kind(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) || err == nil {
		t.Errorf("got %v, want %v", err, k)
	}
}
