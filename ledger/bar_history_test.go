package ledger_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/store"
	"everykit/store/storetest"
)

// barHistory does the same steps in the model and in the ledger on both engines.
type barHistory struct {
	*barModel
	t       *testing.T
	r       *rand.Rand
	number  int // of the history
	worlds  []*world
	lots    [][3]int // by world
	clock   *time.Time
	notices []modelNotice
	given   []modelGiven // supplies that were not reversed
	freed   []modelGiven // releases likewise
	log     []string
	done    map[string]int // steps that were allowed
	refused map[string]int
}

type modelNotice struct {
	id   int
	kind ledger.Bars
	lots []int
}

type modelGiven struct {
	id                uuid.UUID
	lot, outlet, kits int
	day               civil.Date
	step              int  // at which it was made
	late              bool // entered on a later day
}

// TestRandomNotices plays random histories of kits under notices: bars, checks, releases, joins, late entries and
// reversals. After each step both engines must have allowed it or not as the model did, and have the same kits in the same
// places, those that wait to be checked among them.
func TestRandomNotices(t *testing.T) {
	now := noon
	clock := func() time.Time { return now }
	worlds := []*world{newWorld(t, storetest.SQLite(t, clock)), newWorld(t, storetest.Postgres(t, clock))}
	n := max(6, histories()/20)
	for _, w := range worlds {
		addStages(t, w, n)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	allowed, refusals := map[string]int{}, map[string]int{}
	for i := range n {
		h := &barHistory{
			barModel: &barModel{today: worlds[0].Today()}, t: t, r: rand.New(rand.NewPCG(seed, uint64(i))), number: i, worlds: worlds, clock: &now,
			done: map[string]int{}, refused: map[string]int{},
		}
		h.play()
		for what, k := range h.done {
			allowed[what] += k
		}
		for what, k := range h.refused {
			refusals[what] += k
		}
		if t.Failed() {
			return
		}
	}
	for _, w := range worlds {
		w.clean(t)
	}
	t.Logf("allowed %v, refused %v", allowed, refusals)
}

func (h *barHistory) play() {
	h.lots = make([][3]int, len(h.worlds))
	for k, w := range h.worlds {
		for lot := range 3 {
			h.lots[k][lot] = w.receiveStage(h.t, h.number, lot)
		}
	}
	for lot := range 3 {
		h.land(lot, 0, 20, h.today, false)
		h.settle(lot, 0, false)
	}
	h.nextDay()
	*h.clock = h.clock.AddDate(0, 0, 1)
	for range 200 {
		h.step++
		*h.clock = h.clock.Add(time.Second)
		if h.r.IntN(20) == 0 {
			h.nextDay()
			*h.clock = h.clock.AddDate(0, 0, 1)
		}
		h.next()
		if h.compare(); h.t.Failed() {
			for _, line := range h.log[max(0, len(h.log)-40):] {
				h.t.Log(line)
			}
			return
		}
	}
}

// receiveStage receives twenty kits of a history's lot at its first outlet and gives the lot.
func (w *world) receiveStage(t *testing.T, i, lot int) int {
	return w.receiveExpiring(t, stageCode(i, 0), fmt.Sprintf("BAR%d-%d", i, lot), (w.Today() + 5*365).String(), w.Today().String(), 20)
}

// try does a step in the model, undoing it there if it is refused, and then in the ledgers.
func (h *barHistory) try(what string, inModel func() bool, inLedger func(w *world, lots [3]int) error) bool {
	h.t.Helper()
	before := h.at
	for lot := range before {
		for o := range before[lot] {
			before[lot][o].released = maps.Clone(before[lot][o].released)
		}
	}
	want := inModel()
	if !want {
		h.at = before
	}
	word := what
	fmt.Sscan(what, &word)
	if want {
		h.done[word]++
	} else {
		h.refused[word]++
	}
	h.log = append(h.log, fmt.Sprintf("%d on %s: %s: %v", h.step, h.today, what, want))
	for k, w := range h.worlds {
		err := inLedger(w, h.lots[k])
		if fault.KindOf(err) == fault.Internal && err != nil {
			h.t.Errorf("engine %d: %s: %v", k, what, err)
		}
		if (err == nil) != want {
			h.t.Errorf("history %d step %d engine %d: %s: allowed by the model: %v, by the ledger: %v", h.number, h.step, k, what, want, err)
		}
	}
	return want
}

func (h *barHistory) next() {
	lot, o, kits, day := h.r.IntN(3), h.r.IntN(3), 1+h.r.IntN(5), h.today
	late := h.r.IntN(3) == 0
	if late {
		day--
	}
	id := ledger.NewID()
	entry := func(w *world) ledger.Entry {
		return ledger.Entry{ID: id, OccurredOn: day, Outlet: w.outlet(stageCode(h.number, o)).ID, Kits: kits}
	}
	at := &h.at[lot][o]
	says := func(what string) string {
		return fmt.Sprintf("%s lot %d outlet %d kits %d day %s", what, lot, o, kits, day)
	}
	switch n := h.r.IntN(100); {
	case n < 14:
		h.try(says("receive"), func() bool { h.land(lot, o, kits, day, false); return h.settle(lot, o, late) }, func(w *world, _ [3]int) error {
			return w.Receive(w.ctx, operator, ledger.Receipt{Entry: entry(w), Product: w.product("prenoxad"), Lot: fmt.Sprintf("BAR%d-%d", h.number, lot)})
		})
	case n < 40:
		ok := h.try(says("supply"), func() bool {
			if !late && (h.holds(lot, o) != nil || (h.any(lot, ledger.ToCheck) != nil && kits > at.now.shelf-at.unchecked)) {
				return false
			}
			at.move(day, h.today, func(c *barredCounts) { c.shelf -= kits; c.people += kits })
			return h.settle(lot, o, late)
		}, func(w *world, lots [3]int) error {
			return w.Supply(w.ctx, operator, ledger.SupplyOf{Entry: entry(w), Lot: lots[lot]})
		})
		if ok {
			h.given = append(h.given, modelGiven{id, lot, o, kits, day, h.step, late})
		}
	case n < 47:
		to := (o + 1 + h.r.IntN(2)) % 3
		day, late = h.today, false
		arrival := ledger.NewID()
		ok := h.try(says("send"), func() bool {
			at.move(day, h.today, func(c *barredCounts) { c.shelf -= kits; c.transit += kits })
			return h.settle(lot, o, false)
		}, func(w *world, lots [3]int) error {
			return w.Send(w.ctx, operator, ledger.Dispatch{Entry: entry(w), Lot: lots[lot], To: w.outlet(stageCode(h.number, to)).ID})
		})
		if !ok {
			return
		}
		h.try(says("arrive"), func() bool {
			at.move(day, h.today, func(c *barredCounts) { c.transit -= kits })
			h.land(lot, to, kits, day, false)
			return h.settle(lot, to, false)
		}, func(w *world, _ [3]int) error {
			return w.Arrive(w.ctx, operator, ledger.Arrival{ID: arrival, Transfer: id, FromArea: w.outlet(stageCode(h.number, o)).Area, OccurredOn: day, Good: kits})
		})
	case n < 51:
		h.try(says("lose"), func() bool {
			at.move(day, h.today, func(c *barredCounts) { c.shelf -= kits; c.lost += kits })
			return h.settle(lot, o, true)
		}, func(w *world, lots [3]int) error {
			return w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: entry(w), Lot: lots[lot], From: ledger.Shelf, To: ledger.Lost})
		})
	case n < 55:
		day, late = h.today, false
		h.try(says("hold"), func() bool {
			at.move(day, h.today, func(c *barredCounts) { c.shelf -= kits; c.held += kits })
			return h.settle(lot, o, false)
		}, func(w *world, lots [3]int) error {
			return w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: entry(w), Lot: lots[lot], From: ledger.Shelf, To: ledger.Held})
		})
	case n < 59:
		day, late = h.today, false
		h.try(says("putback"), func() bool {
			if h.holds(lot, o) != nil || at.now.held < kits {
				return false
			}
			at.move(day, h.today, func(c *barredCounts) { c.held -= kits })
			h.land(lot, o, kits, day, false)
			return h.settle(lot, o, false)
		}, func(w *world, lots [3]int) error {
			return w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: entry(w), Lot: lots[lot], From: ledger.Held, To: ledger.Shelf})
		})
	case n < 66:
		h.undoSupply()
	default:
		h.nextOfNotices(lot, o, kits, id)
	}
}

