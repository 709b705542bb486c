package ledger

import (
	"context"
	"slices"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// JoinLots records that two entries are one lot, typed twice: from then on lists and traces show other's kits under
// lot. No movement changes, so PartLot can part them again.
func (l *Ledger) JoinLots(ctx context.Context, who staff.Person, other, lot int) error {
	return l.joinLot(ctx, who, other, func(tx *store.Tx, from Lot) (any, error) {
		to, err := l.lotByID(ctx, tx, lot)
		switch {
		case err != nil:
			return nil, err
		case to.Product != from.Product:
			return nil, fault.New(fault.Refused, "lots of two products cannot be one")
		case to.ID == from.ID:
			return nil, fault.New(fault.Invalid, "choose two different lots")
		case !to.Expiry.Agrees(from.Expiry):
			return nil, fault.New(fault.Refused, "the two have different expiry dates, %s and %s", from.Expiry, to.Expiry).Hint("look at a pack; where both are printed so, they are two lots")
		case to.JoinedTo != 0:
			return nil, fault.New(fault.Refused, "lot %s is itself joined to another", to.Number)
		}
		var n int
		if has, err := tx.Get(ctx, []any{&n}, "SELECT 1 FROM lot WHERE joined_to = ? LIMIT 1", from.ID); err != nil || has {
			return nil, firstErr(err, fault.New(fault.Refused, "other lots are joined to lot %s", from.Number).Hint("part them first"))
		}
		return lot, nil
	})
}

// PartLot undoes JoinLots.
func (l *Ledger) PartLot(ctx context.Context, who staff.Person, lot int) error {
	return l.joinLot(ctx, who, lot, func(*store.Tx, Lot) (any, error) { return nil, nil })
}

func (l *Ledger) joinLot(ctx context.Context, who staff.Person, lot int, to func(*store.Tx, Lot) (any, error)) error {
	if err := who.Must(staff.ManageRegistry, staff.Place{}); err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		from, err := l.lotByID(ctx, tx, lot)
		if err != nil {
			return err
		}
		head, err := to(tx, from)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE lot SET joined_to = ? WHERE id = ?", head, lot); err != nil {
			return err
		}
		if head != nil {
			if err := l.shareBars(ctx, tx, who, lot); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO lot_join (lot, at, joined_to, staff) VALUES (?, ?, ?, ?)
			ON CONFLICT (lot, at) DO UPDATE SET joined_to = excluded.joined_to, staff = excluded.staff`, lot, tx.Now.UnixMilli(), head, who.ID)
		return err
	})
}

// shareBars has all entries that are one lot obey each other's notices, from now on. When they are parted each keeps them:
// nobody knows which of them a notice meant. Every outlet that ever had an entry which a notice now bars is told as if its
// kits had landed.
func (l *Ledger) shareBars(ctx context.Context, tx *store.Tx, who staff.Person, lot int) error {
	family, err := l.familyIn(ctx, tx, lot)
	if err != nil {
		return err
	}
	ids := make([]int, len(family))
	for i, f := range family {
		ids[i] = f.ID
	}
	bars, err := barsOfLots(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, from := range ids {
		for _, to := range ids {
			for _, bar := range bars[from] {
				if slices.ContainsFunc(bars[to], func(b Bar) bool { return b.Notice == bar.Notice }) {
					continue
				}
				bar.Lot, bar.Since, bar.On = to, tx.Now, l.today(tx)
				bars[to] = append(bars[to], bar)
				if err := l.shareBar(ctx, tx, who, bar); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (l *Ledger) shareBar(ctx context.Context, tx *store.Tx, who staff.Person, bar Bar) error {
	hits, err := l.barLot(ctx, tx, who, bar)
	if err != nil || l.landing == nil {
		return err
	}
	had, err := l.TraceIn(ctx, tx, bar.Lot)
	if err != nil {
		return err
	}
	for _, t := range had {
		at := Landing{Hit{t.Area, t.Outlet, bar.Lot, 0}, []Bar{bar}}
		if i := slices.IndexFunc(hits, func(h Hit) bool { return h.Outlet == t.Outlet }); i >= 0 {
			at.Hit = hits[i]
		}
		if err := l.landing(ctx, tx, at); err != nil {
			return err
		}
	}
	return nil
}

func firstErr(err error, other error) error {
	if err != nil {
		return err
	}
	return other
}
