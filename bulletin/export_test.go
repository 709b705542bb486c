package bulletin

import (
	"context"

	"everykit/bulletin/compose"
	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
)

// Makers take the place of the rooms that freeze, compose and write, in tests of the deeds alone.
type Makers struct {
	Take    func(ctx context.Context, of frozen.Of, earlier []*frozen.Snapshot) (*frozen.Snapshot, error)
	Compose func(compose.Input) (*content.Content, error)
	Check   func(compose.Input, *content.Content) []compose.Finding
	Usual   func(frozen.Kind, string) compose.Template
	Write   func(context.Context, *content.Content, civil.Date, string) ([]byte, error)
}

// Use puts them in place.
func (b *Bulletins) Use(m Makers) {
	b.makers = makers{take: m.Take, compose: m.Compose, check: m.Check, usual: m.Usual, write: m.Write}
}

// LookAgain has the next reader ask the database, as after lookEvery.
func (b *Bulletins) LookAgain() { b.shelf.changed() }

// Forget empties the memory of files.
func (b *Bulletins) Forget() { b.shelf.now.Store(nil); b.shelf.files = files{} }

// SlugOf is slugOf.
var SlugOf = slugOf

// Brotlied is brotlied.
var Brotlied = brotlied

// BrotliBest is brotliBest.
const BrotliBest = brotliBest
