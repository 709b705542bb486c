package draw

import (
	"cmp"
	"math"
	"slices"
)

// A point is a place on the plane: x to the east, y to the south.
type point struct{ x, y float64 }

func (p point) minus(q point) point      { return point{p.x - q.x, p.y - q.y} }
func (p point) plus(q point) point       { return point{p.x + q.x, p.y + q.y} }
func (p point) times(f float64) point    { return point{p.x * f, p.y * f} }
func (p point) squared() float64         { return p.x*p.x + p.y*p.y }
func (p point) distance(q point) float64 { return math.Sqrt(p.minus(q).squared()) }

// project lays centroids on the plane: equirectangular, with degrees of
// longitude shortened by the cosine of the middle latitude. The map is cut at
// the widest empty stretch of longitude, so that places on both sides of the
// date line stay together.
func project(places []Place) []point {
	if len(places) == 0 {
		return nil
	}
	lons := make([]float64, len(places))
	south, north := places[0].Lat, places[0].Lat
	for i, p := range places {
		lons[i] = math.Mod(p.Lon+720, 360)
		south, north = min(south, p.Lat), max(north, p.Lat)
	}
	sorted := slices.Sorted(slices.Values(lons))
	cut, widest := sorted[0], sorted[0]+360-sorted[len(sorted)-1]
	for i := 1; i < len(sorted); i++ {
		if gap := sorted[i] - sorted[i-1]; gap > widest {
			cut, widest = sorted[i], gap
		}
	}
	shorten := max(math.Cos((south+north)/2*math.Pi/180), 0.05)
	points := make([]point, len(places))
	for i, p := range places {
		lon := lons[i] - cut
		if lon < 0 {
			lon += 360
		}
		points[i] = point{lon * shorten, north - p.Lat}
	}
	return partTwins(points)
}

// partTwins moves points that lie on each other a little apart, each in its own
// direction, since a direction between them is what the rest works with.
func partTwins(points []point) []point {
	seen := make(map[point]int, len(points))
	for i, p := range points {
		k := seen[p]
		seen[p]++
		if k > 0 {
			turn := float64(k) * math.Pi * (3 - math.Sqrt(5)) // the golden angle fills a disc evenly
			points[i] = p.plus(point{math.Cos(turn), math.Sin(turn)}.times(1e-4 * math.Sqrt(float64(k))))
		}
	}
	return points
}

// An edge joins two neighbours: want is how the second should lie from the
// first, in cells, and weight how much that matters.
type edge struct {
	a, b   int
	want   point
	weight float64
}

// neighbours is the Gabriel graph of the points (an edge wherever the circle
// over it holds no third point), which joins what lies side by side, is always
// connected, and has few long edges. Beyond 200 candidates for a point only its
// nearest are looked at.
//
// Each edge wants the direction it has on the ground, and the length of about
// one cell; a stretch that is long for its surroundings (a sea, an empty county)
// keeps some of its length.
func neighbours(points []point) []edge {
	n := len(points)
	nearest := make([][]int, n)
	local := make([]float64, n) // mean distance to the three nearest
	for i, p := range points {
		order := make([]int, 0, n-1)
		for j := range points {
			if j != i {
				order = append(order, j)
			}
		}
		slices.SortFunc(order, func(a, b int) int {
			if c := cmp.Compare(p.minus(points[a]).squared(), p.minus(points[b]).squared()); c != 0 {
				return c
			}
			return a - b
		})
		three := order[:min(3, len(order))]
		for _, j := range three {
			local[i] += p.distance(points[j]) / float64(len(three))
		}
		nearest[i] = order[:min(200, len(order))]
	}
	var edges []edge
	for i := range points {
		for _, j := range nearest[i] {
			if j < i && slices.Contains(nearest[j], i) || !gabriel(points, nearest[i], i, j) {
				continue
			}
			d := points[j].minus(points[i])
			length := math.Sqrt(d.squared())
			relative := length / (0.5 * (local[i] + local[j]))
			cells := min(max(math.Sqrt(relative), 1), 1.25)
			edges = append(edges, edge{i, j, d.times(cells / length), 1 / max(relative, 0.5)})
		}
	}
	return edges
}

// gabriel says whether the circle over i and j is empty of other points. A point
// inside it is nearer to i than j is, so only those before j need be looked at.
func gabriel(points []point, nearest []int, i, j int) bool {
	middle := points[i].plus(points[j]).times(0.5)
	radius := middle.minus(points[i]).squared()
	for _, k := range nearest {
		if k == j {
			break
		}
		if middle.minus(points[k]).squared() < radius*(1-1e-12) {
			return false
		}
	}
	return true
}

// spread moves the points so that neighbours are about one cell apart in the
// direction they have on the ground, and none is much nearer than that. Crowded
// places gain room and empty ones lose it.
func spread(points []point, edges []edge) []point {
	even := relax(points, edges)
	for range 300 {
		if !pushApart(even, 0.98) {
			break
		}
		pull(even, edges, 0.04)
	}
	return even
}

// relax solves for the positions that meet what the edges want in the least
// squares sense: the Laplacian of the graph, by conjugate gradients.
func relax(points []point, edges []edge) []point {
	n := len(points)
	at := make([]point, n)
	rest := make([]point, n) // what the edges still ask for
	for _, e := range edges {
		w := e.want.times(e.weight)
		rest[e.a] = rest[e.a].minus(w)
		rest[e.b] = rest[e.b].plus(w)
	}
	step := slices.Clone(rest)
	size := dot(rest, rest)
	goal := size * 1e-16
	for range 10 * n {
		if size <= goal || size == 0 {
			break
		}
		image := make([]point, n)
		for _, e := range edges {
			d := step[e.a].minus(step[e.b]).times(e.weight)
			image[e.a] = image[e.a].plus(d)
			image[e.b] = image[e.b].minus(d)
		}
		along := dot(step, image)
		if along <= 0 {
			break
		}
		f := size / along
		for i := range at {
			at[i] = at[i].plus(step[i].times(f))
			rest[i] = rest[i].minus(image[i].times(f))
		}
		next := dot(rest, rest)
		for i := range step {
			step[i] = rest[i].plus(step[i].times(next / size))
		}
		size = next
	}
	return at
}

// dot is the inner product over both coordinates: the two systems have the same
// matrix and are solved as one.
func dot(a, b []point) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i].x*b[i].x + a[i].y*b[i].y
	}
	return sum
}

// pushApart moves each pair of points nearer than least half way to it, and says
// whether there was any.
func pushApart(points []point, least float64) bool {
	moved := false
	for i := range points {
		for j := i + 1; j < len(points); j++ {
			d := points[j].minus(points[i])
			if math.Abs(d.x) >= least || math.Abs(d.y) >= least {
				continue
			}
			length := math.Sqrt(d.squared())
			if length >= least {
				continue
			}
			if length < 1e-9 {
				turn := float64(i*7+j) * math.Pi * (3 - math.Sqrt(5))
				d, length = point{math.Cos(turn), math.Sin(turn)}, 1
				d = d.times(1e-9)
				length = 1e-9
			}
			push := d.times((least - length) / length * 0.5 * 0.6)
			points[i], points[j] = points[i].minus(push), points[j].plus(push)
			moved = moved || least-length > 0.02
		}
	}
	return moved
}

// pull moves the ends of each edge a little towards what it wants.
func pull(points []point, edges []edge, by float64) {
	for _, e := range edges {
		d := points[e.b].minus(points[e.a]).minus(e.want).times(by * e.weight * 0.5)
		points[e.a], points[e.b] = points[e.a].plus(d), points[e.b].minus(d)
	}
}
