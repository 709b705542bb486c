package scorecard

import (
	"fmt"

	"everykit/civil"
	"everykit/measure"
	"everykit/support"
)

// helped is what line 6 is judged by.
type helped struct {
	gaps    []support.GapKind
	actions []support.Action // of the authority
	known   bool             // something is known of lines 1 to 5
	today   civil.Date
	year    civil.Period
	state   measure.State // why nothing is known, if so
}

// judgeSupport: each gap in hand, some, or none.
func judgeSupport(h helped) Line {
	l := line(6)
	l.Source, l.On, l.State = "gaps found and actions on them", h.today, measure.Counted
	if len(h.gaps) == 0 && !h.known {
		l.Source, l.On, l.State = "", civil.None, h.state
		if h.state == 0 || h.state.HasNumber() {
			l.State = measure.NotAsked
		}
		l.Evidence = "Not known: nothing is known of this authority."
		return l
	}
	inHand := 0
	for _, gap := range h.gaps {
		for i := range h.actions {
			if a := &h.actions[i]; a.Gap == gap && h.counts(a) {
				inHand++
				break
			}
		}
	}
	switch {
	case len(h.gaps) == 0:
		l.Verdict, l.Evidence = Met, "No gap was found."
		return l
	case inHand == len(h.gaps):
		l.Verdict = Met
	case inHand > 0:
		l.Verdict = Partly
	default:
		l.Verdict = NotMet
	}
	has := "have"
	if inHand == 1 {
		has = "has"
	}
	if inHand == 0 {
		l.Evidence = many(float64(len(h.gaps)), "gap", "gaps") + ", and none has an action with an owner and a day."
	} else {
		l.Evidence = fmt.Sprintf("%d of %s %s an action with an owner and a day.", inHand, many(float64(len(h.gaps)), "gap", "gaps"), has)
	}
	l.Value = number(float64(len(h.gaps) - inHand))
	return l
}

// counts reports whether an action is one for a gap of the year: with an owner and a day, and either still open or asked for
// since the year began.
func (h *helped) counts(a *support.Action) bool {
	if a.State == support.Declined || !a.HasOwnerAndDay() {
		return false
	}
	return a.IsOpen() || civil.Date(a.AskedAt.Unix()/86400) >= h.year.First()
}
