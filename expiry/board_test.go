package expiry_test

import (
	"testing"

	"everykit/civil"
	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
)

// rated gives an outlet a history: 107 days from the first of March until today in which it gave out so many pens of a lot
// that is long finished.
func (w *world) rated(outlet string, kits int) {
	w.t.Helper()
	lot := w.receive("2026-01-05", outlet, "pen", "OLD-"+outlet, "2027-12", kits+1)
	w.supply("2026-01-10", outlet, lot, 1) // before the window: not in the rate
	w.supply("2026-04-10", outlet, lot, kits)
}

func TestBoardOfAnOutlet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Alder", 107) // one a day
		o := w.outlet("Alder").ID
		past := w.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
		w.supply("2026-02-02", "Alder", past, 1)
		w.receive("2026-02-01", "Alder", "pen", "SOON", "2026-09-12", 7) // 89 days: too short-dated to give out
		w.receive("2026-02-01", "Alder", "pen", "NEXT", "2026-10", 60)   // until 2 August: 48 days
		later := w.receive("2026-02-01", "Alder", "pen", "LATER", "2027-03", 100)
		w.receive("2026-02-01", "Alder", "pen", "NOBODY", "", 5)
		must(t, w.led.WriteOff(ctx, staff.Operator(), ledger.WriteOff{Entry: w.entry("2026-06-01", "Alder", 10), Lot: later, From: ledger.Shelf, To: ledger.Held}))

		b := w.board(expiry.OfOutlet(o))
		if b.Today != on(t, "2026-06-15") || b.Window.From != on(t, "2026-03-01") || b.Window.To != b.Today {
			t.Errorf("today is %v, the window %v", b.Today, b.Window)
		}
		// The rate counts the supplies of LATER's product in all: 107 in 107 days, and 0 of PAST in February.
		want := expiry.Summary{
			Expired: expiry.Kits{Shelf: 3, People: 1},
			Soon:    expiry.Kits{Shelf: 7, Unused: 7},
			InDate:  expiry.Kits{Shelf: 150, Held: 10, People: 108, Unused: 12},
			Unknown: expiry.Kits{Shelf: 5},
		}
		if b.Summary != want {
			t.Errorf("the sums are %+v, want %+v", b.Summary, want)
		}
		if got := b.Summary.All(); got != (expiry.Kits{Shelf: 165, Held: 10, People: 109, Unused: 19}) {
			t.Errorf("all is %+v", got)
		}
		type lot struct {
			number string
			state  expiry.State
			kits   expiry.Kits
		}
		var got []lot
		for _, l := range b.Lots {
			got = append(got, lot{l.Lot.Number, l.State, l.Kits})
			if l.Product == nil || l.Product.Code != "pen" {
				t.Errorf("lot %s is of %v", l.Lot.Number, l.Product)
			}
		}
		wantLots := []lot{
			{"PAST", expiry.Expired, expiry.Kits{Shelf: 3, People: 1}},
			{"SOON", expiry.Soon, expiry.Kits{Shelf: 7, Unused: 7}},
			{"NEXT", expiry.InDate, expiry.Kits{Shelf: 60, Unused: 12}},
			{"LATER", expiry.InDate, expiry.Kits{Shelf: 90, Held: 10}},
			{"OLD-Alder", expiry.InDate, expiry.Kits{People: 108}},
			{"NOBODY", expiry.Unknown, expiry.Kits{Shelf: 5}},
		}
		same(t, "lots", got, wantLots)
		if len(b.Months) != 19 || b.Months[0].Month != civil.MonthOf(2026, 6) || b.Months[18].Month != civil.MonthOf(2027, 12) {
			t.Errorf("the months are %+v", b.Months)
		}
		if m := b.Months[4]; m.Kits != (expiry.Kits{Shelf: 60, Unused: 12}) || b.Months[0].Kits != (expiry.Kits{}) {
			t.Errorf("October is %+v, June %+v", m, b.Months[0])
		}
		within := []expiry.Within{{Days: 30}, {Days: 60}, {Days: 90, Kits: expiry.Kits{Shelf: 7, Unused: 7}}, {Days: 180, Kits: expiry.Kits{Shelf: 67, Unused: 19}}}
		same(t, "within", b.Within, within)
		if len(b.Outlets) != 0 || len(b.Areas) != 0 {
			t.Error("the board of an outlet lists others")
		}
		_, err := w.Board(ctx, expiry.OfOutlet(4711))
		wantKind(t, err, fault.NotFound)
		_, err = w.Board(ctx, expiry.OfArea(4711))
		wantKind(t, err, fault.NotFound)
	})
}

