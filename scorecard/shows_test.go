package scorecard_test

import (
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/measure"
	"everykit/scorecard"
	"everykit/support"
)

// What is known of the rounds of 2016/17 and 2017/18 from public sources.
const knownAnswers = `round,authority,question,answer,state,source
2016/17,E09000017,provides,yes,,Ealing Times
2016/17,E09000017,dispensed,40,,Ealing Times
2016/17,E09000009,provides,yes,,Ealing Times
2016/17,E09000002,provides,yes,,Barking and Dagenham Post
2016/17,E09000002,dispensed,58,,Barking and Dagenham Post
2016/17,E09000031,provides,,no_reply,release.org.uk
2016/17,E06000027,provides,yes,,docsbay.net
2016/17,E06000027,clients,510,,docsbay.net
2016/17,E10000008,provides,yes,,new.devon.gov.uk
2016/17,E10000008,purchased,,not_held,new.devon.gov.uk
2017/18,E06000005,provides,no,,The Northern Echo
2017/18,E06000005,plans,no,,The Northern Echo
2017/18,E06000036,provides,no,,release.org.uk
2017/18,E06000036,plans,yes,,release.org.uk
2017/18,E06000012,provides,no,,release.org.uk
2017/18,E06000012,plans,yes,,release.org.uk
`

var summer2018 = time.Date(2018, time.June, 15, 12, 0, 0, 0, time.UTC)

func TestTheKnownCases(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("answers", knownAnswers)

		darlington := w.card("E06000005", "2017/18")
		says(t, darlington.Lines[0], scorecard.NotMet, "Not provided, and no plan to.")
		if darlington.Lines[0].Plans || !strings.Contains(darlington.Lines[0].Source, "The Northern Echo") {
			t.Errorf("%+v", darlington.Lines[0])
		}
		says(t, darlington.Lines[1], scorecard.NotMet, "not provided")
		says(t, darlington.Lines[2], scorecard.NotMet)
		says(t, darlington.Lines[5], scorecard.NotMet, "none has an action")

		for _, code := range []string{"E06000036", "E06000012"} {
			l := w.line(code, "2017/18", 1)
			says(t, l, scorecard.Partly, "plans to")
			if !l.Plans {
				t.Errorf("%s has no plans: %+v", code, l)
			}
		}

		waltham := w.card("E09000031", "2016/17")
		for _, l := range waltham.Lines[:5] {
			says(t, l, scorecard.NotKnown, "Not known: no reply.")
			if l.State != measure.NoReply || l.Value != nil || l.Plans {
				t.Errorf("%+v", l)
			}
		}
		if g := w.gaps("E09000031", "2016/17"); len(g) != 1 || g[support.NoReply].Says == "" {
			t.Errorf("gaps %+v", g)
		}

		barking := w.card("E09000002", "2016/17")
		says(t, barking.Lines[0], scorecard.Met, "58 kits")
		l := barking.Lines[1]
		says(t, l, scorecard.Partly, "6.7 kits per 100 people (58 / 861).")
		if l.Value == nil || *l.Value < 6.7363 || *l.Value > 6.7364 || !strings.Contains(l.Source, "answer to the round") || !strings.Contains(l.Source, "2014/15") ||
			l.On != period("2016/17").Last() {
			t.Errorf("%+v", l)
		}
		low := w.gaps("E09000002", "2016/17")[support.LowCoverage]
		if low.Kits == nil || *low.Kits != 803 || low.Cost != nil || low.Weight != 803 {
			t.Errorf("%+v", low)
		}

		// Hillingdon: 40 kits and no estimate of people. A coverage of 3 that was published without its parts is not made up.
		hillingdon := w.line("E09000017", "2016/17", 2)
		says(t, hillingdon, scorecard.NotKnown, "40 kits given out.", "no estimate to divide by")
		if hillingdon.State != measure.NoDenominator || hillingdon.Value != nil {
			t.Errorf("%+v", hillingdon)
		}
		says(t, w.line("E09000009", "2016/17", 1), scorecard.Met)
		says(t, w.line("E09000009", "2016/17", 2), scorecard.NotKnown)
		says(t, w.line("E06000027", "2016/17", 1), scorecard.Met)

		// The other year's round says nothing of this one.
		if l := w.line("E06000005", "2016/17", 1); l.Verdict != scorecard.NotKnown || l.State == measure.Zero {
			t.Errorf("Darlington 2016/17: %+v", l)
		}
	})
}

