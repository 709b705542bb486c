package ledger

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/store"
)

// expiryUnknown is the last day in expiry_count of kits whose expiry is not known.
const expiryUnknown = -1

// dueKey is a row of expiry_count, or with a month one of expiry_month.
type dueKey struct {
	area, last int
	month      civil.Month
}

// lotMonth is what is gathered of a month before a lot's last day is looked up.
type lotMonth struct {
	area, lot int32
	month     civil.Month
}

// due is kits of an area that share a last day: on shelves and free to be given out, set aside or waiting to be checked (and
// how many of them wait), on their way, and with people.
type due struct{ shelf, held, unchecked, transit, people int }

func (d due) plus(o due) due {
	return due{d.shelf + o.shelf, d.held + o.held, d.unchecked + o.unchecked, d.transit + o.transit, d.people + o.people}
}

func (d due) minus() due { return due{-d.shelf, -d.held, -d.unchecked, -d.transit, -d.people} }

// waiting is what changes when so many more kits wait to be checked.
func waiting(kits int) due { return due{shelf: -kits, held: kits, unchecked: kits} }

// dueOf is what a change of stock changes. What waits to be checked is counted by moreUnchecked.
func dueOf(c *Counts) due {
	return due{shelf: c[Shelf], held: c[Held] + c[Spoiled], transit: c[Transit], people: c[People]}
}

type dues map[dueKey]due

func (ds dues) add(k dueKey, d due) { ds[k] = ds[k].plus(d) }

var (
	expiryCountHead = "INSERT INTO expiry_count (area, last, shelf, held, unchecked, transit, people) VALUES"
	expiryCountTail = upsertTail("expiry_count", "area, last", "shelf", "held", "unchecked", "transit", "people")
	expiryMonthHead = "INSERT INTO expiry_month (area, month, last, shelf, held, transit, people) VALUES"
	expiryMonthTail = upsertTail("expiry_month", "area, month, last", "shelf", "held", "transit", "people")
)

// rows gives what changes in both tables.
func (ds dues) rows() []rows {
	now, months := rows{expiryCountHead, 7, nil, expiryCountTail}, rows{expiryMonthHead, 7, nil, expiryMonthTail}
	for _, k := range sorted(ds, func(a, b dueKey) int {
		return cmp.Or(cmp.Compare(a.area, b.area), cmp.Compare(a.month, b.month), cmp.Compare(a.last, b.last))
	}) {
		switch d := ds[k]; {
		case d == (due{}):
		case k.month == 0:
			now.values = append(now.values, k.area, k.last, d.shelf, d.held, d.unchecked, d.transit, d.people)
		default:
			months.values = append(months.values, k.area, int(k.month), k.last, d.shelf, d.held, d.transit, d.people)
		}
	}
	return []rows{now, months}
}

