package survey

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// AnswerByToken takes a form sent by a link. A token never given out is NotFound; a round that has closed is Refused and
// says whom to write to. The same form twice is one; its id with other answers is a Conflict. Where somebody has answered a
// question differently since the form's page was made (Sent.Seen), the form is a Conflict with a fault at each such
// question: none of it is stored, and what it said is kept in the history.
func (s *Survey) AnswerByToken(ctx context.Context, token string, sent Sent) error {
	var round, respondent int
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		_, round, respondent, err = findLink(ctx, tx, token)
		return err
	})
	if err != nil {
		return err
	}
	return s.answer(ctx, staff.Person{}, round, respondent, sent, ByLink, token)
}

// AnswerFor takes answers by staff on an authority's behalf, also corrections after closing; history is kept. Ids and newer
// answers are as in AnswerByToken.
func (s *Survey) AnswerFor(ctx context.Context, by staff.Person, round, respondent int, sent Sent) error {
	return s.answer(ctx, by, round, respondent, sent, ByStaff, "")
}

func (s *Survey) answer(ctx context.Context, by staff.Person, round, respondent int, sent Sent, how By, token string) error {
	// What the ledger counts is only there to raise doubts: if it cannot be read now, the daily check reads it.
	counted, counts := s.readLedger(ctx, round, respondent)
	var clash error
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		clash = nil
		if how == ByLink { // it may have ended meanwhile
			if _, _, _, err := findLink(ctx, tx, token); err != nil {
				return err
			}
		}
		c, err := s.hold(ctx, tx, by, round, respondent)
		if err != nil {
			return err
		}
		if how == ByStaff {
			if err := mayRun(by, c.round.Nation); err != nil {
				return err
			}
		}
		if counts {
			c.w.ledger = ledgerCount{bought: counted.bought, given: counted.given, at: tx.Now}
		}
		clash, err = c.take(sent, how)
		if err != nil || how != ByStaff {
			return err
		}
		return staff.Audit(ctx, tx, by, c.w.Area, "answer survey", fmt.Sprintf("survey %d respondent %d", round, respondent), "")
	})
	if err == nil {
		err = clash
	}
	return err
}

