package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
)

// journal is what a test did, kept by it alone: kits by outlet, lot and place, and what was sent.
type journal struct {
	kits map[[2]string]map[string]int
	sent []string
}

func (j *journal) add(outlet, lot, place string, kits int) {
	at := [2]string{outlet, lot}
	if j.kits[at] == nil {
		j.kits[at] = map[string]int{}
	}
	j.kits[at][place] += kits
}

// row is what a trace must say of an outlet and lot.
func (j *journal) row(product, area, outlet string, lot string) string {
	return strings.Join(append([]string{product, lot, area, outlet}, cellsOf(j.kits[[2]string{outlet, lot}])...), ",")
}

func cellsOf(at map[string]int) []string {
	cells, all := []string{""}, 0
	for _, place := range ledger.TraceColumns[5:] {
		cells = append(cells, strconv.Itoa(at[place]))
		all += at[place]
	}
	cells[0] = strconv.Itoa(all)
	return cells
}

// tracedWorld does random deeds over lots and outlets and keeps a journal of them.
func tracedWorld(t *testing.T, w *world, lots []string) *journal {
	t.Helper()
	j := &journal{kits: map[[2]string]map[string]int{}}
	r := rand.New(rand.NewPCG(7, 11))
	outlets := []string{"O1", "O2", "O3", "O4"}
	for _, number := range lots {
		id := 0
		first := outlets[r.IntN(4)]
		receive := func(o string, n int) {
			e := w.entry(o, n)
			must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: number}))
			id = must1(w.Movement(w.ctx, w.outlet(o).Area, e.ID))(t).Lot
			j.add(o, number, "shelf", n)
		}
		receive(first, 20+r.IntN(60))
		for range 10 {
			o := outlets[r.IntN(4)]
			have := j.kits[[2]string{o, number}]
			shelf, people := have["shelf"], have["people"]
			n := 1 + r.IntN(6)
			switch what := r.IntN(8); {
			case what == 0:
				receive(o, n)
			case what == 1 && shelf >= n:
				to := outlets[r.IntN(4)]
				if to == o {
					continue
				}
				e := w.entry(o, n)
				must(t, w.Send(w.ctx, operator, ledger.Dispatch{Entry: e, Lot: id, To: w.outlet(to).ID}))
				j.add(o, number, "shelf", -n)
				j.add(o, number, "transit", n)
				arrived := ""
				if r.IntN(3) > 0 {
					good := r.IntN(n + 1)
					broken := r.IntN(n - good + 1)
					must(t, w.Arrive(w.ctx, operator, ledger.Arrival{ID: ledger.NewID(), Transfer: e.ID, FromArea: w.outlet(o).Area, OccurredOn: w.Today(), Good: good, Broken: broken}))
					j.add(o, number, "transit", -n)
					j.add(o, number, "lost", n-good-broken)
					if good+broken > 0 {
						j.add(to, number, "shelf", good)
						j.add(to, number, "held", broken)
					}
					arrived = fmt.Sprint(good, " ", broken)
				}
				j.sent = append(j.sent, fmt.Sprint(o, " ", to, " ", number, " ", n, " ", arrived))
			case what <= 4 && shelf >= n:
				e := w.entry(o, n)
				must(t, w.Supply(w.ctx, operator, ledger.SupplyOf{Entry: e, Lot: id, Recipient: 1}))
				if r.IntN(5) == 0 { // undone: as if it had not been
					must(t, w.Reverse(w.ctx, operator, ledger.Reversal{ID: ledger.NewID(), Area: w.outlet(o).Area, Of: e.ID}))
					continue
				}
				j.add(o, number, "shelf", -n)
				j.add(o, number, "people", n)
			case what == 5 && people >= n:
				must(t, w.Use(w.ctx, operator, ledger.UseOf{Entry: w.entry(o, n), Lot: id}))
				j.add(o, number, "people", -n)
				j.add(o, number, "used", n)
			case what == 6 && people >= n:
				must(t, w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: w.entry(o, n), Lot: id, From: ledger.People, To: ledger.Spoiled}))
				j.add(o, number, "people", -n)
				j.add(o, number, "held", n)
			case what == 7 && shelf >= n:
				place := []ledger.Place{ledger.Held, ledger.Destroyed, ledger.Lost, ledger.Returned}[r.IntN(4)]
				must(t, w.WriteOff(w.ctx, operator, ledger.WriteOff{Entry: w.entry(o, n), Lot: id, From: ledger.Shelf, To: place, Reason: "damaged"}))
				j.add(o, number, "shelf", -n)
				j.add(o, number, place.String(), n)
			}
		}
	}
	return j
}

