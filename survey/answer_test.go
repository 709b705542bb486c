package survey

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/staff"
)

func TestFromDraftToAnswer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		equal(t, "due", r.DueOn, civil.On(2018, 5, 31)) // 1 May; 7 and 28 May are holidays
		if got := w.addresses(); got != "e01 e02" {
			t.Fatalf("letters went to %s", got)
		}
		l := w.letterTo("e01")
		for _, words := range []string{"31 May 2018", "Barking and Dagenham", "the year April 2017 to March 2018", "Freedom of Information Act 2000", "survey@example.org"} {
			holds(t, "letter", l.text+l.subject, words)
		}
		equal(t, "before", w.reply(r.ID, "E01").Status, Waiting)
		equal(t, "without an address", w.reply(r.ID, "E03").Status, NotSent)

		f := must1(w.ByToken(w.ctx, token))(t)
		if !f.Open || f.Round.ID != r.ID || f.Reply.Code != "E01" || f.Reply.Version != 1 {
			t.Fatalf("form: %+v", f)
		}
		must1(w.ByToken(w.ctx, token))(t)
		must(t, w.AcknowledgeByToken(w.ctx, token))
		equal(t, "acknowledged", w.reply(r.ID, "E01").Status, Acknowledged)

		part := form("provides", "yes", "gives", "needle_exchange;pharmacy")
		part.Done = false
		must(t, w.AnswerByToken(w.ctx, token, part))
		equal(t, "in part", w.reply(r.ID, "E01").Status, InPart)
		all := form("dispensed", "58")
		must(t, w.AnswerByToken(w.ctx, token, all))
		must(t, w.AnswerByToken(w.ctx, token, all)) // sent twice
		got := w.reply(r.ID, "E01")
		equal(t, "answered", got.Status, Answered)
		equal(t, "answered on", got.AnsweredOn, civil.On(2018, 5, 1))
		equal(t, "answers", len(got.Answers), 3)
		equal(t, "kits", *got.Answers["dispensed"].Number, 58)
		equal(t, "state", got.Answers["dispensed"].State, measure.Reported)
		equal(t, "places", strings.Join(got.Answers["gives"].Options, " "), "needle_exchange pharmacy")
		equal(t, "history", w.history(r.ID, "E01"), "Sent by e-mail, to be answered by 31 May 2018\nLink opened for the first time\nAcknowledged by link\n"+
			"Answered by link: 2 questions\nAnswered by link: 1 question\nEverything that must be was answered")

		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, got.Number, func() Sent {
			s := form("dispensed", "61")
			s.Source = "letter of 3 May"
			return s
		}()))
		holds(t, "correction", w.history(r.ID, "E01"), "Corrected by staff (letter of 3 May)\nKits given out: was 58 kits, is 61 kits")

		round, replies, err := w.ForPeriod(w.ctx, r.Nation, r.Period)
		must(t, err)
		if round.ID != r.ID || len(replies) != 3 || *replies[w.id("E01")].Answers["dispensed"].Number != 61 {
			t.Errorf("for the period: %+v %v", round, replies)
		}
		round, _, err = w.ForPeriod(w.ctx, r.Nation, r.Period.After())
		if must(t, err); round != nil {
			t.Errorf("there is a round for another year: %v", round)
		}
	})
}

