package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"everykit/fault"
	"everykit/ledger"
	"everykit/store"
)

// TestTheLastKit has 32 people take the last kit of a shelf at the same moment, again and again: each time one gets it.
func TestTheLastKit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		contests := 500
		if w.db.Engine == store.Postgres {
			contests = 100 // each refusal is a round trip of its own there
		}
		for n := range contests {
			lot := w.receive(t, "O1", fmt.Sprintf("LAST%d", n%20), "2018-06-01", 1)
			var won, refusals atomic.Int32
			var wg sync.WaitGroup
			for range 32 {
				wg.Go(func() {
					switch err := w.supply("O1", lot, "2018-06-15", 1); {
					case err == nil:
						won.Add(1)
					case fault.Is(err, fault.Refused):
						refusals.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if won.Load() != 1 || refusals.Load() != 31 {
				t.Fatalf("contest %d: %d winners, %d refused", n, won.Load(), refusals.Load())
			}
		}
		w.clean(t)
	})
}

// TestReplay sends every supply one to five times, shuffled, from eight senders at once: the state is that of one clean
// send.
func TestReplay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lots := []int{w.receive(t, "O1", "A1", "2018-06-01", 100_000), w.receive(t, "O1", "B1", "2018-06-01", 100_000)}
		n := 5000
		if w.db.Engine == store.Postgres {
			n = 1000
		}
		var sends []ledger.SupplyOf
		kits := 0
		for i := range n {
			s := ledger.SupplyOf{Entry: w.entry("O1", 1+i%3), Lot: lots[i%2]}
			if i%50 == 0 { // a few people come again
				s.ClientCode = fmt.Sprintf("C%d", i%100)
			}
			kits += s.Kits
			for range 1 + rand.IntN(5) {
				sends = append(sends, s)
			}
		}
		rand.Shuffle(len(sends), func(i, j int) { sends[i], sends[j] = sends[j], sends[i] })
		work := make(chan ledger.SupplyOf)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for s := range work {
					if err := w.Supply(w.ctx, operator, s); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for _, s := range sends {
			work <- s
		}
		close(work)
		wg.Wait()
		a, b := w.counts(t, "O1", lots[0]), w.counts(t, "O1", lots[1])
		if got := a["people"] + b["people"]; got != kits {
			t.Errorf("%d kits with people after %d sends, want %d", got, len(sends), kits)
		}
		w.clean(t)
	})
}
