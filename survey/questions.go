package survey

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"everykit/fault"
	"everykit/measure"
	"everykit/table"
)

const (
	mostQuestions = 200
	mostOptions   = 60
	mostWords     = 1000 // letters of a question, and twice as many of its help
)

var plainWord = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)

// wholeReply is the word that stands in a file for all questions together, so no question may have it.
const wholeReply = "all"

// checkQuestions says all that is wrong with the questions of a round.
func checkQuestions(list []Question) fault.List {
	var bad fault.List
	if len(list) == 0 || len(list) > mostQuestions {
		bad = append(bad, fault.New(fault.Invalid, "a round has from 1 to %d questions", mostQuestions).At("questions"))
		return bad
	}
	keys, numbers := map[string]int{}, map[string]int{}
	for i := range list {
		q := &list[i]
		add := func(field, format string, args ...any) {
			bad = append(bad, fault.New(fault.Invalid, format, args...).At(fmt.Sprintf("questions.%d.%s", i, field)))
		}
		q.Key, q.Number = strings.TrimSpace(q.Key), strings.Join(strings.Fields(q.Number), " ")
		q.Text, q.Help, q.Section, q.Short = tidyText(q.Text), tidyText(q.Help), strings.TrimSpace(q.Section), strings.TrimSpace(q.Short)
		checkWord(q.Key, "a key", keys, i, add)
		if q.Key == wholeReply {
			add("key", "%s means all questions together; choose another", wholeReply)
		}
		if _, twice := numbers[table.Fold(q.Number)]; twice || q.Number == "" || len(q.Number) > 10 {
			add("number", "give each question a number of its own, as 3a")
		}
		numbers[table.Fold(q.Number)] = i
		for _, f := range []struct {
			field, value string
			most         int
		}{{"text", q.Text, mostWords}, {"help", q.Help, 2 * mostWords}, {"section", q.Section, mostTitle}, {"short", q.Short, mostTitle}, {"unit", q.Unit, 40}} {
			if words := textFault(f.value, f.most, f.field == "text"); words != "" {
				add(f.field, "%s", words)
			}
		}
		if q.Recommendation < 0 || q.Recommendation > 6 {
			add("recommendation", "a recommendation is a number from 1 to 6")
		}
		if slices.ContainsFunc(q.Of, func(k RespondentKind) bool { return k < Authority || k > YoungOffender }) {
			add("of", "choose who is asked")
		}
		q.checkOptions(add)
		q.checkCondition(list[:i], add)
	}
	return bad
}

// checkWord holds a key to small letters and to being there once.
func checkWord(key, what string, seen map[string]int, i int, add func(field, format string, args ...any)) {
	first, twice := seen[key]
	switch {
	case len(key) > mostKey || !plainWord.MatchString(key):
		add("key", "%s is small letters, digits and single underlines, as kits_given", what)
	case twice:
		add("key", "%s is that of question %d already", key, first+1)
	}
	seen[key] = i
}

func (q *Question) checkOptions(add func(field, format string, args ...any)) {
	switch q.Kind {
	case Number, Text:
		if len(q.Options) > 0 {
			add("options", "only a question with choices has options")
		}
		return
	case One, Any:
	default:
		add("kind", "choose what answers look like")
		return
	}
	if len(q.Options) < 2 || len(q.Options) > mostOptions {
		add("options", "a question with choices has from 2 to %d options", mostOptions)
	}
	seen := map[string]bool{}
	for _, o := range q.Options {
		state, err := measure.ParseState(o.Key)
		switch {
		case len(o.Key) > mostKey || !plainWord.MatchString(o.Key):
			add("options", "the key of an option is small letters, digits and single underlines, as needle_exchange")
		case seen[o.Key]:
			add("options", "the option %s is there twice", o.Key)
		case err == nil && state != 0 && !state.HasNumber():
			add("options", "every question offers %q already; choose another key than %s", state.Words(), o.Key)
		case textFault(o.Words, mostTitle, true) != "":
			add("options", "the words of option %s: %s", o.Key, textFault(o.Words, mostTitle, true))
		}
		seen[o.Key] = true
	}
}

// checkCondition holds a skip rule to a question before this one, that all who are asked this one are asked.
func (q *Question) checkCondition(before []Question, add func(field, format string, args ...any)) {
	c := q.Only
	if c == nil {
		return
	}
	at := slices.IndexFunc(before, func(b Question) bool { return b.Key == c.Question })
	if at < 0 {
		add("only", "the question it depends on must come before it")
		return
	}
	of := &before[at]
	for _, k := range RespondentKinds() {
		if q.IsFor(k) && !of.IsFor(k) {
			add("only", "question %s is not asked of everybody who is asked this one", of.Number)
			return
		}
	}
	switch {
	case of.Kind == Text:
		add("only", "question %s is a text: nothing can depend on it", of.Number)
	case c.More != (of.Kind == Number):
		add("only", "a question may depend on a number above nought, or on options")
	case !c.More && len(c.Options) == 0:
		add("only", "name the options on which it is asked")
	case c.More && len(c.Options) > 0:
		add("only", "a number has no options")
	}
	for _, o := range c.Options {
		if of.Kind != Number && of.Option(o) == nil {
			add("only", "question %s has no option %s", of.Number, o)
		}
	}
}
