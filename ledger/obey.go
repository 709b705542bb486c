package ledger

import (
	"context"
	"maps"

	"everykit/civil"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// lands reports whether a movement puts kits on a shelf.
func (m *Movement) lands() bool { return m.To == Shelf }

// released reports whether kits come to the shelf because somebody let them go back there: no withdrawal holds those.
func (m *Movement) released() bool { return m.Kind == KindRelease }

// needsCheck reports whether kits that land must be checked under a notice. A supply that is reversed gives back kits that
// were good enough to be given out.
func (m *Movement) needsCheck() bool { return m.sign() > 0 || m.Kind != KindSupply }

// obey does, in the transaction that records movements, what open notices ask of their kits: those of a withdrawn lot that
// landed on a shelf are held, those to be checked are counted as unchecked, and whoever follows notices is told.
func (l *Ledger) obey(ctx context.Context, b *batch) error {
	if len(b.bars) == 0 {
		return nil
	}
	landed := b.landed
	b.landed = nil
	for _, m := range landed {
		bars := b.bars[m.Lot]
		var at *Bar
		if !m.released() {
			var err error
			if at, err = holding(ctx, b.tx, m.Area, m.Outlet, bars); err != nil {
				return err
			}
		}
		if at != nil {
			lot := Lot{ID: m.Lot, Product: m.Product}
			h := at.hold(m.Staff, lot, Hit{m.Area, m.Outlet, m.Lot, m.Kits}, max(m.OccurredOn, at.On))
			if err := l.recordHolds(ctx, b.tx, b, []*Movement{h}); err != nil {
				return err
			}
		} else if checkNumber(bars) != "" && m.needsCheck() {
			if _, err := b.tx.Exec(ctx, "UPDATE stock SET unchecked = unchecked + ? WHERE area = ? AND outlet = ? AND lot = ?", m.Kits, m.Area, m.Outlet, m.Lot); err != nil {
				return err
			}
		}
		if l.landing != nil && m.sign() > 0 && !m.released() {
			if err := l.landing(ctx, b.tx, Landing{Hit{m.Area, m.Outlet, m.Lot, m.Kits}, bars}); err != nil {
				return err
			}
		}
	}
	for _, lot := range sorted(b.bars, func(x, y int) int { return x - y }) {
		if err := fewerUnchecked(ctx, b.tx, lot); err != nil {
			return err
		}
	}
	return nil
}

// fewerUnchecked takes what left a shelf unchecked from what waits there to be checked.
func fewerUnchecked(ctx context.Context, tx *store.Tx, lot int) error {
	_, err := tx.Exec(ctx, "UPDATE stock SET unchecked = CASE WHEN shelf > 0 THEN shelf ELSE 0 END WHERE lot = ? AND unchecked > shelf", lot)
	return err
}

// watch has a batch gather what lands of barred lots.
func (b *batch) watch(bars map[int][]Bar) {
	if b.bars == nil {
		b.bars = bars
		return
	}
	maps.Copy(b.bars, bars)
}

// watchLots is watch for the lots of a few movements.
func (b *batch) watchLots(ctx context.Context, ms []*Movement) error {
	var lots []int
	for _, m := range ms {
		if m.barred {
			lots = append(lots, m.Lot)
		}
	}
	if len(lots) == 0 {
		return nil
	}
	bars, err := barsOfLots(ctx, b.tx, lots)
	b.watch(bars)
	return err
}

// uncover takes back, as far as it must, what a notice held although it was no longer there: kits that an entry made late, or
// a reversal, takes from a shelf which in the meantime was held. It gives what is short still.
func (l *Ledger) uncover(ctx context.Context, b *batch, snap *registry.Snapshot, short []Shortfall, who staff.Person) ([]Shortfall, error) {
	if len(b.bars) == 0 {
		return short, nil
	}
	found := false
	for _, s := range short {
		bars := b.bars[s.Lot]
		if s.Place != Shelf || len(bars) == 0 || anyBars(bars)&Withdrawn == 0 {
			continue
		}
		free, err := available(ctx, b.tx, stockKey{int32(s.Area), int32(s.Outlet), int32(s.Lot)}, Held, s.On, nil)
		if err != nil {
			return nil, err
		}
		lot, err := l.lotByID(ctx, b.tx, s.Lot)
		if err != nil {
			return nil, err
		}
		kits := min(free, s.Short, MostKits)
		if kits < 1 || snap.Outlet(s.Outlet) == nil {
			continue
		}
		found = true
		m := &Movement{
			ID: NewID(), Kind: KindRelease, OccurredOn: s.On, Area: s.Area, Outlet: s.Outlet, Lot: s.Lot, Product: lot.Product, Kits: kits,
			From: Held, To: Shelf, Staff: who.ID, Note: "Notice " + bars[0].Number + ": these kits had left the shelf before",
		}
		if err := l.recordHolds(ctx, b.tx, b, []*Movement{m}); err != nil {
			return nil, err
		}
	}
	if !found {
		return short, nil
	}
	return b.shortfalls(ctx)
}

func anyBars(bars []Bar) Bars {
	var all Bars
	for _, b := range bars {
		all |= b.Kind
	}
	return all
}

// happened reports whether all movements tell of what was before today, or undo something.
func happened(ms []*Movement, today civil.Date) bool {
	for _, m := range ms {
		if m.OccurredOn >= today && m.sign() > 0 {
			return false
		}
	}
	return true
}

// settle is what follows when movements have been recorded: notices are obeyed, and the places left below zero are
// given. late allows that kits a notice holds were gone before.
func (l *Ledger) settle(ctx context.Context, b *batch, snap *registry.Snapshot, who staff.Person, late bool) ([]Shortfall, error) {
	if err := l.obey(ctx, b); err != nil {
		return nil, err
	}
	short, err := b.shortfalls(ctx)
	if err != nil || len(short) == 0 || !late {
		return short, err
	}
	return l.uncover(ctx, b, snap, short, who)
}

// allBars reads every open bar, for an import, and keeps notices from barring more until it ends: see shared.
func allBars(ctx context.Context, tx *store.Tx) (map[int][]Bar, error) {
	if tx.Engine == store.Postgres {
		if _, err := tx.Exec(ctx, "LOCK TABLE lot_bar IN SHARE MODE"); err != nil {
			return nil, err
		}
	}
	return barsOf(ctx, tx, "1 = 1")
}
