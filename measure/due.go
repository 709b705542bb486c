package measure

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/store"
)

// The ledger keeps the kits of an area by their last day (expiry_count), and by how much each month changed them
// (expiry_month). Both have as many rows as there are days on which lots end, whatever outlets and lots there are.

// dueNow and duePast are the columns of expiry_count as numbers of today, and as those that later months are taken from:
// what waits to be checked today counts as held, and of a past day nobody knows it.
const (
	dueNow  = "shelf, held, transit, people"
	duePast = "shelf + unchecked, held - unchecked, transit, people"
)

// dueColumns are those of a day.
func dueColumns(day, today civil.Date) string {
	if day < today {
		return duePast
	}
	return dueNow
}

// wanted says which of the four places a question is about: the others are not summed.
type wanted [4]bool

var (
	allPlaces      = wanted{true, true, true, true}
	onShelves      = wanted{true, true, false, false} // and set aside
	shelvesPeople  = wanted{true, false, false, true}
	withPeopleOnly = wanted{false, false, false, true}
)

// of leaves of four columns those that are wanted, as sums, and 0 in the place of the others.
func (w wanted) of(columns string) string {
	list := strings.Split(columns, ", ")
	for i, c := range list {
		list[i] = "0"
		if w[i] {
			list[i] = sums(c)
		}
	}
	return strings.Join(list, ", ")
}

// sums puts a sum round each of some columns.
func sums(columns string) string {
	list := strings.Split(columns, ", ")
	for i, c := range list {
		list[i] = "CAST(SUM(" + c + ") AS BIGINT)"
	}
	return strings.Join(list, ", ")
}

// dueSums gathers kits by area and last day, of which an area has some dozens.
type dueSums map[int][]lotSum

// take reads rows of area, last day and the four places, times a sign.
func (d dueSums) take(ctx context.Context, tx *store.Tx, sign int, last func(int) civil.Date, text string, args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var area, at int
		var n [4]int
		err := scan(&area, &at, &n[0], &n[1], &n[2], &n[3])
		d.add(area, last(at), sign, n)
		return err
	}, text, args...)
}

// takeEach reads all rows of areas for which a condition holds, an area as one text of numbers: to hand over thousands of
// rows costs more than to read them. columns are the first few of the places.
func (d dueSums) takeEach(ctx context.Context, tx *store.Tx, sign int, last func(int) civil.Date, columns, text string, args ...any) error {
	places := strings.Count(columns, ",") + 1
	return tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var packed sql.RawBytes
		if err := scan(&area, &packed); err != nil {
			return err
		}
		for len(packed) > 0 {
			var at int
			var n [4]int
			at, packed = nextNumber(packed)
			for i := range places {
				n[i], packed = nextNumber(packed)
			}
			d.add(area, last(at), sign, n)
		}
		return nil
	}, "SELECT area, string_agg(last || ' ' || "+strings.ReplaceAll("("+columns+")", ", ", ") || ' ' || (")+", ' ') FROM "+text+" GROUP BY area", args...)
}

