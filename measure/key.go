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
	Reach             Key = "reach"
	KitsPerDeath      Key = "kits_per_death"
	LiveCoverage      Key = "live_coverage"
	PublicOutlets     Key = "outlets"
	Requirements      Key = "requirements"
	FirstSupplies     Key = "first_supplies"
	RepeatShare       Key = "repeat_share"
	RepeatUsed        Key = "repeat_used"
	OnHand            Key = "onhand"
	Expiring          Key = "expiring"
	ExpiryRisk        Key = "expiry_risk"
)

// trait is what is the same for all figures of a measure.
type trait struct {
	key    Key
	name   string
	unit   string    // of a value, in full
	card   string    // the same as short as a large number needs it
	heads  [3]string // of value, numerator and denominator, over columns
	per    float64   // what a ratio is multiplied by; 0 for a plain count
	places int       // decimals that pages show
	share  bool      // the numerator is a part of the denominator
	mean   bool      // the mean of the authorities' ratios is a figure too
}

// traits is every measure in the order to show them.
var traits = []trait{
	{key: Purchased, name: "Kits purchased", unit: "kits", card: "kits", heads: [3]string{"Kits"}},
	{key: Dispensed, name: "Kits dispensed", unit: "kits", card: "kits", heads: [3]string{"Kits"}},
	{key: Coverage, name: "Coverage", unit: "kits per 100 people", card: "per 100 people", heads: [3]string{"Per 100 people", "Kits", "People"}, per: 100, places: 1, mean: true},
	{key: CoverageTreatment, name: "Coverage of people in treatment", unit: "kits per 100 people", card: "per 100 people", heads: [3]string{"Per 100 people", "Kits", "People"}, per: 100, places: 1, mean: true},
	{key: Reach, name: "Reach", unit: "per cent of people at risk", card: "per cent", heads: [3]string{"Per cent", "First supplies", "People"}, per: 100, places: 1, mean: true},
	{key: KitsPerDeath, name: "Kits per death", unit: "kits per opioid-related death", card: "per death", heads: [3]string{"Kits per death", "Kits", "Deaths"}, per: 1, places: 1},
	{key: LiveCoverage, name: "Live coverage", unit: "kits in date with people per 100 people, at most", card: "per 100 people, at most", heads: [3]string{"At most, per 100 people", "Kits", "People"}, per: 100, places: 1, mean: true},
	{key: PublicOutlets, name: "Public outlets", unit: "outlets per 10,000 people at risk", card: "per 10,000 people", heads: [3]string{"Per 10,000 people", "Outlets", "People"}, per: 10000, places: 1, mean: true},
	{key: Requirements, name: "Outlets with requirements", unit: "per cent of public outlets", card: "per cent", heads: [3]string{"Per cent", "Ask for something", "Outlets"}, per: 100, places: 1, share: true},
	{key: FirstSupplies, name: "First supplies", unit: "people", card: "people", heads: [3]string{"People"}},
	{key: RepeatShare, name: "Repeat supplies", unit: "per cent of supplies", card: "per cent", heads: [3]string{"Per cent", "Repeats", "Supplies"}, per: 100, places: 1, share: true},
	{key: RepeatUsed, name: "Repeats because a kit was used", unit: "per cent of repeat supplies", card: "per cent", heads: [3]string{"Per cent", "Because used", "Repeats"}, per: 100, places: 1, share: true},
	{key: OnHand, name: "Kits on hand", unit: "kits", card: "kits", heads: [3]string{"Kits"}},
	{key: Expiring, name: "Kits expiring", unit: "kits", card: "kits", heads: [3]string{"Kits"}},
	{key: ExpiryRisk, name: "Kits that will expire unused", unit: "kits", card: "kits", heads: [3]string{"Kits"}},
}

func (k Key) trait() trait {
	for _, t := range traits {
		if t.key == k {
			return t
		}
	}
	return trait{}
}

// Keys lists the measures in the order to show them.
func Keys() []Key {
	list := make([]Key, len(traits))
	for i, t := range traits {
		list[i] = t.key
	}
	return list
}

// Words is how a page writes it: Kits purchased.
func (k Key) Words() string { return k.trait().name }

// Unit is what its values count: kits, or kits per 100 people.
func (k Key) Unit() string { return k.trait().unit }

// ShortUnit is the unit beside a large number: kits, per 100 people, per cent.
func (k Key) ShortUnit() string { return k.trait().card }

// Heads are what stands over columns of its values, and of a ratio's numerators and denominators.
func (k Key) Heads() (value, numerator, denominator string) {
	h := k.trait().heads
	return h[0], h[1], h[2]
}

// Per is what the ratio of numerator and denominator is multiplied by: 100 for kits per 100 people and for per cent. 0 for
// a plain count.
func (k Key) Per() float64 { return k.trait().per }

// Places is how many decimals a page shows of a value.
func (k Key) Places() int { return k.trait().places }

// IsRatio reports whether its values are one number over another: kits over people, or a part over the whole.
func (k Key) IsRatio() bool { return k.trait().per != 0 }

// IsShare reports whether its values are a part of a whole, in per cent.
func (k Key) IsShare() bool { return k.trait().share }

// Yearly reports whether it is defined for years only: kits of a shorter time over the same people, or the same deaths,
// would look like less. A coverage is for a financial year, kits per death for any twelve months that have a name.
func (k Key) Yearly() bool { return k == Coverage || k == CoverageTreatment || k == KitsPerDeath }

// For reports whether figures are made for such a period, whatever the day.
func (k Key) For(months int, financial bool) bool {
	return !k.Yearly() || financial || k == KitsPerDeath && months == 12
}

// OnDay reports whether it says how things stand on a day: the last of its period, or the as-of day if that is earlier.
func (k Key) OnDay() bool {
	return k == OnHand || k == LiveCoverage || k == PublicOutlets || k == Requirements
}

// Ahead reports whether it looks from the as-of day at what the period will bring, and so takes periods that have not begun.
func (k Key) Ahead() bool { return k == Expiring || k == ExpiryRisk }

// otherKeys are names people also write.
var otherKeys = map[Key]Key{
	"on_hand": OnHand, "public_outlets": PublicOutlets, "kits_per_deaths": KitsPerDeath, "live": LiveCoverage,
	"expires_unused": ExpiryRisk, "repeats": RepeatShare, "first": FirstSupplies,
}

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
	if k, ok := otherKeys[folded]; ok {
		return k, nil
	}
	hint := "write one of " + strings.Join(names, ", ")
	if near := table.Nearest(string(folded), names); near != "" {
		hint = "did you mean " + near + "?"
	}
	return "", fault.New(fault.Invalid, "there is no measure %q", s).At("measure").Hint("%s", hint)
}
