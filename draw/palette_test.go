package draw

import (
	"math"
	"strconv"
	"testing"
)

// luminance is the relative luminance of "#rrggbb" (WCAG 2.2).
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestWordsCanBeReadOnEveryTone(t *testing.T) {
	for i, tone := range classTones {
		if c := contrast(t, tone.fill, tone.ink); c < 4.5 {
			t.Errorf("class %d: contrast %.2f", i+1, c)
		}
	}
	for i, tone := range seriesTones {
		if c := contrast(t, tone.fill, tone.ink); c < 4.5 {
			t.Errorf("series %d: contrast of its words %.2f", i+1, c)
		}
		if c := contrast(t, tone.fill, paper); c < 4.5 {
			t.Errorf("series %d: contrast of its name on paper %.2f", i+1, c)
		}
	}
	if c := contrast(t, inkSoft, paper); c < 4.5 {
		t.Errorf("soft ink: contrast %.2f", c)
	}
}

// TestClassesDifferInLightness: the order must hold in grey, which is also what
// makes it hold for every kind of colour vision.
func TestClassesDifferInLightness(t *testing.T) {
	for i := 1; i < len(classTones); i++ {
		lighter, darker := classTones[i-1].fill, classTones[i].fill
		if luminance(t, lighter) <= luminance(t, darker) || contrast(t, lighter, darker) < 1.3 {
			t.Errorf("classes %d and %d: contrast %.2f", i, i+1, contrast(t, lighter, darker))
		}
	}
}
