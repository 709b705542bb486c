package ledger

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"everykit/store"
)

// Difference is one place where a kept table and the recount of the movements disagree, or where a rule does not hold.
type Difference struct {
	Table string
	Where string // which row
	Says  string // what the table says and what the movements say
}

func (d Difference) String() string { return d.Table + ": " + d.Where + ": " + d.Says }

// Verified is what a recount looked at and what it found.
type Verified struct {
	Movements   int
	Stocks      int // rows of stock compared
	Differences []Difference
}

// mostDifferences bounds the list: past it something is wrong as a whole.
const mostDifferences = 1000

// Verify recounts everything that is kept beside the movements, on one snapshot: stock, the stock of each day, monthly
// and yearly counts, what was told of supplies, kits by their last day, first-supply marks, deliveries. It reads the movements once, authority by authority, in memory that grows with
// the largest authority. progress may be nil.
func (l *Ledger) Verify(ctx context.Context, progress func(movements int)) (Verified, error) {
	v := &verifier{progress: progress, foreign: newBatch(nil), open: map[stockKey]*Counts{}, sums: map[int32]int{}}
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		v.tx = tx
		for _, step := range []func(context.Context) error{v.areas, v.closeForeign, v.lots, v.transfers, v.reversals, v.unchecked, v.bars, v.withdrawn} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return v.Verified, err
}

// guardedCounts is a number of kits for each guarded place.
type guardedCounts [len(guarded)]int

type verifier struct {
	Verified
	tx       *store.Tx
	progress func(int)
	foreign  *batch               // what movements of one authority change in another
	open     map[stockKey]*Counts // stock that differs until the foreign part is known
	openDays map[dayKey]guardedCounts
	sums     map[int32]int // per lot, over all places: must be nought
}

func (v *verifier) found(table, where, says string, args ...any) {
	if len(v.Differences) < mostDifferences {
		v.Differences = append(v.Differences, Difference{table, where, fmt.Sprintf(says, args...)})
	}
}

// areas compares each authority's tables with its movements.
func (v *verifier) areas(ctx context.Context) error {
	v.openDays = map[dayKey]guardedCounts{}
	var areas []int
	for _, t := range []string{"movement", "stock", "month_count", "client_day", "supply_count", "supply_year", "year_count", "expiry_count", "expiry_month"} {
		// From one authority to the next by the key: the table itself is not walked for its list of authorities.
		err := v.tx.Each(ctx, func(scan func(...any) error) error {
			var a int
			err := scan(&a)
			areas = append(areas, a)
			return err
		}, `WITH RECURSIVE a(area) AS (SELECT min(area) FROM `+t+` UNION ALL SELECT (SELECT min(area) FROM `+t+` WHERE area > a.area) FROM a WHERE a.area IS NOT NULL)
			SELECT area FROM a WHERE area IS NOT NULL`)
		if err != nil {
			return err
		}
	}
	seen := map[int]bool{}
	for _, a := range areas {
		if seen[a] {
			continue
		}
		seen[a] = true
		if err := v.area(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) area(ctx context.Context, area int) error {
	own := newBatch(nil)
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		m, err := scanBare(scan)
		if err != nil {
			return err
		}
		v.Movements++
		if v.progress != nil && v.Movements%100_000 == 0 {
			v.progress(v.Movements)
		}
		own.add(m)
		return nil
	}, "SELECT area, kind, occurred_on, outlet, lot, product, kits, from_place, to_place, split, other_area, other, reverses, client, "+toldColumns+" FROM movement WHERE area = ?", area)
	if err != nil {
		return err
	}
	v.sendHome(own, int32(area))
	// months takes from what was counted what it has compared: years comes before it.
	for _, compare := range []func(context.Context, int, *batch) error{v.stock, v.days, v.years, v.months, v.clients, v.told, v.supplyYears, v.dues, v.dueMonths} {
		if err := compare(ctx, area, own); err != nil {
			return err
		}
	}
	return nil
}

const toldColumns = "COALESCE(recipient, 0), COALESCE(supply, 0), COALESCE(reason, 0), COALESCE(age_band, 0), COALESCE(sex, 0), COALESCE(trained, 0)"

// scanBare reads only what is counted: half of a movement's columns.
func scanBare(scan func(...any) error) (*Movement, error) {
	m := &Movement{}
	var split uint8
	var otherArea, other *int
	var reverses []byte
	err := scan(&m.Area, &m.Kind, &m.OccurredOn, &m.Outlet, &m.Lot, &m.Product, &m.Kits, &m.From, &m.To, &split, &otherArea, &other, &reverses, &m.Client,
		&m.Recipient, &m.Detail.Supply, &m.Reason, &m.AgeBand, &m.Sex, &m.Trained)
	m.OtherArea, m.Other = number(otherArea), number(other)
	copy(m.Reverses[:], reverses)
	m.setSplit(split)
	return m, err
}

