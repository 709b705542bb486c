package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

// clockedWorld is eachWorld with a clock that the test moves.
func clockedWorld(t *testing.T, fn func(t *testing.T, w *world, now *time.Time)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			now := noon
			fn(t, newWorld(t, open(t, func() time.Time { return now })), &now)
		})
	}
}

func (w *world) release(notice int, outlet string, lot, kits int) (ledger.Release, error) {
	r := ledger.Release{ID: ledger.NewID(), Outlet: w.outlet(outlet).ID, Lot: lot, Notice: notice, Kits: kits}
	return r, w.releaseAgain(r)
}

func (w *world) releaseAgain(r ledger.Release) error {
	return w.write(func(tx *store.Tx) error { return w.ReleaseBarred(w.ctx, tx, operator, r) })
}

func (w *world) unbar(t *testing.T, notice int) {
	t.Helper()
	must(t, w.write(func(tx *store.Tx) error { return w.Unbar(w.ctx, tx, notice) }))
}

func (w *world) reverse(outlet *registry.Outlet, of ledger.Entry) error {
	return w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: outlet.Area, Of: of.ID})
}

func (w *world) worker(outlet string) staff.Person {
	o := w.outlet(outlet)
	return staff.Person{ID: 5, Role: staff.Worker, Area: o.Area, Outlets: []int{o.ID}}
}

// movements are the ids of a kind of movement of a lot at an outlet that were not reversed, the latest first.
func (w *world) movements(t *testing.T, outlet string, kind ledger.Kind, lot int) []*ledger.Movement {
	t.Helper()
	all, _, err := w.TracePage(w.ctx, w.outlet(outlet), 0, 1000, lot)
	must(t, err)
	var of []*ledger.Movement
	for _, m := range all {
		if m.Kind == kind {
			of = append(of, m)
		}
	}
	return of
}

// A file is read into rooms that are used again. The rows of withdrawn lots must be known by themselves when it ends.
func TestALongFileHoldsWhatItLanded(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t, func() time.Time { return noon }))
	lot := w.receive(t, "O1", "A1", "2018-06-05", 1)
	w.bar(t, 7, ledger.Withdrawn, lot)
	var b strings.Builder
	b.WriteString("occurred_on,outlet,product,lot,expiry,kits\n2018-06-10,O2,prenoxad,A1,2020-02,9\n")
	for range 40_000 {
		b.WriteString("2018-06-10,O3,nyxoid,B1,2020-02,1\n")
	}
	must(t, w.importFiles("receipts", b.String()))
	w.want(t, "O2", lot, map[string]int{"supplier": -9, "held": 9})
	w.want(t, "O3", w.lot(t, "B1"), map[string]int{"supplier": -40_000, "shelf": 40_000})
	w.clean(t)
}

// What was given out over several days before anybody entered it is taken back from what was held, day by day.
func TestLateEntriesOfSeveralDaysUncoverWhatWasHeld(t *testing.T) {
	clockedWorld(t, func(t *testing.T, w *world, now *time.Time) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 1)
		w.bar(t, 7, ledger.Withdrawn, lot)
		*now = now.AddDate(0, 0, 10)
		must(t, w.importFiles(
			"receipts", "occurred_on,outlet,product,lot,expiry,kits\n2018-06-17,O2,prenoxad,A1,2020-02,10\n2018-06-20,O2,prenoxad,A1,2020-02,10\n",
			"supplies", "occurred_on,outlet,product,lot,kits\n2018-06-18,O2,prenoxad,A1,4\n2018-06-21,O2,prenoxad,A1,4\n2018-06-22,O2,prenoxad,A1,1\n"))
		w.want(t, "O2", lot, map[string]int{"supplier": -20, "held": 11, "people": 9})
		w.clean(t)
	})
}

