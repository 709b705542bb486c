package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

const historySteps = 200

// histories is how many random histories are tried: EVERYKIT_HISTORIES, or 60 for a quick run. CI sets it to 1000.
func histories() int {
	if n, err := strconv.Atoi(os.Getenv("EVERYKIT_HISTORIES")); err == nil {
		return n
	}
	return 60
}

// TestRandomHistories does the same random steps in a model that is too simple to be wrong, and in the ledger on both
// engines: each step must be allowed or refused by all three alike, and all must end with the same kits in the same
// places. Afterwards every kept table must equal a recount.
func TestRandomHistories(t *testing.T) {
	clock := func() time.Time { return noon }
	lite, pg := newWorld(t, storetest.SQLite(t, clock)), newWorld(t, storetest.Postgres(t, clock))
	n := histories()
	for _, w := range []*world{lite, pg} {
		addStages(t, w, n)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var wg sync.WaitGroup
	work := make(chan int)
	for range 8 { // histories side by side, each on outlets and a lot of its own, so that they also share transactions
		wg.Go(func() {
			for i := range work {
				history(t, seed, i, lite, pg)
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	wg.Wait()
	lite.clean(t)
	pg.clean(t)
}

// addStages makes three outlets for each history: two of one authority, one of another.
func addStages(t *testing.T, w *world, n int) {
	t.Helper()
	var all []registry.Outlet
	for i := range n {
		for o := range 3 {
			like := *w.outlet(fmt.Sprintf("O%d", o+1))
			like.ID, like.Code, like.Name = 0, stageCode(i, o), fmt.Sprintf("Stage %d, outlet %d", i, o)
			all = append(all, like)
		}
	}
	_, err := w.reg.PutOutlet(w.ctx, all...)
	must(t, err)
	w.snap = must1(w.reg.Now(w.ctx))(t)
}

func stageCode(i, o int) string { return fmt.Sprintf("S%d-%d", i, o) }

func history(t *testing.T, seed uint64, i int, worlds ...*world) {
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	m := &model{}
	lotNumber := fmt.Sprintf("LOT%d", i)
	lots := make([]int, len(worlds))
	for k, w := range worlds {
		lots[k] = w.firstReceipt(t, i, lotNumber)
	}
	var tried []step
	for n := range historySteps {
		s := m.next(r)
		if len(tried) > 0 && r.IntN(10) == 0 { // somebody sends an old request once more
			replay(t, worlds, lots, i, tried[r.IntN(len(tried))], m)
			continue
		}
		want := m.try(s)
		for k, w := range worlds {
			if err := w.do(m, i, lots[k], s); (err == nil) != want {
				t.Errorf("history %d step %d on engine %d: %s: allowed by the model: %v, by the ledger: %v", i, n, k, s, want, err)
				return
			}
		}
		if want {
			tried = append(tried, s)
		}
	}
	for k, w := range worlds {
		w.compare(t, m, i, lots[k], k)
	}
}

// replay sends a step that was done before: nothing may change, whatever has happened since.
func replay(t *testing.T, worlds []*world, lots []int, i int, s step, m *model) {
	for k, w := range worlds {
		before := w.places(t, i, lots[k])
		err := w.do(m, i, lots[k], s)
		if after := w.places(t, i, lots[k]); after != before {
			t.Errorf("history %d: %s sent again changed %v to %v (%v)", i, s, before, after, err)
		}
	}
}

// firstReceipt makes the lot known with an entry that is reversed at once.
func (w *world) firstReceipt(t *testing.T, i int, number string) int {
	e := ledger.Entry{ID: ledger.NewID(), OccurredOn: historyFirst, Outlet: w.outlet(stageCode(i, 0)).ID, Kits: 1}
	var expiry civil.Expiry
	if i%2 == 0 {
		expiry = historyExpiry
	}
	must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: number, Expiry: expiry}))
	must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet("O1").Area, Of: e.ID}))
	var lot int
	must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		_, err := tx.Get(w.ctx, []any{&lot}, "SELECT id FROM lot WHERE number = ?", number)
		return err
	}))
	return lot
}

var historyExpiry = civil.ExpiresOn(on("2020-01-31"))

// toldBy has a supply tell something, or nothing, that its id settles: the same again must say the same.
func toldBy(id uuid.UUID, s ledger.SupplyOf) ledger.SupplyOf {
	s.Recipient, s.Supply, s.AgeBand = ledger.Recipient(id[15]%5), ledger.First(id[14]%4), ledger.Age(id[13]%6)
	s.Sex, s.Trained, s.Channel = ledger.Sex(id[12]%5), ledger.YesNo(id[11]%3), registry.Channel(id[10]%4)
	if s.Supply != ledger.FirstSupply {
		s.Reason = ledger.Reason(id[9] % 11)
	}
	if id[15]&64 != 0 {
		s.ClientCode = fmt.Sprint("person ", id[14]>>5)
	}
	return s
}

