package expiry

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// look is what one reading of the ledger holds: the shelves of an outlet or of all outlets of an area, and how much each
// gives out. It reads only the small tables that every movement keeps up (stock, month_count, the open transfers), so it
// costs as many rows as outlets have lots, however long the history is.
type look struct {
	snap   *registry.Snapshot
	today  civil.Date
	window Window
	outlet *registry.Outlet // of an outlet's look
	area   *registry.Area   // of an area's
	areas  []int            // whose ledgers are read

	lines []line // by area, outlet and lot
	lots  map[int]*ledger.Lot
	rates map[outletProduct]Rate
}

// line is one lot at one outlet.
type line struct {
	area, outlet, lot   int
	shelf, held, people int
}

type outletProduct struct{ outlet, product int }

// look runs one reading. fn may read more in the same transaction.
func (x *Expiry) look(ctx context.Context, s Scope, fn func(*store.Tx, *look) error) error {
	return x.db.Read(ctx, func(tx *store.Tx) error {
		l, err := x.lookIn(ctx, tx, s)
		if err != nil {
			return err
		}
		return fn(tx, l)
	})
}

func (x *Expiry) lookIn(ctx context.Context, tx *store.Tx, s Scope) (*look, error) {
	snap, err := x.reg.In(ctx, tx)
	if err != nil {
		return nil, err
	}
	l := &look{snap: snap, today: x.led.Day(tx.Now)}
	l.window = windowOn(l.today)
	if s.Outlet != 0 {
		if l.outlet = snap.Outlet(s.Outlet); l.outlet == nil {
			return nil, fault.New(fault.NotFound, "there is no such outlet")
		}
		l.areas = []int{l.outlet.Area}
	} else {
		if l.area = snap.Area(s.Area); l.area == nil {
			return nil, fault.New(fault.NotFound, "there is no such area")
		}
		l.areas = measure.LedgersFor(snap, l.area, l.today)
	}
	if err := l.readLines(ctx, tx); err != nil {
		return nil, err
	}
	if err := l.readLots(ctx, tx, x.led); err != nil {
		return nil, err
	}
	return l, l.readRates(ctx, tx)
}

// readLines reads an outlet a row, its lots as one text of numbers: handing over tens of thousands of rows costs twice as
// much as reading them.
func (l *look) readLines(ctx context.Context, tx *store.Tx) error {
	in, args := inList(l.areas)
	where := "area IN (" + in + ")"
	if l.outlet != nil {
		where, args = where+" AND outlet = ?", append(args, l.outlet.ID)
	}
	return tx.Each(ctx, func(scan func(...any) error) error {
		var n line
		var packed sql.RawBytes
		if err := scan(&n.area, &n.outlet, &packed); err != nil {
			return err
		}
		from := len(l.lines)
		for len(packed) > 0 {
			for _, into := range []*int{&n.lot, &n.shelf, &n.held, &n.people} {
				*into, packed = nextNumber(packed)
			}
			l.lines = append(l.lines, n)
		}
		slices.SortFunc(l.lines[from:], func(a, b line) int { return cmp.Compare(a.lot, b.lot) })
		return nil
	}, `SELECT area, outlet, string_agg(lot || ' ' || (shelf - unchecked) || ' ' || (held + spoiled + unchecked) || ' ' || people, ' ') FROM stock
		WHERE `+where+` AND (shelf <> 0 OR held <> 0 OR spoiled <> 0 OR people <> 0) GROUP BY area, outlet ORDER BY area, outlet`, args...)
}

// nextNumber takes a number off the front of a text of them, with the space after it.
func nextNumber(text []byte) (n int, rest []byte) {
	sign, i := 1, 0
	if len(text) > 0 && text[0] == '-' {
		sign, i = -1, 1
	}
	for ; i < len(text) && text[i] != ' '; i++ {
		n = n*10 + int(text[i]-'0')
	}
	return sign * n, text[min(i+1, len(text)):]
}

func (l *look) readLots(ctx context.Context, tx *store.Tx, led *ledger.Ledger) error {
	seen := map[int]bool{}
	var ids []int
	for _, n := range l.lines {
		if !seen[n.lot] {
			seen[n.lot] = true
			ids = append(ids, n.lot)
		}
	}
	found, err := led.LotsIn(ctx, tx, ids...)
	l.lots = make(map[int]*ledger.Lot, len(found))
	for id, lot := range found {
		l.lots[id] = &lot
	}
	return err
}

