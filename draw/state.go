package draw

import "strings"

// A State says why there is no plain number where one was expected. The empty
// State means nothing is known of the reason. Its text is a key in snake case.
type State string

// The states that the pictures know words and patterns for. Partial is a number
// over part of its period: it is drawn with its class and a mark, not hatched
// away.
const (
	NotAsked      State = "not_asked"
	NoReply       State = "no_reply"
	DontKnow      State = "dont_know"
	NotHeld       State = "not_held"
	Refused       State = "refused"
	NotProvided   State = "not_provided"
	NoDenominator State = "no_denominator"
	Suppressed    State = "suppressed"
	Partial       State = "partial"
)

var stateWords = map[State]string{
	"":            "not known",
	NotAsked:      "not asked",
	NoReply:       "no reply",
	DontKnow:      "answered: don’t know",
	NotHeld:       "information not held",
	Refused:       "refused",
	NotProvided:   "not provided",
	NoDenominator: "no denominator",
	Suppressed:    "suppressed: a small number",
	Partial:       "part of the period only",
}

// Words is the State in words, in lower case. A key that is not known here is
// read out with spaces for its underscores.
func (s State) Words() string {
	if w, ok := stateWords[s]; ok {
		return w
	}
	return strings.ReplaceAll(string(s), "_", " ")
}

// hatch names the pattern of a State. States that mean much the same to a
// reader share one: six patterns are about as many as can be told apart.
type hatch string

const (
	hatchDots  hatch = "dots"  // nobody asked
	hatchRise  hatch = "rise"  // asked, and no answer came
	hatchLevel hatch = "level" // answered, but without a figure to give
	hatchCross hatch = "cross" // would not give it
	hatchFall  hatch = "fall"  // a figure came, but nothing to divide it by
	hatchSpots hatch = "spots" // known, and hidden on purpose
	hatchBlank hatch = "blank" // no reason known
)

// hatches is the order in which patterns stand in a key.
var hatches = []hatch{hatchDots, hatchRise, hatchLevel, hatchCross, hatchFall, hatchSpots, hatchBlank}

func (s State) hatch() hatch {
	switch s {
	case NotAsked:
		return hatchDots
	case NoReply:
		return hatchRise
	case DontKnow, NotHeld:
		return hatchLevel
	case Refused, NotProvided:
		return hatchCross
	case NoDenominator:
		return hatchFall
	case Suppressed:
		return hatchSpots
	}
	return hatchBlank
}
