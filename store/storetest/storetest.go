// Package storetest gives tests real databases: a temporary SQLite file, and a PostgreSQL of their own. It starts a
// PostgreSQL cluster in a temporary folder on 127.0.0.1 for each test program and ends it by its process id; each test
// has a database to itself. A machine without PostgreSQL's server programs fails the test with one line that says what
// to install: a missing database is never a silent skip.
//
// Start reading at Each.
package storetest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"everykit/store"
)

// Each runs fn on a fresh SQLite file and on a fresh PostgreSQL database, as two subtests.
func Each(t *testing.T, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	EachAt(t, nil, fn)
}

// EachAt is Each with a clock.
func EachAt(t *testing.T, clock func() time.Time, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t, clock)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t, clock)) })
}

// SQLite opens a fresh file, closed when the test ends.
func SQLite(t testing.TB, clock func() time.Time) *store.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "test.db"), clock)
}

// Postgres opens a fresh database, dropped when the test ends.
func Postgres(t testing.TB, clock func() time.Time) *store.DB {
	t.Helper()
	return open(t, PostgresDSN(t), clock)
}

func open(t testing.TB, dsn string, clock func() time.Time) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), dsn, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
