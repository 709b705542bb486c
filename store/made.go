package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// Made reports whether Everykit has made its tables in this database.
func (db *DB) Made(ctx context.Context) (made bool, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		made, err = tx.made(ctx)
		return err
	})
	return made, err
}

func (tx *Tx) made(ctx context.Context) (bool, error) {
	query := "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_step'"
	if tx.Engine == Postgres {
		query = "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_step'"
	}
	var one int
	return tx.Get(ctx, []any{&one}, query)
}

// Current reports whether a database has had all of these steps as they stand, so that a program need not write to find out.
func (db *DB) Current(ctx context.Context, steps ...Step) (bool, error) {
	current := false
	err := db.Read(ctx, func(tx *Tx) error {
		made, err := tx.made(ctx)
		if err != nil || !made {
			return err
		}
		for _, s := range steps {
			hash := ""
			found, err := tx.Get(ctx, []any{&hash}, "SELECT hash FROM schema_step WHERE name = ?", s.Name)
			if err != nil || !found || hash != s.hash() {
				return err
			}
		}
		current = true
		return nil
	})
	return current, err
}

// hash is what schema_step keeps of a step's text.
func (s Step) hash() string {
	sum := sha256.Sum256([]byte(s.SQL))
	return hex.EncodeToString(sum[:8])
}
