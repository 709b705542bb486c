package notice_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
)

// TestPublicationAmongSupplies publishes notices while kits of their lots are received, sent and given out on all sides.
// Whatever came first: afterwards no withdrawn kit is on a shelf and none to be checked could be given out, everybody who
// had one was told, and everybody has one letter.
func TestPublicationAmongSupplies(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const hands, deeds = 6, 12
		for round := range 4 {
			action := []notice.Action{notice.Withdraw, notice.Check}[round%2]
			number := fmt.Sprint("LOT", round)
			lot := w.receive("O1", number, "2024-02", 400)
			id := must1(w.Save(w.ctx, operator, w.draft(action, fmt.Sprint("N", round), number)))(t)
			outlets := []string{"O1", "O2", "O3", "O4"}
			begin := make(chan struct{})
			var group sync.WaitGroup
			var given, refusals, publications atomic.Int64
			for hand := range hands {
				group.Go(func() {
					<-begin
					for i := range deeds {
						var err error
						outlet := outlets[(hand+i)%len(outlets)]
						switch i % 3 {
						case 0:
							if err = w.supply("O1", lot, 1); err == nil {
								given.Add(1)
							}
						case 1:
							err = w.led.Receive(w.ctx, operator, ledger.Receipt{Entry: w.entry(outlet, 2), Product: w.id("prenoxad"), Lot: number})
						case 2:
							if outlet != "O1" {
								err = w.led.Send(w.ctx, operator, ledger.Dispatch{Entry: w.entry("O1", 1), Lot: lot, To: w.id(outlet)})
							}
						}
						if fault.Is(err, fault.Refused) {
							refusals.Add(1)
						} else if err != nil {
							t.Errorf("%v", err)
						}
					}
				})
			}
			for range 2 {
				group.Go(func() {
					<-begin
					switch _, err := w.Publish(w.ctx, operator, id, false); {
					case err == nil:
						publications.Add(1)
					case !fault.Is(err, fault.Conflict):
						t.Errorf("%v", err)
					}
				})
			}
			close(begin)
			group.Wait()
			t.Logf("round %d: %d given out, %d refused", round, given.Load(), refusals.Load())
			equal(t, "publications", publications.Load(), 1)
			for _, row := range must1(w.led.Trace(w.ctx, lot))(t) {
				if action == notice.Withdraw && row.Counts[ledger.Shelf] != 0 {
					t.Errorf("outlet %d has %d withdrawn kits on its shelf", row.Outlet, row.Counts[ledger.Shelf])
				}
				if w.told(id, w.snap().Outlet(row.Outlet).Code) == nil {
					t.Errorf("outlet %d had kits and was not told", row.Outlet)
				}
			}
			e := must1(w.Effect(w.ctx, id, 0))(t).Total
			if e.Received != e.Shelf+e.Held+e.Transit+e.People || e.Unchecked != e.Shelf || e.People != int(given.Load()) {
				t.Errorf("effect: %+v", e)
			}
		}
		seen := map[string]int{}
		for _, l := range w.sent() {
			seen[l.to+l.subject]++
		}
		for what, n := range seen {
			if n != 1 {
				t.Errorf("%d letters: %s", n, what)
			}
		}
		w.clean()
	})
}
