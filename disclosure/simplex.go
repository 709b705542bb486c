package disclosure

import (
	"math"
	"slices"
)

// simplex is the bounded simplex method on a full tableau, kept warm: a first table that agrees with all lines is found once, and
// the bounds of each unknown are then sought from wherever the last search ended. (G. B. Dantzig, Linear Programming and Extensions,
// 1963, chapter 18, for variables with upper bounds.)
type simplex struct {
	n         int
	from      []float64 // the low end of each unknown: in here it is nought
	upper     []float64 // the high end less the low end
	high, low []float64 // of each unknown, the most and the least it was in any table passed
	tab       [][]float64
	basis     []int // of each row, the unknown it gives; n and more: none (a row that is still to be met, or that follows from others)
	value     []float64
	row       []int  // of each unknown, the row that gives it; -1: none
	raised    []bool // not given by a row, and at its upper end
}

const (
	eps     = 1e-9
	pivotal = 1e-7 // the least that is divided by
)

// newSimplex finds a first table for unknowns with a low and a high end. False: there is none.
func newSimplex(from, to []float64, rows []linear) (*simplex, bool) {
	n, m := len(from), len(rows)
	s := &simplex{n: n, from: from, upper: make([]float64, n), row: make([]int, n), raised: make([]bool, n)}
	for j := range n {
		s.upper[j], s.row[j] = to[j]-from[j], -1
	}
	s.high, s.low = slices.Repeat([]float64{math.Inf(-1)}, n), slices.Repeat([]float64{math.Inf(1)}, n)
	for i, r := range rows {
		t, b := make([]float64, n), r.constant
		for j, c := range r.of {
			t[j] = c
			b -= c * s.from[j]
		}
		if b < 0 {
			b = -b
			for j := range t {
				t[j] = -t[j]
			}
		}
		s.tab, s.value, s.basis = append(s.tab, t), append(s.value, b), append(s.basis, n+i)
	}
	s.upper = append(s.upper, slices.Repeat([]float64{math.Inf(1)}, m)...)
	cost := make([]float64, n) // of what is missing in all rows together
	for i := range s.tab {
		for j, c := range s.tab[i] {
			cost[j] -= c
		}
	}
	s.descend(cost)
	missing := 0.0
	for i, b := range s.basis {
		if b >= n {
			missing += s.value[i]
			s.value[i] = 0
		}
	}
	if missing > tiny {
		return nil, false
	}
	for i := range m {
		s.upper[n+i] = 0
	}
	s.note()
	return s, true
}

// least and most are the bounds of an unknown; most may be infinite.
func (s *simplex) least(j int) float64 {
	s.seek(j, 1)
	return s.at(j)
}

func (s *simplex) most(j int) float64 {
	if !s.seek(j, -1) {
		return math.Inf(1)
	}
	return s.at(j)
}

// seek makes sign x unknown j as small as can be. False: there is no end to it.
func (s *simplex) seek(j int, sign float64) bool {
	cost := make([]float64, s.n)
	cost[j] = sign
	bounded := s.minimise(cost)
	s.note()
	return bounded
}

// minimise makes the sum of cost x unknown as small as can be. False: there is no end to it.
func (s *simplex) minimise(cost []float64) bool {
	rest := slices.Clone(cost)
	for i, b := range s.basis {
		if b >= s.n || cost[b] == 0 {
			continue
		}
		for k, c := range s.tab[i] {
			rest[k] -= cost[b] * c
		}
	}
	for _, b := range s.basis {
		if b < s.n {
			rest[b] = 0
		}
	}
	return s.descend(rest)
}

// at is the value of an unknown in the table where the search stands.
func (s *simplex) at(j int) float64 {
	switch {
	case s.row[j] >= 0:
		return s.from[j] + s.value[s.row[j]]
	case s.raised[j]:
		return s.from[j] + s.upper[j]
	}
	return s.from[j]
}

