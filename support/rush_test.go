package support_test

import (
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/support"
)

// Of several people who change one action at once, one does and the others are told.
func TestOneOfManyChangesWins(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.ask(support.Action{})
		const people = 8
		done := make(chan error, people)
		for i := range people {
			go func() {
				b := *a
				b.Kits = 100 + i
				done <- w.Change(w.ctx, w.who[[]string{"nora", "nick", "cora", "adam"}[i%4]], b, "")
			}()
		}
		won := 0
		for range people {
			switch err := <-done; {
			case err == nil:
				won++
			case !fault.Is(err, fault.Conflict):
				t.Error(err)
			}
		}
		if now, steps := w.read(a.ID); won != 1 || now.Version != 1 || len(steps) != 2 {
			t.Errorf("%d won: %+v %+v", won, now, steps)
		}
	})
}

// One form sent many times at once is one transfer.
func TestOneFormIsOneTransfer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.lot("L1", civil.ExpiresOn(w.led.Today()+400), 50)
		a := w.ask(support.Action{})
		a.From = w.id("B")
		must(t, w.Change(w.ctx, w.who["nora"], *a, ""))
		id := ledger.NewID()
		const times = 8
		done := make(chan error, times)
		for range times {
			go func() { done <- w.Send(w.ctx, w.who["bob"], a.ID, w.id("B1"), 0, w.id("A1"), 10, id) }()
		}
		for range times {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if now, _ := w.read(a.ID); len(now.Sends) != 1 || now.Sends[0].Kits != 10 || w.count("transfer") != 1 {
			t.Errorf("%+v", now)
		}
	})
}

// Whoever comes too late for the last kits is refused by the ledger, and nothing is left of it here.
func TestTheLastKitsGoOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.lot("L1", civil.ExpiresOn(w.led.Today()+400), 50)
		a := w.ask(support.Action{})
		a.From = w.id("B")
		must(t, w.Change(w.ctx, w.who["nora"], *a, ""))
		const takers = 6
		done := make(chan error, takers)
		for range takers {
			go func() {
				done <- w.Send(w.ctx, w.who["bob"], a.ID, w.id("B1"), 0, w.id("A1"), 40, ledger.NewID())
			}()
		}
		won := 0
		for range takers {
			if err := <-done; err == nil {
				won++
			} else {
				kind(t, err, fault.Refused)
			}
		}
		if now, _ := w.read(a.ID); won != 1 || len(now.Sends) != 1 || w.count("support_sent") != 1 || w.count("transfer") != 1 {
			t.Errorf("%d won, %d marks: %+v", won, w.count("support_sent"), now)
		}
	})
}
