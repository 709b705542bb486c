package civil

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Expiry is a use-by date as printed on a pack: the last day of use and whether a day was printed or only a month.
// The zero Expiry is "not known".
type Expiry struct {
	Last  Date // last day on which the kit is in date; meaningless when Known is false
	Known bool
	Day   bool // a day was printed, not only a month
}

// ExpiresOn is an expiry printed with its day.
func ExpiresOn(d Date) Expiry { return Expiry{Last: d, Known: true, Day: true} }

// ExpiresIn is an expiry printed as a month: the last day of that month.
func ExpiresIn(m Month) Expiry { return Expiry{Last: m.Last(), Known: true} }

// ParseExpiry reads an expiry in any form found on packs and in files: 2026-11, 2026-11-15, 11/2026, 11/26, 15/11/2026,
// GS1's YYMMDD (261100 means the month's end) and, empty, not known. A month means its last day.
func ParseExpiry(s string) (Expiry, error) {
	s = fold(s)
	if s == "" {
		return Expiry{}, nil
	}
	if d, err := ParseDate(s); err == nil {
		return ExpiresOn(d), nil
	}
	if len(s) == 6 {
		if _, err := strconv.Atoi(s); err == nil {
			return parseGS1(s)
		}
	}
	a, b, ok := strings.Cut(strings.NewReplacer("-", "/", ".", "/", " ", "/").Replace(s), "/")
	if ok {
		if y, m, ok := yearMonth(a, b); ok {
			return ExpiresIn(MonthOf(y, time.Month(m))), nil
		}
	}
	return Expiry{}, fmt.Errorf("%q is not an expiry date; write it as printed: 11/2026, 11/26, 2026-11 or 15/11/2026", s)
}

// yearMonth reads 2026 and 11, 11 and 2026, 11 and 26, NOV and 2026.
func yearMonth(a, b string) (y, m int, ok bool) {
	if len(a) == 4 && len(b) <= 2 {
		a, b = b, a
	}
	if t, err := time.Parse("Jan", a); err == nil && len(a) == 3 {
		m = int(t.Month())
	} else if m, err = strconv.Atoi(a); err != nil || len(a) > 2 {
		return 0, 0, false
	}
	y, err := strconv.Atoi(b)
	if err != nil || (len(b) != 2 && len(b) != 4) {
		return 0, 0, false
	}
	if len(b) == 2 {
		y += 2000
	}
	return y, m, m >= 1 && m <= 12 && y >= MinYear && y <= MaxYear
}

// parseGS1 reads application identifier 17's YYMMDD; day 00 means the last day of the month (GS1 General
// Specifications 3.4.7). Years 00 to 99 are taken as 2000 to 2099: no kit in use is older.
func parseGS1(s string) (Expiry, error) {
	n, _ := strconv.Atoi(s)
	y, m, d := 2000+n/10000, n/100%100, n%100
	if m >= 1 && m <= 12 {
		if d == 0 {
			return ExpiresIn(MonthOf(y, time.Month(m))), nil
		}
		if date, ok := check(y, m, d); ok {
			return ExpiresOn(date), nil
		}
	}
	return Expiry{}, fmt.Errorf("%q is not a date in the form YYMMDD of a pack's code", s)
}

// String keeps the precision printed: 2026-11 or 2026-11-15; empty when not known.
func (e Expiry) String() string {
	switch {
	case !e.Known:
		return ""
	case e.Day:
		return e.Last.String()
	}
	return e.Last.Month().String()
}

// Words is "end of November 2026", "15 November 2026" or "not known".
func (e Expiry) Words() string {
	switch {
	case !e.Known:
		return "not known"
	case e.Day:
		return e.Last.Words()
	}
	return "end of " + e.Last.Month().Words()
}

// Past reports whether the kit is out of date on the given day. An unknown expiry is never known to be past.
func (e Expiry) Past(today Date) bool { return e.Known && e.Last < today }

// DaysLeft is how many days of use are left after today: 0 on the last day, negative when past.
func (e Expiry) DaysLeft(today Date) int { return int(e.Last - today) }

// Agrees reports whether two readings of one pack can both be right: equal, or one of them not known, or one printed
// as a month and the other as that month's last day.
func (e Expiry) Agrees(other Expiry) bool { return !e.Known || !other.Known || e.Last == other.Last }
