package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
)

// want compares the places of a lot at an outlet.
func (w *world) want(t testing.TB, outlet string, lot int, want map[string]int) {
	t.Helper()
	got := w.counts(t, outlet, lot)
	for p, n := range want {
		if got[p] != n {
			t.Errorf("%s %s: %d kits, want %d (all: %v)", outlet, p, got[p], n, got)
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok {
			t.Errorf("%s has %d kits %s, want none", outlet, got[p], p)
		}
	}
}

func refused(t testing.TB, err error, k fault.Kind, words ...string) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got %v (%v), want a fault of kind %v", err, fault.KindOf(err), k)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
}

func TestAKitFromSupplierToPeople(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "0116917", "2018-06-01", 10)
		must(t, w.supply("O1", lot, "2018-06-02", 3))
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 3})
		err := w.supply("O1", lot, "2018-06-03", 8)
		refused(t, err, fault.Refused, "0116917", "Outlet 1", "on the shelf", "3 June 2018", "8 asked", "7 there", "1 short")
		var short ledger.Shortfall
		if !errors.As(err, &short) || short.Short != 1 || short.Place != ledger.Shelf {
			t.Errorf("the cause is %#v", short)
		}
		refused(t, w.supply("O1", lot, "2018-05-31", 1), fault.Refused, "31 May 2018")
		refused(t, w.supply("O1", lot, "2018-06-16", 1), fault.Invalid, "future")
		refused(t, w.supply("O1", lot, "2018-06-10", 0), fault.Invalid, "1 or more")
		refused(t, w.supply("O1", lot, "2018-06-10", -4), fault.Invalid, "1 or more")
		refused(t, w.supply("O1", lot, "2018-06-10", 2_000_000), fault.Invalid, "more than")
		refused(t, w.supply("O1", lot+99, "2018-06-10", 1), fault.NotFound, "no such lot")
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 3})
		w.clean(t)
	})
}

func TestABackDatedSupplyCannotBreakALaterDay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 5)
		must(t, w.supply("O1", lot, "2018-06-10", 4))
		refused(t, w.supply("O1", lot, "2018-06-05", 2), fault.Refused, "10 June 2018", "1 short")
		must(t, w.supply("O1", lot, "2018-06-05", 1))
		w.receive(t, "O1", "A1", "2018-06-12", 5)
		refused(t, w.supply("O1", lot, "2018-06-05", 1), fault.Refused, "10 June 2018")
		w.clean(t)
	})
}

func TestExpiredLots(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receiveExpiring(t, "O1", "OLD", "2018-05", "2018-01-01", 10)
		refused(t, w.supply("O1", lot, "2018-06-15", 1), fault.Refused, "31 May 2018")
		must(t, w.supply("O1", lot, "2018-05-31", 1)) // its last day
		must(t, w.supply("O1", lot, "2018-06-01", 1)) // happened: kept and flagged
		card := must1(w.Card(w.ctx, w.outlet("O1").ID, lot, on("2018-01-01"), on("2018-06-15")))(t)
		flagged := 0
		for _, l := range card.Lines {
			if l.Flags&ledger.ExpiredWhenSupplied != 0 {
				flagged++
				if l.OccurredOn != on("2018-06-01") {
					t.Errorf("flagged on %s", l.OccurredOn)
				}
			}
		}
		if flagged != 1 {
			t.Errorf("%d flagged, want 1", flagged)
		}
		stock := must1(w.Stock(w.ctx, w.outlet("O1").ID))(t)
		if f := stock.Four(); f != (ledger.Four{OnHand: 8, Expired: 8}) {
			t.Errorf("four figures %+v", f)
		}
		e := w.entry("O1", 8)
		must(t, w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: e, Lot: lot, From: ledger.Shelf, To: ledger.Destroyed, Reason: "expired"}))
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "people": 2, "destroyed": 8})
		w.clean(t)
	})
}

func TestTheSameEntryTwice(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 5)
		s := ledger.SupplyOf{Entry: w.entry("O1", 2), Lot: lot, ClientCode: "AB 12"}
		for range 3 {
			must(t, w.Supply(w.ctx, operator, s))
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -5, "shelf": 3, "people": 2})
		s.Kits = 1
		refused(t, w.Supply(w.ctx, operator, s), fault.Conflict, "used before")
		w.want(t, "O1", lot, map[string]int{"supplier": -5, "shelf": 3, "people": 2})
		w.clean(t)
	})
}

