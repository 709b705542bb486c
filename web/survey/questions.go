package survey

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/survey"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/page"
)

type questionsBody struct {
	Back     string
	Print    string
	Sections []draftSection
	Kinds    []page.Option
	Whom     []page.Option
	Used     bool // there are prisons among those asked
}

type draftSection struct {
	Title string
	Rows  []draftQuestion
}

// draftQuestion is a question as its writer sees it: the names of its fields, and what cannot be changed.
type draftQuestion struct {
	Key, Name               string
	KeyField, Ask           string
	Wording, Help           string
	Answer                  string // what an answer looks like
	Only                    string
	Need, Private, Removing bool
}

// ownSection is the heading of questions that a round adds to the built-in ones.
const ownSection = "Further questions"

var answerKinds = []page.Option{
	{Value: "number", Label: "A number"}, {Value: "one", Label: "One of some options"}, {Value: "any", Label: "Any of some options"}, {Value: "text", Label: "Words"},
}

var answerKeys = map[string]survey.QuestionKind{"number": survey.Number, "one": survey.One, "any": survey.Any, "text": survey.Text}

func questionField(i int, part string) string { return "questions." + strconv.Itoa(i) + "." + part }

func questionsForm(v *desk.Visit) error {
	r, err := draftOf(v)
	if err != nil {
		return err
	}
	form := url.Values{"new.kind": {"number"}}
	for i, q := range r.Questions {
		form.Set(questionField(i, "ask"), "yes")
		form.Set(questionField(i, "wording"), q.Text)
		form.Set(questionField(i, "help"), q.Help)
	}
	return drawQuestions(v, r, form, nil)
}

// saveQuestions takes out, rewords and adds.
func saveQuestions(v *desk.Visit) error {
	r, err := draftOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	changed := *r
	changed.Questions = nil
	var bad fault.List
	var from []int // where each question that is kept was before
	for i, q := range r.Questions {
		if form.Get(questionField(i, "key")) != q.Key {
			return drawQuestions(v, r, form, fault.New(fault.Conflict, "somebody else has changed the questions since this page was opened").Hint("open the page again, then make your changes"))
		}
		if form.Get(questionField(i, "ask")) != "yes" {
			continue
		}
		q.Text, q.Help = strings.TrimSpace(form.Get(questionField(i, "wording"))), strings.TrimSpace(form.Get(questionField(i, "help")))
		if q.Text == "" {
			bad = append(bad, fault.New(fault.Invalid, "question %s has no words", q.Number).At(questionField(i, "wording")).Hint("write it, or take the question out"))
		}
		changed.Questions, from = append(changed.Questions, q), append(from, i)
	}
	bad = append(bad, orphans(r.Questions, changed.Questions)...)
	if added, err := readQuestion(form, r.Questions); err != nil {
		bad = append(bad, err)
	} else if added != nil {
		changed.Questions = append(changed.Questions, *added)
	}
	if err = bad.Err(); err == nil {
		err = v.Surveys.Save(v.Ctx(), v.Who, &changed)
		besideQuestions(err, from)
	}
	if err != nil {
		return drawQuestions(v, r, form, err)
	}
	if form.Get("do") == "more" {
		return v.Go(pathOf(v, r) + "/questions?saved=questions#new")
	}
	return v.Go(pathOf(v, r) + "?saved=questions")
}

// orphans are questions that were taken out while others are asked only by what is answered to them.
func orphans(before, kept []survey.Question) fault.List {
	var bad fault.List
	for i, q := range before {
		if slices.ContainsFunc(kept, func(k survey.Question) bool { return k.Key == q.Key }) {
			continue
		}
		var on []string
		for _, k := range kept {
			if k.Only != nil && k.Only.Question == q.Key {
				on = append(on, k.Number)
			}
		}
		if len(on) > 0 {
			bad = append(bad, fault.New(fault.Invalid, "question %s decides whether %s asked: %s", q.Number, page.Plural(int64(len(on)), "other is", "others are"), joined(on, "and")).
				At(questionField(i, "ask")).Hint("keep it, or leave those out too"))
		}
	}
	return bad
}

// besideQuestions moves what the room says of a question to its field here: the room counts those that are kept, and the
// last may be the new one.
func besideQuestions(err error, from []int) {
	for _, f := range fault.Of(err) {
		part := strings.Split(f.Field, ".")
		if len(part) != 3 || part[0] != "questions" {
			continue
		}
		i, bad := strconv.Atoi(part[1])
		name := map[string]string{"text": "wording", "help": "help", "unit": "unit", "options": "options"}[part[2]]
		switch {
		case bad != nil:
		case i < len(from) && (name == "wording" || name == "help"):
			f.Field = questionField(from[i], name)
		case i < len(from):
			f.Field = questionField(from[i], "ask")
		case name != "":
			f.Field = "new." + name
		default:
			f.Field = "new.wording"
		}
	}
}

