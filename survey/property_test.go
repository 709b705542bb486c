package survey

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/measure"
	"everykit/store"
	"everykit/store/storetest"
)

// randomRound has questions that depend on earlier ones, as deep as they come.
func randomRound(t *rapid.T) *Round {
	r := &Round{ID: 1, State: Open, Period: civil.FinancialYear(2017)}
	n := rapid.IntRange(2, 9).Draw(t, "questions")
	for i := range n {
		q := Question{Key: fmt.Sprintf("q%d", i), Number: fmt.Sprint(i + 1), Text: "?", Kind: QuestionKind(rapid.IntRange(1, 4).Draw(t, "kind")), Need: rapid.Bool().Draw(t, "need")}
		if q.Kind == One || q.Kind == Any {
			q.Options = []Option{{Key: "a", Words: "A"}, {Key: "b", Words: "B"}, {Key: "c", Words: "C", Alone: true}}
		}
		if i > 0 && rapid.Bool().Draw(t, "depends") {
			on := &r.Questions[rapid.IntRange(0, i-1).Draw(t, "on")]
			switch on.Kind {
			case Number:
				q.Only = &Condition{Question: on.Key, More: true}
			case One, Any:
				q.Only = &Condition{Question: on.Key, Options: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 3, rapid.ID).Draw(t, "options")}
			}
		}
		r.Questions = append(r.Questions, q)
	}
	return r
}

func randomAnswer(t *rapid.T, q *Question) Answer {
	if rapid.IntRange(0, 4).Draw(t, "state") == 0 {
		return Answer{State: rapid.SampledFrom([]measure.State{0, measure.DontKnow, measure.NotHeld, measure.Refused, measure.NotProvided}).Draw(t, "which")}
	}
	switch q.Kind {
	case Number:
		v := float64(rapid.IntRange(0, 3).Draw(t, "number"))
		return Answer{Number: &v}
	case One:
		return Answer{Options: []string{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "option")}}
	case Any:
		return Answer{Options: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b"}), 1, 2, rapid.ID).Draw(t, "any")}
	}
	return Answer{Text: rapid.SampledFrom([]string{"x", "a\tb\nc\\d", "=1"}).Draw(t, "text")}
}

// TestSkipRulesProperty sends random forms to random questions. Whatever comes: no question that is left out has an answer,
// nothing that was sent to one that is asked is lost, and what is stored is read back the same.
func TestSkipRulesProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := randomRound(t)
		if bad := checkQuestions(r.Questions); len(bad) > 0 {
			t.Fatal(bad)
		}
		c := &change{tx: &store.Tx{Now: time.UnixMilli(1_500_000_000_000)}, round: r, w: &record{Reply: Reply{Respondent: Respondent{Kind: Authority}, Answers: map[string]Answer{}, Aside: map[string]Answer{}, Version: 1}}}
		for range rapid.IntRange(1, 4).Draw(t, "forms") {
			given := map[string]Answer{}
			for i := range r.Questions {
				if rapid.Bool().Draw(t, "answered") {
					given[r.Questions[i].Key] = randomAnswer(t, &r.Questions[i])
				}
			}
			given, err := r.tidied(Authority, given)
			if err != nil {
				t.Fatal(err)
			}
			c.merge(maps.Clone(given), ByLink, "")
			out := r.leftOut(Authority, c.w.Answers)
			for key := range c.w.Answers {
				if out[key] {
					t.Fatalf("%s is left out and has an answer: %v", key, c.w.Answers)
				}
			}
			for key := range c.w.Aside {
				if !out[key] {
					t.Fatalf("%s is put aside and asked", key)
				}
			}
			for key, a := range given {
				if is, has := c.w.Answers[key]; !out[key] && has != !a.IsBlank() || (has && !is.same(a)) {
					t.Fatalf("%s was sent as %v and is %v", key, a, is)
				}
			}
			for _, q := range r.Missing(Authority, c.w.Answers) {
				if _, has := c.w.Answers[q.Key]; has || out[q.Key] {
					t.Fatalf("%s is not missing", q.Key)
				}
			}
			back, err := unpack(pack(c.w.Answers))
			if err != nil || !reflect.DeepEqual(back, c.w.Answers) {
				t.Fatalf("packed and unpacked: %v (%v), was %v", back, err, c.w.Answers)
			}
		}
	})
}

