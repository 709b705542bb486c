package store

import (
	"context"
	"errors"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"everykit/fault"
)

// readable turns an error of the engine that a person can do something about into a fault, and leaves others as they are.
func readable(err error) error {
	if err == nil {
		return nil
	}
	away := func(msg, hint string) error {
		return fault.New(fault.Unavailable, "%s", msg).Hint("%s", hint).Because(err)
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return away("the disk is full; nothing was saved", "make room on the disk, then try again: no restart is needed")
		case sqlite3.SQLITE_READONLY:
			return away("the database cannot be written; nothing was saved", "check the file's permissions and that its disk is not read-only")
		case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
			return away("the database's disk does not answer as it should; nothing was saved", "check the disk, then try again")
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return away("another program is writing to the database; nothing was saved", "try again in a minute")
		case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return away("the database file is damaged or not a database", "restore the last backup")
		}
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code[:2] {
		case "53", "57", "08":
			return away("PostgreSQL cannot do this now; nothing was saved", "try again in a minute")
		}
		return err
	}
	var dial *net.OpError
	var connect *pgconn.ConnectError
	if errors.As(err, &dial) || errors.As(err, &connect) || errors.Is(err, context.DeadlineExceeded) || pgconn.Timeout(err) {
		return away("the database does not answer; nothing was saved", "try again in a minute")
	}
	return err
}
