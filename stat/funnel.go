package stat

import "gonum.org/v1/gonum/stat/distuv"

// Funnel gives the limits between which a rate per `per` of an area with population n lies by chance alone with the
// probability level, if the true rate is average (per `per`): the exact Poisson limits of the count that would be
// expected, interpolated as Spiegelhalter 2005 does, so that the funnel has no steps. Lower limits never fall below nought.
// It is false without a population or with an average below nought.
func Funnel(average, n, per, level float64) (Interval, bool) {
	if average < 0 || n <= 0 || per <= 0 || level <= 0 || level >= 1 {
		return Interval{}, false
	}
	expected := average * n / per
	if expected == 0 {
		return Interval{}, true
	}
	tail := (1 - level) / 2
	d := distuv.Poisson{Lambda: expected}
	// Where far less than one event is expected the interpolation may cross the average, which belongs inside.
	low, high := min(max(0, smooth(d, tail)), expected), max(smooth(d, 1-tail), expected)
	return Interval{Low: low / n * per, High: high / n * per}, true
}

// smooth is the quantile of a Poisson distribution between whole numbers: r less the part of P(X = r) by which the
// distribution overshoots p at r.
func smooth(d distuv.Poisson, p float64) float64 {
	r := 0.0
	for hi := 1.0; ; hi *= 2 { // the first whole number whose cumulative probability reaches p
		if d.CDF(hi) < p {
			r = hi
			continue
		}
		lo := r
		if d.CDF(0) >= p {
			r = 0
			break
		}
		for hi-lo > 1 {
			mid := float64(int((lo + hi) / 2))
			if d.CDF(mid) < p {
				lo = mid
			} else {
				hi = mid
			}
		}
		r = hi
		break
	}
	return r - (d.CDF(r)-p)/d.Prob(r)
}