func TestTransfers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 20)
		send := ledger.Dispatch{Entry: w.entry("O1", 10), Lot: lot, To: w.outlet("O3").ID} // another authority
		must(t, w.Send(w.ctx, operator, send))
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 10, "transit": 10})
		coming := must1(w.Coming(w.ctx, w.outlet("O3")))(t)
		if len(coming) != 1 || coming[0].Kits != 10 {
			t.Fatalf("coming: %+v", coming)
		}
		arrive := ledger.Arrival{ID: ledger.NewID(), Transfer: send.ID, FromArea: w.outlet("O1").Area, OccurredOn: w.Today(), Good: 7, Broken: 1}
		for range 2 {
			must(t, w.Arrive(w.ctx, operator, arrive))
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 10, "lost": 2})
		w.want(t, "O3", lot, map[string]int{"shelf": 7, "spoiled": 1})
		w.clean(t)
		again := arrive
		again.ID = ledger.NewID()
		refused(t, w.Arrive(w.ctx, operator, again), fault.Conflict)
		sent := ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: send.ID}
		refused(t, w.Reverse(w.ctx, operator, sent), fault.Refused, "has arrived")
		back := ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O3").Area, Of: arrive.ID}
		for range 2 {
			must(t, w.Reverse(w.ctx, operator, back))
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 10, "transit": 10})
		w.want(t, "O3", lot, map[string]int{})
		must(t, w.Arrive(w.ctx, operator, arrive)) // the old request once more changes nothing that was done since
		w.want(t, "O3", lot, map[string]int{})
		next := ledger.Arrival{ID: ledger.NewID(), Transfer: send.ID, FromArea: w.outlet("O1").Area, OccurredOn: w.Today(), Good: 6}
		must(t, w.Arrive(w.ctx, operator, next))
		must(t, w.Reverse(w.ctx, operator, back)) // nor does the old reversal touch the arrival after it, of the same instant
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 10, "lost": 4})
		w.want(t, "O3", lot, map[string]int{"shelf": 6})
		must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O3").Area, Of: next.ID}))
		must(t, w.Reverse(w.ctx, operator, sent))
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 20})
		w.clean(t)
	})
}

func TestAReversalThatOthersStandOn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.entry("O1", 5)
		e.OccurredOn = on("2018-06-01")
		must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: "A1"}))
		lot := w.lot(t, "A1")
		must(t, w.supply("O1", lot, "2018-06-04", 2))
		err := w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: e.ID})
		refused(t, err, fault.Refused, "cannot be reversed")
		if f := fault.Of(err)[0]; !strings.Contains(f.Next, "given out of 2 kits on 4 June 2018") {
			t.Errorf("the hint does not name the later entry: %s", f.Next)
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -5, "shelf": 3, "people": 2})
		w.clean(t)
	})
}

func TestUsesAreNeverRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 10)
		must(t, w.supply("O1", lot, "2018-06-02", 3))
		use := func(outlet string, lot, kits int, day string) {
			t.Helper()
			e := w.entry(outlet, kits)
			e.OccurredOn = on(day)
			must(t, w.Use(w.ctx, operator, ledger.UseOf{Entry: e, Lot: lot, Doses: 2}))
		}
		use("O1", lot, 1, "2018-06-03")
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 2, "used": 1})
		use("O4", lot, 1, "2018-06-03") // supplied by an outlet of another authority
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 1, "used": 1})
		w.want(t, "O4", lot, map[string]int{"used": 1})
		use("O1", 0, 1, "2018-06-03")    // lot not known
		use("O1", lot, 50, "2018-06-03") // more than anybody has: a report
		use("O1", lot, 1, "2018-06-01")  // before it was supplied: a report
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 1, "used": 1})
		w.clean(t)
	})
}

func TestWhatPeopleHandBackNeverGoesBackOnAShelf(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 10)
		must(t, w.supply("O1", lot, "2018-06-02", 3))
		move := func(kits int, from, to ledger.Place) error {
			return w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: w.entry("O1", kits), Lot: lot, From: from, To: to})
		}
		must(t, move(2, ledger.People, ledger.Spoiled))
		must(t, move(4, ledger.Shelf, ledger.Held))
		refused(t, move(5, ledger.Held, ledger.Shelf), fault.Refused, "held")
		must(t, move(4, ledger.Held, ledger.Shelf))
		refused(t, move(1, ledger.Held, ledger.Shelf), fault.Refused)
		refused(t, move(1, ledger.Spoiled, ledger.Shelf), fault.Invalid)
		must(t, move(2, ledger.Spoiled, ledger.Returned))
		must(t, move(9, ledger.People, ledger.Spoiled)) // brought from elsewhere: from outside
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 1, "returned": 2, "spoiled": 9, "outside": -9})
		w.clean(t)
	})
}

func TestRights(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 10)
		worker := staff.Person{ID: 7, Role: staff.Worker, Area: w.outlet("O1").Area, Outlets: []int{w.outlet("O1").ID}}
		s := ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot}
		must(t, w.Supply(w.ctx, worker, s))
		s.Entry = w.entry("O2", 1)
		refused(t, w.Supply(w.ctx, worker, s), fault.Forbidden)
		e := w.entry("O1", 1)
		must(t, w.WriteOff(w.ctx, worker, ledger.WriteOff{Entry: e, Lot: lot, From: ledger.Shelf, To: ledger.Held}))
		e = w.entry("O1", 1)
		refused(t, w.WriteOff(w.ctx, worker, ledger.WriteOff{Entry: e, Lot: lot, From: ledger.Held, To: ledger.Shelf}), fault.Forbidden)
		refused(t, w.Reverse(w.ctx, worker, ledger.Reversal{ID: ledger.NewID(), Area: 1, Of: ledger.NewID()}), fault.Forbidden)
		w.clean(t)
	})
}

