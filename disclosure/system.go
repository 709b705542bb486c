package disclosure

import (
	"math"
	"math/bits"
	"slices"
)

const without = math.MaxInt64 / 4 // an interval's end where there is none

// revision is a count that does not change: a cell, as long as it is not revised.
type revision struct {
	id     string
	number int
}

// variable is one unknown of whoever looks at all releases.
type variable struct {
	revision
	value     int64 // as it is
	base      span  // what is known of it without what this release shows
	shown     span  // and with it
	hidden    bool  // in this release, or in earlier ones and not here
	hideable  bool  // this release may hide it
	small     bool
	weight    float64 // what it costs to hide it
	in        []term  // the relations that it is in
	low, high int64   // the least and the most that it is in any other table found so far
}

// known reports whether earlier releases have told it.
func (v *variable) known() bool { return v.base.from == v.base.to }

type span struct{ from, to int64 }

func (a span) and(b span) span { return span{max(a.from, b.from), min(a.to, b.to)} }

func (a span) holds(x int64) bool { return x >= a.from && x <= a.to }

// term is one variable in one relation: +1 a part, -1 the total.
type term struct {
	at   int // index of the relation, or of the variable
	coef int8
}

// relation is a sum that must come to nought.
type relation []term

// system is all unknowns and relations of some releases, with the truth.
type system struct {
	rule Rule
	vars []variable
	now  []int // the variable of each cell of the release to protect
	all  []relation
	rels []relation // of all, those that do not follow from others

	best map[string]float64 // of a search, kept to save room
}

func newSystem(r *Release, earlier []Release) *system {
	s := &system{rule: r.Rule, best: map[string]float64{}}
	index := map[revision]int{}
	find := func(c Cell) int {
		key := revision{c.ID, c.Revision}
		i, ok := index[key]
		if !ok {
			i = len(s.vars)
			index[key] = i
			s.vars = append(s.vars, variable{
				revision: key, value: c.Value, base: span{0, without}, shown: span{0, without}, low: c.Value, high: c.Value,
				weight: 1 + math.Log2(1+float64(c.Value)),
			})
		}
		return i
	}
	same := map[string]bool{}
	for k, e := range append(slices.Clone(earlier), *r) {
		last := k == len(earlier)
		at := make(map[string]int, len(e.Cells))
		for _, c := range e.Cells {
			i := find(c)
			at[c.ID] = i
			if last {
				s.now = append(s.now, i)
				s.take(i, c)
				continue
			}
			v := &s.vars[i]
			v.hidden = true
			v.small = v.small || c.Hidden && e.Rule.Small(c.Value)
			if !c.Hidden {
				v.base = v.base.and(e.Rule.told(c))
			}
		}
		for _, sum := range e.Sums {
			s.addSum(same, at, sum)
		}
		if !last {
			s.earlierRatios(e, at)
		}
	}
	for i := range s.vars {
		v := &s.vars[i]
		v.shown = v.shown.and(v.base)
	}
	s.independent()
	return s
}

// take notes a cell of the release to protect.
func (s *system) take(i int, c Cell) {
	v := &s.vars[i]
	v.hidden, v.small = false, v.small || s.rule.Small(c.Value) && !c.Keep
	v.hideable = !c.Keep && (c.Value > 0 || s.rule.HideNought)
	shown := c
	shown.Shown = s.rule.rounded(c.Value, c.Keep)
	v.shown = s.rule.told(shown)
}

