package draw

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{0, 0, "0"},
		{math.Copysign(0, -1), 1, "0.0"},
		{-0.2, 0, "0"},
		{999, 0, "999"},
		{1000, 0, "1,000"},
		{1234567.891, 2, "1,234,567.89"},
		{-1234, 0, "−1,234"},
		{6.75, 1, "6.8"},
		{999999.5, 0, "1,000,000"},
		{math.NaN(), 0, "not known"},
		{math.Inf(-1), 0, "not known"},
	} {
		if got := Number(c.v, c.decimals); got != c.want {
			t.Errorf("Number(%v, %d) = %q, want %q", c.v, c.decimals, got, c.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		whole     bool
		want      []float64
	}{
		{0, 0, true, []float64{0, 1}},
		{0, 1, true, []float64{0, 1}},
		{0, 3, true, []float64{0, 1, 2, 3}},
		{0, 9, true, []float64{0, 5, 10}},
		{0, 1800, true, []float64{0, 500, 1000, 1500, 2000}},
		{0, 100, false, []float64{0, 25, 50, 75, 100}},
		{0, 10, true, []float64{0, 5, 10}},
		{-3, 4, true, []float64{-4, -2, 0, 2, 4}},
	} {
		if got := Ticks(c.low, c.high, 5, c.whole); !slices.Equal(got, c.want) {
			t.Errorf("Ticks(%v, %v, 5, %v) = %v, want %v", c.low, c.high, c.whole, got, c.want)
		}
	}
}

func TestTicksSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e9, 1e9).Draw(t, "low")
		high := rapid.Float64Range(-1e9, 1e9).Draw(t, "high")
		whole := rapid.Bool().Draw(t, "whole")
		ticks := Ticks(low, high, 5, whole)
		if len(ticks) < 2 || len(ticks) > 8 {
			t.Fatalf("%d ticks: %v", len(ticks), ticks)
		}
		slack := 1e-6 * (ticks[1] - ticks[0])
		if ticks[0] > min(low, 0)+slack || ticks[len(ticks)-1] < max(high, 0)-slack {
			t.Fatalf("%v do not span %v to %v", ticks, low, high)
		}
		if !slices.Contains(ticks, 0) {
			t.Fatalf("%v leave nought out", ticks)
		}
		for _, v := range ticks {
			if whole && v != math.Trunc(v) {
				t.Fatalf("%v is not whole", v)
			}
		}
	})
}

func TestBreaksAndClasses(t *testing.T) {
	values := []float64{math.NaN()}
	for i := range 100 {
		values = append(values, float64(i))
	}
	breaks := Breaks5(values)
	if want := []float64{20, 40, 59, 79}; !slices.Equal(breaks, want) {
		t.Fatalf("breaks %v, want %v", breaks, want)
	}
	if got, want := Ranges(breaks, 0), []string{"under 20", "20 to 39", "40 to 58", "59 to 78", "79 and over"}; !slices.Equal(got, want) {
		t.Errorf("ranges %q, want %q", got, want)
	}
	if got, want := Ranges([]float64{2.5, 10}, 0), []string{"under 2.5", "2.5 to under 10.0", "10.0 and over"}; !slices.Equal(got, want) {
		t.Errorf("ranges %q, want %q", got, want)
	}
	for v, want := range map[float64]int{0: 1, 19.9: 1, 20: 2, 58: 3, 79: 5, 1e9: 5, math.Inf(1): 0} {
		if got := ClassOf(v, breaks); got != want {
			t.Errorf("ClassOf(%v) = %d, want %d", v, got, want)
		}
	}
	if got := ClassOf(math.NaN(), breaks); got != 0 {
		t.Errorf("what is not known has class %d", got)
	}
	if got := Breaks5([]float64{3, 3, 3, math.NaN()}); len(got) != 0 {
		t.Errorf("breaks %v between equal values", got)
	}
}

func TestBreaksRiseAndEachClassIsMet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.Float64Range(0, 1e6)).Draw(t, "values")
		breaks := Breaks5(values)
		if len(breaks) > 4 || !slices.IsSorted(breaks) || len(slices.Compact(slices.Clone(breaks))) != len(breaks) {
			t.Fatalf("breaks %v", breaks)
		}
		if n := len(Ranges(breaks, 1)); n != len(breaks)+1 {
			t.Fatalf("%d ranges for %d breaks", n, len(breaks))
		}
		for _, v := range values {
			if c := ClassOf(v, breaks); c < 1 || c > len(breaks)+1 {
				t.Fatalf("class %d of %v in %v", c, v, breaks)
			}
		}
	})
}
