package findings

import (
	"everykit/disclosure"
	"everykit/document"
	"everykit/measure"
	"everykit/survey"
)

// answers is the last chapter: what every authority answered to what the report rests on, and every public answer counted.
func (f *Findings) answers() document.Chapter {
	return document.Chapter{Key: "answers", Title: "All answers", Blocks: []document.Block{
		document.Para{Text: "All answers to public questions are open data: a file has one row for each answer of each authority, with its state and source. These tables have the main ones, and every answer counted."},
		f.authorityTable(), f.questionTable(), f.optionTable(),
	}}
}

// authorityTable has one row for each authority.
func (f *Findings) authorityTable() document.Table {
	t := document.Table{
		Key: "findings-authorities", Caption: "Authorities", Source: f.source(), Columns: []document.Column{
			{Key: "authority", Label: "Authority"},
			{Key: "reply", Label: "Reply"},
			{Key: "provides", Label: "Provides"},
			{Key: "kits", Label: "Kits", Numeric: true},
			{Key: "people", Label: "People who use opiates", Numeric: true},
			{Key: "coverage", Label: "Kits per 100", Numeric: true},
		},
	}
	rows := map[int]*measure.Figure{}
	grouped := false
	for i := range f.Coverage {
		if r := &f.Coverage[i]; r.Row == measure.Own {
			rows[r.AreaID] = r
		}
	}
	for _, r := range f.t.authorities {
		k, row := f.t.kits(r.Area), rows[r.Area]
		kits, people, coverage := stateWords(k.state), "no estimate", "–"
		if k.kits != nil {
			kits = whole(*k.kits)
		} else if f.t.without(r) {
			kits = "no programme"
		}
		if row.Denominator != nil {
			people = whole(*row.Denominator)
		}
		if row.Value != nil {
			coverage = rate(*row.Value)
		}
		if len(row.Group) > 0 {
			people, grouped = people+" (shared)", true
		}
		t.Rows = append(t.Rows, document.Row{Cells: []string{r.Name, r.Status.Words(), f.providesWords(r), kits, people, coverage}})
	}
	if grouped {
		t.Notes = append(t.Notes, "Shared: the estimate is for several authorities together, and the kits per 100 are of all of them.")
	}
	return t
}

// providesWords is an authority's answer to whether it provides.
func (f *Findings) providesWords(r *survey.Reply) string {
	yes, known := f.t.provides(r)
	plans, told := f.t.yes(r, "plans")
	switch {
	case known && yes:
		return "yes"
	case known && plans:
		return "no, has plans"
	case known && told:
		return "no, and no plans"
	case known:
		return "no"
	}
	return stateWords(f.t.stateOf(r, "provides"))
}

// questionTable has one row for each public question: how many answered, and what became of the others.
func (f *Findings) questionTable() document.Table {
	t := document.Table{
		Key: "findings-questions", Caption: "Questions, and what came of them", Source: f.source(), Columns: []document.Column{
			{Key: "question", Label: "Question"},
			{Key: "answered", Label: "Answered", Numeric: true},
			{Key: "dont_know", Label: "Don't know", Numeric: true},
			{Key: "not_held", Label: "Not held", Numeric: true},
			{Key: "refused", Label: "Refused", Numeric: true},
			{Key: "open", Label: "Left open", Numeric: true},
			{Key: "not_asked", Label: "Not asked", Numeric: true},
			{Key: "no_reply", Label: "No reply", Numeric: true},
		},
		Notes: []string{"Refused counts refusals of the whole round as well. Not asked: the answers before it left the question out."},
	}
	for _, q := range f.Input.Round.Questions {
		if q.Private {
			continue
		}
		c := f.t.count(f.t.put(q), q.Key)
		t.Rows = append(t.Rows, document.Row{Cells: []string{
			f.titled(q), count(c[given]), count(c[dontKnow]), count(c[notHeld]), count(c[refused] + c[refusedAll]), count(c[notProvided] + c[blank]), count(c[skipped]), count(c[silent]),
		}})
	}
	return t
}

// optionTable counts each choice of each public question.
func (f *Findings) optionTable() document.Table {
	t := document.Table{
		Key: "findings-options", Caption: "Every choice, counted", Source: f.source(), Columns: []document.Column{
			{Key: "question", Label: "Question"}, {Key: "choice", Label: "Choice"}, {Key: "chosen", Label: "Chosen by"},
		},
	}
	for _, q := range f.Input.Round.Questions {
		if q.Private || q.Kind != survey.One && q.Kind != survey.Any {
			continue
		}
		for _, o := range q.Options {
			t.Rows = append(t.Rows, document.Row{Cells: []string{f.titled(q), o.Words, f.t.choosing(f.t.put(q), q.Key, o.Key).short()}})
		}
	}
	return t
}

// put gives those to whom a question was put.
func (t *tally) put(q survey.Question) []*survey.Reply {
	var list []*survey.Reply
	if q.IsFor(survey.Authority) {
		list = append(list, t.authorities...)
	}
	if q.IsFor(survey.Prison) {
		list = append(list, t.prisons...)
	}
	if q.IsFor(survey.YoungOffender) {
		list = append(list, t.young...)
	}
	return list
}

// titled is a question with its number, as it was put to any of them.
func (f *Findings) titled(q survey.Question) string {
	q = q.Words(f.Input.Round, survey.Respondent{Name: "the area"})
	if q.Number == "" {
		return q.Text
	}
	return q.Number + ". " + q.Text
}

// prisonTable sets prisons beside young offender institutions.
func (f *Findings) prisonTable() []document.Block {
	t := document.Table{
		Key: "findings-prisons", Caption: "Prisons and young offender institutions", Source: f.source(), Columns: []document.Column{
			{Key: "kind", Label: "Kind"},
			{Key: "asked", Label: "Asked", Numeric: true},
			{Key: "answered", Label: "Answered", Numeric: true},
			{Key: "programme", Label: "Have a programme"},
			{Key: "kits", Label: "Kits on release", Numeric: true},
		},
	}
	for _, k := range []struct {
		label string
		list  []*survey.Reply
	}{{"Prisons", f.t.prisons}, {"Young offender institutions", f.t.young}} {
		if len(k.list) == 0 {
			continue
		}
		answered := f.t.repliers(k.list)
		kits := "not known"
		if sum, n, told := f.t.kitsInside(k.list); told {
			kits = whole(sum)
		} else if n > 0 {
			kits = disclosure.Mark
		}
		t.Rows = append(t.Rows, document.Row{Cells: []string{k.label, count(len(k.list)), count(len(answered)), f.t.yesNo(answered, "prison_programme").short(), kits}})
	}
	t.Notes = append(t.Notes, disclosure.Mark+": not shown, since so few institutions gave a number, or so few kits, that it could tell of one of them.")
	return []document.Block{t}
}

// stateWords is why there is no answer, for a cell.
func stateWords(s measure.State) string {
	switch s {
	case measure.NotProvided:
		return "left open"
	case measure.DontKnow:
		return "don't know"
	}
	return lowered(s.Words())
}
