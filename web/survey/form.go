package survey

import (
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/measure"
	"everykit/survey"
	"everykit/web/page"
)

// asked is a question as a form shows it.
type asked struct {
	survey.Question
	Field    string // name of its field
	Why      string // name of the field that says why there is no answer, where that is one of its own
	Label    string
	Hint     string
	Options  []page.Option
	Piece    string // which one draws it
	Short    bool   // few options: beside each other where there is room
	Reasons  []page.Option
	WhyLabel string
	Doubt    string // what a check asks about the answer that is stored
}

// section is questions under one heading.
type section struct {
	ID        string
	Title     string
	Only      string    // the condition that all its questions share, in words
	Skip      page.Link // the first section after it that has another
	Questions []asked
	Last      bool
}

// fieldOf is the field of a question, and why that of the reason for which it has no answer.
func fieldOf(key string) string { return "q." + key }
func whyOf(key string) string   { return "q." + key + ".why" }

// reasonPrefix marks a reason among the options of a question.
const reasonPrefix = "why:"

func reasonOptions(prefix string) []page.Option {
	var list []page.Option
	for _, r := range reasons {
		list = append(list, page.Option{Value: prefix + r.state.String(), Label: r.words})
	}
	return list
}

// questionsOf are the questions of one of those asked, in the words that they read.
func questionsOf(r *survey.Round, of survey.Respondent) []survey.Question {
	list := r.QuestionsOf(of.Kind)
	for i := range list {
		list[i] = list[i].Words(r, of)
	}
	return list
}

// sections lays questions out under their headings. doubts are by question.
func sections(questions []survey.Question, doubts map[string]string) []section {
	var list []section
	for _, q := range questions {
		if len(list) == 0 || list[len(list)-1].Title != q.Section {
			list = append(list, section{ID: "s" + strconv.Itoa(len(list)+1), Title: q.Section})
		}
		s := &list[len(list)-1]
		s.Questions = append(s.Questions, draw(q, doubts[q.Key]))
	}
	for i := range list {
		shared := list[i].Questions[0].Only
		for _, q := range list[i].Questions {
			if !reflect.DeepEqual(q.Only, shared) {
				shared = nil
			}
		}
		for j := range list[i].Questions {
			q := &list[i].Questions[j]
			if only := condition(questions, q.Only); shared == nil && only != "" {
				q.Hint = strings.TrimSpace(only + " " + q.Hint)
			}
		}
		list[i].Only = condition(questions, shared)
		for _, next := range list[i+1:] {
			if shared != nil && !reflect.DeepEqual(next.Questions[0].Only, shared) {
				list[i].Skip = page.Link{Text: next.Title, Href: "#" + next.ID}
				break
			}
		}
	}
	if len(list) > 0 {
		list[len(list)-1].Last = true
	}
	return list
}

// mostBeside is how many short options stand in one line.
const mostBeside = 3

func draw(q survey.Question, doubt string) asked {
	a := asked{Question: q, Field: fieldOf(q.Key), Label: numbered(&q), Hint: q.Help, Doubt: doubt}
	if q.Private && !strings.Contains(strings.ToLower(a.Hint), "not published") {
		a.Hint = strings.TrimSpace(a.Hint + " This is not published.")
	}
	if q.Kind == survey.Any && a.Hint == "" {
		a.Hint = "Choose all that apply."
	}
	for _, o := range q.Options {
		a.Options = append(a.Options, page.Option{Value: o.Key, Label: o.Words})
	}
	a.Piece = map[survey.QuestionKind]string{survey.Number: "count", survey.One: "radios", survey.Any: "checkboxes", survey.Text: "area"}[q.Kind]
	switch q.Kind {
	case survey.One, survey.Any:
		a.Short = q.Kind == survey.One && len(q.Options) <= mostBeside
		a.Options = append(a.Options, reasonOptions(reasonPrefix)...)
	default:
		if q.Kind == survey.Number || !q.Private {
			a.Why = whyOf(q.Key)
			a.WhyLabel, a.Reasons = "If you cannot answer", []page.Option{{Label: "Choose a reason"}}
			if q.Kind == survey.Number {
				a.WhyLabel = "If there is no full number"
				a.Reasons = append(a.Reasons, page.Option{Value: measure.Partial.String(), Label: "It is for a part of the period only"})
			}
			a.Reasons = append(a.Reasons, reasonOptions("")...)
		}
	}
	return a
}

// numbered is a question as it is printed: 3a. How many kits were bought?
func numbered(q *survey.Question) string {
	if q.Number == "" {
		return q.Text
	}
	return q.Number + ". " + q.Text
}

// condition says in words who is to answer.
func condition(questions []survey.Question, c *survey.Condition) string {
	if c == nil {
		return ""
	}
	i := slices.IndexFunc(questions, func(q survey.Question) bool { return q.Key == c.Question })
	if i < 0 {
		return ""
	}
	on := "question " + questions[i].Number
	if questions[i].Number == "" {
		on = "“" + questions[i].Text + "”"
	}
	if c.More {
		return "Only if your answer to " + on + " is more than nought."
	}
	var words []string
	for _, o := range questions[i].Options {
		if slices.Contains(c.Options, o.Key) {
			words = append(words, "“"+o.Words+"”")
		}
	}
	return "Only if your answer to " + on + " is " + joined(words, "or") + "."
}