// undoSupply reverses a supply.
func (h *barHistory) undoSupply() {
	if len(h.given) == 0 {
		return
	}
	i := h.r.IntN(len(h.given))
	g := h.given[i]
	checked := !g.late
	for _, b := range h.bars[g.lot] {
		checked = checked && (b.kind != ledger.ToCheck || b.step < g.step)
	}
	ok := h.try(fmt.Sprintf("undo supply of lot %d outlet %d kits %d day %s", g.lot, g.outlet, g.kits, g.day), func() bool {
		h.at[g.lot][g.outlet].move(g.day, h.today, func(c *barredCounts) { c.people -= g.kits })
		h.land(g.lot, g.outlet, g.kits, g.day, checked)
		return h.settle(g.lot, g.outlet, true)
	}, func(w *world, _ [3]int) error { return w.reverseIn(h.number, g) })
	if ok {
		h.given = append(h.given[:i], h.given[i+1:]...)
	}
}

func (w *world) reverseIn(history int, g modelGiven) error {
	return w.reverse(w.outlet(stageCode(history, g.outlet)), ledger.Entry{ID: g.id})
}

func (h *barHistory) nextOfNotices(lot, o, kits int, id uuid.UUID) {
	switch n := h.r.IntN(37); {
	case n >= 34:
		h.changeExpiry()
	case n < 4 && len(h.notices) < 3:
		b := modelNotice{id: h.number*10_000 + h.step, kind: []ledger.Bars{ledger.Withdrawn, ledger.ToCheck}[h.r.IntN(2)], lots: []int{lot}}
		if h.r.IntN(2) == 0 {
			b.lots = append(b.lots, (lot+1)%3)
		}
		h.try(fmt.Sprintf("bar %d of lots %v", b.kind, b.lots), func() bool {
			for _, lot := range b.lots {
				for _, one := range h.family(lot) {
					h.bar(one, modelBar{b.id, b.kind, h.today, h.step})
				}
			}
			return true
		}, func(w *world, lots [3]int) error {
			var ids []int
			for _, lot := range b.lots {
				ids = append(ids, lots[lot])
			}
			return w.write(func(tx *store.Tx) error {
				_, err := w.Bar(w.ctx, tx, operator, ledger.Bar{Notice: b.id, Number: fmt.Sprint(b.id), Kind: b.kind}, ids...)
				return err
			})
		})
		h.notices = append(h.notices, b)
	case n < 6 && len(h.notices) > 0:
		i := h.r.IntN(len(h.notices))
		b := h.notices[i]
		h.try(fmt.Sprintf("close %d", b.id), func() bool { h.end(b.id); return true }, func(w *world, _ [3]int) error {
			return w.write(func(tx *store.Tx) error { return w.Unbar(w.ctx, tx, b.id) })
		})
		h.notices = append(h.notices[:i], h.notices[i+1:]...)
	case n < 8:
		h.joinOrPart()
	case n < 18 && len(h.notices) > 0:
		h.check(h.notices[h.r.IntN(len(h.notices))], lot, o, id)
	case n < 30 && len(h.notices) > 0:
		h.free(h.notices[h.r.IntN(len(h.notices))], lot, o, kits, id)
	case len(h.freed) > 0:
		h.undoRelease()
	}
}

