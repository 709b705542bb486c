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
	Value       *float64 // kits, or for coverage kits per 100 people; nil when there is none, never 0 for unknown
	Numerator   *float64 // kits; known also where there is no denominator
	Denominator *float64 // people
	Low, High   *float64 // of Value, from the interval of the estimate, where one was published
	Source      string   // in one line: what it was made from

	Definition string    // version of the definition: coverage/1
	Basis      Basis     // whether the kits were counted or reported
	Estimate   *Estimate // the denominator used
	Group      []string  // codes, if the figure is for several areas together, because its estimate is
	Beside     []Beside  // kits that stand beside a coverage and are not in it: prison, ambulance
	Notes      []string  // what a reader should know, in sentences
	ReadAt     time.Time // the instant at which the ledger was read: all that was recorded before is in
	With, Of   int       // rows of regions and nations: authorities with a number, of how many
	Row        Row       // what a row of a region or nation is
}

// Basis says where the kits of a figure come from.
type Basis uint8

// The bases.
const (
	NoBasis    Basis = iota // there are none
	FromLedger              // counted
	FromReturn              // reported
	FromBoth                // of an area above: some authorities counted, some reported
	bases                   // how many there are
)

// Words is how a page writes it.
func (b Basis) Words() string {
	return [bases]string{"", "counted in the ledger", "reported", "counted in the ledger or reported"}[b]
}

// Row says which of the rows of an area this is. An authority has one; a nation may have several.
type Row uint8

// The kinds of row.
const (
	Own       Row = iota // an authority, or one outside any nation
	Sum                  // the sum over authorities
	Pooled               // kits of all authorities with both numbers over people of the same authorities
	Mean                 // the plain mean of authorities' ratios
	Published            // the area above's own published total
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
