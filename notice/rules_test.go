package notice_test

import (
	"testing"
	"time"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
)

// A lot that turns out to be one that a notice names: whoever has had it is told, answers for it and gives it out again,
// also once the two were parted.
func TestALotJoinedLaterIsAnsweredFor(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		named, twin := w.receive("O1", "A1", "2024-02", 4), w.receive("O3", "A1X", "2024-02", 6)
		id, _ := w.publish(w.draft(notice.Check, "N1", "A1"))
		equal(t, "told", w.outletsTold(id), "O1")
		must(t, w.supply("O3", twin, 1))
		must(t, w.led.JoinLots(w.ctx, operator, twin, named))
		equal(t, "told", w.outletsTold(id), "O1 O3")
		refused(t, w.supply("O3", twin, 1), fault.Refused, "must be checked")
		must(t, w.led.PartLot(w.ctx, operator, twin))
		equal(t, "kits to check", w.told(id, "O3").Unchecked, 5)
		_, err := w.answer("bob", id, "O3", notice.LotAnswer{Lot: twin, Good: 4, Faulty: 1})
		must(t, err)
		must(t, w.supply("O3", twin, 4))
		e := must1(w.Effect(w.ctx, id, 0))(t).Total
		equal(t, "received", e.Received, 10)
		equal(t, "sum", e.Shelf+e.Held+e.Transit+e.People, 10)
		w.clean()
	})
}

// Who may not, does not, and nothing of it stays.
func TestOnlyOnesOwnOutletIsAnsweredFor(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot, other := w.receive("O1", "A1", "2024-02", 4), w.receive("O1", "B1", "2024-02", 4)
		check, _ := w.publish(w.draft(notice.Check, "N1", "A1"))
		withdraw, _ := w.publish(w.draft(notice.Withdraw, "N2", "B1"))
		for _, who := range []string{"bob", "cole", "nora"} { // of another outlet, authority, or of none
			_, err := w.answer(who, check, "O1", notice.LotAnswer{Lot: lot, Good: 4})
			refused(t, err, fault.Forbidden, "")
		}
		_, err := w.answer("bob", check, "O3", notice.LotAnswer{Lot: lot, Good: 4}) // was not told
		refused(t, err, fault.NotFound, "not told")
		for _, who := range []string{"ann", "bob", "cole", "nora"} {
			refused(t, w.Release(w.ctx, w.who[who], newID(), withdraw, w.id("O1"), other, 4), fault.Forbidden, "")
		}
		equal(t, "waiting", w.told(check, "O1").Unchecked, 4)
		equal(t, "held", w.at("O1", other)[ledger.Held], 4)
		a, err := w.answer("ann", check, "O1", notice.LotAnswer{Lot: lot, Good: 1})
		must(t, err)
		release := newID()
		must(t, w.Release(w.ctx, w.who["cora"], release, withdraw, w.id("O1"), other, 3))

		// Sent again on another day, after the notices were closed too, they are the same.
		*w.now = w.now.Add(24 * time.Hour)
		for range 2 {
			must(t, w.Answer(w.ctx, w.who["ann"], a))
			must(t, w.Release(w.ctx, w.who["cora"], release, withdraw, w.id("O1"), other, 3))
			equal(t, "good", w.told(check, "O1").Checked, 1)
			equal(t, "on the shelf", w.at("O1", other)[ledger.Shelf], 3)
			for _, id := range []int{check, withdraw} {
				must(t, w.Close(w.ctx, w.who["nora"], id, "done"))
			}
		}
		w.clean()
	})
}

// A notice that is closed and another about the same lots begin afresh: what was released or checked for the one is not for
// the other.
func TestASecondNoticeOnALot(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive("O1", "A1", "2024-02", 8)
		first, _ := w.publish(w.draft(notice.Withdraw, "N1", "A1"))
		must(t, w.Release(w.ctx, operator, newID(), first, w.id("O1"), lot, 8))
		must(t, w.supply("O1", lot, 1))
		must(t, w.Close(w.ctx, operator, first, "done"))
		second, _ := w.publish(w.draft(notice.Withdraw, "N2", "A1"))
		equal(t, "held", w.at("O1", lot)[ledger.Held], 7)
		refused(t, w.supply("O1", lot, 1), fault.Refused, "N2")
		refused(t, w.Release(w.ctx, operator, newID(), first, w.id("O1"), lot, 7), fault.Refused, "no longer")
		must(t, w.Close(w.ctx, operator, second, "done"))
		refused(t, w.supply("O1", lot, 1), fault.Refused, "not enough") // held until somebody releases them
		w.clean()
	})
}
