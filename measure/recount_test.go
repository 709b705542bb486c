package measure_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// history imports some hundred made-up days of seven outlets in three authorities, and reverses some of it.
func (w *world) history(t testing.TB, rnd *rand.Rand) {
	t.Helper()
	w.withOutlets(t)
	w.take(t, "outlets", "code,name,kind,authority,channel\nBA2,Barnet post,post,E09000003,post\nBA3,Barnet store,store,E09000003,community\n")
	outlets := []string{"BD1", "BD2", "BD3", "BA1", "BE1", "BA2", "BA3"}
	lots := []string{"L1,2018-07", "L2,2018-05-20", "L3,2019-01", "L4,"}
	var receipts, supplies, transfers, writeoffs, unmet strings.Builder
	receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits,opening\n")
	supplies.WriteString("id,occurred_on,outlet,product,lot,kits,channel\n")
	transfers.WriteString("occurred_on,from_outlet,to_outlet,product,lot,kits,arrived_on,arrived_kits,broken_kits\n")
	writeoffs.WriteString("occurred_on,outlet,product,lot,kits,from,to\n")
	unmet.WriteString("occurred_on,outlet,reason,kits\n")
	first := on("2016-11-01")
	day := func(from int) civil.Date { return first + civil.Date(from+rnd.IntN(480-from)) }
	for _, o := range outlets[:6] { // the store keeps silent
		for i, lot := range lots {
			fmt.Fprintf(&receipts, "%s,%s,prenoxad,%s,%d,%s\n", first, o, lot, 500+rnd.IntN(500), []string{"", "yes"}[i%2])
			fmt.Fprintf(&receipts, "%s,%s,prenoxad,%s,%d,\n", day(1), o, lot, 1+rnd.IntN(50))
		}
	}
	for range 300 {
		lot, _, _ := strings.Cut(lots[rnd.IntN(4)], ",")
		channel := []string{"", "", "post", "prison", "peer"}[rnd.IntN(5)]
		fmt.Fprintf(&supplies, "%s,%s,%s,prenoxad,%s,%d,%s\n", newID(rnd), day(1), outlets[rnd.IntN(6)], lot, 1+rnd.IntN(3), channel)
	}
	for range 40 {
		lot, _, _ := strings.Cut(lots[rnd.IntN(4)], ",")
		sent, at := day(1), rnd.IntN(6)
		fmt.Fprintf(&transfers, "%s,%s,%s,prenoxad,%s,3,%s,2,%d\n", sent, outlets[at], outlets[(at+1)%6], lot, sent+2, rnd.IntN(2))
		fmt.Fprintf(&writeoffs, "%s,%s,prenoxad,%s,2,shelf,%s\n", day(1), outlets[at], lot, []string{"held", "destroyed", "lost"}[rnd.IntN(3)])
		fmt.Fprintf(&unmet, "%s,%s,no_stock,%d\n", day(1), outlets[at], 1+rnd.IntN(3))
	}
	for _, f := range []struct{ kind, text string }{
		{"receipts", receipts.String()}, {"supplies", supplies.String()}, {"transfers", transfers.String()}, {"writeoffs", writeoffs.String()}, {"unmet", unmet.String()},
	} {
		w.take(t, f.kind, f.text)
	}
	for i, line := range strings.Split(supplies.String(), "\n") {
		if i > 0 && i%15 == 0 && line != "" {
			cells := strings.Split(line, ",")
			must(t, w.ledger.Reverse(w.ctx, staff.Operator(), ledger.Reversal{
				ID: ledger.NewID(), Area: w.outlet(t, cells[2]).Area, Of: parseID(t, cells[0]),
			}))
		}
	}
}

func newID(rnd *rand.Rand) string {
	return fmt.Sprintf("%08x-0000-7000-8000-%012x", rnd.Uint32(), rnd.Uint64()&0xffffffffffff)
}