// add adds kits in the four places.
func (d dueSums) add(area int, last civil.Date, sign int, n [4]int) {
	of := d[area]
	i := len(of) - 1
	for i >= 0 && of[i].last != last {
		i--
	}
	if i < 0 {
		of = append(of, lotSum{last: last})
		d[area], i = of, len(of)-1
	}
	l := &of[i]
	l.shelf += sign * n[0]
	l.held += sign * n[1]
	l.transit += sign * n[2]
	l.people += sign * n[3]
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

// lastDay is the last day of a row: expiries that are not known have -1.
func lastDay(at int) civil.Date {
	if at < 0 {
		return civil.None
	}
	return civil.Date(at)
}

// readDue reads what areas had today, or at the end of the last day of a month, by the last day of use. What ends before a
// day comes as one, with the day before that as its last day: half of all rows, in a ledger of some years.
func readDue(ctx context.Context, tx *store.Tx, areas []int, from, day, today civil.Date) (map[int][]lotSum, error) {
	in, args := idList(areas)
	d := dueSums{}
	columns := dueColumns(day, today)
	err := d.takeEach(ctx, tx, 1, lastDay, columns, "expiry_count WHERE area IN ("+in+") AND last >= ? AND (shelf <> 0 OR held <> 0 OR transit <> 0 OR people <> 0)",
		append(args, int(from))...)
	for _, part := range [...]struct{ as, from, to int }{{-1, -1, 0}, {int(from) - 1, 0, int(from)}} { // not known, and past: each a range of the key
		if err == nil && part.from < part.to {
			err = d.take(ctx, tx, 1, lastDay, fmt.Sprintf("SELECT area, %d, ", part.as)+sums(columns)+" FROM expiry_count WHERE area IN ("+in+") AND last >= ? AND last < ? GROUP BY area",
				append(args, part.from, part.to)...)
		}
	}
	if err == nil && day < today {
		folded := func(at int) civil.Date {
			if at >= 0 {
				at = max(at, int(from)-1)
			}
			return lastDay(at)
		}
		err = d.takeEach(ctx, tx, -1, folded, dueNow, "expiry_month WHERE area IN ("+in+") AND month > ?", append(args, int(day.Month()))...)
	}
	return d, err
}

// readLasting reads the kits that areas had on shelves and that end on a day or later: what is needed to say which of them
// will be left over, and a third of the work.
func readLasting(ctx context.Context, tx *store.Tx, areas []int, day, today civil.Date) (map[int][]lotSum, error) {
	if day < today && day != day.Month().Last() {
		return readStock(ctx, tx, byArea, areas, day, today)
	}
	in, args := idList(areas)
	d := dueSums{}
	shelf, _, _ := strings.Cut(dueColumns(day, today), ", ")
	err := d.takeEach(ctx, tx, 1, lastDay, shelf, "expiry_count WHERE area IN ("+in+") AND last >= ?", append(args, int(day))...)
	if err == nil && day < today {
		err = d.takeEach(ctx, tx, -1, lastDay, "shelf", "expiry_month WHERE area IN ("+in+") AND month > ? AND last >= ?", append(args, int(day.Month()), int(day))...)
	}
	return d, err
}

// readStockFrom is readStock by area where days before one matter only as past: see readDue.
func readStockFrom(ctx context.Context, tx *store.Tx, areas []int, from, day, today civil.Date) (map[int][]lotSum, error) {
	if day < today && day != day.Month().Last() {
		return readStock(ctx, tx, byArea, areas, day, today)
	}
	return readDue(ctx, tx, areas, from, day, today)
}

// readShelves is readStock by area where last days matter only as before or after a few days, in order: what ends before
// the first of cuts, what ends from each on and before the next, and what ends on a day that is not known. Each comes as
// one lotSum, with the day of the cut it begins with as its last day, and that before all as the day before the first. What
// is not wanted is 0.
func readShelves(ctx context.Context, tx *store.Tx, want wanted, areas []int, day, today civil.Date, cuts ...civil.Date) (map[int][]lotSum, error) {
	if day < today && day != day.Month().Last() {
		return readStock(ctx, tx, byArea, areas, day, today)
	}
	in, args := idList(areas)
	d := dueSums{}
	last := func(part int) civil.Date {
		switch {
		case part < 0:
			return civil.None
		case part == 0:
			return cuts[0] - 1
		}
		return cuts[part-1]
	}
	const end = 1<<31 - 1
	for part := -1; part <= len(cuts); part++ { // each a short range of the key
		from, to := -1, 0
		if part >= 0 {
			from, to = to, end
		}
		if part > 0 {
			from = int(cuts[part-1])
		}
		if part >= 0 && part < len(cuts) {
			to = int(cuts[part])
		}
		err := d.take(ctx, tx, 1, last, fmt.Sprintf("SELECT area, %d, ", part)+want.of(dueColumns(day, today))+" FROM expiry_count WHERE area IN ("+in+") AND last >= ? AND last < ? GROUP BY area",
			append(args, from, to)...)
		if err != nil {
			return nil, err
		}
	}
	if day >= today {
		return d, nil
	}
	var part strings.Builder
	for i, cut := range cuts {
		fmt.Fprintf(&part, " WHEN last < %d THEN %d", cut, i)
	}
	err := d.take(ctx, tx, -1, last, fmt.Sprintf("SELECT area, CASE WHEN last < 0 THEN -1%s ELSE %d END, ", part.String(), len(cuts))+want.of(dueNow)+
		" FROM expiry_month WHERE area IN ("+in+") AND month > ? GROUP BY 1, 2", append(args, int(day.Month()))...)
	return d, err
}
