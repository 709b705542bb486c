package frozen

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"everykit/disclosure"
	"everykit/measure"
)

// Kind is what sort of bulletin the figures are for.
type Kind string

// The kinds. A local bulletin is of one authority, for a quarter or a year.
const (
	Quarterly Kind = "quarterly"
	Annual    Kind = "annual"
	Local     Kind = "local"
)

// Snapshot is all that a bulletin of a period stands on, read in one moment of the database. It is the same on both
// engines, byte for byte as JSON: no clock, no row number. It is for staff: Releases hold hidden values. Compose must
// take nothing from Releases.
type Snapshot struct {
	Kind        Kind                 `json:"kind"`
	Area        Area                 `json:"area"`
	Period      string               `json:"period"`
	AsOf        string               `json:"as_of"` // 2022-03-01
	Mark        Mark                 `json:"mark"`
	Areas       []Area               `json:"areas"`   // authorities of a nation's table, by code; of a local bulletin itself
	Figures     []Figure             `json:"figures"` // by ID
	Sums        []Sum                `json:"sums"`
	Definitions []measure.Definition `json:"definitions"`  // of the measures in Figures
	Estimates   []Estimate           `json:"estimates"`    // the denominators that were taken
	Products    []Product            `json:"products"`     // that appear in figures, by name
	Notices     []Notice             `json:"notices"`      // issued in the period that touched the area, by day
	Silent      []Silent             `json:"silent"`       // who is missing, or says only part
	Releases    []disclosure.Release `json:"releases"`     // kept copies of what disclosure control saw
	ReleaseKeys []string             `json:"release_keys"` // names of Releases, same order, for finding earlier ones of the same figures
}

// Area is a place.
type Area struct {
	Code, Name, Kind, Region string   // Region: code, empty for none
	Lat, Lon                 *float64 // centroid, if known
}

// Mark says how much the ledger had been told when it was frozen: the same mark and the same estimates give the same figures.
type Mark struct {
	Entries int64 `json:"entries"` // movements and confirmed nil months of any day, in all areas of the bulletin
	Returns int64 `json:"returns"` // rows of returns of them, all vintages up to AsOf
}

// Sum says that a total should be the sum of its parts; what is left over is Remainder (nil where a part or the total is not known),
// and has a figure of its own with the word not_attributed where it is not nought.
type Sum struct {
	Total     string   `json:"total"` // IDs
	Parts     []string `json:"parts"`
	Remainder *float64 `json:"remainder"`
}

// Estimate is a denominator as it was taken.
type Estimate struct {
	Area, Population, Period, Source, Method, Published string
	Value                                               float64
	Low, High                                           *float64
}

// Product is a kit.
type Product struct{ Name, Form, Route string }

// Notice in the period.
type Notice struct {
	Number, Regulator, Title, Action, IssuedOn string
	Lots                                       int
	Outlets, Answered                          int // told, and that have answered; of the area
}

// Silent is an authority from which something is missing: no return and no entry in some months.
type Silent struct {
	Area   string   `json:"area"`
	Months []string `json:"months"` // 2021-07; empty: nothing at all of the period, or no month can be named
	Why    string   `json:"why"`    // key of measure.State: no_reply, partial, not_asked ...
}

// Figure finds one by ID; nil if there is none. What it gives is the snapshot's own: change nothing in it.
func (s *Snapshot) Figure(id string) *Figure {
	i, found := slices.BinarySearchFunc(s.Figures, id, func(f Figure, id string) int { return strings.Compare(f.ID, id) })
	if !found {
		return nil
	}
	return &s.Figures[i]
}

// Of lists the figures of one measure, area and period, with all their splits and rows, by ID.
func (s *Snapshot) Of(measure, area, period string) []Figure {
	base := ID(measure, area, period)
	from, _ := slices.BinarySearchFunc(s.Figures, base, func(f Figure, id string) int { return strings.Compare(f.ID, id) })
	var list []Figure
	for i := from; i < len(s.Figures) && strings.HasPrefix(s.Figures[i].ID, base); i++ {
		if f := s.Figures[i]; f.ID == base || f.ID[len(base)] == '|' { // 2021/22 is the beginning of 2021/22-Q2
			list = append(list, f)
		}
	}
	return list
}

// SumOf finds how a total divides; nil if it is not said.
func (s *Snapshot) SumOf(total string) *Sum {
	i := slices.IndexFunc(s.Sums, func(x Sum) bool { return x.Total == total })
	if i < 0 {
		return nil
	}
	return &s.Sums[i]
}

// Hash is SHA-256 of the snapshot as JSON, in hexadecimal.
func (s *Snapshot) Hash() string {
	body, err := json.Marshal(s)
	if err != nil {
		panic("frozen: a snapshot that is no JSON: " + err.Error()) // infinite numbers are kept out by round
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