// one reads a number by plain SQL.
func (w *world) one(t testing.TB, text string, args ...any) int {
	t.Helper()
	n := 0
	must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
		_, err := tx.Get(w.ctx, []any{&n}, "SELECT COALESCE(SUM(n), 0) FROM ("+text+") q", args...)
		return err
	}))
	return n
}

// recount is a figure by plain SQL over the movements.
func (w *world) recount(t testing.TB, key measure.Key, p civil.Period, area int) int {
	signed := "SELECT CASE WHEN reverses IS NULL THEN kits ELSE -kits END AS n FROM movement WHERE area = ? AND occurred_on BETWEEN ? AND ? AND kind = ?"
	switch key {
	case measure.Purchased:
		return w.one(t, signed, area, int(p.First()), int(p.Last()), int(ledger.KindReceive))
	case measure.Dispensed:
		return w.one(t, signed, area, int(p.First()), int(p.Last()), int(ledger.KindSupply))
	case measure.Coverage:
		return w.one(t, signed+" AND split NOT IN (?, ?)", area, int(p.First()), int(p.Last()), int(ledger.KindSupply), int(registry.Prison), int(registry.Ambulance))
	}
	here := fmt.Sprintf("%d, %d, %d", ledger.Shelf, ledger.Held, ledger.Spoiled)
	return w.one(t, `SELECT CASE WHEN to_place IN (`+here+`) THEN kits ELSE 0 END - CASE WHEN from_place IN (`+here+`) THEN kits ELSE 0 END AS n
		FROM movement WHERE area = ? AND occurred_on <= ?`, area, int(p.Last()))
}

func TestFiguresAreSumsOverMovements(t *testing.T) {
	seed := rand.Uint64()
	var told []string // what the engine before said
	eachWorld(t, func(t *testing.T, w *world) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		w.history(t, rnd)
		var now []string
		for _, key := range []measure.Key{measure.Purchased, measure.Dispensed, measure.Coverage, measure.OnHand} {
			periods := []string{"2016/17", "2017/18"}
			if !key.IsRatio() {
				periods = append(periods, "2017", "2016-11", "2017/18-Q2", "2018-02")
			}
			for _, name := range periods {
				p := period(name)
				sum := 0
				for _, f := range w.figures(t, key, name, "E92000001", "") {
					now = append(now, strings.Join(f.Cells(), ","))
					got := f.Value
					if key.IsRatio() {
						got = f.Numerator
					}
					if !strings.HasPrefix(f.Area, "E09") {
						if f.Area == "E92000001" && !key.IsRatio() && measure.Number(got) != fmt.Sprint(sum) {
							t.Errorf("seed %d: %s of England in %s is %s, its authorities have %d", seed, key, p, measure.Number(got), sum)
						}
						continue
					}
					want := w.recount(t, key, p, f.AreaID)
					if got == nil && want == 0 {
						continue
					}
					if measure.Number(got) != fmt.Sprint(want) {
						t.Errorf("seed %d: %s of %s in %s is %q, the movements say %d", seed, key, f.Name, p, measure.Number(got), want)
					}
					sum += want
				}
			}
		}
		now = append(now, w.pages(t, seed)...)
		if told != nil {
			if diff := cmp.Diff(told, now); diff != "" {
				t.Errorf("seed %d: the two engines differ: %s", seed, diff)
			}
		}
		told = now
	})
}

