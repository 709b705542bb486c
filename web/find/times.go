package find

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"everykit/civil"
	"everykit/language"
	"everykit/registry"
)

// hoursNow is whether an outlet is open, and when that changes.
type hoursNow struct {
	state   openState
	changes time.Time // nought: not within two weeks
	holiday bool      // it is a bank holiday, and nobody said what that means here
}

type openState uint8

const (
	openUnknown openState = iota
	openNow
	openLater
)

func (p *place) openAt(c clock) hoursNow {
	if p.hours == nil {
		return hoursNow{}
	}
	h := hoursNow{state: openLater}
	if p.hours.OpenAt(c.now, c.zone, p.holiday) {
		h.state = openNow
	}
	if at, ok := p.hours.Changes(c.now, c.zone, p.holiday); ok {
		h.changes = at
	}
	_, told := p.hours.Holidays()
	h.holiday = !told && p.holiday(c.today())
	return h
}

// dayKeys are the messages of the days of the week, by time.Weekday.
var dayKeys = [...]string{"find.sunday", "find.monday", "find.tuesday", "find.wednesday", "find.thursday", "find.friday", "find.saturday"}

func timeWords(minutes int) string {
	minutes %= 24 * 60
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// sentence says whether it is open, and until or from when; nothing where that is not known.
func (h hoursNow) sentence(w *language.Words, c clock) string {
	at := h.changes.In(c.zone)
	clockTime := timeWords(at.Hour()*60 + at.Minute())
	days := int(civil.In(at, c.zone) - c.today())
	switch {
	case h.state == openUnknown:
		return ""
	case h.state == openNow && h.changes.IsZero():
		return w.T("find.open-always")
	case h.state == openNow && days > 1:
		return w.T("find.open-now-line")
	case h.state == openNow:
		return w.T("find.open-until", "time", clockTime)
	case h.changes.IsZero():
		return w.T("find.closed-line")
	case days == 0:
		return w.T("find.opens-today", "time", clockTime)
	case days == 1:
		return w.T("find.opens-tomorrow", "time", clockTime)
	case days < 7:
		return w.T("find.opens-on", "day", w.T(dayKeys[at.Weekday()]), "time", clockTime)
	}
	return w.T("find.opens-on", "day", w.Date(civil.In(at, c.zone)), "time", clockTime)
}

// openDay is a line of the opening times.
type openDay struct{ Days, Times string }

// week is the opening times as a list: days that are alike and follow each other in one line, Monday first.
func week(w *language.Words, h *registry.Hours) []openDay {
	if h == nil {
		return nil
	}
	var list []openDay
	for first := 1; first <= 7; {
		last := first
		for last < 7 && slices.Equal(h.Day(time.Weekday((last+1)%7)), h.Day(time.Weekday(first%7))) {
			last++
		}
		d := openDay{Days: w.T(dayKeys[first%7]), Times: spans(w, h.Day(time.Weekday(first%7)))}
		if last > first {
			d.Days = w.T("find.days", "from", d.Days, "to", w.T(dayKeys[last%7]))
		}
		list = append(list, d)
		first = last + 1
	}
	if times, told := h.Holidays(); told {
		list = append(list, openDay{Days: w.T("find.holidays"), Times: spans(w, times)})
	}
	return list
}

func spans(w *language.Words, list []registry.Opening) string {
	if len(list) == 0 {
		return w.T("find.shut")
	}
	var words []string
	for _, o := range list {
		if o.WholeDay() {
			return w.T("find.whole-day")
		}
		words = append(words, w.T("find.times", "from", timeWords(o.From), "to", timeWords(o.To)))
	}
	return strings.Join(words, ", ")
}