// changeExpiry has a notice give all three lots another last day. In the model that changes nothing; the kits by their last
// day are counted afresh at the end.
func (h *barHistory) changeExpiry() {
	to := civil.ExpiresOn(h.today + civil.Date(5*365+h.r.IntN(100)))
	h.try("expiry "+to.String(), func() bool { return true }, func(w *world, lots [3]int) error {
		return w.write(func(tx *store.Tx) error {
			for _, lot := range lots {
				if err := w.ChangeExpiry(w.ctx, tx, operator, 1_000_000+h.number*10_000+h.step, "E", lot, to); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (h *barHistory) joinOrPart() {
	if h.joined {
		h.try("part", func() bool { h.joined = false; return true }, func(w *world, lots [3]int) error { return w.PartLot(w.ctx, operator, lots[1]) })
		return
	}
	h.try("join", func() bool {
		h.joined = true
		for _, way := range [][2]int{{0, 1}, {1, 0}} {
			for _, b := range h.bars[way[0]] {
				b.on, b.step = h.today, h.step
				h.bar(way[1], b)
			}
		}
		return true
	}, func(w *world, lots [3]int) error { return w.JoinLots(w.ctx, operator, lots[1], lots[0]) })
}

// names reports whether a notice bars a lot.
func (h *barHistory) names(b modelNotice, lot int) bool {
	for _, had := range h.bars[lot] {
		if had.notice == b.id {
			return true
		}
	}
	return false
}

func (h *barHistory) check(b modelNotice, lot, o int, id uuid.UUID) {
	good, faulty := h.r.IntN(6), h.r.IntN(2)
	at := &h.at[lot][o]
	h.try(fmt.Sprintf("check of %d lot %d outlet %d: good %d faulty %d", b.id, lot, o, good, faulty), func() bool {
		if !h.names(b, lot) || b.kind != ledger.ToCheck || at.unchecked < good+faulty {
			return false
		}
		at.unchecked -= good + faulty
		at.move(h.today, h.today, func(c *barredCounts) { c.shelf -= faulty; c.spoiled += faulty })
		return h.settle(lot, o, false)
	}, func(w *world, lots [3]int) error {
		return w.check(ledger.Checked{ID: id, Outlet: w.outlet(stageCode(h.number, o)).ID, Lot: lots[lot], Notice: b.id, Good: good, Faulty: faulty})
	})
}

func (h *barHistory) free(b modelNotice, lot, o, kits int, id uuid.UUID) {
	at := &h.at[lot][o]
	ok := h.try(fmt.Sprintf("release of %d lot %d outlet %d kits %d", b.id, lot, o, kits), func() bool {
		if !h.names(b, lot) || b.kind != ledger.Withdrawn || at.now.held < kits {
			return false
		}
		if at.released == nil {
			at.released = map[int]bool{}
		}
		at.released[b.id] = true
		at.move(h.today, h.today, func(c *barredCounts) { c.held -= kits })
		h.land(lot, o, kits, h.today, false)
		return h.settle(lot, o, false)
	}, func(w *world, lots [3]int) error {
		return w.releaseAgain(ledger.Release{ID: id, Outlet: w.outlet(stageCode(h.number, o)).ID, Lot: lots[lot], Notice: b.id, Kits: kits})
	})
	if ok {
		h.freed = append(h.freed, modelGiven{id: id, lot: lot, outlet: o, kits: kits, day: h.today})
	}
}

// undoRelease reverses a release of today or yesterday: whatever is left on the shelf is held again.
func (h *barHistory) undoRelease() {
	i := h.r.IntN(len(h.freed))
	g := h.freed[i]
	if g.day < h.today-1 {
		return
	}
	at := &h.at[g.lot][g.outlet]
	ok := h.try(fmt.Sprintf("undo release of lot %d outlet %d kits %d day %s", g.lot, g.outlet, g.kits, g.day), func() bool {
		at.move(g.day, h.today, func(c *barredCounts) { c.shelf -= g.kits; c.held += g.kits })
		if !h.settle(g.lot, g.outlet, true) {
			return false
		}
		if h.any(g.lot, ledger.Withdrawn) == nil {
			return true
		}
		for _, b := range h.bars[g.lot] {
			delete(at.released, b.notice)
		}
		at.now.held += at.now.shelf
		at.now.shelf, at.unchecked = 0, 0
		return true
	}, func(w *world, _ [3]int) error { return w.reverseIn(h.number, g) })
	if ok {
		h.freed = append(h.freed[:i], h.freed[i+1:]...)
	}
}

func (h *barHistory) compare() {
	h.t.Helper()
	type row struct {
		barredCounts
		unchecked int
	}
	for k, w := range h.worlds {
		for lot := range 3 {
			var got [3]row
			must(h.t, w.db.Read(w.ctx, func(tx *store.Tx) error {
				return tx.Each(w.ctx, func(scan func(...any) error) error {
					var outlet int
					var r row
					err := scan(&outlet, &r.shelf, &r.held, &r.spoiled, &r.transit, &r.people, &r.lost, &r.unchecked)
					for o := range 3 {
						if w.outlet(stageCode(h.number, o)).ID == outlet {
							got[o] = r
						}
					}
					return err
				}, "SELECT outlet, shelf, held, spoiled, transit, people, lost, unchecked FROM stock WHERE lot = ?", h.lots[k][lot])
			}))
			for o := range 3 {
				if want := (row{h.at[lot][o].now, h.at[lot][o].unchecked}); got[o] != want {
					h.t.Errorf("history %d step %d engine %d lot %d outlet %d: %+v, the model has %+v", h.number, h.step, k, lot, o, got[o], want)
				}
			}
		}
	}
}
