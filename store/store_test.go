package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"everykit/fault"
	"everykit/store"
	"everykit/store/storetest"
)

var step = store.Step{Name: "test/1", SQL: `
CREATE TABLE thing (area INTEGER NOT NULL, id BYTEA NOT NULL, n INTEGER NOT NULL, word TEXT, PRIMARY KEY (area, id)) /*sqlite WITHOUT ROWID sqlite*/;
CREATE TABLE tally (area INTEGER PRIMARY KEY, n INTEGER NOT NULL);
`}

func TestWritesAreKeptOrRefusedOneByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Migrate(ctx, step); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		refused := fault.New(fault.Refused, "no sevens")
		for i := range 200 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				err := db.Write(ctx, func(tx *store.Tx) error {
					if _, err := tx.Exec(ctx, "INSERT INTO tally (area, n) VALUES (1, 1) ON CONFLICT (area) DO UPDATE SET n = tally.n + excluded.n"); err != nil {
						return err
					}
					if _, err := tx.Exec(ctx, "INSERT INTO thing (area, id, n) VALUES (?, ?, ?)", 1, fmt.Appendf(nil, "%03d", i), i); err != nil {
						return err
					}
					switch {
					case i%7 == 0:
						return refused
					case i%31 == 0:
						panic("a fault of ours")
					}
					return nil
				})
				if want := i%7 == 0 || i%31 == 0; (err != nil) != want || (i%7 == 0 && !errors.Is(err, refused)) {
					t.Errorf("write %d: %v", i, err)
				}
			}()
		}
		wg.Wait()
		var rows, n int
		err := db.Read(ctx, func(tx *store.Tx) error {
			if _, err := tx.Get(ctx, []any{&rows}, "SELECT count(*) FROM thing"); err != nil {
				return err
			}
			_, err := tx.Get(ctx, []any{&n}, "SELECT n FROM tally WHERE area = ?", 1)
			return err
		})
		// 29 multiples of 7 below 200 and 7 of 31, of which 0 is both: 35 refused.
		if err != nil || rows != 165 || n != 165 {
			t.Fatalf("%d rows, tally %d, want 165 each (%v)", rows, n, err)
		}
	})
}

func TestInsertOfManyRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Migrate(ctx, step); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time changes nothing
			if err := db.Bulk(ctx, func(tx *store.Tx) error {
				var values []any
				for i := range 1237 {
					values = append(values, 1, fmt.Appendf(nil, "%05d", i), int64(i), nil)
				}
				_, err := tx.Insert(ctx, "INSERT INTO thing (area, id, n, word) VALUES", 4, values, "ON CONFLICT (area, id) DO NOTHING")
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		var rows, sum, words int
		err := db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Get(ctx, []any{&rows, &sum, &words}, "SELECT count(*), sum(n), count(word) FROM thing")
			return err
		})
		if err != nil || rows != 1237 || sum != 1236*1237/2 || words != 0 {
			t.Fatalf("%d rows, sum %d, %d words (%v)", rows, sum, words, err)
		}
	})
}

func TestReadersCannotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Migrate(ctx, step, step); err != nil {
			t.Fatal(err)
		}
		err := db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO tally (area, n) VALUES (1, 1)")
			return err
		})
		if err == nil {
			t.Fatal("a reader wrote")
		}
	})
}

func TestAChangedStepIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Migrate(ctx, step); err != nil {
			t.Fatal(err)
		}
		err := db.Migrate(ctx, store.Step{Name: step.Name, SQL: step.SQL + " "})
		if !fault.Is(err, fault.Refused) {
			t.Fatalf("a changed step gave %v", err)
		}
	})
}
