package draw

// settle improves an assignment by swapping two places and by moving a place to
// a free hexagon, within a few steps, as long as that lowers the strain. It goes
// through the places in order, at most 40 times, and so always ends the same
// way.
func settle(hexes []hex, even []point, edges []edge) []hex {
	s := newSettling(hexes, even, edges)
	for range 40 {
		if !s.pass() {
			break
		}
	}
	return s.hexes
}

// A settling is the state of settle.
type settling struct {
	hexes  []hex
	taken  map[hex]int // place on a hexagon
	even   []point
	shift  point // of the grid against the points
	edges  []edge
	joined [][]int // for each place, its edges
}

func newSettling(hexes []hex, even []point, edges []edge) *settling {
	s := &settling{hexes: hexes, taken: map[hex]int{}, even: even, edges: edges, joined: make([][]int, len(hexes))}
	for i, h := range hexes {
		s.taken[h] = i
		s.shift = s.shift.plus(h.centre().minus(even[i]).times(1 / float64(len(hexes))))
	}
	for k, e := range edges {
		s.joined[e.a] = append(s.joined[e.a], k)
		s.joined[e.b] = append(s.joined[e.b], k)
	}
	return s
}

// pass tries every place once, and says whether any moved.
func (s *settling) pass() bool {
	moved := false
	for i := range s.hexes {
		from, to, gain := s.hexes[i], s.hexes[i], 1e-9
		for _, h := range within(from, 3) {
			if g := s.gain(i, h); g > gain {
				to, gain = h, g
			}
		}
		if to != from {
			s.put(i, to)
			moved = true
		}
	}
	return moved
}

// gain is how much the strain falls if place i goes to h and the place there, if
// any, comes to where i was.
func (s *settling) gain(i int, h hex) float64 {
	from := s.hexes[i]
	j, swap := s.taken[h]
	before := s.strain(i)
	if swap {
		before += s.strain(j)
	}
	s.put(i, h)
	after := s.strain(i)
	if swap {
		after += s.strain(j)
	}
	s.put(i, from)
	return before - after
}

// put moves place i to h; a place already there changes with it.
func (s *settling) put(i int, h hex) {
	from := s.hexes[i]
	if from == h {
		return
	}
	delete(s.taken, from)
	if j, swap := s.taken[h]; swap {
		s.hexes[j], s.taken[from] = from, j
	}
	s.hexes[i], s.taken[h] = h, i
}

// strain is how ill place i lies: its squared distance from where it was spread
// to, how far its edges are from what they want, and how open it lies (a place
// with few neighbours on the grid leaves a hole or sticks out).
func (s *settling) strain(i int) float64 {
	const edgeWeight, openWeight = 0.5, 1.4
	c := s.hexes[i].centre()
	sum := c.minus(s.even[i]).minus(s.shift).squared() * 0.5
	for _, k := range s.joined[i] {
		e := s.edges[k]
		d := s.hexes[e.b].centre().minus(s.hexes[e.a].centre())
		sum += edgeWeight * e.weight * d.minus(e.want).squared()
	}
	for _, h := range s.hexes[i].around() {
		if _, ok := s.taken[h]; !ok {
			sum += openWeight
		}
	}
	return sum
}

// within are the hexagons at most n steps from h, by row and column.
func within(h hex, n int) []hex {
	var list []hex
	for r := h.row - n; r <= h.row+n; r++ {
		for c := h.col - n; c <= h.col+n; c++ {
			if g := (hex{c, r}); g != h && g.steps(h) <= n {
				list = append(list, g)
			}
		}
	}
	return list
}
