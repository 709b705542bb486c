package mail

import (
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"everykit/store"
)

// Options are what an outbox needs to know. Sender, From and Site are those of Config; see Config.Options.
type Options struct {
	Sender Sender        // nil: messages are put and wait, nothing is sent
	From   string        // the address it sends from, with or without a name
	Site   string        // where people reach the pages, "https://kits.example.org"; the Message-IDs end in its host
	Key    []byte        // the secret that private messages are sealed with; nil: they cannot be put
	Log    *slog.Logger  // nil: nothing is logged
	Poll   time.Duration // how often to look for what is due; nought: 2 s
	Lease  time.Duration // after this long without a sign a sending process is taken for dead; nought: 30 s
}

// Outbox is the room's deeds on one database. Make one with New; it is safe for use by many goroutines.
type Outbox struct {
	db     *store.DB
	opts   Options
	seal   *sealer
	holder []byte        // this process, in the lease
	wake   chan struct{} // something was put

	pass      sync.Mutex // held by the pass under way
	away      int        // how often in a row the mail server did not answer
	awayUntil time.Time
}

// New makes the room on a database that has had Schema applied.
func New(db *store.DB, opts Options) *Outbox {
	if opts.Poll <= 0 {
		opts.Poll = 2 * time.Second
	}
	if opts.Lease <= 0 {
		opts.Lease = 30 * time.Second
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Outbox{db: db, opts: opts, seal: newSealer(opts.Key), holder: token(), wake: make(chan struct{}, 1)}
}

// Sends reports whether there is a way to send. Without one messages wait until they are given up.
func (o *Outbox) Sends() bool { return o.opts.Sender != nil }

// Wake tells a running loop in this process that something was put, so that it need not wait for its next look.
func (o *Outbox) Wake() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func token() []byte {
	b := make([]byte, 16)
	rand.Read(b)
	return b
}