// TestRateOf says what is supply and what is not.
func TestRateOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		left := func(outlet string) int { t.Helper(); return w.board(expiry.OfOutlet(w.outlet(outlet).ID)).Unused() }
		// Birch began on 20 April: its window has 76 days, from the first of the month.
		lot := w.receive("2026-04-20", "Birch", "pen", "B", "2026-10", 200) // 48 days
		if got := left("Birch"); got != 200 {
			t.Errorf("without any supply %d are left over, want all 200", got)
		}
		w.supply("2026-05-01", "Birch", lot, 76)
		if got := left("Birch"); got != 124-48 {
			t.Errorf("at one a day %d are left over, want 76", got)
		}
		again := w.supply("2026-05-02", "Birch", lot, 24)
		must(t, w.led.Reverse(ctx, staff.Operator(), ledger.Reversal{ID: ledger.NewID(), Area: w.kent(), Of: again}))
		if got := left("Birch"); got != 76 {
			t.Errorf("a reversed supply counts: %d left over, want 76", got)
		}
		// What is lost, destroyed or sent on is not given out; here it is only gone from the shelf.
		for _, to := range []ledger.Place{ledger.Lost, ledger.Destroyed} {
			must(t, w.led.WriteOff(ctx, staff.Operator(), ledger.WriteOff{Entry: w.entry("2026-06-01", "Birch", 10), Lot: lot, From: ledger.Shelf, To: to}))
		}
		w.send("2026-06-01", "Birch", "Cedar", lot, 10)
		if got := left("Birch"); got != 46 {
			t.Errorf("%d left over, want 46", got)
		}
		// Another product has a rate of its own.
		w.receive("2026-04-20", "Birch", "puff", "S", "2029-01", 9)
		if got := left("Birch"); got != 46+9 {
			t.Errorf("%d left over, want 55", got)
		}
		// A store's rate is what it sends.
		depot := w.receive("2026-01-20", "Depot", "pen", "D", "2026-10", 407)
		w.send("2026-03-01", "Depot", "Alder", depot, 107)
		if got := left("Depot"); got != 300-48 {
			t.Errorf("%d are left over in the store, want 252", got)
		}
		// What closes gives nothing out after.
		o := *w.outlet("Birch")
		o.ClosedOn = on(t, "2026-06-25") // nine more days
		_, err := w.reg.PutOutlet(ctx, o)
		must(t, err)
		if got := left("Birch"); got != 94-9+9 {
			t.Errorf("%d are left over at the outlet that closes, want 94", got)
		}
		if got := w.board(expiry.OfArea(w.england())).Unused(); got != 94+252 {
			t.Errorf("%d are left over in all, want 346", got)
		}
	})
}

func TestBoardOfAreas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Alder", 107)
		shared := w.receive("2026-02-01", "Alder", "pen", "SHARED", "2026-10", 60)
		w.receive("2026-02-01", "Cedar", "pen", "SHARED", "2026-10", 20)
		w.receive("2026-02-01", "Birch", "pen", "PAST", "2026-05", 90)
		w.receive("2026-02-01", "Elm", "pen", "SHARED", "2026-10", 5)
		b := w.board(expiry.OfArea(w.kent()))
		var codes []string
		for _, o := range b.Outlets {
			codes = append(codes, o.Outlet.Code)
		}
		same(t, "outlets", codes, []string{"Birch", "Cedar", "Alder"}) // 90, 20 and 12 to do
		for _, l := range b.Lots {
			if l.Lot.ID == shared && (l.Outlets != 2 || l.Kits != expiry.Kits{Shelf: 80, Unused: 32}) {
				t.Errorf("the lot that two outlets have is %+v", l)
			}
		}
		sum := expiry.Kits{}
		for _, o := range b.Outlets {
			all := o.All()
			sum.Shelf += all.Shelf
			sum.People += all.People
			sum.Unused += all.Unused
		}
		if sum != b.All() || b.All().Shelf != 170 {
			t.Errorf("the outlets have %+v together, all is %+v", sum, b.All())
		}
		n := w.board(expiry.OfArea(w.england()))
		if len(n.Areas) != 2 || n.Areas[0].Area.Name != "Kent" || n.Areas[0].Summary != b.Summary || len(n.Outlets) != 0 {
			t.Errorf("the nation has %+v", n.Areas)
		}
		if got := n.Areas[1].All(); got != (expiry.Kits{Shelf: 5, Unused: 5}) || n.All().Shelf != 175 {
			t.Errorf("Surrey has %+v, the nation %+v", got, n.All())
		}
	})
}

func same[T any](t testing.TB, what string, got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %+v, want %+v", what, got, want)
		return
	}
	for i := range got {
		if any(got[i]) != any(want[i]) {
			t.Errorf("%s: number %d is %+v, want %+v", what, i, got[i], want[i])
		}
	}
}
