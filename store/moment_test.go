package store_test

import (
	"context"
	"testing"

	"everykit/store"
	"everykit/store/storetest"
)

// TestMoment asks that reads within a moment do not see what others write meanwhile, and reads after it do.
func TestMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(db.Migrate(ctx, store.Step{Name: "moment/1", SQL: "CREATE TABLE thing (n INTEGER NOT NULL)"}))
		count := func(ctx context.Context) (n int) {
			t.Helper()
			must(db.Read(ctx, func(tx *store.Tx) error {
				_, err := tx.Get(ctx, []any{&n}, "SELECT COUNT(*) FROM thing")
				return err
			}))
			return n
		}
		add := func(ctx context.Context) {
			t.Helper()
			must(db.Write(ctx, func(tx *store.Tx) error {
				_, err := tx.Exec(ctx, "INSERT INTO thing (n) VALUES (1)")
				return err
			}))
		}
		add(ctx)
		must(db.Moment(ctx, func(now context.Context) error {
			if n := count(now); n != 1 {
				t.Errorf("%d at first", n)
			}
			add(now)
			if within, outside := count(now), count(ctx); within != 1 || outside != 2 {
				t.Errorf("%d within the moment, %d outside", within, outside)
			}
			return nil
		}))
		if n := count(ctx); n != 2 {
			t.Errorf("%d afterwards", n)
		}
	})
}
