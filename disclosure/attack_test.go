package disclosure

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"everykit/fault"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// shown makes a release as anybody sees it: "a=7 b=[c]".
func shown(cells string) Release {
	var r Release
	for _, w := range strings.Fields(cells) {
		id, v, _ := strings.Cut(w, "=")
		c := Cell{ID: id, Hidden: v == Mark}
		for _, d := range v {
			if !c.Hidden {
				c.Shown = 10*c.Shown + int64(d-'0')
			}
		}
		r.Cells = append(r.Cells, c)
	}
	return r
}

func (r Release) sum(total string, parts ...string) Release {
	r.Sums = append(r.Sums, Sum{total, parts})
	return r
}

// TestTheAttackerIsAble gives it tables with one way in each.
func TestTheAttackerIsAble(t *testing.T) {
	revised := shown("a=[c] b=9 c=20 t=32").sum("t", "a", "b", "c")
	hiddenTotal := shown("a=[c] b=9 c=[c] t=[c]").sum("t", "a", "b", "c")
	hiddenTotal.Cells[0].Revision = 1
	hiddenTotal.Cells[3].Revision = 1
	upper := shown("t=[c] u=50 g=82").sum("g", "t", "u")
	upper.Cells[0].Revision, upper.Cells[2].Revision = 1, 1
	rate := shown("a=[c] t=[c]")
	rate.Ratios = []Ratio{{ID: "r", Of: "a", Over: 150, Per: 100, Decimals: 1, Shown: 2}}
	share := shown("a=[c] b=[c] t=60").sum("t", "a", "b")
	share.Ratios = []Ratio{{ID: "r", Of: "b", By: "t", Per: 100, Decimals: 0, Shown: 95}}
	both := shown("a=[c] b=[c] c=[c] t=[c]").sum("t", "a", "b", "c")
	both.Ratios = []Ratio{{ID: "r", Of: "a", By: "t", Per: 100, Decimals: 1, Shown: 6.2}, {ID: "q", Of: "b", By: "t", Per: 100, Decimals: 1, Shown: 31.3}, {ID: "p", Of: "c", By: "t", Per: 100, Decimals: 1, Shown: 62.5}}
	knownDenominator := shown("t=32")
	rounding := shown("a=[c] b=10 t=10").sum("t", "a", "b")
	rounding.Rule.Round = 5
	for name, x := range map[string]struct {
		releases  []Release
		cell      string
		low, high int64
	}{
		"a total less the others":                            {[]Release{revised}, "a", 3, 3},
		"two that come to little":                            {[]Release{shown("a=[c] b=[c] c=20 t=22").sum("t", "a", "b", "c")}, "a", 0, 2},
		"two ways to cut the same":                           {[]Release{shown("a=[c] b=[c] t=[c] x=7 y=5 s=4").sum("t", "a", "b").sum("t", "x", "y").sum("b", "x", "s")}, "a", 1, 1},
		"rows and columns by elimination":                    {[]Release{shown("a=[c] b=[c] c=[c] d=[c] e=3 ab=10 cd=20 ac=14 bde=19").sum("ab", "a", "b").sum("cd", "c", "d").sum("ac", "a", "c").sum("bde", "b", "d", "e").sum("x", "a", "e").with("x=6")}, "a", 3, 3},
		"a rate":                                             {[]Release{rate}, "a", 3, 3},
		"a share, within rounding":                           {[]Release{share}, "a", 3, 3},
		"three shares of a total that is in another release": {[]Release{both, knownDenominator}, "a", 2, 2},
		"an earlier edition shows another":                   {[]Release{shown("a=7 b=9 c=20 t=36").sum("t", "a", "b", "c"), hiddenTotal, upper}, "a", 3, 3},
		"an earlier edition shows it":                        {[]Release{shown("a=3"), shown("a=[c] b=[c] t=9").sum("t", "a", "b")}, "a", 3, 3},
		"a later edition shows it":                           {[]Release{shown("a=[c] b=[c] t=9").sum("t", "a", "b"), shown("b=6 t=9")}, "a", 3, 3},
		"rounding that is too fine":                          {[]Release{rounding.with("c=[c]").sum("b", "a", "c").round(2)}, "a", 0, 1},
	} {
		var got *Exposure
		for _, e := range Attack(x.releases...) {
			if e.Cell == x.cell && e.If == "" {
				got = &e
			}
		}
		if got == nil {
			t.Errorf("%s: nothing is found; all: %+v", name, Attack(x.releases...))
		} else if got.Low != x.low || got.High != x.high {
			t.Errorf("%s: it is said to lie in %d to %d, not %d to %d", name, got.Low, got.High, x.low, x.high)
		}
	}
}

