package survey

import (
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/measure"
)

// QuestionKind is what answers look like. Numbers are stored.
type QuestionKind uint8

// The kinds of question.
const (
	Number QuestionKind = 1
	One    QuestionKind = 2 // one of the options
	Any    QuestionKind = 3 // any number of the options
	Text   QuestionKind = 4
)

// String is the kind's key.
func (k QuestionKind) String() string {
	return keyOf([]string{"", "number", "one", "any", "text"}, int(k))
}

// Words is how a page writes it.
func (k QuestionKind) Words() string {
	return keyOf([]string{"", "A number", "One of the choices", "Any of the choices", "Text"}, int(k))
}

// Option is one choice of a question.
type Option struct {
	Key   string `json:"key"`
	Words string `json:"words"`
	Alone bool   `json:"alone,omitempty"` // "none of these": not with others
}

// Condition is a skip rule: the question is asked only where an earlier one has one of these options (or, for a number,
// where More is set: a number above nought).
type Condition struct {
	Question string   `json:"question"`
	Options  []string `json:"options,omitempty"`
	More     bool     `json:"more,omitempty"`
}

// holds reports whether the answers meet the condition. No condition is always met.
func (c *Condition) holds(answers map[string]Answer) bool {
	if c == nil {
		return true
	}
	a, ok := answers[c.Question]
	if !ok {
		return false
	}
	if c.More {
		return a.Number != nil && *a.Number > 0
	}
	return slices.ContainsFunc(a.Options, func(o string) bool { return slices.Contains(c.Options, o) })
}

// Question is one question of a round.
type Question struct {
	Key            string           `json:"key"`             // dispensed, provides ...: what findings and the scorecard know it by
	Number         string           `json:"number"`          // as printed: 3a
	Short          string           `json:"short,omitempty"` // a few words for tables and histories: Kits given out
	Section        string           `json:"section,omitempty"`
	Text           string           `json:"text"`
	Help           string           `json:"help,omitempty"`
	Kind           QuestionKind     `json:"kind"`
	Options        []Option         `json:"options,omitempty"`
	Unit           string           `json:"unit,omitempty"` // of a number: kits, people
	Only           *Condition       `json:"only,omitempty"`
	Need           bool             `json:"need,omitempty"`           // must have an answer or a state
	Private        bool             `json:"private,omitempty"`        // not part of the open data (free text, names of posts)
	Recommendation int              `json:"recommendation,omitempty"` // of the report, 1 to 6; 0 none
	Of             []RespondentKind `json:"of,omitempty"`             // who is asked it; empty: authorities
}

// IsFor reports whether a kind of respondent is asked it.
func (q *Question) IsFor(kind RespondentKind) bool {
	if len(q.Of) == 0 {
		return kind == Authority
	}
	return slices.Contains(q.Of, kind)
}

// Label names the question in a few words.
func (q *Question) Label() string {
	if q.Short != "" {
		return q.Short
	}
	return "Question " + q.Number
}

// Option finds one by its key, nil if there is none.
func (q *Question) Option(key string) *Option {
	for i := range q.Options {
		if q.Options[i].Key == key {
			return &q.Options[i]
		}
	}
	return nil
}

// Words gives the question as one respondent is to read it: {period}, {year_before}, {two_years_before} and {area} in its
// text and help are filled in ("the year April 2017 to March 2018").
func (q Question) Words(r *Round, of Respondent) Question {
	before := r.Period.Before()
	year := func(p civil.Period) string { return "the year " + p.Words() }
	fill := strings.NewReplacer("{period}", year(r.Period), "{year_before}", year(before), "{two_years_before}", year(before.Before()), "{area}", of.Name)
	q.Text, q.Help = fill.Replace(q.Text), fill.Replace(q.Help)
	return q
}

// Say is an answer to the question in words: "58 kits", "Yes", "Pharmacies; Hostels", "Information not held".
func (q *Question) Say(a Answer) string {
	switch {
	case a.Number != nil:
		s := grouped(*a.Number)
		if q.Unit != "" {
			s += " " + q.Unit
		}
		if a.State == measure.Partial {
			s += " (part of the period)"
		}
		return s
	case len(a.Options) > 0:
		said := make([]string, len(a.Options))
		for i, key := range a.Options {
			said[i] = key
			if o := q.Option(key); o != nil {
				said[i] = o.Words
			}
		}
		return strings.Join(said, "; ")
	case a.Text != "":
		return a.Text
	}
	return a.State.Words()
}

// grouped writes a number with a comma between thousands.
func grouped(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	whole, _, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