// Kits that were set aside for another reason before the notice were never on the shelf, whatever a late entry says.
func TestALateEntryTakesOnlyWhatTheNoticeHeld(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 10)
		e := w.entry("O1", 4)
		e.OccurredOn = on("2018-06-10")
		must(t, w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: e, Lot: lot, From: ledger.Shelf, To: ledger.Held}))
		w.bar(t, 7, ledger.Withdrawn, lot)
		refused(t, w.supply("O1", lot, "2018-06-14", 7), fault.Refused, "not enough")
		must(t, w.supply("O1", lot, "2018-06-14", 6))
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "held": 4, "people": 6})
		w.clean(t)
	})
}

// Undoing a hold under a notice changes nothing, and it cannot be undone once those kits have gone.
func TestAReversedHoldStaysHeld(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 10)
		w.bar(t, 7, ledger.Withdrawn, lot)
		w.bar(t, 8, ledger.Withdrawn, lot)
		first := w.movements(t, "O1", ledger.KindHold, lot)[0]
		must(t, w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: w.entry("O1", 4), Lot: lot, From: ledger.Held, To: ledger.Returned}))
		refused(t, w.reverse(w.outlet("O1"), ledger.Entry{ID: first.ID}), fault.Refused)
		_, err := w.release(7, "O1", lot, 7)
		refused(t, err, fault.Refused)
		w.receive(t, "O1", "A1", "2018-06-05", 4)
		must(t, w.reverse(w.outlet("O1"), ledger.Entry{ID: first.ID}))
		w.want(t, "O1", lot, map[string]int{"supplier": -14, "held": 10, "returned": 4})
		w.clean(t)
	})
}

// In an emergency a withdrawn kit is used if there is no other, and held kits can turn out to be gone.
func TestWhatHappenedToHeldKitsTodayIsRecorded(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 10)
		w.bar(t, 7, ledger.Withdrawn, lot)
		must(t, w.Use(w.ctx, operator, ledger.UseOf{Entry: w.entry("O1", 1), Lot: lot, ByStaff: true}))
		must(t, w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: w.entry("O1", 2), Lot: lot, From: ledger.Shelf, To: ledger.Lost}))
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "held": 7, "used": 1, "lost": 2})
		refused(t, w.Use(w.ctx, operator, ledger.UseOf{Entry: w.entry("O1", 8), Lot: lot, ByStaff: true}), fault.Refused)
		refused(t, w.Send(w.ctx, operator, ledger.Dispatch{Entry: w.entry("O1", 1), Lot: lot, To: w.outlet("O2").ID}), fault.Refused)
		w.clean(t)
	})
}

// A supply of before the notice that turns out not to have been comes back as what it is: not checked.
func TestAReversedSupplyOfBeforeTheNoticeMustBeChecked(t *testing.T) {
	clockedWorld(t, func(t *testing.T, w *world, now *time.Time) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 10)
		before := ledger.SupplyOf{Entry: w.entry("O1", 5), Lot: lot}
		must(t, w.Supply(w.ctx, operator, before))
		*now = now.Add(time.Minute)
		w.bar(t, 9, ledger.ToCheck, lot)
		*now = now.Add(time.Minute)
		must(t, w.check(ledger.Checked{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 9, Good: 5}))
		good := ledger.SupplyOf{Entry: w.entry("O1", 2), Lot: lot}
		must(t, w.Supply(w.ctx, operator, good))
		must(t, w.reverse(w.outlet("O1"), before.Entry))
		if n := w.unchecked(t, "O1", lot); n != 5 {
			t.Errorf("%d wait to be checked, want 5", n)
		}
		must(t, w.reverse(w.outlet("O1"), good.Entry)) // those had been checked
		if n := w.unchecked(t, "O1", lot); n != 5 {
			t.Errorf("%d wait to be checked, want 5", n)
		}
		late := ledger.SupplyOf{Entry: w.entry("O1", 7), Lot: lot}
		late.OccurredOn--
		must(t, w.Supply(w.ctx, operator, late)) // five of them at least had not been
		must(t, w.reverse(w.outlet("O1"), late.Entry))
		if n := w.unchecked(t, "O1", lot); n < 5 {
			t.Errorf("%d wait to be checked: some kits came to be good by being given out on paper", n)
		}
		w.clean(t)
	})
}