// do tries a step in the ledger.
func (w *world) do(m *model, i, lot int, s step) error {
	outlet := func(o int) *registry.Outlet { return w.outlet(stageCode(i, o)) }
	e := ledger.Entry{ID: s.id, OccurredOn: s.day, Outlet: outlet(s.outlet).ID, Kits: s.kits}
	switch s.do {
	case "receive":
		var expiry civil.Expiry
		if s.id[15]%4 == 0 { // only some of the receipts say when the lot expires
			expiry = historyExpiry
		}
		return w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: fmt.Sprintf("LOT%d", i), Expiry: expiry})
	case "supply":
		return w.Supply(w.ctx, operator, toldBy(s.id, ledger.SupplyOf{Entry: e, Lot: lot}))
	case "send":
		return w.Send(w.ctx, operator, ledger.Dispatch{Entry: e, Lot: lot, To: outlet(s.to).ID})
	case "arrive":
		area := 0
		if send := m.byID(s.of); send != nil {
			area = outlet(send.recorder).Area
		}
		return w.Arrive(w.ctx, operator, ledger.Arrival{ID: s.id, Transfer: s.of, FromArea: area, OccurredOn: s.day, Good: s.kits - 1, Broken: s.broken})
	case "use":
		return w.Use(w.ctx, operator, ledger.UseOf{Entry: e, Lot: lot})
	case "handback":
		return w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: e, Lot: lot, From: ledger.People, To: ledger.Spoiled})
	case "writeoff":
		return w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: e, Lot: lot, From: s.from, To: s.into})
	}
	return w.undo(m, i, s)
}

// undo reverses a movement; what arrived together is named by whichever part there is.
func (w *world) undo(m *model, i int, s step) error {
	area := 0
	if of := m.byID(s.of); of != nil {
		area = w.outlet(stageCode(i, of.recorder)).Area
	}
	err := w.Reverse(w.ctx, operator, ledger.Reversal{ID: s.id, Area: area, Of: s.of})
	if err == nil || m.byID(s.of) == nil || m.byID(s.of).kind != "arrive" {
		return err
	}
	for _, part := range w.partsOf(area, s.of) { // nothing arrived whole, so there is no movement under the delivery's own id
		if err = w.Reverse(w.ctx, operator, ledger.Reversal{ID: s.id, Area: area, Of: part}); err == nil {
			return nil
		}
	}
	return err
}

// partsOf finds the further movements of a delivery by what they share with it: the dispatch they answer.
func (w *world) partsOf(area int, arrival uuid.UUID) []uuid.UUID {
	var parts []uuid.UUID
	w.db.Read(w.ctx, func(tx *store.Tx) error {
		return tx.Each(w.ctx, func(scan func(...any) error) error {
			var id []byte
			err := scan(&id)
			parts = append(parts, uuid.UUID(id))
			return err
		}, `SELECT m.id FROM transfer t JOIN movement m ON m.area = ? AND m.transfer = t.id AND m.reverses IS NULL
			WHERE t.arrival = ? AND m.kind IN (5, 6)`, area, arrival[:])
	})
	return parts
}

// places is everything a history's lot has at its three outlets.
func (w *world) places(t *testing.T, i, lot int) [3]ledger.Counts {
	var all [3]ledger.Counts
	for o := range 3 {
		for name, n := range w.counts(t, stageCode(i, o), lot) {
			all[o][placeByName[name]] = n
		}
	}
	return all
}

var placeByName = func() map[string]ledger.Place {
	m := map[string]ledger.Place{}
	for p := ledger.Supplier; p <= ledger.Returned; p++ {
		m[p.String()] = p
	}
	return m
}()

func (w *world) compare(t *testing.T, m *model, i, lot, engine int) {
	var want [3]ledger.Counts
	for _, v := range m.moves {
		if v.from.place != ledger.Nowhere {
			want[v.from.outlet][v.from.place] -= v.kits
		}
		if v.to.place != ledger.Nowhere {
			want[v.to.outlet][v.to.place] += v.kits
		}
	}
	if got := w.places(t, i, lot); got != want {
		t.Errorf("history %d on engine %d ends with %v, the model with %v", i, engine, got, want)
	}
}
