package check

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/language"
	"everykit/reminder"
	"everykit/web/desk"
)

// calendar answers with a file of the days to look at a kit. It names no medicine, and nothing is stored.
func calendar(v *desk.Visit) error {
	k, err := kitOf(v, v.R.URL.Query())
	if err != nil {
		return err
	}
	today := v.Ledger.Today()
	if !k.printed.Known || k.printed.Last < today {
		return fault.New(fault.Invalid, "%s", v.T("check.calendar-none")).Hint("%s", v.T("check.calendar-none-hint"))
	}
	h := v.W.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="check-date.ics"`)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(v.W, calendarFile(v.Words(), k.printed.Last, today, v.DB.Now())) // whoever asked may have gone
	return nil
}

// calendarFile is an iCalendar file (RFC 5545) with the days to come of two: some days before the last, and the last. They
// are dates without a time, so that no time zone moves them.
func calendarFile(words *language.Words, last, today civil.Date, now time.Time) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(folded(text) + "\r\n") }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//Check date//EN")
	for _, day := range []civil.Date{last - reminder.DaysBefore, last} {
		if day < today {
			continue
		}
		text := words.T("check.calendar-soon", "date", last)
		if day == last {
			text = words.T("check.calendar-last")
		}
		line("BEGIN:VEVENT")
		line("UID:" + eventID(day, last))
		line("DTSTAMP:" + now.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE:" + dateText(day))
		line("DTEND;VALUE=DATE:" + dateText(day+1)) // the first day that is not in it
		line("SUMMARY:" + escaped(words.T("check.calendar-title")))
		line("DESCRIPTION:" + escaped(text))
		line("TRANSP:TRANSPARENT")
		line("BEGIN:VALARM")
		line("ACTION:DISPLAY")
		line("DESCRIPTION:" + escaped(words.T("check.calendar-title")))
		line("TRIGGER:PT9H")
		line("END:VALARM")
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return b.String()
}

// eventID is the same for the same days, so that a file opened twice makes one entry.
func eventID(day, last civil.Date) string {
	sum := sha256.Sum256([]byte(day.String() + " " + last.String()))
	return hex.EncodeToString(sum[:16]) + "@check-date.invalid"
}

func dateText(d civil.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// escaped is a text as a value (RFC 5545, 3.3.11).
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// mostOctets is how long a line may be without its end (RFC 5545, 3.1).
const mostOctets = 75

// folded breaks a long line: what follows goes on after a space, and no letter is cut.
func folded(s string) string {
	var b strings.Builder
	room := mostOctets
	for _, r := range s {
		n := len(string(r))
		if n > room {
			b.WriteString("\r\n ")
			room = mostOctets - 1
		}
		b.WriteRune(r)
		room -= n
	}
	return b.String()
}
