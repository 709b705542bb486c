package expiry

import "everykit/civil"

// SoonDays is how many days at most a kit has left that expires soon.
const SoonDays = 90

// State says how near a date is, as a word: a page may colour it, but never by colour alone.
type State uint8

// The states.
const (
	Unknown State = iota // the expiry is not known
	Expired              // its last day has passed
	Soon                 // SoonDays left at most, the last day included
	InDate               // longer
)

// StateOf judges a date on a day.
func StateOf(e civil.Expiry, today civil.Date) State {
	switch {
	case !e.Known:
		return Unknown
	case e.Past(today):
		return Expired
	case e.DaysLeft(today) <= SoonDays:
		return Soon
	}
	return InDate
}

// String is the state's key, for files and class names.
func (s State) String() string { return [...]string{"unknown", "expired", "soon", "in_date"}[s] }

// Words is how a page writes it.
func (s State) Words() string {
	return [...]string{"Date not known", "Expired", "Expires soon", "In date"}[s]
}
