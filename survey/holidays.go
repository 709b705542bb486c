package survey

import (
	"slices"
	"sync"
	"time"

	"everykit/civil"
)

// part is a part of the United Kingdom with bank holidays of its own.
type part uint8

const (
	englandAndWales part = iota
	scotland
	northernIreland
	parts // how many there are
)

// Bank holidays are appointed by the Banking and Financial Dealings Act 1971 (its schedule 1) and, as the Act allows, by
// proclamation. What was proclaimed year after year is a rule here; what was proclaimed once is in these two tables.

// extra are holidays of one year, by part.
var extra = map[civil.Date][]part{
	civil.On(2011, time.April, 29):     {englandAndWales, scotland, northernIreland}, // royal wedding
	civil.On(2012, time.June, 4):       {englandAndWales, scotland, northernIreland}, // the spring holiday, moved
	civil.On(2012, time.June, 5):       {englandAndWales, scotland, northernIreland}, // Diamond Jubilee
	civil.On(2020, time.May, 8):        {englandAndWales, scotland, northernIreland}, // the early May holiday, moved: VE Day
	civil.On(2022, time.June, 2):       {englandAndWales, scotland, northernIreland}, // the spring holiday, moved
	civil.On(2022, time.June, 3):       {englandAndWales, scotland, northernIreland}, // Platinum Jubilee
	civil.On(2022, time.September, 19): {englandAndWales, scotland, northernIreland}, // state funeral
	civil.On(2023, time.May, 8):        {englandAndWales, scotland, northernIreland}, // coronation
	civil.On(2026, time.June, 15):      {scotland},                                   // World Cup; proclaimed on 3 February 2026
}

// moved are the days that those took the place of.
var moved = []civil.Date{civil.On(2012, time.May, 28), civil.On(2020, time.May, 4), civil.On(2022, time.May, 30)}

// holidays lists the bank holidays of a part of the UK in a year, in order. All fall on weekdays: for one at a weekend
// another day is appointed.
func holidays(p part, year int) []civil.Date {
	easter := easterSunday(year)
	days := []civil.Date{
		easter - 2, // Good Friday
		nth(year, time.May, time.Monday, 1),
		last(year, time.May, time.Monday),
	}
	newYear := weekdaysFrom(civil.On(year, time.January, 1), 2)
	switch p {
	case scotland:
		days = append(days, newYear...) // 1 and 2 January
		days = append(days, nth(year, time.August, time.Monday, 1), weekdaysFrom(civil.On(year, time.November, 30), 1)[0])
	case northernIreland:
		days = append(days, weekdaysFrom(civil.On(year, time.March, 17), 1)[0], weekdaysFrom(civil.On(year, time.July, 12), 1)[0])
	}
	if p != scotland {
		days = append(days, newYear[0], easter+1, last(year, time.August, time.Monday))
	}
	days = append(days, weekdaysFrom(civil.On(year, time.December, 25), 2)...) // Christmas Day and Boxing Day
	days = slices.DeleteFunc(days, func(d civil.Date) bool { return slices.Contains(moved, d) })
	for d, where := range extra {
		if y, _, _ := d.Parts(); y == year && slices.Contains(where, p) {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

var holidayYears sync.Map // year -> [parts][]civil.Date

// isHoliday reports whether a day is a bank holiday in a part of the UK.
func isHoliday(p part, d civil.Date) bool {
	year, _, _ := d.Parts()
	known, ok := holidayYears.Load(year)
	if !ok {
		var all [parts][]civil.Date
		for p := range parts {
			all[p] = holidays(p, year)
		}
		known, _ = holidayYears.LoadOrStore(year, all)
	}
	_, found := slices.BinarySearch(known.([parts][]civil.Date)[p], d)
	return found
}

// weekdaysFrom are the first n days from a day on that are neither Saturday nor Sunday.
func weekdaysFrom(d civil.Date, n int) []civil.Date {
	var days []civil.Date
	for ; len(days) < n; d++ {
		if !isWeekend(d) {
			days = append(days, d)
		}
	}
	return days
}

func isWeekend(d civil.Date) bool {
	w := d.Time().Weekday()
	return w == time.Saturday || w == time.Sunday
}

// nth is the nth such weekday of a month.
func nth(year int, m time.Month, day time.Weekday, n int) civil.Date {
	first := civil.On(year, m, 1)
	return first + civil.Date((int(day)-int(first.Time().Weekday())+7)%7+7*(n-1))
}

// last is the last such weekday of a month.
func last(year int, m time.Month, day time.Weekday) civil.Date {
	end := civil.On(year, m+1, 1) - 1
	return end - civil.Date((int(end.Time().Weekday())-int(day)+7)%7)
}

// easterSunday is Easter of the Gregorian calendar, by the anonymous rule of 1876 in the form that New Scientist printed on
// 30 March 1961.
func easterSunday(year int) civil.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	n := (h + l - 7*m + 90) / 25
	p := (h + l - 7*m + 33*n + 19) % 32
	return civil.On(year, time.Month(n), p)
}
