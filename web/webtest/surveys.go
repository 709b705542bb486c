package webtest

import (
	"regexp"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/staff"
	"everykit/survey"
)

// What the open and the published round of a world hold that is not for everybody.
const (
	AskedAt      = "questions@barking.example.org"                // where Home's authority is asked
	PrivateWords = "these words of Barking are not for everybody" // its answer to a question whose answers are not published
)

// AnswerLinks sends what waits in the outbox and gives the addresses of all personal links to questions in the letters so
// far.
func (w *World) AnswerLinks() []string {
	w.t.Helper()
	return w.inLetters(askedBy)
}

var askedBy = regexp.MustCompile(`/s/[0-9a-z]+-[0-9a-z]{26}`)

// rounds are four of Home's nation, which ask few, so that a world is made quickly: Home's authority, and on paper that of
// Across. Home's has answered the open one in part, and is asked about one of its answers.
func (w *World) rounds() {
	w.t.Helper()
	w.Respondent = 1
	by, year := staff.Operator(), civil.FinancialYearOf(Today)
	last := year.Before()
	past, closed := w.round(last.Before(), ""), w.round(last.Before().Before(), "")
	w.Must(w.Surveys.Open(w.ctx, by, past.ID))
	letter := answers(58, 90)
	letter.Source, letter.Name, letter.Letter = "letter of 3 March", "answer.txt", []byte("We gave out 58 kits.\n")
	w.Must(w.Surveys.AnswerFor(w.ctx, by, past.ID, w.Respondent, letter))
	w.Must(w.Surveys.AnswerFor(w.ctx, by, past.ID, w.Respondent+1, answers(20, 20)))
	w.Must(w.Surveys.Close(w.ctx, by, past.ID))
	w.Must(w.Surveys.Publish(w.ctx, by, past.ID))
	w.Must(w.Surveys.Open(w.ctx, by, closed.ID))
	w.Must(w.Surveys.Close(w.ctx, by, closed.ID))

	open := w.round(last, AskedAt)
	w.Must(w.Surveys.Open(w.ctx, by, open.ID))
	links := w.AnswerLinks()
	if len(links) != 1 {
		w.t.Fatalf("there are %d links to the questions", len(links))
	}
	part := answers(61, 90)
	part.Done = false
	delete(part.Answers, "dispensed")
	w.Must(w.Surveys.AnswerFor(w.ctx, by, open.ID, w.Respondent, part))
	w.Must(w.Surveys.Ask(w.ctx, by, open.ID, w.Respondent, "purchased", "Are these boxes or kits?"))

	w.PastRound, w.ClosedRound, w.OpenRound, w.NextRound, w.AnswerLink = past.Key, closed.Key, open.Key, w.round(year, AskedAt).Key, links[0]
}

// round makes a draft about a year.
func (w *World) round(year civil.Period, email string) *survey.Round {
	w.t.Helper()
	r := &survey.Round{
		Title: "Take-home naloxone in England, " + year.String(), Nation: w.Nation(w.Home).ID, Period: year, Act: survey.Act2000,
		DueOn: civil.None, ClosesOn: civil.None, Contact: "naloxone@example.org",
	}
	w.Must(w.Surveys.Save(w.ctx, staff.Operator(), r))
	w.Must(w.Surveys.SaveRespondents(w.ctx, staff.Operator(), r.ID, []survey.Respondent{
		{Number: w.Respondent, Kind: survey.Authority, Area: w.Home.Area, Email: email},
		{Number: w.Respondent + 1, Kind: survey.Authority, Area: w.Across.Area},
	}))
	return r
}

// answers are to all that must be answered, and some words.
func answers(given, bought float64) survey.Sent {
	chose := func(option string) survey.Answer {
		return survey.Answer{Options: []string{option}, State: measure.Reported}
	}
	number := func(n float64) survey.Answer { return survey.Answer{Number: &n, State: measure.Reported} }
	return survey.Sent{ID: ledger.NewID(), Done: true, Answers: map[string]survey.Answer{
		"provides": chose("yes"), "dispensed": number(given), "purchased": number(bought), "policy": chose("yes"), "gives": chose("drug_treatment"), "recipients": chose("in_treatment"),
		"requires": chose("training"), "records_purchased": chose("yes"), "records_dispensed": chose("yes"), "monitors_expiry": chose("no"), "clients": number(500),
		"comments": {Text: PrivateWords, State: measure.Reported},
	}}
}
