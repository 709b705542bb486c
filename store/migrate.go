package store

import (
	"context"
	"fmt"
	"strings"

	"everykit/fault"
)

// Step is one change of a room's schema. A step that has been released is never edited: add another.
type Step struct {
	Name string // "ledger/1"
	SQL  string // statements parted by ";" at a line's end; /*sqlite x sqlite*/ and /*postgres x postgres*/ are for one engine alone
}

// Migrate applies the steps that this database has not had, all in one transaction.
func (db *DB) Migrate(ctx context.Context, steps ...Step) error {
	return db.Bulk(ctx, func(tx *Tx) error {
		if db.Engine == Postgres {
			// Two processes that start together must not both make the tables.
			if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(4037011)"); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "CREATE TABLE IF NOT EXISTS schema_step (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)")
		if err != nil {
			return err
		}
		for _, s := range steps {
			if err := tx.apply(ctx, s); err != nil {
				return fmt.Errorf("schema step %s: %w", s.Name, err)
			}
		}
		return nil
	})
}

func (tx *Tx) apply(ctx context.Context, s Step) error {
	hash, had := s.hash(), ""
	found, err := tx.Get(ctx, []any{&had}, "SELECT hash FROM schema_step WHERE name = ?", s.Name)
	if err != nil || (found && had == hash) {
		return err
	}
	if found {
		return fault.New(fault.Refused, "this database was made by another version of Everykit").Hint("use that version, or export from it and import here")
	}
	text := strings.NewReplacer("/*sqlite", "", "sqlite*/", "").Replace(s.SQL)
	if tx.Engine == Postgres {
		text = strings.NewReplacer("/*postgres", "", "postgres*/", "").Replace(s.SQL)
	}
	for _, st := range strings.Split(text, ";\n") {
		if strings.TrimSpace(st) == "" {
			continue
		}
		if _, err := tx.run.ExecContext(ctx, st); err != nil {
			return fmt.Errorf("%w in %.80s", err, strings.TrimSpace(st))
		}
	}
	_, err = tx.Exec(ctx, "INSERT INTO schema_step (name, hash, applied_at) VALUES (?, ?, ?)", s.Name, hash, tx.Now.UnixMilli())
	return err
}
