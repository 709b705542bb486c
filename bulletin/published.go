package bulletin

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"everykit/fault"
	"everykit/store"
)

// Shown is a published edition with its page, for the site: Body is what stands between the site's header and footer. It is
// shared: do not change it.
type Shown struct {
	Edition
	Body   []byte
	Newest int // the number of the newest published edition of this slug
	All    []Edition
}

// lookEvery is how long what is published is taken to be as it was before the database is asked whether another server has
// published. What this one publishes it knows at once.
const lookEvery = 2 * time.Second

// shelf is what is published, in memory.
type shelf struct {
	now     atomic.Pointer[shelved]
	looking sync.Mutex
	files   files
}

// shelved is what was published when the database was last asked. It never changes, but for looked and the pages that are
// made of it.
type shelved struct {
	turn   int64
	looked atomic.Int64 // nanoseconds since started; 0: look again
	bySlug map[string][]Edition
	list   []Edition // the newest of each, newest period first
	all    []Edition // newest first
	feed   *File
	shown  sync.Map // id -> *Shown
}

// started is when this process began, for times that no clock that is set can move.
var started = time.Now()

func sinceStart() int64 { return int64(time.Since(started)) + 1 }

// changed has the next reader ask the database.
func (s *shelf) changed() {
	if now := s.now.Load(); now != nil {
		now.looked.Store(0)
	}
}

// Version grows with every publication that this process knows of: pages made while it is the same stay right. It costs next to
// nothing.
func (b *Bulletins) Version(ctx context.Context) (int64, error) {
	s, err := b.shelved(ctx)
	if err != nil {
		return 0, err
	}
	return s.turn, nil
}

// shelved gives what is published. While the database is away it gives what it had.
func (b *Bulletins) shelved(ctx context.Context) (*shelved, error) {
	s := b.shelf.now.Load()
	if s.fresh() {
		return s, nil
	}
	if s != nil && s.looked.Load() != 0 {
		if !b.shelf.looking.TryLock() {
			return s, nil // somebody is asking already
		}
	} else {
		b.shelf.looking.Lock() // there is nothing to show, or it is known to be old
	}
	defer b.shelf.looking.Unlock()
	if s = b.shelf.now.Load(); s.fresh() {
		return s, nil
	}
	next, err := b.readShelf(ctx, s)
	if err != nil {
		if s != nil {
			return s, nil
		}
		return nil, err
	}
	b.shelf.now.Store(next)
	return next, nil
}

func (s *shelved) fresh() bool {
	if s == nil {
		return false
	}
	looked := s.looked.Load()
	return looked != 0 && sinceStart()-looked < int64(lookEvery)
}

// readShelf reads what is published, if anything was since.
func (b *Bulletins) readShelf(ctx context.Context, had *shelved) (*shelved, error) {
	at := sinceStart()
	next := &shelved{bySlug: map[string][]Edition{}}
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		turn, err := turnNow(ctx, tx)
		if err != nil {
			return err
		}
		if had != nil && had.turn == turn {
			next = had
			return nil
		}
		next.turn = turn
		next.all, err = readEditions(ctx, tx, "e.state = ? ORDER BY e.turn DESC", int(Published))
		return err
	})
	if err != nil {
		return nil, err
	}
	next.looked.Store(at)
	if next == had {
		return had, nil
	}
	for i := range next.all {
		e := next.all[i].public()
		next.all[i] = e
		if next.bySlug[e.Slug] == nil {
			next.list = append(next.list, e)
		}
		next.bySlug[e.Slug] = append(next.bySlug[e.Slug], e)
	}
	for _, editions := range next.bySlug {
		slices.Reverse(editions) // as they are numbered
	}
	slices.SortStableFunc(next.list, func(a, b Edition) int {
		if a.Period.To != b.Period.To {
			return int(b.Period.To - a.Period.To)
		}
		return a.Period.Months() - b.Period.Months()
	})
	next.feed, err = b.writeFeed(next)
	return next, err
}

// find gives an edition; number 0 is the newest.
func (s *shelved) find(slug string, number int) (*Edition, error) {
	editions := s.bySlug[slug]
	switch {
	case len(editions) == 0:
		return nil, fault.New(fault.NotFound, "there is no bulletin at this address").Hint("all bulletins are listed at /bulletins")
	case number == 0:
		return &editions[len(editions)-1], nil
	}
	at := slices.IndexFunc(editions, func(e Edition) bool { return e.Number == number })
	if at < 0 {
		return nil, fault.New(fault.NotFound, "this bulletin has no such edition").Hint("the newest is at /bulletins/%s", slug)
	}
	return &editions[at], nil
}

// List is the published bulletins, the newest edition of each, newest period first. It is shared: do not change it.
func (b *Bulletins) List(ctx context.Context) ([]Edition, error) {
	s, err := b.shelved(ctx)
	if err != nil {
		return nil, err
	}
	return s.list, nil
}

// Show gives a published edition; number 0 is the newest. From memory after the first time.
func (b *Bulletins) Show(ctx context.Context, slug string, number int) (*Shown, error) {
	s, err := b.shelved(ctx)
	if err != nil {
		return nil, err
	}
	e, err := s.find(slug, number)
	if err != nil {
		return nil, err
	}
	if had, ok := s.shown.Load(e.ID); ok {
		return had.(*Shown), nil
	}
	f, err := b.file(ctx, e, bodyName)
	if err != nil {
		return nil, err
	}
	all := s.bySlug[slug]
	shown := &Shown{Edition: *e, Body: f.Body, Newest: all[len(all)-1].Number, All: all}
	s.shown.Store(e.ID, shown)
	return shown, nil
}

// File gives a published edition in a format of FileNames; number 0 is the newest. From memory after the first time. It is shared:
// do not change it.
func (b *Bulletins) File(ctx context.Context, slug string, number int, name string) (*File, error) {
	s, err := b.shelved(ctx)
	if err != nil {
		return nil, err
	}
	e, err := s.find(slug, number)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(FileNames, name) {
		return nil, noFile(name)
	}
	return b.file(ctx, e, name)
}

// file gives a stored file from memory, or reads it.
func (b *Bulletins) file(ctx context.Context, e *Edition, name string) (*File, error) {
	key := fileKey{e.ID, name}
	if f := b.shelf.files.get(key); f != nil {
		return f, nil
	}
	f, err := b.readFile(ctx, e, name)
	if err != nil {
		return nil, err
	}
	b.shelf.files.put(key, f)
	return f, nil
}
