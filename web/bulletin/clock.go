package bulletin

import (
	"strconv"
	"strings"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// east is how far the clock where the site is stands before that of Greenwich at an instant, in whole hours.
func east(v *desk.Visit, at time.Time) time.Duration {
	here := int64(v.Ledger.Day(at))*24 + int64(v.Ledger.Hour(at))
	return time.Duration(here-at.Unix()/3600) * time.Hour
}

// local is an instant as the clock where the site is shows it.
func local(v *desk.Visit, at time.Time) time.Time { return at.UTC().Add(east(v, at)) }

// moment writes an instant as the clock where the site is shows it: 29 March 2022, 9:30am.
func moment(v *desk.Visit, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return local(v, at).Format("2 January 2006, 3:04pm")
}

// instantOf reads a day and a time by the clock where the site is: 2022-03-29 and 09:30. It is given in that zone, in which
// letters write it. Both empty is none.
func instantOf(v *desk.Visit, day, hour string) (time.Time, error) {
	day, hour = strings.TrimSpace(day), strings.TrimSpace(hour)
	if day == "" && hour == "" {
		return time.Time{}, nil
	}
	d, err := civil.ParseDate(day)
	if err != nil {
		return time.Time{}, fault.New(fault.Invalid, "choose the day it is to be published").At("embargo_on").Hint("write it like 2026-11-23, or leave day and time empty")
	}
	h, m, ok := strings.Cut(strings.ReplaceAll(hour, ".", ":"), ":")
	hours, err1 := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 {
		return time.Time{}, fault.New(fault.Invalid, "choose the time it is to be published").At("embargo_at").Hint("write it like 09:30")
	}
	shown := d.Time().Add(time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute)
	ahead := east(v, shown.Add(-east(v, shown))) // twice, for the day on which clocks change
	return shown.Add(-ahead).In(time.FixedZone("", int(ahead/time.Second))), nil
}

// words of a day, and none of one that is not set.
func dayCell(d civil.Date) page.Cell {
	if d == 0 || d == civil.None {
		return page.Cell{}
	}
	return page.TextCell(d.Words())
}
