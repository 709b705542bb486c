package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/store"
)

// bar puts a notice on lots and gives what it found on shelves.
func (w *world) bar(t *testing.T, notice int, kind ledger.Bars, lots ...int) []ledger.Hit {
	t.Helper()
	var hits []ledger.Hit
	must(t, w.db.Write(w.ctx, func(tx *store.Tx) error {
		var err error
		hits, err = w.Bar(w.ctx, tx, operator, ledger.Bar{Notice: notice, Number: fmt.Sprint("N", notice), Kind: kind}, lots...)
		return err
	}))
	return hits
}

func (w *world) write(fn func(tx *store.Tx) error) error { return w.db.Write(w.ctx, fn) }

// importFiles imports files as one: kind, text, kind, text.
func (w *world) importFiles(kindsAndTexts ...string) error {
	var files []ledger.Import
	for i := 0; i < len(kindsAndTexts); i += 2 {
		files = append(files, textImport(kindsAndTexts[i], kindsAndTexts[i]+".csv", kindsAndTexts[i+1], false))
	}
	_, err := w.ImportAll(w.ctx, files...)
	return err
}

func (w *world) check(c ledger.Checked) error {
	return w.write(func(tx *store.Tx) error { return w.CheckBarred(w.ctx, tx, operator, c) })
}

func (w *world) unchecked(t *testing.T, outlet string, lot int) int {
	t.Helper()
	for _, l := range must1(w.Stock(w.ctx, w.outlet(outlet).ID))(t).Lines {
		if l.Lot.ID == lot {
			return l.Unchecked
		}
	}
	return 0
}

func TestAWithdrawalHoldsWhatIsThereAndWhatComes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 20)
		other := w.receive(t, "O1", "B2", "2018-06-05", 5)
		send := ledger.Dispatch{Entry: w.entry("O1", 4), Lot: lot, To: w.outlet("O3").ID}
		must(t, w.Send(w.ctx, operator, send))
		must(t, w.supply("O1", lot, "2018-06-14", 3))
		var landed []ledger.Landing
		w.OnLanding(func(_ context.Context, _ *store.Tx, l ledger.Landing) error { landed = append(landed, l); return nil })
		hits := w.bar(t, 7, ledger.Withdrawn, lot)
		if want := []ledger.Hit{{Area: w.outlet("O1").Area, Outlet: w.outlet("O1").ID, Lot: lot, Kits: 13}}; !slices.Equal(hits, want) {
			t.Fatalf("hits %v, want %v", hits, want)
		}
		if again := w.bar(t, 7, ledger.Withdrawn, lot); len(again) != 0 {
			t.Fatalf("the same notice hit again: %v", again)
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "held": 13, "transit": 4, "people": 3})
		w.want(t, "O1", other, map[string]int{"supplier": -5, "shelf": 5})
		refused(t, w.supply("O1", lot, "2018-06-15", 1), fault.Refused, "withdrawn by notice N7")

		// What comes later is held too, and whoever follows notices hears of it.
		must(t, w.Arrive(w.ctx, operator, ledger.Arrival{ID: ledger.NewID(), Transfer: send.ID, FromArea: w.outlet("O1").Area, OccurredOn: w.Today(), Good: 4}))
		w.receive(t, "O2", "A1", "2018-06-05", 6)
		w.want(t, "O3", lot, map[string]int{"held": 4})
		w.want(t, "O2", lot, map[string]int{"supplier": -6, "held": 6})
		if len(landed) != 2 || landed[0].Outlet != w.outlet("O3").ID || landed[0].Kits != 4 || landed[1].Bars[0].Number != "N7" {
			t.Fatalf("landed: %+v", landed)
		}

		// Kits given out the day before, entered after the notice, were never held in truth.
		must(t, w.supply("O1", lot, "2018-06-14", 2))
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "held": 11, "transit": 0, "people": 5})
		refused(t, w.supply("O1", lot, "2018-06-14", 12), fault.Refused, "not enough")

		// A coordinator's release lets kits out, and later ones stay on the shelf; elsewhere they are still held.
		r := ledger.Release{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 7, Kits: 11}
		for range 2 {
			must(t, w.write(func(tx *store.Tx) error { return w.ReleaseBarred(w.ctx, tx, operator, r) }))
		}
		must(t, w.supply("O1", lot, "2018-06-15", 1))
		w.receive(t, "O1", "A1", "2018-06-05", 2)
		w.receive(t, "O2", "A1", "2018-06-05", 1)
		w.want(t, "O1", lot, map[string]int{"supplier": -22, "shelf": 12, "people": 6})
		w.want(t, "O2", lot, map[string]int{"supplier": -7, "held": 7})
		must(t, w.write(func(tx *store.Tx) error { return w.Unbar(w.ctx, tx, 7) }))
		w.receive(t, "O2", "A1", "2018-06-05", 1)
		w.want(t, "O2", lot, map[string]int{"supplier": -8, "shelf": 1, "held": 7})
		w.clean(t)
	})
}