// readQuestion reads the question that is added; nil if none is.
func readQuestion(form url.Values, before []survey.Question) (*survey.Question, *fault.Error) {
	q := survey.Question{
		Text: strings.TrimSpace(form.Get("new.wording")), Help: strings.TrimSpace(form.Get("new.help")), Unit: strings.TrimSpace(form.Get("new.unit")),
		Need: form.Get("new.need") == "yes", Private: form.Get("new.private") == "yes", Section: ownSection,
	}
	if q.Text == "" {
		return nil, nil
	}
	var ok bool
	if q.Kind, ok = answerKeys[form.Get("new.kind")]; !ok {
		return nil, fault.New(fault.Invalid, "choose what an answer looks like").At("new.kind")
	}
	for n := 1; q.Key == "" || slices.ContainsFunc(before, func(o survey.Question) bool { return o.Key == q.Key }); n++ {
		q.Key = "own_" + strconv.Itoa(n)
	}
	last := 0
	for _, o := range before {
		if n, err := strconv.Atoi(strings.TrimRight(o.Number, "abcdefghijklmnopqrstuvwxyz")); err == nil {
			last = max(last, n)
		}
	}
	q.Number = strconv.Itoa(last + 1)
	for _, k := range form["new.whom"] {
		if kind, ok := kindKeys[k]; ok {
			q.Of = append(q.Of, kind)
		}
	}
	if q.Kind != survey.Number {
		q.Unit = ""
	}
	if q.Kind == survey.One || q.Kind == survey.Any {
		for line := range strings.Lines(form.Get("new.options")) {
			if words := strings.TrimSpace(line); words != "" {
				q.Options = append(q.Options, survey.Option{Key: optionKey(words, q.Options), Words: words})
			}
		}
		if len(q.Options) < 2 {
			return nil, fault.New(fault.Invalid, "this question needs two options or more").At("new.options").Hint("write one a line")
		}
	}
	return &q, nil
}

// optionKey makes the key that files have for an option from its words.
func optionKey(words string, before []survey.Option) string {
	key := strings.Map(func(r rune) rune {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') || r == '_' {
			return r
		}
		return -1
	}, table.Fold(words))
	if len(key) > 30 {
		key = strings.TrimRight(key[:30], "_")
	}
	if key == "" || slices.ContainsFunc(before, func(o survey.Option) bool { return o.Key == key }) {
		key = "option_" + strconv.Itoa(len(before)+1)
	}
	return key
}

func drawQuestions(v *desk.Visit, r *survey.Round, form url.Values, cause error) error {
	pv := view(v, "Questions", r)
	b := questionsBody{Back: pathOf(v, r), Print: pathOf(v, r) + "/print", Kinds: answerKinds, Whom: kindOptions}
	for i := range b.Whom {
		b.Whom[i].Hint = ""
	}
	pv.Form = form
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		for i, e := range pv.Errors {
			if !strings.HasPrefix(e.Field, "questions.") && !strings.HasPrefix(e.Field, "new.") {
				pv.Errors[i].Field = ""
			}
		}
	}
	for i, q := range r.Questions {
		if len(b.Sections) == 0 || b.Sections[len(b.Sections)-1].Title != q.Section {
			b.Sections = append(b.Sections, draftSection{Title: q.Section})
		}
		s := &b.Sections[len(b.Sections)-1]
		s.Rows = append(s.Rows, draftQuestion{
			Key: q.Key, Name: strings.TrimSpace("question " + q.Number), KeyField: questionField(i, "key"), Ask: questionField(i, "ask"),
			Wording: questionField(i, "wording"), Help: questionField(i, "help"), Answer: answerWords(&q), Only: condition(r.Questions, q.Only),
			Need: q.Need, Private: q.Private,
		})
	}
	pv.Body = b
	return pages.Render(v.W, status, "questions", pv)
}

// answerWords says what an answer looks like.
func answerWords(q *survey.Question) string {
	var words []string
	for _, o := range q.Options {
		words = append(words, o.Words)
	}
	switch q.Kind {
	case survey.Number:
		return strings.TrimSpace("A number " + map[bool]string{true: "of " + q.Unit}[q.Unit != ""])
	case survey.One:
		return "One of: " + strings.Join(words, "; ")
	case survey.Any:
		return "Any of: " + strings.Join(words, "; ")
	}
	return "Words"
}
