package findings

import (
	"math"
	"strings"
	"testing"
)

func TestShareWords(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{
		{0, 152, "none"},
		{152, 152, "all"},
		{151, 152, "nearly all"},
		{147, 150, "nearly all"},
		{146, 150, "over 90%"},
		{1, 152, "fewer than 1 in 10"},
		{7, 100, "fewer than 1 in 10"},
		{8, 100, "nearly 1 in 10"},
		{10, 100, "exactly 1 in 10"},
		{12, 100, "just over 1 in 10"},
		{13, 100, "nearly 15%"},
		{18, 100, "nearly 1 in 5"},
		{19, 100, "nearly 1 in 5"},
		{22, 100, "just over 1 in 5"},
		{23, 100, "nearly a quarter"},
		{25, 100, "exactly a quarter"},
		{27, 100, "just over a quarter"},
		{275, 1000, "over a quarter"},
		{31, 100, "just over 30%"},
		{32, 100, "nearly a third"},
		{33, 100, "nearly a third"},
		{50, 150, "exactly a third"},
		{34, 100, "just over a third"},
		{35, 100, "just over a third"},
		{36, 100, "over a third"},
		{45, 100, "over 40%"},
		{48, 100, "nearly half"},
		{49, 100, "nearly half"},
		{50, 100, "exactly half"},
		{51, 100, "just over half"},
		{53, 100, "over half"},
		{59, 100, "nearly 60%"},
		{66, 100, "nearly two thirds"},
		{74, 100, "nearly three quarters"},
		{85, 100, "over 80%"},
		{89, 100, "nearly 90%"},
		{97, 100, "over 90%"},
		{98, 100, "nearly all"},
	} {
		if got := (share{c.n, c.of}).rounded(); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.n, c.of, got, c.want)
		}
	}
}

// TestShareWordsAreTrue holds every share of every base to what its word promises.
func TestShareWordsAreTrue(t *testing.T) {
	value := map[string]float64{"all": 1}
	for _, f := range fractions {
		value[f.words] = f.value()
	}
	for of := fewest; of <= 260; of++ {
		for n := 0; n <= of; n++ {
			words, p := share{n, of}.rounded(), float64(n)/float64(of)
			how, of2, _ := strings.Cut(words, " ")
			if strings.HasPrefix(words, "just over ") {
				how, of2 = "just over", strings.TrimPrefix(words, "just over ")
			}
			v, known := value[of2]
			ok := false
			switch how {
			case "none":
				ok = n == 0
			case "all":
				ok = n == of
			case "exactly":
				ok = known && math.Abs(p-v) < 1e-12
			case "nearly":
				ok = known && p < v && v-p <= within+slack
			case "just over":
				ok = known && p > v && p-v <= within+slack
			case "over":
				ok = known && p > v+within
			case "fewer":
				ok = n > 0 && p < 0.1-within
			}
			if !ok {
				t.Fatalf("%d of %d, %.4f, is said to be %q", n, of, p, words)
			}
		}
	}
}

func TestLead(t *testing.T) {
	of := noun{"authority", "authorities"}
	for _, c := range []struct {
		s     share
		want  string
		alone bool
	}{
		{share{1, 12}, "1 of the 12 authorities", true},
		{share{3, 12}, "3 of the 12 authorities", false},
		{share{0, 12}, "None of the 12 authorities", false},
		{share{12, 12}, "All 12 authorities", false},
		{share{0, 1}, "0 of 1 authority", true},
		{share{1, 1}, "1 of 1 authority", true},
		{share{45, 138}, "Nearly a third (45 of 138, 33%) of the authorities", false},
		{share{69, 138}, "Exactly half (69 of 138) of the authorities", false},
		{share{1, 1500}, "Fewer than 1 in 10 (1 of 1,500, under 1%) of the authorities", false},
		{share{1499, 1500}, "Nearly all (1,499 of 1,500, over 99%) of the authorities", false},
	} {
		got, alone := c.s.lead(of)
		if got != c.want || alone != c.alone {
			t.Errorf("%v: %q, %v", c.s, got, alone)
		}
	}
}

func TestNamed(t *testing.T) {
	if got := named([]string{"Torbay", "Devon", "Bath"}); got != ": Bath, Devon and Torbay" {
		t.Error(got)
	}
	if got := named(make([]string, few+1)); got != "" {
		t.Error(got)
	}
}