// readRates reads what each outlet gave out of each product within the window; what a store sent.
func (l *look) readRates(ctx context.Context, tx *store.Tx) error {
	began, err := l.readBegan(ctx, tx)
	if err != nil {
		return err
	}
	l.rates = map[outletProduct]Rate{}
	months := l.window.months()
	in, args := inList(l.areas)
	args = append(append(args, months...), int(ledger.KindSupply), int(ledger.KindSend))
	one := ""
	if l.outlet != nil {
		one, args = " AND o.id = ?", append(args, l.outlet.ID)
	}
	// Outlets first, then four short ranges of the key for each: the history before the window is never read.
	return tx.Each(ctx, func(scan func(...any) error) error {
		var at outletProduct
		var kind ledger.Kind
		var kits int
		if err := scan(&at.outlet, &at.product, &kind, &kits); err != nil {
			return err
		}
		if store := l.snap.Outlet(at.outlet).Kind == registry.Store; store == (kind == ledger.KindSend) {
			l.rates[at] = Rate{kits, l.window.since(began[at.outlet]).days()}
		}
		return nil
	}, `SELECT o.id, c.product, c.kind, CAST(SUM(c.kits) AS BIGINT) FROM outlet o CROSS JOIN month_count c
		WHERE o.area IN (`+in+`) AND c.area = o.area AND c.outlet = o.id AND c.month IN (`+store.Marks(len(months))+`)
			AND c.kind IN (?, ?)`+one+` GROUP BY o.id, c.product, c.kind`, args...)
}

// readBegan reads the month of each outlet's first entry: one step down the key each.
func (l *look) readBegan(ctx context.Context, tx *store.Tx) (map[int]civil.Month, error) {
	began := map[int]civil.Month{}
	in, args := inList(l.areas)
	one := ""
	if l.outlet != nil {
		one, args = " AND o.id = ?", append(args, l.outlet.ID)
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var outlet int
		var first *civil.Month
		err := scan(&outlet, &first)
		if first != nil {
			began[outlet] = *first
		}
		return err
	}, "SELECT o.id, (SELECT MIN(c.month) FROM month_count c WHERE c.area = o.area AND c.outlet = o.id) FROM outlet o WHERE o.area IN ("+in+")"+one, args...)
	return began, err
}

// last is the last day on which a lot can be given out at an outlet, in days after today: it has the authority's minimum
// of days left then, and the outlet is open.
func (l *look) last(o *registry.Outlet, lot *ledger.Lot) int {
	until := lot.Expiry.Last - civil.Date(l.minDays(o))
	if o.ClosedOn != civil.None {
		until = min(until, o.ClosedOn-1)
	}
	return int(until - l.today)
}

func (l *look) minDays(o *registry.Outlet) int {
	if a := l.snap.Area(o.Area); a != nil {
		return a.MinDays
	}
	return registry.DefaultMinDays
}

// counted reports whether kits of a line's shelf are in the reckoning of what will be used: of an expiry that is known
// and not past.
func (l *look) counted(n line) bool {
	lot := l.lots[n.lot]
	return n.shelf > 0 && lot.Expiry.Known && !lot.Expiry.Past(l.today)
}

// eachOutlet calls fn with the lines of one outlet after the other.
func (l *look) eachOutlet(fn func(o *registry.Outlet, from, to int)) {
	for from := 0; from < len(l.lines); {
		to := from
		for to < len(l.lines) && l.lines[to].outlet == l.lines[from].outlet && l.lines[to].area == l.lines[from].area {
			to++
		}
		if o := l.snap.Outlet(l.lines[from].outlet); o != nil {
			fn(o, from, to)
		}
		from = to
	}
}

// unused gives, for each line, how many kits of its shelf will be left over.
func (l *look) unused() []int {
	left := make([]int, len(l.lines))
	shelves := map[int][]holding{}
	l.eachOutlet(func(o *registry.Outlet, from, to int) {
		clear(shelves)
		for i := from; i < to; i++ {
			if l.counted(l.lines[i]) {
				lot := l.lots[l.lines[i].lot]
				shelves[lot.Product] = append(shelves[lot.Product], holding{lot: i, until: l.last(o, lot), kits: l.lines[i].shelf})
			}
		}
		for product, hs := range shelves {
			for i, n := range unused(l.rates[outletProduct{o.ID, product}], hs) {
				left[hs[i].lot] = n
			}
		}
	})
	return left
}

func inList(ids []int) (marks string, args []any) {
	args = make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return store.Marks(len(ids)), args
}
