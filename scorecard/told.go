package scorecard

import (
	"slices"

	"everykit/civil"
	"everykit/measure"
	"everykit/survey"
)

// told is what a round was answered on one question.
type told struct {
	state   measure.State // Reported where it was answered; else why not
	number  *float64
	options []string
	source  string
	on      civil.Date
	open    civil.Date // the day it is due, while it may still come; civil.None otherwise
}

func (t told) is(option string) bool {
	return t.state == measure.Reported && slices.Contains(t.options, option)
}
func (t told) yes() bool   { return t.is("yes") }
func (t told) no() bool    { return t.is("no") }
func (t told) known() bool { return t.state == measure.Reported }

// answers reads what one authority said.
type answers struct {
	round *survey.Round // nil: there was none
	reply *survey.Reply // nil: it was not asked
}

// of gives the answer to one question, or why there is none.
func (a answers) of(question string) told {
	t := told{state: measure.NotAsked, on: civil.None, open: civil.None}
	if a.round == nil || a.reply == nil || a.private(question) {
		return t
	}
	ans, is := a.reply.Answers[question]
	switch {
	case is && ans.State.HasNumber() || is && ans.State == 0 && !ans.IsBlank():
		t.state, t.number, t.options = measure.Reported, ans.Number, ans.Options
		t.source = "answer to the round " + a.round.Title
		if ans.Source != "" {
			t.source += ": " + ans.Source
		}
		t.on = a.on(ans)
	case is && ans.State != 0:
		t.state, t.on = ans.State, a.on(ans)
		t.source = "answer to the round " + a.round.Title
	default:
		t.state = a.silence()
		t.source = "round " + a.round.Title
		if t.state == measure.NoReply && a.round.State == survey.Open {
			t.open = a.reply.DueOn
		}
	}
	return t
}

// private reports whether the round said that answers to a question are not published: then no card, which anybody may read, tells
// of them.
func (a answers) private(question string) bool {
	return slices.ContainsFunc(a.round.Questions, func(q survey.Question) bool { return q.Private && q.Key == question })
}

// silence is why there is no answer to a question.
func (a answers) silence() measure.State {
	switch a.reply.Status {
	case survey.Refused:
		return measure.Refused
	case survey.InPart, survey.Answered:
		return measure.NotProvided
	case survey.NotSent:
		return measure.NotAsked
	}
	return measure.NoReply
}

// on is the day of an answer: that of the reply, where it is known. What came from a file has the last day of what it is
// about: when the file was made is not when somebody answered.
func (a answers) on(ans survey.Answer) civil.Date {
	switch {
	case ans.By == survey.ByFile:
		return a.round.Period.Last()
	case a.reply.AnsweredOn != civil.None && a.reply.AnsweredOn != 0:
		return a.reply.AnsweredOn
	case !ans.At.IsZero():
		return civil.Date(ans.At.Unix() / 86400)
	}
	return civil.None
}

// none reports whether the authority was asked and has not said a word, and since which day that is late.
func (a answers) none(today civil.Date) (late bool, since civil.Date) {
	if a.reply == nil || a.reply.Status.HasAnswers() {
		return false, civil.None
	}
	switch a.reply.Status {
	case survey.NoReply:
		return true, a.reply.DueOn
	case survey.Waiting, survey.Acknowledged:
		return a.reply.DueOn != civil.None && a.reply.DueOn != 0 && a.reply.DueOn < today, a.reply.DueOn
	}
	return false, civil.None
}
