package ledger_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
)

// model is the simplest ledger that could be right: a list of what moved, summed anew for every question.
type model struct {
	moves []moved
}

// moved is one movement as the model knows it.
type moved struct {
	id       uuid.UUID
	kind     string
	day      civil.Date
	kits     int
	from, to spot
	undone   bool
	undoes   uuid.UUID
	transfer uuid.UUID // arrivals: the send
	recorder int       // index of the outlet that recorded it
}

// spot is a place of an outlet (by its index).
type spot struct {
	outlet int
	place  ledger.Place
}

var guardedPlaces = map[ledger.Place]bool{ledger.Shelf: true, ledger.Held: true, ledger.Spoiled: true, ledger.Transit: true, ledger.People: true}

// fits reports whether every guarded spot stays at nought or above at the end of every day once more is added.
func (m *model) fits(more ...moved) bool {
	days := map[spot]map[civil.Date]int{}
	count := func(s spot, d civil.Date, n int) {
		if !guardedPlaces[s.place] {
			return
		}
		if days[s] == nil {
			days[s] = map[civil.Date]int{}
		}
		days[s][d] += n
	}
	for _, list := range [][]moved{m.moves, more} {
		for _, v := range list {
			count(v.from, v.day, -v.kits)
			count(v.to, v.day, v.kits)
		}
	}
	for _, of := range days {
		sum := 0
		for d := historyFirst; d <= historyLast; d++ {
			if sum += of[d]; sum < 0 {
				return false
			}
		}
	}
	return true
}

// least is the least that a spot holds at the end of any day from d on.
func (m *model) least(s spot, d civil.Date) int {
	sum, least := 0, 1<<30
	for day := historyFirst; day <= historyLast; day++ {
		for _, v := range m.moves {
			if v.day == day {
				if v.from == s {
					sum -= v.kits
				}
				if v.to == s {
					sum += v.kits
				}
			}
		}
		if day >= d {
			least = min(least, sum)
		}
	}
	return least
}

func (m *model) balance(s spot) int { return m.least(s, historyLast) }

func (m *model) byID(id uuid.UUID) *moved {
	for i := range m.moves {
		if m.moves[i].id == id {
			return &m.moves[i]
		}
	}
	return nil
}

// step is one thing that somebody tries.
type step struct {
	do     string
	id     uuid.UUID
	outlet int // index
	to     int // index: send
	day    civil.Date
	kits   int
	broken int
	from   ledger.Place
	into   ledger.Place
	of     uuid.UUID // arrive, reverse
}

func (s step) String() string {
	return fmt.Sprintf("%s outlet %d day %s kits %d (%s to %s, to outlet %d, broken %d, of %s)", s.do, s.outlet, s.day, s.kits, s.from, s.into, s.to, s.broken, s.of)
}

var (
	historyFirst = on("2018-05-20")
	historyLast  = on("2018-06-15") // today
)

var writeOffs = [][2]ledger.Place{
	{ledger.Shelf, ledger.Held},
	{ledger.Shelf, ledger.Spoiled},
	{ledger.Held, ledger.Shelf},
	{ledger.Shelf, ledger.Destroyed},
	{ledger.Held, ledger.Destroyed},
	{ledger.Spoiled, ledger.Destroyed},
	{ledger.Shelf, ledger.Lost},
	{ledger.Lost, ledger.Shelf},
	{ledger.Held, ledger.Returned},
	{ledger.Spoiled, ledger.Returned},
	{ledger.Shelf, ledger.Returned},
	{ledger.Shelf, ledger.Used},
}

// next draws a step that has a fair chance to be allowed, and some that have none.
func (m *model) next(r *rand.Rand) step {
	s := step{id: ledger.NewID(), outlet: r.IntN(3), to: r.IntN(3), kits: 1 + r.IntN(6), day: historyFirst + civil.Date(r.IntN(int(historyLast-historyFirst)+1))}
	if r.IntN(2) == 0 {
		s.day = historyLast - civil.Date(r.IntN(3))
	}
	switch n := r.IntN(100); {
	case n < 18:
		s.do, s.kits = "receive", 1+r.IntN(20)
	case n < 48:
		s.do = "supply"
	case n < 56:
		s.do = "send"
	case n < 63:
		s.do = "arrive"
		s.of = m.pick(r, "send")
		s.broken = r.IntN(2)
	case n < 71:
		s.do = "use"
	case n < 75:
		s.do = "handback"
	case n < 90:
		s.do = "writeoff"
		w := writeOffs[r.IntN(len(writeOffs))]
		s.from, s.into = w[0], w[1]
	default:
		s.do = "reverse"
		s.of = m.pick(r, "")
	}
	return s
}