// Whoever may not release held kits does not do so by undoing what held them, nor by a file.
func TestOnlyACoordinatorReleases(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot, free := w.receive(t, "O1", "A1", "2018-06-05", 10), w.receive(t, "O1", "B1", "2018-06-05", 10)
		area := w.outlet("O1").Area
		w.bar(t, 7, ledger.Withdrawn, lot)
		own := w.entry("O1", 3)
		must(t, w.WriteOff(w.ctx, w.worker("O1"), ledger.WriteOff{Entry: own, Lot: free, From: ledger.Shelf, To: ledger.Held}))
		w.unbar(t, 7)
		hold := w.movements(t, "O1", ledger.KindHold, lot)[0].ID
		refused(t, w.Reverse(w.ctx, w.worker("O1"), ledger.Reversal{ID: ledger.NewID(), Area: area, Of: hold}), fault.Forbidden)
		must(t, w.Reverse(w.ctx, w.worker("O1"), ledger.Reversal{ID: ledger.NewID(), Area: area, Of: own.ID})) // one's own slip
		file := textImport("writeoffs", "w.csv", "occurred_on,outlet,product,lot,kits,from,to\n2018-06-15,O1,prenoxad,A1,10,held,shelf\n", false)
		file.Who = w.worker("O1")
		if _, err := w.Import(w.ctx, file); err == nil {
			t.Error("a worker released held kits by a file")
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "held": 10})
		must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: area, Of: hold}))
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 10})
		w.clean(t)
	})
}

// A withdrawal ends at an outlet only by a release from that very notice.
func TestAReleaseIsFromOneNotice(t *testing.T) {
	clockedWorld(t, func(t *testing.T, w *world, now *time.Time) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 10)
		w.bar(t, 7, ledger.Withdrawn, lot)
		w.bar(t, 8, ledger.Withdrawn, lot)
		back := ledger.WriteOff{Entry: w.entry("O1", 4), Lot: lot, From: ledger.Held, To: ledger.Shelf}
		refused(t, w.WriteOff(w.ctx, operator, back), fault.Refused, "withdrawn by notice N7")
		_, err := w.release(7, "O1", lot, 6)
		must(t, err)
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "held": 10})
		r, err := w.release(8, "O1", lot, 6)
		must(t, err)
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "held": 4, "shelf": 6})
		must(t, w.supply("O1", lot, "2018-06-15", 1))
		w.clean(t)

		// The same release sent once more on another day, or after the notice, changes nothing.
		*now = now.AddDate(0, 0, 1)
		must(t, w.releaseAgain(r))
		w.receive(t, "O1", "A1", "2018-06-16", 2)
		w.want(t, "O1", lot, map[string]int{"supplier": -12, "held": 4, "shelf": 7, "people": 1})

		// Undone, it ends: what lies there and what comes is held again, and sent again it does not let anything out.
		must(t, w.reverse(w.outlet("O1"), ledger.Entry{ID: r.ID}))
		w.want(t, "O1", lot, map[string]int{"supplier": -12, "held": 11, "people": 1})
		w.receive(t, "O1", "A1", "2018-06-16", 2)
		must(t, w.releaseAgain(r))
		w.receive(t, "O1", "A1", "2018-06-16", 2)
		w.want(t, "O1", lot, map[string]int{"supplier": -16, "held": 15, "people": 1})
		w.clean(t)
		w.unbar(t, 7)
		w.unbar(t, 8)
		must(t, w.releaseAgain(r))
		w.clean(t)
	})
}