func (ds dues) write(ctx context.Context, tx *store.Tx) error {
	b := newBatch(tx)
	for _, r := range ds.rows() {
		if err := b.write(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// foldDays sums the days that were gathered to months.
func (b *batch) foldDays() {
	for k, d := range b.days {
		at := lotMonth{k.area, k.lot, k.day.Month()}
		b.dueDays[at] = b.dueDays[at].plus(dueOfDay(d))
	}
}

// dueOfDay reads the guarded places in their order: shelf, held, spoiled, transit, people.
func dueOfDay(d *[len(guarded)]int) due {
	return due{shelf: d[0], held: d[1] + d[2], transit: d[3], people: d[4]}
}

// dueRows are the rows that the gathered changes of stock change. A lot's last day is looked up here unless a deed has
// done so, and on PostgreSQL its row is held: until the transaction ends nobody gives the lot another.
func (b *batch) dueRows(ctx context.Context) ([]rows, error) {
	changes := make(map[lotMonth]due, len(b.stock)+len(b.dueDays))
	for k, c := range b.stock {
		at := lotMonth{k.area, k.lot, 0}
		changes[at] = changes[at].plus(dueOf(c))
	}
	for k, d := range b.dueDays {
		changes[k] = d
	}
	clear(b.dueDays)
	wanted := map[int]bool{}
	for k, d := range changes {
		if _, known := b.lasts[int(k.lot)]; !known && d != (due{}) {
			wanted[int(k.lot)] = true
		}
	}
	found := map[int]int{}
	err := inChunks(sorted(wanted, cmp.Compare[int]), func(marks string, args []any) error {
		return b.tx.Each(ctx, func(scan func(...any) error) error {
			var lot, last int
			err := scan(&lot, &last)
			found[lot] = last
			return err
		}, "SELECT id, COALESCE(expiry, -1) FROM lot WHERE id IN ("+marks+") ORDER BY id"+shared(b.tx), args...)
	})
	ds := dues{}
	for k, d := range changes {
		last, ok := b.lasts[int(k.lot)]
		if !ok {
			last, ok = found[int(k.lot)]
		}
		if ok {
			ds.add(dueKey{int(k.area), last, k.month}, d)
		}
	}
	return ds.rows(), err
}

// setExpiry writes a lot's expiry and takes its kits, in every area and month, to their new last day.
func setExpiry(ctx context.Context, tx *store.Tx, lot Lot, to civil.Expiry) error {
	// The lot first: who records its kits holds it, and so their sums stand still.
	if _, err := tx.Exec(ctx, "UPDATE lot SET expiry = ?, expiry_day = ? WHERE id = ?", expiryValue(to), oneIf(to.Day), lot.ID); err != nil {
		return err
	}
	ds := dues{}
	move := func(area int, month civil.Month, d due) {
		ds.add(dueKey{area, lastDay(lot.Expiry), month}, d.minus())
		ds.add(dueKey{area, lastDay(to), month}, d)
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var d due
		err := scan(&area, &d.shelf, &d.held, &d.unchecked, &d.transit, &d.people)
		move(area, 0, d)
		return err
	}, "SELECT area, "+dueSums+" FROM stock s WHERE lot = ? GROUP BY area", lot.ID)
	if err != nil {
		return err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var day civil.Date
		var d due
		err := scan(&area, &day, &d.shelf, &d.held, &d.transit, &d.people)
		move(area, day.Month(), d)
		return err
	}, "SELECT d.area, d.day, "+dueDaySums+` FROM stock s JOIN stock_day d ON d.area = s.area AND d.outlet = s.outlet AND d.lot = s.lot
		WHERE s.lot = ? GROUP BY d.area, d.day`, lot.ID)
	if err != nil {
		return err
	}
	return ds.write(ctx, tx)
}

// The columns of expiry_count and expiry_month as sums over rows s of stock and rows d of stock_day.
const (
	dueSums = `CAST(SUM(s.shelf - s.unchecked) AS BIGINT), CAST(SUM(s.held + s.spoiled + s.unchecked) AS BIGINT), CAST(SUM(s.unchecked) AS BIGINT),
	CAST(SUM(s.transit) AS BIGINT), CAST(SUM(s.people) AS BIGINT)`
	dueDaySums = `CAST(SUM(d.shelf) AS BIGINT), CAST(SUM(d.held + d.spoiled) AS BIGINT), CAST(SUM(d.transit) AS BIGINT), CAST(SUM(d.people) AS BIGINT)`
)

func lastDay(e civil.Expiry) int {
	if !e.Known {
		return expiryUnknown
	}
	return int(e.Last)
}

// moreUnchecked counts that in areas more kits of a lot wait to be checked, or fewer: those are held, and not free to be
// given out.
func moreUnchecked(ctx context.Context, tx *store.Tx, lot int, byArea map[int]int) error {
	var last int
	if _, err := tx.Get(ctx, []any{&last}, "SELECT COALESCE(expiry, -1) FROM lot WHERE id = ?"+shared(tx), lot); err != nil {
		return err
	}
	ds := dues{}
	for area, kits := range byArea {
		ds.add(dueKey{area: area, last: last}, waiting(kits))
	}
	return ds.write(ctx, tx)
}

// setUnchecked sets how many kits of a lot wait to be checked, to what becomes says in SQL, on the shelves for which where
// holds.
func setUnchecked(ctx context.Context, tx *store.Tx, lot int, where, becomes string) error {
	type change struct{ area, outlet, was, is int }
	var all []change
	hold := ""
	if tx.Engine == store.Postgres { // others wait, so that nothing changes between the look and the write
		hold = " FOR UPDATE"
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var c change
		err := scan(&c.area, &c.outlet, &c.was, &c.is)
		all = append(all, c)
		return err
	}, "SELECT area, outlet, unchecked, "+becomes+" FROM stock WHERE lot = ? AND "+where+" ORDER BY area, outlet"+hold, lot)
	all = slices.DeleteFunc(all, func(c change) bool { return c.is == c.was })
	if err != nil || len(all) == 0 {
		return err
	}
	more := map[int]int{}
	for _, c := range all {
		if _, err := tx.Exec(ctx, "UPDATE stock SET unchecked = ? WHERE area = ? AND outlet = ? AND lot = ?", c.is, c.area, c.outlet, lot); err != nil {
			return err
		}
		more[c.area] += c.is - c.was
	}
	return moreUnchecked(ctx, tx, lot, more)
}
