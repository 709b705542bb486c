package demo

import "everykit/civil"

// How often it is told what became of a kit.
const (
	toldUsed       = 0.08
	toldLost       = 0.015
	toldHandedBack = 0.008
)

var (
	doses      = []weighted[string]{{"1", 35}, {"2", 40}, {"3", 12}, {"4", 3}, {"", 10}}
	outcomes   = []weighted[string]{{"survived", 88}, {"died", 2}, {"not_known", 7}, {"", 3}}
	ambulances = []weighted[string]{{"yes", 52}, {"no", 33}, {"", 15}}
	settings   = []weighted[string]{{"home", 40}, {"street", 22}, {"hostel", 15}, {"public toilet", 5}, {"park", 5}, {"", 13}}
)

// after plans what is told later of a kit given out, and reports whether anything is.
func (t *town) after(s *site, l *lot) bool {
	chance := t.d.Float64()
	switch {
	case chance < toldUsed:
		t.later(t.exponential(70), func() { t.used(s, l) })
	case chance < toldUsed+toldLost:
		t.later(t.exponential(90), func() { t.fromPeople(s, l, "lost", "lost by the person") })
	case chance < toldUsed+toldLost+toldHandedBack:
		t.later(t.exponential(150), func() {
			t.fromPeople(s, l, "held", "handed back")
			if t.d.chance(0.7) {
				t.later(t.d.between(5, 60), func() { t.writeOff(s, l, 1, "spoiled", "destroyed", "handed back by people") })
			}
		})
	default:
		return false
	}
	return true
}

// used tells of a kit used on somebody. Whoever tells it often has no pack in the hand: then the lot is not known, or not
// even the product.
func (t *town) used(s *site, l *lot) {
	if t.now > s.ends {
		return
	}
	product, number := l.ware.code, l.number
	if !t.d.chance(0.65) {
		number = ""
		if t.d.chance(0.3) {
			product = ""
		}
	}
	t.f.row("uses", t.typed(s), t.f.day(t.now), s.Outlet.Code, product, number, pick(t.d, doses), pick(t.d, outcomes), pick(t.d, ambulances), pick(t.d, settings))
}

func (t *town) fromPeople(s *site, l *lot, to, reason string) {
	t.writeOff(s, l, 1, "people", to, reason)
}

// planHolds has a few outlets set kits aside in the last weeks, and some of them put one back.
func (t *town) planHolds() {
	for _, s := range t.sites {
		if !t.d.chance(0.04) {
			continue
		}
		if day := t.Today - civil.Date(t.d.between(2, 45)); day > t.begins {
			t.due[day] = append(t.due[day], func() { t.hold(s) })
		}
	}
}

func (t *town) hold(s *site) {
	for i, p := range s.shelf {
		if p.kits < 5 || p.expiry.Past(t.now) || t.now > s.ends {
			continue
		}
		kits := s.shelf.take(i, t.d.between(2, 4))
		t.writeOff(s, p.lot, kits, "shelf", "held", "box damaged by water: to be looked at")
		if t.d.chance(0.5) {
			t.later(1, func() {
				t.writeOff(s, p.lot, 1, "held", "shelf", "looked at: nothing wrong")
				s.shelf.put(p.lot, 1)
			})
		}
		return
	}
}