// All entries that are one lot obey what any of them must, and whoever had kits of any is told.
func TestAllEntriesOfALotObey(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		head, a, b := w.receive(t, "O1", "A1", "2018-06-05", 1), w.receive(t, "O2", "A1X", "2018-06-05", 2), w.receive(t, "O3", "A1Y", "2018-06-05", 3)
		must(t, w.supply("O2", a, "2018-06-15", 2))
		must(t, w.JoinLots(w.ctx, operator, a, head))
		w.bar(t, 7, ledger.Withdrawn, b)
		told := map[int]int{}
		w.OnLanding(func(_ context.Context, _ *store.Tx, l ledger.Landing) error {
			told[l.Outlet] += l.Kits
			if len(l.Bars) != 1 || l.Bars[0].Notice != 7 {
				t.Errorf("landing %+v", l)
			}
			return nil
		})
		must(t, w.JoinLots(w.ctx, operator, b, head))
		if len(told) != 2 || told[w.outlet("O1").ID] != 1 || told[w.outlet("O2").ID] != 0 {
			t.Errorf("told %v", told)
		}
		w.want(t, "O1", head, map[string]int{"supplier": -1, "held": 1})
		w.receive(t, "O2", "A1X", "2018-06-05", 4)
		w.want(t, "O2", a, map[string]int{"supplier": -6, "held": 4, "people": 2})
		w.clean(t)
	})
}

// Kits that somebody counted before a notice took them from the shelf are not found a second time, nor missed.
func TestACountOfBeforeTheNotice(t *testing.T) {
	clockedWorld(t, func(t *testing.T, w *world, now *time.Time) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 20)
		eighteen := 18
		count := ledger.CountEntry{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, CountedOn: w.Today(), Counted: map[int]*int{lot: &eighteen}}
		must(t, w.SaveCount(w.ctx, operator, count))
		*now = now.Add(time.Hour)
		w.bar(t, 7, ledger.Withdrawn, lot)
		must(t, w.SignCount(w.ctx, operator, w.outlet("O1").Area, count.ID, true))
		w.want(t, "O1", lot, map[string]int{"supplier": -20, "held": 18, "lost": 2})
		w.clean(t)
	})
}

// Two who give out at the same moment do not both give out the kits that one has checked.
func TestCheckedKitsAreGivenOutOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-05", 400)
		w.bar(t, 9, ledger.ToCheck, lot)
		for round := range 10 {
			before := w.counts(t, "O1", lot)["people"]
			must(t, w.check(ledger.Checked{ID: ledger.NewID(), Outlet: w.outlet("O1").ID, Lot: lot, Notice: 9, Good: 3}))
			var group sync.WaitGroup
			for range 12 {
				group.Go(func() {
					if err := w.supply("O1", lot, "2018-06-15", 1); err != nil && !fault.Is(err, fault.Refused) {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if n := w.counts(t, "O1", lot)["people"] - before; n != 3 {
				t.Fatalf("round %d: %d kits given out, 3 were checked", round, n)
			}
		}
		w.clean(t)
	})
}

// Notices that begin and end on one lot at the same moment, and lots that are joined meanwhile, leave no kit out.
func TestNoticesAtTheSameMoment(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for round := range 12 {
			a, b := w.receive(t, "O1", fmt.Sprint("A", round), "2018-06-05", 5), w.receive(t, "O2", fmt.Sprint("B", round), "2018-06-05", 5)
			first := 10 * round
			w.bar(t, first+1, ledger.ToCheck, a)
			w.bar(t, first+2, ledger.ToCheck, a)
			var group sync.WaitGroup
			do := func(fn func(tx *store.Tx) error) {
				group.Go(func() {
					if err := w.write(fn); err != nil {
						t.Error(err)
					}
				})
			}
			do(func(tx *store.Tx) error { return w.Unbar(w.ctx, tx, first+1) })
			do(func(tx *store.Tx) error { return w.Unbar(w.ctx, tx, first+2) })
			do(func(tx *store.Tx) error {
				_, err := w.Bar(w.ctx, tx, operator, ledger.Bar{Notice: first + 3, Number: "N", Kind: ledger.Withdrawn}, a)
				return err
			})
			group.Go(func() {
				if err := w.JoinLots(w.ctx, operator, b, a); err != nil {
					t.Error(err)
				}
			})
			group.Wait()
			w.want(t, "O1", a, map[string]int{"supplier": -5, "held": 5})
			w.want(t, "O2", b, map[string]int{"supplier": -5, "held": 5})
		}
		w.clean(t)
	})
}
