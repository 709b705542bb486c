package draw

import (
	"math"
	"strconv"
	"strings"
)

// Number writes v with a comma between thousands and the given decimals (0 to
// 6), rounding half away from nought. NaN, an infinity
// and what is beyond 1e15 is "not known".
func Number(v float64, decimals int) string {
	if !known(v) {
		return State("").Words()
	}
	decimals = min(max(decimals, 0), 6)
	scale := math.Pow10(decimals)
	if r := math.Round(v*scale) / scale; known(r) {
		v = r
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(s, ".")
	var b strings.Builder
	if v < 0 {
		b.WriteString("−")
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return b.String()
}

// unknown is the value that stands for "not known" in a series.
var unknown = math.NaN()

// trifle is where a span of values counts as none: dividing by less would leave
// the sheet.
const trifle = 1e-9

// known says whether v is a number that can be drawn. Beyond 1e15 a float no
// longer holds whole things one by one, and nothing that is counted comes near.
func known(v float64) bool { return math.Abs(v) <= 1e15 }

// Ticks gives round numbers (1, 2, 2.5 or 5 times a power of ten apart) that
// span low to high and always nought, about n of them and never fewer than two.
// With whole set they are whole numbers. The first is at or below low and nought,
// the last at or above high and nought.
func Ticks(low, high float64, n int, whole bool) []float64 {
	low, high = min(low, 0), max(high, 0)
	if !known(low) || !known(high) || high-low < trifle {
		low, high = 0, 1
	}
	step := niceStep((high-low)/float64(max(n-1, 1)), whole)
	first, last := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
	last = max(last, first+1)
	ticks := make([]float64, 0, n+2)
	for i := first; i <= last; i++ {
		ticks = append(ticks, i*step)
	}
	return ticks
}

// niceStep is the smallest round step not below rough.
func niceStep(rough float64, whole bool) float64 {
	if whole && rough <= 1 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		step := m * power
		if step < rough*(1-1e-9) || (whole && step != math.Trunc(step)) {
			continue
		}
		return step
	}
	return 10 * power
}

// decimalsOf is the number of decimals, at most 6, that all the values need.
func decimalsOf(values []float64) int {
	for decimals := range 6 {
		exact := true
		for _, v := range values {
			scaled := v * math.Pow10(decimals)
			exact = exact && math.Abs(scaled-math.Round(scaled)) < 1e-6*max(1, math.Abs(scaled))
		}
		if exact {
			return decimals
		}
	}
	return 6
}

// tickWords writes the ticks with as many decimals as their step needs and no
// more, alike for all of them.
func tickWords(ticks []float64) []string {
	decimals := decimalsOf(ticks)
	words := make([]string, len(ticks))
	for i, t := range ticks {
		words[i] = Number(t, decimals)
	}
	return words
}
