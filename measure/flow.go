package measure

import (
	"context"
	"fmt"
	"math/bits"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// flow is what the ledger of one area recorded of one kind in the months of a span of at most 64.
type flow struct {
	began  civil.Month // of its first entry of any kind, ever; 0 if there is none
	kits   map[registry.Channel]int
	active uint64 // a bit for each month with an entry of any kind
	nils   uint64 // a bit for each month that some outlet confirmed as nil
}

// sum adds up the channels that are part of a figure.
func (f *flow) sum(part func(registry.Channel) bool) int {
	n := 0
	for c, kits := range f.kits {
		if part(c) {
			n += kits
		}
	}
	return n
}

// add takes in the ledger of an area whose place this one took.
func (f *flow) add(g *flow) {
	for c, kits := range g.kits {
		f.kits[c] += kits
	}
	f.active |= g.active
	f.nils |= g.nils
	if f.began == 0 || (g.began != 0 && g.began < f.began) {
		f.began = g.began
	}
}

func (f *flow) toldMonths() int { return bits.OnesCount64(f.active | f.nils) }

// readFlows reads what areas recorded of one kind from one month to another, from the rows of year_count in which the
// ledger keeps each area's totals, so that the cost is that of some rows a year, whatever was given out.
func readFlows(ctx context.Context, tx *store.Tx, areas []int, kind ledger.Kind, from, to civil.Month) (map[int]*flow, error) {
	flows := make(map[int]*flow, len(areas))
	for _, a := range areas {
		flows[a] = &flow{kits: map[registry.Channel]int{}}
	}
	if len(areas) == 0 || to < from {
		return flows, readBegan(ctx, tx, areas, flows)
	}
	first, last := yearOf(from), yearOf(to)
	years := make([]any, 0, last-first+1)
	for y := first; y <= last; y++ {
		years = append(years, y)
	}
	in, args := idList(areas)
	// Years are listed, not bounded, so that the key leads straight to each of them.
	which := "area IN (" + in + ") AND kind = ? AND year IN (" + store.Marks(len(years)) + ")"
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area, split, kits int
		if err := scan(&area, &split, &kits); err != nil {
			return err
		}
		flows[area].kits[registry.Channel(split)] += kits
		return nil
	}, "SELECT area, split, "+monthsBetween(from, to)+" FROM year_count WHERE "+which, append(append(args, int(kind)), years...)...)
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var area, year int
		var m [12]int
		if err := scan(&area, &year, &m[0], &m[1], &m[2], &m[3], &m[4], &m[5], &m[6], &m[7], &m[8], &m[9], &m[10], &m[11]); err != nil {
			return err
		}
		for i, entries := range m {
			if month := april(year) + civil.Month(i); entries > 0 && month >= from && month <= to {
				flows[area].active |= 1 << (month - from)
			}
		}
		return nil
	}, "SELECT area, year, "+yearColumns+" FROM year_count WHERE "+which, append(append(args, int(ledger.AnyKind)), years...)...)
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var month civil.Month
		if err := scan(&area, &month); err != nil {
			return err
		}
		flows[area].nils |= 1 << (month - from)
		return nil
	}, "SELECT DISTINCT area, month FROM nil_month WHERE area IN ("+in+") AND month BETWEEN ? AND ?", append(args, int(from), int(to))...)
	if err != nil {
		return nil, err
	}
	return flows, readBegan(ctx, tx, areas, flows)
}

// yearOf is the year in which the financial year of a month begins, which is a row of the ledger's yearly tables.
func yearOf(m civil.Month) int { return int(m-3) / 12 }

// april is the month with which it begins.
func april(year int) civil.Month { return civil.Month(year*12 + 3) }

// yearColumns are the months of a row of year_count, from April to March.
const yearColumns = "m4, m5, m6, m7, m8, m9, m10, m11, m12, m1, m2, m3"

// monthsBetween is, in SQL, the sum of those months of a row of year_count that lie between two. Years without any are not
// to be asked for.
func monthsBetween(from, to civil.Month) string {
	columns := strings.Split(yearColumns, ", ")
	var b strings.Builder
	for y := yearOf(from); y <= yearOf(to); y++ {
		begin, end := max(0, int(from-april(y))), min(11, int(to-april(y)))
		fmt.Fprintf(&b, " WHEN %d THEN %s", y, strings.Join(columns[begin:end+1], " + "))
	}
	return "CASE year" + b.String() + " END"
}

// readBegan finds the month in which each area's ledger begins: one step down the key for each.
func readBegan(ctx context.Context, tx *store.Tx, areas []int, flows map[int]*flow) error {
	if len(areas) == 0 {
		return nil
	}
	in, args := idList(areas)
	return tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var began *civil.Month
		if err := scan(&area, &began); err != nil {
			return err
		}
		if began != nil {
			flows[area].began = *began
		}
		return nil
	}, "SELECT a.id, (SELECT MIN(c.month) FROM month_count c WHERE c.area = a.id AND c.outlet = 0) FROM area a WHERE a.id IN ("+in+")", args...)
}

// idList is "?, ?, ?" and its values.
func idList(ids []int) (marks string, args []any) {
	args = make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return store.Marks(len(ids)), args
}
