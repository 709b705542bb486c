package notice_test

import (
	"strings"
	"testing"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/staff"
)

func TestWhatLandsLaterIsToldThen(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		withdraw, _ := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		check, _ := w.publish(w.draft(notice.Check, "N2", "B2"))
		w.receive("O1", "B2", "2024-02", 2) // told now, though its own notice knew of nobody
		equal(t, "told of the check", w.outletsTold(check), "O1")
		equal(t, "letters", w.addresses(), "amy amy ann ann c c cora cora")
		*w.now = w.now.AddDate(0, 0, 3)
		w.receive("O3", "A1", "2024-02", 5)
		equal(t, "held at once", w.at("O3", lot)[ledger.Held], 5)
		equal(t, "told", w.outletsTold(withdraw), "O1 O3")
		equal(t, "told when it landed", w.told(withdraw, "O3").ToldAt.Equal(*w.now), true)
		equal(t, "letters", w.addresses(), "amy amy ann ann bob c c cole cora cora")
		w.receive("O3", "A1", "2024-02", 5)
		w.receive("O4", "A1", "2024-02", 1) // bob is not of O4, and cole has had a letter: only the provider's link is new
		equal(t, "letters", w.addresses(), "amy amy ann ann bob c c care cole cora cora")
		if _, err := w.answer("ann", check, "O1", notice.LotAnswer{Lot: w.lot("B2"), Good: 2}); err != nil {
			t.Fatal(err)
		}
		equal(t, "done", w.told(check, "O1").Done(), true)
		w.receive("O1", "B2", "2024-02", 3)
		if got := w.told(check, "O1"); got.Done() || got.Unchecked != 3 || got.AnsweredAt.IsZero() {
			t.Errorf("more to check: %+v", got)
		}
		must(t, w.Close(w.ctx, operator, withdraw, "Over."))
		w.receive("O2", "A1", "2024-02", 1)
		equal(t, "nobody is told of what is closed", w.outletsTold(withdraw), "O1 O3 O4")
		w.clean()
	})
}

// TestALandingThatFailsTellsNobody has a receipt refused after its notice was told.
func TestALandingThatFailsTellsNobody(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.receive("O1", "A1", "2024-02", 10)
		id, _ := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		e := w.entry("O3", 5)
		r := ledger.Receipt{Entry: e, Product: w.id("prenoxad"), Lot: "A1"}
		must(t, w.led.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.id("prenoxad"), Lot: "OTHER"}))
		refused(t, w.led.Receive(w.ctx, operator, r), fault.Conflict, "used before")
		equal(t, "told", w.outletsTold(id), "O1")
		if strings.Contains(w.addresses(), "bob") {
			t.Error("bob has a letter about kits that never came")
		}
	})
}

func TestClosedAccountsAndBadAddressesStopNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		must(t, w.led.Send(w.ctx, operator, ledger.Dispatch{Entry: w.entry("O1", 1), Lot: lot, To: w.id("O2")}))
		must(t, w.people.Disable(w.ctx, operator, w.who["amy"].ID))
		must(t, w.PutContact(w.ctx, operator, notice.Contact{Area: w.id("A")})) // taken away
		o := *w.snap().Outlet(w.id("O2"))
		o.Email = "one@@two@three.example"
		if _, err := w.reg.PutOutlet(w.ctx, o); err == nil {
			t.Log("the registry took a bad address")
		}
		id, p := w.publish(w.draft(notice.Inform, "N1", "A1"))
		equal(t, "letters", w.addresses(), "ann c cora o2")
		equal(t, "told", w.outletsTold(id), "O1 O2")
		equal(t, "reached", p.Outlets[1].Unreached(), false)
	})
}

func TestAnOutletThatNobodyCanBeToldAt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.receive("O4", "A1", "2024-02", 1)
		must(t, w.PutContact(w.ctx, operator, notice.Contact{Area: w.id("B"), Provider: "CARE LTD"}))
		must(t, w.PutContact(w.ctx, operator, notice.Contact{Area: w.id("C")}))
		id, p := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		equal(t, "unreached", p.Outlets[0].Unreached(), true)
		equal(t, "C is unreached", p.Unused[0].Linked, false)
		equal(t, "in the page all the same", w.outletsTold(id), "O4")
		equal(t, "the coordinator knows", w.addresses(), "cole")

		// Where the authority has no contact, its coordinators stand in.
		w.account("carl", staff.Coordinator, "C")
		_, p = w.publish(w.draft(notice.Withdraw, "N2", "A1"))
		equal(t, "C is reached", p.Unused[0].Linked, true)
		equal(t, "letters", w.addresses(), "carl cole cole")
		w.letterTo("carl").token(t)
	})
}

