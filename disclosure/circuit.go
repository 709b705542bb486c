package disclosure

import (
	"container/heap"
	"encoding/binary"
	"slices"
)

// Another table that agrees with all that is shown differs from the true one in hidden cells alone, and by amounts that cancel in
// every relation. The simplest such difference is a circuit: some cells go up by one, some down by one, and all sums stay. In a
// table of rows and columns it is the corners of a rectangle or a longer way round; where cells are in more relations it is a
// box. Taken several times over it moves the cell in question as far as is wanted.

// move is one cell of a circuit and which way it goes.
type move struct {
	v    int
	sign int8
}

const (
	mostMoves  = 64   // cells of a circuit
	mostStates = 3000 // looked at before a search is given up
	free       = 0.01 // cost of a cell that is hidden already
	open       = 0.02 // of a relation that does not add up yet
)

// state is a circuit under way.
type state struct {
	parent int // index of the state before; -1: none
	move
	cost  float64
	moves int
	off   []term // relations that do not add up, and by how much; the newest last
}

// search is one look for a circuit.
type search struct {
	*system
	up, down int64 // how far the first cell must get, that way and the other
	hide     bool  // may hide more
	states   []state
	queue    queue
}

// circuit finds a cheap set of moves with which a cell can go up by up, and also down by down, while every other cell stays within
// what is known of it. With hide it may take cells that are shown, which then must be hidden. Nil: none was found.
func (s *system) circuit(v int, up, down int64, hide bool) []move {
	clear(s.best)
	f := &search{system: s, up: up, down: down, hide: hide}
	cost, ok := f.price(v, 1)
	if !ok {
		return nil
	}
	f.push(-1, move{v, 1}, cost, nil)
	for f.queue.Len() > 0 && len(f.states) < f.patience() {
		at := heap.Pop(&f.queue).(entry).state
		st := f.states[at]
		if len(st.off) == 0 {
			if c := f.moves(at); s.sound(c) {
				return c
			}
			continue
		}
		if st.moves == mostMoves || f.best[key(st.off)] < st.cost {
			continue
		}
		f.mend(at, st)
	}
	return nil
}

// patience is how many states are looked at before a search is given up: enough for every path in a table of rows and columns.
func (s *system) patience() int { return 100 + 3*len(s.rels) }

// mend puts each cell that could even out the newest relation that does not add up.
func (f *search) mend(at int, st state) {
	last := st.off[len(st.off)-1]
	for _, t := range f.rels[last.at] {
		sign := int8(1)
		if (t.coef > 0) == (last.coef > 0) {
			sign = -1
		}
		cost, ok := f.price(t.at, sign)
		if !ok || f.has(at, t.at) {
			continue
		}
		f.push(at, move{t.at, sign}, st.cost+cost, st.off)
	}
}

// price is what it costs to move a cell, ok false if it cannot go as far as is wanted.
func (f *search) price(v int, sign int8) (float64, bool) {
	x := &f.vars[v]
	to, back := x.value+int64(sign)*f.up, x.value-int64(sign)*f.down
	if bounds := x.bounds(); bounds.holds(to) && bounds.holds(back) {
		return free, true
	}
	if f.hide && x.hideable && !x.hidden && x.base.holds(to) && x.base.holds(back) {
		return x.weight, true
	}
	return 0, false
}

// bounds is what is known of a cell, hidden or shown.
func (v *variable) bounds() span {
	if v.hidden {
		return v.base
	}
	return v.shown
}

func (f *search) push(parent int, m move, cost float64, off []term) {
	next := make([]term, 0, len(off)+3)
	next = append(next, off...)
	for _, t := range f.vars[m.v].in {
		by := t.coef * m.sign
		i := slices.IndexFunc(next, func(o term) bool { return o.at == t.at })
		switch {
		case i < 0:
			next = append(next, term{t.at, by})
		case next[i].coef+by == 0:
			next = slices.Delete(next, i, i+1)
		default:
			next[i].coef += by
		}
	}
	k := key(next)
	if was, seen := f.best[k]; seen && was <= cost {
		return
	}
	f.best[k] = cost
	moves := 1
	if parent >= 0 {
		moves = f.states[parent].moves + 1
	}
	f.states = append(f.states, state{parent, m, cost, moves, next})
	heap.Push(&f.queue, entry{cost + open*float64(len(next)), len(f.states) - 1})
}

// key is what does not add up, in one order.
func key(off []term) string {
	sorted := slices.Clone(off)
	slices.SortFunc(sorted, func(a, b term) int { return a.at - b.at })
	k := make([]byte, 0, 5*len(sorted))
	for _, t := range sorted {
		k = append(binary.LittleEndian.AppendUint32(k, uint32(t.at)), byte(t.coef))
	}
	return string(k)
}

// has reports whether a circuit under way has a cell already.
func (f *search) has(at, v int) bool {
	for ; at >= 0; at = f.states[at].parent {
		if f.states[at].v == v {
			return true
		}
	}
	return false
}

func (f *search) moves(at int) []move {
	var list []move
	for ; at >= 0; at = f.states[at].parent {
		list = append(list, f.states[at].move)
	}
	return list
}

// sound checks a circuit against every relation, also those that the search left out.
func (s *system) sound(c []move) bool {
	by := make(map[int]int8, len(c))
	for _, m := range c {
		by[m.v] = m.sign
	}
	for _, r := range s.all {
		sum := 0
		for _, t := range r {
			sum += int(t.coef) * int(by[t.at])
		}
		if sum != 0 {
			return false
		}
	}
	return true
}

// use hides the cells that a circuit needs hidden, and notes how far it moves each.
func (s *system) use(c []move, up, down int64) {
	for _, m := range c {
		v := &s.vars[m.v]
		to, back := v.value+int64(m.sign)*up, v.value-int64(m.sign)*down
		if b := v.bounds(); !b.holds(to) || !b.holds(back) {
			v.hidden = true
		}
		v.low, v.high = min(v.low, to, back), max(v.high, to, back)
	}
}

type entry struct {
	cost  float64
	state int
}

// queue gives the cheapest first, and of those the oldest: the same release is always protected in the same way.
type queue []entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].cost < q[j].cost || q[i].cost == q[j].cost && q[i].state < q[j].state
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(entry)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
