package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"everykit/fault"
	"everykit/store"
	"everykit/store/storetest"
)

// number adds the next row of a sequence, and the count of it, in one transaction.
func number(ctx context.Context, db *store.DB) (n int, err error) {
	err = db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Get(ctx, []any{&n}, "INSERT INTO tally (area, n) VALUES (1, 1) ON CONFLICT (area) DO UPDATE SET n = tally.n + 1 RETURNING n"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO thing (area, id, n, word) VALUES (1, ?, ?, ?)", fmt.Appendf(nil, "%08d", n), n, strings.Repeat("kit ", 50))
		return err
	})
	return n, err
}

// kept reads a database as number left it and checks that it is a prefix: rows 1 to the count, none missing.
func kept(t *testing.T, db *store.DB) int {
	t.Helper()
	ctx := context.Background()
	var rows, least, most, tally int
	err := db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&rows, &least, &most, &tally},
			"SELECT count(*), min(n), max(n), (SELECT n FROM tally WHERE area = 1) FROM thing WHERE area = 1")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if least != 1 || rows != most || tally != most {
		t.Errorf("%d rows from %d to %d, counted as %d: not a prefix", rows, least, most, tally)
	}
	return rows
}

// elsewhere is an address of the same engine with nothing there.
func elsewhere(t *testing.T, db *store.DB) string {
	if db.Engine == store.Postgres {
		return storetest.PostgresDSN(t)
	}
	return filepath.Join(t.TempDir(), "restored.db")
}

func TestABackupUnderLoadIsAPrefix(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Migrate(ctx, step); err != nil {
			t.Fatal(err)
		}
		var answered atomic.Int64
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					if _, err := number(ctx, db); err != nil {
						t.Error(err)
						return
					}
					answered.Add(1)
				}
			})
		}
		for answered.Load() < 200 && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
		before := int(answered.Load())
		path := filepath.Join(t.TempDir(), "backup")
		err := store.Backup(ctx, db, path)
		close(stop)
		wg.Wait()
		if err != nil {
			t.Fatal(err)
		}
		to := elsewhere(t, db)
		if err := store.Restore(ctx, to, path); err != nil {
			t.Fatal(err)
		}
		again, err := store.Open(ctx, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if made, err := again.Current(ctx, step); err != nil || !made {
			t.Errorf("the restored database has not the schema: %v %v", made, err)
		}
		n, all := kept(t, again), kept(t, db)
		if n < before || n > all {
			t.Errorf("the backup holds %d rows; %d were answered before it began, %d in all", n, before, all)
		}
		if m, err := number(ctx, again); err != nil || m != n+1 {
			t.Errorf("writing goes on with %d after %d: %v", m, n, err)
		}
		if err := store.Restore(ctx, to, path); !fault.Is(err, fault.Refused) {
			t.Errorf("restoring over a database: %v, want it refused", err)
		}
		if got := kept(t, again); got != n+1 {
			t.Errorf("the refused restore left %d rows of %d", got, n+1)
		}
		if err := store.Backup(ctx, db, path); !fault.Is(err, fault.Refused) {
			t.Errorf("a backup over a file: %v, want it refused", err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".everykit*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

func TestWhatIsNoBackupIsNotRestored(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db := storetest.SQLite(t, nil)
	if err := db.Migrate(ctx, step); err != nil {
		t.Fatal(err)
	}
	for range 300 {
		if _, err := number(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	good := filepath.Join(dir, "good")
	if err := store.Backup(ctx, db, good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	broken := append([]byte{}, whole...)
	for i := len(broken) / 2; i < len(broken)/2+8192 && i < len(broken); i++ {
		broken[i] ^= 0xff
	}
	stranger := filepath.Join(dir, "stranger")
	other, err := store.Open(ctx, stranger, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "CREATE TABLE thing (n INTEGER)")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	write := func(name string, body []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		name, from, to string
		kind           fault.Kind
		says           string
	}{
		{"missing", filepath.Join(dir, "nowhere"), "", fault.NotFound, "there is no file"},
		{"text", write("text", []byte("id,occurred_on\n")), "", fault.Invalid, "not a backup"},
		{"empty", write("empty", nil), "", fault.Invalid, "not a backup"},
		{"another program's", stranger, "", fault.Invalid, "not a backup"},
		{"cut off", write("cut", whole[:len(whole)/3]), "", fault.Invalid, "damaged"},
		{"broken", write("broken", broken), "", fault.Invalid, "damaged"},
		{"SQLite to PostgreSQL", good, "postgres://nobody@127.0.0.1:1/none", fault.Invalid, "SQLite"},
		{"PostgreSQL to SQLite", write("dump", []byte("PGDMP and more")), "", fault.Invalid, "PostgreSQL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			to := c.to
			if to == "" {
				to = filepath.Join(t.TempDir(), "restored.db")
			}
			err := store.Restore(ctx, to, c.from)
			if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.kind, c.says)
			}
			if _, err := os.Stat(to); err == nil {
				t.Error("a database was made")
			}
		})
	}
}
