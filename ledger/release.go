package ledger

import (
	"context"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Release puts kits that a withdrawal holds at an outlet back on its shelf, and lets later ones stay there. Kits may be 0:
// only later ones.
type Release struct {
	ID     uuid.UUID
	Outlet int
	Lot    int
	Notice int
	Kits   int
	Note   string
}

// ReleaseBarred records a release, inside the caller's transaction. It is a coordinator's deed. The same again changes
// nothing.
func (l *Ledger) ReleaseBarred(ctx context.Context, tx *store.Tx, who staff.Person, r Release) error {
	return l.answer(ctx, tx, who, staff.ReleaseHold, r.Outlet, r.Lot, func(snap *registry.Snapshot, o *registry.Outlet, lot Lot) ([]*Movement, error) {
		e := Entry{ID: r.ID, OccurredOn: l.today(tx), Outlet: o.ID, Kits: r.Kits, Note: r.Note}
		if done, err := movementByID(ctx, tx, o.Area, r.ID); err != nil {
			return nil, err
		} else if done != nil { // post compares it with what was stored, on whatever day that was
			e.OccurredOn = done.OccurredOn
			m, err := e.movement(who, o, KindRelease, Held, Shelf, lot)
			return []*Movement{m}, err
		}
		b, err := barOf(ctx, tx, lot, r.Notice, Withdrawn)
		if err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, "INSERT INTO lot_released (area, outlet, lot, notice, at, staff) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (area, outlet, lot, notice) DO NOTHING",
			o.Area, o.ID, lot.ID, b.Notice, tx.Now.UnixMilli(), who.ID)
		if err != nil || r.Kits == 0 {
			return nil, err
		}
		m, err := e.movement(who, o, KindRelease, Held, Shelf, lot)
		return []*Movement{m}, err
	})
}

// Checked is what an outlet found when it checked kits on its shelf as a notice asked.
type Checked struct {
	ID     uuid.UUID
	Outlet int
	Lot    int
	Notice int
	Good   int // may be given out from now on
	Faulty int // go from the shelf to held, and never back
	Note   string
}

// CheckBarred records a check, inside the caller's transaction: good kits may be given out, faulty ones are set aside for
// good. The same again changes nothing where some were faulty; a check that found none leaves no movement to know it by, so
// the caller sees to it that an answer is taken once.
func (l *Ledger) CheckBarred(ctx context.Context, tx *store.Tx, who staff.Person, c Checked) error {
	return l.answer(ctx, tx, who, staff.MoveKits, c.Outlet, c.Lot, func(snap *registry.Snapshot, o *registry.Outlet, lot Lot) ([]*Movement, error) {
		if c.Good < 0 || c.Faulty < 0 {
			return nil, fault.New(fault.Invalid, "the number of kits cannot be below nought").At("good")
		}
		b, err := barOf(ctx, tx, lot, c.Notice, ToCheck)
		if err != nil {
			return nil, err
		}
		if done, err := isStoredID(ctx, tx, o.Area, c.ID); err != nil || done {
			return nil, err
		}
		n, err := tx.Exec(ctx, "UPDATE stock SET unchecked = unchecked - ? WHERE area = ? AND outlet = ? AND lot = ? AND unchecked >= ?",
			c.Good+c.Faulty, o.Area, o.ID, lot.ID, c.Good+c.Faulty)
		if err != nil {
			return nil, err
		}
		if n == 0 && c.Good+c.Faulty > 0 {
			var unchecked int
			if _, err := tx.Get(ctx, []any{&unchecked}, "SELECT unchecked FROM stock WHERE area = ? AND outlet = ? AND lot = ?", o.Area, o.ID, lot.ID); err != nil {
				return nil, err
			}
			return nil, fault.New(fault.Refused, "%d kits were checked, but only %d of lot %s wait to be checked here", c.Good+c.Faulty, unchecked, lot.Number).At("good").
				Hint("if more are on the shelf than the books say, count the shelf first")
		}
		if n > 0 {
			if err := moreUnchecked(ctx, tx, lot.ID, map[int]int{o.Area: -c.Good - c.Faulty}); err != nil {
				return nil, err
			}
		}
		if c.Faulty == 0 {
			return nil, nil
		}
		note := c.Note
		if note == "" {
			note = "Notice " + b.Number + ": found faulty"
		}
		e := Entry{ID: c.ID, OccurredOn: l.today(tx), Outlet: o.ID, Kits: c.Faulty, Note: note}
		m, err := e.movement(who, o, KindHold, Shelf, Spoiled, lot)
		return []*Movement{m}, err
	})
}

// answer runs a deed that a notice asks for at an outlet.
func (l *Ledger) answer(ctx context.Context, tx *store.Tx, who staff.Person, d staff.Deed, outlet, lot int, fn func(*registry.Snapshot, *registry.Outlet, Lot) ([]*Movement, error)) error {
	snap, err := l.reg.In(ctx, tx)
	if err != nil {
		return err
	}
	o, err := l.site(snap, who, d, outlet)
	if err != nil {
		return err
	}
	of, err := l.lotByID(ctx, tx, lot)
	if err != nil {
		return err
	}
	ms, err := fn(snap, o, of)
	if err != nil || len(ms) == 0 {
		return err
	}
	return l.post(ctx, tx, snap, who, ms)
}

// barOf is the open bar of a notice on a lot.
func barOf(ctx context.Context, tx *store.Tx, lot Lot, notice int, kind Bars) (Bar, error) {
	bars, err := barsOf(ctx, tx, "lot = ?", lot.ID)
	if err != nil {
		return Bar{}, err
	}
	for _, b := range bars[lot.ID] {
		if b.Notice == notice && b.Kind == kind {
			return b, nil
		}
	}
	return Bar{}, fault.New(fault.Refused, "this notice no longer asks anything of lot %s", lot.Number).At("lot").Hint("it has been closed, or the lot is not in it")
}

// Unchecked is how many kits on a shelf wait to be checked, and how many are held, of a lot at an outlet.
type Unchecked struct {
	Area, Outlet, Lot int
	Shelf             int
	Unchecked         int
	Held              int // may go back on the shelf
}

// UncheckedOf reads the shelves of lots, inside the caller's transaction, where there is anything on them or held.
func (l *Ledger) UncheckedOf(ctx context.Context, tx *store.Tx, lots ...int) ([]Unchecked, error) {
	if len(lots) == 0 {
		return nil, nil
	}
	args := make([]any, len(lots))
	for i, id := range lots {
		args[i] = id
	}
	var all []Unchecked
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var u Unchecked
		err := scan(&u.Area, &u.Outlet, &u.Lot, &u.Shelf, &u.Unchecked, &u.Held)
		all = append(all, u)
		return err
	}, "SELECT area, outlet, lot, shelf, unchecked, held FROM stock WHERE lot IN ("+store.Marks(len(lots))+") AND (shelf > 0 OR held > 0) ORDER BY area, outlet, lot", args...)
	return all, err
}

func isStoredID(ctx context.Context, tx *store.Tx, area int, id uuid.UUID) (bool, error) {
	var n int
	return tx.Get(ctx, []any{&n}, "SELECT 1 FROM movement WHERE area = ? AND id = ?", area, idValue(id))
}
