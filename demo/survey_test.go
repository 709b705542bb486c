package demo_test

import (
	"strings"
	"testing"

	"everykit/demo"
	"everykit/mail"
	"everykit/measure"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
	"everykit/survey"
)

// TestSurveysAndSupport builds a nation that was asked twice: what is public is closed and answered by most; the authority
// to look at first has not answered what is out now, and its link shows the questions; asks for help wait and are in hand.
func TestSurveysAndSupport(t *testing.T) {
	storetest.EachAt(t, clock, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		must(t, db.Migrate(h.ctx, mail.Schema...))
		must(t, db.Migrate(h.ctx, survey.Schema...))
		must(t, db.Migrate(h.ctx, support.Schema...))
		made := h.build(t, demo.Small(today))
		m := measure.New(db, h.reg, h.l.Today)
		s := survey.New(db, h.reg, m, mail.New(db, mail.Options{Key: []byte("a key of thirty-two bytes, more.")}), h.l.Today, "http://127.0.0.1:8080")
		asked, err := demo.Surveys(h.ctx, made, h.reg, m, s)
		must(t, err)
		before, err := s.Round(h.ctx, asked.Published)
		must(t, err)
		now, err := s.Round(h.ctx, asked.Open)
		must(t, err)
		if before.State != survey.Published || now.State != survey.Open || !strings.Contains(before.Title, "made up") {
			t.Errorf("rounds are %+v and %+v", before, now)
		}
		counts := map[survey.Status]int{}
		doubts := 0
		replies, err := s.Replies(h.ctx, now.ID)
		must(t, err)
		for i := range replies {
			counts[replies[i].Status]++
			doubts += len(replies[i].Doubts)
		}
		if counts[survey.Waiting] == 0 || counts[survey.Answered]+counts[survey.InPart] < len(replies)/3 || doubts == 0 {
			t.Errorf("the open round stands at %v with %d doubts", counts, doubts)
		}
		form, err := s.ByToken(h.ctx, asked.Link[strings.LastIndex(asked.Link, "/")+1:])
		must(t, err)
		if !form.Open || form.Reply.Area != made.Area.ID || len(form.Reply.Answers) != 0 {
			t.Errorf("behind the link stands %+v", form.Reply)
		}
		help := support.New(db, h.reg, h.l, h.l.Today)
		must(t, demo.Support(h.ctx, made, h.reg, help))
		own, err := help.Of(h.ctx, made.Area.ID)
		must(t, err)
		if len(own) != 1 || own[0].State != support.Asked {
			t.Errorf("the authority to look at first asks for %+v", own)
		}
		h.clean(t)
	})
}