// told is what a shown cell says of its count. One that is rounded is not below the threshold, unless it is nought: it would have
// been hidden.
func (r Rule) told(c Cell) span {
	if r.Round < 2 || c.Keep {
		return span{c.Shown, c.Shown}
	}
	// c.Shown = floor((2x + b) / 2b) b, so that 2x lies in [2s - b, 2s + b).
	from := max(ceilDiv(2*c.Shown-r.Round, 2), 0)
	to := ceilDiv(2*c.Shown+r.Round, 2) - 1
	switch {
	case to >= r.threshold():
		if from = max(from, r.threshold()); c.Shown == 0 && !r.HideNought {
			from = 0
		}
	case c.Shown == 0 && !r.HideNought:
		to = 0
	}
	return span{from, max(from, to)}
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

func (s *system) addSum(same map[string]bool, at map[string]int, sum Sum) {
	r := relation{{at[sum.Total], -1}}
	for _, p := range sum.Parts {
		r = append(r, term{at[p], 1})
	}
	key := make([]byte, 0, 4*len(r))
	slices.SortFunc(r[1:], func(a, b term) int { return a.at - b.at })
	for _, t := range r {
		key = append(key, byte(t.at), byte(t.at>>8), byte(t.at>>16), byte(t.at>>24))
	}
	if !same[string(key)] {
		same[string(key)] = true
		s.all = append(s.all, r)
	}
}

// earlierRatios takes what ratios say of cells that were hidden beside them, as releases that others made may have it. A
// denominator that is not known pins both: that is more than it tells, and safe.
func (s *system) earlierRatios(e Release, at map[string]int) {
	cells := e.ByID()
	for _, q := range e.Ratios {
		of, by := cells[q.Of], cells[q.By]
		if q.Hidden || !of.Hidden && !by.Hidden {
			continue
		}
		v := &s.vars[at[q.Of]]
		switch {
		case q.By == "":
			v.base = v.base.and(q.says(q.Over))
		case !by.Hidden && e.Rule.Round < 2:
			v.base = v.base.and(q.says(float64(by.Shown)))
		default:
			w := &s.vars[at[q.By]]
			v.base, w.base = span{v.value, v.value}, span{w.value, w.value}
		}
	}
}

// says is what a shown ratio tells of the count over the line.
func (q Ratio) says(by float64) span {
	half := math.Pow10(-q.Decimals) / 2
	from := math.Ceil((q.Shown-half)*by/q.per() - 1e-9)
	to := math.Floor((q.Shown+half)*by/q.per() + 1e-9)
	return span{int64(max(from, 0)), int64(to)}
}

// prime is for arithmetic that tells which relations follow from others.
const prime = 1<<61 - 1

// independent drops relations that follow from others, those with much-tied cells first: in what is left most cells tie two
// relations, and another table is a path from one to the other. A search that leaves one out is checked against all.
func (s *system) independent() {
	ties := make([]int, len(s.vars))
	for _, r := range s.all {
		for _, t := range r {
			ties[t.at]++
		}
	}
	order := make([]int, len(s.all))
	load := make([]int, len(s.all))
	for i, r := range s.all {
		order[i] = i
		for _, t := range r {
			load[i] = max(load[i], ties[t.at])
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return load[a] - load[b] })
	lead := map[int]map[int]uint64{} // by leading variable, the reduced row, its leading coefficient 1
	for _, i := range order {
		row := map[int]uint64{}
		for _, t := range s.all[i] {
			c := uint64(1)
			if t.coef < 0 {
				c = prime - 1
			}
			row[t.at] = (row[t.at] + c) % prime
		}
		if !reduce(row, lead) {
			continue
		}
		n := len(s.rels)
		s.rels = append(s.rels, s.all[i])
		for _, t := range s.all[i] {
			s.vars[t.at].in = append(s.vars[t.at].in, term{n, t.coef})
		}
	}
}

// reduce takes the rows kept so far out of a row and keeps what is left of it. False: nothing is.
func reduce(row map[int]uint64, lead map[int]map[int]uint64) bool {
	for {
		first := -1
		for v, c := range row {
			if c == 0 {
				delete(row, v)
			} else if first < 0 || v < first {
				first = v
			}
		}
		if first < 0 {
			return false
		}
		by, there := lead[first]
		if !there {
			inv := power(row[first], prime-2)
			for v, c := range row {
				row[v] = times(c, inv)
			}
			lead[first] = row
			return true
		}
		f := prime - row[first]
		for v, c := range by {
			row[v] = (row[v] + times(c, f)) % prime
		}
	}
}

func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, rem := bits.Div64(hi%prime, lo, prime)
	return rem
}

func power(a, n uint64) uint64 {
	out := uint64(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out = times(out, a)
		}
		a = times(a, a)
	}
	return out
}
