package survey

import (
	"fmt"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/table"
)

// round finds the round that a cell names for authorities of a nation, or makes it.
func (in *intake) round(cell string, nation *registry.Area) (t *target, wrong string, err error) {
	if cell == "" {
		return nil, "the round is missing: if cells are merged in the spreadsheet, part them and fill in every row", nil
	}
	ref := roundRef{slugOf(cell), nation.ID}
	if t, ok := in.rounds[ref]; ok {
		return t, "", nil
	}
	r, wrong, err := in.roundNamed(ref, nation)
	if err != nil || wrong != "" {
		return nil, wrong, err
	}
	for _, t := range in.targets { // by another name
		if t.ID == r.ID {
			in.rounds[ref] = t
			return t, "", nil
		}
	}
	// Whoever answers at this moment is waited for, and then what they said is read.
	if _, err := in.tx.Exec(in.ctx, "UPDATE survey_respondent SET version = version WHERE round = ?", r.ID); err != nil {
		return nil, "", err
	}
	records, err := in.s.everybody(in.ctx, in.tx, r)
	if err != nil {
		return nil, "", err
	}
	t = &target{Round: r, bySelf: map[string]*entry{}}
	for i := range records {
		w := &records[i]
		t.bySelf[w.self()] = &entry{w: w}
		t.last = max(t.last, w.Number)
	}
	in.rounds[ref] = t
	in.targets = append(in.targets, t)
	return t, "", nil
}

func (in *intake) roundNamed(ref roundRef, nation *registry.Area) (*Round, string, error) {
	found, err := readRounds(in.ctx, in.tx, "slug = ?", ref.cell)
	if err != nil {
		return nil, "", err
	}
	year, plain, isYear := yearOf(ref.cell)
	switch {
	case len(found) == 1 && found[0].Nation == nation.ID:
		if found[0].State == Draft {
			return nil, "this round is still a draft: send it first, or give the answers another year", nil
		}
		return &found[0], "", nil
	case len(found) == 1 && !plain:
		return nil, fmt.Sprintf("the round %s does not ask anybody in %s", ref.cell, nation.Name), nil
	case !isYear:
		return nil, in.unknownRound(ref.cell), nil
	}
	if plain {
		r, err := latestFor(in.ctx, in.tx, nation.ID, year, 0)
		if err != nil || r != nil {
			return r, "", err
		}
	}
	if year.First() > in.s.today() {
		return nil, "this year has not begun", nil
	}
	r := &Round{
		Title: "Take-home naloxone in " + nation.Name + ", " + year.String(), Nation: nation.ID, Period: year, State: Closed, Imported: true,
		Questions: Template(), SentOn: civil.None, DueOn: civil.None, ClosesOn: civil.None, ClosedOn: civil.None,
	}
	if !plain {
		r.Key = ref.cell
	}
	return r, "", insertRound(in.ctx, in.tx, in.snap, r)
}

// yearOf reads the financial year that a key begins with; plain if there is nothing after it.
func yearOf(key string) (year civil.Period, plain, ok bool) {
	if p, err := civil.ParseSlug(key); err == nil {
		return p, true, p.IsFinancialYear()
	}
	for _, n := range []int{len("2017-18"), len("2006-2007")} {
		if len(key) > n+1 && len(key) <= mostKey && key[n] == '-' && plainKey.MatchString(key) {
			if p, err := civil.ParseSlug(key[:n]); err == nil && p.IsFinancialYear() {
				return p, false, true
			}
		}
	}
	return year, false, false
}

func (in *intake) unknownRound(cell string) string {
	var keys []string
	err := in.tx.Each(in.ctx, func(scan func(...any) error) error {
		var key string
		err := scan(&key)
		keys = append(keys, key)
		return err
	}, "SELECT slug FROM survey_round ORDER BY slug")
	if near := table.Nearest(cell, keys); err == nil && near != "" {
		return "there is no such round: did you mean " + near + "?"
	}
	return "there is no such round; one that is named by a financial year, as 2017/18, is made"
}

// entry is that of a respondent; one who was not asked is added.
func (t *target) entry(p Respondent) *entry {
	e := t.bySelf[p.self()]
	if e == nil {
		t.last++
		p.Number = t.last
		w := &record{Reply: Reply{
			Respondent: p, SentOn: civil.None, AcknowledgedOn: civil.None, DueOn: civil.None, PausedOn: civil.None, AnsweredOn: civil.None, RefusedOn: civil.None, RemindedOn: civil.None,
			Answers: map[string]Answer{}, Aside: map[string]Answer{}, Version: 1,
		}}
		e = &entry{w: w, fresh: true}
		t.bySelf[p.self()] = e
	}
	if e.given == nil {
		e.given, e.rows = map[string]Answer{}, map[string]int{}
		t.entries = append(t.entries, e)
	}
	return e
}

// find gives a question by its key or its printed number, with or without a Q before it.
func (t *target) find(cell string) (*Question, string) {
	folded := table.Fold(cell)
	if folded == "" {
		return nil, "the question is missing: if cells are merged in the spreadsheet, part them and fill in every row"
	}
	keys := make([]string, 0, len(t.Questions))
	for i := range t.Questions {
		q := &t.Questions[i]
		if q.Key == folded {
			return q, ""
		}
		keys = append(keys, q.Key)
	}
	number := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(folded, "question_"), "q"), ".")
	for i := range t.Questions {
		if q := &t.Questions[i]; table.Fold(q.Number) == number || table.Fold(q.Short) == folded {
			return q, ""
		}
	}
	if near := table.Nearest(folded, keys); near != "" {
		return nil, "there is no such question: did you mean " + near + "?"
	}
	return nil, "there is no such question; write its key, as dispensed, or its printed number, as 3a"
}

// silence reads a row that says of one question what can only be said of all: that nobody replied, or was asked.
func silence(row *fileRow) string {
	for _, col := range []int{colState, colAnswer} {
		if s, err := measure.ParseState(row.cells[col]); err == nil && (s == measure.NoReply || s == measure.NotAsked) && (col == colState || row.cells[colState] == "") {
			return s.String()
		}
	}
	return ""
}

// whole takes in a row about all questions together.
func (in *intake) whole(row *fileRow, e *entry, state, why string) {
	s, err := measure.ParseState(state)
	if err != nil || (s != measure.NoReply && s != measure.NotAsked && s != measure.Refused) {
		in.fail(row, colState, "of all questions together it can be said: no_reply, not_asked or refused")
		return
	}
	said := wholeState{row: row.number, state: s.String()}
	if s == measure.Refused {
		if said.why = strings.Join(strings.Fields(why), " "); said.why == "" {
			said.why = "no exemption named"
		}
		if words := textFault(said.why, mostReason, true); words != "" {
			in.fail(row, colAnswer, "%s", words)
			return
		}
	} else if why != "" && table.Fold(why) != s.String() {
		in.fail(row, colAnswer, "here is an answer, and the state %s: leave one of them out", s)
		return
	}
	if e.whole.row != 0 && (e.whole.state != said.state || e.whole.why != said.why) {
		in.fail(row, colState, "row %s says otherwise: %s", strconv.Itoa(e.whole.row), e.whole.state)
		return
	}
	if e.whole.row == 0 {
		e.whole = said
	}
}
