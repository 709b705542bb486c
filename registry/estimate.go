package registry

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
)

// Estimate is a denominator: how many people (or deaths) of one population one area had in one period, by one method.
type Estimate struct {
	ID         int
	Areas      []int // by code; more than one when a single number was published for several areas together
	Population Population
	Period     civil.Period
	Value      float64
	Low, High  *float64 // the interval, nil if none was published
	Published  Published
	Method     string
	Source     string
}

// IsGroup reports whether the number is for several areas together. It says nothing of any one of them.
func (e *Estimate) IsGroup() bool { return len(e.Areas) > 1 }

// absurdlyMany is more people than there are.
const absurdlyMany = 1e10

// check is what must hold of an estimate alone, its areas left aside.
func (e *Estimate) check() fault.List {
	var bad fault.List
	if e.Population == 0 || !populations.known(e.Population) {
		bad = append(bad, fault.New(fault.Invalid, "must be filled in").At("population"))
	}
	if e.Period.IsZero() {
		bad = append(bad, fault.New(fault.Invalid, "must be filled in").At("period"))
	}
	bad = checkText(bad, e.Method, "method", mostText, true)
	bad = checkText(bad, e.Source, "source", mostText, true)
	switch v := e.Value; {
	case math.IsNaN(v) || v < 0 || v > absurdlyMany:
		bad = append(bad, fault.New(fault.Invalid, "an estimate is a number of people, not %v", v).At("value"))
	case v == 0 && !e.Population.mayBeNought():
		bad = append(bad, fault.New(fault.Invalid, "0 cannot be an estimate of this population; leave the row out where it is not known").At("value"))
	}
	if e.Low != nil && !(*e.Low >= 0 && *e.Low <= e.Value) {
		bad = append(bad, fault.New(fault.Invalid, "the low end must lie between 0 and the value").At("low"))
	}
	if e.High != nil && !(*e.High >= e.Value && *e.High <= absurdlyMany) {
		bad = append(bad, fault.New(fault.Invalid, "the high end must not be below the value").At("high"))
	}
	return bad
}

// estimateKey is what makes an estimate itself; a revision has another date of publication.
type estimateKey struct {
	areas          string
	population     Population
	period         string
	published      Published
	method, source string
}

func (e *Estimate) same(b *Estimate) bool {
	return e.Value == b.Value && sameNumber(e.Low, b.Low) && sameNumber(e.High, b.High)
}

// better orders estimates of one area and population, the one a figure takes first: the later period (by its end),
// the later publication, one's own before a group's. What is left is by method and source, so that the answer is always
// the same.
func better(a, b *Estimate) int {
	group := func(e *Estimate) int {
		if e.IsGroup() {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(b.Period.Last(), a.Period.Last()),
		cmp.Compare(b.Published.Last(), a.Published.Last()),
		cmp.Compare(group(a), group(b)),
		strings.Compare(a.Method, b.Method),
		strings.Compare(a.Source, b.Source),
		strings.Compare(a.Period.String(), b.Period.String()),
		slices.Compare(a.Areas, b.Areas),
	)
}
