package notice_test

import (
	"slices"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/store"
)

func TestAWithdrawalHoldsAndTells(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 20)
		other := w.receive("O1", "B2", "2024-02", 5)
		w.receive("O5", "A1", "2024-02", 3)
		must(t, w.supply("O5", lot, 3))
		w.closeOutlet("O5")
		must(t, w.led.Send(w.ctx, operator, ledger.Dispatch{Entry: w.entry("O1", 4), Lot: lot, To: w.id("O4")}))
		of := w.draft(notice.Withdraw, "EL (22)A/01", "a1 2024-02", "NEW 9")
		id := must1(w.Save(w.ctx, w.who["nora"], of))(t)

		before := must1(w.Preview(w.ctx, w.who["nora"], id))(t)
		equal(t, "kits held before", w.at("O1", lot)[ledger.Held], 0)
		done := must1(w.Publish(w.ctx, w.who["nora"], id, false))(t)
		for _, p := range []notice.Preview{before, done} {
			var codes []string
			for _, o := range p.Outlets {
				codes = append(codes, w.snap().Outlet(o.Outlet).Code)
			}
			equal(t, "outlets", strings.Join(codes, " "), "O1 O5 O4")
			equal(t, "kits on shelves", p.Sum()[ledger.Shelf], 16)
			equal(t, "kits held", p.Sum()[ledger.Held], 0)
			equal(t, "with people", p.Sum()[ledger.People], 3)
			equal(t, "coming to O4", p.Outlets[2].Coming, 4)
			equal(t, "never seen", len(p.Never), 1)
			equal(t, "never seen", p.Never[0].Number, "NEW 9")
			equal(t, "letters", p.Letters, 4)
			equal(t, "links", p.Links, 3)
			equal(t, "authorities without an outlet", len(p.Unused), 1)
			equal(t, "C has a contact", p.Unused[0].Linked, true)
		}
		equal(t, "held at O1", w.at("O1", lot)[ledger.Held], 16)
		equal(t, "shelf of O1", w.at("O1", lot)[ledger.Shelf], 0)
		equal(t, "another lot", w.at("O1", other)[ledger.Shelf], 5)
		refused(t, w.supply("O1", lot, 1), fault.Refused, "withdrawn by notice EL (22)A/01")
		equal(t, "outlets told", w.outletsTold(id), "O1 O4 O5")
		if w.lot("NEW9") == 0 || w.get(id).State != notice.Published || w.get(id).PublishedAt.IsZero() {
			t.Error("the notice is not published, or its new lot is not known")
		}
		// Once for each person; a for O5, which has closed, care for O4, c for an authority without an outlet.
		equal(t, "letters", w.addresses(), "a amy ann c care cole cora")
		l := w.letterTo("ann")
		equal(t, "subject", l.subject, "Set kits aside: notice EL (22)A/01")
		for _, words := range []string{"PRENOXAD", "A1, printed date the end of February 2024", "NEW 9", "as soon as you can", site + "/notices/"} {
			if !strings.Contains(strings.ToLower(l.text), strings.ToLower(words)) {
				t.Errorf("the letter lacks %q:\n%s", words, l.text)
			}
		}
		if strings.Contains(l.text, "/n/") || strings.Contains(l.text, "DRILL") || strings.Contains(l.text, "/check") || strings.Contains(l.text, "example.org\n\nYou") {
			t.Errorf("the letter says what it should not:\n%s", l.text)
		}
		_, err := w.Publish(w.ctx, w.who["nora"], id, false)
		refused(t, err, fault.Conflict, "published already")
		_, err = w.Preview(w.ctx, w.who["nora"], id)
		refused(t, err, fault.Conflict, "published already")
		_, err = w.Save(w.ctx, w.who["nora"], *w.get(id))
		refused(t, err, fault.Conflict, "no longer changes")
		refused(t, w.Drop(w.ctx, w.who["nora"], id), fault.Conflict, "no longer changes")
		equal(t, "letters after all that", w.addresses(), "a amy ann c care cole cora")

		must(t, w.Close(w.ctx, w.who["nora"], id, "The maker has taken all kits back."))
		must(t, w.Close(w.ctx, w.who["nora"], id, "Again."))
		equal(t, "why", w.get(id).ClosedWhy, "The maker has taken all kits back.")
		equal(t, "still held", w.at("O1", lot)[ledger.Held], 16)
		w.receive("O1", "A1", "2024-02", 2)
		must(t, w.supply("O1", lot, 1))
		w.clean()
	})
}

