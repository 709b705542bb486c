package library

import (
	"context"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Highlight is an item that was chosen to be shown first.
type Highlight struct {
	Item     Item
	Place    int        // 1 is first; two of one place stand in the order they were chosen
	From     civil.Date // the first day
	Until    civil.Date // the last; None: no end
	Words    string     // why it was chosen; may be empty
	ChosenAt time.Time
}

// mostHighlightWords bounds what is said of a highlight, in bytes.
const mostHighlightWords = 500

// Highlights gives what is highlighted today, in its order.
func (l *Library) Highlights(ctx context.Context) ([]Highlight, error) {
	today := l.today()
	return l.highlights(ctx, "WHERE i.state = ? AND h.from_on <= ? AND (h.until_on >= ? OR h.until_on = ?)", int(Accepted), int(today), int(today), int(civil.None))
}

// AllHighlights gives also those that are over or still to come.
func (l *Library) AllHighlights(ctx context.Context, by staff.Person) ([]Highlight, error) {
	if err := mustKeep(by); err != nil {
		return nil, err
	}
	return l.highlights(ctx, "")
}

func (l *Library) highlights(ctx context.Context, where string, args ...any) ([]Highlight, error) {
	var list []Highlight
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var h Highlight
			var from, until int
			var chosen int64
			it, err := scanItem(scan, &h.Place, &from, &until, &h.Words, &chosen)
			h.Item, h.From, h.Until, h.ChosenAt = it, civil.Date(from), civil.Date(until), time.UnixMilli(chosen)
			list = append(list, h)
			return err
		}, "SELECT "+itemRead+", h.place, h.from_on, h.until_on, h.words, h.chosen_at FROM library_highlight h JOIN library_item i ON i.id = h.item "+where+" ORDER BY h.place, h.chosen_at, i.id", args...)
	})
	return list, err
}

// SetHighlight highlights an accepted item, or changes how. Item is not read. A Place of 0 is after all others, a From of
// None (or 0) is today.
func (l *Library) SetHighlight(ctx context.Context, by staff.Person, key string, h Highlight) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	if h.From == civil.None || h.From == 0 {
		h.From = l.today()
	}
	if h.Until == 0 {
		h.Until = civil.None
	}
	h.Words = line(h.Words)
	switch {
	case h.Until != civil.None && h.Until < h.From:
		return fault.New(fault.Invalid, "the last day is before the first").At("until")
	case h.Place < 0 || h.Place > 1000:
		return fault.New(fault.Invalid, "the place is a number from 1").At("place")
	case len(h.Words) > mostHighlightWords:
		return fault.New(fault.Invalid, "this is longer than %d letters", mostHighlightWords).At("words")
	}
	return l.change(ctx, l.db.Write, func(tx *store.Tx) error {
		it, err := heldKey(ctx, tx, key)
		if err != nil {
			return err
		}
		if it.State != Accepted {
			return fault.New(fault.Refused, "only research that was accepted can be highlighted").Hint("accept it first")
		}
		h, place := h, h.Place
		if place == 0 {
			if _, err := tx.Get(ctx, []any{&place}, "SELECT COALESCE(MAX(place), 0) + 1 FROM library_highlight WHERE item <> ?", it.ID); err != nil {
				return err
			}
		}
		h.Place = place
		if err := l.highlight(ctx, tx, it.ID, h, by.ID); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, 0, "highlight research", subject(it.Key), "")
	})
}

// RemoveHighlight takes an item from the highlights. One that is none is no error.
func (l *Library) RemoveHighlight(ctx context.Context, by staff.Person, key string) error {
	if err := mustKeep(by); err != nil {
		return err
	}
	return l.change(ctx, l.db.Write, func(tx *store.Tx) error {
		it, err := heldKey(ctx, tx, key)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, "DELETE FROM library_highlight WHERE item = ?", it.ID)
		if err != nil || n == 0 {
			return err
		}
		return staff.Audit(ctx, tx, by, 0, "end highlight of research", subject(it.Key), "")
	})
}

func (l *Library) highlight(ctx context.Context, tx *store.Tx, item int, h Highlight, by int) error {
	_, err := tx.Exec(ctx, `INSERT INTO library_highlight (item, place, from_on, until_on, words, chosen_at, staff) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (item) DO UPDATE SET place = excluded.place, from_on = excluded.from_on, until_on = excluded.until_on, words = excluded.words,
		chosen_at = excluded.chosen_at, staff = excluded.staff`,
		item, h.Place, int(h.From), int(h.Until), h.Words, tx.Now.UnixMilli(), by)
	return err
}
