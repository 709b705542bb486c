package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"time"

	"everykit/fault"
)

// readConn is a connection of SQLite's that only reads, with the statements it has prepared: without them half of a page's
// time would go into reading SQL.
type readConn struct {
	conn *sql.Conn
	tx   Tx
}

// patience is how long a Read waits for one of the readers before it opens one more: a Read within a Read must not wait
// for ever when all readers do the same.
const patience = time.Second

// takeReader gives a free reader, or opens one.
func (db *DB) takeReader(ctx context.Context) (*readConn, error) {
	select {
	case r := <-db.free:
		return r, nil
	default:
	}
	if db.opened.Add(1) > readers {
		db.opened.Add(-1)
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case r := <-db.free:
			return r, nil
		case <-ctx.Done():
			return nil, fault.New(fault.Unavailable, "the system is busy").Hint("try again in a minute").Because(ctx.Err())
		case <-timer.C:
			db.opened.Add(1)
		}
	}
	conn, err := db.read.Conn(ctx)
	if err != nil {
		db.opened.Add(-1)
		return nil, readable(err)
	}
	return &readConn{conn, Tx{Engine: SQLite, run: conn, conn: conn, stmts: map[string]*sql.Stmt{}, raw: map[string]rawStmt{}}}, nil
}

// giveReader puts a reader back, or closes it if it is broken or one too many.
func (db *DB) giveReader(r *readConn, broken bool) {
	if !broken {
		select {
		case db.free <- r:
			return
		default:
		}
	}
	db.opened.Add(-1)
	r.tx.forget()
	if broken {
		r.conn.Raw(func(any) error { return driver.ErrBadConn }) // so that the pool does not use it again
	}
	r.conn.Close()
}

// readSQLite runs fn on a snapshot.
func (db *DB) readSQLite(ctx context.Context, fn func(*Tx) error) error {
	r, err := db.takeReader(ctx)
	if err != nil {
		return err
	}
	broken := true
	defer func() { db.giveReader(r, broken) }()
	if _, err := r.tx.Exec(ctx, "BEGIN"); err != nil {
		return err
	}
	r.tx.Now = db.clock()
	err = fn(&r.tx)
	if _, end := r.tx.Exec(context.WithoutCancel(ctx), "ROLLBACK"); end == nil {
		broken = false
	} else if err == nil {
		err = end
	}
	return err
}
