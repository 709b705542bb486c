package ledger_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

// speedRows makes a file of supplies over 100 outlets, and the receipts they need.
func speedRows(w *world, b testing.TB, n int) (receipts, supplies string) {
	b.Helper()
	var outlets []registry.Outlet
	for i := range 100 {
		like := *w.outlet(fmt.Sprintf("O%d", 1+i%4))
		like.ID, like.Code, like.Name = 0, fmt.Sprintf("B%d", i), fmt.Sprintf("Bench %d", i)
		outlets = append(outlets, like)
	}
	_, err := w.reg.PutOutlet(w.ctx, outlets...)
	must(b, err)
	r := rand.New(rand.NewPCG(1, 1))
	var in, out strings.Builder
	in.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
	for i := range 100 {
		for lot := range 5 {
			fmt.Fprintf(&in, "2015-01-01,B%d,prenoxad,LOT%d,2020-01,%d\n", i, lot, 100_000)
		}
	}
	out.WriteString("id,occurred_on,outlet,product,lot,kits,channel,recipient,supply,reason,age_band,sex\n")
	first := civil.On(2015, 2, 1)
	for i := range n {
		day := first + civil.Date(i*900/n)
		fmt.Fprintf(&out, ",%s,B%d,prenoxad,LOT%d,%d,community,person_at_risk,repeat,lost,25_34,male\n", day, r.IntN(100), r.IntN(5), 1+r.IntN(2))
	}
	return in.String(), out.String()
}

// BenchmarkImport imports 100,000 supplies with all rules, and beside it puts the same number of rows into bare SQLite.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	b.Run("everykit", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			w := newWorld(b, storetest.SQLite(b, nil))
			receipts, supplies := speedRows(w, b, n)
			must1(w.importText("receipts", "r.csv", receipts, false))(b)
			b.StartTimer()
			must1(w.importText("supplies", "s.csv", supplies, false))(b)
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("bare", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
			must(b, err)
			_, err = db.Exec("CREATE TABLE supply (id TEXT PRIMARY KEY, day TEXT, outlet TEXT, product TEXT, lot TEXT, kits INTEGER, channel TEXT, recipient TEXT, supply TEXT, reason TEXT, age TEXT, sex TEXT)")
			must(b, err)
			b.StartTimer()
			must(b, bareRows(db, n))
			db.Close()
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

func bareRows(db *sql.DB, n int) error {
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	st, err := tx.Prepare("INSERT INTO supply VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	for i := range n {
		if _, err := st.Exec(uuid.NewString(), "2018-05-01", fmt.Sprintf("B%d", i%100), "prenoxad", "LOT1", 1, "community", "person_at_risk", "repeat", "lost", "25_34", "male"); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// BenchmarkSupply posts single supplies from 16 at once, each durable.
func BenchmarkSupply(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.Postgres} {
		b.Run([]string{"sqlite", "postgres"}[engine], func(b *testing.B) {
			w := newWorld(b, fresh(b, engine))
			lot := w.receive(b, "O1", "A1", "2018-06-01", 100_000)
			for range 9 {
				w.receive(b, "O1", "A1", "2018-06-01", 100_000)
			}
			b.SetParallelism(8)
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					must(b, w.supply("O1", lot, "2018-06-15", 1))
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "supplies/s")
		})
	}
}

// BenchmarkImportPostgres is the same file on PostgreSQL, whose peer is its own bulk loading; it is here to be watched.
func BenchmarkImportPostgres(b *testing.B) {
	const n = 50_000
	for range b.N {
		b.StopTimer()
		w := newWorld(b, storetest.Postgres(b, nil))
		receipts, supplies := speedRows(w, b, n)
		must1(w.importText("receipts", "r.csv", receipts, false))(b)
		b.StartTimer()
		must1(w.importText("supplies", "s.csv", supplies, false))(b)
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
}
