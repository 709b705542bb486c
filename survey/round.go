package survey

import (
	"everykit/civil"
)

// State is how far a round has come. Numbers are stored.
type State uint8

// The states.
const (
	Draft     State = 1 // being written; nobody has been asked
	Open      State = 2 // sent; answers are taken
	Closed    State = 3 // no more answers by link; staff may still correct
	Published State = 4 // findings and answers are open data
)

// String is the state's key.
func (s State) String() string {
	return keyOf([]string{"", "draft", "open", "closed", "published"}, int(s))
}

// Words is how a page writes it.
func (s State) Words() string {
	return keyOf([]string{"", "Draft", "Open", "Closed", "Published"}, int(s))
}

// Act is the law whose clock a round runs by. Numbers are stored.
type Act uint8

// The Acts.
const (
	NoAct       Act = 0 // no statutory clock: the day given counts
	Act2000     Act = 1 // Freedom of Information Act 2000: bank holidays of any part of the UK are no working days
	ActScotland Act = 2 // Freedom of Information (Scotland) Act 2002: Scottish ones
)

// String is the Act's key.
func (a Act) String() string { return keyOf([]string{"none", "2000", "scotland"}, int(a)) }

// Words is how a page writes it.
func (a Act) Words() string {
	return keyOf([]string{"No Act: a day of our own", "Freedom of Information Act 2000", "Freedom of Information (Scotland) Act 2002"}, int(a))
}

// Round is one survey.
type Round struct {
	ID        int
	Key       string // in addresses and files: 2017-18
	Title     string
	Nation    int
	Period    civil.Period // the financial year it asks about
	Act       Act
	State     State
	Questions []Question
	Letter    string     // words of the invitation, before the link; empty: ours
	Contact   string     // whom to write to with questions, or when the link no longer takes answers
	SentOn    civil.Date // civil.None until open, and of a round that came in by a file
	DueOn     civil.Date // 20 working days after, or the day chosen
	ClosesOn  civil.Date // that morning it closes; civil.None: closed by hand
	MadeBy    int
	ClosedOn  civil.Date // civil.None until closed, and of a round that came in by a file
	Imported  bool       // asked elsewhere: it came in by a file
}

// IsOpen reports whether it takes answers by link.
func (r *Round) IsOpen() bool { return r.State == Open }

// Ended reports whether it no longer takes answers by link.
func (r *Round) Ended() bool { return r.State >= Closed }

// question finds one by its key, nil if there is none.
func (r *Round) question(key string) *Question {
	for i := range r.Questions {
		if r.Questions[i].Key == key {
			return &r.Questions[i]
		}
	}
	return nil
}

// QuestionsOf are the questions that a kind of respondent is asked, in order.
func (r *Round) QuestionsOf(kind RespondentKind) []Question {
	var list []Question
	for _, q := range r.Questions {
		if q.IsFor(kind) {
			list = append(list, q)
		}
	}
	return list
}

// Asked are the questions that a kind of respondent is asked and that their answers so far do not leave out.
func (r *Round) Asked(kind RespondentKind, answers map[string]Answer) []Question {
	out := r.leftOut(kind, answers)
	var list []Question
	for _, q := range r.Questions {
		if q.IsFor(kind) && !out[q.Key] {
			list = append(list, q)
		}
	}
	return list
}

// Missing are the questions that must be answered and are not yet.
func (r *Round) Missing(kind RespondentKind, answers map[string]Answer) []Question {
	var list []Question
	var out map[string]bool
	for i := range r.Questions {
		q := &r.Questions[i]
		if _, has := answers[q.Key]; !q.Need || has || !q.IsFor(kind) || !q.Only.holds(answers) {
			continue
		}
		if out == nil {
			out = r.leftOut(kind, answers)
		}
		if !out[q.Key] {
			list = append(list, *q)
		}
	}
	return list
}

// leftOut are the questions that the skip rules leave out: those whose condition has an answer that does not meet it, or
// is left out itself. While the condition is unanswered nothing is left out.
func (r *Round) leftOut(kind RespondentKind, answers map[string]Answer) map[string]bool {
	out := map[string]bool{}
	for i := range r.Questions {
		q := &r.Questions[i]
		if !q.IsFor(kind) || q.Only == nil {
			continue
		}
		_, answered := answers[q.Only.Question]
		if out[q.Only.Question] || (answered && !q.Only.holds(answers)) {
			out[q.Key] = true
		}
	}
	return out
}

func keyOf(list []string, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i]
}