// pick names an earlier movement, now and then one that is undone already.
func (m *model) pick(r *rand.Rand, kind string) uuid.UUID {
	var ids []uuid.UUID
	for _, v := range m.moves {
		if (kind == "" || v.kind == kind) && (!v.undone || r.IntN(8) == 0) {
			ids = append(ids, v.id)
		}
	}
	if len(ids) == 0 {
		return uuid.Max
	}
	return ids[r.IntN(len(ids))]
}

// try does a step in the model and says whether it is allowed.
func (m *model) try(s step) bool {
	var more []moved
	one := func(kind string, from, to spot) []moved {
		return []moved{{id: s.id, kind: kind, day: s.day, kits: s.kits, from: from, to: to, recorder: s.outlet}}
	}
	at := func(p ledger.Place) spot { return spot{s.outlet, p} }
	switch s.do {
	case "receive":
		more = one(s.do, at(ledger.Supplier), at(ledger.Shelf))
	case "supply":
		more = one(s.do, at(ledger.Shelf), at(ledger.People))
	case "send":
		if s.to == s.outlet {
			return false
		}
		more = one(s.do, at(ledger.Shelf), at(ledger.Transit))
		more[0].transfer = uuid.UUID{byte(s.to)}
	case "arrive":
		return m.tryArrive(s)
	case "use", "handback":
		m.moves = append(m.moves, m.fromPeople(s))
		return true // never refused
	case "writeoff":
		more = one(s.do, at(s.from), at(s.into))
	case "reverse":
		return m.tryReverse(s)
	}
	if !m.fits(more...) {
		return false
	}
	m.moves = append(m.moves, more...)
	return true
}

func (m *model) tryArrive(s step) bool {
	send := m.byID(s.of)
	if send == nil || send.undone || s.day < send.day || s.kits-1+s.broken > send.kits {
		return false
	}
	for _, v := range m.moves {
		if v.kind != "send" && v.transfer == s.of && !v.undone && v.undoes == uuid.Nil {
			return false
		}
	}
	good, to := s.kits-1, int(send.transfer[0])
	for _, part := range []struct {
		kits int
		to   spot
	}{{good, spot{to, ledger.Shelf}}, {send.kits - good - s.broken, spot{send.recorder, ledger.Lost}}, {s.broken, spot{to, ledger.Spoiled}}} {
		if part.kits > 0 {
			m.moves = append(m.moves, moved{
				id: s.id, kind: "arrive", day: s.day, kits: part.kits, from: spot{send.recorder, ledger.Transit}, to: part.to, transfer: s.of, recorder: to,
			})
		}
	}
	return true
}

// fromPeople finds the giver as the ledger promises to: this outlet, then one of the same authority, then any.
func (m *model) fromPeople(s step) moved {
	v := moved{id: s.id, kind: s.do, day: s.day, kits: s.kits, recorder: s.outlet, to: spot{s.outlet, ledger.Used}}
	if s.do == "handback" {
		v.to.place = ledger.Spoiled
	}
	best, rank := -1, 0
	for o := range 3 {
		p := spot{o, ledger.People}
		if m.least(p, s.day) < s.kits {
			continue
		}
		r := m.balance(p)
		switch {
		case o == s.outlet:
			r += 1 << 20
		case o/2 == s.outlet/2: // outlets 0 and 1 are of one authority
			r += 1 << 19
		}
		if r > rank {
			best, rank = o, r
		}
	}
	switch {
	case best >= 0:
		v.from = spot{best, ledger.People}
	case s.do == "handback":
		v.from = spot{s.outlet, ledger.Outside}
	default:
		v.from, v.to = spot{}, spot{}
	}
	return v
}

func (m *model) tryReverse(s step) bool {
	first := m.byID(s.of)
	if first == nil || first.undone || first.undoes != uuid.Nil {
		return false
	}
	if first.kind == "send" {
		for _, v := range m.moves {
			if v.kind == "arrive" && v.transfer == first.id && !v.undone && v.undoes == uuid.Nil {
				return false
			}
		}
	}
	var back []moved
	for _, v := range m.moves {
		if v.id == s.of {
			o := v
			o.id, o.undoes, o.from, o.to, o.kind = s.id, v.id, v.to, v.from, "reverse"
			back = append(back, o)
		}
	}
	if !m.fits(back...) {
		return false
	}
	for i := range m.moves {
		if m.moves[i].id == s.of {
			m.moves[i].undone = true
		}
	}
	m.moves = append(m.moves, back...)
	return true
}
