package survey

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"everykit/store"
)

// Thresholds of the checks. Small numbers move much from year to year, so a difference must also be some kits.
const (
	jump      = 3.0 // times: this year against last
	jumpKits  = 20.0
	shareOff  = 0.1 // of the larger: a number against the ledger, or against what was said a year ago
	kitsOff   = 10.0
	farBelow  = 2.0 // times: bought against given out
	belowKits = 20.0
)

// doubt fills in the doubts of replies: what is odd in itself, against the ledger, against the year before, and what staff
// asked. All are found afresh from what is stored, so a corrected answer is without doubt at once.
func (s *Survey) doubt(ctx context.Context, tx *store.Tx, r *Round, list []record) error {
	last, before, err := s.yearBefore(ctx, tx, r, list)
	if err != nil {
		return err
	}
	asked, err := queries(ctx, tx, r, list)
	if err != nil {
		return err
	}
	for i := range list {
		w := &list[i]
		d := &doubting{r: r, w: w, last: last, before: before[w.self()], says: map[string][]string{}, private: map[string]bool{}}
		d.check()
		w.Doubts = d.doubts(asked[w.Number])
	}
	return nil
}

// self is who a respondent is, over the years.
func (p *Respondent) self() string {
	if p.Kind == Authority {
		return fmt.Sprint(p.Kind, p.Area)
	}
	return fmt.Sprint(p.Kind, p.Area, strings.ToLower(p.Name))
}

// yearBefore reads what respondents answered in the round of the period before, by who they are.
func (s *Survey) yearBefore(ctx context.Context, tx *store.Tx, r *Round, list []record) (*Round, map[string]map[string]Answer, error) {
	last, err := latestFor(ctx, tx, r.Nation, r.Period.Before(), r.ID)
	if err != nil || last == nil || len(list) == 0 {
		return nil, nil, err
	}
	where, args := "round = ?", []any{last.ID}
	if len(list) == 1 {
		where, args = where+" AND area = ?", append(args, list[0].Area)
	}
	answers := map[string]map[string]Answer{}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var p Respondent
		var packed string
		err := scan(&p.Kind, &p.Area, &p.Name, &packed)
		if err == nil {
			answers[p.self()], err = unpack(packed)
		}
		return err
	}, "SELECT kind, area, name, answers FROM survey_respondent WHERE "+where, args...)
	return last, answers, err
}

// doubting collects what is odd about one reply.
type doubting struct {
	r       *Round
	w       *record
	last    *Round            // that of a year ago, nil if there is none
	before  map[string]Answer // to it
	says    map[string][]string
	private map[string]bool
}

func (d *doubting) say(question, format string, args ...any) {
	if d.r.question(question) != nil {
		d.says[question] = append(d.says[question], fmt.Sprintf(format, args...))
	}
}

// tells notes of a doubt about one question that it has the answers to others in it.
func (d *doubting) tells(about string, others ...string) {
	for _, key := range others {
		if q := d.r.question(key); q != nil && q.Private {
			d.private[about] = true
		}
	}
}

// tellsOfLast notes of a doubt that it has an answer to the round of a year ago in it.
func (d *doubting) tellsOfLast(about, question string) {
	if q := d.last.question(question); d.last.State != Published || (q != nil && q.Private) {
		d.private[about] = true
	}
}

func (d *doubting) check() {
	d.aside()
	d.boughtAndGiven()
	d.againstLastYear()
	d.againstLedger()
}

func numberIn(answers map[string]Answer, question string) (float64, bool) {
	a, ok := answers[question]
	if !ok || a.Number == nil {
		return 0, false
	}
	return *a.Number, true
}

func chose(answers map[string]Answer, question, option string) bool {
	return slices.Contains(answers[question].Options, option)
}

// aside: they answered what another of their answers leaves out.
func (d *doubting) aside() {
	for i := range d.r.Questions {
		q := &d.r.Questions[i]
		a, ok := d.w.Aside[q.Key]
		if !ok || q.Only == nil {
			continue
		}
		on := d.r.question(q.Only.Question)
		if ruled, has := d.w.Answers[on.Key]; has {
			d.tells(on.Key, q.Key)
			d.say(on.Key, "They answered %q to %q, and yet wrote %s: %s.", on.Say(ruled), on.Label(), q.Label(), quoted(q.Say(a)))
		}
	}
}

