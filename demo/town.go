package demo

import (
	"math"
	"strconv"
	"time"

	"everykit/civil"
)

// town is one authority while its days are played through.
type town struct {
	*plan
	*authority
	d       dice
	f       *files
	c       *catalogue
	sites   []*site
	now     civil.Date // the day being played
	clients int        // codes typed so far
	orders  int
	recent  []recent // of the outlet to look at first: supplies that nothing stands on
	due     map[civil.Date][]func()
}

// recent is a supply that can be reversed.
type recent struct {
	by  writer
	row int
	day civil.Date
}

// play plays an authority's days through and writes the rows that its outlets would have typed in.
func (p *plan) play(i int, f *files, c *catalogue) *town {
	a := p.authorities[i]
	t := &town{plan: p, authority: a, d: diceFor(p.Seed, "days of ", a.Code), f: f, c: c, sites: p.sites[i], due: map[civil.Date][]func(){}}
	t.open()
	t.planHolds()
	for t.now = a.begins; t.now <= p.Today; t.now++ {
		for _, happen := range t.due[t.now] {
			happen()
		}
		delete(t.due, t.now)
		for _, s := range t.sites {
			if t.now > s.ends {
				continue
			}
			t.arrivals(s)
			t.demand(s)
			t.restock(s)
			t.tidyUp(s)
			if t.now == s.ends && s.ends < p.Today {
				t.clear(s)
			}
		}
	}
	if t.first {
		t.showcase()
	}
	return t
}

// open gives every outlet the stock it has when it begins.
func (t *town) open() {
	t.now = t.begins
	t.needs()
	for _, s := range t.sites {
		s.writer = theImport
		if t.first {
			s.writer = theCoordinator
		}
		kits := int(math.Ceil(s.need * 40))
		if s.busy > 0 {
			kits = max(kits, 6)
		}
		for parts := t.d.between(1, 3); parts > 0 && kits > 0; parts-- {
			n := min(kits, max(2, kits/parts))
			kits -= n
			l := t.c.lot(t.ware(), t.pool, t.begins.Month()-civil.Month(t.d.between(3, 23)))
			s.shelf.put(l, n)
			t.receipt(s, l, n, true)
		}
	}
}

// needs says how many kits each outlet gives out on a day, with those that it sends on.
func (t *town) needs() {
	const kitsEach = 1.15 // of a supply
	for _, s := range t.sites {
		s.need += s.rate * kitsEach
		if s.hub != s {
			s.hub.need += s.rate * kitsEach
		}
	}
}

// ware draws a product: somewhat more of the syringe than of the spray.
func (t *town) ware() int {
	if t.d.chance(0.6) {
		return 0
	}
	return 1
}

// typed says who types in what happens at an outlet today.
func (t *town) typed(s *site) writer {
	s.months[t.now.Month()] = true
	if !s.main {
		return s.writer
	}
	if t.d.chance(0.6) {
		return theWorker
	}
	return theColleague
}

// later plans something for a day, if that is not past the end.
func (t *town) later(days int, happen func()) {
	if day := t.now + civil.Date(days); day <= t.Today {
		t.due[day] = append(t.due[day], happen)
	}
}

// exponential draws a number of days whose mean is given.
func (t *town) exponential(mean float64) int { return 1 + int(t.d.ExpFloat64()*mean) }

// arrivals puts on the shelf what a parcel brings today.
func (t *town) arrivals(s *site) {
	still := s.coming[:0]
	for _, p := range s.coming {
		if p.on != t.now {
			still = append(still, p)
			continue
		}
		s.shelf.put(p.lot, p.good)
	}
	s.coming = still
}

// tidyUp writes off what has expired, on the day of the week when somebody looks.
func (t *town) tidyUp(s *site) {
	if t.now.Time().Weekday() != time.Tuesday || !t.d.chance(s.tidy) {
		return
	}
	for i := 0; i < len(s.shelf); i++ {
		if p := s.shelf[i]; p.expiry.Past(t.now) {
			t.writeOff(s, p.lot, s.shelf.take(i, p.kits), "shelf", "destroyed", "expired")
			i--
		}
	}
}

// clear sends what is left at an outlet that closes back to where it came from.
func (t *town) clear(s *site) {
	for len(s.shelf) > 0 {
		l := s.shelf[0].lot
		kits := s.shelf.take(0, s.shelf[0].kits)
		if s.hub == s || s.hub.ends < t.now {
			t.writeOff(s, l, kits, "shelf", "destroyed", "outlet closed")
			continue
		}
		t.send(s, s.hub, l, kits, t.now)
		if !l.expiry.Past(t.now) {
			s.hub.shelf.put(l, kits)
		}
	}
}

// writeOff moves kits that are not given out. Once an outlet has closed nobody is there to.
func (t *town) writeOff(s *site, l *lot, kits int, from, to, reason string) {
	if t.now > s.ends {
		return
	}
	t.f.row("writeoffs", t.typed(s), t.f.day(t.now), s.Outlet.Code, l.ware.code, l.number, strconv.Itoa(kits), from, to, reason)
}
