package scorecard

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/measure"
	"everykit/support"
)

var silences = []measure.State{measure.NotAsked, measure.NoReply, measure.DontKnow, measure.NotHeld, measure.Refused, measure.NotProvided}

// yesNo draws an answer to a question of yes or no, or why there is none.
func yesNo(t *rapid.T, name string) told {
	switch n := rapid.IntRange(0, 3).Draw(t, name); n {
	case 0, 1:
		return told{state: measure.Reported, options: []string{[]string{"yes", "no"}[n]}, on: 1, open: civil.None, source: "answer"}
	}
	return told{state: rapid.SampledFrom(silences).Draw(t, name+" state"), on: civil.None, open: civil.None}
}

// some draws an answer of any of several options.
func some(t *rapid.T, name string, options []string) told {
	switch rapid.IntRange(0, 3).Draw(t, name+" answered") {
	case 0:
		return told{state: measure.Reported, options: options, on: 1, open: civil.None, source: "answer"}
	case 1, 2:
		return told{state: measure.Reported, options: rapid.SliceOfDistinct(rapid.SampledFrom(options), rapid.ID[string]).Draw(t, name), on: 1, open: civil.None, source: "answer"}
	}
	return told{state: rapid.SampledFrom(silences).Draw(t, name+" state"), on: civil.None, open: civil.None}
}

func maybe(t *rapid.T, name string, from, to float64) *float64 {
	switch rapid.IntRange(0, 3).Draw(t, name+" known") {
	case 0:
		return nil
	case 1:
		return number(from)
	}
	return number(rapid.Float64Range(from, to).Draw(t, name))
}

// people draws a small whole number, so that a ratio is often just what a rule asks for, or just not.
func people(t *rapid.T, name string, least int) *float64 {
	if rapid.IntRange(0, 4).Draw(t, name+" known") == 0 {
		return nil
	}
	return number(rapid.IntRange(least, 12).Draw(t, name))
}

// holds checks what is true of every line.
func holds(t *rapid.T, l Line, recommendation int, want Verdict) {
	t.Helper()
	if l.Verdict != want {
		t.Fatalf("%s, and the rules say %s: %+v", l.Verdict.Words(), want.Words(), l)
	}
	if l.Recommendation != recommendation || l.Title != titles[recommendation-1] || !strings.HasSuffix(l.Evidence, ".") || strings.Contains(l.Evidence, "..") ||
		strings.Contains(l.Evidence, "%!") || strings.Contains(l.Evidence, "  ") || l.Evidence[:1] != strings.ToUpper(l.Evidence[:1]) {
		t.Fatalf("a line that nobody can read: %+v", l)
	}
	if (l.Verdict == NotKnown) && !strings.Contains(strings.ToLower(l.Evidence), "not known") {
		t.Fatalf("it does not say that it is not known: %+v", l)
	}
	if l.State == 0 {
		t.Fatalf("no state: %+v", l)
	}
	if l.Verdict != Partly && l.Plans {
		t.Fatalf("planned, and %s", l.Verdict.Words())
	}
}

func TestProvisionFollowsTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := provision{
			kits: maybe(t, "kits", 0, 500), partial: rapid.Bool().Draw(t, "partial"), provides: yesNo(t, "provides"), plans: yesNo(t, "plans"), kitsSource: "ledger", kitsState: measure.Counted,
			state: rapid.SampledFrom(silences).Draw(t, "state"),
		}
		want := NotKnown
		switch {
		case p.kits != nil && *p.kits > 0, p.provides.yes():
			want = Met
		case p.provides.no() && p.plans.yes():
			want = Partly
		case p.provides.no():
			want = NotMet
		case p.kits != nil && !p.partial:
			want = NotMet
		}
		l := judgeProvision(p)
		holds(t, l, 1, want)
		if l.Plans != (want == Partly) {
			t.Fatalf("plans: %+v", l)
		}
		if want == Met && p.provides.no() && !strings.Contains(l.Evidence, "says that kits are not provided") {
			t.Fatalf("the sources differ and the evidence says one: %+v", l)
		}
		if p.provides.state == measure.NoReply && want == NotKnown && (l.State != measure.NoReply || l.Evidence != "Not known: no reply.") {
			t.Fatalf("no reply is %+v", l)
		}
	})
}

func TestCoverageFollowsTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := coverage{
			kits: people(t, "kits", 0), people: people(t, "people", 1), partial: rapid.Bool().Draw(t, "partial"), provides: yesNo(t, "provides"),
			answered: maybe(t, "answered", 0, 500), published: maybe(t, "published", 0, 99), state: rapid.SampledFrom(silences).Draw(t, "state"), on: civil.None, open: civil.None,
		}
		if c.kits != nil {
			c.state = measure.NoDenominator
			if c.people != nil {
				c.value, c.state = number(100**c.kits / *c.people), measure.Counted
			}
		}
		want := NotKnown
		switch {
		case c.value == nil:
			if c.provides.no() && (c.kits == nil || *c.kits == 0) {
				want = NotMet
			}
		case *c.value >= 100:
			want = Met
		case *c.value > 0:
			want = Partly
		case !c.partial:
			want = NotMet
		}
		l := judgeCoverage(c)
		holds(t, l, 2, want)
		if (l.Value == nil) != (want == NotKnown) {
			t.Fatalf("value: %+v", l)
		}
		if c.published != nil && (want == NotKnown && c.value == nil) != strings.Contains(l.Evidence, "It was published as") {
			t.Fatalf("a published coverage is told where nothing was computed, and never judged: %+v", l)
		}
		if want == Partly && (!strings.Contains(l.Evidence, " / ") || *l.Value != *c.value) {
			t.Fatalf("no numbers: %+v", l)
		}
	})
}

// The threshold itself is met; one kit fewer is not.
func TestAKitForEachPersonIsEnough(t *testing.T) {
	for kits, want := range map[float64]Verdict{0: NotMet, 1: Partly, 860: Partly, 861: Met, 862: Met, 5000: Met} {
		l := judgeCoverage(coverage{kits: number(kits), people: number(861), value: number(100 * kits / 861), state: measure.Counted, open: civil.None})
		if l.Verdict != want {
			t.Errorf("%v kits for 861 people: %s", kits, l.Verdict)
		}
	}
}

func TestRecipientsFollowTheRule(t *testing.T) {
	all := slices.Concat(inTreatment, notTreatment, []string{"other"})
	rapid.Check(t, func(t *rapid.T) {
		r := recipients{yesNo(t, "provides"), yesNo(t, "anyone"), some(t, "groups", all), rapid.Bool().Draw(t, "given")}
		has := func(list []string) (n int) {
			for _, g := range list {
				if r.groups.is(g) {
					n++
				}
			}
			return n
		}
		every := has(inTreatment) == len(inTreatment) && has(notTreatment) == len(notTreatment)
		want := NotKnown
		switch {
		case r.provides.no() && !r.given:
			want = NotMet
		case r.anyone.yes(), every && !r.anyone.no():
			want = Met
		case has(notTreatment)+has([]string{"other"}) > 0:
			want = Partly
		case r.groups.known():
			want = NotMet
		}
		holds(t, judgeRecipients(r), 3, want)
	})
}

func TestRequirementsFollowTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := requirements{
			provides: yesNo(t, "provides"), answer: some(t, "requires", []string{"none"}), given: rapid.Bool().Draw(t, "given"),
			registry: rapid.Bool().Draw(t, "registry"), on: civil.None,
		}
		if rapid.Bool().Draw(t, "something") {
			r.answer = told{state: measure.Reported, options: []string{"referral"}, open: civil.None}
			r.what = []string{"a referral"}
		} else if r.answer.known() {
			r.answer.options = []string{"none"}
		}
		if r.registry {
			r.public = rapid.IntRange(0, 5).Draw(t, "public")
			r.known = rapid.IntRange(0, r.public).Draw(t, "known")
			r.asks = rapid.IntRange(0, r.known).Draw(t, "asks")
		}
		want := NotKnown
		switch {
		case r.known > 0 && r.asks == 0 && r.known == r.public:
			want = Met
		case r.known > 0 && r.asks < r.known:
			want = Partly
		case r.known > 0:
			want = NotMet
		case r.provides.no() && !r.given:
			want = NotMet
		case r.answer.is("none"):
			want = Met
		case r.answer.known():
			want = NotMet
		}
		holds(t, judgeRequirements(r), 4, want)
	})
}

func TestRecordsFollowTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := records{
			provides: yesNo(t, "provides"), given: rapid.Bool().Draw(t, "given"), bought: yesNo(t, "bought"), out: yesNo(t, "out"), last: yesNo(t, "last"),
			recalls: yesNo(t, "recalls"), reissues: yesNo(t, "reissues"), source: "ledger", on: 1,
		}
		if rapid.Bool().Draw(t, "receipts") {
			r.byLedger[0], r.byLedger[2] = true, true
		}
		r.byLedger[1] = rapid.Bool().Draw(t, "supplies")
		yes, no := 0, 0
		for i, a := range []told{r.bought, r.out, r.last} {
			if r.byLedger[i] || a.yes() {
				yes++
			} else if a.no() {
				no++
			}
		}
		want := NotKnown
		switch {
		case yes == 3:
			want = Met
		case yes > 0:
			want = Partly
		case no == 3:
			want = NotMet
		case no == 0 && r.provides.no() && !r.given:
			want = NotMet
		}
		holds(t, judgeRecords(r), 5, want)
	})
}

func TestSupportFollowsTheRule(t *testing.T) {
	year := civil.FinancialYear(2026)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(support.GapKinds())
		h := helped{
			gaps: rapid.SliceOfDistinct(kind, rapid.ID[support.GapKind]).Draw(t, "gaps"), known: rapid.Bool().Draw(t, "known"), today: year.First() + 100,
			year: year, state: rapid.SampledFrom(silences).Draw(t, "state"),
		}
		good := map[support.GapKind]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "actions") {
			a := support.Action{Gap: kind.Draw(t, "gap"), State: support.State(rapid.IntRange(1, 5).Draw(t, "state")), DueOn: civil.None, AskedAt: (year.First() - 50).Time()}
			since := rapid.Bool().Draw(t, "this year")
			if since {
				a.AskedAt = year.First().Time()
			}
			if rapid.Bool().Draw(t, "owner") {
				a.OwnerNot = "The clerk"
			}
			if rapid.Bool().Draw(t, "day") {
				a.DueOn = year.Last()
			}
			h.actions = append(h.actions, a)
			open := a.State != support.Done && a.State != support.Declined
			if a.OwnerNot != "" && a.DueOn != civil.None && (open || (a.State == support.Done && since)) {
				good[a.Gap] = true
			}
		}
		n := 0
		for _, g := range h.gaps {
			if good[g] {
				n++
			}
		}
		want := NotMet
		switch {
		case len(h.gaps) == 0 && !h.known:
			want = NotKnown
		case n == len(h.gaps):
			want = Met
		case n > 0:
			want = Partly
		}
		holds(t, judgeSupport(h), 6, want)
	})
}

func TestRulesNameEveryRecommendation(t *testing.T) {
	rules := Rules()
	if len(rules) != 6 {
		t.Fatalf("%d rules", len(rules))
	}
	for i, r := range rules {
		if r.Recommendation != i+1 || r.Title != titles[i] || r.Met == "" || r.Partly == "" || r.NotMet == "" || r.From == "" {
			t.Errorf("%+v", r)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[float64]string{0: "0 kits", 1: "1 kit", 999: "999 kits", 1000: "1,000 kits", 1234567: "1,234,567 kits", -1234: "-1,234 kits"} {
		if got := kits(n); got != want {
			t.Errorf("%v is %q", n, got)
		}
	}
	if got := listed([]string{"a", "b", "c"}); got != "a, b and c" {
		t.Error(got)
	}
}
