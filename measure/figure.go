package measure

import (
	"math"
	"strconv"
	"strings"
	"time"

	"everykit/civil"
	"everykit/registry"
)

// Figure is one number of one area and period, with all that is needed to judge it.
type Figure struct {
	Measure     Key
	AreaID      int
	Area        string // code
	Kind        string // of the area: authority, health_board, region, nation
	Name        string // of the area, or for one of a nation's several rows what it is: "England: pooled ratio of 117 authorities"
	Period      civil.Period
	State       State
	Value       *float64 // in the measure's unit; nil when there is none, never 0 for unknown
	Numerator   *float64 // of a ratio, such as kits; known also where there is no denominator
	Denominator *float64 // of a ratio, such as people
	Low, High   *float64 // of Value; Limits says where they come from
	Source      string   // in one line: what it was made from

	Definition string     // version of the definition: coverage/1
	Limits     string     // in words: from the estimate's own interval, or by which method at which level; empty without any
	Told       *float64   // a ratio as somebody published it, where Value was computed from parts; the two are never mixed
	Expected   *float64   // live coverage only: what is left of the kits given out if they are lost at a steady rate
	Vintage    civil.Date // the areas are those that stood on this day
	Basis      Basis      // whether the kits were counted or reported
	Estimate   *Estimate  // the denominator used
	Group      []string   // codes, if the figure is for several areas together, because its estimate is
	Beside     []Beside   // kits that stand beside a coverage and are not in it: prison, ambulance
	Notes      []string   // what a reader should know, in sentences
	ReadAt     time.Time  // the instant at which the ledger was read: all that was recorded before is in
	With, Of   int        // rows of regions and nations: authorities with a number, of how many
	Row        Row        // what a row of a region or nation is
}

// Basis says where the kits of a figure come from.
type Basis uint8

// The bases.
const (
	NoBasis      Basis = 0                       // there are none
	FromLedger   Basis = 1                       // counted
	FromReturn   Basis = 2                       // reported
	FromBoth     Basis = FromLedger | FromReturn // of an area above: some authorities counted, some reported
	FromRegistry Basis = 4                       // what is known of outlets
)

// Words is how a page writes it.
func (b Basis) Words() string {
	switch b {
	case FromLedger:
		return "counted in the ledger"
	case FromReturn:
		return "reported"
	case FromBoth:
		return "counted in the ledger or reported"
	case FromRegistry:
		return "counted in the registry of outlets"
	}
	return ""
}

// Row says which of the rows of an area this is. An authority has one; a nation may have several.
type Row uint8

// The kinds of row.
const (
	Own            Row = iota // an authority, or one outside any nation
	Sum                       // the sum over authorities
	Pooled                    // kits of all authorities with both numbers over people of the same authorities
	Mean                      // the plain mean of authorities' ratios
	Published                 // the area above's own published total
	PublishedRatio            // a ratio of the area above, as it was published without its parts
	Whole                     // all that the area above has, over its own estimate
)

// Estimate is the denominator that a figure used.
type Estimate struct {
	Population registry.Population
	Period     civil.Period
	Value      float64
	Low, High  *float64
	Published  registry.Published
	Method     string
	Source     string
}

// Words names an estimate in a line: "People who use opiates, 2014/15, published September 2017, NDTMS".
func (e *Estimate) Words() string {
	parts := []string{e.Population.Words(), e.Period.String()}
	if e.Published.Known() {
		parts = append(parts, "published "+e.Published.Words())
	}
	return strings.Join(append(parts, e.Source), ", ")
}

// Beside is kits of a channel that is not part of a figure.
type Beside struct {
	Channel registry.Channel
	Kits    int
}

// Columns are the columns of a figure in files. They are a promise: other programs read them.
var Columns = []string{
	"measure", "area", "name", "period", "state", "value", "numerator", "denominator", "low", "high", "source",
}

// Cells gives a figure's cells in the order of Columns. An absent number is empty, never 0.
func (f *Figure) Cells() []string {
	return []string{
		string(f.Measure), f.Area, f.Name, f.Period.String(), f.State.String(), Number(f.Value), Number(f.Numerator), Number(f.Denominator),
		Number(f.Low), Number(f.High), f.Source,
	}
}

// Number writes a number plainly: whole numbers as they are, others to at most six decimals without noughts at the end;
// nil is empty.
func Number(v *float64) string {
	if v == nil {
		return ""
	}
	if *v == math.Trunc(*v) {
		return strconv.FormatFloat(*v, 'f', 0, 64)
	}
	s := strconv.FormatFloat(*v, 'f', 6, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func number[N int | int64 | float64](n N) *float64 {
	f := float64(n)
	return &f
}

func (f *Figure) note(s string) { f.Notes = append(f.Notes, s) }
