package library

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"sync"
	"time"

	"everykit/store"
)

// versionFor is how long an answer of Version may be old where another process has changed the shelf.
const versionFor = time.Second

const versionName = "version"

// version is the one that was read last.
type version struct {
	mu      sync.Mutex
	value   uint64
	until   time.Time // asked again after it; nought: at once
	changes uint64    // how often this process has changed the shelf
}

// Version names what the public shelf and its highlights say: it is another whenever they are changed, and the same as long as they
// are not, also where a highlight ends or the clock stands still. What is made of the shelf can be kept under it. A change by this
// process shows at once, one by another within versionFor. It tells nothing of the day, on which highlights depend too.
func (l *Library) Version(ctx context.Context) (uint64, error) {
	l.version.mu.Lock()
	value, until, changes := l.version.value, l.version.until, l.version.changes
	l.version.mu.Unlock()
	now := time.Now()
	if now.Before(until) {
		return value, nil
	}
	value = 0
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var raw []byte
		found, err := tx.Get(ctx, []any{&raw}, "SELECT value FROM library_kept WHERE name = ?", versionName)
		if found && len(raw) == 8 {
			value = binary.BigEndian.Uint64(raw)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	l.version.mu.Lock()
	defer l.version.mu.Unlock()
	if l.version.changes == changes { // else what was read may be from before the change
		l.version.value, l.version.until = value, now.Add(versionFor)
	}
	return value, nil
}

// change is a transaction that may change what is public.
func (l *Library) change(ctx context.Context, run func(context.Context, func(*store.Tx) error) error, fn func(*store.Tx) error) error {
	err := run(ctx, func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		var fresh [8]byte
		rand.Read(fresh[:]) // never fails
		_, err := tx.Exec(ctx, "INSERT INTO library_kept (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", versionName, fresh[:])
		return err
	})
	l.version.mu.Lock()
	defer l.version.mu.Unlock()
	l.version.changes++
	l.version.until = time.Time{}
	return err
}