// take stores a form. clash is a form that newer answers stand against: it is remembered, and nothing else of it is stored.
func (c *change) take(sent Sent, how By) (clash, err error) {
	if sent.ID == [16]byte{} {
		return nil, fault.New(fault.Invalid, "this form has no number").Hint("open the page again and answer afresh")
	}
	given, err := c.round.tidied(c.w.Kind, sent.Answers)
	bad := fault.List(fault.Of(err))
	if err != nil && len(bad) == 0 {
		return nil, err
	}
	sent.Source = strings.Join(strings.Fields(sent.Source), " ")
	if words := textFault(sent.Source, mostSource, false); words != "" {
		bad = append(bad, fault.New(fault.Invalid, "%s", words).At("source"))
	}
	letter, wrong := checkLetter(sent.Name, sent.Letter)
	if wrong != nil {
		bad = append(bad, wrong)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	body := sent.body(c)
	if stored, clash, err := c.stored(sent.ID, body); stored || err != nil {
		return clash, err
	}
	if err := c.takesAnswers(how); err != nil {
		return nil, err
	}
	if newer := c.newer(given, sent.Seen); len(newer) > 0 {
		c.say("A form was not taken, since newer answers stand against it. It said: %s", c.said(given))
		if err := c.remember(sent.ID, body, newer); err != nil {
			return nil, err
		}
		return c.clash(newer, given), c.tell()
	}
	return nil, c.put(given, sent, how, body, letter)
}

// stored reports whether this very form was taken before, or refused as a clash; Conflict if its id was another's.
func (c *change) stored(id [16]byte, body []byte) (stored bool, clash, err error) {
	var was []byte
	var questions string
	found, err := c.tx.Get(c.ctx, []any{&was, &questions}, "SELECT body, clash FROM survey_form WHERE area = ? AND id = ?", c.w.Area, id[:])
	if err != nil || !found {
		return false, nil, err
	}
	if !bytes.Equal(was, body) {
		return true, nil, formTaken()
	}
	if questions != "" {
		return true, c.clash(strings.Fields(questions), nil), nil
	}
	return true, nil, nil
}

func formTaken() error {
	return fault.New(fault.Conflict, "this form's number was used before for other answers").At("id").Hint("nothing was changed; open the page again and answer afresh")
}

// remember writes down that a form came.
func (c *change) remember(id [16]byte, body []byte, clash []string) error {
	fresh, err := c.tx.Exec(c.ctx, "INSERT INTO survey_form (area, id, round, number, at, body, clash) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (area, id) DO NOTHING",
		c.w.Area, id[:], c.round.ID, c.w.Number, c.tx.Now.UnixMilli(), body, strings.Join(clash, " "))
	if err == nil && fresh == 0 { // sent for another respondent at the same moment
		err = formTaken()
	}
	return err
}

func (c *change) takesAnswers(how By) error {
	switch {
	case c.round.State == Draft:
		return fault.New(fault.Refused, "this round has not been sent yet, so nobody can answer it").Hint("send it first")
	case how == ByLink && c.round.Ended():
		return closedToLinks(c.round)
	}
	return nil
}

func closedToLinks(r *Round) error {
	whom := "whoever sent you the link"
	if r.Contact != "" {
		whom = r.Contact
	}
	return fault.New(fault.Refused, "this survey has closed: it can be read, and no longer answered here").
		Hint("send your answers to %s; they can still be entered", whom)
}

// newer are the questions, in order, to which other answers were stored after a view of the reply. What the view did not
// show and the form leaves blank is no clash: it stays.
func (c *change) newer(given map[string]Answer, seen int) []string {
	if seen == 0 {
		return nil
	}
	var list []string
	for _, q := range c.round.Questions {
		is, has := c.w.Answers[q.Key]
		a, sent := given[q.Key]
		if !sent || !has || is.Version <= seen {
			continue
		}
		if a.IsBlank() {
			delete(given, q.Key)
		} else if !a.same(is) {
			list = append(list, q.Key)
		}
	}
	return list
}

// clash says what is newer than a form.
func (c *change) clash(questions []string, given map[string]Answer) error {
	var list fault.List
	for _, key := range questions {
		q := c.round.question(key)
		if q == nil {
			continue
		}
		words := "this was answered by somebody else meanwhile"
		if is, has := c.w.Answers[key]; has {
			words += ": it is now " + quoted(q.Say(is))
		}
		if a, sent := given[key]; sent {
			words += "; you wrote " + quoted(q.Say(a))
		}
		list = append(list, fault.New(fault.Conflict, "%s", words).At(key).Hint("nothing of this form was stored; look at both and send it again"))
	}
	return list.Err()
}

const mostQuoted = 80

// quoted shortens what is shown within a sentence.
func quoted(s string) string {
	letters := []rune(strings.Join(strings.Fields(s), " "))
	if len(letters) > mostQuoted {
		return string(letters[:mostQuoted-1]) + "…"
	}
	return string(letters)
}

// said puts answers into one line, in the order of the questions.
func (c *change) said(answers map[string]Answer) string {
	var parts []string
	for i := range c.round.Questions {
		q := &c.round.Questions[i]
		if a, ok := answers[q.Key]; ok && !a.IsBlank() {
			parts = append(parts, q.Label()+": "+q.Say(a))
		}
	}
	return strings.Join(parts, "; ")
}

// put stores the answers of a form that is right in itself.
func (c *change) put(given map[string]Answer, sent Sent, how By, body []byte, letter string) error {
	w := c.w
	before, aside := maps.Clone(w.Answers), c.said(w.Aside)
	c.merge(given, how, sent.Source)
	if sent.Done {
		if err := c.complete(); err != nil {
			return err
		}
	}
	w.done = w.done || sent.Done || how != ByLink
	if err := c.remember(sent.ID, body, nil); err != nil {
		return err
	}
	c.narrate(before, how, sent.Source)
	if said := c.said(w.Aside); said != "" && said != aside {
		c.say("Put aside, since other answers leave these questions out: %s", said)
	}
	if letter != "" {
		if err := c.attach(letter, sent.Letter); err != nil {
			return err
		}
	}
	c.answered()
	return c.store()
}

// complete gives a fault at each question that must be answered and is not.
func (c *change) complete() error {
	var bad fault.List
	for _, q := range c.round.Missing(c.w.Kind, c.w.Answers) {
		bad = append(bad, fault.New(fault.Invalid, "this must be answered").At(q.Key).Hint("if you cannot, say why: don't know, information not held or refused"))
	}
	return bad.Err()
}

// merge puts answers into the record, and aside those that the skip rules leave out.
func (c *change) merge(given map[string]Answer, how By, source string) {
	w := c.w
	w.Version++
	for key, a := range given {
		delete(w.Aside, key)
		is, has := w.Answers[key]
		switch {
		case a.IsBlank():
			delete(w.Answers, key)
		case has && is.same(a):
		default:
			a.By, a.Source, a.At, a.Staff, a.Version = how, source, c.tx.Now, c.by.ID, w.Version
			w.Answers[key] = a
		}
	}
	for key := range c.round.leftOut(w.Kind, w.Answers) {
		a, has := w.Answers[key]
		if !has {
			continue
		}
		if _, now := given[key]; now && a.hasValue() { // written beside an answer that rules it out
			w.Aside[key] = a
		}
		delete(w.Answers, key)
	}
	for key := range w.Aside { // what is asked again is asked, not remembered
		if !c.round.leftOut(w.Kind, w.Answers)[key] {
			delete(w.Aside, key)
		}
	}
}

// narrate writes what changed into the history: how much is new, and of each change what was there before.
func (c *change) narrate(before map[string]Answer, how By, source string) {
	fresh := 0
	var lines []string
	for i := range c.round.Questions {
		q := &c.round.Questions[i]
		was, had := before[q.Key]
		is, has := c.w.Answers[q.Key]
		switch {
		case !had && has:
			fresh++
		case had && !has:
			lines = append(lines, fmt.Sprintf("%s: was %s, is taken back", q.Label(), q.Say(was)))
		case had && !was.same(is):
			lines = append(lines, fmt.Sprintf("%s: was %s, is %s", q.Label(), q.Say(was), q.Say(is)))
		}
	}
	if source != "" {
		source = " (" + source + ")"
	}
	switch {
	case fresh == 1:
		c.say("Answered %s%s: 1 question", how.Words(), source)
	case fresh > 1:
		c.say("Answered %s%s: %d questions", how.Words(), source, fresh)
	case len(lines) > 0:
		c.say("Corrected %s%s", how.Words(), source)
	}
	c.events = append(c.events, lines...)
}

// answered settles what follows from answers: a refusal is over, a pause ends, and the day all was answered.
func (c *change) answered() {
	w := c.w
	if len(w.Answers) > 0 && w.RefusedFor != "" {
		c.say("The refusal (%s) is over: they have answered", w.RefusedFor)
		w.RefusedFor, w.RefusedOn = "", civil.None
	}
	first := w.AnsweredOn
	w.settle(c.round, c.today)
	if w.Status != Answered {
		return
	}
	w.PausedOn, w.PausedFor = civil.None, ""
	if first == civil.None && !c.round.Imported { // when an answer from elsewhere came is not known
		w.AnsweredOn = c.today
		c.say("Everything that must be was answered")
	}
	w.settle(c.round, c.today)
}
