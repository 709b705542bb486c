package scorecard_test

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/scorecard"
	"everykit/support"
	"everykit/web/webtest"
)

func year(t *testing.T, s string) civil.Period {
	t.Helper()
	p, err := civil.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var rowName = regexp.MustCompile(`<th scope="row"[^>]*>(?:<span[^>]*>[^<]*</span><span>)?<a class="nhsuk-link" href="/areas/([A-Z0-9]+)/scorecard`)

// names are the codes of the authorities of a page, in order.
func names(body string) []string {
	_, body, _ = strings.Cut(body, `id="authorities"`)
	var list []string
	for _, m := range rowName.FindAllStringSubmatch(body, -1) {
		list = append(list, m[1])
	}
	return list
}

// TestTheTableOfANation sorts and narrows the table, and compares it with the room and with the file.
func TestTheTableOfANation(t *testing.T) {
	w := country(t)
	n := w.As(webtest.National)
	cards, err := w.Cards.Nation(t.Context(), w.Nation(w.Home).ID, year(t, "2025/26"))
	w.Must(err)
	want := map[scorecard.Verdict]int{}
	var byName []string
	for _, c := range cards {
		want[c.Lines[1].Verdict]++
		byName = append(byName, w.Snap().Area(c.Area).Code)
	}
	if len(cards) < 150 || want[scorecard.Met] == 0 || want[scorecard.Partly] == 0 || want[scorecard.NotMet] == 0 || want[scorecard.NotKnown] == 0 {
		t.Fatalf("the country is too plain: %v of %d", want, len(cards))
	}
	a := n.Open("/nation/scorecard")
	a.Says(t, "Scorecard of England, 2025/26", "provide kits", "it is not known", `href="`+england+`/gaps"`, `href="`+england+`/plan"`, "refused")
	a.Lacks(t, "NaN", "rank", "Rank", "#1")
	if !slices.Equal(names(a.Body), byName) {
		t.Error("the table is not by name")
	}
	for v, count := range want {
		q := "?period=2025-26&recommendation=2&verdict=" + v.String()
		a.Says(t, strings.ReplaceAll(england+"/scorecard?period=2025-26&recommendation=2&verdict="+v.String(), "&", "&amp;")+`#authorities">`+strconv.Itoa(count)+"</a>")
		if got := names(n.Open(england + "/scorecard" + q).Body); len(got) != count {
			t.Errorf("%d are %v, and %d are shown", count, v, len(got))
		}
		rows, err := csv.NewReader(strings.NewReader(n.Open(england + "/scorecard.csv" + q).Body)).ReadAll()
		w.Must(err)
		if len(rows) != 1+6*count {
			t.Errorf("the file has %d rows for %d authorities", len(rows), count)
		}
	}
	sorted := names(n.Open(england + "/scorecard?period=2025-26&order=2").Body)
	if len(sorted) != len(cards) || slices.Equal(sorted, byName) {
		t.Errorf("by coverage %d are shown", len(sorted))
	}
	of := map[string]scorecard.Card{}
	for _, c := range cards {
		of[w.Snap().Area(c.Area).Code] = c
	}
	last := 0.0
	for _, code := range sorted {
		if l := of[code].Lines[1]; l.Verdict == scorecard.Partly {
			if *l.Value < last {
				t.Errorf("%s with %.1f comes after %.1f", code, *l.Value, last)
			}
			last = *l.Value
		}
	}
	met := 0
	for _, code := range names(n.Open(england + "/scorecard?order=met").Body) {
		c := of[code]
		if k := c.Count(scorecard.Met); k < met {
			t.Errorf("%s meets %d, and comes after one that meets %d", code, k, met)
		} else {
			met = k
		}
	}
	london := names(n.Open(england + "/scorecard?region=E12000007").Body)
	if len(london) != 33 || !slices.Contains(london, "E09000002") {
		t.Errorf("London has %d authorities", len(london))
	}
	for _, odd := range []string{"?order=elf", "?order=9", "?verdict=elf", "?region=E09000002", "?recommendation=-1"} {
		if got := names(n.Open(england + "/scorecard" + odd).Body); !slices.Equal(got, byName) {
			t.Errorf("%s shows %d", odd, len(got))
		}
	}
	n.Open(england+"/scorecard?region=E12000007&recommendation=1&verdict=partly").Says(t, "No authority is as you asked.")
	n.Get("/nation/S92000003/scorecard").Is(t, http.StatusForbidden, "")
	w.As(webtest.Coordinator).Get(england+"/scorecard").Is(t, http.StatusForbidden, "")
	w.As(webtest.Analyst).Open(england + "/scorecard")
}

// TestGaps reads the gaps of a nation: all that the room finds, each with what closes it and what is being done.
func TestGaps(t *testing.T) {
	w := country(t)
	n := w.As(webtest.National)
	all, err := w.Cards.Gaps(t.Context(), w.Nation(w.Home).ID, year(t, "2025/26"), 100)
	w.Must(err)
	if len(all) < 50 {
		t.Fatalf("only %d gaps", len(all))
	}
	a := n.Open("/nation/gaps")
	a.Says(t, strconv.Itoa(len(all))+" gaps in", "Fewer kits than people need", `href="/guidance/starting-provision"`, "Plan an action", `id="low_coverage"`, `value="100"`)
	words := a.Words()
	for _, g := range all {
		webtest.Says(t, words, strings.Join(strings.Fields(g.Says), " "), strings.Join(strings.Fields(g.Close), " "))
	}
	rows, err := csv.NewReader(strings.NewReader(n.Open(england + "/gaps.csv?period=2025-26&target=100").Body)).ReadAll()
	w.Must(err)
	if len(rows) != len(all)+1 || rows[1][0] != string(all[0].Kind) {
		t.Errorf("the file has %d rows for %d gaps", len(rows), len(all))
	}
	few, err := w.Cards.Gaps(t.Context(), w.Nation(w.Home).ID, year(t, "2025/26"), 10)
	w.Must(err)
	n.Open(england+"/gaps?target=10").Says(t, strconv.Itoa(len(few))+" gaps in", `value="10"`)
	for _, bad := range []string{"0", "-3", "elf", "NaN", "Inf", "1001", "1e9"} {
		got := n.Get(england + "/gaps?target=" + bad)
		got.Is(t, http.StatusUnprocessableEntity, "", `id="target-error"`, `value="`+bad+`"`)
		n.Get(england+"/gaps.csv?target="+bad).Is(t, http.StatusUnprocessableEntity, "")
	}
	n.Open(england+"/gaps").Says(t, `href="`+barking+`/support/`+strconv.Itoa(w.Ask)+`">Asked</a>`)
	w.Must(w.Support.Ask(t.Context(), w.Person(webtest.Coordinator), [16]byte{9}, support.Action{Area: w.Home.Area, Gap: all[indexOf(t, all, w.Home.Area)].Kind, Help: support.Call, Says: "Ring us"}))
	n.Open(england+"/gaps").Says(t, `href="`+barking+`/support">2 actions</a>`)
	analyst := w.As(webtest.Analyst).Open(england + "/gaps")
	analyst.Lacks(t, "Plan an action")
	w.As(webtest.Coordinator).Get(england+"/gaps").Is(t, http.StatusForbidden, "")
}

func indexOf(t *testing.T, all []scorecard.Gap, area int) int {
	t.Helper()
	i := slices.IndexFunc(all, func(g scorecard.Gap) bool { return g.Area == area })
	if i < 0 {
		t.Fatal("the authority has no gap")
	}
	return i
}

// TestPlan reads the plan for two targets: what is known of each authority, and why not.
func TestPlan(t *testing.T) {
	w := country(t)
	n := w.As(webtest.National)
	for query, target := range map[string]scorecard.Target{"": {Per100: 100}, "?by=deaths": {PerDeath: 20}, "?by=people&target=20": {Per100: 20}} {
		p, err := w.Cards.Plan(t.Context(), w.Nation(w.Home).ID, year(t, "2026/27"), target)
		w.Must(err)
		a := n.Open(england + "/plan" + query)
		a.Says(t, "Kits needed in England, 2026/27", "not known")
		a.Lacks(t, "NaN")
		for _, d := range scorecard.PlanDefinition {
			webtest.Says(t, a.Words(), d.Term, d.Words)
		}
		if p.Total.ToBuy != nil {
			webtest.Says(t, a.Words(), strconv.Itoa(p.With)+" of "+strconv.Itoa(len(p.Rows))+" authorities")
		}
		rows, err := csv.NewReader(strings.NewReader(n.Open(england + "/plan.csv" + query).Body)).ReadAll()
		w.Must(err)
		if len(rows) != len(p.Rows)+1 {
			t.Fatalf("the file has %d rows for %d", len(rows), len(p.Rows))
		}
		for i, r := range p.Rows {
			buy := ""
			if r.ToBuy != nil {
				buy = strconv.Itoa(*r.ToBuy)
			}
			if got := rows[i+1]; got[10] != buy || got[2] != r.State.String() {
				t.Errorf("row %d is %q, to buy %q", i+1, got, buy)
			}
		}
	}
	for _, bad := range []string{"0", "-1", "many", "5000"} {
		n.Get(england+"/plan?target="+bad).Is(t, http.StatusUnprocessableEntity, "", `id="target-error"`)
	}
	w.As(webtest.Coordinator).Get(england+"/plan").Is(t, http.StatusForbidden, "")
}
