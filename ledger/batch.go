package ledger

import (
	"cmp"
	"slices"

	"everykit/civil"
	"everykit/store"
)

// batch gathers what movements change, writes each changed row once, and remembers which stock it touched since which
// day, for the below-zero check at the end. One movement from a form and a million from a file go the same way.
type batch struct {
	tx      *store.Tx
	stock   map[stockKey]*Counts
	days    map[dayKey]*[len(guarded)]int
	months  map[monthKey]*tally
	told    map[toldKey]told
	clients map[clientKey]int
	dueDays map[lotMonth]due   // what days changed, by month
	lasts   map[int]int        // last days of lots that were looked up, and held, before
	touched map[stockKey]touch // stock that kits were taken from
	values  []any              // room that is used again
	bars    map[int][]Bar      // open bars of the lots that notices bar; nil where none of this batch's lots is
	landed  []*Movement        // what came to shelves of them
	hopeful bool               // take every row for new without a look, and break off with errKnown if one is not
}

type stockKey struct{ area, outlet, lot int32 }

type dayKey struct {
	stockKey
	day civil.Date
}

type monthKey struct {
	area, outlet int32
	month        civil.Month
	kind         Kind
	split        uint8
	product      int32
}

type tally struct{ kits, times int }

type clientKey struct {
	area   int32
	day    civil.Date
	client string
}

func newBatch(tx *store.Tx) *batch {
	return &batch{
		tx: tx, stock: map[stockKey]*Counts{}, days: map[dayKey]*[len(guarded)]int{}, months: map[monthKey]*tally{},
		told: map[toldKey]told{}, dueDays: map[lotMonth]due{}, lasts: map[int]int{}, clients: map[clientKey]int{}, touched: map[stockKey]touch{},
	}
}

// add counts one movement that is new to the tables.
func (b *batch) add(m *Movement) {
	m.Flags |= isNew
	if m.lands() && len(b.bars[m.Lot]) > 0 {
		kept := *m // an import uses the room of its rows again
		b.landed = append(b.landed, &kept)
	}
	b.move(m, m.From, -m.Kits)
	b.move(m, m.To, m.Kits)
	sign := m.sign()
	for _, outlet := range [...]int{m.Outlet, 0} { // outlet 0 holds the area's total
		k := monthKey{int32(m.Area), int32(outlet), m.OccurredOn.Month(), m.Kind, uint8(m.split()), int32(m.Product)}
		t := b.months[k]
		if t == nil {
			t = &tally{}
			b.months[k] = t
		}
		t.kits += sign * m.Kits
		t.times += sign
		if m.Outlet == 0 {
			break
		}
	}
	if m.Kind == KindSupply {
		b.tellSupply(m, 1)
	}
	if len(m.Client) > 0 {
		b.clients[clientKey{int32(m.Area), m.OccurredOn, string(m.Client)}] += sign
	}
}

func (b *batch) move(m *Movement, p Place, kits int) {
	if p == Nowhere && m.Lot == 0 {
		return
	}
	area, outlet := m.where(p)
	k := stockKey{int32(area), int32(outlet), int32(m.Lot)}
	c := b.stock[k]
	if c == nil {
		c = &Counts{}
		b.stock[k] = c
	}
	if p == Nowhere { // a report on a known lot: a row of noughts puts the lot on the outlet's stock card
		return
	}
	c[p] += kits
	i := slices.Index(guarded[:], p)
	if i < 0 {
		return
	}
	d := b.days[dayKey{k, m.OccurredOn}]
	if d == nil {
		d = &[len(guarded)]int{}
		b.days[dayKey{k, m.OccurredOn}] = d
	}
	d[i] += kits
	if kits > 0 {
		return // more kits never bring a day below nought
	}
	b.touch(k, touch{m.OccurredOn, 1 << i})
}

// touch notes that kits were taken from a stock.
func (b *batch) touch(k stockKey, t touch) {
	if had, ok := b.touched[k]; ok {
		t.first = min(t.first, had.first)
		t.places |= had.places
	}
	b.touched[k] = t
}

// touch is the earliest day on which kits were taken from a stock, and which of the guarded places they came from.
type touch struct {
	first  civil.Date
	places placeSet
}

// placeSet is a set of guarded places: bit i is guarded[i].
type placeSet uint8

func (k stockKey) compare(o stockKey) int {
	return cmp.Or(cmp.Compare(k.area, o.area), cmp.Compare(k.outlet, o.outlet), cmp.Compare(k.lot, o.lot))
}

// sorted gives a map's keys in order, so that rows are always touched in one order: PostgreSQL then never deadlocks over
// them, and SQLite walks its tree once.
func sorted[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}