func TestACheckStopsSupplyUntilChecked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		id, p := w.publish(w.draft(notice.Check, "N1", "A1 2024-02"))
		equal(t, "kits to check", p.Sum()[ledger.Shelf], 10)
		equal(t, "on the shelf still", w.at("O1", lot)[ledger.Shelf], 10)
		refused(t, w.supply("O1", lot, 1), fault.Refused, "must be checked")
		equal(t, "unchecked", w.told(id, "O1").Unchecked, 10)
		_, err := w.answer("ann", id, "O1", notice.LotAnswer{Lot: lot, Good: 5, Faulty: 1})
		must(t, err)
		must(t, w.supply("O1", lot, 5))
		refused(t, w.supply("O1", lot, 1), fault.Refused, "must be checked")
		got := w.told(id, "O1")
		if got.AnsweredAt.IsZero() || got.SeenAt.IsZero() || got.Done() || got.Checked != 5 || got.Faulty != 1 || got.Unchecked != 4 || got.Kits != 5 {
			t.Errorf("told: %+v", got)
		}
		_, err = w.answer("ann", id, "O1", notice.LotAnswer{Lot: lot, Good: 4})
		must(t, err)
		equal(t, "done", w.told(id, "O1").Done(), true)
		w.clean()
	})
}

func TestAChangedExpiry(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2022-12", 10)
		other := w.receive("O1", "B2", "2022-12", 10)
		of := w.draft(notice.ChangeExpiry, "N1", "A1, 2022-12, 2023-12")
		of.Level = notice.People
		id, p := w.publish(of)
		equal(t, "outlets", len(p.Outlets), 1)
		changes := must1(w.led.ExpiryChanges(w.ctx, lot))(t)
		if len(changes) != 1 || changes[0].Was.String() != "2022-12" || changes[0].Becomes.String() != "2023-12" || changes[0].Number != "N1" {
			t.Errorf("changes: %+v", changes)
		}
		equal(t, "other lots", len(must1(w.led.ExpiryChanges(w.ctx, other))(t)), 0)
		must(t, w.supply("O1", lot, 1))
		if l := w.letterTo("ann"); !strings.Contains(l.text, "now good until the end of December 2023") || !strings.Contains(l.text, site+"/check\n") {
			t.Errorf("the letter:\n%s", l.text)
		}
		equal(t, "an answer is an acknowledgement", w.told(id, "O1").Unchecked, 0)

		// One that would end what is in date now asks twice.
		short := must1(w.Save(w.ctx, operator, w.draft(notice.ChangeExpiry, "N2", "B2, 2022-12, 2022-10", "A1,,2024-12")))(t)
		seen := must1(w.Preview(w.ctx, operator, short))(t)
		if len(seen.Shortened) != 1 || seen.Shortened[0].Number != "B2" {
			t.Errorf("shortened: %+v", seen.Shortened)
		}
		_, err := w.Publish(w.ctx, operator, short, false)
		refused(t, err, fault.Refused, "lot B2 has passed already")
		equal(t, "nothing changed", len(must1(w.led.ExpiryChanges(w.ctx, other))(t)), 0)
		equal(t, "still a draft", w.get(short).State, notice.Draft)
		equal(t, "letters", w.addresses(), "amy ann c cora")
		must1(w.Publish(w.ctx, operator, short, true))(t)
		refused(t, w.supply("O1", other, 1), fault.Refused, "expired")
		w.clean()
	})
}

func TestInformOnlyTells(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		id, _ := w.publish(w.draft(notice.Inform, "N1", "A1 2024-03"))
		must(t, w.supply("O1", lot, 1))
		equal(t, "told", w.outletsTold(id), "O1")
		equal(t, "the ledger's expiry stays", must1(w.led.Family(w.ctx, lot))(t)[0].Expiry.String(), "2024-02")
		must(t, w.See(w.ctx, w.who["ann"], id, w.id("O1")))
		first := w.told(id, "O1").SeenAt
		*w.now = w.now.AddDate(0, 0, 1)
		must(t, w.See(w.ctx, w.who["amy"], id, w.id("O1")))
		equal(t, "seen once", w.told(id, "O1").SeenAt, first)
		refused(t, w.See(w.ctx, w.who["bob"], id, w.id("O1")), fault.Forbidden, "may not")
		refused(t, w.See(w.ctx, w.who["bob"], id, w.id("O3")), fault.NotFound, "not told")
		w.receive("O3", "A1", "", 3)
		equal(t, "nothing bars, so nobody else is told", w.outletsTold(id), "O1")
	})
}

