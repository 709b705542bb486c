package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"everykit/fault"
	"everykit/store"
	"everykit/store/storetest"
)

// TestAFullDisk fills the file to the limit it may grow to, five times: whoever is refused is told why and nothing of
// theirs is kept, whoever is not keeps everything, and once there is room it works again without a restart.
func TestAFullDisk(t *testing.T) {
	db := storetest.SQLite(t, nil)
	ctx := context.Background()
	if err := db.Migrate(ctx, step); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		t.Helper()
		if err := db.Bulk(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	kept := 0
	for cycle := range 5 {
		var pages int
		if err := db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Get(ctx, []any{&pages}, "PRAGMA page_count")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		limit(pages + 3)
		var mu sync.Mutex
		var wg sync.WaitGroup
		full := 0
		for i := range 16 {
			wg.Go(func() {
				err := db.Write(ctx, func(tx *store.Tx) error {
					_, err := tx.Exec(ctx, "INSERT INTO thing (area, id, n, word) VALUES (?, ?, ?, ?)", cycle, []byte{byte(i)}, i, strings.Repeat("x", 3000))
					return err
				})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					kept++
				case fault.Is(err, fault.Unavailable) && strings.Contains(err.Error(), "disk is full"):
					full++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if full == 0 {
			t.Error("the disk was never full: this tested nothing")
		}
		limit(1 << 30)
		if err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO thing (area, id, n) VALUES (?, ?, 0)", cycle, []byte("after"))
			return err
		}); err != nil {
			t.Fatalf("with room again: %v", err)
		}
		kept++
	}
	var rows int
	if err := db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&rows}, "SELECT count(*) FROM thing")
		return err
	}); err != nil || rows != kept {
		t.Errorf("%d rows are stored, %d writes were told so (%v)", rows, kept, err)
	}
}