func TestALotOfTwoNotices(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 20)
		w.bar(t, 1, ledger.ToCheck, lot)
		w.bar(t, 2, ledger.Withdrawn, lot)
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "held": 20})
		if n := w.unchecked(t, "O1", lot); n != 0 {
			t.Errorf("%d kits on an empty shelf wait to be checked", n)
		}
		w.clean(t)
		// Released by one notice they still wait for the other.
		must(t, w.write(func(tx *store.Tx) error {
			return w.ReleaseBarred(w.ctx, tx, operator, ledger.Release{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 2, Kits: 8})
		}))
		refused(t, w.supply("O1", lot, "2018-06-15", 1), fault.Refused, "N1")
		if n := w.unchecked(t, "O1", lot); n != 8 {
			t.Errorf("%d unchecked, want 8", n)
		}
		w.clean(t)
	})
}

func TestAReceiptThatANoticeHoldsCanBeReversed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 20)
		w.bar(t, 7, ledger.Withdrawn, lot)
		e := w.entry("O1", 5)
		must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: "A1"}))
		back := ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: e.ID}
		for range 2 {
			must(t, w.Reverse(w.ctx, operator, back))
			w.want(t, "O1", lot, map[string]int{"supplier": -20, "held": 20})
		}
		w.clean(t)
	})
}

func TestACheckStopsSupplyUntilKitsAreChecked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 20)
		w.bar(t, 9, ledger.ToCheck, lot)
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 20}) // it is no recall: kits stay
		s := must1(w.Stock(w.ctx, w.outlet("O1").ID))(t)
		if four := s.Four(); four != (ledger.Four{OnHand: 20, Held: 20}) {
			t.Errorf("four figures: %+v", four)
		}
		if p := s.Picks(1); p[0].Proposed || p[0].Blocked != "to be checked first, notice N9" {
			t.Errorf("pick: %+v", p[0])
		}
		refused(t, w.supply("O1", lot, "2018-06-15", 1), fault.Refused, "must be checked", "N9", "none")
		refused(t, w.check(ledger.Checked{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 9, Good: 20, Faulty: 1}), fault.Refused, "only 20")
		c := ledger.Checked{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 9, Good: 7, Faulty: 2}
		for range 2 {
			must(t, w.check(c))
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "shelf": 18, "spoiled": 2})
		refused(t, w.supply("O1", lot, "2018-06-15", 8), fault.Refused, "7 of the 18")
		must(t, w.supply("O1", lot, "2018-06-15", 7))
		if n := w.unchecked(t, "O1", lot); n != 11 {
			t.Errorf("%d unchecked, want 11", n)
		}
		// What comes later must be checked too; what leaves unchecked no longer waits here.
		w.receive(t, "O1", "A1", "2018-06-05", 4)
		if n := w.unchecked(t, "O1", lot); n != 15 {
			t.Errorf("%d unchecked, want 15", n)
		}
		must(t, w.Send(w.ctx, operator, ledger.Dispatch{Entry: w.entry("O1", 13), Lot: lot, To: w.outlet("O2").ID}))
		if n := w.unchecked(t, "O1", lot); n != 2 {
			t.Errorf("%d unchecked, want 2", n)
		}
		must(t, w.supply("O1", lot, "2018-06-14", 1)) // happened before: recorded
		w.clean(t)
		must(t, w.write(func(tx *store.Tx) error { return w.Unbar(w.ctx, tx, 9) }))
		must(t, w.supply("O1", lot, "2018-06-15", 1))
		refused(t, w.check(ledger.Checked{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 9, Good: 1}), fault.Refused, "no longer")
		w.clean(t)
	})
}