func TestContacts(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		equal(t, "of B", must1(w.Contacts(w.ctx, w.id("B")))(t)[0], notice.Contact{Area: w.id("B"), Provider: "Care ltd", Email: "care@example.org"})
		must(t, w.PutContact(w.ctx, w.who["cole"], notice.Contact{Area: w.id("B"), Provider: "Care Ltd", Email: "new@example.org"}))
		equal(t, "of B", len(must1(w.Contacts(w.ctx, w.id("B")))(t)), 1)
		refused(t, w.PutContact(w.ctx, w.who["cole"], notice.Contact{Area: w.id("A"), Email: "x@example.org"}), fault.Forbidden, "may not")
		refused(t, w.PutContact(w.ctx, w.who["bob"], notice.Contact{Area: w.id("B"), Email: "x@example.org"}), fault.Forbidden, "may not")
		err := w.PutContact(w.ctx, operator, notice.Contact{Area: w.id("A"), Email: "canary at example"})
		refused(t, err, fault.Invalid, "not an e-mail address")
		if strings.Contains(err.Error(), "canary") {
			t.Error("the fault repeats what was typed")
		}
	})
}

func TestPersonalLinks(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O4", "A1", "2024-02", 6)
		w.receive("O5", "A1", "2024-02", 3)
		must(t, w.supply("O5", lot, 3))
		w.closeOutlet("O5")
		of := w.draft(notice.Check, "N1", "A1 2024-02")
		of.Level = notice.People
		id, _ := w.publish(of)
		equal(t, "letters", w.addresses(), "a c care cole cora")
		for _, c := range []struct{ to, outlet string }{{"care", "O4"}, {"a", "O5"}, {"c", ""}} {
			l := w.letterTo(c.to)
			token := l.token(t)
			if c.outlet != "" && !strings.Contains(l.text, "- Outlet "+c.outlet+"\n") {
				t.Errorf("the letter to %s does not name its outlet:\n%s", c.to, l.text)
			}
			v := must1(w.ByToken(w.ctx, strings.ToUpper(" "+token+" ")))(t)
			if v.Notice.ID != id || !v.Open() || (c.outlet == "") != (len(v.Outlets) == 0) {
				t.Errorf("behind the link of %s: %+v", c.to, v)
			}
			for _, table := range w.texts() {
				if strings.Contains(table, token) || strings.Contains(table, token[2:]) {
					t.Error("the token is kept")
				}
			}
			for _, wrong := range []string{"", "x", token[:len(token)-1], token + "a", "1-" + strings.Repeat("a", 26), strings.Replace(token, "-", "", 1), flip(token)} {
				refused(t, errOf(w.ByToken(w.ctx, wrong)), fault.NotFound, "not known")
				refused(t, w.AnswerByToken(w.ctx, wrong, notice.LinkAnswer{ID: newID()}), fault.NotFound, "not known")
			}
			opened := 0
			for _, row := range must1(w.Links(w.ctx, id, 0))(t) {
				if !row.OpenedAt.IsZero() {
					opened++
				}
			}
			if opened == 0 {
				t.Error("no link has been opened")
			}
		}
		token := w.letterTo("care").token(t)
		a := notice.LinkAnswer{ID: newID(), Checked: 4, Faulty: 2, Replaced: 1, Note: "All looked at."}
		for range 2 {
			must(t, w.AnswerByToken(w.ctx, token, a))
		}
		b := a
		b.Faulty = 3
		refused(t, w.AnswerByToken(w.ctx, token, b), fault.Conflict, "used before")
		b.ID, b.Faulty, b.Outlet = newID(), -1, w.id("O4")
		err := w.AnswerByToken(w.ctx, token, b)
		refused(t, err, fault.Invalid, "below nought")
		equal(t, "field", fault.Of(err)[0].Field, "faulty")
		b.Outlet, b.Faulty = w.id("O3"), 0
		refused(t, w.AnswerByToken(w.ctx, token, b), fault.NotFound, "does not speak for")
		got := w.told(id, "O4")
		if got.AnsweredAt.IsZero() || got.Checked != 4 || got.Faulty != 2 || got.Replaced != 1 || !got.Linked {
			t.Errorf("told: %+v", got)
		}
		equal(t, "the ledger moves nothing by a link", got.Unchecked, 6)
		refused(t, w.supply("O4", lot, 1), fault.Refused, "must be checked")
		given := must1(w.Answers(w.ctx, id, w.id("B"), 0))(t)
		if len(given) != 1 || !given[0].ByLink || given[0].Note != "All looked at." || len(given[0].Lots) != 0 {
			t.Errorf("answers: %+v", given)
		}
		must(t, w.AnswerByToken(w.ctx, w.letterTo("c").token(t), notice.LinkAnswer{ID: newID(), Checked: 9}))
		rows := must1(w.Links(w.ctx, id, 0))(t)
		if len(rows) != 3 || !rows[0].AnsweredAt.IsZero() || rows[0].Area != w.id("A") || rows[1].AnsweredAt.IsZero() || rows[2].AnsweredAt.IsZero() {
			t.Errorf("links: %+v", rows)
		}
		equal(t, "good, over all", must1(w.Effect(w.ctx, id, 0))(t).Total.Good, 13)
		must(t, w.Close(w.ctx, operator, id, "Over."))
		v := must1(w.ByToken(w.ctx, token))(t)
		equal(t, "still to be read", v.Open(), false)
		equal(t, "what was answered", v.Outlets[0].Checked, 4)
		refused(t, w.AnswerByToken(w.ctx, token, notice.LinkAnswer{ID: newID()}), fault.Refused, "no answer is needed any more")
		must(t, w.AnswerByToken(w.ctx, token, a)) // taken while it was open
	})
}

