package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a lower and an upper limit.
type Interval struct{ Low, High float64 }

// The levels of confidence that are in use, as two-sided probabilities.
const (
	Level95  = 0.95
	Level998 = 0.998
)

// exactBelow is the count from which Byar's approximation is used.
const exactBelow = 10

// Count gives the limits of a count of events at a level between 0 and 1: exact Poisson below 10, Byar's approximation
// from 10 on. It is false for a count below nought.
func Count(x int, level float64) (Interval, bool) {
	switch {
	case x < 0 || level <= 0 || level >= 1:
		return Interval{}, false
	case x < exactBelow:
		return exactPoisson(x, level), true
	}
	return byar(x, level), true
}

// exactPoisson is half a quantile of chi-squared with 2x and 2x+2 degrees of freedom (Garwood 1936).
func exactPoisson(x int, level float64) Interval {
	tail := (1 - level) / 2
	var i Interval
	if x > 0 {
		i.Low = distuv.ChiSquared{K: 2 * float64(x)}.Quantile(tail) / 2
	}
	i.High = distuv.ChiSquared{K: 2*float64(x) + 2}.Quantile(1-tail) / 2
	return i
}

// byar is Byar's approximation (Breslow and Day 1987).
func byar(x int, level float64) Interval {
	z, o := quantile(level), float64(x)
	low := 1 - 1/(9*o) - z/(3*math.Sqrt(o))
	p := o + 1
	high := 1 - 1/(9*p) + z/(3*math.Sqrt(p))
	return Interval{max(0, o*low*low*low), p * high * high * high}
}

// quantile is the normal quantile of a two-sided level: 1.96 for 0.95.
func quantile(level float64) float64 { return distuv.UnitNormal.Quantile(1 - (1-level)/2) }

// Rate gives a count per so many of a population with its limits: x / n * per. It is false without a population.
func Rate(x int, n, per, level float64) (rate float64, limits Interval, ok bool) {
	c, ok := Count(x, level)
	if !ok || n <= 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return 0, Interval{}, false
	}
	return float64(x) / n * per, Interval{c.Low / n * per, c.High / n * per}, true
}
