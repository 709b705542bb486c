package store

import "context"

// momentKey is where a context carries the snapshot of a Moment, for the database it belongs to.
type momentKey struct{ db *DB }

// Moment runs fn with a context in which every Read of this database sees one and the same snapshot, so that what several
// rooms read one after the other belongs together. The reads must not run at once: there is one connection. A Write with
// that context is a transaction of its own, as always.
func (db *DB) Moment(ctx context.Context, fn func(context.Context) error) error {
	return db.Read(ctx, func(tx *Tx) error { return fn(context.WithValue(ctx, momentKey{db}, tx)) })
}

// moment is the snapshot that a context carries for this database, nil if none.
func (db *DB) moment(ctx context.Context) *Tx {
	tx, _ := ctx.Value(momentKey{db}).(*Tx)
	return tx
}
