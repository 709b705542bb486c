package demo

import (
	"fmt"
	"strconv"

	"everykit/registry"
)

// demand plays the people who come to an outlet on a day.
func (t *town) demand(s *site) {
	if s.rate == 0 {
		return
	}
	for range t.d.poisson(s.rate * s.pattern.weight(t.now, t.start)) {
		at := s.shelf.due(t.now)
		switch {
		case at < 0:
			if t.d.chance(0.6) {
				t.turnAway(s, "no_stock")
			}
		case t.d.chance(0.025):
			t.turnAway(s, t.why(s))
		default:
			t.giveOut(s, at)
		}
	}
}

func (t *town) turnAway(s *site, reason string) {
	t.f.row("unmet", t.typed(s), t.f.day(t.now), s.Outlet.Code, reason)
}

// why somebody is turned away though there are kits.
func (t *town) why(s *site) string {
	if s.Requires.Known() && s.Requires != registry.NothingRequired && t.d.chance(0.7) {
		return "requirement"
	}
	return pick(t.d, []weighted[string]{{"closed", 5}, {"age", 1}, {"other", 2}})
}

// bulkMost is the most kits given out at once, at an event.
const bulkMost = 40

// what people and services wrote of a supply; much of it is left blank.
var (
	sizes      = []weighted[int]{{1, 88}, {2, 10}, {3, 2}}
	recipients = []weighted[string]{{"person_at_risk", 62}, {"family_or_friend", 13}, {"worker", 5}, {"not_known", 5}, {"", 15}}
	bands      = []weighted[string]{{"under_25", 5}, {"25_34", 18}, {"35_44", 30}, {"45_over", 27}, {"not_known", 3}, {"", 17}}
	sexes      = []weighted[string]{{"female", 24}, {"male", 46}, {"other", 1}, {"not_known", 2}, {"", 27}}
	firsts     = []weighted[string]{{"first", 38}, {"repeat", 37}, {"not_known", 5}, {"", 20}}
	reasons    = []weighted[string]{
		{"used_on_other", 26},
		{"used_on_self", 16},
		{"lost", 22},
		{"stolen", 5},
		{"confiscated", 4},
		{"expired", 9},
		{"damaged", 2},
		{"spare", 9},
		{"not_known", 5},
		{"", 8},
	}
	trained = []weighted[string]{{"yes", 68}, {"no", 7}, {"", 25}}
)

// giveOut gives kits of a pile to somebody.
func (t *town) giveOut(s *site, at int) {
	l, kits := s.shelf[at].lot, pick(t.d, sizes)
	to, first, reason, band, sex, client := pick(t.d, recipients), "", "", "", "", ""
	if t.d.chance(s.bulk) {
		kits, to = t.d.between(8, bulkMost), pick(t.d, []weighted[string]{{"worker", 1}, {"not_known", 2}, {"", 2}})
	}
	bulk := kits >= 8
	kits = s.shelf.take(at, kits)
	if !bulk {
		first, band, sex = pick(t.d, firsts), pick(t.d, bands), pick(t.d, sexes)
		if to == "worker" {
			first, band, sex = "", "", ""
		}
		if s.codes && to == "person_at_risk" && t.d.chance(0.6) {
			first, client = "", t.client()
		}
		if first == "repeat" {
			reason = pick(t.d, reasons)
		}
	}
	by := t.typed(s)
	row := t.f.row("supplies", by, t.f.day(t.now), s.Outlet.Code, l.ware.code, l.number, strconv.Itoa(kits), to, first, reason, band, sex, client, pick(t.d, trained))
	stands := false
	if !bulk {
		for range kits {
			stands = t.after(s, l) || stands
		}
	}
	if s.main && !stands && client == "" {
		t.recent = append(t.recent, recent{by, row, t.now})
	}
}

// client gives a code: of somebody new, or of somebody who has been before. The codes are made up; the ledger keeps only
// their keyed hash.
func (t *town) client() string {
	n := t.clients
	if n == 0 || t.d.chance(0.45) {
		t.clients++
	} else {
		n = t.d.IntN(n)
	}
	return fmt.Sprintf("DEMO-%s-%05d", t.Code, n)
}