// held gives stored answers as the form holds them.
func held(questions []survey.Question, answers map[string]survey.Answer) url.Values {
	form := url.Values{}
	for _, q := range questions {
		a, ok := answers[q.Key]
		if !ok {
			continue
		}
		field := fieldOf(q.Key)
		none := slices.ContainsFunc(reasons, func(r reason) bool { return r.state == a.State })
		switch {
		case none && (q.Kind == survey.One || q.Kind == survey.Any):
			form.Set(field, reasonPrefix+a.State.String())
		case none:
			form.Set(whyOf(q.Key), a.State.String())
		case a.Number != nil:
			form.Set(field, strconv.FormatFloat(*a.Number, 'f', -1, 64))
			if a.State == measure.Partial {
				form.Set(whyOf(q.Key), a.State.String())
			}
		case len(a.Options) > 0:
			form[field] = slices.Clone(a.Options)
		default:
			form.Set(field, a.Text)
		}
	}
	return form
}

// readAnswers reads what a form says to the questions that stood on it (its field "asked"). One that was left empty is
// blank, which takes back what was stored; two answers that cannot both be meant are a fault beside the field. What a number
// or an option may be is the room's to say.
func readAnswers(form url.Values, questions []survey.Question) (map[string]survey.Answer, fault.List) {
	answers := map[string]survey.Answer{}
	var bad fault.List
	stood := strings.Fields(form.Get("asked"))
	for _, q := range questions {
		if !slices.Contains(stood, q.Key) {
			continue
		}
		a, err := readAnswer(form, &q)
		if err != nil {
			bad = append(bad, err.At(q.Key))
		}
		answers[q.Key] = a
	}
	return answers, bad
}

func readAnswer(form url.Values, q *survey.Question) (survey.Answer, *fault.Error) {
	chosen := q.Kind == survey.One || q.Kind == survey.Any
	var texts, why []string
	for _, s := range form[fieldOf(q.Key)] {
		s = strings.TrimSpace(s)
		switch state, ok := strings.CutPrefix(s, reasonPrefix); {
		case s == "":
		case ok && chosen:
			why = append(why, state)
		default:
			texts = append(texts, s)
		}
	}
	state := measure.Reported
	switch s := form.Get(whyOf(q.Key)); {
	case s == "" || chosen:
	case s == measure.Partial.String() && q.Kind == survey.Number && len(texts) > 0:
		state = measure.Partial
	default:
		why = append(why, s)
	}
	switch {
	case len(why) > 1:
		return survey.Answer{}, fault.New(fault.Invalid, "there are two reasons for no answer").Hint("keep one of them")
	case len(why) == 1 && len(texts) > 0:
		return survey.Answer{}, fault.New(fault.Invalid, "there is an answer, and a reason why there is none").Hint("keep one of the two")
	case len(why) == 1:
		return survey.Answer{State: stateOf(why[0])}, nil
	case len(texts) == 0:
		return survey.Answer{}, nil
	}
	switch {
	case chosen:
		return survey.Answer{State: measure.Reported, Options: texts}, nil
	case q.Kind == survey.Number:
		n, err := readNumber(texts[0])
		if err != nil {
			return survey.Answer{}, fault.New(fault.Invalid, "%.20q is not a number", texts[0]).Hint("write it in figures, as 1234")
		}
		return survey.Answer{State: state, Number: &n}, nil
	}
	return survey.Answer{State: measure.Reported, Text: texts[0]}, nil
}

// stateOf is the state that a reason stands for. What is no reason gives one that the room refuses.
func stateOf(key string) measure.State {
	for _, r := range reasons {
		if r.state.String() == key {
			return r.state
		}
	}
	if key == measure.Partial.String() {
		return measure.Partial // a part of a number that is not there
	}
	return measure.NotAsked
}

// plainNumber is a number as people type it: 1234, 1,234 or 1 234. What may mean two numbers is none: 12,5 could be twelve
// and a half, and 1.234 more than a thousand.
var plainNumber = regexp.MustCompile(`^-?([0-9]+|[0-9]{1,3}([, \x{a0}\x{202f}][0-9]{3})+)(\.([0-9]{1,2}|[0-9]{4,}))?$`)

// readNumber reads one.
func readNumber(s string) (float64, error) {
	if !plainNumber.MatchString(s) {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u202f", "").Replace(s), 64)
}

// aimed puts the faults of a room beside their fields: it names questions, a form names fields. The summary says which
// question each is about. What belongs to no field of the form is said above it.
func aimed(pv *page.View, questions []survey.Question, others ...string) {
	for i := range pv.Errors {
		e := &pv.Errors[i]
		at := slices.IndexFunc(questions, func(q survey.Question) bool { return q.Key == e.Field })
		switch {
		case at >= 0:
			e.Field = fieldOf(e.Field)
			if m := []rune(e.Message); len(m) > 0 {
				e.Message = "Question " + questions[at].Number + ": " + strings.ToLower(string(m[:1])) + string(m[1:])
			}
		case !slices.Contains(others, e.Field):
			e.Field = ""
		}
	}
}

// keysOf are the questions of a form, for its field "asked".
func keysOf(questions []survey.Question) string {
	keys := make([]string, len(questions))
	for i, q := range questions {
		keys[i] = q.Key
	}
	return strings.Join(keys, " ")
}

// called puts the name of a field before what the room says of an empty one, so that the summary above the form says which.
func called(pv *page.View, names map[string]string) {
	for i, e := range pv.Errors {
		if name := names[e.Field]; name != "" && e.Message == "Must be filled in." {
			pv.Errors[i].Message = name + " must be filled in."
		}
	}
}
