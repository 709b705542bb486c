package survey

import (
	"io"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/table"
)

// TestAnAddressTakenAwayEndsItsLinks: whoever has a link that went to the wrong place can no longer change what was answered.
func TestAnAddressTakenAwayEndsItsLinks(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, barking, bristol := w.opened(Act2000)
		n, m := w.reply(r.ID, "E01").Number, w.reply(r.ID, "E02").Number
		done := form("provides", "yes", "dispensed", "58")
		for _, q := range r.QuestionsOf(Authority) {
			if _, is := done.Answers[q.Key]; q.Need && !is {
				done.Answers[q.Key] = Answer{State: measure.NotHeld}
			}
		}
		done.Done = true
		must(t, w.AnswerByToken(w.ctx, barking, done))
		equal(t, "status", w.reply(r.ID, "E01").Status, Answered)
		must(t, w.SetEmail(w.ctx, w.nora, r.ID, n, "right@example.org"))
		must(t, w.SetEmail(w.ctx, w.nora, r.ID, m, ""))
		for _, token := range []string{barking, bristol} {
			refused(t, w.AnswerByToken(w.ctx, token, form("provides", "yes")), fault.NotFound, "not known")
		}
		holds(t, "history", w.history(r.ID, "E02"), "Links made before have ended")
		must1(w.NewLink(w.ctx, w.nora, r.ID, m))(t)
		url := must1(w.NewLink(w.ctx, w.nora, r.ID, m))(t)
		must(t, w.SetEmail(w.ctx, w.nora, r.ID, n, ""))
		part := form("provides", "yes")
		part.Done = false
		must(t, w.AnswerByToken(w.ctx, strings.TrimPrefix(url, site+"/s/"), part)) // the other one's stands
	})
}

// TestDoubtsKnowWhatIsNotPublic: one that tells of a private answer, or of a round that is not published, is private.
func TestDoubtsKnowWhatIsNotPublic(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, _, err := w.importing("round,authority,question,answer\n2016/17,E01,provides,yes\n2016/17,E01,dispensed,60\n", false)
		must(t, err)
		r := w.draft(Act2000)
		started := r.question("started")
		started.Private = true
		must(t, w.Save(w.ctx, w.nora, r))
		must(t, w.Open(w.ctx, w.nora, r.ID))
		n, m := w.reply(r.ID, "E01").Number, w.reply(r.ID, "E02").Number
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, m, form("provides", "no", "started", "with Jo Bloggs")))
		must(t, w.AnswerFor(w.ctx, w.nora, r.ID, n, form("provides", "yes", "dispensed", "600", "purchased", "100")))
		private := func(code, question string) bool {
			for _, d := range w.reply(r.ID, code).Doubts {
				if d.Question == question {
					return d.Private
				}
			}
			t.Fatalf("no doubt about %s of %s", question, code)
			return false
		}
		equal(t, "an answer put aside", private("E02", "provides"), true)
		equal(t, "bought and given out", private("E01", "purchased"), false)
		equal(t, "the year before, not published", private("E01", "dispensed"), true)
		last := must1(w.Round(w.ctx, "2016-17"))(t)
		must(t, w.Publish(w.ctx, w.nora, last.ID))
		equal(t, "the year before, published", private("E01", "dispensed"), false)
	})
}

// TestOwnQuestionsOfTwoYears: what has the same key in two rounds is not the same question.
func TestOwnQuestionsOfTwoYears(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i, text := range []string{"How many pharmacies are there?", "How many vans are there?", "How many vans are there?"} {
			w.on(2017+i, 6, 1)
			r := &Round{
				Title: "T", Nation: w.id("E92000001"), Period: civil.FinancialYear(2016 + i), Act: NoAct, DueOn: w.today() + 30, ClosesOn: civil.None,
				Questions: []Question{{Key: "own_1", Number: "1", Text: text, Kind: Number}},
			}
			must(t, w.Save(w.ctx, w.nora, r))
			must(t, w.Open(w.ctx, w.nora, r.ID))
			v := []float64{100, 1, 90}[i]
			must(t, w.AnswerFor(w.ctx, w.nora, r.ID, w.reply(r.ID, "E01").Number, Sent{ID: [16]byte{byte(i + 1)}, Answers: map[string]Answer{"own_1": {State: measure.Reported, Number: &v}}}))
			equal(t, "doubts", w.doubts(r.ID, "E01"), []string{"", "", "own_1: Question 1: 1 the year before, 90 now."}[i])
		}
	})
}

// TestAKeyThatNoRoundCanHave is not there, on either engine.
func TestAKeyThatNoRoundCanHave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, key := range []string{"a\x00b", "\xff", "", "2017/18 ", strings.Repeat("a", 1<<20)} {
			_, err := w.Round(w.ctx, key)
			refused(t, err, fault.NotFound, "no such round")
			if key != "" { // all rounds
				_, err = w.ExportAnswers(w.ctx, table.NewWriter(io.Discard, Kind().Names()...), key, true)
				refused(t, err, fault.NotFound, "no such round")
			}
		}
	})
}

// TestSourcesInOpenData: what staff noted beside answers to a round of their own stays with them, also when it came in a file.
func TestSourcesInOpenData(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, _, _ := w.opened(Act2000)
		for _, file := range []string{"2016/17,E01,provides,yes,table 3\n", r.Key + ",E01,provides,yes,Jo Bloggs by telephone\n"} {
			_, _, err := w.importing("round,authority,question,answer,source\n"+file, false)
			must(t, err)
		}
		must(t, w.Close(w.ctx, w.nora, r.ID))
		must(t, w.Publish(w.ctx, w.nora, r.ID))
		must(t, w.Publish(w.ctx, w.nora, must1(w.Round(w.ctx, "2016-17"))(t).ID))
		all := w.export("", true)
		holds(t, "open data", all, "provides,yes,reported,table 3\n")
		if strings.Contains(all, "Bloggs") {
			t.Error("a note of staff is in the open data")
		}
		holds(t, "for staff", w.export(r.Key, false), "Jo Bloggs by telephone")
	})
}

// TestNumbersThatMayMeanTwo: a thousand as some write it is not taken for one.
func TestNumbersThatMayMeanTwo(t *testing.T) {
	for typed, want := range map[string]float64{"58.0": 58, "58.00": 58, "1,058": 1058, "1.000": -1, "12,5": -1} {
		v, ok := readNumber(typed, "kits")
		if ok != (want >= 0) || (ok && v != want) {
			t.Errorf("%s: %v %v", typed, v, ok)
		}
	}
}
