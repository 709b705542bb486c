package ledger

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// StockCount is a count of a shelf, in two steps: somebody counts, somebody else signs off. Until then nothing moves.
type StockCount struct {
	ID        uuid.UUID
	Area      int
	Outlet    int
	CountedOn civil.Date
	SavedAt   time.Time // when it was last saved
	CountedBy int
	SignedBy  int // 0 until signed off
	Lines     []CountLine
}

// Signed reports whether the count has been signed off.
func (c StockCount) Signed() bool { return c.SignedBy != 0 }

// CountLine is one lot of a count.
type CountLine struct {
	Lot     Lot
	Counted *int // nil: not counted, which is not nought
	Books   int  // what the ledger says was on the shelf at the end of the day: now, or as signed off
}

// Difference is what was counted less what the books say; nought where it was not counted.
func (l CountLine) Difference() int {
	if l.Counted == nil {
		return 0
	}
	return *l.Counted - l.Books
}

// CountEntry is a count as somebody saves it: lots by their id, nil where not counted. It may be saved in parts, and
// again until it is signed off.
type CountEntry struct {
	ID        uuid.UUID
	Outlet    int
	CountedOn civil.Date
	Counted   map[int]*int
}

// SaveCount keeps a count, or more of one.
func (l *Ledger) SaveCount(ctx context.Context, who staff.Person, c CountEntry) error {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return err
	}
	o, err := l.site(snap, who, staff.Count, c.Outlet)
	if err != nil {
		return err
	}
	if c.ID == uuid.Nil || len(c.Counted) == 0 {
		return fault.New(fault.Invalid, "nothing was counted").Hint("write the number of kits beside at least one lot; nought is a number")
	}
	if c.CountedOn > l.Today() || c.CountedOn < firstDay {
		return fault.New(fault.Invalid, "%s cannot be the day of this count", c.CountedOn.Words()).At("counted_on")
	}
	for _, n := range c.Counted {
		if n != nil && (*n < 0 || *n > MostKits) {
			return fault.New(fault.Invalid, "a count is between 0 and %d", MostKits).At("counted")
		}
	}
	return l.db.Write(ctx, func(tx *store.Tx) error { return saveCount(ctx, tx, o, who.ID, c) })
}

func saveCount(ctx context.Context, tx *store.Tx, o *registry.Outlet, who int, c CountEntry) error {
	old, err := readCount(ctx, tx, o.Area, c.ID)
	if err != nil {
		return err
	}
	if old != nil && (old.Signed() || old.Outlet != o.ID) {
		return fault.New(fault.Conflict, "this count has been signed off and cannot change").Hint("begin a new count")
	}
	_, err = tx.Exec(ctx, `INSERT INTO stock_count (area, id, outlet, counted_on, saved_at, counted_by) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (area, id) DO UPDATE SET counted_on = excluded.counted_on, saved_at = excluded.saved_at, counted_by = excluded.counted_by`,
		o.Area, idValue(c.ID), o.ID, int(c.CountedOn), tx.Now.UnixMilli(), who)
	if err != nil {
		return err
	}
	for lot, n := range c.Counted {
		var counted any
		if n != nil {
			counted = *n
		}
		_, err := tx.Exec(ctx, `INSERT INTO stock_count_line (area, count_id, lot, counted) VALUES (?, ?, ?, ?)
			ON CONFLICT (area, count_id, lot) DO UPDATE SET counted = excluded.counted`, o.Area, idValue(c.ID), lot, counted)
		if err != nil {
			return err
		}
	}
	return nil
}

// SignCount signs a count off and records what it found: kits missing as lost, kits over as found, on the day of the
// count. Who counted does not sign, unless nobody else is there to: then alone says so, and it is kept in the note.
func (l *Ledger) SignCount(ctx context.Context, who staff.Person, area int, id uuid.UUID, alone bool) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		c, err := readCount(ctx, tx, area, id)
		if err != nil {
			return nil, err
		}
		if c == nil {
			if err := who.Must(staff.SignCount, staff.Place{}); err != nil {
				return nil, err
			}
			return nil, fault.New(fault.NotFound, "there is no such count")
		}
		o, err := l.site(snap, who, staff.SignCount, c.Outlet)
		if err != nil || c.Signed() { // signed before: a second click changes nothing
			return nil, err
		}
		if c.CountedBy == who.ID && !alone {
			return nil, fault.New(fault.Refused, "somebody else signs a count off").At("alone").Hint("ask a colleague or the coordinator; if nobody else is here today, tick the box that says so")
		}
		return l.signedOff(ctx, tx, who, o, *c)
	})
}

