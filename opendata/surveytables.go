package opendata

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"everykit/measure"
	"everykit/survey"
	"everykit/survey/findings"
)

// prisonKits is the question whose answer is a number of kits of a single institution, prisonProgramme the one whether it has a
// programme.
const (
	prisonKits      = "prison_dispensed"
	prisonProgramme = "prison_programme"
)

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// surveyTables are the answers, the questions and the findings of published rounds.
func (s *Store) surveyTables(ctx context.Context) ([]*Table, error) {
	all, err := s.surveys.Rounds(ctx, 0)
	if err != nil {
		return nil, err
	}
	rounds := slices.DeleteFunc(all, func(r survey.Round) bool { return r.State != survey.Published })
	answers, questions, found := answersTable(), questionsTable(), findingsTable()
	if _, err := s.surveys.ExportAnswers(ctx, answers.take(survey.Kind().Names()), "", true); err != nil {
		return nil, err
	}
	hidePrisons(answers)
	for i := range rounds {
		r := &rounds[i]
		for _, q := range r.Questions {
			if q.Private {
				continue
			}
			questions.Rows = append(questions.Rows, []any{r.Key, q.Key, orNothing(q.Number), q.Text, kindNames[q.Kind], orNothing(q.Unit), orNothing(optionWords(q))})
		}
		f, err := findings.Of(ctx, s.surveys, s.measures, s.reg, r)
		if err != nil {
			return nil, err
		}
		for n, x := range f.Sentences {
			found.Rows = append(found.Rows, []any{r.Key, int64(n + 1), x.Key, x.Chapter, orNothing(x.Label), orNothing(x.Question), int64(x.Count), int64(x.Base), orNothing(x.Of), decimal(x.Value), x.Text})
		}
	}
	return []*Table{found, answers, questions}, nil
}

var kindNames = map[survey.QuestionKind]string{survey.Number: "number", survey.One: "one", survey.Any: "any", survey.Text: "text"}

func optionWords(q survey.Question) string {
	s := ""
	for i, o := range q.Options {
		if i > 0 {
			s += "; "
		}
		s += o.Key + ": " + o.Words
	}
	return s
}

func roundColumn() Column {
	return Column{Name: "round", Type: String, Title: "Round", Description: "Which survey: 2017-18.", Need: true}
}

func answersTable() *Table {
	return &Table{
		Name: "answers", Title: "Answers", Text: "What authorities and prisons answered, in rounds that are published: a question a row. Answers that the round said are not published, and what staff noted, are not part of it.", Source: "The replies to each round.",
		Protected: true, Key: []string{"round", "authority", "question"},
		Columns: []Column{
			roundColumn(),
			{Name: "authority", Type: String, Title: "Who answered", Description: "Code of the authority's area, or of a prison.", Need: true},
			{Name: "question", Type: String, Title: "Question", Description: "Key of the question, as in the table questions; all, where it is said of the whole reply.", Need: true},
			{Name: "answer", Type: String, Title: "Answer", Description: "A number, or keys of the options chosen with semicolons between. Absent where there is none and the state says why; [c] in CSV where it is hidden."},
			{Name: "state", Type: String, Title: "State", Description: "reported, or why there is no answer.", Need: true},
			{Name: "source", Type: String, Title: "Source", Description: "What it was taken from, if it came in a file."},
		},
		Explanation: []string{"Kits given out by a single prison are hidden from 1 to 4, and others with them where they would give one away."},
	}
}

func questionsTable() *Table {
	return &Table{
		Name: "questions", Title: "Questions", Text: "What was asked in each round that is published.", Source: "The rounds.", Key: []string{"round", "question"},
		Columns: []Column{
			roundColumn(),
			{Name: "question", Type: String, Title: "Key", Description: "What answers and findings know it by.", Need: true},
			{Name: "number", Type: String, Title: "Number", Description: "As printed: 3a."},
			{Name: "text", Type: String, Title: "Question", Description: "As it was asked.", Need: true},
			{Name: "kind", Type: String, Title: "Kind", Description: "What answers look like: a number, one of the options, any of them, or text.", Need: true, Words: []string{"number", "one", "any", "text"}},
			{Name: "unit", Type: String, Title: "Unit", Description: "Of a number."},
			{Name: "options", Type: String, Title: "Options", Description: "Keys and words of what could be chosen."},
		},
	}
}

