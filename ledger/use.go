package ledger

import (
	"cmp"
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// UseOf is kits used on somebody. The lot, and whose kit it was, need not be known: such a use is kept as a report and
// moves nothing of ours.
type UseOf struct {
	Entry
	Lot       int  // 0 not known
	Product   int  // where only the product is known
	ByStaff   bool // a service's own stock, from the shelf
	Doses     int  // 0 not recorded
	Outcome   Outcome
	Ambulance YesNo
	Setting   string
}

// MostDoses bounds the doses told of one use.
const MostDoses = 1000

// Use records kits used, by people or (ByStaff) from the shelf.
func (l *Ledger) Use(ctx context.Context, who staff.Person, u UseOf) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		m, err := l.used(ctx, tx, snap, who, u)
		return []*Movement{m}, err
	})
}

// used makes the movement of a use.
func (l *Ledger) used(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, who staff.Person, u UseOf) (*Movement, error) {
	o, err := l.site(snap, who, staff.MoveKits, u.Outlet)
	if err != nil {
		return nil, err
	}
	var lot Lot
	if u.Lot != 0 {
		if lot, err = l.lotByID(ctx, tx, u.Lot); err != nil {
			return nil, err
		}
	}
	kind, from := KindUse, People
	if u.ByStaff {
		kind, from = KindStaffUse, Shelf
		if u.Lot == 0 {
			return nil, fault.New(fault.Invalid, "choose the lot that was used").At("lot").Hint("a kit of your own stock leaves your shelf, so its lot is needed")
		}
	}
	m, err := u.movement(who, o, kind, from, Used, lot)
	if err != nil {
		return nil, err
	}
	if m.Product == 0 {
		m.Product = u.Product
	}
	m.Doses, m.Outcome, m.Ambulance, m.Setting = u.Doses, u.Outcome, u.Ambulance, u.Setting
	if err := m.checkUse(); err != nil || u.ByStaff {
		return m, err
	}
	return m, l.fromPeople(ctx, tx, m, nil)
}

func (m *Movement) checkUse() error {
	if m.Doses < 0 || m.Doses > MostDoses {
		return fault.New(fault.Invalid, "the number of doses must be between 0 and %d", MostDoses).At("doses")
	}
	return checkText("place", m.Setting, 60)
}

// fromPeople finds whose kits a use, loss or hand-back is of: those of the outlet it names (Other), else those this outlet
// supplied, else those of another outlet that supplied the lot (most kits out first), else nobody's here. Then a hand-back comes from outside, and a use or a
// loss is a report. pending is what earlier rows of the same file have taken already, and may be nil.
func (l *Ledger) fromPeople(ctx context.Context, tx *store.Tx, m *Movement, pending taken) error {
	m.Flags |= autoOther
	if m.Lot == 0 {
		m.From, m.To = Nowhere, Nowhere
		return nil
	}
	if done, err := movementByID(ctx, tx, m.Area, m.ID); err != nil || done != nil {
		return err // sent before: post compares it with what was stored
	}
	giver, err := l.giver(ctx, tx, m, pending)
	switch {
	case err != nil:
		return err
	case giver == (stockKey{}) && m.Kind == KindHandBack:
		m.From = Outside
	case giver == (stockKey{}):
		m.From, m.To = Nowhere, Nowhere
	}
	m.OtherArea, m.Other = 0, 0
	if giver != (stockKey{}) && int(giver.outlet) != m.Outlet {
		m.OtherArea, m.Other = int(giver.area), int(giver.outlet)
	}
	return nil
}

// giver finds an outlet with enough of the lot's kits in people's hands on the day and ever since.
func (l *Ledger) giver(ctx context.Context, tx *store.Tx, m *Movement, pending taken) (stockKey, error) {
	// Touching the rows first makes others wait until this use is counted, so that it cannot be refused for want of kits
	// that somebody else took at the same moment.
	if _, err := tx.Exec(ctx, "UPDATE stock SET people = people WHERE lot = ? AND people > 0", m.Lot); err != nil {
		return stockKey{}, err
	}
	var able []stockKey
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var k stockKey
		err := scan(&k.area, &k.outlet)
		k.lot = int32(m.Lot)
		able = append(able, k)
		return err
	}, `SELECT area, outlet FROM stock WHERE lot = ? AND people >= ?
		ORDER BY CASE WHEN outlet = ? THEN 0 WHEN outlet = ? THEN 1 WHEN area = ? THEN 2 ELSE 3 END, people DESC, outlet`,
		m.Lot, m.Kits, m.Other, m.Outlet, m.Area)
	if err != nil {
		return stockKey{}, err
	}
	for _, k := range able {
		n, err := available(ctx, tx, k, People, m.OccurredOn, pending)
		if err != nil {
			return stockKey{}, err
		}
		if n >= m.Kits {
			pending.take(k, People, m.OccurredOn, m.Kits)
			return k, nil
		}
	}
	return stockKey{}, nil
}

// taken is what rows of a file that are not written yet take from places, by day.
type taken map[takenKey]map[civil.Date]int

type takenKey struct {
	stockKey
	place Place
}

// take notes kits taken; a nil taken, as for a single entry, notes nothing.
func (t taken) take(k stockKey, p Place, on civil.Date, kits int) {
	if t == nil {
		return
	}
	of := t[takenKey{k, p}]
	if of == nil {
		of = map[civil.Date]int{}
		t[takenKey{k, p}] = of
	}
	of[on] += kits
}

// available is how many kits could leave a guarded place on a day without leaving it below zero then or since, once what
// is pending has gone.
func available(ctx context.Context, tx *store.Tx, k stockKey, p Place, on civil.Date, pending taken) (int, error) {
	var balance int
	if _, err := tx.Get(ctx, []any{&balance}, "SELECT "+p.String()+" FROM stock WHERE area = ? AND outlet = ? AND lot = ?",
		int(k.area), int(k.outlet), int(k.lot)); err != nil {
		return 0, err
	}
	changes := map[civil.Date]int{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var day civil.Date
		var change int
		err := scan(&day, &change)
		changes[day] += change
		return err
	}, "SELECT day, "+p.String()+" FROM stock_day WHERE area = ? AND outlet = ? AND lot = ? AND day > ?",
		int(k.area), int(k.outlet), int(k.lot), int(on))
	for day, kits := range pending[takenKey{k, p}] {
		balance -= kits
		if day > on {
			changes[day] -= kits
		}
	}
	least := balance
	for _, day := range sorted(changes, func(a, b civil.Date) int { return cmp.Compare(b, a) }) {
		balance -= changes[day]
		least = min(least, balance)
	}
	return least, err
}
