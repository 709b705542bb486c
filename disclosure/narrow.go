package disclosure

import (
	"math"
	"slices"
)

const tiny = 1e-6

// narrow takes from each line what it says of each of its unknowns, given the intervals of the others, until nothing moves (or it
// has gone round often enough: linear programming comes after it). Unknowns that are found are put into the lines. False: the
// lines contradict each other.
func narrow(all []*unknown, rows []*linear) bool {
	for range 50 {
		moved := false
		for _, r := range rows {
			m, ok := r.narrow(all)
			if !ok {
				return false
			}
			moved = moved || m
		}
		if !moved {
			break
		}
	}
	for _, u := range all {
		if u.low > u.high+tiny {
			return false
		}
	}
	for _, r := range rows {
		for i, c := range r.of {
			if all[i].low == all[i].high {
				r.constant -= c * all[i].low
				delete(r.of, i)
			}
		}
		if len(r.of) == 0 && math.Abs(r.constant) > tiny {
			return false
		}
	}
	return true
}

// narrow bounds each unknown of a line by the others, as they were when it began.
func (r *linear) narrow(all []*unknown) (moved, ok bool) {
	// The least and the most of the whole; ends that are open are counted apart.
	var least, most float64
	openLeast, openMost := 0, 0
	for i, c := range r.of {
		a, b := ends(c, all[i])
		if math.IsInf(a, 0) {
			openLeast++
		} else {
			least += a
		}
		if math.IsInf(b, 0) {
			openMost++
		} else {
			most += b
		}
	}
	for i, c := range r.of {
		u := all[i]
		a, b := ends(c, u)
		// c x = constant - others.
		low, high := math.Inf(-1), math.Inf(1)
		if openMost == 0 || openMost == 1 && math.IsInf(b, 0) {
			rest := most
			if openMost == 0 {
				rest -= b
			}
			low = r.constant - rest
		}
		if openLeast == 0 || openLeast == 1 && math.IsInf(a, 0) {
			rest := least
			if openLeast == 0 {
				rest -= a
			}
			high = r.constant - rest
		}
		if low, high = low/c, high/c; c < 0 {
			low, high = high, low
		}
		if u.id != "" { // a count is whole
			low, high = math.Ceil(low-tiny), math.Floor(high+tiny)
		}
		if low > u.low+tiny {
			u.low, moved = low, true
		}
		if high < u.high-tiny {
			u.high, moved = high, true
		}
		if u.low > u.high+tiny {
			return true, false
		}
	}
	return moved, true
}

func ends(c float64, u *unknown) (least, most float64) {
	if c > 0 {
		return c * u.low, c * u.high
	}
	if least = math.Inf(-1); !math.IsInf(u.high, 0) {
		least = c * u.high
	}
	return least, c * u.low
}

// part is unknowns that lines tie together, and those lines.
type part struct {
	of   []*unknown
	rows []linear // by index into of
}

// parts splits what is still unknown into parts that have nothing to do with each other.
func parts(all []*unknown, rows []*linear) []*part {
	root := make([]int, len(all))
	for i := range root {
		root[i] = i
	}
	top := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, r := range rows {
		first := -1
		for i := range r.of {
			if first < 0 {
				first = i
			}
			root[top(i)] = top(first)
		}
	}
	by, place := map[int]*part{}, make([]int, len(all))
	var list []*part
	for i, u := range all {
		if u.low == u.high && !u.hidden {
			continue
		}
		p := by[top(i)]
		if p == nil {
			p = &part{}
			by[top(i)] = p
			list = append(list, p)
		}
		place[i] = len(p.of)
		p.of = append(p.of, u)
	}
	for _, r := range rows {
		of := make(map[int]float64, len(r.of))
		var p *part
		for i, c := range r.of {
			p = by[top(i)]
			of[place[i]] = c
		}
		if p != nil {
			p.rows = append(p.rows, linear{of, r.constant})
		}
	}
	return list
}

// bound finds the bounds of each hidden count of a part and gives those that are exposed. Whatever table the search passes shows
// what its cells can be, so most need no search of their own.
func (p *part) bound() ([]Exposure, bool) {
	from, to := make([]float64, len(p.of)), make([]float64, len(p.of))
	for i, u := range p.of {
		from[i], to[i] = u.low, u.high
	}
	s, ok := newSimplex(from, to, p.rows)
	if !ok {
		return nil, false
	}
	var found []Exposure
	for i, u := range p.of {
		if !u.hidden {
			continue
		}
		least, most := float64(u.rule.least()), float64(u.rule.threshold()-1)
		if s.low[i] <= least+tiny && s.high[i] >= most-tiny {
			continue
		}
		low, high := math.Ceil(s.least(i)-tiny), math.Floor(s.most(i)+tiny)
		if low > most || high < least || low <= least && high >= most {
			continue
		}
		e := Exposure{Release: u.release, Cell: u.id, Low: int64(low), High: math.MaxInt64, Sure: high <= most && low >= 1}
		if !math.IsInf(high, 0) {
			e.High = int64(high)
		}
		found = append(found, e)
	}
	slices.SortFunc(found, func(a, b Exposure) int { return sureFirst(a, b) })
	return found, true
}
