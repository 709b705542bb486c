package library

import (
	"context"
	"time"

	"everykit/staff"
	"everykit/store"
)

// Item gives an accepted item by its key, or by one it had before it was joined with another: then its Key differs from the
// one asked for, and a page sends its reader there. NotFound for one that is not accepted, as for one that is not there.
func (l *Library) Item(ctx context.Context, key string) (*Item, error) {
	it, err := l.item(ctx, key)
	if err == nil && !it.IsPublic() {
		return nil, noItem()
	}
	return it, err
}

// StaffItem is Item for whoever keeps the shelf: of any state.
func (l *Library) StaffItem(ctx context.Context, by staff.Person, key string) (*Item, error) {
	if err := mustKeep(by); err != nil {
		return nil, err
	}
	return l.item(ctx, key)
}

func (l *Library) item(ctx context.Context, key string) (*Item, error) {
	var it *Item
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		it, err = byKey(ctx, tx, key)
		return err
	})
	if err == nil && it == nil {
		err = noItem()
	}
	return it, err
}

// Latest gives a page of accepted items, the newest on the shelf first, PageSize a page, and how many pages there are.
// Pages count from 1; one past the last is the last.
func (l *Library) Latest(ctx context.Context, page int) (list []Item, pages int, err error) {
	f, err := l.Search(ctx, Query{Page: page})
	if err != nil {
		return nil, 0, err
	}
	for _, h := range f.Hits {
		list = append(list, h.Item)
	}
	return list, f.Pages, nil
}

// Bearing gives the newest accepted items that bear on a recommendation, at most n.
func (l *Library) Bearing(ctx context.Context, recommendation, n int) ([]Item, error) {
	f, err := l.Search(ctx, Query{Bears: recommendation, PerPage: n})
	if err != nil {
		return nil, err
	}
	var list []Item
	for _, h := range f.Hits {
		list = append(list, h.Item)
	}
	return list, nil
}

// List gives items of a state, the one added last first, for whoever keeps the shelf: 0 for those of every state.
func (l *Library) List(ctx context.Context, by staff.Person, state State, page int) (list []Item, total int, err error) {
	if err := mustKeep(by); err != nil {
		return nil, 0, err
	}
	const size = 50
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Get(ctx, []any{&total}, "SELECT COUNT(*) FROM library_item WHERE state = ? OR ? = 0", int(state), int(state)); err != nil {
			return err
		}
		list, err = readItems(ctx, tx, "WHERE i.state = ? OR ? = 0 ORDER BY i.id DESC LIMIT ? OFFSET ?", int(state), int(state), size, (max(page, 1)-1)*size)
		return err
	})
	return list, total, err
}

// Public gives every accepted item, the newest first: for feeds, the sitemap and whole exports. most bounds them; 0: all.
func (l *Library) Public(ctx context.Context, most int) ([]Item, error) {
	if most <= 0 {
		most = 1 << 30
	}
	var list []Item
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		list, err = readItems(ctx, tx, "WHERE i.state = ? ORDER BY i.shown_at DESC, i.id DESC LIMIT ?", int(Accepted), most)
		return err
	})
	return list, err
}

// ChangedAt is when anything of the accepted items or the highlights was changed last, for feeds and stored answers.
func (l *Library) ChangedAt(ctx context.Context) (time.Time, error) {
	var at int64
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&at}, "SELECT COALESCE(MAX(at), 0) FROM (SELECT MAX(changed_at) AS at FROM library_item UNION ALL SELECT MAX(chosen_at) FROM library_highlight) AS x")
		return err
	})
	return time.UnixMilli(at), err
}