func (l *Ledger) signedOff(ctx context.Context, tx *store.Tx, who staff.Person, o *registry.Outlet, c StockCount) ([]*Movement, error) {
	note := "Count of " + c.CountedOn.Words()
	if c.CountedBy == who.ID {
		note += ", counted and signed off by one person"
	}
	var ms []*Movement
	for _, line := range c.Lines {
		if _, err := tx.Exec(ctx, "UPDATE stock_count_line SET books = ? WHERE area = ? AND count_id = ? AND lot = ?", line.Books, c.Area, idValue(c.ID), line.Lot.ID); err != nil {
			return nil, err
		}
		d := line.Difference()
		if d == 0 {
			continue
		}
		kind, from, to := KindLose, Shelf, Lost
		if d > 0 {
			kind, from, to = KindFind, Lost, Shelf
		}
		e := Entry{ID: partID(c.ID, "lot "+strconv.Itoa(line.Lot.ID)), OccurredOn: c.CountedOn, Outlet: o.ID, Kits: max(d, -d), Note: note}
		lot, err := l.lotByID(ctx, tx, line.Lot.ID)
		if err != nil {
			return nil, err
		}
		m, err := e.movement(who, o, kind, from, to, lot)
		if err != nil {
			return nil, err
		}
		ms = append(ms, m)
	}
	_, err := tx.Exec(ctx, "UPDATE stock_count SET signed_at = ?, signed_by = ? WHERE area = ? AND id = ?", tx.Now.UnixMilli(), who.ID, c.Area, idValue(c.ID))
	return ms, err
}

// readCount reads a count with its lines and, until it is signed off, what the books say of its day.
func readCount(ctx context.Context, tx *store.Tx, area int, id uuid.UUID) (*StockCount, error) {
	c := StockCount{ID: id, Area: area}
	var signedBy *int
	var savedAt int64
	found, err := tx.Get(ctx, []any{&c.Outlet, &c.CountedOn, &savedAt, &c.CountedBy, &signedBy},
		"SELECT outlet, counted_on, saved_at, counted_by, signed_by FROM stock_count WHERE area = ? AND id = ?", area, idValue(id))
	if err != nil || !found {
		return nil, err
	}
	c.SignedBy, c.SavedAt = number(signedBy), time.UnixMilli(savedAt)
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var line CountLine
		var lot int
		var books *int
		if err := scan(&lot, &line.Counted, &books); err != nil {
			return err
		}
		line.Lot.ID, line.Books = lot, number(books)
		c.Lines = append(c.Lines, line)
		return nil
	}, "SELECT lot, counted, books FROM stock_count_line WHERE area = ? AND count_id = ? ORDER BY lot", area, idValue(id))
	if err != nil {
		return nil, err
	}
	for i := range c.Lines {
		line := &c.Lines[i]
		if line.Lot, _, err = findLot(ctx, tx, "id = ?", line.Lot.ID); err != nil {
			return nil, err
		}
		if !c.Signed() {
			if line.Books, err = shelfOn(ctx, tx, area, c.Outlet, line.Lot.ID, c.CountedOn); err != nil {
				return nil, err
			}
			held, err := withdrawnSince(ctx, tx, &c, line.Lot.ID)
			if err != nil {
				return nil, err
			}
			line.Books += held
		}
	}
	return &c, nil
}

// shelfOn is what the books say was on a shelf at the end of a day.
func shelfOn(ctx context.Context, tx *store.Tx, area, outlet, lot int, on civil.Date) (int, error) {
	var n int
	_, err := tx.Get(ctx, []any{&n}, "SELECT COALESCE(SUM(shelf), 0) FROM stock_day WHERE area = ? AND outlet = ? AND lot = ? AND day <= ?",
		area, outlet, lot, int(on))
	return n, err
}

// withdrawnSince is what notices took from a shelf on the day of a count, but after it was saved: whoever counted found
// those kits there still.
func withdrawnSince(ctx context.Context, tx *store.Tx, c *StockCount, lot int) (int, error) {
	var n int
	_, err := tx.Get(ctx, []any{&n}, `SELECT COALESCE(SUM(kits), 0) FROM movement WHERE area = ? AND outlet = ? AND lot = ? AND occurred_on = ? AND kind = ? AND to_place = ?
		AND reverses IS NULL AND recorded_at IN (SELECT since FROM lot_bar WHERE lot = ? AND kind = ? AND since >= ?)`,
		c.Area, c.Outlet, lot, int(c.CountedOn), int(KindHold), int(Held), lot, int(Withdrawn), c.SavedAt.UnixMilli())
	return n, err
}

// Count reads a count.
func (l *Ledger) Count(ctx context.Context, who staff.Person, area int, id uuid.UUID) (*StockCount, error) {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	var c *StockCount
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		c, err = readCount(ctx, tx, area, id)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, fault.New(fault.NotFound, "there is no such count")
	}
	_, err = l.site(snap, who, staff.Count, c.Outlet)
	return c, err
}

// OpenCounts are an outlet's counts that wait to be signed off, newest first.
func (l *Ledger) OpenCounts(ctx context.Context, area, outlet int) ([]StockCount, error) {
	var found []StockCount
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			c := StockCount{Area: area, Outlet: outlet}
			var id []byte
			err := scan(&id, &c.CountedOn, &c.CountedBy)
			copy(c.ID[:], id)
			found = append(found, c)
			return err
		}, "SELECT id, counted_on, counted_by FROM stock_count WHERE area = ? AND outlet = ? AND signed_at IS NULL ORDER BY saved_at DESC LIMIT 20", area, outlet)
	})
	return found, err
}