func (s *simplex) note() {
	for j := range s.n {
		x := s.at(j)
		s.low[j], s.high[j] = min(s.low[j], x), max(s.high[j], x)
	}
}

// descend goes from table to table while the cost falls. cost is that of each unknown not given by a row, and is used up. False:
// it falls without end.
func (s *simplex) descend(cost []float64) bool {
	for step := 0; ; step++ {
		first := step > 10*(s.n+len(s.tab)) // then the first that will do, which never goes in circles (Bland)
		j := s.entering(cost, first)
		if j < 0 || step > 200*(s.n+len(s.tab)+10) {
			return true
		}
		dir := 1.0
		if s.raised[j] {
			dir = -1
		}
		r, way, up := s.leaving(j, dir, first)
		if math.IsInf(way, 1) {
			return false
		}
		for i := range s.tab {
			if c := s.tab[i][j]; c != 0 {
				s.value[i] -= dir * way * c
			}
		}
		if r < 0 {
			s.raised[j] = !s.raised[j]
			continue
		}
		x := dir * way
		if s.raised[j] {
			x += s.upper[j]
		}
		if out := s.basis[r]; out < s.n {
			s.row[out], s.raised[out] = -1, up
		}
		s.basis[r], s.row[j], s.raised[j], s.value[r] = j, r, false, x
		s.pivot(r, j, cost)
	}
}

// entering chooses an unknown to move: the one with the steepest cost, or with first the first one.
func (s *simplex) entering(cost []float64, first bool) int {
	best, at := eps, -1
	for j, d := range cost {
		if s.row[j] >= 0 || s.upper[j] == 0 {
			continue
		}
		if s.raised[j] {
			d = -d
		}
		if -d > best {
			if best, at = -d, j; first {
				return at
			}
		}
	}
	return at
}

// leaving finds how far an unknown can move, and which row stops it, at its upper end or at nought; -1: its own other end. Of rows
// that stop it almost at once it takes the one with the largest number to divide by (P. M. J. Harris, Pivot selection methods of
// the Devex LP code, Mathematical Programming 5, 1973); with first, the one of the first unknown.
func (s *simplex) leaving(j int, dir float64, first bool) (r int, way float64, up bool) {
	most := s.upper[j] // a little more than how far it can go
	for i := range s.tab {
		if c := dir * s.tab[i][j]; math.Abs(c) > pivotal {
			most = min(most, (s.room(i, c > 0)+eps)/math.Abs(c))
		}
	}
	r, way = -1, s.upper[j]
	if math.IsInf(most, 1) || way <= most {
		return r, way, false
	}
	best := 0.0
	for i := range s.tab {
		c := dir * s.tab[i][j]
		size := math.Abs(c)
		if size <= pivotal {
			continue
		}
		if t := s.room(i, c > 0) / size; t <= most && (first && (r < 0 || s.basis[i] < s.basis[r]) || !first && size > best) {
			r, way, up, best = i, t, c < 0, size
		}
	}
	return r, way, up
}

// room is how far the unknown of a row is from nought or, with down false, from its upper end.
func (s *simplex) room(i int, down bool) float64 {
	if down {
		return max(s.value[i], 0)
	}
	return max(s.upper[s.basis[i]]-s.value[i], 0)
}

func (s *simplex) pivot(r, j int, cost []float64) {
	row := s.tab[r]
	f := 1 / row[j]
	var at []int // where the row is not nought
	for k := range row {
		if row[k] != 0 {
			row[k] *= f
			at = append(at, k)
		}
	}
	row[j] = 1
	take := func(from []float64) {
		c := from[j]
		if c == 0 {
			return
		}
		for _, k := range at {
			if from[k] -= c * row[k]; math.Abs(from[k]) < 1e-11 {
				from[k] = 0
			}
		}
		from[j] = 0
	}
	for i := range s.tab {
		if i != r {
			take(s.tab[i])
		}
	}
	take(cost)
}
