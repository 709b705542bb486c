package support

import (
	"slices"
	"time"

	"everykit/civil"
)

// GapKind is a kind of gap. Package scorecard finds them. The words are stored and stand in addresses.
type GapKind string

// The kinds of gap.
const (
	NoProvision   GapKind = "no_provision"
	LowCoverage   GapKind = "low_coverage" // under the target
	NoOutlet      GapKind = "no_outlet"    // no public outlet open in the area, or none within reach
	Requirements  GapKind = "requirements"
	ExpiresFaster GapKind = "expires_faster" // than it is supplied
	Silent        GapKind = "silent"         // since a month
	NoReply       GapKind = "no_reply"       // to the survey
)

var gapKinds = []GapKind{NoProvision, LowCoverage, NoOutlet, Requirements, ExpiresFaster, Silent, NoReply}

// GapKinds lists them all, in the order to show them.
func GapKinds() []GapKind { return slices.Clone(gapKinds) }

// Known reports whether it is one of the kinds.
func (k GapKind) Known() bool { return slices.Contains(gapKinds, k) }

// State is how far an action has come. Numbers are stored.
type State uint8

// The states.
const (
	Asked    State = 1 // an authority asks; nobody has answered
	Planned  State = 2 // it has an owner and a day
	Underway State = 3 // it has an owner, or kits are on their way
	Done     State = 4
	Declined State = 5 // with a reason: by the nation, or withdrawn by the authority
)

// Help is what is asked for or answered with. Numbers are stored.
type Help uint8

// The kinds of help.
const (
	Guidance Help = 1
	Stock    Help = 2 // spare kits of another authority: becomes a transfer
	Call     Help = 3
	Other    Help = 4
)

// Action is one action on a gap.
type Action struct {
	ID       int
	Area     int
	Gap      GapKind
	Help     Help
	Says     string // what is asked or to be done; MostWords letters at most
	Kits     int    // 0 none
	Owner    int    // account; 0 nobody yet
	OwnerNot string // a name of a post where the owner has no account
	DueOn    civil.Date
	State    State // Underway and Done follow the kits sent for it: see Sends
	AskedAt  time.Time
	AskedBy  int
	From     int      // the authority that gives kits, or is asked to by the nation; 0 none
	Transfer [16]byte // of the ledger's, the last one sent
	Reason   string   // declined

	Version   int // how often it was changed; Change needs the one it was made on
	ChangedAt time.Time
	Sends     []Sent // kits sent for it, the first first
}

// IsOpen reports whether something is still to be done.
func (a *Action) IsOpen() bool { return a.State != Done && a.State != Declined }

// HasOwnerAndDay reports whether somebody is to do it by a day.
func (a *Action) HasOwnerAndDay() bool {
	return (a.Owner != 0 || a.OwnerNot != "") && a.DueOn != civil.None
}

// Step is one line of an action's history.
type Step struct {
	At    time.Time
	Staff int
	What  string // in words: "Planned for 14 December 2026"
	Note  string
}

// Bounds that only a slip of the hand passes, in letters.
const (
	MostWords = 2000 // of what is asked, a note, a reason
	mostOwner = 200
)