func TestFilesObeyNotices(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 20)
		w.bar(t, 7, ledger.Withdrawn, lot)
		receipts := "id,occurred_on,outlet,product,lot,expiry,kits\nr1,2018-06-10,O2,prenoxad,A1,2020-02,9\n"
		supplies := "id,occurred_on,outlet,product,lot,kits\ns1,2018-06-12,O2,prenoxad,A1,4\ns2,2018-06-13,O1,prenoxad,A1,3\n"
		for range 2 {
			must(t, w.importFiles("receipts", receipts, "supplies", supplies))
			w.want(t, "O1", lot, map[string]int{"supplier": -20, "held": 17, "people": 3})
			w.want(t, "O2", lot, map[string]int{"supplier": -9, "held": 5, "people": 4})
		}
		if err := w.importFiles("supplies", "id,occurred_on,outlet,product,lot,kits\ns3,2018-06-12,O2,prenoxad,A1,6\n"); err == nil {
			t.Error("more given out than there ever was")
		}
		w.clean(t)
	})
}

func TestLotsThatAreOneObeyTogether(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a, b := w.receive(t, "O1", "A1", "2018-06-05", 2), w.receive(t, "O2", "A1X", "2018-06-05", 3)
		w.bar(t, 7, ledger.Withdrawn, a)
		w.want(t, "O2", b, map[string]int{"supplier": -3, "shelf": 3})
		must(t, w.JoinLots(w.ctx, operator, b, a))
		w.want(t, "O2", b, map[string]int{"supplier": -3, "held": 3})
		family := must1(w.Family(w.ctx, b))(t)
		if len(family) != 2 || family[0].ID != a {
			t.Errorf("family: %+v", family)
		}
		must(t, w.PartLot(w.ctx, operator, b))
		w.clean(t)
	})
}

func TestAChangedExpiryKeepsTheOld(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receiveExpiring(t, "O1", "A1", "2018-05-31", "2018-04-01", 2)
		same := w.receiveExpiring(t, "O1", "B1", "2018-05-31", "2018-04-01", 2)
		refused(t, w.supply("O1", lot, "2018-06-15", 1), fault.Refused, "expired")
		change := func() error {
			return w.write(func(tx *store.Tx) error {
				return w.ChangeExpiry(w.ctx, tx, operator, 3, "N3", lot, civil.ExpiresOn(on("2019-05-31")))
			})
		}
		must(t, change())
		must(t, change())
		must(t, w.supply("O1", lot, "2018-06-15", 1))
		refused(t, w.supply("O1", same, "2018-06-15", 1), fault.Refused, "expired") // the named lots only
		w.receiveExpiring(t, "O2", "A1", "2018-05-31", "2018-06-02", 1)             // packs still bear the old date
		w.receiveExpiring(t, "O2", "A1", "2019-05-31", "2018-06-02", 1)
		e := w.entry("O2", 1)
		refused(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: "A1", Expiry: civil.ExpiresOn(on("2018-08-31"))}), fault.Conflict)
		changes := must1(w.ExpiryChanges(w.ctx, lot))(t)
		if len(changes) != 1 || changes[0].Was.String() != "2018-05-31" || changes[0].Becomes.String() != "2019-05-31" || changes[0].Number != "N3" {
			t.Errorf("changes: %+v", changes)
		}
		w.clean(t)
	})
}

