package registry

// Answer is yes, no, or, as 0, not known.
type Answer uint8

// The answers.
const (
	Yes Answer = iota + 1
	No
)

var answers = words[Answer]{
	what: "yes or no",
	keys: []string{"", "yes", "no"},
	said: []string{"Not known", "Yes", "No"},
	also: map[string]Answer{"y": Yes, "true": Yes, "1": Yes, "n": No, "false": No, "0": No, "not_known": 0, "unknown": 0},
}

// ParseAnswer reads yes, no, or empty for not known.
func ParseAnswer(s string) (Answer, error) { return answers.parse(s) }

// String is the key that files have: yes, no or nothing.
func (a Answer) String() string { return answers.key(a) }

// Words is how a page writes it.
func (a Answer) Words() string { return answers.word(a) }

// WalkIn says whether somebody can come without an appointment. 0 is not known.
type WalkIn uint8

// The ways in.
const (
	WalkInYes WalkIn = iota + 1
	WalkInNo
	ByAppointment
)

var walkIns = words[WalkIn]{
	what: "yes, no or appointment",
	keys: []string{"", "yes", "no", "appointment"},
	said: []string{"Not known", "Walk in", "No walk-in", "By appointment"},
	also: map[string]WalkIn{
		"y": WalkInYes, "true": WalkInYes, "1": WalkInYes, "walk_in": WalkInYes, "drop_in": WalkInYes, "n": WalkInNo,
		"false": WalkInNo, "0": WalkInNo, "by_appointment": ByAppointment, "appointment_only": ByAppointment, "not_known": 0, "unknown": 0,
	},
}

// ParseWalkIn reads yes, no, appointment, or empty for not known.
func ParseWalkIn(s string) (WalkIn, error) { return walkIns.parse(s) }

// WalkIns lists the ways in.
func WalkIns() []WalkIn { return walkIns.all() }

// String is the key that files have.
func (w WalkIn) String() string { return walkIns.key(w) }

// Words is how a page writes it.
func (w WalkIn) Words() string { return walkIns.word(w) }
