package demo

import (
	"context"
	_ "embed"
	"strconv"

	"everykit/fault"
	"everykit/store"
)

//go:embed schema.sql
var schema1 string

// Schema is the room's table, for store.Migrate.
var Schema = []store.Step{{Name: "demo/1", SQL: schema1}}

// Is reports whether a database holds a demonstration, so that every page must say that what it shows is made up.
func Is(ctx context.Context, tx *store.Tx) (bool, error) {
	var one int
	return tx.Get(ctx, []any{&one}, "SELECT one FROM demo_mark WHERE one = 1")
}

// mark sets the mark before anything made up goes in, so that there is no moment without it. A database that holds
// outlets already is refused: real and made-up ones must never stand side by side.
func mark(ctx context.Context, db *store.DB, o Options) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		var outlets int
		if _, err := tx.Get(ctx, []any{&outlets}, "SELECT COUNT(*) FROM outlet"); err != nil {
			return err
		}
		if outlets > 0 {
			return fault.New(fault.Refused, "this database has outlets already; a demonstration is only made in an empty one").Hint("give a new file")
		}
		_, err := tx.Exec(ctx, "INSERT INTO demo_mark (one, seed, scale, today) VALUES (1, ?, ?, ?) ON CONFLICT (one) DO NOTHING",
			strconv.FormatUint(o.Seed, 10), o.Scale, int(o.Today))
		return err
	})
}