// The answer and a return of the same kits are one: never added, and told where they differ.
func TestSourcesAreNeverAdded(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("answers", knownAnswers)
		w.take("returns", "area,period,measure,value,source\nE09000002,2016/17,dispensed,58,a return\nE09000031,2016/17,dispensed,5,a return\nE06000005,2017/18,dispensed,7,a return\n")
		l := w.line("E09000002", "2016/17", 2)
		says(t, l, scorecard.Partly, "(58 / 861).")
		if strings.Contains(l.Evidence, "answer to the round") || !strings.Contains(l.Source, "a return") {
			t.Errorf("%+v", l)
		}
		w.take("returns", "area,period,measure,value,published_on,source\nE09000002,2016/17,dispensed,60,2018-06-01,a later return\n")
		says(t, w.line("E09000002", "2016/17", 2), scorecard.Partly, "(60 / 861).", "The answer to the round says 58 kits.")
		// A return speaks where the round got no reply; and against an answer.
		says(t, w.line("E09000031", "2016/17", 1), scorecard.Met, "5 kits given out")
		l = w.line("E06000005", "2017/18", 1)
		says(t, l, scorecard.Met, "7 kits given out", "The answer to the round says that kits are not provided.")
	})
}

func TestANationsCards(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("answers", knownAnswers)
		england := w.id("E92000001")
		cards, err := w.Nation(w.ctx, england, period("2017/18"))
		must(t, err)
		if len(cards) != 152 {
			t.Fatalf("%d cards", len(cards))
		}
		began := time.Now()
		cards, err = w.Nation(w.ctx, england, period("2017/18"))
		must(t, err)
		t.Logf("152 cards in %s", time.Since(began))
		counts := map[scorecard.Verdict]int{}
		for _, c := range cards {
			counts[c.Lines[0].Verdict]++
			one := w.card(code(w, c.Area), "2017/18")
			if one != c && !same(one, c) {
				t.Fatalf("alone %+v\namong all %+v", one, c)
			}
			if len(counts) > 3 {
				break
			}
		}
		if _, err := w.Nation(w.ctx, england, period("2018")); !fault.Is(err, fault.Invalid) {
			t.Error("a calendar year:", err)
		}
		if _, err := w.Nation(w.ctx, england, period("2030/31")); !fault.Is(err, fault.Invalid) {
			t.Error("a year to come:", err)
		}
		if _, err := w.Of(w.ctx, 999999, period("2017/18")); !fault.Is(err, fault.NotFound) {
			t.Error("no area:", err)
		}
		if _, err := w.Of(w.ctx, england, period("2017/18")); !fault.Is(err, fault.NotFound) {
			t.Error("a nation is no authority:", err)
		}
	})
}

func code(w *world, area int) string {
	snap, err := w.reg.Now(w.ctx)
	must(w.t, err)
	return snap.Area(area).Code
}

// same compares cards, numbers by what they are.
func same(a, b scorecard.Card) bool {
	for i := range a.Lines {
		x, y := a.Lines[i], b.Lines[i]
		if (x.Value == nil) != (y.Value == nil) || x.Value != nil && *x.Value != *y.Value {
			return false
		}
		x.Value, y.Value = nil, nil
		if x != y {
			return false
		}
	}
	return a.Area == b.Area && a.Year == b.Year
}

func TestAnActionOnEveryGapMeetsTheLastLine(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("answers", knownAnswers)
		of := w.id("E06000005")
		gaps := w.gaps("E06000005", "2017/18")
		if len(gaps) == 0 {
			t.Fatal("no gaps")
		}
		n := 0
		for k := range gaps {
			a := support.Action{Area: of, Gap: k, Help: support.Call, Says: "Begin.", OwnerNot: "Head of public health"}
			if n > 0 || len(gaps) == 1 {
				a.DueOn = w.led.Today() + 30
			}
			must(t, w.help.Ask(w.ctx, operator, newID(), a))
			n++
		}
		l := w.line("E06000005", "2017/18", 6)
		if len(gaps) == 1 {
			says(t, l, scorecard.Met, "1 of 1 gap has")
			return
		}
		says(t, l, scorecard.Partly)
	})
}
