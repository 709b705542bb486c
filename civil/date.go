// Package civil holds the calendar as people in services use it: days, months, expiry dates as printed on a pack, and
// reporting periods. Nothing here has a clock or a time zone: a kit that expires on 30 November expires on 30 November
// everywhere, and no server setting can move it by a day.
//
// A Date is a number of days, small enough to be a column of the ledger and quick to compare. An Expiry keeps the
// precision that was printed ("2026-11" means the last day of November 2026). A Period is a stretch of whole months:
// a financial year 2021/22, a quarter 2021/22-Q2, a year 2021 or a month 2021-07.
//
// Start reading at Date; then expiry.go, period.go.
package civil

import (
	"fmt"
	"strings"
	"time"
)

// Date is a civil date: days since 1970-01-01. The zero Date is 1970-01-01, which no kit of ours has seen; None is "no date".
type Date int32

// None is the absence of a date.
const None Date = -1 << 31

// MinYear and MaxYear bound every date that Everykit accepts.
const (
	MinYear = 1990
	MaxYear = 2199
)

// On makes a date from year, month and day; days past the end of the month run on, as in time.Date.
func On(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// In gives the civil date of an instant in a place's time zone.
func In(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return On(y, m, d)
}

// Time is midnight UTC of the date, for formatting only.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Parts gives year, month and day.
func (d Date) Parts() (int, time.Month, int) { return d.Time().Date() }

// Month gives the month the date lies in.
func (d Date) Month() Month {
	y, m, _ := d.Parts()
	return MonthOf(y, m)
}

// String is ISO: 2026-11-23; empty for None.
func (d Date) String() string {
	if d == None {
		return ""
	}
	y, m, day := d.Parts()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), day)
}

// Words is how a page writes it: 23 November 2026.
func (d Date) Words() string {
	if d == None {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// ParseDate reads 2026-11-23 and 23/11/2026 (also with . or -, and a day or month of one digit).
func ParseDate(s string) (Date, error) {
	if y, m, d, ok := splitDate(s); ok {
		if date, ok := check(y, m, d); ok {
			return date, nil
		}
		return None, fmt.Errorf("%q is not a day of the calendar between %d and %d", s, MinYear, MaxYear)
	}
	return None, fmt.Errorf("%q is not a date; write 2026-11-23 or 23/11/2026", s)
}

// splitDate finds year, month and day in either form, without judging them.
func splitDate(s string) (y, m, d int, ok bool) {
	var n [3]int
	var digits [3]int
	part := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			if digits[part]++; digits[part] > 4 {
				return 0, 0, 0, false
			}
			n[part] = n[part]*10 + int(c-'0')
		case (c == '-' || c == '/' || c == '.') && part < 2 && digits[part] > 0:
			part++
		default:
			return 0, 0, 0, false
		}
	}
	switch {
	case part != 2 || digits[1] > 2 || digits[1] == 0:
		return 0, 0, 0, false
	case digits[0] == 4 && digits[2] <= 2 && digits[2] > 0:
		return n[0], n[1], n[2], true
	case digits[2] == 4 && digits[0] <= 2:
		return n[2], n[1], n[0], true
	}
	return 0, 0, 0, false
}

// check gives the date if it is one of the calendar and within MinYear and MaxYear.
func check(y, m, d int) (Date, bool) {
	if y < MinYear || y > MaxYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return None, false
	}
	return On(y, time.Month(m), d), true
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Month is a civil month: years since year 0 times 12, plus the month less one.
type Month int32

// MonthOf makes a Month.
func MonthOf(year int, m time.Month) Month { return Month(year*12 + int(m) - 1) }

// First is the first day of the month.
func (m Month) First() Date { return On(int(m)/12, time.Month(int(m)%12+1), 1) }

// Last is the last day of the month.
func (m Month) Last() Date { return (m + 1).First() - 1 }

// String is 2026-11.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// Words is November 2026.
func (m Month) Words() string { return m.First().Time().Format("January 2006") }

// Short is Nov 26, for the axis of a chart.
func (m Month) Short() string { return m.First().Time().Format("Jan 06") }

// fold makes what was typed comparable: no spaces at the ends, upper case.
func fold(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }
