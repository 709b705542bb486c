package registry

import (
	"strings"

	"everykit/fault"
	"everykit/table"
)

// Requirement is something an outlet asks of a person before it gives a kit.
type Requirement uint8

// The requirements. Their numbers are in the database and never change.
const (
	Referral Requirement = iota + 1
	Appointment
	Assessment
	InTreatment
	Training
	Identification
	LocalAddress
	PersonName
)

var requirements = words[Requirement]{
	what: "a requirement",
	keys: []string{"", "referral", "appointment", "assessment", "in_treatment", "training", "identification", "local_address", "name"},
	said: []string{
		"", "A referral", "An appointment", "An assessment", "Being in treatment", "Training first", "Identification",
		"A local address", "A name",
	},
	also: map[string]Requirement{
		"treatment": InTreatment, "id": Identification, "address": LocalAddress, "local_residence": LocalAddress,
	},
}

// Requirements lists every requirement there is.
func Requirements() []Requirement { return requirements.all() }

// String is the key that files have: in_treatment.
func (r Requirement) String() string { return requirements.key(r) }

// Words is how a page writes it: Being in treatment.
func (r Requirement) Words() string { return requirements.word(r) }

// Requires is the set of what an outlet asks for. The zero value is "not known", which is another thing than
// NothingRequired: somebody has said that the outlet asks for nothing.
type Requires uint16

// NothingRequired is a confirmed absence of requirements.
const NothingRequired Requires = 1

// RequiresOf makes a set; without members it is NothingRequired.
func RequiresOf(list ...Requirement) Requires {
	set := NothingRequired
	for _, r := range list {
		set |= 1 << r
	}
	return set
}

// Known reports whether anybody has said what the outlet asks for.
func (s Requires) Known() bool { return s&NothingRequired != 0 }

// Has reports whether the set has a requirement.
func (s Requires) Has(r Requirement) bool { return s&(1<<r) != 0 }

// List gives the members in their order.
func (s Requires) List() []Requirement {
	var list []Requirement
	for _, r := range requirements.all() {
		if s.Has(r) {
			list = append(list, r)
		}
	}
	return list
}

const noneKey = "none"

// String is the cell that files have: "" not known, "none", or "referral assessment".
func (s Requires) String() string {
	if !s.Known() {
		return ""
	}
	list := s.List()
	if len(list) == 0 {
		return noneKey
	}
	keys := make([]string, len(list))
	for i, r := range list {
		keys[i] = r.String()
	}
	return strings.Join(keys, " ")
}

// ParseRequires reads a cell: keys parted by space, comma or semicolon; "none" when nothing is asked for; empty when
// that is not known. Several words may stand for one requirement if commas or semicolons part them.
func ParseRequires(s string) (Requires, error) {
	folded := table.Fold(s)
	switch folded {
	case "":
		return 0, nil
	case noneKey, "nothing", "no_requirements":
		return NothingRequired, nil
	}
	set := NothingRequired
	for _, part := range splitWords(s, ",;") {
		if r, err := requirements.parse(part); err == nil {
			set |= 1 << r
			continue
		}
		for _, w := range strings.Fields(part) {
			if table.Fold(w) == noneKey {
				return 0, fault.New(fault.Invalid, "%q says none and something else too", s)
			}
			r, err := requirements.parse(w)
			if err != nil {
				return 0, err
			}
			set |= 1 << r
		}
	}
	return set, nil
}

// splitWords parts a cell at any of the letters given and leaves out what is empty.
func splitWords(s, at string) []string {
	var list []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(at, r) }) {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, w)
		}
	}
	return list
}
