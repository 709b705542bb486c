package notice

import (
	"slices"
	"strings"

	"everykit/fault"
	"everykit/table"
)

// Action is what a notice asks for.
type Action uint8

// The actions. Their numbers are stored: never change one.
const (
	Withdraw     Action = 1 // kits are set aside wherever they lie or land, until a coordinator releases them
	Check        Action = 2 // kits stay, and are given out once they were checked and found good
	ChangeExpiry Action = 3 // the lots named are good until another day than the one printed
	Inform       Action = 4 // read it; nothing is asked of the kits
)

// Actions are all of them, in the order to show them.
var Actions = []Action{Withdraw, Check, ChangeExpiry, Inform}

var actionKeys = [...]string{"", "withdraw", "check", "change_expiry", "inform"}

// String is the action's key in files.
func (a Action) String() string { return keyOf(actionKeys[:], int(a)) }

// Words is how a page names it: "Check in place".
func (a Action) Words() string {
	return keyOf([]string{"", "Withdraw", "Check in place", "Change the expiry date", "Inform"}, int(a))
}

// Asks is what it asks for, as the beginning of a subject: "Check kits".
func (a Action) Asks() string {
	return keyOf([]string{"", "Set kits aside", "Check kits", "Changed expiry date", "Please read"}, int(a))
}

// Explain says in one sentence what publication does.
func (a Action) Explain() string {
	return keyOf([]string{
		"",
		"Kits of these lots are set aside at once, and so are those that arrive later. A coordinator can release them.",
		"Kits stay on the shelf. They cannot be given out until the outlet has checked them. Only good ones are given out.",
		"Only the lots named here are good until another day than the one printed. The old date is kept.",
		"Outlets read it and say that they have. Nothing happens to the kits.",
	}, int(a))
}

// ParseAction reads an action's key in any case, with spaces, "-" or "_". Invalid if there is none such.
func ParseAction(s string) (Action, error) {
	i, err := parseKey(s, "an action", actionKeys[:], map[string]int{
		"withdrawal": 1, "recall": 1, "check_in_place": 2, "change_the_expiry": 3, "expiry": 3, "information": 4, "info": 4,
	})
	return Action(i), err
}

// State is how far a notice has come.
type State uint8

// The states. Their numbers are stored.
const (
	Draft     State = 1
	Published State = 2
	Closed    State = 3
)

// String is the state's key.
func (s State) String() string { return keyOf([]string{"", "draft", "published", "closed"}, int(s)) }

// Words is how a page writes it.
func (s State) Words() string { return keyOf([]string{"", "Draft", "Open", "Closed"}, int(s)) }

// Level is how far down a notice speaks.
type Level uint8

// The levels. Their numbers are stored.
const (
	Outlets Level = 1 // those who hold kits to give out
	People  Level = 2 // those who carry one, too
)

// Levels are both, in the order to show them.
var Levels = []Level{Outlets, People}

var levelKeys = [...]string{"", "outlets", "people"}

// String is the level's key in files.
func (l Level) String() string { return keyOf(levelKeys[:], int(l)) }

// Words is how a page writes it.
func (l Level) Words() string {
	return keyOf([]string{"", "Outlets", "Outlets, and people who have a kit"}, int(l))
}

// ParseLevel reads a level's key in any case; empty is Outlets.
func ParseLevel(s string) (Level, error) {
	if strings.TrimSpace(s) == "" {
		return Outlets, nil
	}
	i, err := parseKey(s, "a level", levelKeys[:], map[string]int{"outlet": 1, "people_too": 2, "patient": 2})
	return Level(i), err
}

func keyOf(keys []string, i int) string {
	if i < len(keys) {
		return keys[i]
	}
	return ""
}

func parseKey(s, what string, keys []string, also map[string]int) (int, error) {
	folded := table.Fold(s)
	if i := slices.Index(keys, folded); i > 0 {
		return i, nil
	}
	if i, ok := also[folded]; ok {
		return i, nil
	}
	if folded == "" {
		return 0, fault.New(fault.Invalid, "must be filled in").Hint("write one of %s", strings.Join(keys[1:], ", "))
	}
	if near := table.Nearest(folded, keys[1:]); near != "" {
		return 0, fault.New(fault.Invalid, "%.40q is not %s: did you mean %s?", s, what, near)
	}
	return 0, fault.New(fault.Invalid, "%.40q is not %s; write one of %s", s, what, strings.Join(keys[1:], ", "))
}
