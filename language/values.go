package language

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"everykit/civil"
)

// fill is a value as this language writes it. A place that no pair fills stays as it is: a test finds it.
func (w *Words) fill(place string, pairs []any) string {
	switch v := value(place, pairs).(type) {
	case nil:
		return "{" + place + "}"
	case string:
		return v
	case civil.Date:
		return w.Date(v)
	case civil.Expiry:
		return w.Expiry(v)
	default:
		if n, ok := whole(v); ok {
			return w.Number(n)
		}
		return fmt.Sprint(v)
	}
}

// whole is a whole number of any size as an int64.
func whole(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case uint32:
		return int64(n), true
	}
	return 0, false
}

// Number writes a whole number: 1,234,567.
func (w *Words) Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	between := w.T("numbers.thousands")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + between + s[i:]
	}
	return sign + s
}

// Decimal writes a number to a fixed count of places. What is not a number is said in words to be not known.
func (w *Words) Decimal(x float64, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return w.T("numbers.not-known")
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', places, 64)
	before, after, _ := strings.Cut(s, ".")
	if n, err := strconv.ParseInt(before, 10, 64); err == nil {
		before = w.Number(n)
	}
	if after != "" {
		before += w.T("numbers.point") + after
	}
	if x < 0 && strings.Trim(s, "0.") != "" {
		before = "−" + before
	}
	return before
}

// monthKeys are the messages of the months, January first.
var monthKeys = [...]string{
	"dates.january", "dates.february", "dates.march", "dates.april", "dates.may", "dates.june", "dates.july", "dates.august",
	"dates.september", "dates.october", "dates.november", "dates.december",
}

// Date writes a civil date: 15 November 2026.
func (w *Words) Date(d civil.Date) string {
	if d == civil.None {
		return d.Words()
	}
	y, m, day := d.Parts()
	return w.T("dates.day", "day", strconv.Itoa(day), "month", w.T(monthKeys[m-1]), "year", strconv.Itoa(y))
}

// Expiry writes a date as a pack has it: 15 November 2026, or end of November 2026 where only a month is printed.
func (w *Words) Expiry(e civil.Expiry) string {
	switch {
	case !e.Known:
		return w.T("dates.not-known")
	case e.Day:
		return w.Date(e.Last)
	}
	return w.monthly("dates.end-of-month", e)
}

// ExpiryWithin is Expiry within a sentence: the end of November 2026.
func (w *Words) ExpiryWithin(e civil.Expiry) string {
	if e.Known && !e.Day {
		return w.monthly("dates.the-end-of-month", e)
	}
	return w.Expiry(e)
}

func (w *Words) monthly(key string, e civil.Expiry) string {
	y, m, _ := e.Last.Parts()
	return w.T(key, "month", w.T(monthKeys[m-1]), "year", strconv.Itoa(y))
}
