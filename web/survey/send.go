package survey

import (
	"everykit/civil"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

// sendingDoes says what sending a draft does: how many letters, by when an answer is due and why, and who cannot be written
// to.
func sendingDoes(v *desk.Visit, r *survey.Round, replies []survey.Reply) (stepBody, error) {
	b := stepBody{}
	for i := range replies {
		if replies[i].Email == "" {
			b.Missing = append(b.Missing, replies[i].Name)
		}
	}
	letters := len(replies) - len(b.Missing)
	b.Does = []string{
		page.Plural(int64(letters), "letter goes", "letters go") + " out by e-mail, to " + whole(respondents(replies)) + withoutThose(len(b.Missing)) + ". Each has a personal link.",
	}
	due, why := dueOf(r, v.Ledger.Today())
	if !unset(due) {
		b.Does = append(b.Does, "An answer is due by "+due.Words()+". "+why)
	}
	b.Does = append(b.Does,
		"Reminders go out by themselves, a week before that day and on the day after, to whoever has not answered.",
		page.Plural(int64(len(r.Questions)), "question stands", "questions stand")+" as they are now. They cannot be changed any more.",
	)
	if !unset(r.ClosesOn) {
		b.Does = append(b.Does, "The round closes by itself on "+r.ClosesOn.Words()+".")
	}
	if letters == 0 && len(replies) > 0 {
		b.Careful = append(b.Careful, "Nobody has an address yet, so that everybody has to be asked on paper.")
	}
	if unset(due) {
		b.Careful = append(b.Careful, "No law runs the clock, and no day is set by which to answer. Set one first.")
	}
	b.Press = "Send " + page.Plural(int64(letters), "letter", "letters") + " now"
	if letters == 0 {
		b.Press = "Open the round"
	}
	return b, nil
}

func withoutThose(n int) string {
	if n == 0 {
		return ""
	}
	return ", but for " + page.Plural(int64(n), "that has no address", "that have no address")
}

// dueOf is by when an answer is due to what is received on a day, and why.
func dueOf(r *survey.Round, today civil.Date) (due civil.Date, why string) {
	if r.Act == survey.NoAct {
		return r.DueOn, "It is the day that you chose: no law runs the clock."
	}
	due = survey.DueOn(r.Act, today)
	why = "It is the " + ordinal(survey.WorkingDays) + " working day after today, by the " + actName(r.Act) + ". " + freeDays(r.Act, today, due)
	switch {
	case !unset(r.DueOn) && r.DueOn > due:
		return r.DueOn, "You chose this day; the law asks for an answer by " + due.Words() + "."
	case !unset(r.DueOn) && r.DueOn < due:
		why += " You chose " + r.DueOn.Words() + ", which is sooner: the law’s day counts."
	}
	return due, why
}

func ordinal(n int) string { return page.Number(int64(n)) + "th" }

// freeDays names the days between that do not count.
func freeDays(act survey.Act, from, to civil.Date) string {
	var days []string
	for d := from + 1; d <= to; d++ {
		if w := d.Time().Weekday(); w != 0 && w != 6 && !survey.IsWorkingDay(act, d) {
			days = append(days, d.Time().Format("2 January"))
		}
	}
	if len(days) == 0 {
		return "Saturdays and Sundays do not count."
	}
	return "Saturdays, Sundays, and " + joined(days, "and") + " do not count."
}
