package ledger

import (
	"context"
	"fmt"

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

func (s Shortfall) key() stockKey { return stockKey{int32(s.Area), int32(s.Outlet), int32(s.Lot)} }

// manyTouched is from how many touched stocks on it is quicker to walk the table of days once than to ask for each.
const manyTouched = 3000

// shortfalls walks back from today's stock through the days since the earliest change and gives the first day on which a
// place that kits were taken from is below zero. It costs as many rows as the lot has had days there since the change:
// none for an entry of today, however long the history.
func (b *batch) shortfalls(ctx context.Context) ([]Shortfall, error) {
	var found []Shortfall
	walk := &backward{report: func(s Shortfall) { found = append(found, s) }}
	var all placeSet
	for _, t := range b.touched {
		all |= t.places
	}
	if len(b.touched) > manyTouched {
		q := newDayQuery(all, "ORDER BY s.area, s.outlet, s.lot, d.day DESC")
		err := q.each(ctx, b.tx, func() {
			if t, ok := b.touched[q.key]; ok && q.day >= t.first {
				walk.step(q)
			}
		})
		walk.end()
		return found, err
	}
	q := newDayQuery(all, "AND s.area = ? AND s.outlet = ? AND s.lot = ? AND d.day >= ? ORDER BY d.day DESC")
	for _, k := range sorted(b.touched, stockKey.compare) {
		err := q.each(ctx, b.tx, func() { walk.step(q) }, int(k.area), int(k.outlet), int(k.lot), int(b.touched[k].first))
		if err != nil {
			return nil, err
		}
	}
	walk.end()
	return found, nil
}

// dayQuery reads days of stock with the stock of now beside them, only for some of the guarded places: every column
// that is not read is time saved on a file of millions.
type dayQuery struct {
	text   string
	places []int // indexes of guarded
	dest   []any

	key         stockKey // of the row that was read
	day         civil.Date
	now, change [len(guarded)]int
}

func newDayQuery(of placeSet, tail string) *dayQuery {
	q := &dayQuery{}
	q.dest = []any{&q.key.area, &q.key.outlet, &q.key.lot, &q.day}
	columns := "s.area, s.outlet, s.lot, d.day"
	for i, p := range guarded {
		if of&(1<<i) == 0 {
			continue
		}
		q.places = append(q.places, i)
		q.dest = append(q.dest, &q.now[i], &q.change[i])
		columns += ", s." + p.String() + ", d." + p.String()
	}
	// The cross join keeps stock outside and its days inside: a stock is looked up once, not once a day.
	q.text = "SELECT " + columns + " FROM stock s CROSS JOIN stock_day d WHERE d.area = s.area AND d.outlet = s.outlet AND d.lot = s.lot " + tail
	return q
}

func (q *dayQuery) each(ctx context.Context, tx *store.Tx, fn func(), args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		if err := scan(q.dest...); err != nil {
			return err
		}
		fn()
		return nil
	}, q.text, args...)
}

// backward takes the days of one stock after another, latest first, and reports the earliest day below zero of each place.
type backward struct {
	report  func(Shortfall)
	key     stockKey
	begun   bool
	balance [len(guarded)]int // at the end of the day that comes next
	worst   [len(guarded)]*Shortfall
}

func (w *backward) step(q *dayQuery) {
	if !w.begun || q.key != w.key {
		w.end()
		w.key, w.begun, w.balance = q.key, true, q.now
	}
	for _, i := range q.places {
		if w.balance[i] < 0 {
			w.worst[i] = &Shortfall{int(q.key.area), int(q.key.outlet), int(q.key.lot), guarded[i], q.day, -w.balance[i]}
		}
		w.balance[i] -= q.change[i]
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
