package registry

import (
	"slices"
	"time"

	"everykit/civil"
)

// Opening is one span of a day, in minutes since its midnight. To may pass 1440: it then runs into the next day.
type Opening struct{ From, To int }

// WholeDay reports whether it is a day from midnight to midnight.
func (o Opening) WholeDay() bool { return o.From == 0 && o.To == dayMinutes }

// Day lists when it is open on a day of the week that is no public holiday, in order.
func (h *Hours) Day(day time.Weekday) []Opening { return openings(h.week[day]) }

// Holidays lists when it is open on public holidays. told is false where nothing is said of them: they are ordinary days.
func (h *Hours) Holidays() (list []Opening, told bool) { return openings(h.holiday), h.onPH }

func openings(spans []span) []Opening {
	list := make([]Opening, len(spans))
	for i, s := range spans {
		list[i] = Opening{s.from, s.to}
	}
	slices.SortFunc(list, func(a, b Opening) int { return a.From - b.From })
	return list
}

// changeDays is how far ahead Changes looks: past the longest run of public holidays and a week.
const changeDays = 15

// Changes is the next instant at which it closes, if it is open, or opens, if it is not. ok is false where that is not
// within two weeks: it never closes, or never opens. place and holiday are as for OpenAt.
func (h *Hours) Changes(t time.Time, place *time.Location, holiday func(civil.Date) bool) (at time.Time, ok bool) {
	open, today := h.OpenAt(t, place, holiday), civil.In(t, place)
	var edges []time.Time
	for day := today - 1; day <= today+changeDays; day++ {
		y, m, d := day.Parts()
		for _, s := range h.on(day, holiday) {
			edges = append(edges, time.Date(y, m, d, 0, s.from, 0, 0, place), time.Date(y, m, d, 0, s.to, 0, 0, place))
		}
		edges = append(edges, time.Date(y, m, d, 0, 0, 0, 0, place)) // a span of the night ends with its holiday
	}
	slices.SortFunc(edges, time.Time.Compare)
	for _, e := range edges {
		if e.After(t) && h.OpenAt(e, place, holiday) != open {
			return e, true
		}
	}
	return time.Time{}, false
}