func (r Release) with(cells string) Release {
	r.Cells = append(r.Cells, shown(cells).Cells...)
	return r
}

func (r Release) round(base int64) Release {
	r.Rule.Round = base
	return r
}

// TestWhatIsSafeIsNotFound asks that it cries no wolf.
func TestWhatIsSafeIsNotFound(t *testing.T) {
	for _, r := range []Release{
		shown("a=[c] b=[c] c=20 t=40").sum("t", "a", "b", "c"),
		shown("a=[c] b=[c] c=[c] d=[c] ab=10 cd=10 ac=10 bd=10").sum("ab", "a", "b").sum("cd", "c", "d").sum("ac", "a", "c").sum("bd", "b", "d"),
		shown("a=[c]"),
		shown("a=0 b=5 t=5").sum("t", "a", "b"),
		shown("a=[c] b=[c] t=400").sum("t", "a", "b"),
	} {
		if found := Attack(r); len(found) > 0 {
			t.Errorf("%+v in %+v", found, r)
		}
	}
}

// TestOneWasRevised has editions that do not say what was revised, and contradict each other unless something was.
func TestOneWasRevised(t *testing.T) {
	found := Attack(shown("a=7 b=9 c=20 t=36").sum("t", "a", "b", "c"), shown("a=[c] b=[c] c=20 t=32").sum("t", "a", "b", "c").with("").revised("t"))
	if len(found) != 1 || found[0].Cell != "a" || found[0].If != "a" || !found[0].Pinned() || found[0].Low != 3 {
		t.Errorf("%+v", found)
	}
}

func (r Release) revised(id string) Release {
	r = r.clone()
	for i := range r.Cells {
		if r.Cells[i].ID == id {
			r.Cells[i].Revision++
		}
	}
	return r
}

// TestBoundsAreThoseOfGonum compares the bounds of random small systems with those of another's simplex.
func TestBoundsAreThoseOfGonum(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 5))
	for range 60 {
		n, m := 4+rnd.IntN(8), 2+rnd.IntN(3)
		truth := make([]float64, n)
		for j := range truth {
			truth[j] = float64(rnd.IntN(12))
		}
		a, b := mat.NewDense(m, n, nil), make([]float64, m)
		rows := make([]linear, m)
		for i := range m {
			rows[i].of = map[int]float64{}
			for j := range n {
				if c := float64(rnd.IntN(4) - 1); c != 0 && c != 2 {
					a.Set(i, j, c)
					rows[i].of[j] = c
					b[i] += c * truth[j]
				}
			}
			rows[i].constant = b[i]
		}
		high := make([]float64, n)
		for j := range high {
			high[j] = math.Inf(1)
		}
		s, ok := newSimplex(make([]float64, n), high, rows)
		if !ok {
			t.Fatal("a system with a solution is said to have none")
		}
		for j := range n {
			for _, sign := range []float64{1, -1} {
				cost := make([]float64, n)
				cost[j] = sign
				want, _, err := lp.Simplex(cost, a, b, 1e-9, nil)
				got := s.least(j)
				if sign < 0 {
					got = -s.most(j)
				}
				switch {
				case err == lp.ErrUnbounded:
					want = math.Inf(-1)
				case err != nil:
					continue // it gives up on systems in which a row follows from others
				}
				if math.Abs(got-want) > 1e-6 && got != want {
					t.Fatalf("unknown %d, sign %v: %v, and gonum says %v", j, sign, got, want)
				}
			}
		}
	}
}

func TestPrimaryAlone(t *testing.T) {
	r := nation(3, false)
	r.Rule = Rule{}
	if found := Attack(onlySmall(r)); len(found) < 50 {
		t.Errorf("a nation's table with only small cells hidden gives away %d", len(found))
	}
}

