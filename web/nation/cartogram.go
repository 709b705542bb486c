package nation

import (
	"math"
	"slices"
	"sync"

	"everykit/draw"
	"everykit/registry"
)

// cartograms keeps where the hexagons of each nation are. To find that takes some hundredths of a second, and it changes
// only with the set of its authorities, which is less than once a year; so the last one is kept for each nation.
var cartograms = struct {
	sync.Mutex
	of map[string]cartogram
}{of: map[string]cartogram{}}

type cartogram struct {
	places []draw.Place
	cells  map[string]draw.Cell // by code
}

// Hexagons gives each of a nation's areas, by its code, its place on the map.
func Hexagons(snap *registry.Snapshot, nation string, areas []*registry.Area) map[string]draw.Cell {
	places := make([]draw.Place, len(areas))
	for i, a := range areas {
		lat, lon := centroid(snap, a)
		places[i] = draw.Place{Code: a.Code, Name: a.Name, Lat: lat, Lon: lon}
	}
	cartograms.Lock()
	defer cartograms.Unlock()
	if kept, ok := cartograms.of[nation]; ok && slices.EqualFunc(kept.places, places, samePlace) {
		return kept.cells
	}
	made := cartogram{places, map[string]draw.Cell{}}
	for _, c := range draw.Hexes(places) {
		made.cells[c.Code] = c
	}
	cartograms.of[nation] = made
	return made.cells
}

// centroid is where an area is. One that took the place of others, and of which nobody has said where it is, is in the
// middle of those: near enough for a hexagon. NaN if that is not known either.
func centroid(snap *registry.Snapshot, a *registry.Area) (lat, lon float64) {
	if a.Lat != nil && a.Lon != nil {
		return *a.Lat, *a.Lon
	}
	n := 0.0
	for _, was := range snap.Areas() {
		if slices.Contains(was.Successors, a.ID) && was.Lat != nil && was.Lon != nil {
			lat, lon, n = lat+*was.Lat, lon+*was.Lon, n+1
		}
	}
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	return lat / n, lon / n
}

// placed reports whether it is known of any area where it is.
func placed(snap *registry.Snapshot, areas []*registry.Area) bool {
	return slices.ContainsFunc(areas, func(a *registry.Area) bool {
		lat, _ := centroid(snap, a)
		return !math.IsNaN(lat)
	})
}

// samePlace compares with "not known" equal to itself, which NaN is not.
func samePlace(a, b draw.Place) bool {
	same := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return a.Code == b.Code && a.Name == b.Name && same(a.Lat, b.Lat) && same(a.Lon, b.Lon)
}