func TestWhatCannotBeAnswered(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		number := func(v float64) Answer { return Answer{Number: &v} }
		for _, c := range []struct {
			question string
			a        Answer
			words    string
		}{
			{"dispensed", number(-1), "below nought"},
			{"dispensed", number(1.5), "whole number"},
			{"dispensed", number(2e9), "more than there can be"},
			{"dispensed", Answer{Options: []string{"yes"}}, "not one of the choices"},
			{"dispensed", Answer{Text: "58"}, "asks for a number"},
			{"dispensed", func() Answer { a := number(58); a.State = measure.NotHeld; return a }(), "both an answer and"},
			{"dispensed", Answer{State: measure.NoReply}, "cannot be an answer"},
			{"dispensed", Answer{State: measure.Reported}, "the answer is missing"},
			{"provides", Answer{Options: []string{"yes", "no"}}, "only one"},
			{"requires", Answer{Options: []string{"none", "referral"}}, "cannot stand together"},
			{"comments", Answer{Text: "a\x00b"}, "cannot be stored"},
			{"comments", Answer{Text: strings.Repeat("a", mostText+1)}, "longer than"},
			{"prison_programme", Answer{Options: []string{"yes"}}, "not asked here"},
			{"nothing", number(1), "there is no question"},
		} {
			s := Sent{ID: uuid.New(), Answers: map[string]Answer{"provides": {Options: []string{"yes"}}, c.question: c.a}}
			err := w.AnswerByToken(w.ctx, token, s)
			refused(t, err, fault.Invalid, c.words)
			equal(t, c.question+" is at its field", fault.Of(err)[0].Field, c.question)
		}
		s := form("provides", "yes")
		refused(t, w.AnswerByToken(w.ctx, token, s), fault.Invalid, "dispensed: this must be answered")
		s.ID = [16]byte{}
		refused(t, w.AnswerByToken(w.ctx, token, s), fault.Invalid, "no number")
		if got := w.reply(r.ID, "E01"); len(got.Answers) != 0 || got.Version != 1 || got.Status != Waiting {
			t.Errorf("something was stored: %+v", got)
		}
		for _, bad := range []string{"", "x", token + "a", strings.Repeat("a", 300), token[:len(token)-1], "1-" + strings.Repeat("a", 26)} {
			refused(t, w.AnswerByToken(w.ctx, bad, form("provides", "no")), fault.NotFound, "not known here")
		}
		first := form("provides", "yes", "dispensed", "not held")
		must(t, w.AnswerByToken(w.ctx, token, first))
		equal(t, "a state is an answer", w.reply(r.ID, "E01").Status, Answered)
		other := form("provides", "no")
		other.ID = first.ID
		refused(t, w.AnswerByToken(w.ctx, token, other), fault.Conflict, "used before")
	})
}

func TestSkippedQuestions(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		must(t, w.AnswerByToken(w.ctx, token, form("provides", "no", "plans", "yes", "dispensed", "58", "gives", "pharmacy", "clients", "0")))
		got := w.reply(r.ID, "E01")
		equal(t, "status", got.Status, Answered)
		if len(got.Answers) != 3 || len(got.Aside) != 2 {
			t.Fatalf("stored: %v; aside: %v", got.Answers, got.Aside)
		}
		equal(t, "nought", got.Answers["clients"].State, measure.Zero)
		equal(t, "doubts", len(got.Doubts), 1)
		holds(t, "doubt", got.Doubts[0].Question+" "+got.Doubts[0].Says, `provides They answered "No" to "Kits provided", and yet wrote Kits given out: 58 kits.`)
		holds(t, "history", w.history(r.ID, "E01"), "Put aside, since other answers leave these questions out: Kits given out: 58 kits; Where kits are given out: Community pharmacies")

		must(t, w.AnswerByToken(w.ctx, token, form("provides", "yes", "dispensed", "58")))
		got = w.reply(r.ID, "E01")
		if _, has := got.Answers["plans"]; has || len(got.Aside) != 0 || len(got.Doubts) != 0 {
			t.Errorf("after they corrected it: %+v", got)
		}
		holds(t, "history", w.history(r.ID, "E01"), "Kits provided: was No, is Yes")
		holds(t, "history", w.history(r.ID, "E01"), "Plans to provide: was Yes, is taken back")
	})
}

func TestOlderViewsDoNotOverwrite(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		one, two := form("provides", "yes", "dispensed", "58", "purchased", ""), form("provides", "yes", "dispensed", "61", "purchased", "100")
		one.Seen, two.Seen = 1, 1
		must(t, w.AnswerByToken(w.ctx, token, two))
		err := w.AnswerByToken(w.ctx, token, one)
		refused(t, err, fault.Conflict, "dispensed: this was answered by somebody else meanwhile: it is now 61 kits; you wrote 58 kits")
		equal(t, "only what differs", len(fault.Of(err)), 1)
		refused(t, w.AnswerByToken(w.ctx, token, one), fault.Conflict, "it is now 61 kits") // sent again, it is refused again
		got := w.reply(r.ID, "E01")
		equal(t, "kept", *got.Answers["dispensed"].Number, 61)
		equal(t, "not blanked by a view that did not show it", *got.Answers["purchased"].Number, 100)
		h := w.history(r.ID, "E01")
		equal(t, "told once", strings.Count(h, "A form was not taken, since newer answers stand against it. It said: Kits provided: Yes; Kits given out: 58 kits"), 1)

		one.ID, one.Seen = uuid.New(), got.Version
		must(t, w.AnswerByToken(w.ctx, token, one)) // having seen both
		got = w.reply(r.ID, "E01")
		if _, has := got.Answers["purchased"]; has || *got.Answers["dispensed"].Number != 58 {
			t.Errorf("seen and meant: %v", got.Answers)
		}
	})
}

