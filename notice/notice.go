package notice

import (
	"strings"
	"time"

	"everykit/civil"
)

// Notice is one notice, or a draft of it, or a drill.
type Notice struct {
	ID        int
	Number    string // as printed: "NatPSA/2022/009/MHRA"
	Regulator string // who issued it: "MHRA"
	IssuedOn  civil.Date
	Title     string
	Text      string // what it says, in plain paragraphs; may be empty
	Source    string // where it can be read; may be empty
	Action    Action
	Severity  string // in the regulator's own words; may be empty
	Class     int    // 1 (the most urgent) to 4; 0 not given
	Level     Level
	DueOn     civil.Date // the last day for an answer; civil.None if there is none
	Drill     bool
	Of        int // of a drill: the notice it is a copy of; 0 if none
	State     State

	PublishedAt time.Time // zero while a draft
	ClosedAt    time.Time // zero while open
	ClosedWhy   string

	Lines []Line
}

// Line is one lot that a notice names.
type Line struct {
	Product   int
	Number    string       // of the lot, as printed
	Expiry    civil.Expiry // as the notice gives it; may be not known
	NewExpiry civil.Expiry // only where the action changes the expiry
	Lot       int          // the ledger's; 0 until published, and in a drill while the ledger does not know the lot
}

// Open reports whether the notice still asks for answers.
func (n *Notice) Open() bool { return n.State == Published }

// Bars reports whether the notice keeps kits from being given out until somebody has looked at them.
func (n *Notice) Bars() bool { return !n.Drill && (n.Action == Withdraw || n.Action == Check) }

// Lots are the ledger's lots that the notice names.
func (n *Notice) Lots() []int {
	var lots []int
	for _, l := range n.Lines {
		if l.Lot != 0 {
			lots = append(lots, l.Lot)
		}
	}
	return lots
}

// Overdue reports whether the last day for an answer has passed.
func (n *Notice) Overdue(today civil.Date) bool {
	return n.Open() && n.DueOn != civil.None && today > n.DueOn
}

// Subject names the action and the number in one line: "Check kits: notice NatPSA/2022/009/MHRA".
func (n *Notice) Subject() string {
	s := n.Action.Asks() + ": notice " + n.Number
	if n.Drill {
		return "[Drill] " + s
	}
	return s
}

// numberKey is how numbers and regulators are compared: without case or spaces.
func numberKey(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }
