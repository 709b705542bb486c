package draw

import (
	"math"
	"slices"
)

// Breaks5 proposes four breaks that cut the known values into five classes of
// about equal size (quintiles), rounded to two significant figures where that
// keeps them apart. A value equal to a break belongs to the class above it.
// Fewer than four breaks come back where the values have too few levels for
// five classes; none where fewer than two values are known. Callers who compare
// periods should fix their breaks and not use this.
func Breaks5(values []float64) []float64 {
	sorted := make([]float64, 0, len(values))
	for _, v := range values {
		if known(v) {
			sorted = append(sorted, v)
		}
	}
	slices.Sort(sorted)
	if len(sorted) < 2 {
		return nil
	}
	exact := make([]float64, 0, 4)
	for i := 1; i <= 4; i++ {
		// Linear interpolation between order statistics: Hyndman and Fan's type 7.
		at := float64(i) / 5 * float64(len(sorted)-1)
		lo := int(at)
		hi := min(lo+1, len(sorted)-1)
		exact = append(exact, sorted[lo]+(at-float64(lo))*(sorted[hi]-sorted[lo]))
	}
	rounded := make([]float64, len(exact))
	for i, v := range exact {
		rounded[i] = twoFigures(v)
	}
	if rounded = distinct(rounded, sorted[0]); len(rounded) == 4 {
		return rounded
	}
	return distinct(exact, sorted[0])
}

// distinct keeps the breaks that rise, and that are above the lowest value: a
// class that nothing can fall into has no place in a legend.
func distinct(breaks []float64, lowest float64) []float64 {
	kept := make([]float64, 0, len(breaks))
	last := lowest
	for _, b := range breaks {
		if b > last {
			kept = append(kept, b)
			last = b
		}
	}
	return kept
}

func twoFigures(v float64) float64 {
	if v == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-1)
	return math.Round(v/unit) * unit
}

// ClassOf is the class of v, 1 to len(breaks)+1, where breaks rise and a value
// equal to a break belongs to the class above it. It is 0 for a value that is
// not known: 0 is no class and is never drawn as one.
func ClassOf(v float64, breaks []float64) int {
	if !known(v) {
		return 0
	}
	class := 1
	for _, b := range breaks {
		if v >= b {
			class++
		}
	}
	return class
}

// Ranges writes what each class holds, for a legend: "under 10", "10 to under
// 20", "20 and over". With decimals 0 the values are taken to be whole numbers
// and the middle reads "10 to 19".
func Ranges(breaks []float64, decimals int) []string {
	if len(breaks) == 0 {
		return []string{"all values"}
	}
	decimals = max(decimals, decimalsOf(breaks)) // "under 3" must not stand for a break at 2.5
	words := []string{"under " + Number(breaks[0], decimals)}
	for i := 1; i < len(breaks); i++ {
		from, to := breaks[i-1], breaks[i]
		switch {
		case decimals > 0:
			words = append(words, Number(from, decimals)+" to under "+Number(to, decimals))
		case to-from == 1:
			words = append(words, Number(from, 0))
		default:
			words = append(words, Number(from, 0)+" to "+Number(to-1, 0))
		}
	}
	return append(words, Number(breaks[len(breaks)-1], decimals)+" and over")
}
