package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/civil"
)

// TestThreeThings holds for whatever there is to say: three, all different, each with words and a way that begins at home, and
// nothing about what is in order.
func TestThreeThings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.SampledFrom([]int{0, 0, 1, 3, 1200}).Draw(t, name) }
		f := facts{
			home: "/outlets/7", area: rapid.Bool().Draw(t, "area"), silentAt: n("silentAt"), expired: n("expired"), within90: n("within90"), undated: n("undated"),
			supplies: n("supplies"), late: n("late"), noStock: n("noStock"), usable: n("usable"), peoplePast: n("peoplePast"), belowCover: rapid.Bool().Draw(t, "below"),
		}
		f.recipients, f.firsts = min(f.supplies, n("recipients")), min(f.supplies, n("firsts"))
		for i := range n("silent") % 7 {
			f.silent = append(f.silent, civil.MonthOf(2021, 4)+civil.Month(i))
		}
		list := choose(f)
		if len(list) != things {
			t.Fatalf("%d things to do: %+v", len(list), list)
		}
		seen := map[string]bool{}
		for _, a := range list {
			if a.words == "" || a.link == "" || !strings.HasPrefix(a.href, "/outlets/7") || seen[a.words] {
				t.Fatalf("%+v of %+v", a, list)
			}
			seen[a.words] = true
			if strings.HasPrefix(a.words, "0 ") || strings.Contains(a.words, " 0 ") {
				t.Fatalf("nothing is called for: %q", a.words)
			}
		}
		if f.expired > 0 && f.noStock == 0 && (f.area || f.usable > 0) && !strings.Contains(list[0].words, "past the last day") {
			t.Fatalf("expired kits come after %q", list[0].words)
		}
	})
}

func TestWords(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1200: "-1,200"} {
		if got := plain(n); got != want {
			t.Errorf("plain(%d) is %s, want %s", n, got, want)
		}
	}
	for _, c := range []struct {
		part, whole int
		want        string
	}{{0, 0, ""}, {0, 9, "0%"}, {1, 1000, "less than 1%"}, {1, 3, "33%"}, {2, 3, "67%"}, {999, 1000, "more than 99%"}, {5, 5, "100%"}, {1, 2, "50%"}} {
		if got := percent(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.part, c.whole, got, c.want)
		}
	}
	for p, want := range map[civil.Period]string{
		civil.Quarter(2026, 1): "April to June 2026", civil.FinancialYear(2025): "2025/26", civil.MonthPeriod(civil.MonthOf(2026, 7)): "July 2026", civil.Year(2021): "2021",
	} {
		if got := name(p); got != want {
			t.Errorf("%v is called %q, want %q", p, got, want)
		}
	}
	if got := inText("[a](http://b) *c*"); strings.Contains(got, "[a](") || strings.Contains(got, " *c") {
		t.Errorf("names become markup: %s", got)
	}
}
