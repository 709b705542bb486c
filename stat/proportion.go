package stat

import "math"

// Proportion gives x of n with Wilson's score limits (Wilson 1927; Newcombe 1998), all between 0 and 1. It is false
// unless 0 <= x <= n and n > 0.
func Proportion(x, n int, level float64) (p float64, limits Interval, ok bool) {
	if x < 0 || n <= 0 || x > n || level <= 0 || level >= 1 {
		return 0, Interval{}, false
	}
	z, t := quantile(level), float64(n)
	p = float64(x) / t
	middle := 2*float64(x) + z*z
	spread := z * math.Sqrt(z*z+4*float64(x)*(1-p))
	limits = Interval{(middle - spread) / (2 * (t + z*z)), (middle + spread) / (2 * (t + z*z))}
	switch x { // rounding must not put a limit past the end
	case 0:
		limits.Low = 0
	case n:
		limits.High = 1
	}
	return p, limits, true
}
