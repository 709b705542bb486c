package ledger

import (
	"cmp"
	"strconv"
	"strings"
)

// AnyKind is the kind under which year_count has the entries of every kind together.
const AnyKind Kind = 0

// AllChannels is the kind under which year_count has supplies of all channels together, for figures that look back over
// many years.
const AllChannels Kind = 100

// yearKey is a row of year_count.
type yearKey struct {
	area  int32
	kind  Kind
	year  int32
	split uint8
}

// yearMonths are the numbers of a financial year, from April to March.
type yearMonths [12]int

// years sums what months hold of areas as a whole.
func years(months map[monthKey]*tally) map[yearKey]*yearMonths {
	all := map[yearKey]*yearMonths{}
	add := func(k yearKey, at, n int) {
		y := all[k]
		if y == nil {
			y = &yearMonths{}
			all[k] = y
		}
		y[at] += n
	}
	for k, t := range months {
		if k.outlet != 0 {
			continue
		}
		year := yearOf(k.month)
		at := int(k.month) - 3 - year*12
		n := t.kits
		if k.kind == KindUnmet {
			n = t.times
		}
		add(yearKey{k.area, k.kind, int32(year), k.split}, at, n)
		if k.kind == KindSupply {
			add(yearKey{k.area, AllChannels, int32(year), 0}, at, t.kits)
		}
		add(yearKey{k.area, AnyKind, int32(year), 0}, at, t.times)
	}
	return all
}

// yearColumns are those of the months: m4 to m12, m1 to m3.
var yearColumns = func() (c [12]string) {
	for i := range c {
		c[i] = "m" + strconv.Itoa((i+3)%12+1)
	}
	return c
}()

var (
	yearColumnList = strings.Join(yearColumns[:], ", ")

	// A single entry changes one month.
	yearHeads, yearTails = func() (heads, tails [12]string) {
		for i, c := range yearColumns {
			heads[i] = "INSERT INTO year_count (area, kind, year, split, " + c + ") VALUES"
			tails[i] = upsertTail("year_count", "area, kind, year, split", c)
		}
		return heads, tails
	}()

	yearHead = "INSERT INTO year_count (area, kind, year, split, " + yearColumnList + ") VALUES"
	yearTail = upsertTail("year_count", "area, kind, year, split", yearColumns[:]...)
)

func (b *batch) yearRows() rows {
	all := years(b.months)
	only := onlyMonth(all)
	v := make([]any, 0, len(all)*16)
	for _, k := range sorted(all, func(a, c yearKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.kind, c.kind), cmp.Compare(a.year, c.year), cmp.Compare(a.split, c.split))
	}) {
		if y := all[k]; *y != (yearMonths{}) {
			v = append(v, int(k.area), int(k.kind), int(k.year), int(k.split))
			if only >= 0 {
				v = append(v, y[only])
				continue
			}
			for _, n := range y {
				v = append(v, n)
			}
		}
	}
	if only >= 0 {
		return rows{yearHeads[only], 5, v, yearTails[only]}
	}
	return rows{yearHead, 16, v, yearTail}
}

// onlyMonth is the one month of the year that all of some rows have numbers in, -1 if there are several.
func onlyMonth(all map[yearKey]*yearMonths) int {
	only := -1
	for _, y := range all {
		for i, n := range y {
			switch {
			case n == 0 || i == only:
			case only >= 0:
				return -1
			default:
				only = i
			}
		}
	}
	return only
}
