package scorecard

import (
	"testing"
	"time"

	"everykit/civil"
	"everykit/measure"
	"everykit/survey"
)

func TestWhyThereIsNoAnswer(t *testing.T) {
	due := civil.On(2027, time.January, 4)
	yes := map[string]survey.Answer{"provides": {State: measure.Reported, Options: []string{"yes"}}}
	hidden := map[string]survey.Answer{"provides": {State: measure.DontKnow}}
	for name, c := range map[string]struct {
		round  survey.State
		status survey.Status
		given  map[string]survey.Answer
		state  measure.State
		says   string
	}{
		"waiting":    {survey.Open, survey.Waiting, nil, measure.NoReply, "Not known: no reply yet, due by 4 January 2027."},
		"closed":     {survey.Closed, survey.NoReply, nil, measure.NoReply, "Not known: no reply."},
		"refused":    {survey.Closed, survey.Refused, nil, measure.Refused, "Not known: refused."},
		"in part":    {survey.Open, survey.InPart, nil, measure.NotProvided, "Not known: it answered, but not this."},
		"not sent":   {survey.Open, survey.NotSent, nil, measure.NotAsked, "Not known: nobody asked."},
		"don't know": {survey.Closed, survey.Answered, hidden, measure.DontKnow, "Not known: it answered that it does not know."},
		"answered":   {survey.Closed, survey.Answered, yes, measure.Reported, "The authority says that kits are provided."},
	} {
		a := answers{
			&survey.Round{Title: "R", State: c.round, Period: civil.FinancialYear(2026)},
			&survey.Reply{Status: c.status, DueOn: due, AnsweredOn: civil.None, Answers: c.given},
		}
		got := a.of("provides")
		if l := judgeProvision(provision{provides: got, plans: a.of("plans")}); got.state != c.state || l.Evidence != c.says || (got.state == measure.Reported) != (l.Verdict == Met) {
			t.Errorf("%s: %s, %+v", name, got.state, l)
		}
	}
	if got := (answers{}).of("provides"); got.state != measure.NotAsked || got.source != "" {
		t.Errorf("no round: %+v", got)
	}
}

// What a round promised not to publish is told on no card.
func TestPrivateAnswersAreNotTold(t *testing.T) {
	yes := map[string]survey.Answer{"provides": {State: measure.Reported, Options: []string{"yes"}}}
	a := answers{
		&survey.Round{Title: "R", State: survey.Published, Questions: []survey.Question{{Key: "provides", Private: true}}},
		&survey.Reply{Status: survey.Answered, AnsweredOn: civil.None, Answers: yes},
	}
	if got := a.of("provides"); got.known() || got.options != nil || got.source != "" {
		t.Errorf("%+v", got)
	}
}

func TestWhoIsLate(t *testing.T) {
	due := civil.On(2027, time.January, 4)
	for name, c := range map[string]struct {
		status survey.Status
		today  civil.Date
		late   bool
	}{
		"not yet":         {survey.Waiting, due, false},
		"the day after":   {survey.Waiting, due + 1, true},
		"acknowledged":    {survey.Acknowledged, due + 1, true},
		"clock stands":    {survey.Paused, due + 1, false},
		"closed":          {survey.NoReply, due - 1, true},
		"answered":        {survey.Answered, due + 1, false},
		"answered a part": {survey.InPart, due + 1, false},
		"refused":         {survey.Refused, due + 1, false},
	} {
		a := answers{&survey.Round{State: survey.Open}, &survey.Reply{Status: c.status, DueOn: due}}
		if late, _ := a.none(c.today); late != c.late {
			t.Errorf("%s: late is %v", name, late)
		}
	}
}
