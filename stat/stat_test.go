package stat_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"everykit/stat"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s is %.6f, want %.6f", what, got, want)
	}
}

// The values of 65 and 1045 are those the field's guide gives; those below 10 are in any table of Poisson limits.
func TestCounts(t *testing.T) {
	for _, c := range []struct {
		x         int
		low, high float64
	}{
		{0, 0, 3.6889},
		{1, 0.0253, 5.5716},
		{5, 1.6235, 11.6683},
		{9, 4.1154, 17.0848},
		{65, 50.1632, 82.8491},
		{1045, 982.5932, 1110.3312},
	} {
		i, ok := stat.Count(c.x, stat.Level95)
		if !ok {
			t.Fatalf("no limits for %d", c.x)
		}
		near(t, "low", i.Low, c.low, 1e-4)
		near(t, "high", i.High, c.high, 1e-4)
	}
	if _, ok := stat.Count(-1, stat.Level95); ok {
		t.Error("limits of a count below nought")
	}
}

// Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
func TestProportions(t *testing.T) {
	for _, c := range []struct {
		x, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		_, i, ok := stat.Proportion(c.x, c.n, stat.Level95)
		if !ok {
			t.Fatal(c)
		}
		near(t, "low", i.Low, c.low, 1e-4)
		near(t, "high", i.High, c.high, 1e-4)
	}
	for _, c := range [][2]int{{1, 0}, {-1, 3}, {4, 3}, {0, 0}} {
		if _, _, ok := stat.Proportion(c[0], c[1], stat.Level95); ok {
			t.Errorf("%d of %d is no proportion", c[0], c[1])
		}
	}
}

func TestNothingIsDividedByNought(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.IntRange(-5, 100000).Draw(t, "x")
		n := rapid.Float64().Draw(t, "n")
		level := rapid.SampledFrom([]float64{stat.Level95, stat.Level998}).Draw(t, "level")
		rate, i, ok := stat.Rate(x, n, 100, level)
		if ok && n > 1e-200 && n < 1e200 && (math.IsNaN(rate+i.Low+i.High) || i.Low > rate*(1+1e-9) || i.High < rate*(1-1e-9)) {
			t.Fatalf("%d of %g: %g in %v", x, n, rate, i)
		}
		if ok && n <= 0 {
			t.Fatalf("a rate of %g people", n)
		}
		k := rapid.IntRange(0, 5000).Draw(t, "k")
		of := rapid.IntRange(0, 5000).Draw(t, "of")
		if p, i, ok := stat.Proportion(k, of, level); ok && (i.Low < 0 || i.High > 1 || i.Low > p+1e-12 || i.High < p-1e-12) {
			t.Fatalf("%d of %d: %v", k, of, i)
		}
	})
}

func TestFunnel(t *testing.T) {
	// At a population of 1 the funnel is wide and finite, holds the average, and does not begin below nought.
	for _, level := range []float64{stat.Level95, stat.Level998} {
		i, ok := stat.Funnel(16, 1, 100, level)
		if !ok || i.Low != 0 || i.High < 50 || i.High > 1000 {
			t.Errorf("a funnel at 1 person: %v", i)
		}
	}
	wide, _ := stat.Funnel(16, 1, 100, stat.Level998)
	for _, n := range []float64{10, 100, 1000, 100000} {
		i, ok := stat.Funnel(16, n, 100, stat.Level998)
		inner, _ := stat.Funnel(16, n, 100, stat.Level95)
		if !ok || i.High >= wide.High || i.Low > 16 || i.High < 16 || inner.Low < i.Low || inner.High > i.High {
			t.Errorf("at %g people: %v (inner %v), before %v", n, i, inner, wide)
		}
		wide = i
	}
	if i, ok := stat.Funnel(1e-6, 1, 100, stat.Level95); !ok || i.Low < 0 || i.High < 1e-6 {
		t.Errorf("a funnel where next to nothing is expected: %v", i)
	}
	if _, ok := stat.Funnel(16, 0, 100, stat.Level95); ok {
		t.Error("a funnel of nobody")
	}
	if i, ok := stat.Funnel(0, 10, 100, stat.Level95); !ok || i != (stat.Interval{}) {
		t.Errorf("a funnel round nought: %v", i)
	}
}
