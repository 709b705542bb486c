package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Number writes a whole number with commas between thousands: 1,234,567.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Decimal writes a number to a fixed count of places, with commas between thousands. What is not a number is "not
// known", never nought.
func Decimal(x float64, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "not known"
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', places, 64)
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err == nil {
		whole = Number(n)
	}
	if part != "" {
		whole += "." + part
	}
	if x < 0 && strings.Trim(s, "0.") != "" {
		whole = "−" + whole
	}
	return whole
}

// Plural writes a number with the right form of its noun: 1 kit, 2 kits.
func Plural(n int64, one, many string) string {
	if n == 1 || n == -1 {
		return Number(n) + " " + one
	}
	return Number(n) + " " + many
}

// Kits writes a number of kits: 1 kit, 1,234 kits.
func Kits(n int64) string { return Plural(n, "kit", "kits") }

// Doses writes a number of doses.
func Doses(n int64) string { return Plural(n, "dose", "doses") }

// KitsAndDoses writes kits with the doses in them beside: 12 kits (60 doses). A product whose doses are not known (0)
// shows kits alone.
func KitsAndDoses(kits, dosesPerKit int64) string {
	if dosesPerKit <= 0 {
		return Kits(kits)
	}
	return Kits(kits) + " (" + Doses(kits*dosesPerKit) + ")"
}

// DaysWords writes a distance in days from today: today, tomorrow, in 20 days, yesterday, 3 days ago.
func DaysWords(days int) string {
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "yesterday"
	case days > 0:
		return "in " + Plural(int64(days), "day", "days")
	default:
		return Plural(int64(-days), "day", "days") + " ago"
	}
}

// Sentence writes a message as a page shows it: a capital first, a full stop last. The rooms write their messages as Go
// errors are written, without either.
func Sentence(s string) string {
	if s == "" {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if !strings.ContainsAny(s[len(s)-1:], ".!?:") {
		s += "."
	}
	return s
}

// whole turns any whole number a template may hold into an int64.
func whole(n any) (int64, error) {
	switch n := n.(type) {
	case int:
		return int64(n), nil
	case int32:
		return int64(n), nil
	case int64:
		return n, nil
	case uint32:
		return int64(n), nil
	}
	return 0, fmt.Errorf("page: %T is not a whole number", n)
}

// wordFuncs are the functions above for templates; whole numbers of any size are taken.
var wordFuncs = map[string]any{
	"number": func(n any) (string, error) { x, err := whole(n); return Number(x), err },
	"kits":   func(n any) (string, error) { x, err := whole(n); return Kits(x), err },
	"doses":  func(n any) (string, error) { x, err := whole(n); return Doses(x), err },
	"kitsAndDoses": func(n, per any) (string, error) {
		x, err := whole(n)
		if err != nil {
			return "", err
		}
		d, err := whole(per)
		return KitsAndDoses(x, d), err
	},
	"plural": func(n any, one, many string) (string, error) {
		x, err := whole(n)
		return Plural(x, one, many), err
	},
	"decimal": Decimal,
	"inDays":  DaysWords,
}
