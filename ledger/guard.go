package ledger

import (
	"context"
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
)

// Shortfall is a place that would be below zero at the end of a day.
type Shortfall struct {
	Area, Outlet, Lot int
	Place             Place
	On                civil.Date // the first such day
	Short             int        // how many kits are missing then
}

func (s Shortfall) Error() string {
	return fmt.Sprintf("outlet %d lot %d: %d kits short %s on %s", s.Outlet, s.Lot, s.Short, s.Place.Words(), s.On)
}

// manyTouched is from how many touched stocks on it is quicker to walk the table of days once than to ask for each.
const manyTouched = 3000

// shortfalls walks back from today's stock through the days since the earliest change and gives the first day on which
// a guarded place is below zero, for each stock and place touched. It costs as many rows as the lot has had days there
// since the change: none for an entry of today, however long the history.
func (b *batch) shortfalls(ctx context.Context) ([]Shortfall, error) {
	var found []Shortfall
	walk := newBackward(func(s Shortfall) { found = append(found, s) })
	if len(b.touched) > manyTouched {
		err := b.tx.Each(ctx, func(scan func(...any) error) error {
			k, day, now, change, err := scanDay(scan)
			if err != nil {
				return err
			}
			if first, ok := b.touched[k]; ok && day >= first {
				walk.step(k, day, now, change)
			}
			return nil
		}, dayQuery+" ORDER BY d.area, d.outlet, d.lot, d.day DESC")
		walk.end()
		return found, err
	}
	for _, k := range sorted(b.touched, stockKey.compare) {
		err := b.tx.Each(ctx, func(scan func(...any) error) error {
			k, day, now, change, err := scanDay(scan)
			walk.step(k, day, now, change)
			return err
		}, dayQuery+" WHERE d.area = ? AND d.outlet = ? AND d.lot = ? AND d.day >= ? ORDER BY d.day DESC",
			int(k.area), int(k.outlet), int(k.lot), int(b.touched[k]))
		if err != nil {
			return nil, err
		}
	}
	walk.end()
	return found, nil
}

var dayQuery = "SELECT d.area, d.outlet, d.lot, d.day, s." + strings.Join(dayColumns, ", s.") + ", d." + strings.Join(dayColumns, ", d.") +
	" FROM stock_day d JOIN stock s ON s.area = d.area AND s.outlet = d.outlet AND s.lot = d.lot"

type guardedCounts [len(guarded)]int

func scanDay(scan func(...any) error) (k stockKey, day civil.Date, now, change guardedCounts, err error) {
	dest := []any{&k.area, &k.outlet, &k.lot, &day}
	for i := range now {
		dest = append(dest, &now[i])
	}
	for i := range change {
		dest = append(dest, &change[i])
	}
	err = scan(dest...)
	return k, day, now, change, err
}

// backward takes the days of one stock after another, latest first, and reports the earliest day below zero of each place.
type backward struct {
	report  func(Shortfall)
	key     stockKey
	begun   bool
	balance guardedCounts // at the end of the day that comes next
	worst   [len(guarded)]*Shortfall
}

func newBackward(report func(Shortfall)) *backward { return &backward{report: report} }

func (w *backward) step(k stockKey, day civil.Date, now, change guardedCounts) {
	if !w.begun || k != w.key {
		w.end()
		w.key, w.begun, w.balance = k, true, now
	}
	for i, p := range guarded {
		if w.balance[i] < 0 {
			w.worst[i] = &Shortfall{int(k.area), int(k.outlet), int(k.lot), p, day, -w.balance[i]}
		}
		w.balance[i] -= change[i]
	}
}

// end reports on the stock under way.
func (w *backward) end() {
	for i, s := range w.worst {
		if s != nil {
			w.report(*s)
			w.worst[i] = nil
		}
	}
}

// shortFault puts a shortfall into words, with what was asked for.
func (l *Ledger) shortFault(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, s Shortfall, ms []*Movement) error {
	lot, _, err := findLot(ctx, tx, "id = ?", s.Lot)
	if err != nil {
		return err
	}
	kits := 0
	for _, m := range ms {
		if _, outlet := m.where(m.From); m.From == s.Place && outlet == s.Outlet && m.Lot == s.Lot {
			kits += m.Kits
		}
	}
	there := max(0, kits-s.Short)
	f := fault.New(fault.Refused, "there are not enough kits of %s %s at %s on %s: %d asked, %d there, %d short",
		lotWords(snap, lot), s.Place.Words(), outletName(snap, s.Outlet), s.On.Words(), kits, there, s.Short).At("kits").Because(s)
	if len(ms) > 0 && s.On > ms[0].OccurredOn {
		return f.Hint("it was there on %s, but went out on or before %s: give another lot, or check the day", ms[0].OccurredOn.Words(), s.On.Words())
	}
	return f.Hint("check the lot, the number and the day; if the kits are really there, record how they came (received, arrived or found)")
}

func lotWords(snap *registry.Snapshot, lot Lot) string {
	if p := snap.Product(lot.Product); p != nil {
		return p.Name + " lot " + lot.Number
	}
	return "lot " + lot.Number
}

func outletName(snap *registry.Snapshot, id int) string {
	if o := snap.Outlet(id); o != nil {
		return o.Name
	}
	return "an outlet"
}
