package library

import (
	"context"
	"fmt"
	"time"

	"everykit/civil"
	"everykit/data"
	"everykit/store"
)

// BuiltIn gives the items that Everykit ships with, in the order of the file: the newest first.
func BuiltIn() ([]Item, error) {
	r, err := Read(data.Library)
	if err != nil {
		return nil, err
	}
	if len(r.Refused) > 0 || r.Asides > 0 {
		return nil, fmt.Errorf("built-in research: %+v %+v", r.Refused, r.Aside)
	}
	list := make([]Item, len(r.Records))
	for i := range list {
		list[i] = r.Records[i].Item
	}
	return list, nil
}

// builtInHighlights are those of them that are highlighted from the start, with the reason.
var builtInHighlights = []struct{ key, words string }{
	{"release-2017-18", "The report with the six recommendations."},
	{"tse-2022", "Does giving out naloxone lead people to use more drugs?"},
}

// LoadBuiltIn puts the built-in items on the shelf of a database that has never had them, accepted. They come once: what
// was changed or hidden since stays so. A database that has had them is only read.
func (l *Library) LoadBuiltIn(ctx context.Context) error {
	const name = "built-in"
	had := func(tx *store.Tx) (had bool, err error) {
		var at []byte
		return tx.Get(ctx, []any{&at}, "SELECT value FROM library_kept WHERE name = ?", name)
	}
	done := false
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		done, err = had(tx)
		return err
	})
	if done || err != nil {
		return err
	}
	list, err := BuiltIn()
	if err != nil {
		return err
	}
	return l.change(ctx, l.db.Bulk, func(tx *store.Tx) error {
		// Of two programs that start together one loads: the second waits here, and then finds the mark.
		n, err := tx.Exec(ctx, "INSERT INTO library_kept (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, []byte{1})
		if err != nil || n == 0 {
			return err
		}
		for i := range list {
			it := list[i]
			same, err := duplicateOf(ctx, tx, &it)
			if err != nil {
				return err
			}
			if same != nil {
				continue // somebody has brought it before
			}
			it.State, it.ShownAt = Accepted, tx.Now.Add(-time.Duration(i)*time.Second)
			if err := insert(ctx, tx, &it); err != nil {
				return err
			}
		}
		for place, h := range builtInHighlights {
			it, err := byKey(ctx, tx, h.key)
			if err != nil || it == nil {
				return err
			}
			if err := l.highlight(ctx, tx, it.ID, Highlight{Place: place + 1, From: l.today(), Until: civil.None, Words: h.words}, 0); err != nil {
				return err
			}
		}
		return nil
	})
}
