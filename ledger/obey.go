package ledger

import (
	"context"
	"maps"
	"slices"

	"everykit/civil"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// lands reports whether a movement puts kits on a shelf.
func (m *Movement) lands() bool { return m.To == Shelf }

// needsCheck reports whether kits that land must be checked under the notices that bar their lot. A supply that is reversed
// gives back kits that had been checked, if it was refused to give out any other: it was made under these notices, and at
// once.
func (m *Movement) needsCheck(bars []Bar) bool {
	if m.sign() > 0 || m.Kind != KindSupply {
		return true
	}
	for _, b := range bars {
		if b.Kind == ToCheck && !m.givenAt.After(b.Since) {
			return true
		}
	}
	return false
}

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
		at, err := holding(ctx, b.tx, m.Area, m.Outlet, bars)
		if err != nil {
			return err
		}
		if at != nil && m.From == Held {
			// Held again they would hide that they were not held, or have gone.
			k := stockKey{int32(m.Area), int32(m.Outlet), int32(m.Lot)}
			if left, err := available(ctx, b.tx, k, Held, m.OccurredOn, nil); err != nil {
				return err
			} else if left < 0 {
				continue
			}
		}
		if at != nil {
			lot := Lot{ID: m.Lot, Product: m.Product}
			h := at.hold(m.Staff, lot, Hit{m.Area, m.Outlet, m.Lot, m.Kits}, max(m.OccurredOn, at.On))
			if err := l.recordHolds(ctx, b.tx, b, []*Movement{h}); err != nil {
				return err
			}
		} else if checkNumber(bars) != "" && m.needsCheck(bars) {
			if _, err := b.tx.Exec(ctx, "UPDATE stock SET unchecked = unchecked + ? WHERE area = ? AND outlet = ? AND lot = ?", m.Kits, m.Area, m.Outlet, m.Lot); err != nil {
				return err
			}
			if err := moreUnchecked(ctx, b.tx, m.Lot, map[int]int{m.Area: m.Kits}); err != nil {
				return err
			}
		}
		if l.landing != nil && m.sign() > 0 && m.Kind != KindRelease {
			if err := l.landing(ctx, b.tx, Landing{Hit{m.Area, m.Outlet, m.Lot, m.Kits}, bars}); err != nil {
				return err
			}
		}
	}
	return nil
}

// fewerUnchecked takes what left a shelf unchecked from what waits there to be checked.
func fewerUnchecked(ctx context.Context, tx *store.Tx, lot int) error {
	return setUnchecked(ctx, tx, lot, "unchecked > shelf AND unchecked > 0", "CASE WHEN shelf > 0 THEN shelf ELSE 0 END")
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
// a reversal, takes from a shelf which in the meantime was held. What was short before the notice stays so. It gives what is
// short still.
func (l *Ledger) uncover(ctx context.Context, b *batch, snap *registry.Snapshot, short []Shortfall, who staff.Person) ([]Shortfall, error) {
	var stay []Shortfall
	for len(short) > 0 {
		again := &batch{tx: b.tx, touched: map[stockKey]touch{}} // a later day may be shorter still
		for _, s := range short {
			done, err := l.uncoverOne(ctx, b, snap, s, who)
			if err != nil {
				return nil, err
			}
			if k := s.key(); done {
				again.touched[k] = b.touched[k]
			}
		}
		for _, s := range short {
			if _, ok := again.touched[s.key()]; !ok {
				stay = append(stay, s)
			}
		}
		var err error
		if short, err = again.shortfalls(ctx); err != nil {
			return nil, err
		}
	}
	return stay, nil
}

// uncoverOne takes kits back to the shelf for the first day on which it is short; done is false if there are none to take.
func (l *Ledger) uncoverOne(ctx context.Context, b *batch, snap *registry.Snapshot, s Shortfall, who staff.Person) (done bool, err error) {
	by := slices.IndexFunc(b.bars[s.Lot], func(bar Bar) bool { return bar.Kind == Withdrawn && bar.On <= s.On })
	if s.Place != Shelf || by < 0 || snap.Outlet(s.Outlet) == nil {
		return false, nil
	}
	free, err := available(ctx, b.tx, s.key(), Held, s.On, nil)
	if err != nil {
		return false, err
	}
	kits := min(free, s.Short, MostKits)
	if kits < 1 {
		return false, nil
	}
	lot, err := l.lotByID(ctx, b.tx, s.Lot)
	if err != nil {
		return false, err
	}
	m := &Movement{
		ID: NewID(), Kind: KindRelease, OccurredOn: s.On, Area: s.Area, Outlet: s.Outlet, Lot: s.Lot, Product: lot.Product, Kits: kits,
		From: Held, To: Shelf, Staff: who.ID, Note: "Notice " + b.bars[s.Lot][by].Number + ": these kits had left the shelf before",
	}
	return true, l.recordHolds(ctx, b.tx, b, []*Movement{m})
}

func anyBars(bars []Bar) Bars {
	var all Bars
	for _, b := range bars {
		all |= b.Kind
	}
	return all
}

// happened reports whether all movements tell of what nobody can keep from happening: what was before today, what undoes
// something, what staff used when they had to, and kits that are gone.
func happened(ms []*Movement, today civil.Date) bool {
	for _, m := range ms {
		if m.OccurredOn >= today && m.sign() > 0 && m.Kind != KindStaffUse && m.Kind != KindLose {
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
	if err == nil && late && len(b.bars) > 0 {
		short, err = l.uncover(ctx, b, snap, short, who)
	}
	if err != nil || len(short) > 0 {
		return short, err
	}
	for _, lot := range sorted(b.bars, func(x, y int) int { return x - y }) { // last, when each shelf has what stays there
		if err := fewerUnchecked(ctx, b.tx, lot); err != nil {
			return nil, err
		}
	}
	return nil, nil
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