func TestAnEarlierKitIsReplaced(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		old, lot := w.receive(t, "O3", "OLD", "2018-06-05", 9), w.receive(t, "O1", "A1", "2018-06-05", 9)
		must(t, w.supply("O3", old, "2018-06-10", 5))
		var last ledger.SupplyOf
		for _, c := range []struct {
			reason ledger.Reason
			back   bool
			people int            // kits of the old lot still out from the outlet that supplied them
			want   map[string]int // where those that were replaced went, told of here
		}{
			{ledger.ReasonUsedOnOther, false, 4, map[string]int{"used": 1}},
			{ledger.ReasonStolen, false, 3, map[string]int{"used": 1, "lost": 1}},
			{ledger.ReasonExpired, false, 2, map[string]int{"used": 1, "lost": 1, "destroyed": 1}},
			{ledger.ReasonExpired, true, 1, map[string]int{"used": 1, "lost": 1, "destroyed": 1, "spoiled": 1}},
			{ledger.ReasonSpare, false, 1, map[string]int{"used": 1, "lost": 1, "destroyed": 1, "spoiled": 1}},
		} {
			last = ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot, Reason: c.reason, ReplacesLot: "OLD", Replaces: old, BroughtBack: c.back}
			for range 2 {
				must(t, w.Supply(w.ctx, operator, last))
				w.want(t, "O3", old, map[string]int{"supplier": -9, "shelf": 4, "people": c.people})
				w.want(t, "O1", old, c.want)
			}
		}
		expired := ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot, Reason: ledger.ReasonNotice, Replaces: old}
		must(t, w.Supply(w.ctx, operator, expired))
		w.want(t, "O3", old, map[string]int{"supplier": -9, "shelf": 4})
		more := ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot, Reason: ledger.ReasonExpired, Replaces: old}
		must(t, w.Supply(w.ctx, operator, more)) // nobody here has any out: kept as a report
		w.want(t, "O3", old, map[string]int{"supplier": -9, "shelf": 4})
		must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: expired.ID}))
		w.want(t, "O3", old, map[string]int{"supplier": -9, "shelf": 4, "people": 1})
		w.clean(t)
	})
}

// TestNoticesOverRandomEntries tries deeds at random under notices and asks after each: no withdrawn kit is on a shelf that
// was not released, no more wait to be checked than are there, and the trace adds up to what came in.
func TestNoticesOverRandomEntries(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(rand.Uint64(), 1))
		outlets := []string{"O1", "O2", "O3"}
		lot := w.receive(t, "O1", "A1", "2018-06-05", 30)
		checked := w.receive(t, "O1", "C1", "2018-06-05", 30)
		var sends []ledger.Dispatch
		var all []uuid.UUID
		barred := false
		for n := range 150 {
			if n == 40 {
				w.bar(t, 1, ledger.Withdrawn, lot)
				w.bar(t, 2, ledger.ToCheck, checked)
				barred = true
			}
			o, of := outlets[r.IntN(3)], []int{lot, checked}[r.IntN(2)]
			e := w.entry(o, 1+r.IntN(4))
			e.OccurredOn -= civil.Date(r.IntN(4))
			var err error
			switch r.IntN(8) {
			case 0:
				err = w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: map[int]string{lot: "A1", checked: "C1"}[of]})
			case 1, 2:
				err = w.Supply(w.ctx, operator, ledger.SupplyOf{Entry: e, Lot: of})
				if err == nil && barred && of == lot && e.OccurredOn == w.Today() {
					t.Fatal("a withdrawn kit was given out")
				}
			case 3:
				d := ledger.Dispatch{Entry: e, Lot: of, To: w.outlet(outlets[r.IntN(3)]).ID}
				if err = w.Send(w.ctx, operator, d); err == nil {
					sends = append(sends, d)
				}
			case 4:
				if len(sends) > 0 {
					d := sends[r.IntN(len(sends))]
					err = w.Arrive(w.ctx, operator, ledger.Arrival{ID: ledger.NewID(), Transfer: d.ID, FromArea: w.snap.Outlet(d.Outlet).Area, OccurredOn: w.Today(), Good: r.IntN(d.Kits + 1)})
				}
			case 5:
				err = w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: e, Lot: of, From: []ledger.Place{ledger.Shelf, ledger.Held}[r.IntN(2)], To: ledger.Destroyed})
			case 6:
				if len(all) > 0 {
					id := all[r.IntN(len(all))]
					for _, code := range outlets {
						err = w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet(code).Area, Of: id})
					}
				}
			case 7:
				err = w.check(ledger.Checked{ID: e.ID, Outlet: e.Outlet, Lot: checked, Notice: 2, Good: r.IntN(3), Faulty: r.IntN(2)})
			}
			if err == nil {
				all = append(all, e.ID)
			} else if fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			traced := must1(w.Trace(w.ctx, lot, checked))(t)
			for _, row := range traced {
				if barred && row.Lot == lot && row.Counts[ledger.Shelf] != 0 {
					t.Fatalf("step %d: %d withdrawn kits on a shelf", n, row.Counts[ledger.Shelf])
				}
				if n := w.unchecked(t, w.snap.Outlet(row.Outlet).Code, row.Lot); n < 0 || n > row.Counts[ledger.Shelf] {
					t.Fatalf("%d unchecked of %d", n, row.Counts[ledger.Shelf])
				}
			}
		}
		w.clean(t)
	})
}
