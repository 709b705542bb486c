package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"everykit/fault"
)

// groupMost is how many waiting writes may share one commit. Past this the wait of the first grows faster than the
// cost of the fsync falls.
const groupMost = 64

// postgresTries is how often a transaction is run when PostgreSQL breaks it off for another's sake.
const postgresTries = 8

// job is one write that waits for SQLite's writer.
type job struct {
	ctx   context.Context
	fn    func(*Tx) error
	alone bool
	err   error
	done  chan struct{}
}

// Read runs fn on one snapshot of the database: that of the Moment it is within, if any.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	if tx := db.moment(ctx); tx != nil {
		return fn(tx)
	}
	if db.Engine == SQLite {
		return db.readSQLite(ctx, fn)
	}
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return readable(err)
	}
	defer tx.Rollback()
	return fn(&Tx{Engine: db.Engine, Now: db.clock(), run: tx})
}

// Write runs fn in a transaction that is durable when Write returns nil. See the package comment for what fn may do.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error { return db.enqueue(ctx, fn, false) }

// Bulk is Write for long work: it shares its commit with nobody.
func (db *DB) Bulk(ctx context.Context, fn func(*Tx) error) error { return db.enqueue(ctx, fn, true) }

func (db *DB) enqueue(ctx context.Context, fn func(*Tx) error, alone bool) error {
	if db.Engine == Postgres {
		return db.writePostgres(ctx, fn)
	}
	j := &job{ctx: ctx, fn: fn, alone: alone, done: make(chan struct{})}
	select {
	case db.queue <- j:
	case <-db.closing:
		return fault.New(fault.Unavailable, "the system is stopping; nothing was saved").Hint("try again in a minute")
	case <-ctx.Done():
		return fault.New(fault.Unavailable, "the system is busy; nothing was saved").Hint("try again in a minute").Because(ctx.Err())
	}
	<-j.done // once begun it is carried through, so that the answer is always the truth
	return j.err
}

// writePostgres runs fn with PostgreSQL's own concurrency. Read committed is enough, and what the ledger relies on: each
// write first touches the row of the stock it changes, which makes others wait, and then sees what they left.
func (db *DB) writePostgres(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for try := range postgresTries {
		if err = db.writeOnce(ctx, fn); !brokenOff(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return readable(ctx.Err())
		case <-time.After(time.Duration(try+1) * 5 * time.Millisecond):
		}
	}
	return readable(err)
}

func (db *DB) writeOnce(ctx context.Context, fn func(*Tx) error) (err error) {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return readable(err)
	}
	defer tx.Rollback()
	if err := guarded(fn, &Tx{Engine: Postgres, Now: db.clock(), run: tx}); err != nil {
		return err
	}
	return readable(tx.Commit())
}

// brokenOff reports whether PostgreSQL ended a transaction only because of another (deadlock, serialization).
func brokenOff(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// guarded turns a panic of fn into an error, so that a fault in one write cannot end the writer of all.
func guarded(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(tx)
}

// writer owns SQLite's one writing connection. It takes what waits, runs it, commits once and answers all.
func (db *DB) writer(conn *sql.Conn) {
	defer close(db.done)
	defer conn.Close()
	tx := &Tx{Engine: SQLite, run: conn, conn: conn, stmts: map[string]*sql.Stmt{}, raw: map[string]rawStmt{}}
	defer tx.forget()
	for {
		select {
		case first := <-db.queue:
			db.serve(tx, first)
		case <-db.closing:
			return
		}
	}
}

// forget closes the statements that were kept. While one is open SQLite does not fold the write-ahead log into the file,
// and a file copied without it would lack what is in it.
func (tx *Tx) forget() {
	for _, st := range tx.raw {
		st.Close()
	}
	for _, st := range tx.stmts {
		st.Close()
	}
}

// serve runs one job, and with it those that wait already.
func (db *DB) serve(tx *Tx, first *job) {
	group := []*job{first}
	var apart *job
	for !first.alone && len(group) < groupMost && apart == nil {
		select {
		case j := <-db.queue:
			if j.alone {
				apart = j
			} else {
				group = append(group, j)
			}
			continue
		default:
		}
		break
	}
	if err := db.together(tx, group); err != nil {
		// The shared transaction failed, and nothing of it was kept, whatever its jobs thought. Each tries again alone:
		// most often only one of them is to blame.
		for _, j := range group {
			if len(group) > 1 {
				err = db.together(tx, []*job{j})
			}
			if err != nil { // else j.err says what the job itself did
				j.err = err
			}
		}
	}
	for _, j := range group {
		close(j.done)
	}
	if apart != nil {
		db.serve(tx, apart)
	}
}

// together runs jobs in one transaction, each in its own savepoint. An error means that nothing of the group was kept;
// what a single job did wrong is in its err.
func (db *DB) together(tx *Tx, group []*job) error {
	ctx := context.Background() // an interrupt would roll back everybody's work
	if _, err := tx.Exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	kept := 0
	for _, j := range group {
		j.err = nil
		if err := db.one(ctx, tx, j, len(group) > 1); err != nil {
			tx.Exec(ctx, "ROLLBACK")
			return err
		}
		if j.err == nil {
			kept++
		}
	}
	if kept == 0 {
		tx.Exec(ctx, "ROLLBACK") // a full disk has rolled back already; then there is nothing to do
		return nil
	}
	if _, err := tx.Exec(ctx, "COMMIT"); err != nil {
		tx.Exec(ctx, "ROLLBACK")
		return err
	}
	return nil
}

// one runs a job. Its own failure goes to j.err; an error is returned only if the whole transaction is lost.
func (db *DB) one(ctx context.Context, tx *Tx, j *job, savepoint bool) error {
	if j.ctx.Err() != nil {
		j.err = fault.New(fault.Unavailable, "the request was given up; nothing was saved").Because(j.ctx.Err())
		return nil
	}
	if savepoint {
		if _, err := tx.Exec(ctx, "SAVEPOINT one"); err != nil {
			return err
		}
	}
	tx.Now = db.clock()
	j.err = guarded(j.fn, tx)
	if !savepoint {
		return nil // the caller rolls back, since nothing else is in the transaction
	}
	if j.err != nil {
		if _, err := tx.Exec(ctx, "ROLLBACK TO one"); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, "RELEASE one")
	return err
}