// TestTraceIsABruteForceRecount traces 100 lots and recounts each from the journal: no row is missing, none is extra, and
// the total is that of the rows.
func TestTraceIsABruteForceRecount(t *testing.T) {
	var lots []string
	for i := range 100 {
		lots = append(lots, fmt.Sprintf("L%03d", i))
	}
	eachWorld(t, func(t *testing.T, w *world) {
		j := tracedWorld(t, w, lots)
		var sent []string
		for _, number := range lots {
			found := must1(w.LotsNumbered(w.ctx, 0, number))(t)
			rows := must1(w.Trace(w.ctx, found[0].ID))(t)
			var got, want []string
			for _, r := range ledger.TraceFile(w.snap, found, rows) {
				got = append(got, strings.Join(r, ","))
			}
			total := map[string]int{}
			for i, o := range []string{"O1", "O2", "O3", "O4"} {
				at, ok := j.kits[[2]string{o, number}]
				if !ok {
					continue
				}
				want = append(want, j.row("prenoxad", []string{"E09000002", "E09000002", "E09000003", "E09000003"}[i], o, number))
				for place, n := range at {
					total[place] += n
				}
			}
			want = append(want, strings.Join(append([]string{"prenoxad", number, "", ""}, cellsOf(total)...), ","))
			if !slices.Equal(got, want) {
				t.Fatalf("lot %s\ntraced:\n%s\nrecounted:\n%s", number, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for _, s := range must1(w.Sent(w.ctx, found[0].ID))(t) {
				arrived := ""
				if !s.Open() {
					arrived = fmt.Sprint(s.Good, " ", s.Broken)
				}
				sent = append(sent, fmt.Sprint(w.snap.Outlet(s.Outlet).Code, " ", w.snap.Outlet(s.To).Code, " ", number, " ", s.Kits, " ", arrived))
			}
		}
		slices.Sort(sent)
		slices.Sort(j.sent)
		if len(sent) < 20 || !slices.Equal(sent, j.sent) {
			t.Errorf("deliveries:\n%s\nwere:\n%s", strings.Join(sent, "\n"), strings.Join(j.sent, "\n"))
		}
	})
}

// TestTraceFileJoins counts entries that are one lot under the number of the one that stands for them, and leaves the number
// of a total of several lots empty.
func TestTraceFileJoins(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := map[string]int{}
		for i, number := range []string{"0116917", "O116917", "0117002"} {
			e := w.entry("O1", 5+i)
			must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("prenoxad"), Lot: number}))
			id[number] = must1(w.Movement(w.ctx, w.outlet("O1").Area, e.ID))(t).Lot
		}
		must(t, w.JoinLots(w.ctx, operator, id["O116917"], id["0116917"]))
		file := func(lots ...ledger.Lot) string {
			var ids []int
			for _, l := range lots {
				ids = append(ids, l.ID)
			}
			var lines []string
			for _, r := range ledger.TraceFile(w.snap, lots, must1(w.Trace(w.ctx, ids...))(t)) {
				lines = append(lines, strings.Join(r, ","))
			}
			return strings.Join(lines, "\n")
		}
		family := must1(w.Family(w.ctx, id["O116917"]))(t)
		want := "prenoxad,0116917,E09000002,O1,11,11,0,0,0,0,0,0,0\nprenoxad,0116917,,,11,11,0,0,0,0,0,0,0"
		if got := file(family...); got != want {
			t.Errorf("joined:\n%s", got)
		}
		other := must1(w.Lot(w.ctx, id["0117002"]))(t)
		want = "prenoxad,0116917,E09000002,O1,11,11,0,0,0,0,0,0,0\nprenoxad,0117002,E09000002,O1,7,7,0,0,0,0,0,0,0\nprenoxad,,,,18,18,0,0,0,0,0,0,0"
		if got := file(append(family, other)...); got != want {
			t.Errorf("two lots:\n%s", got)
		}
		want = "prenoxad,0117002,,,0,0,0,0,0,0,0,0,0"
		if r := ledger.TraceFile(w.snap, []ledger.Lot{other}, nil); len(r) != 1 || strings.Join(r[0], ",") != want {
			t.Errorf("a lot that nobody received: %v", r)
		}
		page, more, err := w.TracePage(w.ctx, w.outlet("O1"), 0, 1, id["0116917"], id["O116917"])
		must(t, err)
		next, end, err := w.TracePage(w.ctx, w.outlet("O1"), 1, 1, id["0116917"], id["O116917"])
		must(t, err)
		if len(page) != 1 || !more || len(next) != 1 || end || page[0].ID == next[0].ID {
			t.Errorf("pages of one: %v %v, %v %v", page, more, next, end)
		}
	})
}