// pages reads what an authority's page shows, checks that its parts agree with each other and with the ledger's own
// reading of each shelf, and gives it in words.
func (w *world) pages(t *testing.T, seed uint64) []string {
	t.Helper()
	var said []string
	p := period("2017/18")
	for _, code := range []string{"E09000002", "E09000003", "E09000004"} {
		area := w.area(t, code)
		months, err := w.AreaMonths(w.ctx, area, p.From, p.To)
		must(t, err)
		var bought, given, away int
		for _, m := range months {
			bought += m.Purchased
			given += m.Dispensed
			away += m.TurnedAway
		}
		outlets, err := w.OutletsOf(w.ctx, area, p)
		must(t, err)
		each, err := w.OutletMonths(w.ctx, area, p.From, p.To)
		must(t, err)
		var all measure.Shelf
		for i, o := range outlets {
			bought -= o.Purchased
			given -= o.Dispensed
			for _, r := range o.TurnedAway {
				away -= r.People
			}
			for _, m := range each[i].Months {
				o.Dispensed -= m.Dispensed
			}
			if o.Dispensed != 0 || each[i].Outlet.ID != o.Outlet.ID {
				t.Errorf("seed %d: the months of %s do not sum to its period", seed, o.Outlet.Name)
			}
			stock, err := w.ledger.Stock(w.ctx, o.Outlet.ID)
			must(t, err)
			four := stock.Four()
			if four.OnHand != o.Shelf.OnHand || four.Held != o.Shelf.Held || four.Expired != o.Shelf.Expired || four.Usable != o.Shelf.Usable ||
				stock.ExpiringWithin(90) != o.Expiring90 {
				t.Errorf("seed %d: the shelf of %s is %+v, the ledger says %+v and %d expiring", seed, o.Outlet.Name, o, four, stock.ExpiringWithin(90))
			}
			all.OnHand += o.Shelf.OnHand
			all.Usable += o.Shelf.Usable
			all.People += o.Shelf.People
			said = append(said, fmt.Sprint(o.Outlet.Code, o.Purchased, o.In, o.Out, o.Shelf, o.Expiring90, o.LastEntry, o.SilentMonths, o.TurnedAway))
		}
		if bought != 0 || given != 0 || away != 0 {
			t.Errorf("seed %d: months and outlets of %s differ by %d, %d, %d", seed, code, bought, given, away)
		}
		shelf, err := w.ShelfOf(w.ctx, area)
		must(t, err)
		board, err := w.ExpiryOf(w.ctx, area)
		must(t, err)
		usable, people := board.Unknown.Usable, board.Unknown.People+board.Expired.People
		for _, m := range board.Months {
			usable += m.Usable
			people += m.People
		}
		if shelf.OnHand != all.OnHand || shelf.Usable != usable || shelf.Usable != all.Usable || shelf.People != people || shelf.Expired != board.Expired.Usable ||
			shelf.OnHand != shelf.Held+shelf.Expired+shelf.Usable {
			t.Errorf("seed %d: %s: shelf %+v, of outlets %+v, board %+v", seed, code, shelf, all, board)
		}
		said = append(said, fmt.Sprint(months, shelf, board))
	}
	return append(said, w.nationPages(t, seed)...)
}

// nationPages checks that a nation's page sums its authorities.
func (w *world) nationPages(t *testing.T, seed uint64) []string {
	t.Helper()
	p := period("2017/18")
	england := w.area(t, "E92000001")
	channels, err := w.Channels(w.ctx, england, p)
	must(t, err)
	sum := 0
	for _, c := range channels {
		sum += c.Kits
	}
	list, err := w.Nation(w.ctx, england, measure.Dispensed, p)
	must(t, err)
	away, err := w.TurnedAway(w.ctx, england, p)
	must(t, err)
	if nation := list[len(list)-1]; measure.Number(nation.Value) != fmt.Sprint(sum) || nation.With != 3 || nation.Of != 152 {
		t.Errorf("seed %d: %v, but its channels sum to %d", seed, nation.Cells(), sum)
	}
	if n := w.one(t, "SELECT 1 AS n FROM movement WHERE kind = ? AND occurred_on BETWEEN ? AND ?", int(ledger.KindUnmet), int(p.First()), int(p.Last())); len(away) > 1 || (n > 0 && away[0].People != n) {
		t.Errorf("seed %d: turned away %v, not %d", seed, away, n)
	}
	return []string{fmt.Sprint(channels, away)}
}
