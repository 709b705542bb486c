package survey

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"

	"everykit/fault"
	"everykit/measure"
)

// Bounds of an answer.
const (
	mostNumber = 1_000_000_000
	mostText   = 5000 // letters
	mostSource = 500
)

// Sent is what somebody answers: one form. A question that is not in Answers stays as it is; one that is there and blank is
// taken back.
type Sent struct {
	ID      [16]byte          // made with the form: the same twice is one
	Seen    int               // Reply.Version that the form was made from; 0: not known, then nothing is checked
	Answers map[string]Answer // State, Number, Options, Text are read
	Done    bool              // this is all: check that needed ones are there
	Source  string            // ByStaff: "letter of 3 March"
	Letter  []byte            // attached file; empty for none
	Name    string            // of the file
}

// body is a hash of all that was said, to tell the same form from another under its id.
func (sent *Sent) body(c *change) []byte {
	h := sha256.New()
	letter := sha256.Sum256(sent.Letter)
	fmt.Fprintf(h, "%d %d %t %q %x %q\n%s", c.round.ID, c.w.Number, sent.Done, sent.Source, letter, sent.Name, pack(named(sent.Answers)))
	return h.Sum(nil)
}

// named gives each answer the key it stands under, and nothing that is not read.
func named(given map[string]Answer) map[string]Answer {
	out := make(map[string]Answer, len(given))
	for key, a := range given {
		out[key] = Answer{Question: key, State: a.State, Number: a.Number, Options: a.Options, Text: a.Text}
	}
	return out
}

// tidied gives the answers of a form as they would be stored, blank ones too, or all that is wrong, each at its question.
func (r *Round) tidied(kind RespondentKind, given map[string]Answer) (map[string]Answer, error) {
	var bad fault.List
	out := make(map[string]Answer, len(given))
	for i := range r.Questions { // in order, so that the faults are
		q := &r.Questions[i]
		a, ok := given[q.Key]
		switch {
		case !ok:
			continue
		case !q.IsFor(kind):
			bad = append(bad, fault.New(fault.Invalid, "question %s is not asked here", q.Number).At(q.Key))
			continue
		}
		a, err := q.tidied(a)
		if err != nil {
			bad = append(bad, err.At(q.Key))
		}
		out[q.Key] = a
	}
	for key := range given {
		if r.question(key) == nil {
			bad = append(bad, fault.New(fault.Invalid, "there is no question %.60q in this round", key).At(key))
		}
	}
	return out, bad.Err()
}

// tidied gives an answer as it is stored: with a value or a state and nothing else, options in the order of the question.
func (q *Question) tidied(a Answer) (Answer, *fault.Error) {
	out := Answer{Question: q.Key, State: a.State, Text: tidyText(a.Text)}
	for i := range q.Options {
		if slices.Contains(a.Options, q.Options[i].Key) {
			out.Options = append(out.Options, q.Options[i].Key)
		}
	}
	for _, o := range a.Options {
		if q.Option(o) == nil {
			return out, fault.New(fault.Invalid, "%.60q is not one of the choices", o)
		}
	}
	if a.Number != nil {
		v := *a.Number + 0 // -0 is 0
		out.Number = &v
	}
	blank := out.Number == nil && len(out.Options) == 0 && out.Text == ""
	switch {
	case blank && a.State == 0:
		return out, nil
	case blank && (a.State == measure.DontKnow || a.State == measure.NotHeld || a.State == measure.Refused || a.State == measure.NotProvided):
		return out, nil
	case blank && a.State.HasNumber():
		return out, fault.New(fault.Invalid, "the answer is missing").Hint("write it, or say why there is none")
	case blank:
		return out, fault.New(fault.Invalid, "%q cannot be an answer", a.State.Words()).Hint("it is don't know, information not held, refused or not provided")
	case a.State != 0 && !a.State.HasNumber():
		return out, fault.New(fault.Invalid, "here is both an answer and %q: leave one of them out", a.State.Words())
	}
	return out, q.checkValue(&out)
}

// checkValue holds a value to its question and sets its state.
func (q *Question) checkValue(a *Answer) *fault.Error {
	if (a.Number != nil) != (q.Kind == Number) || (len(a.Options) > 0) != (q.Kind == One || q.Kind == Any) || (a.Text != "") != (q.Kind == Text) {
		return fault.New(fault.Invalid, "this question asks for %s", keyOf([]string{"", "a number", "one of its choices", "any of its choices", "a text"}, int(q.Kind)))
	}
	partial := a.State == measure.Partial && q.Kind == Number
	said := a.State
	a.State = measure.Reported
	switch q.Kind {
	case Number:
		switch v := *a.Number; {
		case math.IsNaN(v) || v < 0:
			return fault.New(fault.Invalid, "a number cannot be below nought")
		case v > mostNumber:
			return fault.New(fault.Invalid, "this is more than there can be: check it")
		case v != math.Trunc(v):
			return fault.New(fault.Invalid, "write a whole number")
		case said == measure.Zero && v != 0:
			return fault.New(fault.Invalid, "this says none, but the number is %s", grouped(v))
		case partial:
			a.State = measure.Partial
		case v == 0:
			a.State = measure.Zero
		}
	case One:
		if len(a.Options) > 1 {
			return fault.New(fault.Invalid, "choose only one")
		}
	case Any:
		for _, key := range a.Options {
			if o := q.Option(key); o.Alone && len(a.Options) > 1 {
				return fault.New(fault.Invalid, "%q cannot stand together with other choices", o.Words).Hint("take it away, or the others")
			}
		}
	case Text:
		if words := textFault(a.Text, mostText, true); words != "" {
			return fault.New(fault.Invalid, "%s", words)
		}
	}
	return nil
}

// same reports whether two answers say the same.
func (a Answer) same(b Answer) bool {
	if a.State != b.State || a.Text != b.Text || !slices.Equal(a.Options, b.Options) || (a.Number == nil) != (b.Number == nil) {
		return false
	}
	return a.Number == nil || *a.Number == *b.Number
}

// hasValue reports whether something was answered that says more than nought.
func (a Answer) hasValue() bool {
	return (a.Number != nil && *a.Number > 0) || len(a.Options) > 0 || a.Text != ""
}