// boughtAndGiven: more kits given out than there can have been.
func (d *doubting) boughtAndGiven() {
	bought, ok := numberIn(d.w.Answers, "purchased")
	given, also := numberIn(d.w.Answers, "dispensed")
	if !ok || !also || given < farBelow*bought || given-bought < belowKits {
		return
	}
	d.tells("purchased", "dispensed", "purchased_before")
	earlier, known := numberIn(d.w.Answers, "purchased_before")
	switch {
	case !known:
		d.say("purchased", "They bought %s kits and gave out %s.", grouped(bought), grouped(given))
	case bought+earlier < given:
		d.say("purchased", "They bought %s kits, and %s the year before, and gave out %s.", grouped(bought), grouped(earlier), grouped(given))
	}
}

// againstLastYear: a jump, a programme that has gone, or a year that is now told otherwise.
func (d *doubting) againstLastYear() {
	if d.before == nil {
		return
	}
	for i := range d.r.Questions {
		q := &d.r.Questions[i]
		now, ok := numberIn(d.w.Answers, q.Key)
		was, had := numberIn(d.before, q.Key)
		if q.Kind != Number || !ok || !had || q.Key == "age" || q.Key == "most_kits" || math.Abs(now-was) < jumpKits {
			continue
		}
		if was > 0 && (now >= jump*was || now*jump <= was) && d.asksAsBefore(q) {
			d.tellsOfLast(q.Key, q.Key)
			d.say(q.Key, "%s: %s the year before, %s now.", q.Label(), grouped(was), grouped(now))
		}
	}
	if chose(d.before, "provides", "yes") && chose(d.w.Answers, "provides", "no") {
		d.tellsOfLast("provides", "provides")
		d.say("provides", "A year before they provided kits, and now they do not.")
	}
	now, ok := numberIn(d.w.Answers, "purchased_before")
	was, had := numberIn(d.before, "purchased")
	if ok && had && apart(now, was) {
		d.tellsOfLast("purchased_before", "purchased")
		d.say("purchased_before", "They say now that %s kits were bought in %s; at the time they said %s.", grouped(now), d.r.Period.Before(), grouped(was))
	}
}

// asksAsBefore reports whether a question is the one that had its key a year ago. That is so of the built-in ones, in
// whatever words; a round's own may have the key of another.
func (d *doubting) asksAsBefore(q *Question) bool {
	was := d.last.question(q.Key)
	return was != nil && (was.Text == q.Text || slices.ContainsFunc(Template(), func(b Question) bool { return b.Key == q.Key }))
}

// againstLedger: other numbers than their own outlets entered.
func (d *doubting) againstLedger() {
	for _, c := range []struct {
		question, verb string
		counted        *float64
	}{{"purchased", "received", d.w.ledger.bought}, {"dispensed", "given out in community settings", d.w.ledger.given}} {
		if said, ok := numberIn(d.w.Answers, c.question); ok && c.counted != nil && apart(said, *c.counted) {
			d.say(c.question, "They say %s kits; the ledger of their outlets counts %s %s.", grouped(said), grouped(*c.counted), c.verb)
		}
	}
	if given := d.w.ledger.given; given != nil && *given > 0 && chose(d.w.Answers, "provides", "no") {
		d.say("provides", "They say that kits are not provided; the ledger of their outlets counts %s given out.", grouped(*given))
	}
}

// apart reports whether two numbers differ by more than a tenth of the larger and by more than ten.
func apart(a, b float64) bool {
	off := math.Abs(a - b)
	return off > shareOff*max(a, b) && off > kitsOff
}

// query is what staff asked about an answer.
type query struct {
	asked, explained string
	at               time.Time
}

// queries reads them, by respondent and question.
func queries(ctx context.Context, tx *store.Tx, r *Round, list []record) (map[int]map[string]query, error) {
	where, args := "round = ?", []any{r.ID}
	if len(list) == 1 {
		where, args = "area = ? AND round = ? AND number = ?", []any{list[0].Area, r.ID, list[0].Number}
	}
	all := map[int]map[string]query{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var number int
		var question string
		var q query
		var at *int64
		err := scan(&number, &question, &q.asked, &q.explained, &at)
		q.at = instant(at)
		if all[number] == nil {
			all[number] = map[string]query{}
		}
		all[number][question] = q
		return err
	}, "SELECT number, question, asked, explained, queried_at FROM survey_query WHERE "+where, args...)
	return all, err
}

// doubts joins what was found with what was asked, in the order of the questions.
func (d *doubting) doubts(asked map[string]query) []Doubt {
	var list []Doubt
	for _, q := range d.r.Questions {
		says, found := d.says[q.Key]
		about, was := asked[q.Key]
		if !found && !was {
			continue
		}
		list = append(list, Doubt{Question: q.Key, Says: strings.Join(says, " "), Asked: about.asked, QueriedAt: about.at, Explained: about.explained, Private: q.Private || d.private[q.Key]})
	}
	return list
}
