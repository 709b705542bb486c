package survey

import (
	"time"

	"everykit/civil"
)

// WorkingDays is how many an authority has to answer: section 10(1) of the Freedom of Information Act 2000, section 10(1) of
// the Freedom of Information (Scotland) Act 2002.
const WorkingDays = 20

// remindBefore is how many working days before its day an authority is reminded.
const remindBefore = 5

// IsWorkingDay reports whether a day is a working day. By the Act of 2000 (section 10(6)) Saturdays, Sundays, Christmas Day,
// Good Friday and the bank holidays of any part of the United Kingdom are none; by Scotland's Act (section 73) Saturdays,
// Sundays, Christmas Day and Scotland's bank holidays. Where no Act runs the clock days are counted as in the Act of 2000.
func IsWorkingDay(act Act, d civil.Date) bool {
	if isWeekend(d) {
		return false
	}
	if _, m, day := d.Parts(); m == time.December && day == 25 {
		return false
	}
	if act == ActScotland {
		return !isHoliday(scotland, d)
	}
	for p := range parts {
		if isHoliday(p, d) {
			return false
		}
	}
	return true
}

// DueOn is the last day for an answer to what was received on a day: the twentieth working day after it. The day of receipt
// is day 0, whether it is a working day or not.
func DueOn(act Act, received civil.Date) civil.Date {
	return addWorkingDays(act, received, WorkingDays)
}

// addWorkingDays is the nth working day after a day; before it if n is below nought.
func addWorkingDays(act Act, d civil.Date, n int) civil.Date {
	step := civil.Date(1)
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		if d += step; IsWorkingDay(act, d) {
			n--
		}
	}
	return d
}

// begin starts a respondent's clock on the day they have it, if it does not run already. A day that was chosen for the round
// counts where no Act gives one, and where it is later than the Act's.
func (c *change) begin(on civil.Date) {
	if c.w.asked == askedHere {
		return
	}
	c.w.asked, c.w.SentAt, c.w.SentOn = askedHere, c.tx.Now, on
	c.w.DueOn = c.round.dueFrom(on)
}

func (r *Round) dueFrom(on civil.Date) civil.Date {
	if r.Act == NoAct {
		return r.DueOn
	}
	due := DueOn(r.Act, on)
	if r.DueOn != civil.None && r.DueOn > due {
		due = r.DueOn
	}
	return due
}
