package demo

import (
	"fmt"
	"sort"
	"time"

	"everykit/civil"
)

// The two products that are licensed where the nation lies, by the registry's codes, with a price that is made up.
var wares = []ware{
	{code: "prenoxad", price: "18.00", digits: true},
	{code: "nyxoid", price: "26.50"},
}

type ware struct {
	code, price string
	digits      bool // its lots are numbered by digits, with a nought before them
}

// lotsPerRegion is how many wholesalers a region has, whose lots differ: a lot then lies in a handful of authorities.
const lotsPerRegion = 2

// firstLot is far from any number that a real notice names.
const firstLot = 310_000

// lot is one of a ware's.
type lot struct {
	ware   *ware
	number string
	expiry civil.Expiry
}

// catalogue gives the lot that a wholesaler sold of a ware in a month, always the same.
type catalogue struct {
	seed  uint64
	first civil.Month // the earliest month a lot can be of
	made  map[catalogueKey]*lot
}

type catalogueKey struct {
	ware, pool int
	month      civil.Month
}

// mostPools is more wholesalers than there are.
const mostPools = 200

func (c *catalogue) lot(w, pool int, month civil.Month) *lot {
	k := catalogueKey{w, pool, month}
	if l := c.made[k]; l != nil {
		return l
	}
	d := diceFor(c.seed, "lot", w, "/", pool, "/", int(month))
	l := &lot{ware: &wares[w], expiry: civil.ExpiresIn(month + civil.Month(d.between(26, 36)))}
	nth := int(month-c.first)*mostPools + pool
	if l.ware.digits {
		l.number = fmt.Sprintf("%07d", firstLot+nth*7+d.IntN(7))
	} else {
		y, m := int(month)/12, int(month)%12
		l.number = fmt.Sprintf("%02d%c%03d%c", y%100, 'A'+m, pool, 'A'+rune(d.IntN(26)))
		if d.chance(0.25) {
			year, mon, _ := l.expiry.Last.Parts()
			l.expiry = civil.ExpiresOn(civil.On(year, time.Month(mon), d.between(1, 28)))
		}
	}
	c.made[k] = l
	return l
}

// pile is the kits of one lot on a shelf.
type pile struct {
	*lot
	kits int
}

// shelf is what an outlet has, due first at the front.
type shelf []pile

func (s *shelf) put(l *lot, kits int) {
	for i := range *s {
		if (*s)[i].lot == l {
			(*s)[i].kits += kits
			return
		}
	}
	*s = append(*s, pile{l, kits})
	sort.SliceStable(*s, func(i, j int) bool { return (*s)[i].expiry.Last < (*s)[j].expiry.Last })
}

// take takes up to so many kits off a pile, and gives how many it was.
func (s *shelf) take(i, kits int) int {
	p := &(*s)[i]
	kits = min(kits, p.kits)
	if p.kits -= kits; p.kits == 0 {
		*s = append((*s)[:i], (*s)[i+1:]...)
	}
	return kits
}

// usable is how many kits still have so many days left after a day.
func (s shelf) usable(day civil.Date, left int) int {
	n := 0
	for _, p := range s {
		if p.expiry.DaysLeft(day) >= left {
			n += p.kits
		}
	}
	return n
}

// due is the pile to give from: first expiry, first out, among those with life enough left for a person to carry; where
// there is none, the one that lasts longest. -1 if nothing is in date.
func (s shelf) due(day civil.Date) int {
	last := -1
	for i, p := range s {
		if p.expiry.DaysLeft(day) >= 90 {
			return i
		}
		if !p.expiry.Past(day) {
			last = i
		}
	}
	return last
}
