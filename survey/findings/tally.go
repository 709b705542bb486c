package findings

import (
	"cmp"
	"slices"
	"strings"

	"everykit/measure"
	"everykit/survey"
)

// tally reads the answers of a round.
type tally struct {
	in          Input
	f           *Findings
	authorities []*survey.Reply // asked, by name
	prisons     []*survey.Reply
	young       []*survey.Reply // young offender institutions
	questions   map[string]*survey.Question
	asked       map[*survey.Reply]map[string]bool // what the skip rules leave of them
	of          map[int]*survey.Reply             // authorities by area
}

func newTally(in Input) *tally {
	t := &tally{in: in, questions: map[string]*survey.Question{}, asked: map[*survey.Reply]map[string]bool{}, of: map[int]*survey.Reply{}}
	for i := range in.Round.Questions {
		t.questions[in.Round.Questions[i].Key] = &in.Round.Questions[i]
	}
	for i := range in.Replies {
		r := &in.Replies[i]
		if r.Status == survey.NotSent && len(r.Answers) == 0 {
			continue // nobody asked them
		}
		t.asked[r] = map[string]bool{}
		for _, q := range in.Round.Asked(r.Kind, r.Answers) {
			t.asked[r][q.Key] = true
		}
		switch r.Kind {
		case survey.Authority:
			t.authorities = append(t.authorities, r)
			t.of[r.Area] = r
		case survey.Prison:
			t.prisons = append(t.prisons, r)
		case survey.YoungOffender:
			t.young = append(t.young, r)
		}
	}
	for _, list := range [][]*survey.Reply{t.authorities, t.prisons, t.young} {
		slices.SortStableFunc(list, func(a, b *survey.Reply) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Code, b.Code), cmp.Compare(a.Number, b.Number))
		})
	}
	return t
}

// has reports whether the round asked a question.
func (t *tally) has(question string) bool { return t.questions[question] != nil }

// outcome is what came of a question put to one respondent.
type outcome uint8

const (
	given    outcome = iota
	dontKnow         // these answered, without an answer
	notHeld
	refused
	notProvided
	blank      // left open
	skipped    // the skip rules leave it out
	silent     // has not replied to anything
	refusedAll // the whole of it, or the rest of it
)

// outcome gives it.
func (t *tally) outcome(r *survey.Reply, question string) outcome {
	if !t.has(question) {
		return skipped
	}
	if a, has := r.Answers[question]; has {
		switch a.State {
		case measure.DontKnow:
			return dontKnow
		case measure.NotHeld:
			return notHeld
		case measure.Refused:
			return refused
		case measure.NotProvided:
			return notProvided
		case measure.NoReply, measure.NotAsked, measure.Suppressed, measure.NoDenominator:
			return blank
		case measure.Zero:
			return given
		}
		if a.Number != nil || len(a.Options) > 0 || a.Text != "" {
			return given
		}
	}
	switch {
	case replied(r) && !t.asked[r][question]:
		return skipped
	case r.Status == survey.Refused:
		return refusedAll
	case replied(r):
		return blank
	}
	return silent
}

// replied reports whether a respondent answered anything: also one that then refused the rest, for its answers count. A file
// may say of one question that no reply came: that is none.
func replied(r *survey.Reply) bool {
	for _, a := range r.Answers {
		if a.State != measure.NoReply && a.State != measure.NotAsked {
			return true
		}
	}
	return len(r.Answers) == 0 && r.Status.HasAnswers()
}

// chosen gives the options that were answered; false where there is no answer.
func (t *tally) chosen(r *survey.Reply, question string) ([]string, bool) {
	if t.outcome(r, question) != given || len(r.Answers[question].Options) == 0 {
		return nil, false
	}
	return r.Answers[question].Options, true
}

// yes gives the answer to a question of yes or no.
func (t *tally) yes(r *survey.Reply, question string) (yes, known bool) {
	options, known := t.chosen(r, question)
	return known && options[0] == "yes", known && (options[0] == "yes" || options[0] == "no")
}

// number gives a number that was answered.
func (t *tally) number(r *survey.Reply, question string) (float64, bool) {
	if t.outcome(r, question) != given {
		return 0, false
	}
	a := r.Answers[question]
	if a.Number == nil {
		return 0, a.State == measure.Zero
	}
	return *a.Number, true
}

// provides says whether an authority provides. One that left that question open and gave a number of kits above nought
// does.
func (t *tally) provides(r *survey.Reply) (yes, known bool) {
	if yes, known := t.yes(r, "provides"); known {
		return yes, true
	}
	if o := t.outcome(r, "provides"); o == blank || !t.has("provides") {
		if kits, is := t.number(r, "dispensed"); is && kits > 0 {
			return true, true
		}
	}
	return false, false
}

// which gives those of a list for whom something holds.
func which(list []*survey.Reply, holds func(*survey.Reply) bool) []*survey.Reply {
	var some []*survey.Reply
	for _, r := range list {
		if holds(r) {
			some = append(some, r)
		}
	}
	return some
}

func (t *tally) repliers(list []*survey.Reply) []*survey.Reply { return which(list, replied) }

// providers are the authorities that provide.
func (t *tally) providers() []*survey.Reply {
	return which(t.authorities, func(r *survey.Reply) bool { yes, _ := t.provides(r); return yes })
}

// yesNo counts the answers to a question of yes or no.
func (t *tally) yesNo(of []*survey.Reply, question string) share {
	var s share
	for _, r := range of {
		if yes, known := t.yes(r, question); known {
			s.of++
			if yes {
				s.n++
			}
		}
	}
	return s
}

// choosing counts who chose any of some options, of those who answered.
func (t *tally) choosing(of []*survey.Reply, question string, options ...string) share {
	var s share
	for _, r := range of {
		if chosen, known := t.chosen(r, question); known {
			s.of++
			if slices.ContainsFunc(chosen, func(o string) bool { return slices.Contains(options, o) }) {
				s.n++
			}
		}
	}
	return s
}

func names(list []*survey.Reply) []string {
	var n []string
	for _, r := range list {
		n = append(n, r.Name)
	}
	return n
}

// outcomes counts them.
type outcomes [refusedAll + 1]int

func (t *tally) count(of []*survey.Reply, question string) outcomes {
	var c outcomes
	for _, r := range of {
		c[t.outcome(r, question)]++
	}
	return c
}

// without is how many replied and were asked, and gave no answer.
func (c outcomes) without() int {
	return c[dontKnow] + c[notHeld] + c[refused] + c[refusedAll] + c[notProvided] + c[blank]
}

// words tells those: "3 answered that they do not know and 1 left it open"; of one sort "they left it open".
func (c outcomes) words() string {
	c[refused], c[refusedAll] = c[refused]+c[refusedAll], 0
	var parts []string
	for _, o := range []struct {
		o         outcome
		one, many string
	}{
		{dontKnow, "answered that it does not know", "answered that they do not know"},
		{notHeld, "answered that the information is not held", "answered that the information is not held"},
		{refused, "refused", "refused"},
		{notProvided, "answered without it", "answered without it"},
		{blank, "left it open", "left it open"},
	} {
		if n := c[o.o]; n > 0 && n == c.without() {
			return plural(n, "it "+o.one, "they "+o.many)
		} else if n > 0 {
			parts = append(parts, count(n)+" "+plural(n, o.one, o.many))
		}
	}
	return joined(parts)
}