func TestAfterClosing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		must(t, w.Close(w.ctx, w.nora, r.ID))
		must(t, w.Close(w.ctx, w.nora, r.ID))
		refused(t, w.AnswerByToken(w.ctx, token, form("provides", "no")), fault.Refused, "send your answers to survey@example.org")
		refused(t, w.AcknowledgeByToken(w.ctx, token), fault.Refused, "has closed")
		f := must1(w.ByToken(w.ctx, token))(t)
		if f.Open || f.Reply.Status != NoReply || f.Reply.Late {
			t.Errorf("form after closing: %+v", f.Reply)
		}
		equal(t, "never asked", w.reply(r.ID, "E03").Status, NotSent)
		_, err := w.Remind(w.ctx, w.nora, r.ID)
		refused(t, err, fault.Refused, "has closed")
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, f.Reply.Number, form("provides", "no")))
		equal(t, "entered from a letter", w.reply(r.ID, "E01").Status, Answered)
		must(t, w.Publish(w.ctx, w.nora, r.ID))
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, f.Reply.Number, form("provides", "yes", "dispensed", "5")))
		holds(t, "history", w.history(r.ID, "E01"), "Kits provided: was No, is Yes")
	})
}

func TestLinksEnd(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		n := w.reply(r.ID, "E01").Number
		url := must1(w.NewLink(w.ctx, w.nora, r.ID, n))(t)
		_, err := w.ByToken(w.ctx, token)
		refused(t, err, fault.NotFound, "newer letter")
		refused(t, w.AnswerByToken(w.ctx, token, form("provides", "no")), fault.NotFound, "not known")
		must1(w.ByToken(w.ctx, strings.ToUpper(strings.TrimPrefix(url, site+"/s/"))))(t)

		paper := w.reply(r.ID, "E03")
		must1(w.NewLink(w.ctx, w.nora, r.ID, paper.Number))(t)
		equal(t, "a printed link begins the clock", w.reply(r.ID, "E03").Status, Waiting)

		must(t, w.SetEmail(w.ctx, w.nora, r.ID, n, "new@example.org"))
		holds(t, "letters", w.addresses(), "new")
		_, err = w.ByToken(w.ctx, strings.TrimPrefix(url, site+"/s/"))
		refused(t, err, fault.NotFound, "not known")
		refused(t, w.SetEmail(w.ctx, w.nora, r.ID, n, "no address"), fault.Invalid, "name@example.org")
	})
}

func TestRights(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, _, _ := w.opened(Act2000)
		n := w.reply(r.ID, "E01").Number
		for _, who := range []staff.Person{
			{},
			{ID: 1, Role: staff.Worker, Area: w.id("E01")},
			{ID: 2, Role: staff.Coordinator, Area: w.id("E01")},
			{ID: 3, Role: staff.National, Area: w.id("S92000003")},
			{ID: 4, Role: staff.Analyst, Area: w.id("E92000001")},
		} {
			_, remind := w.Remind(w.ctx, who, r.ID)
			_, link := w.NewLink(w.ctx, who, r.ID, n)
			again := *r
			for i, err := range []error{
				w.Save(w.ctx, who, &again), w.SaveRespondents(w.ctx, who, r.ID, nil), w.Open(w.ctx, who, r.ID), w.AnswerFor(w.ctx, who, r.ID, n, form("provides", "no")), link, remind,
				w.Acknowledge(w.ctx, who, r.ID, n, w.today()), w.Pause(w.ctx, who, r.ID, n, w.today(), "why"), w.Resume(w.ctx, who, r.ID, n, w.today()),
				w.Extend(w.ctx, who, r.ID, n, w.today()+90, "why"), w.Refuse(w.ctx, who, r.ID, n, "section 12"), w.Ask(w.ctx, who, r.ID, n, "provides", "why"),
				w.Explain(w.ctx, who, r.ID, n, "provides", "why"), w.Close(w.ctx, who, r.ID), w.Publish(w.ctx, who, r.ID), w.Posted(w.ctx, who, r.ID, n, w.today()),
				w.SetEmail(w.ctx, who, r.ID, n, ""),
			} {
				if !fault.Is(err, fault.Forbidden) {
					t.Errorf("deed %d by %v of %d: %v", i, who.Role, who.Area, err)
				}
			}
		}
		if got := w.reply(r.ID, "E01"); got.Status != Waiting || len(got.Answers) != 0 {
			t.Errorf("something happened: %+v", got)
		}
	})
}
