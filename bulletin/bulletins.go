package bulletin

import (
	"context"
	"strings"
	"sync"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/document"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/registry"
	"everykit/store"
)

// Bulletins is the room. Make one with New; it is safe for use by many goroutines.
type Bulletins struct {
	db      *store.DB
	reg     *registry.Registry
	outbox  *mail.Outbox
	printer *document.Printer
	today   func() civil.Date
	site    string
	makers

	mu   sync.Mutex // of told
	told []func(context.Context, *store.Tx, Edition) error

	kept  kept  // what was composed last, and snapshots
	shelf shelf // what is published
}

// makers freeze, compose, check and write. They are fields so that a test of the deeds can have figures of its own.
type makers struct {
	take    func(ctx context.Context, of frozen.Of, earlier []*frozen.Snapshot) (*frozen.Snapshot, error)
	compose func(compose.Input) (*content.Content, error)
	check   func(compose.Input, *content.Content) []compose.Finding
	usual   func(frozen.Kind, string) compose.Template
	write   func(context.Context, *content.Content, civil.Date, string) ([]byte, error)
}

// New makes the room on a store that has had Schema applied, and those of the rooms below. site is where people reach the
// pages, for letters and the feed.
func New(db *store.DB, reg *registry.Registry, measures *measure.Measures, notices *notice.Notices, data *opendata.Store, outbox *mail.Outbox, printer *document.Printer, today func() civil.Date, site string) *Bulletins {
	b := &Bulletins{db: db, reg: reg, outbox: outbox, printer: printer, today: today, site: strings.TrimRight(site, "/")}
	rooms := frozen.Rooms{DB: db, Registry: reg, Measures: measures, Notices: notices, Data: data, Today: today}
	b.makers = makers{
		take: func(ctx context.Context, of frozen.Of, earlier []*frozen.Snapshot) (*frozen.Snapshot, error) {
			return frozen.Take(ctx, rooms, of, earlier)
		},
		compose: compose.Compose, check: compose.Check, usual: compose.Usual, write: b.writeFormat,
	}
	return b
}

// OnPublished is told of each edition in the transaction that publishes it; an error of fn publishes nothing. Join them when
// the rooms are made.
func (b *Bulletins) OnPublished(fn func(context.Context, *store.Tx, Edition) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, fn)
}

// tell calls everybody who is told of editions.
func (b *Bulletins) tell(ctx context.Context, tx *store.Tx, e Edition) error {
	b.mu.Lock()
	told := b.told
	b.mu.Unlock()
	for _, fn := range told {
		if err := fn(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}
