package disclosure

import (
	"fmt"
	"math/rand/v2"
)

// maker makes random tables with history, as statistics have them.
type maker struct {
	rnd    *rand.Rand
	areas  []node // areas and the areas above them
	times  []node
	kinds  []node // of two ways to cut the same people
	counts map[[3]string]int64
}

// node is one label of a dimension and what lies below it.
type node struct {
	name  string
	parts []string
}

func newMaker(seed uint64) *maker {
	m := &maker{rnd: rand.New(rand.NewPCG(seed, 7)), counts: map[[3]string]int64{}}
	m.areas = m.tree("a", 2+m.rnd.IntN(2), 2+m.rnd.IntN(3))
	if m.rnd.IntN(2) == 0 {
		m.times = m.tree("t", 2, 2+m.rnd.IntN(2))
	} else {
		m.times = []node{{name: "t"}}
	}
	first := node{"all", m.names("k", 2+m.rnd.IntN(4))}
	m.kinds = []node{first}
	if len(m.areas)*len(m.times) < 20 && m.rnd.IntN(3) > 0 { // a second way to cut: its last part is whatever makes the totals meet
		m.kinds = append(m.kinds, node{"all", m.names("s", 2+m.rnd.IntN(2))})
	}
	level := []int64{3, 8, 30}[m.rnd.IntN(3)]
	for _, a := range leaves(m.areas) {
		for _, t := range leaves(m.times) {
			for _, k := range first.parts {
				m.counts[[3]string{a, t, k}] = m.count(level)
			}
		}
	}
	return m
}

func (m *maker) count(level int64) int64 {
	if m.rnd.IntN(6) == 0 {
		return 0
	}
	return m.rnd.Int64N(2*level) * (1 + m.rnd.Int64N(3)) / 2
}

func (m *maker) names(prefix string, n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("%s%d", prefix, i))
	}
	return list
}

// tree makes a hierarchy of some levels, the whole first.
func (m *maker) tree(name string, levels, wide int) []node {
	if levels == 1 {
		return []node{{name: name}}
	}
	top := node{name: name}
	var below []node
	for i := range wide {
		sub := m.tree(fmt.Sprintf("%s%d", name, i), levels-1, 2+m.rnd.IntN(3))
		top.parts = append(top.parts, sub[0].name)
		below = append(below, sub...)
	}
	return append([]node{top}, below...)
}

func leaves(list []node) []string {
	var names []string
	for _, n := range list {
		if n.parts == nil {
			names = append(names, n.name)
		}
	}
	return names
}

// revise changes a few counts, as late entries do.
func (m *maker) revise() {
	for _, a := range leaves(m.areas) {
		for _, t := range leaves(m.times) {
			for _, k := range m.kinds[0].parts {
				if m.rnd.IntN(8) == 0 {
					key := [3]string{a, t, k}
					m.counts[key] = max(0, m.counts[key]+m.rnd.Int64N(9)-4)
				}
			}
		}
	}
}

// release is all tables as they stand.
func (m *maker) release() Release {
	var r Release
	values := map[[3]string]int64{}
	var value func(a, t, k string) int64
	down := func(list []node, name string) []string {
		for _, n := range list {
			if n.name == name {
				return n.parts
			}
		}
		return nil
	}
	value = func(a, t, k string) int64 {
		key := [3]string{a, t, k}
		if v, ok := values[key]; ok {
			return v
		}
		var v int64
		switch as, ts := down(m.areas, a), down(m.times, t); {
		case as != nil:
			for _, x := range as {
				v += value(x, t, k)
			}
		case ts != nil:
			for _, x := range ts {
				v += value(a, x, k)
			}
		case k == "all":
			for _, x := range m.kinds[0].parts {
				v += value(a, t, x)
			}
		case k[0] == 's': // cuts the total in unequal parts
			left := value(a, t, "all")
			for _, x := range m.kinds[1].parts {
				if v = left / 3; x == m.kinds[1].parts[len(m.kinds[1].parts)-1] {
					v = left
				}
				if left -= v; x == k {
					break
				}
			}
		default:
			v = m.counts[key]
		}
		values[key] = v
		return v
	}
	id := func(a, t, k string) string { return a + "|" + t + "|" + k }
	kinds := []string{"all"}
	for _, k := range m.kinds {
		kinds = append(kinds, k.parts...)
	}
	for _, a := range m.areas {
		for _, t := range m.times {
			for _, k := range kinds {
				r.Cells = append(r.Cells, Cell{ID: id(a.name, t.name, k), Value: value(a.name, t.name, k)})
				r.add(a.parts, id(a.name, t.name, k), func(x string) string { return id(x, t.name, k) })
				r.add(t.parts, id(a.name, t.name, k), func(x string) string { return id(a.name, x, k) })
			}
			for _, k := range m.kinds {
				r.add(k.parts, id(a.name, t.name, "all"), func(x string) string { return id(a.name, t.name, x) })
			}
			r.Ratios = append(r.Ratios,
				Ratio{ID: id(a.name, t.name, "rate"), Of: id(a.name, t.name, "k0"), Over: 150, Per: 100, Decimals: 1},
				Ratio{ID: id(a.name, t.name, "share"), Of: id(a.name, t.name, "k1"), By: id(a.name, t.name, "all"), Per: 100, Decimals: 1})
		}
	}
	return r
}

func (r *Release) add(parts []string, total string, name func(string) string) {
	if parts == nil {
		return
	}
	s := Sum{Total: total}
	for _, p := range parts {
		s.Parts = append(s.Parts, name(p))
	}
	r.Sums = append(r.Sums, s)
}
