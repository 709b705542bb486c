package notice_test

import (
	"math/rand/v2"
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
)

// journal is a plain account of where kits went, kept beside the ledger and knowing nothing of it.
type journal struct {
	*world
	r         *rand.Rand
	kits      map[string]map[string]map[string]int // by outlet, lot and place
	withdrawn map[string]bool                      // lots
	toCheck   map[string]bool
	unchecked map[string]map[string]int // by outlet and lot
	handed    map[string]int            // by authority
	received  int
	moving    []delivery
	deeds     map[string]int
}

type delivery struct {
	dispatch ledger.Dispatch
	from, to string
	lot      string
}

func newJournal(w *world, seed uint64) *journal {
	return &journal{
		world: w, r: rand.New(rand.NewPCG(seed, 7)), kits: map[string]map[string]map[string]int{}, withdrawn: map[string]bool{}, toCheck: map[string]bool{},
		unchecked: map[string]map[string]int{}, handed: map[string]int{}, deeds: map[string]int{},
	}
}

func (j *journal) of(outlet, lot string) map[string]int {
	if j.kits[outlet] == nil {
		j.kits[outlet], j.unchecked[outlet] = map[string]map[string]int{}, map[string]int{}
	}
	if j.kits[outlet][lot] == nil {
		j.kits[outlet][lot] = map[string]int{}
	}
	return j.kits[outlet][lot]
}

// land is kits that come to a shelf.
func (j *journal) land(outlet, lot string, kits int) {
	place := "shelf"
	if j.withdrawn[lot] {
		place = "held"
	} else if j.toCheck[lot] {
		j.of(outlet, lot)
		j.unchecked[outlet][lot] += kits
	}
	j.of(outlet, lot)[place] += kits
}

// take is kits that leave a shelf: those that were checked first, for giving out; for anything else only what is left may
// wait to be checked.
func (j *journal) take(outlet, lot, to string, kits int) {
	at := j.of(outlet, lot)
	at["shelf"] -= kits
	at[to] += kits
	j.unchecked[outlet][lot] = min(j.unchecked[outlet][lot], at["shelf"])
}

var codes = []string{"O1", "O2", "O3", "O4"}

// step does one deed at random, and writes it down if it can be done.
func (j *journal) step(product int, lots []string) {
	t := j.t
	outlet, lot, n := codes[j.r.IntN(len(codes))], lots[j.r.IntN(len(lots))], 1+j.r.IntN(6)
	at := j.of(outlet, lot)
	id := 0
	if found := must1(j.led.LotsNumbered(j.ctx, product, lot))(t); len(found) == 1 {
		id = found[0].ID
	}
	writeOff := func(from, to ledger.Place, fromName, toName string) {
		if at[fromName] < n || id == 0 {
			return
		}
		must(t, j.led.WriteOff(j.ctx, operator, ledger.WriteOff{Entry: j.entry(outlet, n), Lot: id, From: from, To: to, Reason: "test"}))
		j.deeds["write-off"]++
		if fromName == "shelf" {
			j.take(outlet, lot, toName, n)
			return
		}
		at[fromName] -= n
		at[toName] += n
	}
	switch j.r.IntN(12) {
	case 0, 1, 2:
		n *= 5
		must(t, j.led.Receive(j.ctx, operator, ledger.Receipt{Entry: j.entry(outlet, n), Product: product, Lot: lot}))
		j.received += n
		j.land(outlet, lot, n)
		j.deeds["receive"]++
	case 3, 4, 5:
		if id == 0 {
			return
		}
		err := j.supply(outlet, id, n)
		switch can := at["shelf"] - j.unchecked[outlet][lot]; {
		case j.withdrawn[lot] || n > can:
			if !fault.Is(err, fault.Refused) {
				t.Fatalf("%d kits of %s at %s, of which %d could be given out: %v", n, lot, outlet, can, err)
			}
			j.deeds["refused"]++
		default:
			must(t, err)
			j.take(outlet, lot, "people", n)
			j.deeds["supply"]++
		}
	case 6:
		to := codes[j.r.IntN(len(codes))]
		if at["shelf"] < n || to == outlet {
			return
		}
		d := ledger.Dispatch{Entry: j.entry(outlet, n), Lot: id, To: j.id(to)}
		must(t, j.led.Send(j.ctx, operator, d))
		j.take(outlet, lot, "transit", n)
		j.moving = append(j.moving, delivery{d, outlet, to, lot})
		j.deeds["send"]++
	case 7:
		if len(j.moving) == 0 {
			return
		}
		d := j.moving[0]
		j.moving = j.moving[1:]
		broken := j.r.IntN(2)
		good := d.dispatch.Kits - broken
		must(t, j.led.Arrive(j.ctx, operator, ledger.Arrival{ID: newID(), Transfer: d.dispatch.ID, FromArea: j.snap().Outlet(j.id(d.from)).Area, OccurredOn: j.led.Today(), Good: good, Broken: broken}))
		j.of(d.from, d.lot)["transit"] -= d.dispatch.Kits
		j.of(d.to, d.lot)["spoiled"] += broken
		j.land(d.to, d.lot, good)
		j.deeds["arrive"]++
	case 8:
		if at["people"] < n {
			return
		}
		must(t, j.led.Use(j.ctx, operator, ledger.UseOf{Entry: j.entry(outlet, n), Lot: id}))
		at["people"] -= n
		at["used"] += n
		j.deeds["use"]++
	case 9:
		if at["people"] < n {
			return
		}
		writeOff(ledger.People, ledger.Spoiled, "people", "spoiled")
		j.handed[j.snap().Area(j.snap().Outlet(j.id(outlet)).Area).Code] += n
		j.deeds["hand back"]++
	case 10:
		writeOff(ledger.Spoiled, ledger.Destroyed, "spoiled", "destroyed")
		writeOff(ledger.Held, ledger.Returned, "held", "returned")
	case 11:
		writeOff(ledger.Shelf, ledger.Lost, "shelf", "lost")
	}
}

