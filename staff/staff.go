package staff

import (
	"database/sql"
	"time"

	"everykit/store"
)

// How long things last.
const (
	IdleFor    = 12 * time.Hour      // a person's session ends after this long without a request
	SessionFor = 7 * 24 * time.Hour  // and after this long in any case
	CounterFor = 30 * 24 * time.Hour // a counter device's session; it has no idle limit
	ActingFor  = 5 * time.Minute     // acting on a counter device ends after this long without a request
	CacheFor   = 2 * time.Second     // how long Who may answer from memory
	seenEvery  = 10 * time.Minute    // how often at most a session's last use is written
)

// Options change what New does. The nought value is right for a running system.
type Options struct {
	Password Argon         // cost of hashing a password; nought: 19 MiB, 2 passes, 1 lane
	PIN      Argon         // cost of hashing a PIN; nought: 4 MiB, 1 pass, 1 lane (its tries are limited)
	Acting   time.Duration // nought: ActingFor
}

// Staff is the room's deeds on one database. Make one with New; it is safe for use by many goroutines.
type Staff struct {
	db    *store.DB
	opts  Options
	slots chan struct{} // at most this many passwords are hashed at once
	cache cache
	decoy string // a hash no password has
}

// New makes the room on a database that has had Schema applied.
func New(db *store.DB, opts Options) *Staff {
	if opts.Password == (Argon{}) {
		opts.Password = Argon{KiB: 19 << 10, Passes: 2, Lanes: 1}
	}
	if opts.PIN == (Argon{}) {
		opts.PIN = Argon{KiB: 4 << 10, Passes: 1, Lanes: 1}
	}
	if opts.Acting == 0 {
		opts.Acting = ActingFor
	}
	return &Staff{db: db, opts: opts, slots: make(chan struct{}, hashesAtOnce), decoy: opts.Password.decoy()}
}

// null gives NULL for nought: ids are never nought.
func null(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// instant reads a stored instant; the nought time for NULL.
func instant(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64)
}