// sendHome moves what this authority's movements change elsewhere to the foreign part.
func (v *verifier) sendHome(own *batch, area int32) {
	for k, c := range own.stock {
		if k.area != area {
			sum(v.foreign.stock, k, c)
			delete(own.stock, k)
		}
	}
	for k, d := range own.days {
		if k.area != area {
			if v.foreign.days[k] == nil {
				v.foreign.days[k] = &[len(guarded)]int{}
			}
			for i := range d {
				v.foreign.days[k][i] += d[i]
			}
			delete(own.days, k)
		}
	}
}

func sum(into map[stockKey]*Counts, k stockKey, c *Counts) {
	if into[k] == nil {
		into[k] = &Counts{}
	}
	*into[k] = into[k].Plus(*c)
}

func (v *verifier) stock(ctx context.Context, area int, own *batch) error {
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k stockKey
		var c Counts
		dest := []any{&k.area, &k.outlet, &k.lot}
		for p := Supplier; p < places; p++ {
			dest = append(dest, &c[p])
		}
		if err := scan(dest...); err != nil {
			return err
		}
		v.Stocks++
		for _, n := range c {
			v.sums[k.lot] += n
		}
		for _, p := range guarded {
			if c[p] < 0 {
				v.found("stock", k.String(), "%d kits %s: below nought", c[p], p.Words())
			}
		}
		c = c.Plus(own.stock[k].minus())
		if c != (Counts{}) {
			v.open[k] = &c
		}
		delete(own.stock, k)
		return nil
	}, "SELECT area, outlet, lot, supplier, outside, shelf, held, spoiled, transit, people, used, destroyed, lost, returned FROM stock WHERE area = ?", area)
	for k, c := range own.stock {
		if missing := c.minus(); missing != (Counts{}) {
			v.open[k] = &missing
		}
	}
	return err
}

func (c *Counts) minus() Counts {
	var m Counts
	if c != nil {
		for p, n := range c {
			m[p] = -n
		}
	}
	return m
}

func (k stockKey) String() string {
	return fmt.Sprintf("area %d outlet %d lot %d", k.area, k.outlet, k.lot)
}

func (v *verifier) days(ctx context.Context, area int, own *batch) error {
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k dayKey
		var c guardedCounts
		if err := scan(&k.area, &k.outlet, &k.lot, &k.day, &c[0], &c[1], &c[2], &c[3], &c[4]); err != nil {
			return err
		}
		if d := own.days[k]; d != nil {
			for i := range c {
				c[i] -= d[i]
			}
			delete(own.days, k)
		}
		if c != (guardedCounts{}) {
			v.openDays[k] = c
		}
		return nil
	}, "SELECT area, outlet, lot, day, shelf, held, spoiled, transit, people FROM stock_day WHERE area = ?", area)
	for k, d := range own.days {
		var c guardedCounts
		for i := range d {
			c[i] = -d[i]
		}
		if c != (guardedCounts{}) {
			v.openDays[k] = c
		}
	}
	return err
}

func (v *verifier) months(ctx context.Context, area int, own *batch) error {
	say := func(k monthKey, table, moved tally) {
		v.found("month_count", fmt.Sprintf("area %d outlet %d month %s %s", k.area, k.outlet, k.month, k.kind),
			"the table says %d kits in %d entries, the movements %d in %d", table.kits, table.times, moved.kits, moved.times)
	}
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k monthKey
		var t tally
		if err := scan(&k.area, &k.outlet, &k.month, &k.kind, &k.split, &k.product, &t.kits, &t.times); err != nil {
			return err
		}
		moved := tally{}
		if m := own.months[k]; m != nil {
			moved = *m
			delete(own.months, k)
		}
		if moved != t {
			say(k, t, moved)
		}
		return nil
	}, "SELECT area, outlet, month, kind, split, product, kits, times FROM month_count WHERE area = ?", area)
	for k, m := range own.months {
		if *m != (tally{}) {
			say(k, tally{}, *m)
		}
	}
	return err
}

func (v *verifier) clients(ctx context.Context, area int, own *batch) error {
	err := v.tx.Each(ctx, func(scan func(...any) error) error {
		var k clientKey
		var client []byte
		var n int
		if err := scan(&k.area, &client, &k.day, &n); err != nil {
			return err
		}
		k.client = string(client)
		if own.clients[k] != n {
			v.found("client_day", fmt.Sprintf("area %d on %s", k.area, k.day), "the table says %d supplies of one client, the movements %d", n, own.clients[k])
		}
		delete(own.clients, k)
		return nil
	}, "SELECT area, client, day, supplies FROM client_day WHERE area = ?", area)
	for k, n := range own.clients {
		if n != 0 {
			v.found("client_day", fmt.Sprintf("area %d on %s", k.area, k.day), "%d supplies of one client are not in the table", n)
		}
	}
	return err
}

// closeForeign takes from what is open what other authorities' movements explain; the rest is wrong.
func (v *verifier) closeForeign(context.Context) error {
	for k, c := range v.foreign.stock {
		minus := c.minus()
		sum(v.open, k, &minus)
	}
	for k, c := range v.open {
		for p, n := range c {
			if n != 0 {
				v.found("stock", k.String(), "%d kits more %s than the movements say", n, Place(p).Words())
			}
		}
	}
	for k, d := range v.foreign.days {
		c := v.openDays[k]
		for i := range d {
			c[i] -= d[i]
		}
		v.openDays[k] = c
	}
	for k, c := range v.openDays {
		for i, n := range c {
			if n != 0 {
				v.found("stock_day", k.stockKey.String()+" on "+k.day.String(), "%d kits more %s than the movements say", n, guarded[i].Words())
			}
		}
	}
	return nil
}

