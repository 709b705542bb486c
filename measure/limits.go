package measure

import (
	"math"

	"everykit/stat"
)

// How the low and high ends of a figure were found.
const (
	limitsOfEstimate   = "From the interval that was published with the estimate."
	limitsOfProportion = "95 per cent limits of a proportion (Wilson)."
	limitsOfFew        = "95 per cent limits from the number of deaths (exact Poisson, as there were fewer than 10)."
	limitsOfMany       = "95 per cent limits from the number of deaths (Byar’s approximation)."
)

// proportion gives a share its limits. The parts of a share are whole numbers; where a return has others there are none.
func (f *Figure) proportion() {
	x, n := *f.Numerator, *f.Denominator
	if x != math.Trunc(x) || n != math.Trunc(n) || n > 1e9 {
		return
	}
	if _, i, ok := stat.Proportion(int(x), int(n), stat.Level95); ok {
		per := f.Measure.Per()
		f.Low, f.High, f.Limits = number(per*i.Low), number(per*i.High), limitsOfProportion
	}
}

// estimated gives a ratio the limits of its denominator: those published with the estimate, or for a number of deaths, which
// is counted and no estimate, those of a count of events.
func (f *Figure) estimated(e *Estimate) {
	low, high := e.Low, e.High
	switch {
	case low != nil && high != nil:
		f.Limits = limitsOfEstimate
	case f.Measure == KitsPerDeath:
		low, high, f.Limits = deathLimits(e.Value)
	}
	if low == nil || high == nil || *low <= 0 {
		f.Limits = ""
		return
	}
	per := f.Measure.Per() * *f.Numerator
	f.Low, f.High = number(per / *high), number(per / *low)
}

// deathLimits are the limits of a number of deaths.
func deathLimits(deaths float64) (low, high *float64, words string) {
	if deaths != math.Trunc(deaths) || deaths < 1 || deaths > 1e9 {
		return nil, nil, ""
	}
	i, ok := stat.Count(int(deaths), stat.Level95)
	if !ok {
		return nil, nil, ""
	}
	words = limitsOfMany
	if deaths < 10 {
		words = limitsOfFew
	}
	return &i.Low, &i.High, words
}
