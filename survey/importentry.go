package survey

import (
	"maps"
	"slices"
	"strconv"

	"everykit/civil"
	"everykit/measure"
)

// settle checks what a file says of one respondent as a whole, and counts what is new, changed and the same.
func (in *intake) settle(t *target, e *entry) {
	merged := maps.Clone(e.w.Answers)
	for key, a := range e.given {
		merged[key] = a
	}
	in.settleWhole(t, e, len(merged))
	out := t.leftOut(e.w.Kind, merged)
	for i := range t.Questions {
		q := &t.Questions[i]
		a, given := e.given[q.Key]
		if !given {
			continue
		}
		if out[q.Key] {
			in.ruledOut(t, e, q, merged)
			continue
		}
		was, had := e.w.Answers[q.Key]
		switch {
		case !had:
			in.New++
		case was.same(a):
			in.Same++
		default:
			in.Changed++
		}
	}
}

// ruledOut says that an answer is one to a question that another answer leaves out.
func (in *intake) ruledOut(t *target, e *entry, q *Question, merged map[string]Answer) {
	on := t.question(q.Only.Question)
	for on.Only != nil && !on.Only.holds(merged) { // the first of a chain
		if _, has := merged[on.Key]; has {
			break
		}
		on = t.question(on.Only.Question)
	}
	row := fileRow{number: e.rows[q.Key]}
	where := "what is stored"
	if n, ok := e.rows[on.Key]; ok {
		where = "row " + strconv.Itoa(n)
	}
	row.cells[colQuestion] = q.Key
	in.fail(&row, colQuestion, "%s is not asked where %q is answered %q, as in %s: leave one of them out", q.Label(), on.Label(), on.Say(merged[on.Key]), where)
}

// settleWhole checks a row about all questions together.
func (in *intake) settleWhole(t *target, e *entry, answers int) {
	if e.whole.row == 0 {
		return
	}
	row := fileRow{number: e.whole.row}
	row.cells[colState] = e.whole.state
	w := e.w
	same := false
	switch e.whole.state {
	case measure.NoReply.String():
		switch {
		case answers > 0 || w.RefusedFor != "":
			in.fail(&row, colState, "says that there was no reply, and there are answers")
		case !t.Ended():
			in.fail(&row, colState, "this round is still open: who has not replied is known when it closes")
		}
		same = !e.fresh && w.Status == NoReply
	case measure.NotAsked.String():
		if answers > 0 || w.asked != notAsked {
			in.fail(&row, colState, "says that they were not asked, and they were")
		}
		same = !e.fresh
	default:
		same = w.RefusedFor == e.whole.why
	}
	switch {
	case same:
		in.Same++
	case e.fresh:
		in.New++
	default:
		in.Changed++
	}
}

// takeEntry stores what a file says of one respondent.
func (c *change) takeEntry(e *entry) error {
	w := c.w
	before := maps.Clone(w.Answers)
	changes := slices.ContainsFunc(slices.Collect(maps.Keys(e.given)), func(key string) bool {
		was, had := before[key]
		return !had || !was.same(e.given[key])
	})
	if changes {
		sources := map[string]string{}
		for key, a := range e.given {
			sources[key] = a.Source
		}
		c.merge(e.given, ByFile, "")
		for key, source := range sources { // each row has its own
			if a, ok := w.Answers[key]; ok && a.Version == w.Version {
				a.Source = source
				w.Answers[key] = a
			}
		}
		w.done = true
		c.narrate(before, ByFile, "")
	}
	switch {
	case e.whole.state == measure.NotAsked.String():
	case w.asked == notAsked && (c.round.Imported || e.whole.row != 0):
		w.asked, changes = askedElsewhere, true
		if e.whole.state == measure.NoReply.String() {
			c.say("No reply, as a file says")
		}
	}
	if changes {
		c.answered()
	}
	if why := e.whole.why; why != "" && w.RefusedFor != why {
		w.RefusedFor, w.RefusedOn, changes = why, civil.None, true
		c.say("Refused, as a file says: %s", why)
	}
	if !changes {
		return nil
	}
	return c.store()
}
