package registry

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"everykit/store"
)

// freshFor is how long a snapshot is trusted before the database is asked whether another process has changed the
// registry. What this process changes is seen at once.
const freshFor = time.Second

// Registry reads and writes areas, outlets, products and estimates. Make one with New for each store; it is safe for
// use by many goroutines.
type Registry struct {
	db   *store.DB
	held atomic.Pointer[held]
	mu   sync.Mutex // one goroutine asks the database at a time
}

// held is a snapshot and when it was last found to be current.
type held struct {
	snap  *Snapshot
	asked time.Time
}

// New makes a registry on a store that has had Schema applied.
func New(db *store.DB) *Registry { return &Registry{db: db} }

// Now gives the registry as it is now: with all that this process has written, and what others wrote until a second ago.
func (r *Registry) Now(ctx context.Context) (*Snapshot, error) {
	if h := r.held.Load(); h != nil && time.Since(h.asked) < freshFor {
		return h.snap, nil
	}
	return r.refresh(ctx)
}

func (r *Registry) refresh(ctx context.Context) (*Snapshot, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.held.Load()
	if before != nil && time.Since(before.asked) < freshFor {
		return before.snap, nil // somebody else asked while we waited
	}
	asked := time.Now()
	var snap *Snapshot
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		snap, err = r.within(ctx, tx, before)
		return err
	})
	if err != nil {
		return nil, err
	}
	r.held.Store(&held{snap, asked})
	return snap, nil
}

// forget throws out what is held, after a write. It waits for a refresh under way, which may have read what was there
// before the write, so that what that holds goes too.
func (r *Registry) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if h := r.held.Load(); h != nil {
		r.held.Store(&held{snap: h.snap}) // still of use if the version is the same
	}
}

// within gives the registry as a transaction sees it, from what is held if that is still it.
func (r *Registry) within(ctx context.Context, tx *store.Tx, h *held) (*Snapshot, error) {
	if h != nil {
		var version int64
		if _, err := tx.Get(ctx, []any{&version}, "SELECT version FROM registry_version WHERE id = 1"); err != nil {
			return nil, err
		}
		if version == h.snap.Version {
			return h.snap, nil
		}
	}
	return load(ctx, tx)
}

// In gives the registry as another room's transaction sees it.
func (r *Registry) In(ctx context.Context, tx *store.Tx) (*Snapshot, error) {
	return r.within(ctx, tx, r.held.Load())
}

// write runs fn with the registry to itself: two writers, also of two processes, come one after the other, so fn may rely
// on what it has read in snap. The version grows if fn changed anything, which is how others learn of it.
func (r *Registry) write(ctx context.Context, fn func(tx *store.Tx, snap *Snapshot) (changed bool, err error)) error {
	err := r.db.Bulk(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE registry_version SET version = version WHERE id = 1"); err != nil {
			return err
		}
		snap, err := r.In(ctx, tx)
		if err != nil {
			return err
		}
		changed, err := fn(tx, snap)
		if err != nil || !changed {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE registry_version SET version = version + 1 WHERE id = 1")
		return err
	})
	r.forget()
	return err
}
