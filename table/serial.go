package table

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Spreadsheets count days. Day 1 is 1 January 1900, and there is a 29 February 1900 (day 60) that never was, kept for
// the sake of an older program; so from 1 March 1900 on, day 0 is 30 December 1899. Workbooks from old Macs may count
// from 1 January 1904 instead. ECMA-376 part 1, section 18.17.4.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

const (
	leapDay  = 60
	lastDay  = 2_958_465 // 31 December 9999
	from1904 = 1462      // days between the two ways to count
	daySecs  = 24 * 60 * 60
)

// plain writes the number of a cell as a person would: 58, not 58.0 or 5.8E+01, and without the noise past the fifteen
// digits that a sheet shows. It is false if v is no number.
func plain(v string) (string, bool) {
	if v = strings.TrimSpace(v); digits(strings.TrimPrefix(v, "-")) {
		return v, true
	}
	if v == "" || strings.Trim(v, "0123456789+-.eE") != "" {
		return "", false
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return "", false
	}
	if f, err = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err != nil {
		return "", false
	}
	return strconv.FormatFloat(f, 'f', -1, 64), true
}

// show writes the number of a cell the way its format means it: a date as 2026-11-23; a month as 2026-11 if the format
// shows no day (people type an expiry so); date and time as 2026-11-23T14:30:00; a time as 14:30:00; a number with the
// leading noughts its format gives it. What is no number or no possible date comes out as a plain number or not at all.
func show(v string, form format, is1904 bool) (string, bool) {
	number, ok := plain(v)
	if !ok || form.shape == asNumber {
		if ok && digits(number) {
			number = strings.Repeat("0", max(0, int(form.width)-len(number))) + number
		}
		return number, ok
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || f < 0 || f > lastDay {
		return number, err == nil
	}
	seconds := int64(math.Round(f * daySecs))
	if form.shape == asElapsed || form.shape == asTime && seconds < daySecs {
		return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60), true
	}
	days := int(seconds / daySecs)
	if form.shape != asMoment && form.shape != asTime {
		days = int(f)
		seconds = 0
	}
	date := civilDay(days, is1904)
	switch {
	case date == "":
		return number, true
	case form.shape == asMonth && strings.HasSuffix(date, "-01"):
		return date[:len("2026-11")], true
	case form.shape == asYear && strings.HasSuffix(date, "-01-01"):
		return date[:len("2026")], true
	}
	if seconds %= daySecs; seconds != 0 {
		date += fmt.Sprintf("T%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	return date, true
}

// civilDay writes a day that a sheet counts as 2026-11-23, "" if there is no such day.
func civilDay(n int, is1904 bool) string {
	if is1904 {
		n += from1904
	}
	if n < leapDay {
		n++
	} else if n == leapDay {
		return ""
	}
	if n > lastDay || n < 2 {
		return ""
	}
	return dayZero.AddDate(0, 0, n).Format(time.DateOnly)
}
