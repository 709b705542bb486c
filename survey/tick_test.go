package survey

import (
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/fault"
)

func TestTick(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, barking, _ := w.opened(Act2000) // due on Thursday 31 May
		r.ClosesOn = r.DueOn + 30
		must(t, w.Save(w.ctx, w.nora, r))
		tick := func() { must(t, w.Tick(w.ctx)) }
		tick()
		w.on(2018, time.May, 22) // Tuesday, a working day too early: 28 May is none
		tick()
		equal(t, "letters", w.addresses(), "e01 e02")
		w.on(2018, time.May, 23)
		must(t, w.AcknowledgeByToken(w.ctx, barking))
		var group sync.WaitGroup
		for range 3 { // several processes at once
			group.Go(func() {
				if err := w.Tick(w.ctx); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		tick()
		equal(t, "one reminder each", w.addresses(), "e01 e01 e02 e02")
		var text string
		for _, l := range w.sent() {
			if l.to == "e01@example.org" && strings.HasPrefix(l.subject, "Reminder") {
				text = l.text
				must1(w.ByToken(w.ctx, l.token(t)))(t) // it has a link of its own
			}
		}
		holds(t, "reminder", text, "Thank you for telling us that you are working on it. Your answer is due by 31 May 2018.")
		must1(w.ByToken(w.ctx, barking))(t) // and the first stays good

		sent := must1(w.Remind(w.ctx, w.nora, r.ID))(t)
		equal(t, "by hand on the same day", sent, 0)
		w.wait(1)
		tick()
		equal(t, "no other before the day", w.addresses(), "e01 e01 e02 e02")
		must(t, w.AnswerByToken(w.ctx, barking, form("provides", "no")))
		equal(t, "by hand, who has not answered", must1(w.Remind(w.ctx, w.nora, r.ID))(t), 1)
		equal(t, "count", w.reply(r.ID, "E02").Reminders, 2)
		equal(t, "letters", w.addresses(), "e01 e01 e02 e02 e02") // sent now: a letter that waits a week is given up

		w.on(2018, time.May, 31)
		tick()
		equal(t, "on the day", w.addresses(), "e01 e01 e02 e02 e02")
		w.on(2018, time.June, 4) // nothing ran on the day after
		tick()
		tick()
		equal(t, "after the day", w.addresses(), "e01 e01 e02 e02 e02 e02")
		equal(t, "late", w.reply(r.ID, "E02").Late, true)
		w.on(2018, time.June, 29)
		tick()
		equal(t, "open until its day", must1(w.Round(w.ctx, r.Key))(t).State, Open)
		w.on(2018, time.June, 30)
		tick()
		tick()
		got := must1(w.Round(w.ctx, r.Key))(t)
		equal(t, "closed", got.State, Closed)
		equal(t, "closed on", got.ClosedOn, r.ClosesOn)
		equal(t, "silent", w.reply(r.ID, "E02").Status, NoReply)
		equal(t, "no letter at the end", len(w.sent()), 6)
	})
}

func TestAskAndExplain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		must(t, w.AnswerByToken(w.ctx, token, form("provides", "yes", "dispensed", "400", "purchased", "58")))
		got := w.reply(r.ID, "E01")
		equal(t, "doubts", len(got.Doubts), 1)
		holds(t, "doubt", got.Doubts[0].Says, "They bought 58 kits and gave out 400.")
		refused(t, w.ExplainByToken(w.ctx, token, "purchased", "old stock"), fault.Refused, "nobody asked")
		refused(t, w.Ask(w.ctx, w.nora, r.ID, w.reply(r.ID, "E03").Number, "purchased", "why?"), fault.Refused, "no e-mail address")
		refused(t, w.Ask(w.ctx, w.nora, r.ID, got.Number, "prison_plans", "why?"), fault.NotFound, "no such question")
		must(t, w.Ask(w.ctx, w.nora, r.ID, got.Number, "purchased", "Where did the other kits come from?"))
		must(t, w.Ask(w.ctx, w.nora, r.ID, got.Number, "dispensed", "Is this right?"))
		must(t, w.Ask(w.ctx, w.nora, r.ID, got.Number, "purchased", "We still wonder."))
		texts := ""
		for _, l := range w.sent() {
			texts += l.text
		}
		for _, words := range []string{"3a. How many kits were bought for Barking and Dagenham in the year April 2017 to March 2018?\nYou wrote: 58 kits\n", "Where did the other kits come from?", "We still wonder."} {
			holds(t, "letters", texts, words)
		}
		must(t, w.ExplainByToken(w.ctx, token, "purchased", "Old stock"))
		got = w.reply(r.ID, "E01")
		equal(t, "doubts, with what was only asked", len(got.Doubts), 2)
		d := got.Doubts[1]
		if d.Question != "purchased" || d.Asked != "We still wonder." || d.QueriedAt.IsZero() || d.Explained != "Old stock" {
			t.Errorf("doubt: %+v", d)
		}
		must(t, w.AnswerByToken(w.ctx, token, form("purchased", "380")))
		if d := w.reply(r.ID, "E01").Doubts[1]; d.Says != "" || d.Explained != "Old stock" {
			t.Errorf("after they corrected it: %+v", d)
		}
	})
}