// bar writes down what publication does.
func (j *journal) bar(action notice.Action, lots []string) {
	for _, lot := range lots {
		j.withdrawn[lot] = j.withdrawn[lot] || action == notice.Withdraw
		j.toCheck[lot] = j.toCheck[lot] || action == notice.Check
		for outlet := range j.kits {
			at := j.of(outlet, lot)
			if action == notice.Withdraw {
				at["held"] += at["shelf"]
				at["shelf"] = 0
			} else {
				j.unchecked[outlet][lot] = at["shelf"]
			}
		}
	}
}

// agree fails the test unless the table of effects is what the journal counts, for each authority and all, and adds up.
func (j *journal) agree(id int, lots []string) {
	t := j.t
	e := must1(j.Effect(j.ctx, id, 0))(t)
	want, total := map[string]*notice.EffectRow{}, notice.EffectRow{}
	for outlet, byLot := range j.kits {
		area := j.snap().Area(j.snap().Outlet(j.id(outlet)).Area).Code
		if want[area] == nil {
			want[area] = &notice.EffectRow{}
		}
		for _, lot := range lots {
			at := byLot[lot]
			for _, r := range []*notice.EffectRow{want[area], &total} {
				r.Shelf += at["shelf"]
				r.Held += at["held"] + at["spoiled"]
				r.Transit += at["transit"]
				r.People += at["people"]
				r.Used += at["used"]
				r.Destroyed += at["destroyed"]
				r.Returned += at["returned"]
				r.Lost += at["lost"]
				r.Unchecked += j.unchecked[outlet][lot]
			}
		}
	}
	total.Received = j.received
	for area, kits := range j.handed {
		want[area].HandedBack += kits
		total.HandedBack += kits
	}
	for _, r := range append([]notice.EffectRow{e.Total}, e.Rows...) {
		if sum := r.Shelf + r.Held + r.Transit + r.People + r.Used + r.Destroyed + r.Returned + r.Lost; sum != r.Received {
			t.Fatalf("it does not add up, to %d: %+v", sum, r)
		}
		got, of := r, &total
		if r.Area != 0 {
			of = want[j.snap().Area(r.Area).Code]
			if of == nil {
				of = &notice.EffectRow{}
			}
			of.Received = of.Shelf + of.Held + of.Transit + of.People + of.Used + of.Destroyed + of.Returned + of.Lost
		}
		got.Area, got.Told, got.Seen, got.Answered, got.Good, got.Faulty, got.Replaced = 0, 0, 0, 0, 0, 0, 0
		if got != *of {
			t.Fatalf("area %d:\ngot  %+v\nwant %+v\nafter %v", r.Area, got, *of, j.deeds)
		}
		if r.Area != 0 {
			one := must1(j.Effect(j.ctx, id, r.Area))(t)
			if len(one.Rows) != 1 || one.Rows[0] != r || one.Total != r {
				t.Fatalf("alone: %+v, among others: %+v", one, r)
			}
		}
	}
}

// traced fails the test unless the ledger's trace of the lots is the journal's, outlet by outlet: none missed, none extra.
func (j *journal) traced(product int, lots []string) {
	t := j.t
	for _, lot := range lots {
		found := must1(j.led.LotsNumbered(j.ctx, product, lot))(t)
		if len(found) != 1 {
			t.Fatalf("%d lots %s", len(found), lot)
		}
		seen := map[string]bool{}
		for _, row := range must1(j.led.Trace(j.ctx, found[0].ID))(t) {
			code := j.snap().Outlet(row.Outlet).Code
			seen[code] = true
			for p := ledger.Shelf; p <= ledger.Returned; p++ {
				if got, want := row.Counts[p], j.of(code, lot)[p.String()]; got != want {
					t.Errorf("%s at %s, %s: %d, want %d", lot, code, p, got, want)
				}
			}
		}
		for _, code := range codes {
			if sum := total(j.of(code, lot)); sum > 0 && !seen[code] {
				t.Errorf("%s: the trace lacks %s with %d kits", lot, code, sum)
			}
		}
	}
}

func total(m map[string]int) int {
	n := 0
	for _, k := range m {
		n += k
	}
	return n
}

