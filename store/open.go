package store

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver

	"everykit/fault"
)

// Engine is the kind of database.
type Engine uint8

// The two engines.
const (
	SQLite Engine = iota
	Postgres
)

// Limits of one store. Readers are few on purpose: more only fight over two cores.
const (
	readers     = 8
	busyMillis  = 15000
	writerCache = 64 << 10 // KiB of page cache of the writing connection
	readerCache = 8 << 10
)

// DB is an open database. Make one with Open; it is safe for use by many goroutines.
type DB struct {
	Engine Engine
	Path   string // the file, or the address without its password

	dsn     string
	clock   func() time.Time
	read    *sql.DB
	write   *sql.DB
	free    chan *readConn // SQLite: readers that nobody uses
	opened  atomic.Int32   // SQLite: how many readers there are
	queue   chan *job      // SQLite: writes that wait
	closing chan struct{}  // SQLite: closed by Close
	done    chan struct{}  // SQLite: closed when the writer has ended
}

// Open opens a SQLite file (made if it is not there) or a PostgreSQL address ("postgres://..."). A nil clock means the
// machine's.
func Open(ctx context.Context, dsn string, clock func() time.Time) (*DB, error) {
	if clock == nil {
		clock = time.Now
	}
	db := &DB{dsn: dsn, clock: clock, Path: dsn}
	if IsPostgres(dsn) {
		return db, db.openPostgres(ctx)
	}
	return db, db.openSQLite(ctx)
}

// IsPostgres reports whether an address is PostgreSQL's rather than a file's.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func (db *DB) openPostgres(ctx context.Context) error {
	db.Engine = Postgres
	if u, err := url.Parse(db.dsn); err == nil {
		db.Path = u.Redacted()
	}
	pool, err := sql.Open("pgx", db.dsn)
	if err != nil {
		return fault.New(fault.Invalid, "the database address cannot be read").Hint("write postgres://name:password@host:5432/database").Because(err)
	}
	pool.SetMaxOpenConns(2 * readers)
	pool.SetMaxIdleConns(2 * readers)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return fault.New(fault.Unavailable, "PostgreSQL does not answer at %s", db.Path).Hint("check that it runs and that the address is right").Because(err)
	}
	db.read, db.write = pool, pool
	return nil
}

func (db *DB) openSQLite(ctx context.Context) error {
	db.dsn = strings.TrimPrefix(db.dsn, "file:")
	db.Path = db.dsn
	if dir := filepath.Dir(db.dsn); dir != "." {
		if _, err := os.Stat(dir); err != nil {
			return fault.New(fault.Invalid, "there is no folder %s for the database", dir).Hint("make it first, or give another path").Because(err)
		}
	}
	var err error
	// auto_vacuum stays off: the file only ever grows with the record of what happened.
	if db.write, err = openFile(db.dsn, "_txlock=immediate", "journal_mode(WAL)", "synchronous(FULL)", cache(writerCache), "temp_store(MEMORY)"); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.PingContext(ctx); err != nil {
		db.write.Close()
		return fault.New(fault.Unavailable, "the database file %s cannot be opened", db.Path).Hint("check that it is an Everykit file and may be written").Because(err)
	}
	if db.read, err = openFile(db.dsn, "mode=rw", "query_only(1)", cache(readerCache)); err != nil {
		db.write.Close()
		return err
	}
	db.free = make(chan *readConn, readers)
	db.queue, db.closing, db.done = make(chan *job), make(chan struct{}), make(chan struct{})
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return readable(err)
	}
	go db.writer(conn)
	return nil
}

func cache(kib int) string { return "cache_size(-" + itoa(kib) + ")" }

func openFile(path, option string, pragmas ...string) (*sql.DB, error) {
	q := "?" + option + "&_pragma=busy_timeout(" + itoa(busyMillis) + ")"
	for _, p := range pragmas {
		q += "&_pragma=" + p
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+q)
}

// Now is the store's clock.
func (db *DB) Now() time.Time { return db.clock() }

// Close waits for the writes under way and closes the database.
func (db *DB) Close() error {
	if db.closing != nil {
		close(db.closing)
		<-db.done
		for {
			select {
			case r := <-db.free:
				r.tx.forget()
				r.conn.Close()
				continue
			default:
			}
			break
		}
	}
	err := db.write.Close()
	if db.read != db.write {
		if e := db.read.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return readable(db.read.PingContext(ctx)) }
