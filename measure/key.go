package measure

import (
	"strings"

	"everykit/fault"
	"everykit/table"
)

// Key names a measure in files, commands and addresses.
type Key string

// The measures.
const (
	Purchased         Key = "purchased"
	Dispensed         Key = "dispensed"
	Coverage          Key = "coverage"
	CoverageTreatment Key = "coverage_treatment"
	OnHand            Key = "onhand"
	Expiring          Key = "expiring"
)

// Keys lists the measures in the order to show them.
func Keys() []Key { return []Key{Purchased, Dispensed, Coverage, CoverageTreatment, OnHand, Expiring} }

var keyNames = map[Key]string{
	Purchased: "Kits purchased", Dispensed: "Kits dispensed", Coverage: "Coverage", CoverageTreatment: "Coverage of people in treatment",
	OnHand: "Kits on hand", Expiring: "Kits expiring",
}

// Words is how a page writes it: Kits purchased.
func (k Key) Words() string { return keyNames[k] }

// Unit is what its values count: kits, or kits per 100 people.
func (k Key) Unit() string {
	if k.IsRatio() {
		return "kits per 100 people"
	}
	return "kits"
}

// IsRatio reports whether its values are kits over people.
func (k Key) IsRatio() bool { return k == Coverage || k == CoverageTreatment }

// ParseKey reads the name of a measure in any case, with spaces, "-" or "_".
func ParseKey(s string) (Key, error) {
	folded := Key(table.Fold(s))
	var names []string
	for _, k := range Keys() {
		if k == folded {
			return k, nil
		}
		names = append(names, string(k))
	}
	if folded == "on_hand" {
		return OnHand, nil
	}
	hint := "write one of " + strings.Join(names, ", ")
	if near := table.Nearest(string(folded), names); near != "" {
		hint = "did you mean " + near + "?"
	}
	return "", fault.New(fault.Invalid, "there is no measure %q", s).At("measure").Hint("%s", hint)
}