// walk spreads stock of lots by random deeds, publishes a notice on all of them in the middle, and goes on. It compares all
// at every so many deeds, and at the end.
func walk(w *world, seed uint64, of notice.Notice, product, before, after, every int) *journal {
	var lots []string
	for _, l := range of.Lines {
		lots = append(lots, l.Number)
	}
	j := newJournal(w, seed)
	for range before {
		j.step(product, lots)
	}
	id, p := w.publish(of)
	j.agreeBefore(p)
	j.bar(of.Action, lots)
	j.agree(id, lots)
	for i := range after {
		j.step(product, lots)
		if j.r.IntN(2) == 0 && of.Action == notice.Check {
			j.check(id, product, lots[j.r.IntN(len(lots))])
		}
		if i%every == 0 {
			j.agree(id, lots)
		}
	}
	j.agree(id, lots)
	j.traced(product, lots)
	return j
}

// agreeBefore compares what publication said it found.
func (j *journal) agreeBefore(p notice.Preview) {
	shelf := 0
	for _, byLot := range j.kits {
		for _, at := range byLot {
			shelf += at["shelf"]
		}
	}
	equal(j.t, "kits on shelves as publication found them", p.Sum()[ledger.Shelf], shelf)
}

// check answers for one lot at one outlet.
func (j *journal) check(id, product int, lot string) {
	outlet := codes[j.r.IntN(len(codes))]
	waiting := j.of(outlet, lot)["shelf"]
	if waiting = min(waiting, j.unchecked[outlet][lot]); waiting == 0 {
		return
	}
	found := must1(j.led.LotsNumbered(j.ctx, product, lot))(j.t)
	faulty := j.r.IntN(waiting + 1)
	good := j.r.IntN(waiting - faulty + 1)
	_, err := j.answer("", id, outlet, notice.LotAnswer{Lot: found[0].ID, Good: good, Faulty: faulty})
	must(j.t, err)
	at := j.of(outlet, lot)
	at["shelf"] -= faulty
	at["spoiled"] += faulty
	j.unchecked[outlet][lot] -= good + faulty
	j.deeds["check"]++
}

// TestTheRealNoticeOver24Lots is the check of November 2022, read from the file that ships with the program.
func TestTheRealNoticeOver24Lots(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		of := builtIn(t, w)[0]
		equal(t, "lots", len(of.Lines), 24)
		j := walk(w, 1, of, w.id("prenoxad"), 500, 300, 10)
		for _, deed := range []string{"receive", "supply", "refused", "send", "arrive", "use", "hand back", "write-off", "check"} {
			if j.deeds[deed] == 0 {
				t.Errorf("there was no %s: %v", deed, j.deeds)
			}
		}
		w.clean()
	})
}

// TestAForeignWithdrawalOfTwoLots is the recall D-0906-2018 of June 2018 in the United States: another country, another
// kind of notice, another precision of the dates.
func TestAForeignWithdrawalOfTwoLots(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		of := notice.Notice{
			Number: "D-0906-2018", Regulator: "FDA", IssuedOn: civil.On(2018, 6, 4), Title: "Particles on the syringe plunger", Action: notice.Withdraw, Severity: "Class I",
			Class: 1, DueOn: civil.None, Source: "https://www.fda.gov/Safety/Recalls/ucm609668.htm",
			Lines: []notice.Line{
				{Product: w.id("carpuject"), Number: "72680LL", Expiry: civil.ExpiresOn(civil.On(2018, 12, 1))},
				{Product: w.id("carpuject"), Number: "76510LL", Expiry: civil.ExpiresOn(civil.On(2019, 4, 1))},
			},
		}
		*w.now = civil.On(2018, 6, 5).Time().Add(12 * 3600e9)
		j := walk(w, 2, of, w.id("carpuject"), 80, 100, 5)
		if j.deeds["refused"] == 0 || j.deeds["receive"] == 0 {
			t.Errorf("deeds: %v", j.deeds)
		}
		equal(t, "a day was printed, not a month", must1(w.led.Family(w.ctx, w.lot("72680LL")))(t)[0].Expiry.String(), "2018-12-01")
		w.clean()
	})
}

// TestTheTableAddsUpAfterEachDeed compares after every single one of a hundred deeds.
func TestTheTableAddsUpAfterEachDeed(t *testing.T) {
	for _, action := range []notice.Action{notice.Withdraw, notice.Check} {
		t.Run(action.String(), func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				j := walk(w, uint64(action)+10, w.draft(action, "N1", "A1", "B2"), w.id("prenoxad"), 60, 100, 1)
				if total(j.handed) == 0 {
					t.Errorf("nobody handed kits back: %v", j.deeds)
				}
			})
		})
	}
}

// builtIn are the notices that ship with the program.
func builtIn(t testing.TB, w *world) []notice.Notice {
	t.Helper()
	other := newWorld(t, sqliteFile(t), ptr(morning))
	must1(other.Import(w.ctx, builtInFile(t), notice.Import{Who: operator}))(t)
	var all []notice.Notice
	for _, n := range must1(other.List(w.ctx, notice.Filter{}))(t) {
		n.ID, n.State = 0, 0
		all = append(all, *n)
	}
	return all
}

func ptr[T any](v T) *T { return &v }