func TestExpiriesThatDisagreeAreTold(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		id := must1(w.Save(w.ctx, operator, w.draft(notice.Check, "N1", "A1 2024-03", "B2")))(t)
		for range 2 {
			p := must1(w.Preview(w.ctx, operator, id))(t)
			if len(p.Mismatches) != 1 || p.Mismatches[0].Number != "A1" || p.Mismatches[0].Ours.Expiry.String() != "2024-02" || len(p.Never) != 1 {
				t.Errorf("preview: %+v", p)
			}
		}
		p := must1(w.Publish(w.ctx, operator, id, false))(t)
		equal(t, "mismatches", len(p.Mismatches), 1)
		equal(t, "the ledger's stays", must1(w.led.Family(w.ctx, lot))(t)[0].Expiry.String(), "2024-02")
		equal(t, "the notice's stays", w.get(id).Lines[0].Expiry.String(), "2024-03")
		equal(t, "blank stays blank", must1(w.led.Family(w.ctx, w.lot("B2")))(t)[0].Expiry, civil.Expiry{})
		equal(t, "blank stays blank", w.get(id).Lines[1].Expiry, civil.Expiry{})
	})
}

func TestJoinedLotsAreOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		named, typed := w.receive("O1", "0116917", "2024-02", 4), w.receive("O3", "O116917", "2024-02", 6)
		must(t, w.led.JoinLots(w.ctx, operator, typed, named))
		id, p := w.publish(w.draft(notice.Withdraw, "N1", "0116917"))
		equal(t, "kits", p.Sum()[ledger.Shelf], 10)
		equal(t, "told", w.outletsTold(id), "O1 O3")
		equal(t, "held", w.at("O3", typed)[ledger.Held], 6)
		equal(t, "kits named", must1(w.Effect(w.ctx, id, 0))(t).Total.Received, 10)
		lots := must1(w.LotsAt(w.ctx, id, w.id("O3")))(t)
		if len(lots) != 1 || lots[0].Lot.ID != typed || lots[0].Line.Number != "0116917" || lots[0].Counts[ledger.Held] != 6 {
			t.Errorf("lots at O3: %+v", lots)
		}
	})
}

func TestTwoNoticesOnOneLot(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		check, _ := w.publish(w.draft(notice.Check, "N1", "A1"))
		withdraw, _ := w.publish(w.draft(notice.Withdraw, "N2", "A1"))
		open := must1(w.OpenLots(w.ctx, lot, 999))(t)
		if len(open) != 1 || len(open[lot]) != 2 {
			t.Errorf("open: %v", open)
		}
		here := must1(w.ForOutlet(w.ctx, w.id("O1")))(t)
		if len(here) != 2 || here[0].Notice.ID != withdraw || here[1].Notice.ID != check || here[0].Kits != 10 {
			t.Errorf("at the outlet: %+v", here)
		}
		must(t, w.Close(w.ctx, operator, withdraw, "Over."))
		here = must1(w.ForOutlet(w.ctx, w.id("O1")))(t)
		if len(here) != 1 || here[0].Notice.ID != check {
			t.Errorf("at the outlet after one was closed: %+v", here)
		}
		equal(t, "elsewhere", len(must1(w.ForOutlet(w.ctx, w.id("O3")))(t)), 0)
		equal(t, "open", len(must1(w.OpenLots(w.ctx, lot))(t)[lot]), 1)
	})
}

