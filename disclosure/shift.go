package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// Where no circuit is found (cells in three and more relations, or several that can only together give what one of them has not), the
// cheapest other table is asked of linear programming: as little as can be is changed in cells that are shown. (J. P. Kelly, B. L.
// Golden and A. A. Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22, 1992.) What it
// proposes is rounded to whole numbers and checked against every relation before it counts, so nothing rests on its arithmetic.

const (
	mostTableau  = 6_000_000 // numbers
	mostBranches = 60        // linear programs for one proposal, until all of it is whole numbers
)

// shift finds a table in which a cell has another value, and hides what that needs hidden. It looks near the cell first.
func (s *system) shift(v int, to int64) bool {
	if x := &s.vars[v]; to >= x.low && to <= x.high {
		return true
	}
	last := 0
	for _, wide := range []int{4, 16, math.MaxInt} {
		near := s.near(v, wide)
		if len(near) == last {
			continue
		}
		last = len(near)
		for try := range 2 {
			by, there := s.propose(v, to, near, try)
			if by != nil && s.agrees(by) {
				s.change(by)
				return true
			}
			if !there {
				break
			}
		}
	}
	return false
}

// near are the cells that can move in the relations round a cell: in each relation so many, hidden ones first.
func (s *system) near(v, wide int) []int {
	in, seen := map[int]bool{v: true}, map[int]bool{}
	list := []int{v}
	for k := 0; k < len(list); k++ {
		for _, r := range s.vars[list[k]].in {
			if seen[r.at] {
				continue
			}
			seen[r.at] = true
			var can []int
			for _, t := range s.rels[r.at] {
				if x := &s.vars[t.at]; !in[t.at] && (x.hideable || x.bounds().from < x.bounds().to) {
					can = append(can, t.at)
				}
			}
			slices.SortStableFunc(can, func(a, b int) int { return cmp.Compare(s.price(a), s.price(b)) })
			for _, c := range can[:min(wide, len(can))] {
				in[c] = true
				list = append(list, c)
			}
		}
	}
	return list
}

// price is what it costs to change a cell by one.
func (s *system) price(v int) float64 {
	if x := &s.vars[v]; !x.hidden && x.shown.from == x.shown.to {
		return x.weight
	}
	return free
}

// propose finds the cheapest change of the cells near one that gives it another value: by how much each must change. Every try has
// prices of its own, so that one that ends between whole numbers need not be the last. there is false if there is no such change
// at all, not even between whole numbers.
func (s *system) propose(v int, to int64, near []int, try int) (by map[int]int64, there bool) {
	// Two unknowns a cell, what it gains and what it loses.
	column := make(map[int]int, len(near))
	var of []int
	for _, c := range near {
		if c != v {
			column[c] = 2 * len(of)
			of = append(of, c)
		}
	}
	n := 2 * len(of)
	low, high, cost := make([]float64, n), make([]float64, n), make([]float64, n)
	for i, c := range of {
		x := &s.vars[c]
		b := x.bounds()
		if x.hideable {
			b = x.base
		}
		high[2*i], high[2*i+1] = float64(b.to-x.value), float64(x.value-b.from)
		if b.to == without {
			high[2*i] = math.Inf(1)
		}
		cost[2*i] = s.price(c) * (1 + float64((i*try*7919)%97)/50)
		cost[2*i+1] = cost[2*i]
	}
	gain := float64(to - s.vars[v].value)
	var rows []linear
	for _, r := range s.rels {
		row := linear{of: map[int]float64{}}
		for _, t := range r {
			if t.at == v {
				row.constant -= float64(t.coef) * gain
			} else if j, is := column[t.at]; is {
				row.of[j], row.of[j+1] = float64(t.coef), -float64(t.coef)
			}
		}
		if len(row.of) == 0 && row.constant != 0 {
			return nil, false
		}
		if len(row.of) > 0 {
			rows = append(rows, row)
		}
	}
	if n*len(rows) > mostTableau {
		return nil, false
	}
	tries := mostBranches
	d := whole(low, high, cost, rows, &tries)
	if d == nil {
		return nil, tries < mostBranches-1
	}
	by = map[int]int64{v: to - s.vars[v].value}
	for i, c := range of {
		if d[i] != 0 {
			by[c] = d[i]
		}
	}
	return by, true
}

// whole solves for differences in whole numbers: where one comes out between two, first the nearer side is tried, then the other.
func whole(low, high, cost []float64, rows []linear, tries *int) []int64 {
	if *tries--; *tries < 0 {
		return nil
	}
	p, ok := newSimplex(low, high, rows)
	if !ok {
		return nil
	}
	p.minimise(cost)
	list := make([]int64, len(low)/2)
	worst, off, at := -1, tiny, 0.0
	for i := range list {
		d := p.at(2*i) - p.at(2*i+1)
		if gap := math.Abs(d - math.Round(d)); gap > off {
			worst, off, at = i, gap, d
		}
		list[i] = int64(math.Round(d))
	}
	if worst < 0 {
		return list
	}
	near := math.Round(at)
	for _, d := range []float64{near, math.Floor(at) + math.Ceil(at) - near} {
		l, h := slices.Clone(low), slices.Clone(high)
		l[2*worst], l[2*worst+1] = max(d, 0), max(-d, 0)
		h[2*worst], h[2*worst+1] = l[2*worst], l[2*worst+1]
		if found := whole(l, h, cost, rows, tries); found != nil {
			return found
		}
	}
	return nil
}

// agrees checks a change in whole numbers: every relation still holds, and no cell leaves what is known of it or can be hidden.
func (s *system) agrees(by map[int]int64) bool {
	for c, d := range by {
		x := &s.vars[c]
		if !x.bounds().holds(x.value+d) && !(x.hideable && x.base.holds(x.value+d)) {
			return false
		}
	}
	for _, r := range s.all {
		var sum int64
		for _, t := range r {
			sum += int64(t.coef) * by[t.at]
		}
		if sum != 0 {
			return false
		}
	}
	return true
}

// change hides what a change needs hidden, and notes how far it moves each cell.
func (s *system) change(by map[int]int64) {
	for c, d := range by {
		x := &s.vars[c]
		if !x.bounds().holds(x.value + d) {
			x.hidden = true
		}
		x.low, x.high = min(x.low, x.value+d), max(x.high, x.value+d)
	}
}
