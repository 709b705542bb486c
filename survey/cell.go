package survey

import (
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/measure"
	"everykit/table"
)

// readCells reads the answer and the state of a row. State words are understood in the answer too ("don't know",
// "information not held"), unless a state is given beside it. What comes back has been held to the question.
func (q *Question) readCells(answer, state string) (Answer, *fault.Error) {
	said, err := measure.ParseState(state)
	if err != nil {
		return Answer{}, fault.New(fault.Invalid, "%s", err.Error()).At("state")
	}
	a := Answer{Question: q.Key, State: said}
	if answer != "" {
		if bad := q.readAnswer(&a, answer); bad != nil {
			return a, bad.At("answer")
		}
	}
	a, bad := q.tidied(a)
	if bad == nil && a.IsBlank() {
		bad = fault.New(fault.Invalid, "the answer is empty: fill it in, or say in state why there is none")
	}
	if bad != nil && bad.Field == "" {
		bad.Field = "answer"
	}
	return a, bad
}

// readAnswer reads one cell into an answer whose state cell has been read.
func (q *Question) readAnswer(a *Answer, cell string) *fault.Error {
	if len(cell) > 4*mostText {
		return fault.New(fault.Invalid, "this is longer than %d letters", mostText)
	}
	if s, err := measure.ParseState(cell); err == nil && s == a.State && !s.HasNumber() {
		return nil // said twice
	}
	if q.Kind == One || q.Kind == Any {
		options, bad := q.readOptions(cell)
		if bad == nil {
			a.Options = options
			return nil
		}
		if !a.readState(cell) {
			return bad
		}
		return nil
	}
	if a.State == 0 && a.readState(cell) && !a.State.HasNumber() {
		return nil
	}
	if q.Kind == Text {
		if a.State.HasNumber() || a.State == 0 {
			a.State = measure.Reported
		}
		a.Text = cell
		return nil
	}
	v, ok := readNumber(cell, q.Unit)
	if !ok && a.State == measure.Zero { // "none"
		v, ok = 0, true
	}
	if !ok {
		return fault.New(fault.Invalid, "is not a number; write it plainly, as 58, or a state: don't know, information not held, refused")
	}
	a.Number = &v
	return nil
}

// readState takes a cell for a state if it is one. Only what an authority may answer counts, and "none" for a number.
func (a *Answer) readState(cell string) bool {
	s, err := measure.ParseState(cell)
	if err != nil || !slices.Contains([]measure.State{measure.DontKnow, measure.NotHeld, measure.Refused, measure.NotProvided, measure.NoReply, measure.Zero}, s) {
		return false
	}
	a.State = s
	return true
}

// readNumber reads a number as people write it: with commas or spaces between thousands, with .0 after it, with its unit.
// Three noughts after a point are none: elsewhere 1.000 is a thousand.
func readNumber(cell, unit string) (float64, bool) {
	s := strings.TrimSpace(cell)
	if unit != "" {
		s = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(s), " "+unit))
	}
	whole, part, point := strings.Cut(s, ".")
	if point && (part == "" || len(part) == 3 || strings.Trim(part, "0") != "") {
		return 0, false
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == ',' || r == ' ' || r == '\u00a0' || r == '\u202f' })
	for i, g := range groups {
		if len(groups) > 1 && ((i > 0 && len(g) != 3) || len(g) > 3) {
			return 0, false
		}
	}
	digits := strings.Join(groups, "")
	if digits == "" || len(digits) > 12 || strings.Trim(digits, "0123456789") != "" || whole[0] == ',' || whole[len(whole)-1] == ',' {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return float64(n), err == nil
}

// readOptions reads choices by key or words, several joined by ";".
func (q *Question) readOptions(cell string) ([]string, *fault.Error) {
	var chosen []string
	for _, word := range strings.Split(cell, ";") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		key, bad := q.readOption(word)
		if bad != nil {
			return nil, bad
		}
		if !slices.Contains(chosen, key) {
			chosen = append(chosen, key)
		}
	}
	if len(chosen) == 0 {
		return nil, fault.New(fault.Invalid, "the answer is empty")
	}
	return chosen, nil
}

func (q *Question) readOption(word string) (string, *fault.Error) {
	folded := table.Fold(word)
	keys := make([]string, 0, len(q.Options))
	for _, o := range q.Options {
		if folded == o.Key || folded == table.Fold(o.Words) {
			return o.Key, nil
		}
		keys = append(keys, o.Key)
	}
	short := map[string]string{"y": "yes", "n": "no", "true": "yes", "false": "no"}[folded]
	if short != "" && slices.Contains(keys, short) {
		return short, nil
	}
	if near := table.Nearest(folded, keys); near != "" {
		return "", fault.New(fault.Invalid, "%.60q is not one of the choices: did you mean %s?", word, near)
	}
	return "", fault.New(fault.Invalid, "%.60q is not one of the choices; write one of %s", word, strings.Join(keys, ", "))
}