func findingsTable() *Table {
	return &Table{
		Name: "findings", Title: "Findings", Text: "What each published round found: every sentence of its report with the numbers it stands on.", Source: "The answers of each round.", Key: []string{"round", "place"},
		Columns: []Column{
			roundColumn(),
			{Name: "place", Type: Integer, Title: "Place", Description: "Where the sentence stands in the report, from 1.", Need: true, Least: number(1)},
			{Name: "finding", Type: String, Title: "Key", Description: "The same in every round that has it.", Need: true},
			{Name: "chapter", Type: String, Title: "Chapter", Description: "Of the report.", Need: true},
			{Name: "about", Type: String, Title: "About", Description: "In a few words."},
			{Name: "question", Type: String, Title: "Question", Description: "Key of the question it stands on."},
			{Name: "count", Type: Integer, Title: "Count", Description: "How many; for a ratio or a sum, of how many it is.", Need: true, Least: number(0)},
			{Name: "base", Type: Integer, Title: "Base", Description: "Of how many.", Need: true, Least: number(0)},
			{Name: "of", Type: String, Title: "Of", Description: "What the base counts."},
			{Name: "value", Type: Number, Title: "Value", Description: "Of a ratio or a sum: kits, or kits per 100 people."},
			{Name: "sentence", Type: String, Title: "Sentence", Description: "The finding in words.", Need: true},
		},
	}
}

// hidePrisons hides what single prisons gave where it is small. What somebody has typed that is no whole number is not shown
// at all: it could not be protected.
func hidePrisons(t *Table) {
	const round, authority, question, answer, state = 0, 1, 2, 3, 4
	byRound := map[string]map[string]int64{}
	whole := func(row []any) (int64, bool) {
		n, err := strconv.ParseInt(text(row[answer]), 10, 64)
		return n, err == nil && n >= 0
	}
	for _, row := range t.Rows {
		if row[question] != prisonKits || row[answer] == nil {
			continue
		}
		r := text(row[round])
		if byRound[r] == nil {
			byRound[r] = map[string]int64{}
		}
		if n, ok := whole(row); ok {
			byRound[r][text(row[authority])] = n
		}
	}
	with := map[[2]string]bool{} // institutions that have a programme, by round
	for _, row := range t.Rows {
		if row[question] == prisonProgramme && row[answer] == "yes" {
			with[[2]string{text(row[round]), text(row[authority])}] = true
		}
	}
	hidden := map[string]map[string]bool{}
	for r, values := range byRound {
		hidden[r] = protectPrisons(values, toldOfPrisons(values, func(name string) bool { return with[[2]string{r, name}] }))
	}
	for _, row := range t.Rows {
		if row[question] != prisonKits || row[answer] == nil {
			continue
		}
		if _, ok := whole(row); !ok || hidden[text(row[round])][text(row[authority])] {
			row[answer], row[state] = Hidden, measure.Suppressed.String()
		}
	}
}

// toldOfPrisons are the sums that the findings tell of what institutions gave: of each kind, which their names begin with, and of
// those of the kind that have a programme.
func toldOfPrisons(values map[string]int64, with func(string) bool) [][]string {
	all, some := map[string][]string{}, map[string][]string{}
	for _, name := range sorted(values) {
		kind, _, _ := strings.Cut(name, "/")
		all[kind] = append(all[kind], name)
		if with(name) {
			some[kind] = append(some[kind], name)
		}
	}
	var told [][]string
	for _, kind := range sorted(all) {
		told = append(told, all[kind])
		if n := len(some[kind]); n > 0 && n < len(all[kind]) {
			told = append(told, some[kind])
		}
	}
	return told
}
