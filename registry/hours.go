package registry

import (
	"fmt"
	"strings"
	"time"

	"everykit/civil"
)

// Hours are opening hours in the common part of OpenStreetMap's opening_hours:
//
//	Mo-Fr 09:00-17:00; Sa 10:00-12:00,13:00-15:00; PH off
//	24/7
//
// Rules are parted by ";", and a later rule replaces an earlier one for the days it names. Days are Mo Tu We Th Fr Sa
// Su, single, in lists (Mo,We) or in spans (Fr-Mo), and PH for public holidays; without days a rule is for every day.
// Times are spans of a 24-hour clock, several parted by ","; one that ends at or before it begins runs past midnight.
// "off" or "closed" is shut; a rule without times is open all day.
type Hours struct {
	week    [7][]span // by time.Weekday
	holiday []span
	onPH    bool // public holidays have a rule of their own
}

// span is minutes since midnight; to may pass 1440 and then runs into the next day.
type span struct{ from, to int }

const (
	dayMinutes = 24 * 60
	wholeDays  = 1<<7 - 1
)

var dayNames = [7]string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}

// ParseHours reads opening hours. The error says which part is not understood.
func ParseHours(s string) (*Hours, error) {
	h := &Hours{}
	rules := splitWords(s, ";")
	if len(rules) == 0 {
		return nil, fmt.Errorf("opening hours are written Mo-Fr 09:00-17:00; Sa 10:00-12:00")
	}
	for _, rule := range rules {
		if err := h.rule(rule); err != nil {
			return nil, fmt.Errorf("%q in the opening hours is not understood: %w; write them as Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off", rule, err)
		}
	}
	return h, nil
}

// rule reads "Mo-Fr 09:00-17:00", taking words as days until one is not.
func (h *Hours) rule(rule string) error {
	if rule == "24/7" {
		rule = "Mo-Su,PH 00:00-24:00"
	}
	rule = strings.NewReplacer(", ", ",", " ,", ",", " - ", "-", "–", "-").Replace(rule)
	days, ph, rest := 0, false, strings.Fields(rule)
	for len(rest) > 0 {
		d, holiday, err := parseDays(rest[0])
		if err != nil {
			if c := rest[0][0]; (c < '0' || c > '9') && !shut(rest[0]) && !strings.EqualFold(rest[0], "open") {
				return err
			}
			break
		}
		days, ph, rest = days|d, ph || holiday, rest[1:]
	}
	if days == 0 && !ph {
		days = wholeDays
	}
	spans, err := parseTimes(rest)
	if err != nil {
		return err
	}
	for d := range h.week {
		if days&(1<<d) != 0 {
			h.week[d] = spans
		}
	}
	if ph {
		h.onPH, h.holiday = true, spans
	}
	return nil
}

func shut(word string) bool {
	return strings.EqualFold(word, "off") || strings.EqualFold(word, "closed")
}

// parseDays reads Mo, Mo-Fr, Fr-Mo, Mo,We,PH as bits of time.Weekday, and whether public holidays are among them.
func parseDays(s string) (days int, holiday bool, err error) {
	for part := range strings.SplitSeq(s, ",") {
		if strings.EqualFold(part, "PH") {
			holiday = true
			continue
		}
		a, b, isSpan := strings.Cut(part, "-")
		from, to := weekday(a), weekday(a)
		if isSpan {
			to = weekday(b)
		}
		if from < 0 || to < 0 {
			return 0, false, fmt.Errorf("%q is not a day: they are Mo Tu We Th Fr Sa Su and PH", part)
		}
		for d := from; ; d = (d + 1) % 7 {
			days |= 1 << d
			if d == to {
				break
			}
		}
	}
	return days, holiday, nil
}

func weekday(s string) int {
	for i, n := range dayNames {
		if strings.EqualFold(n, s) {
			return i
		}
	}
	return -1
}

// parseTimes reads "09:00-12:00,13:00-17:00", "off", or nothing, which is all day.
func parseTimes(words []string) ([]span, error) {
	if n := len(words); n > 0 && strings.EqualFold(words[n-1], "open") {
		words = words[:n-1]
	}
	switch {
	case len(words) == 0:
		return []span{{0, dayMinutes}}, nil
	case len(words) > 1:
		return nil, fmt.Errorf("%q comes after the times", words[1])
	case shut(words[0]):
		return nil, nil
	}
	var spans []span
	for part := range strings.SplitSeq(words[0], ",") {
		a, b, ok := strings.Cut(part, "-")
		from, okFrom := minutes(a)
		to, okTo := minutes(b)
		if !ok || !okFrom || !okTo || from >= dayMinutes {
			return nil, fmt.Errorf("%q is not a span of time such as 09:00-17:00", part)
		}
		if to <= from {
			to += dayMinutes
		}
		spans = append(spans, span{from, to})
	}
	return spans, nil
}

// minutes reads 09:30 as minutes since midnight; 24:00 is the day's end.
func minutes(s string) (int, bool) {
	h, m, ok := strings.Cut(s, ":")
	if !ok || len(h) < 1 || len(h) > 2 || len(m) != 2 || !allDigits(h) || !allDigits(m) {
		return 0, false
	}
	hour, minute := 0, int(m[0]-'0')*10+int(m[1]-'0')
	for _, c := range h {
		hour = hour*10 + int(c-'0')
	}
	n := hour*60 + minute
	return n, minute < 60 && n <= dayMinutes
}

// OpenAt reports whether it is open at an instant, by the clock and calendar of the outlet's place. holiday tells which
// days are public holidays there; nil means none are. A public holiday without a rule of its own is an ordinary day.
func (h *Hours) OpenAt(t time.Time, place *time.Location, holiday func(civil.Date) bool) bool {
	t = t.In(place)
	today, now := civil.In(t, place), t.Hour()*60+t.Minute()
	return within(h.on(today, holiday), now) || within(h.on(today-1, holiday), now+dayMinutes)
}

func (h *Hours) on(day civil.Date, holiday func(civil.Date) bool) []span {
	if h.onPH && holiday != nil && holiday(day) {
		return h.holiday
	}
	return h.week[day.Time().Weekday()]
}

func within(spans []span, minute int) bool {
	for _, s := range spans {
		if s.from <= minute && minute < s.to {
			return true
		}
	}
	return false
}

// OpenAt reports whether an outlet is open at an instant (see Hours.OpenAt). known is false where its hours are not known.
func (o *Outlet) OpenAt(t time.Time, place *time.Location, holiday func(civil.Date) bool) (open, known bool) {
	if !o.OpenOn(civil.In(t, place)) {
		return false, true
	}
	h, err := ParseHours(o.Open)
	if err != nil {
		return false, false
	}
	return h.OpenAt(t, place, holiday), true
}
