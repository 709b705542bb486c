package scorecard

import (
	"everykit/civil"
	"everykit/measure"
)

// Verdict is how an authority stands on one recommendation.
type Verdict uint8

// The verdicts.
const (
	NotKnown Verdict = iota
	Met
	Partly
	NotMet
)

// String is the key in files.
func (v Verdict) String() string { return [...]string{"not_known", "met", "partly", "not_met"}[v&3] }

// Words is how a page writes it.
func (v Verdict) Words() string { return [...]string{"Not known", "Met", "Partly", "Not met"}[v&3] }

// Line is one recommendation for one authority.
type Line struct {
	Recommendation int    // 1 to 6
	Title          string // Provide it in every local authority
	Verdict        Verdict
	Evidence       string     // one or two sentences with the numbers: "6.7 kits per 100 people (58 / 861)."
	On             civil.Date // of the evidence; civil.None if none
	Source         string
	Value          *float64      // to sort by, where there is one: kits per 100 people; the share that ask for something
	State          measure.State // why not known, if so; else the state of the figure or answer it was read from
	Plans          bool          // recommendation 1: not provided, but planned
}

// Card is an authority's six lines.
type Card struct {
	Area  int
	Year  civil.Period
	Lines [6]Line
}

// Count says how many lines have a verdict.
func (c *Card) Count(v Verdict) int {
	n := 0
	for i := range c.Lines {
		if c.Lines[i].Verdict == v {
			n++
		}
	}
	return n
}