// TestProtectRefuses gives it what it must not take.
func TestProtectRefuses(t *testing.T) {
	good := Release{Cells: []Cell{{ID: "a", Value: 3}, {ID: "b", Value: 9}, {ID: "t", Value: 12}}}.sum("t", "a", "b")
	kept := good.clone()
	kept.Cells[2].Keep, kept.Cells[1].Keep = true, true
	kept.Cells[0].Keep = false
	wrong := good.clone()
	wrong.Cells[2].Value = 13
	twice := good.clone()
	twice.Cells[1].ID = "a"
	below := Release{Cells: []Cell{{ID: "a", Value: -1}}}
	ratio := good.clone()
	ratio.Ratios = []Ratio{{ID: "r", Of: "a"}}
	missing := good.sum("t", "a", "z")
	for name, x := range map[string]struct {
		r    Release
		kind fault.Kind
		says string
	}{
		"the total and the other are to be kept": {kept, fault.Refused, "such as: a"},
		"a total that is not the sum":            {wrong, fault.Invalid, "come to 12, and it is 13"},
		"one name twice":                         {twice, fault.Invalid, "twice"},
		"below nought":                           {below, fault.Invalid, "below nought"},
		"a ratio over nothing":                   {ratio, fault.Invalid, `ratio "r"`},
		"a part that is not there":               {missing, fault.Invalid, `no cell "z"`},
		"a public release":                       {good.Public(), fault.Invalid, "without the values"},
	} {
		if _, err := Protect(x.r, Rule{}); !fault.Is(err, x.kind) || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProtectSays looks at one small table: what is hidden, what is shown, what the public copy holds.
func TestProtectSays(t *testing.T) {
	r := Release{
		Cells:  []Cell{{ID: "a", Value: 3}, {ID: "b", Value: 9}, {ID: "c", Value: 40}, {ID: "d"}, {ID: "t", Value: 52, Keep: true}},
		Ratios: []Ratio{{ID: "ra", Of: "a", By: "t", Per: 100, Decimals: 1}, {ID: "rc", Of: "c", By: "t", Per: 100, Decimals: 1}},
	}.sum("t", "a", "b", "c", "d")
	first, err := Protect(r, Rule{})
	if err != nil {
		t.Fatal(err)
	}
	hidden := ""
	for _, c := range first.Public().Cells {
		if c.Hidden {
			hidden += c.ID
			if c.Value != 0 || c.Shown != 0 {
				t.Errorf("%s still has its value", c.ID)
			}
		}
	}
	if hidden != "ab" || !first.Ratios[0].Hidden || first.Ratios[1].Shown != 76.9 {
		t.Errorf("hidden: %s; ratios: %+v", hidden, first.Ratios)
	}
	// Now a is large; b, which nobody was shown, must still be hidden for the sake of what a was.
	r = r.clone()
	r.Cells[0].Value, r.Cells[4].Value = 30, 79
	second, err := Protect(r, Rule{}, first)
	if err != nil {
		t.Fatal(err)
	}
	if c := second.ByID()["b"]; !c.Hidden || c.Revision != 0 || second.ByID()["a"].Revision != 1 {
		t.Errorf("the second edition gives the first away: %+v", second.Cells)
	}
	if list := SmallChanges(r, Rule{}, first); len(list) != 0 {
		t.Errorf("small changes: %v", list)
	}
	r.Cells[2].Value++
	if list := SmallChanges(r, Rule{}, first); len(list) != 1 || list[0] != "c" {
		t.Errorf("small changes: %v", list)
	}
	// What an earlier edition showed cannot be taken back.
	shownOnce, err := Protect(Release{Cells: []Cell{{ID: "a", Value: 3}}}, Rule{Threshold: 2})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Protect(Release{Cells: []Cell{{ID: "a", Value: 3}}}, Rule{}, shownOnce)
	if err != nil || len(again.Given) != 1 || !again.Cells[0].Hidden {
		t.Errorf("%+v, %v", again, err)
	}
}

// TestRoundingIsWhatTheAttackerThinks asks that the interval of a rounded count holds it and nothing that is shown otherwise.
func TestRoundingIsWhatTheAttackerThinks(t *testing.T) {
	for _, rule := range []Rule{{Round: 5}, {Round: 10, Threshold: 8}, {Round: 3, HideNought: true}, {Round: 2}, {}} {
		for x := range int64(60) {
			if rule.Small(x) {
				continue
			}
			c := Cell{ID: "a", Shown: rule.rounded(x, false)}
			s := rule.told(c)
			u := unknown{high: math.Inf(1)}
			u.see(0, rule, c)
			for y := range int64(80) {
				same := !rule.Small(y) && rule.rounded(y, false) == c.Shown
				if same != s.holds(y) || same != (float64(y) >= u.low && float64(y) <= u.high) {
					t.Fatalf("%+v: %d is shown as %d, which %d would be too: %v; protect thinks %+v, the attacker %v to %v", rule, x, c.Shown, y, same, s, u.low, u.high)
				}
			}
		}
	}
}