// TestAClosedOutletIsToldByLinkToo has an outlet that closed and still has somebody with an account.
func TestAClosedOutletIsToldByLinkToo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.receive("O1", "A1", "2024-02", 6)
		w.closeOutlet("O1")
		_, p := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		equal(t, "letters", w.addresses(), "a amy ann c cora")
		if o := p.Outlets[0]; !o.Closed || !o.Linked || o.Workers != 2 {
			t.Errorf("told: %+v", o)
		}
		if l := w.letterTo("a"); !strings.Contains(l.text, "Outlet O1") {
			t.Errorf("the letter to the authority:\n%s", l.text)
		}
	})
}

// flip changes the first letter of a token's secret.
func flip(token string) string {
	at := strings.Index(token, "-") + 1
	c := "a"
	if token[at:at+1] == "a" {
		c = "b"
	}
	return token[:at] + c + token[at+1:]
}

// TestOneLinkSpeaksForAllOutletsOfAProvider has one letter go to a provider of several.
func TestOneLinkSpeaksForAllOutletsOfAProvider(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.outlet("O6", "B", "care LTD", "")
		w.receive("O4", "A1", "2024-02", 6)
		w.receive("O6", "A1", "2024-02", 3)
		id, p := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		equal(t, "links", p.Links, 2)
		token := w.letterTo("care").token(t)
		equal(t, "outlets", len(must1(w.ByToken(w.ctx, token))(t).Outlets), 2)
		must(t, w.AnswerByToken(w.ctx, token, notice.LinkAnswer{ID: newID(), Outlet: w.id("O6"), Checked: 3}))
		equal(t, "O6", w.told(id, "O6").Checked, 3)
		equal(t, "O4", w.told(id, "O4").AnsweredAt.IsZero(), true)
		must(t, w.AnswerByToken(w.ctx, token, notice.LinkAnswer{ID: newID(), Checked: 9}))
		equal(t, "O6 has its own count only", w.told(id, "O6").Checked, 3)
		equal(t, "O4 answered", w.told(id, "O4").Done(), true)
		e := must1(w.Effect(w.ctx, id, w.id("B")))(t)
		equal(t, "good", e.Total.Good, 12)
		equal(t, "answered", e.Total.Answered, 2)
	})
}
