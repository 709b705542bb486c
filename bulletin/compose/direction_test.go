package compose

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSince(t *testing.T) {
	full := func(v float64) reading { return reading{value: v, known: true} }
	two := reading{value: 158, known: true, part: "two of its three months"}
	lacks := reading{value: 5363, known: true, missing: 79, within: "ambulance figures for that quarter cover two of its three months"}
	for _, c := range []struct {
		now, then reading
		want      string
	}{
		{full(7219), full(5363), "up by 1,856 (35%) from 5,363 the quarter before"},
		{full(5363), full(7219), "down by 1,856 (26%) from 7,219 the quarter before"},
		{full(1050), full(1000), "slightly up by 50 (5%) from 1,000 the quarter before"},
		{full(950), full(1000), "slightly down by 50 (5%) from 1,000 the quarter before"},
		{full(399), full(391), "much the same as the quarter before (391)"},
		{full(391), full(391), "the same as the quarter before"},
		{full(9), full(5), "against 5 the quarter before"},
		{full(14), full(5), "against 5 the quarter before"},
		{full(15), full(5), "up by 10 from 5 the quarter before"},
		{full(1552), full(357), "up by 1,195 from 357 the quarter before"},
		{full(40), full(0), "up from none the quarter before"},
		{full(0), full(40), "down by 40 from 40 the quarter before"},
		{full(295), two, "against 158 the quarter before, for two of its three months, so the two cannot be compared"},
		{two, full(295), "against 295 the quarter before, but the new figure is for two of its three months, so the two cannot be compared"},
		{full(7219), lacks, "up by 1,856 (35%) from 5,363 the quarter before"},
		{full(5500), lacks, "against 5,363 the quarter before, which cannot be compared: ambulance figures for that quarter cover two of its three months"},
		{full(7219), reading{}, ""},
		{reading{}, full(5363), ""},
	} {
		if got := since(c.now, c.then, "the quarter before"); got != c.want {
			t.Errorf("%+v after %+v is %q, not %q", c.now, c.then, got, c.want)
		}
	}
}

func TestPoints(t *testing.T) {
	full := func(v float64) reading { return reading{value: v, known: true, places: 1} }
	for _, c := range []struct {
		now, then float64
		want      string
	}{
		{61.2, 59.3, "up around 2 points from 59.3% the quarter before"},
		{59.3, 61.2, "down around 2 points from 61.2% the quarter before"},
		{61.2, 60.7, "up around 1 point from 60.7% the quarter before"},
		{61.2, 60.8, "much the same as the quarter before (60.8%)"},
		{61.2, 61.2, "the same as the quarter before"},
	} {
		if got := points(full(c.now), full(c.then), "the quarter before", "%", "point", "points"); got != c.want {
			t.Errorf("%v after %v is %q, not %q", c.now, c.then, got, c.want)
		}
	}
	part := full(59.3)
	part.part = "two of its three months"
	if got := points(full(90), part, "the quarter before", "%", "point", "points"); strings.Contains(got, "up") || !strings.Contains(got, "cannot be compared") {
		t.Errorf("against a part it says %q", got)
	}
}

func TestInShort(t *testing.T) {
	full := func(v float64) reading { return reading{value: v, known: true} }
	two := reading{value: 158, known: true, part: "two of its three months"}
	for _, c := range []struct {
		now, then reading
		when      string
		want      string
	}{
		{full(399), full(391), "the quarter before", " (much the same as 391 the quarter before)"},
		{full(862), full(752), "", " (up from 752)"},
		{full(295), two, "the quarter before", " (158 the quarter before, for two of its three months)"},
		{full(22), full(22), "the quarter before", " (the same as the quarter before)"},
		{full(22), full(22), "", " (the same)"},
		{full(22), full(20), "", " (20)"},
		{full(22), reading{}, "", ""},
		{full(29), reading{value: 22, known: true, areas: true, part: "4 of 14 health boards"}, "", " (22)"},
	} {
		if got := inShort(c.now, c.then, c.when); got != c.want {
			t.Errorf("%+v after %+v is %q, not %q", c.now, c.then, got, c.want)
		}
	}
}

// TestDirections: whatever the numbers, a direction is never wrong, never for a part of a period and never for what is not known.
func TestDirections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) reading {
			r := reading{value: float64(rapid.IntRange(0, 3000).Draw(t, name)), known: rapid.IntRange(0, 9).Draw(t, name+" known") > 0}
			switch rapid.IntRange(0, 5).Draw(t, name+" part") {
			case 0:
				r.part = "two of its three months"
			case 1:
				r.missing, r.within = float64(rapid.IntRange(1, 500).Draw(t, name+" missing")), "a part is missing"
			}
			return r
		}
		now, then := draw("now"), draw("then")
		d := now.value - then.value
		for _, said := range []string{since(now, then, "before"), inShort(now, then, "before")} {
			up, down := strings.Contains(said, "up "), strings.Contains(said, "down ")
			switch {
			case up && d <= 0, down && d >= 0:
				t.Fatalf("%v after %v is %q", now.value, then.value, said)
			case (up || down) && (now.part != "" || then.part != "" || !now.known || !then.known):
				t.Fatalf("a direction for %+v after %+v: %q", now, then, said)
			case (up || down) && d*d <= (2*(now.missing+then.missing))*(2*(now.missing+then.missing)) && now.missing+then.missing > 0:
				t.Fatalf("what is missing explains %q", said)
			case (!now.known || !then.known) && said != "":
				t.Fatalf("of what is not known it says %q", said)
			}
		}
	})
}

func TestUnusual(t *testing.T) {
	for _, c := range []struct {
		now    float64
		before []float64
		odd    bool
	}{
		{500, nil, false},
		{500, []float64{480}, false},
		{1500, []float64{480}, true},
		{100, []float64{480}, true},
		{45, []float64{2}, true},
		{30, []float64{2}, false},
		{1000, []float64{900, 950, 1000, 1050, 980}, false},
		{1700, []float64{900, 950, 1000, 1050, 980}, true},
		{300, []float64{900, 950, 1000, 1050, 980}, true},
		{1700, []float64{200, 2000, 900, 1500}, false},
	} {
		if low, high, odd := unusual(c.now, c.before); odd != c.odd {
			t.Errorf("%v after %v: %v, with %v to %v", c.now, c.before, odd, low, high)
		}
	}
}
