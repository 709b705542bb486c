package ledger

import (
	"context"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// ExpiryChange is a notice's change of a lot's expiry.
type ExpiryChange struct {
	Lot     int
	Notice  int
	Number  string // of the notice, as printed
	On      civil.Date
	Was     civil.Expiry
	Becomes civil.Expiry
}

// NameLot gives a lot that a notice names, inside the caller's transaction, and makes it if it was never seen: whatever
// comes of it later is then known. An expiry is filled in where none is known; where another is known, that one stays.
func (l *Ledger) NameLot(ctx context.Context, tx *store.Tx, product int, number string, expiry civil.Expiry) (Lot, error) {
	if err := checkLotNumber(number); err != nil {
		return Lot{}, err
	}
	if err := checkExpiry(expiry, l.today(tx)); err != nil {
		return Lot{}, err
	}
	lot, ok, err := findLot(ctx, tx, "product = ? AND number_key = ?", product, lotKey(number))
	if err != nil {
		return Lot{}, err
	}
	if ok && lot.Expiry.Known {
		return lot, nil
	}
	return l.lotFor(ctx, tx, product, number, expiry)
}

// ChangeExpiry gives a lot, and whatever is joined to it, another expiry by a notice, inside the caller's transaction. The
// old one is kept. A notice changes a lot once: again changes nothing.
func (l *Ledger) ChangeExpiry(ctx context.Context, tx *store.Tx, who staff.Person, notice int, number string, lot int, to civil.Expiry) error {
	if !to.Known {
		return fault.New(fault.Invalid, "the new expiry is missing").At("new_expiry")
	}
	if err := checkExpiry(to, l.today(tx)); err != nil {
		return err
	}
	family, err := l.wholeFamily(ctx, tx, lot)
	if err != nil {
		return err
	}
	for _, lot := range family {
		n, err := tx.Exec(ctx, `INSERT INTO lot_expiry (lot, at, notice, number, was, was_day, becomes, becomes_day, staff) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (lot, notice) DO NOTHING`,
			lot.ID, tx.Now.UnixMilli(), notice, number, expiryValue(lot.Expiry), oneIf(lot.Expiry.Day), expiryValue(to), oneIf(to.Day), who.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := setExpiry(ctx, tx, lot, to); err != nil {
			return err
		}
	}
	return nil
}

// ExpiryChanges reads how notices changed the expiry of a lot, the oldest first.
func (l *Ledger) ExpiryChanges(ctx context.Context, lot int) ([]ExpiryChange, error) {
	var all []ExpiryChange
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = l.changesIn(ctx, tx, lot)
		return err
	})
	return all, err
}

func (l *Ledger) changesIn(ctx context.Context, tx *store.Tx, lot int) ([]ExpiryChange, error) {
	var all []ExpiryChange
	err := tx.Each(ctx, func(scan func(...any) error) error {
		c := ExpiryChange{Lot: lot}
		var at int64
		var was, becomes *int
		err := scan(&c.Notice, &c.Number, &at, &was, &c.Was.Day, &becomes, &c.Becomes.Day)
		c.On = civil.In(time.UnixMilli(at), l.zone)
		c.Was.Last, c.Was.Known = civil.Date(number(was)), was != nil
		c.Becomes.Last, c.Becomes.Known = civil.Date(number(becomes)), becomes != nil
		all = append(all, c)
		return err
	}, "SELECT notice, number, at, was, was_day, becomes, becomes_day FROM lot_expiry WHERE lot = ? ORDER BY at, notice", lot)
	return all, err
}

// printedBefore reports whether packs of a lot may bear an expiry that a notice has changed since.
func printedBefore(ctx context.Context, tx *store.Tx, lot Lot, e civil.Expiry) (bool, error) {
	if !e.Known || lot.Expiry.Agrees(e) {
		return false, nil
	}
	found := false
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var was *int
		var day bool
		err := scan(&was, &day)
		found = found || (was != nil && civil.Expiry{Last: civil.Date(*was), Known: true, Day: day}.Agrees(e))
		return err
	}, "SELECT was, was_day FROM lot_expiry WHERE lot = ?", lot.ID)
	return found, err
}