// FuzzCells reads any cell as an answer to each kind of question. What is taken is right in itself and reads the same when
// it is written out.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"58", "1,058", "1 058 kits", "58.0", "-1", "1e9", "don't know", "none", "yes", "referral; training", "none;training", "", "=1+1", "\u00a012", "Information not held", "'a"} {
		f.Add(s, "")
		f.Add(s, "not_held")
		f.Add(s, "reported")
	}
	r := Round{Questions: Template()}
	f.Fuzz(func(t *testing.T, cell, state string) {
		for _, key := range []string{"dispensed", "provides", "requires", "comments"} {
			q := r.question(key)
			a, bad := q.readCells(cell, state)
			if bad != nil {
				if bad.Message == "" || bad.Field == "" {
					t.Errorf("%q, %q: a fault without words: %+v", cell, state, bad)
				}
				continue
			}
			if a.Number != nil && (*a.Number < 0 || *a.Number != math.Trunc(*a.Number) || *a.Number > mostNumber) || a.State == 0 || a.State.HasNumber() != (a.Number != nil || a.Options != nil || a.Text != "") {
				t.Errorf("%q, %q to %s: %+v", cell, state, key, a)
			}
			again, bad := q.readCells(a.cellText(), a.State.String())
			if bad != nil || !again.same(a) {
				t.Errorf("%q, %q to %s: %+v is read again as %+v (%v)", cell, state, key, a, again, bad)
			}
		}
	})
}

// BenchmarkReplies reads the replies of 152 authorities with 40 answers each, with their doubts.
func BenchmarkReplies(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			now := morning
			open := storetest.SQLite
			if engine == "postgres" {
				open = storetest.Postgres
			}
			w := newWorld(b, open(b, func() time.Time { return now }), &now)
			r := w.bigRound(2016)
			r = w.bigRound(2017)
			b.Run("Replies", func(b *testing.B) {
				for b.Loop() {
					if list := must1(w.Replies(w.ctx, r.ID))(b); len(list) < 152 {
						b.Fatal(len(list))
					}
				}
			})
			b.Run("ForPeriod", func(b *testing.B) {
				for b.Loop() {
					_, replies, err := w.ForPeriod(w.ctx, r.Nation, r.Period)
					if err != nil || len(replies) < 152 {
						b.Fatal(err)
					}
				}
			})
			b.Run("Reply", func(b *testing.B) {
				for b.Loop() {
					must1(w.Reply(w.ctx, r.ID, 5))(b)
				}
			})
		})
	}
}

// bigRound is a round of 152 authorities that have answered everything, come in by a file.
func (w *world) bigRound(year int) *Round {
	body := "round,authority,question,answer,source\n"
	for i := range 152 {
		code := fmt.Sprintf("X%03d", i)
		if _, ok := w.snap().AreaByCode(code); !ok {
			w.area(code, "Authority "+code, "authority", "E92000001")
		}
		for _, q := range Template() {
			if !q.IsFor(Authority) || q.Key == "plans" {
				continue
			}
			answer := "some words, as people write them"
			switch q.Kind {
			case Number:
				answer = fmt.Sprint(100 + i)
			case One:
				answer = q.Options[0].Key
			case Any:
				answer = q.Options[0].Key + ";" + q.Options[1].Key
			}
			body += fmt.Sprintf("%s,%s,%s,\"%s\",a letter\n", civil.FinancialYear(year), code, q.Key, answer)
		}
	}
	_, _, err := w.importing(body, false)
	must(w.t, err)
	return must1(w.Round(w.ctx, civil.FinancialYear(year).String()))(w.t)
}
