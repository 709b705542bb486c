package expiry

import (
	"cmp"
	"math"
	"slices"

	"everykit/registry"
)

// How many days kits are on the way when they are moved, which is time in which nobody is given them.
const (
	TravelDays = 3 // within an authority
	OfferDays  = 7 // from one authority to another, who must agree first
)

// place is one outlet's shelf of one product, as plans see it.
type place struct {
	outlet *registry.Outlet
	rate   Rate
	takes  bool              // open, and gives kits out
	last   func(lot int) int // the last day on which a lot could be given out here, as holding.until
	fixed  map[int]bool      // lots on the shelf that stay where they are; nil: none
	own    []holding
	coming []holding // on the way here
	then   []holding // what room needs: own after the travel, and coming
}

// move is kits that would be left over at one place and are used at another.
type move struct {
	from, to *place
	lot      int
	kits     int
	useBy    int // the last day on which they can be given out there, in days after today
}

// surplus is kits of a lot that will be left over at a place.
type surplus struct {
	at    *place
	lot   int
	until int
	kits  int
}

// surpluses finds what will be left over, the first to expire first.
func surpluses(places []*place) []surplus {
	var all []surplus
	for _, p := range places {
		for i, left := range unused(p.rate, p.own) {
			if h := p.own[i]; left > 0 && !p.fixed[h.lot] {
				all = append(all, surplus{p, h.lot, h.until, left})
			}
		}
	}
	slices.SortFunc(all, func(a, b surplus) int {
		return cmp.Or(cmp.Compare(a.until, b.until), cmp.Compare(b.kits, a.kits), cmp.Compare(a.at.outlet.ID, b.at.outlet.ID), cmp.Compare(a.lot, b.lot))
	})
	return all
}

// planned finds moves of one product between places where may allows it: what expires first goes first, each time to the
// place that uses most of it, the nearest of several alike. No kit is moved that its place would use itself, none to a
// place where it, or another in its stead, would be left over: so every kit moved is a kit saved. It carries the moves out
// on the places.
func planned(places []*place, days int, may func(from, to *place) bool) []move {
	var open []*place // that still have room
	for _, p := range places {
		if p.takes {
			p.then = append(after(p.rate, p.own, days), p.coming...)
			fefo(p.then)
			open = append(open, p)
		}
	}
	extra := surpluses(places)
	longest, seen := 0, map[int]bool{}
	for _, s := range extra {
		if seen[s.lot] {
			continue
		}
		seen[s.lot] = true
		for _, p := range open {
			longest = max(longest, p.last(s.lot))
		}
	}
	full := func(p *place) bool { return room(p.rate, p.then, days, longest) == 0 } // then it has none for anything
	open = slices.DeleteFunc(open, full)
	var moves []move
	for _, s := range extra {
		for s.kits > 0 {
			to, n := receiver(open, s, days, may)
			if n == 0 {
				break
			}
			moves = append(moves, move{s.at, to, s.lot, n, to.last(s.lot)})
			s.kits -= n
			s.at.give(s.lot, n)
			to.take(s.lot, n)
			if full(to) {
				open = slices.DeleteFunc(open, func(p *place) bool { return p == to })
			}
		}
	}
	return moves
}

// receiver is the place that uses most of a surplus, the nearest of several alike, and how many kits.
func receiver(open []*place, s surplus, days int, may func(from, to *place) bool) (*place, int) {
	var best *place
	most, far := 0, math.Inf(1)
	for _, p := range open {
		if p == s.at || !may(s.at, p) {
			continue
		}
		n := min(s.kits, room(p.rate, p.then, days, p.last(s.lot)))
		if n == 0 || n < most {
			continue
		}
		d := apart(s.at.outlet, p.outlet)
		if n > most || d < far {
			best, most, far = p, n, d
		}
	}
	return best, most
}

// give takes kits off the shelf. What is left over goes, so that what is used stays, and then is what it was.
func (p *place) give(lot, kits int) {
	for i := range p.own {
		if p.own[i].lot == lot {
			p.own[i].kits -= kits
		}
	}
	for i := range p.then {
		if p.then[i].lot == lot {
			n := min(kits, p.then[i].kits)
			p.then[i].kits -= n
			kits -= n
		}
	}
}

func (p *place) take(lot, kits int) {
	h := holding{lot, p.last(lot), kits}
	p.coming = append(p.coming, h)
	p.then = append(p.then, h)
	fefo(p.then)
}

// apart is how far two outlets are from each other, in kilometres; infinite if that is not known.
func apart(a, b *registry.Outlet) float64 {
	if a.Lat == nil || a.Lon == nil || b.Lat == nil || b.Lon == nil {
		return math.Inf(1)
	}
	const km = 111.2 // a degree of latitude
	north := (*a.Lat - *b.Lat) * km
	east := (*a.Lon - *b.Lon) * km * math.Cos((*a.Lat+*b.Lat)/2*math.Pi/180)
	return math.Hypot(north, east)
}