func (v *verifier) lots(context.Context) error {
	for lot, n := range v.sums {
		if n != 0 {
			v.found("stock", fmt.Sprintf("lot %d", lot), "its kits over all places sum to %d, not nought", n)
		}
	}
	return nil
}

// unchecked checks that no more kits wait to be checked than lie on the shelf, and only where a notice asks for it.
func (v *verifier) unchecked(ctx context.Context) error {
	return v.tx.Each(ctx, func(scan func(...any) error) error {
		var k stockKey
		var shelf, unchecked, barred int
		if err := scan(&k.area, &k.outlet, &k.lot, &shelf, &unchecked, &barred); err != nil {
			return err
		}
		v.found("stock", k.String(), "%d kits wait to be checked of %d on the shelf (bars of the lot: %d)", unchecked, shelf, barred)
		return nil
	}, `SELECT s.area, s.outlet, s.lot, s.shelf, s.unchecked, l.barred FROM stock s JOIN lot l ON l.id = s.lot
		WHERE s.unchecked <> 0 AND (s.unchecked < 0 OR s.unchecked > s.shelf OR l.barred < 2)`)
}

// bars compares what is written on each lot with the open bars of it.
func (v *verifier) bars(ctx context.Context) error {
	return v.tx.Each(ctx, func(scan func(...any) error) error {
		var lot, says, open int
		if err := scan(&lot, &says, &open); err != nil {
			return err
		}
		v.found("lot", fmt.Sprintf("lot %d", lot), "it says that notices bar it as %d, its open bars are %d", says, open)
		return nil
	}, `SELECT l.id, l.barred, COALESCE(b.bits, 0) FROM lot l LEFT JOIN
			(SELECT lot, MAX(CASE kind WHEN 1 THEN 1 ELSE 0 END) + MAX(CASE kind WHEN 2 THEN 2 ELSE 0 END) AS bits FROM lot_bar WHERE ended_at IS NULL GROUP BY lot) b
		ON b.lot = l.id WHERE l.barred <> COALESCE(b.bits, 0)`)
}

// withdrawn checks that no shelf has kits that an open notice withdraws and nobody released there.
func (v *verifier) withdrawn(ctx context.Context) error {
	return v.tx.Each(ctx, func(scan func(...any) error) error {
		var k stockKey
		var shelf, notice int
		if err := scan(&k.area, &k.outlet, &k.lot, &shelf, &notice); err != nil {
			return err
		}
		v.found("stock", k.String(), "%d kits are on the shelf though notice %d withdraws them", shelf, notice)
		return nil
	}, `SELECT s.area, s.outlet, s.lot, s.shelf, b.notice FROM lot_bar b JOIN stock s ON s.lot = b.lot
		WHERE b.ended_at IS NULL AND b.kind = 1 AND s.shelf > 0
			AND NOT EXISTS (SELECT 1 FROM lot_released r WHERE r.area = s.area AND r.outlet = s.outlet AND r.lot = s.lot AND r.notice = b.notice)`)
}

// transfers compares the list of deliveries on their way with the stock in transit.
func (v *verifier) transfers(ctx context.Context) error {
	return v.tx.Each(ctx, func(scan func(...any) error) error {
		var k stockKey
		var transit, open int
		if err := scan(&k.area, &k.outlet, &k.lot, &transit, &open); err != nil {
			return err
		}
		v.found("transfer", k.String(), "%d kits are on the way, its open deliveries hold %d", transit, open)
		return nil
	}, `SELECT area, outlet, lot, sum(transit), sum(open_kits) FROM (
			SELECT area, outlet, lot, transit, 0 AS open_kits FROM stock WHERE transit <> 0
			UNION ALL SELECT area, outlet, lot, 0, kits FROM transfer WHERE arrival IS NULL) t
		GROUP BY area, outlet, lot HAVING sum(transit) <> sum(open_kits)`)
}

// reversals checks that each reversal is the opposite of one movement that is there.
func (v *verifier) reversals(ctx context.Context) error {
	return v.tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var id []byte
		if err := scan(&area, &id); err != nil {
			return err
		}
		v.found("movement", fmt.Sprintf("area %d id %s", area, uuid.UUID(id)), "is not the opposite of the movement it reverses")
		return nil
	}, `SELECT r.area, r.id FROM movement r LEFT JOIN movement m ON m.area = r.area AND m.id = r.reverses
		WHERE r.reverses IS NOT NULL AND (m.id IS NULL OR m.kits <> r.kits OR m.lot <> r.lot OR m.from_place <> r.to_place
			OR m.to_place <> r.from_place OR m.occurred_on <> r.occurred_on OR m.outlet <> r.outlet)`)
}
