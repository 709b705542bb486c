package registry

import (
	"slices"

	"everykit/civil"
	"everykit/fault"
)

// Kinds of area that mean something to the program. Any other word may be used for an authority: authority,
// health_board, county.
const (
	Nation = "nation"
	Region = "region"
)

// DefaultMinDays is how many days of life a kit must have left to be proposed for giving out, where the authority has
// not set another.
const DefaultMinDays = 90

// mostMinDays bounds that setting: longer than any kit lives.
const mostMinDays = 3650

// Area is a nation, a region, or the area of an authority (a council, a health board: whoever is responsible for
// take-home naloxone there).
type Area struct {
	ID        int
	Code      string
	Name      string
	Kind      string // folded: nation, region, authority, health_board ...
	Parent    int    // the area above it; 0 if none
	ValidFrom civil.Date
	ValidTo   civil.Date // its last day; civil.None while it stands
	Lat, Lon  *float64   // centroid, WGS 84; nil if not known. For placing roughly.

	// MinDays is how many days of life a kit must have left to be proposed for giving out here, 0 included.
	MinDays int

	Successors []int // areas that took its place after ValidTo, by code
}

// IsAuthority reports whether this is an authority's area rather than a nation or region above them.
func (a *Area) IsAuthority() bool { return a.Kind != Nation && a.Kind != Region }

// On reports whether the area stood on a day.
func (a *Area) On(day civil.Date) bool {
	return (a.ValidFrom == civil.None || a.ValidFrom <= day) && (a.ValidTo == civil.None || day <= a.ValidTo)
}

// same reports whether two areas are equal in all that a file says of them.
func (a *Area) same(b *Area) bool {
	return a.Code == b.Code && a.Name == b.Name && a.Kind == b.Kind && a.Parent == b.Parent && a.ValidFrom == b.ValidFrom &&
		a.ValidTo == b.ValidTo && sameNumber(a.Lat, b.Lat) && sameNumber(a.Lon, b.Lon) && slices.Equal(a.Successors, b.Successors)
}

// check is what must hold of an area alone.
func (a *Area) check() fault.List {
	var bad fault.List
	bad = checkCode(bad, a.Code, "code", false)
	bad = checkText(bad, a.Name, "name", mostName, true)
	bad = checkText(bad, a.Kind, "kind", mostName, true)
	bad = checkPlace(bad, a.Lat, a.Lon)
	if a.ValidFrom != civil.None && a.ValidTo != civil.None && a.ValidTo < a.ValidFrom {
		bad = append(bad, fault.New(fault.Invalid, "it would end on %s, before it began on %s", a.ValidTo, a.ValidFrom).At("valid_to"))
	}
	if len(a.Successors) > 0 && a.ValidTo == civil.None {
		bad = append(bad, fault.New(fault.Invalid, "an area with a successor needs its last day in valid_to").At("valid_to"))
	}
	if slices.Contains(a.Successors, a.ID) {
		bad = append(bad, fault.New(fault.Invalid, "an area cannot take its own place").At("successor"))
	}
	return bad
}

// sameNumber compares what may be not known.
func sameNumber(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