func TestSaveNamesEveryFault(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		good := w.draft(notice.ChangeExpiry, "N1", "A1,2024-02,2025-02")
		id := must1(w.Save(w.ctx, w.who["nora"], good))(t)
		bad := good
		bad.Number, bad.Title, bad.Class, bad.IssuedOn, bad.Action = " ", "", 5, w.led.Today()+9, notice.Check
		bad.DueOn = good.IssuedOn
		bad.Lines = []notice.Line{
			{Product: w.id("prenoxad"), Number: "A1"},
			{Product: 999, Number: strings.Repeat("x", 41)},
			{Product: w.id("prenoxad"), Number: "a 1"},
			{Product: w.id("prenoxad"), Number: "", NewExpiry: good.Lines[0].NewExpiry},
		}
		_, err := w.Save(w.ctx, w.who["nora"], bad)
		var fields []string
		for _, f := range fault.Of(err) {
			fields = append(fields, f.Field)
		}
		want := []string{"number", "title", "issued_on", "due_on", "class", "lines.1.product", "lines.1.lot", "lines.2.lot", "lines.3.lot", "lines.3.new_expiry"}
		if !slices.Equal(fields, want) {
			t.Errorf("fields %v, want %v", fields, want)
		}
		_, err = w.Save(w.ctx, w.who["nora"], w.draft(notice.Check, "n 1", "B2"))
		refused(t, err, fault.Conflict, "already")
		_, err = w.Save(w.ctx, w.who["cora"], w.draft(notice.Check, "N2", "B2"))
		refused(t, err, fault.Forbidden, "may not write notices")
		_, err = w.Save(w.ctx, w.who["nora"], notice.Notice{})
		if len(fault.Of(err)) != 6 {
			t.Errorf("an empty one: %v", err)
		}
		change := *w.get(id)
		change.Title, change.Lines = "Another", append(change.Lines, notice.Line{Product: w.id("carpuject"), Number: "A1", NewExpiry: change.Lines[0].NewExpiry})
		equal(t, "the same draft", must1(w.Save(w.ctx, w.who["nora"], change))(t), id)
		equal(t, "lots", len(w.get(id).Lines), 2)
		equal(t, "drafts are not found", fault.KindOf(errOf(w.ByNumber(w.ctx, "N1"))), fault.NotFound)
		must(t, w.Drop(w.ctx, w.who["nora"], id))
		refused(t, errOf(w.Get(w.ctx, id)), fault.NotFound, "no such notice")
		equal(t, "nobody was told", w.addresses(), "")
	})
}

func errOf[T any](_ T, err error) error { return err }

func TestANoticeIsFoundByItsNumber(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id, _ := w.publish(w.draft(notice.Check, "NatPSA/2022/009/MHRA", "A1"))
		equal(t, "found", must1(w.ByNumber(w.ctx, " natpsa/2022/009/mhra "))(t).ID, id)
		other := w.draft(notice.Check, "NatPSA/2022/009/MHRA", "A1")
		other.Regulator = "HPRA"
		w.publish(other)
		refused(t, errOf(w.ByNumber(w.ctx, "NatPSA/2022/009/MHRA")), fault.Conflict, "two regulators")
		equal(t, "all", len(must1(w.List(w.ctx, notice.Filter{}))(t)), 2)
		equal(t, "drafts", len(must1(w.List(w.ctx, notice.Filter{States: []notice.State{notice.Draft}}))(t)), 0)
		equal(t, "of B", len(must1(w.List(w.ctx, notice.Filter{Area: w.id("B")}))(t)), 0)
		equal(t, "of C, by its link", len(must1(w.List(w.ctx, notice.Filter{Area: w.id("C")}))(t)), 2)
	})
}

// TestNothingIsLeftOfWhatFails has publication fail at its end, and looks for traces of it.
func TestNothingIsLeftOfWhatFails(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 10)
		id := must1(w.Save(w.ctx, operator, w.draft(notice.Withdraw, "N1", "A1", "NEW1")))(t)
		must(t, w.db.Write(w.ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(w.ctx, "ALTER TABLE audit RENAME TO audit_away")
			return err
		}))
		if _, err := w.Publish(w.ctx, operator, id, false); err == nil {
			t.Fatal("it was published without a line in the audit log")
		}
		must(t, w.db.Write(w.ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(w.ctx, "ALTER TABLE audit_away RENAME TO audit")
			return err
		}))
		equal(t, "state", w.get(id).State, notice.Draft)
		equal(t, "told", w.outletsTold(id), "")
		equal(t, "letters", w.addresses(), "")
		equal(t, "shelf", w.at("O1", lot)[ledger.Shelf], 10)
		equal(t, "lots", len(must1(w.led.LotsNumbered(w.ctx, 0, "NEW1"))(t)), 0)
		must1(w.Publish(w.ctx, operator, id, false))(t)
		equal(t, "letters", w.addresses(), "amy ann c cora")
	})
}
