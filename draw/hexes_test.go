package draw

import (
	"cmp"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// cloud makes places whose density varies as that of towns and counties does:
// a few crowded clusters in a wide, thin scatter.
func cloud(seed int64, n int) []Place {
	rnd := rand.New(rand.NewSource(seed))
	places := make([]Place, n)
	var lat, lon, wide float64
	for i := range places {
		if i%12 == 0 {
			lat, lon, wide = 50+rnd.Float64()*6, -5+rnd.Float64()*6, 0.05+rnd.Float64()*rnd.Float64()*2
		}
		places[i] = Place{
			Code: fmt.Sprintf("A%04d", i), Name: fmt.Sprintf("Place %d", i),
			Lat: lat + rnd.NormFloat64()*wide, Lon: lon + rnd.NormFloat64()*wide*1.6,
		}
	}
	return places
}

// nearShare is how many of each place's three nearest are within two steps of
// its hexagon.
func nearShare(places []Place, cells []Cell) float64 {
	at := map[string]hex{}
	for _, c := range cells {
		at[c.Code] = hex{c.Col, c.Row}
	}
	points := project(places)
	near, all := 0, 0
	for i := range places {
		order := make([]int, 0, len(places))
		for j := range places {
			if j != i {
				order = append(order, j)
			}
		}
		slices.SortFunc(order, func(a, b int) int {
			return cmp.Compare(points[i].distance(points[a]), points[i].distance(points[b]))
		})
		for _, j := range order[:min(3, len(order))] {
			all++
			if at[places[i].Code].steps(at[places[j].Code]) <= 2 {
				near++
			}
		}
	}
	return float64(near) / float64(all)
}

// northShare is how many pairs of places have the northern one in a row no lower
// than the other's.
func northShare(places []Place, cells []Cell) float64 {
	row := map[string]int{}
	for _, c := range cells {
		row[c.Code] = c.Row
	}
	kept, all := 0, 0
	for _, a := range places {
		for _, b := range places {
			if a.Lat > b.Lat {
				all++
				if row[a.Code] <= row[b.Code] {
					kept++
				}
			}
		}
	}
	return float64(kept) / float64(all)
}

// holes counts the free hexagons with five or six taken ones round them.
func holes(cells []Cell) int {
	taken := map[hex]bool{}
	for _, c := range cells {
		taken[hex{c.Col, c.Row}] = true
	}
	n := 0
	seen := map[hex]bool{}
	for _, c := range cells {
		for _, h := range (hex{c.Col, c.Row}).around() {
			if taken[h] || seen[h] {
				continue
			}
			seen[h] = true
			full := 0
			for _, g := range h.around() {
				if taken[g] {
					full++
				}
			}
			if full >= 5 {
				n++
			}
		}
	}
	return n
}

func checkCells(t interface{ Fatalf(string, ...any) }, places []Place, cells []Cell) {
	if len(cells) != len(places) {
		t.Fatalf("%d cells for %d places", len(cells), len(places))
	}
	taken := map[hex]string{}
	minCol, minRow := math.MaxInt, math.MaxInt
	for i, c := range cells {
		h := hex{c.Col, c.Row}
		if other, ok := taken[h]; ok {
			t.Fatalf("%s and %s share column %d row %d", other, c.Code, c.Col, c.Row)
		}
		taken[h] = c.Code
		minCol, minRow = min(minCol, c.Col), min(minRow, c.Row)
		if i > 0 && cells[i-1].Code > c.Code {
			t.Fatalf("%s stands before %s", cells[i-1].Code, c.Code)
		}
	}
	if len(cells) > 0 && (minCol != 0 || minRow != 0) {
		t.Fatalf("least column %d, least row %d: want 0, 0", minCol, minRow)
	}
}

func TestHexesGivesEachItsOwnCellInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		places := make([]Place, n)
		for i := range places {
			places[i] = Place{
				Code: fmt.Sprintf("P%03d", i),
				// A coarse grid makes twins, rows and columns of places likely.
				Lat: float64(rapid.IntRange(-6, 6).Draw(t, "lat")) * 10,
				Lon: float64(rapid.IntRange(-18, 18).Draw(t, "lon")) * 10,
			}
			if rapid.IntRange(0, 20).Draw(t, "lost") == 0 {
				places[i].Lat = math.NaN()
			}
		}
		cells := Hexes(places)
		checkCells(t, places, cells)
		shuffled := rapid.Permutation(places).Draw(t, "order")
		if again := Hexes(shuffled); !slices.Equal(cells, again) {
			t.Fatalf("another order of the same places gives another map")
		}
	})
}

func TestHexesKeepsNeighboursAndNorth(t *testing.T) {
	for _, c := range []struct {
		name        string
		places      []Place
		near, north float64
	}{
		{"south east of England", southEast, 0.9, 0.9},
		{"cloud of 14", cloud(1, 14), 0.85, 0.85},
		{"cloud of 152", cloud(2, 152), 0.9, 0.92},
		{"cloud of 300", cloud(3, 300), 0.88, 0.93},
	} {
		t.Run(c.name, func(t *testing.T) {
			cells := Hexes(c.places)
			checkCells(t, c.places, cells)
			near, north := nearShare(c.places, cells), northShare(c.places, cells)
			t.Logf("%.3f of the three nearest within two cells, %.3f of pairs keep their north, %d holes", near, north, holes(cells))
			if near < c.near {
				t.Errorf("%.3f of the three nearest are within two cells, want %.2f", near, c.near)
			}
			if north < c.north {
				t.Errorf("%.3f of pairs keep their north, want %.2f", north, c.north)
			}
		})
	}
}

func TestHexesAcrossTheDateLine(t *testing.T) {
	cells := Hexes([]Place{
		{"a", "West of the line", 52, 178},
		{"b", "East of the line", 52, -178},
		{"c", "Far to the east", 52, -160},
	})
	if cells[0].Col >= cells[1].Col || cells[1].Col >= cells[2].Col {
		t.Errorf("west to east is not kept over the date line: %+v", cells)
	}
}

func TestHexesFewAndNone(t *testing.T) {
	if cells := Hexes(nil); len(cells) != 0 {
		t.Errorf("cells from nothing: %v", cells)
	}
	if cells := Hexes([]Place{{Code: "x", Lat: 55, Lon: -3}}); !slices.Equal(cells, []Cell{{Code: "x"}}) {
		t.Errorf("one place: %v", cells)
	}
	nan := math.NaN()
	cells := Hexes([]Place{{Code: "x", Lat: 55, Lon: -3}, {Code: "y", Lat: nan, Lon: nan}})
	if !slices.Equal(cells, []Cell{{Code: "x"}, {Code: "y", Row: 2}}) {
		t.Errorf("a place without a centroid stands apart under the others, not %v", cells)
	}
}

func TestHexesOfFiveHundred(t *testing.T) {
	places := cloud(4, 500)
	checkCells(t, places, Hexes(places))
}

func BenchmarkHexes(b *testing.B) {
	for _, n := range []int{33, 152, 500} {
		places := cloud(5, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Hexes(places)
			}
		})
	}
}
