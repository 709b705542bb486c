package draw

import (
	"math"
	"slices"
)

// assign gives each point a hexagon of its own so that the sum of squared
// distances is least. The grid is tried at a few offsets against the points and
// the best is kept; the first of equals wins.
func assign(points []point) []hex {
	var best []hex
	least := math.Inf(1)
	offsets := []point{{0, 0}, {0.5, 0}, {0.25, rowPitch / 2}, {0.75, rowPitch / 2}}
	if len(points) > 250 {
		offsets = offsets[:1] // with so many an offset hardly matters, and time does
	}
	for _, off := range offsets {
		moved := make([]point, len(points))
		for i, p := range points {
			moved[i] = p.plus(off)
		}
		hexes, cost := assignTo(moved, candidates(moved))
		if cost < least-1e-9 {
			best, least = hexes, cost
		}
	}
	return best
}

// candidates are the hexagons within reach of any point, by row and column;
// reach grows until there are enough of them.
func candidates(points []point) []hex {
	for reach := 1.1; ; reach *= 1.25 {
		set := map[hex]bool{}
		span := int(math.Ceil(reach)) + 1
		for _, p := range points {
			row, col := int(math.Round(p.y/rowPitch)), int(math.Round(p.x))
			for r := row - span; r <= row+span; r++ {
				for c := col - span; c <= col+span; c++ {
					if h := (hex{c, r}); h.centre().distance(p) <= reach {
						set[h] = true
					}
				}
			}
		}
		if len(set) < len(points)+len(points)/3 {
			continue
		}
		list := make([]hex, 0, len(set))
		for h := range set {
			list = append(list, h)
		}
		slices.SortFunc(list, func(a, b hex) int {
			if a.row != b.row {
				return a.row - b.row
			}
			return a.col - b.col
		})
		return list
	}
}

// assignTo solves the assignment of n points to m >= n hexagons with the least
// sum of squared distances, by shortest augmenting paths with potentials
// (Jonker and Volgenant 1987, in the form of the Hungarian method that costs
// n*n*m). Also gives that sum.
func assignTo(points []point, cells []hex) ([]hex, float64) {
	n, m := len(points), len(cells)
	centres := make([]point, m)
	for j, c := range cells {
		centres[j] = c.centre()
	}
	// Index 0 of the columns stands for "none"; points and cells count from 1.
	u, v := make([]float64, n+1), make([]float64, m+1)
	owner, way := make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		owner[0] = i
		at := 0
		least := make([]float64, m+1)
		done := make([]bool, m+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		for owner[at] != 0 {
			done[at] = true
			row, step, next := owner[at], math.Inf(1), 0
			for j := 1; j <= m; j++ {
				if done[j] {
					continue
				}
				if cost := points[row-1].minus(centres[j-1]).squared() - u[row] - v[j]; cost < least[j] {
					least[j], way[j] = cost, at
				}
				if least[j] < step {
					step, next = least[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if done[j] {
					u[owner[j]] += step
					v[j] -= step
				} else {
					least[j] -= step
				}
			}
			at = next
		}
		for at != 0 {
			owner[at] = owner[way[at]]
			at = way[at]
		}
	}
	hexes, sum := make([]hex, n), 0.0
	for j := 1; j <= m; j++ {
		if i := owner[j]; i != 0 {
			hexes[i-1] = cells[j-1]
			sum += points[i-1].minus(centres[j-1]).squared()
		}
	}
	return hexes, sum
}
