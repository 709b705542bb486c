package measure

import (
	"testing"

	"everykit/civil"
	"everykit/ledger"
)

// TestMonthSpans checks, for every beginning and end within four years and every present within them, that the rows chosen
// are each month asked for once and no other, and that whole years are read as years.
func TestMonthSpans(t *testing.T) {
	first := april(2015) + 5
	for now := first; now < first+48; now += 7 {
		for from := first; from < first+48; from++ {
			for to := from; to < first+48; to++ {
				got := map[civil.Month]int{}
				rows := 0
				for _, s := range monthSpans(ledger.AboutReason, from, to, now) {
					for _, is := range s.is {
						rows++
						if s.table == "supply_count" {
							got[civil.Month(is.(int))] += s.sign
							continue
						}
						for m := april(is.(int)); m < april(is.(int)+1); m++ {
							got[m] += s.sign
						}
					}
				}
				months := 0
				for m, n := range got {
					if inside := m >= from && m <= to; n != oneIf(inside) {
						t.Fatalf("from %s to %s: %s is there %d times", from, to, m, n)
					}
					months += n
				}
				if months != int(to-from)+1 {
					t.Fatalf("from %s to %s: %d months", from, to, months)
				}
				if whole := april(yearOf(from)) == from && april(yearOf(to)+1) == to+1; whole && rows != yearOf(to)-yearOf(from)+1 {
					t.Fatalf("from %s to %s: %d rows for whole years", from, to, rows)
				}
			}
		}
	}
	for _, s := range monthSpans(ledger.AboutAge, april(2016), april(2017)-1, april(2018)) {
		if s.table != "supply_count" {
			t.Errorf("ages are not in %s", s.table)
		}
	}
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
