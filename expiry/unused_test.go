package expiry

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"everykit/civil"
)

func TestUnusedByHand(t *testing.T) {
	ten := Rate{Kits: 10, Days: 100} // one every ten days
	for _, c := range []struct {
		name string
		rate Rate
		hs   []holding
		want []int // in the order of their last days
	}{
		{"nothing there", ten, nil, []int{}},
		{"all in time", ten, []holding{{1, 100, 10}}, []int{0}},
		{"one too many", ten, []holding{{1, 100, 11}}, []int{1}},
		{"whole kits only", ten, []holding{{1, 109, 11}}, []int{1}},
		{"the day of the eleventh", ten, []holding{{1, 110, 11}}, []int{0}},
		{"no supply, all left", Rate{0, 100}, []holding{{1, 4000, 5}, {2, 10, 3}}, []int{3, 5}},
		{"no rate known", Rate{}, []holding{{1, 4000, 5}}, []int{5}},
		{"reversed to below nought", Rate{-3, 100}, []holding{{1, 4000, 5}}, []int{5}},
		{"too short-dated today", ten, []holding{{1, 0, 2}, {2, -30, 4}, {3, 100, 10}}, []int{4, 2, 0}},
		{"the first lot takes the time of the second", ten, []holding{{2, 100, 6}, {1, 50, 5}}, []int{0, 1}},
		{"what the first leaves over takes none", ten, []holding{{1, 50, 20}, {2, 100, 5}}, []int{15, 0}},
		{"two lots of one day", ten, []holding{{2, 50, 3}, {1, 50, 3}}, []int{0, 1}},
		{"three lots", ten, []holding{{1, 30, 1}, {2, 60, 9}, {3, 200, 20}}, []int{0, 4, 6}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := unused(c.rate, c.hs); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestRoomByHand(t *testing.T) {
	ten := Rate{Kits: 10, Days: 100}
	for _, c := range []struct {
		name        string
		rate        Rate
		hs, coming  []holding
		days, until int
		want        int
	}{
		{"an empty shelf", ten, nil, nil, 0, 100, 10},
		{"three days on the way", ten, nil, nil, 3, 100, 10},
		{"the first kit goes while it is on the way", ten, nil, nil, 10, 100, 9},
		{"no supply", Rate{0, 100}, nil, nil, 3, 100, 0},
		{"comes too late", ten, nil, nil, 30, 30, 0},
		{"what is there is due first", ten, []holding{{1, 50, 4}}, nil, 0, 100, 6},
		{"what is there is due later, and needs its time", ten, []holding{{1, 150, 12}}, nil, 0, 100, 3},
		{"what is there is due later, and has time", ten, []holding{{1, 900, 12}}, nil, 0, 100, 10},
		{"what is left over anyway takes no time", ten, []holding{{1, 20, 7}}, nil, 0, 100, 8},
		{"what is left over later leaves no time before", ten, []holding{{1, 150, 20}}, nil, 0, 100, 0},
		{"what comes counts too", ten, nil, []holding{{1, 150, 12}}, 0, 100, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := room(c.rate, arrived(c.rate, c.hs, c.coming, c.days), c.days, c.until); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

// arrived is what is on a shelf when more has come.
func arrived(r Rate, hs, coming []holding, days int) []holding {
	then := append(after(r, hs, days), coming...)
	fefo(then)
	return then
}

// walk gives out day by day what is on a shelf and what comes to it on a day, and counts what is left over in the end: the
// same by another way.
func walk(r Rate, hs, coming []holding, days int) int {
	now := slices.Clone(hs)
	last := days
	for _, h := range append(slices.Clone(hs), coming...) {
		last = max(last, h.until)
	}
	if days == 0 {
		now = append(now, coming...)
		coming = nil
	}
	for day := 1; day <= last; day++ {
		fefo(now)
		for range r.by(day) - r.by(day-1) {
			for i := range now {
				if now[i].kits > 0 && now[i].until >= day {
					now[i].kits--
					break
				}
			}
		}
		if day == days {
			now = append(now, coming...)
			coming = nil
		}
	}
	left := 0
	for _, h := range append(now, coming...) {
		left += h.kits
	}
	return left
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}

func stockOf(hs []holding) int {
	total := 0
	for _, h := range hs {
		total += h.kits
	}
	return total
}

var rates = rapid.Custom(func(t *rapid.T) Rate {
	return Rate{rapid.IntRange(0, 40).Draw(t, "kits"), rapid.IntRange(90, 123).Draw(t, "days")}
})

var shelf = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) holding {
	return holding{rapid.IntRange(1, 9).Draw(t, "lot"), rapid.IntRange(-50, 400).Draw(t, "until"), rapid.IntRange(0, 30).Draw(t, "kits")}
}), 0, 6)

func TestUnusedIsWhatIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, hs := rates.Draw(t, "rate"), shelf.Draw(t, "shelf")
		left := unused(r, hs)
		if got, want := sum(left), walk(r, hs, nil, 0); got != want {
			t.Fatalf("left over %d, day by day %d", got, want)
		}
		for i, n := range left {
			if n < 0 || n > hs[i].kits {
				t.Fatalf("%d of %d kits left over", n, hs[i].kits)
			}
		}
		if r.Kits == 0 && sum(left) != stockOf(hs) {
			t.Fatal("nothing is given out, yet something is used")
		}
		// Taking away what is left over changes nothing for the rest.
		rest := slices.Clone(hs)
		for i := range rest {
			rest[i].kits -= left[i]
		}
		if got := sum(unused(r, rest)); got != 0 {
			t.Fatalf("%d of what was to be used is left over", got)
		}
		// More supply never leaves more over, more stock never less.
		if sum(unused(Rate{r.Kits + 1, r.Days}, hs)) > sum(left) {
			t.Fatal("more supply leaves more over")
		}
		if sum(unused(r, append(slices.Clone(hs), holding{0, 100, 1}))) < sum(left) {
			t.Fatal("more stock leaves less over")
		}
	})
}

func TestRoomIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, hs, coming := rates.Draw(t, "rate"), shelf.Draw(t, "shelf"), shelf.Draw(t, "coming")
		days, until := rapid.IntRange(0, 14).Draw(t, "days"), rapid.IntRange(-10, 420).Draw(t, "until")
		n := room(r, arrived(r, hs, coming, days), days, until)
		if longer := room(r, arrived(r, hs, coming, days), days, until+rapid.IntRange(1, 100).Draw(t, "longer")); longer < n {
			t.Fatalf("room for %d, but for only %d that are good for longer", n, longer)
		}
		before := walk(r, hs, coming, days)
		with := func(n int) int { return walk(r, hs, append(slices.Clone(coming), holding{100, until, n}), days) }
		if n > 0 && with(n) != before {
			t.Fatalf("%d kits more leave %d over, not %d", n, with(n), before)
		}
		if with(n+1) == before && until > days {
			t.Fatalf("room for %d was found, but one more would be used", n)
		}
	})
}

func TestRate(t *testing.T) {
	day := func(s string) civil.Date {
		d, err := civil.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	w := windowOn(day("2026-06-15"))
	if w.From != day("2026-03-01") || w.To != day("2026-06-15") || w.days() != 107 || len(w.months()) != 4 {
		t.Errorf("the window is %v, %d days, months %v", w, w.days(), w.months())
	}
	if got := w.since(day("2026-05-20").Month()); got.From != day("2026-05-01") {
		t.Errorf("the window of an outlet that began in May is %v", got)
	}
	if got := w.since(day("2020-05-20").Month()); got != w {
		t.Errorf("the window of an old outlet is %v", got)
	}
	if got := windowOn(day("2026-01-01")); got.From != day("2025-10-01") || got.days() != 93 {
		t.Errorf("the window on New Year's Day is %v", got)
	}
	for _, c := range []struct {
		rate  Rate
		month int
		words string
	}{{Rate{}, 0, "none"}, {Rate{1, 100}, 0, "fewer than 1 a month"}, {Rate{5, 100}, 2, "about 2 a month"}, {Rate{107, 107}, 30, "about 30 a month"}} {
		if c.rate.PerMonth() != c.month || c.rate.Words() != c.words {
			t.Errorf("%v is %d a month, %q", c.rate, c.rate.PerMonth(), c.rate.Words())
		}
	}
}
