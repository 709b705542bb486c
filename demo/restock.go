package demo

import (
	"math"
	"strconv"
	"time"

	"everykit/civil"
)

// parcel is kits on their way to an outlet.
type parcel struct {
	*lot
	good int
	on   civil.Date // when it arrives
}

// restock has an outlet that runs low ask for more, and one that buys order more. Nobody does so at a weekend, and not
// everybody looks every day: some run out.
func (t *town) restock(s *site) {
	if day := t.now.Time().Weekday(); day == time.Saturday || day == time.Sunday {
		return
	}
	need := s.need
	has := s.shelf.usable(t.now, 60)
	if s.hub == s {
		if float64(has) < math.Max(8, need*25) && t.d.chance(0.3) {
			t.buy(s, need)
		}
		return
	}
	waits := s.ordered != civil.None && t.now < s.ordered+21 && len(s.coming) > 0
	if waits || float64(has) > math.Max(2, need*12) || !t.d.chance(0.25) {
		return
	}
	want := (max(5, int(need*50*(0.8+0.4*t.d.Float64()))) + 4) / 5 * 5
	t.supplyFrom(s.hub, s, want)
}

// buy orders kits: most of the latest lots, now and then short-dated ones.
func (t *town) buy(s *site, need float64) {
	want := (max(20, int(need*80*(0.8+0.4*t.d.Float64()))) + 9) / 10 * 10
	first := t.ware()
	for i, share := range []float64{0.65, 0.35} {
		age := t.d.between(0, 2)
		if t.d.chance(0.04) {
			age = t.d.between(14, 20)
		}
		l := t.c.lot((first+i)%len(wares), t.pool, t.now.Month()-civil.Month(age))
		kits := max(10, int(float64(want)*share)/10*10)
		s.shelf.put(l, kits)
		t.receipt(s, l, kits, false)
		if want < 60 {
			return
		}
	}
}

var payers = []weighted[string]{
	{"Public health grant", 8}, {"Combating drugs partnership", 2}, {"Police and crime commissioner", 1}, {"", 3},
}

func (t *town) receipt(s *site, l *lot, kits int, opening bool) {
	order, price, supplier, payer, begins := "", "", "", "", "yes"
	if !opening {
		t.orders++
		order, price, begins = "PO-"+strconv.Itoa(1000+t.orders), l.ware.price, ""
		supplier, payer = "Northlight Wholesale"+madeUp, pick(t.d, payers)
	}
	t.f.row("receipts", t.typed(s), t.f.day(t.now), s.Outlet.Code, l.ware.code, l.number, l.expiry.String(), strconv.Itoa(kits),
		order, price, supplier, payer, begins)
}

// supplyFrom sends up to so many kits from one outlet to another, of two lots at most: those due first with half a year
// left, if there are any.
func (t *town) supplyFrom(from, to *site, want int) {
	for range 2 {
		at := -1
		for i, p := range from.shelf {
			if p.expiry.DaysLeft(t.now) >= 150 {
				at = i
				break
			}
		}
		if at < 0 || want < 1 {
			return
		}
		l := from.shelf[at].lot
		kits := from.shelf.take(at, want)
		want -= kits
		t.parcel(from, to, l, kits)
	}
}

// parcel sends kits. A few parcels come short, a few with broken kits, and a few never come.
func (t *town) parcel(from, to *site, l *lot, kits int) {
	to.ordered = t.now
	lag := pick(t.d, []weighted[int]{{0, 3}, {1, 3}, {2, 2}, {3, 1}, {5, 1}})
	on := t.now + civil.Date(lag)
	never := t.d.chance(0.001)
	if never || on > t.Today {
		t.transfer(from, to, l, kits, "", "", "")
		return
	}
	if on > to.ends { // nobody is there any more to open it
		from.shelf.put(l, kits)
		return
	}
	short, broken := 0, 0
	if t.d.chance(0.012) {
		short = t.d.between(1, min(3, kits))
	} else if t.d.chance(0.012) {
		broken = 1
	}
	good := kits - short - broken
	brokenCell := ""
	if broken > 0 {
		brokenCell = strconv.Itoa(broken)
		t.later(lag+t.d.between(8, 50), func() { t.writeOff(to, l, broken, "spoiled", "destroyed", "damaged") })
	}
	t.transfer(from, to, l, kits, t.f.day(on), strconv.Itoa(good), brokenCell)
	to.months[on.Month()] = true
	if good == 0 {
		return
	}
	if on == t.now {
		to.shelf.put(l, good)
	} else {
		to.coming = append(to.coming, parcel{l, good, on})
	}
}

// send moves kits that arrive whole on the same day.
func (t *town) send(from, to *site, l *lot, kits int, on civil.Date) {
	to.months[on.Month()] = true
	t.transfer(from, to, l, kits, t.f.day(on), strconv.Itoa(kits), "")
}

func (t *town) transfer(from, to *site, l *lot, kits int, arrivedOn, arrived, broken string) {
	from.months[t.now.Month()] = true
	// Both ends are typed in by one who may record at both.
	t.f.row("transfers", from.writer, t.f.day(t.now), from.Outlet.Code, to.Outlet.Code, l.ware.code, l.number, strconv.Itoa(kits), arrivedOn, arrived, broken)
}
