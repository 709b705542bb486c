package gs1

import (
	"fmt"
	"time"

	"everykit/civil"
)

// readDate reads YYMMDD. Day 00 is a month without a day, whose last day counts (GS1 General Specifications 3.4.7). The
// century is the one that puts the year between 49 before today's and 50 after it (the same, 7.12).
func readDate(s string, today civil.Date) (civil.Expiry, bool) {
	if len(s) != dateDigits || !allDigits(s) {
		return civil.Expiry{}, false
	}
	two := func(at int) int { return int(s[at]-'0')*10 + int(s[at+1]-'0') }
	year, month, day := century(two(0), today), two(2), two(4)
	if month < 1 || month > 12 || year < civil.MinYear || year > civil.MaxYear {
		return civil.Expiry{}, false
	}
	in := civil.MonthOf(year, time.Month(month))
	if day == 0 {
		return civil.ExpiresIn(in), true
	}
	d := in.First() + civil.Date(day-1)
	if d > in.Last() {
		return civil.Expiry{}, false
	}
	return civil.ExpiresOn(d), true
}

// century gives the full year of one with two digits.
func century(yy int, today civil.Date) int {
	now, _, _ := today.Parts()
	year := now - now%100 + yy
	switch ahead := yy - now%100; {
	case ahead >= 51:
		return year - 100
	case ahead <= -50:
		return year + 100
	}
	return year
}

// writeDate is YYMMDD, with day 00 for a month.
func writeDate(e civil.Expiry) string {
	y, m, d := e.Last.Parts()
	if !e.Day {
		d = 0
	}
	return fmt.Sprintf("%02d%02d%02d", y%100, int(m), d)
}
