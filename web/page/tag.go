package page

import "everykit/civil"

// Tone is the colour of a tag, a figure or a callout. It never says anything that the words beside it do not.
type Tone string

// The tones and what they are for.
const (
	Plain  Tone = "white"  // nothing to do
	Good   Tone = "green"  // done, in date
	Soon   Tone = "orange" // needs somebody within weeks
	Bad    Tone = "red"    // must not be used; overdue
	Quiet  Tone = "grey"   // not known, not asked, held
	Notice Tone = "yellow" // look here
	Cool   Tone = "blue"   // information
)

// Tag is a state in a few words.
type Tag struct {
	Text string
	Tone Tone
}

// soonDays is how long before its last day a kit is shown in orange: three months of carrying.
const soonDays = 90

// ExpiryTag says how long a kit is still in date: nothing far off, orange within 90 days, red when past. An expiry that
// is not known is said to be so. The second result is false if there is nothing to say.
func ExpiryTag(e civil.Expiry, today civil.Date) (Tag, bool) {
	if !e.Known {
		return Tag{"expiry not known", Quiet}, true
	}
	left := e.DaysLeft(today)
	switch {
	case left < 0:
		return Tag{"expired " + DaysWords(left), Bad}, true
	case left <= soonDays:
		return Tag{"expires " + DaysWords(left), Soon}, true
	}
	return Tag{}, false
}

// stateTags are the states of a figure in words (design section 1, idea 4).
var stateTags = map[string]Tag{
	"counted":        {"counted", Good},
	"reported":       {"reported", Good},
	"zero":           {"nought", Plain},
	"partial":        {"part of the period", Soon},
	"not_asked":      {"not asked", Quiet},
	"no_reply":       {"no reply", Quiet},
	"dont_know":      {"don’t know", Quiet},
	"not_held":       {"not held", Quiet},
	"refused":        {"refused", Quiet},
	"not_provided":   {"not provided", Quiet},
	"no_denominator": {"no denominator", Quiet},
	"suppressed":     {"suppressed [c]", Quiet},
}

// StateTag gives the words for the state of a figure, by its key ("no_reply"). A key that is not one is shown as it is.
func StateTag(state string) Tag {
	if t, ok := stateTags[state]; ok {
		return t
	}
	return Tag{state, Quiet}
}