func TestClientCodes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 10)
		supply := func(code, day string) *ledger.Movement {
			t.Helper()
			e := w.entry("O1", 1)
			e.OccurredOn = on(day)
			must(t, w.Supply(w.ctx, operator, ledger.SupplyOf{Entry: e, Lot: lot, ClientCode: code}))
			return must1(w.Movement(w.ctx, w.outlet("O1").Area, e.ID))(t)
		}
		first := supply("ab 12", "2018-06-05")
		if first.Detail.Supply != ledger.FirstSupply {
			t.Error("the first supply is not marked so")
		}
		again := supply("AB12", "2018-06-06")
		if again.Detail.Supply != ledger.RepeatSupply || string(again.Client) != string(first.Client) {
			t.Error("the second is not seen as a repeat of the same person")
		}
		if strings.Contains(string(first.Client), "12") || len(first.Client) != 16 {
			t.Error("the code shows in what is kept")
		}
		must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: first.Area, Of: first.ID}))
		must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: again.Area, Of: again.ID}))
		if m := supply("AB12", "2018-06-07"); m.Detail.Supply != ledger.FirstSupply {
			t.Error("reversed supplies still count as earlier ones")
		}
		w.clean(t)
	})
}

func TestCounts(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a, b := w.receive(t, "O1", "A1", "2018-06-01", 10), w.receive(t, "O1", "B1", "2018-06-01", 10)
		c := w.receive(t, "O1", "C1", "2018-06-01", 10)
		eight, nought := 8, 0
		count := ledger.CountEntry{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, CountedOn: on("2018-06-10"), Counted: map[int]*int{a: &eight, b: nil, c: &nought}}
		worker := staff.Person{ID: 7, Role: staff.Worker, Outlets: []int{w.outlet("O1").ID}}
		other := staff.Person{ID: 8, Role: staff.Worker, Outlets: []int{w.outlet("O1").ID}}
		must(t, w.SaveCount(w.ctx, worker, count))
		must(t, w.SaveCount(w.ctx, worker, count))
		w.want(t, "O1", a, map[string]int{"supplier": -10, "shelf": 10})
		refused(t, w.SignCount(w.ctx, worker, w.outlet("O1").Area, count.ID, false), fault.Refused, "somebody else")
		for range 2 {
			must(t, w.SignCount(w.ctx, other, w.outlet("O1").Area, count.ID, false))
		}
		w.want(t, "O1", a, map[string]int{"supplier": -10, "shelf": 8, "lost": 2})
		w.want(t, "O1", b, map[string]int{"supplier": -10, "shelf": 10})
		w.want(t, "O1", c, map[string]int{"supplier": -10, "lost": 10})
		refused(t, w.SaveCount(w.ctx, worker, count), fault.Conflict)
		twelve := 12
		more := ledger.CountEntry{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, CountedOn: on("2018-06-11"), Counted: map[int]*int{b: &twelve}}
		must(t, w.SaveCount(w.ctx, worker, more))
		must(t, w.SignCount(w.ctx, worker, w.outlet("O1").Area, more.ID, true))
		w.want(t, "O1", b, map[string]int{"supplier": -10, "shelf": 12, "lost": -2})
		w.clean(t)
	})
}

func TestLotIdentity(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receiveExpiring(t, "O1", "0116917", "2020-02", "2018-06-01", 1)
		for _, same := range []string{"0116917 ", "01 16 917"} {
			e := w.entry("O1", 1)
			must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: same, Expiry: must1(civil.ParseExpiry("29/02/2020"))(t)}))
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -3, "shelf": 3})
		e := w.entry("O1", 1)
		err := w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: "0116917", Expiry: must1(civil.ParseExpiry("03/2020"))(t)})
		refused(t, err, fault.Conflict, "2020-02")
		other := w.receiveExpiring(t, "O1", "116917", "", "2018-06-01", 1)
		if other == lot {
			t.Fatal("leading noughts were lost")
		}
		must(t, w.JoinLots(w.ctx, operator, other, lot))
		if got := must1(w.Lot(w.ctx, other))(t); got.Head() != lot {
			t.Error("joined lots do not have one head")
		}
		must(t, w.PartLot(w.ctx, operator, other))
		if got := must1(w.Lot(w.ctx, other))(t); got.Head() != other {
			t.Error("parted lots are still joined")
		}
		w.clean(t)
	})
}
