package measure

import (
	"strings"

	"everykit/fault"
	"everykit/table"
)

// State says what kind of answer a figure is: a number and where it came from, or why there is none. Its numbers are in
// the database and never change. 0 is no state.
type State uint8

// The states. Up to Partial there is a number; from NotAsked on there is none.
const (
	Counted       State = iota + 1 // from the ledger, and more than nought
	Reported                       // from a return or a publication
	Zero                           // known to be nought
	Partial                        // a number for a part of the period, or of the areas
	NotAsked                       // nobody asked: no outlet keeps its ledger here and no return was sought
	NoReply                        // asked, and silent: outlets without an entry or a confirmed nil, or no return
	DontKnow                       // answered: don't know
	NotHeld                        // answered: the information is not held
	Refused                        // would not say
	NotProvided                    // answered, without this number
	NoDenominator                  // the numerator is known, what to divide it by is not
	Suppressed                     // known, and hidden because so small a number could tell on a person
)

var stateKeys = []string{
	"", "counted", "reported", "zero", "partial", "not_asked", "no_reply", "dont_know", "not_held", "refused", "not_provided",
	"no_denominator", "suppressed",
}

var stateWords = []string{
	"", "Counted", "Reported", "None", "Part of the period", "Not asked", "No reply", "Answered: don't know", "Information not held",
	"Refused", "Not provided", "Nothing to divide by", "Suppressed: a small number",
}

var stateMeanings = []string{
	"",
	"The ledger of the area's outlets was counted.",
	"The area sent a total, or somebody published one. It was not counted here.",
	"It is known that there was none: outlets recorded other things, or confirmed that there was nothing to record, or a return says 0.",
	"A number for a part only: the period has not ended, a return covers some of its months, or some areas gave no number.",
	"Nobody asked: no outlet of the area keeps its ledger here for that period, and no return was sought.",
	"There are outlets, but in the whole period none made an entry or confirmed that there was nothing; or a return was asked for and did not come. It is not nought.",
	"The area was asked and answered that it does not know.",
	"The area was asked and answered that it does not hold the information.",
	"The area was asked and would not say.",
	"The area answered, but without this number.",
	"A number is known, but nothing to divide it by: there is no estimate of the people, or there was none of what it would be a share of. No other population is put in its place.",
	"The number is known but so small that it could tell on a person.",
}

// States lists them all, in order.
func States() []State {
	list := make([]State, len(stateKeys)-1)
	for i := range list {
		list[i] = State(i + 1)
	}
	return list
}

// String is the key in files: not_held.
func (s State) String() string { return said(stateKeys, s) }

// Words is how a page writes it: Information not held.
func (s State) Words() string { return said(stateWords, s) }

// Meaning explains it in a sentence or two.
func (s State) Meaning() string { return said(stateMeanings, s) }

// HasNumber reports whether a figure of this state has a value.
func (s State) HasNumber() bool { return s >= Counted && s <= Partial }

func said(list []string, s State) string {
	if int(s) < len(list) {
		return list[s]
	}
	return ""
}

var otherStates = map[string]State{
	"not_known": DontKnow, "unknown": DontKnow, "don't_know": DontKnow, "don’t_know": DontKnow, "do_not_know": DontKnow,
	"information_not_held": NotHeld, "no_response": NoReply, "did_not_reply": NoReply, "none": Zero, "nil": Zero, "nought": Zero,
	"part": Partial, "refuse": Refused, "withheld": Refused, "not_given": NotProvided,
}

// ParseState reads a state in any case, with spaces, "-" or "_". Empty is 0. What is not understood is an error.
func ParseState(s string) (State, error) {
	folded := table.Fold(s)
	for i, k := range stateKeys {
		if k == folded {
			return State(i), nil
		}
	}
	if st, ok := otherStates[folded]; ok {
		return st, nil
	}
	return 0, fault.New(fault.Invalid, "%q is not a state; write one of %s", s, strings.Join(stateKeys[1:], ", "))
}
