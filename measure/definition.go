package measure

// Definition says in plain words what a measure is. Its version changes whenever a figure could.
type Definition struct {
	Key         Key
	Version     string // coverage/1
	Name        string
	Unit        string
	Counts      string // what it counts, in a sentence or two
	Numerator   string // empty for a plain count
	Denominator string // likewise
	Source      string // where the numbers come from, and which of several is taken
	Not         string // what it is not, and what is not in it
	UsedBy      string // who counts it so
}

var definitions = map[Key]Definition{
	Purchased: purchased, Dispensed: dispensed, Coverage: coverage, CoverageTreatment: coverageTreatment, Reach: reach, KitsPerDeath: kitsPerDeath,
	LiveCoverage: liveCoverage, PublicOutlets: publicOutlets, Requirements: requirements, FirstSupplies: firstSupplies, RepeatShare: repeatShare,
	RepeatUsed: repeatUsed, OnHand: onHand, Expiring: expiring, ExpiryRisk: expiryRisk,
}

// Definitions lists the measures in the order to show them.
func Definitions() []Definition {
	var list []Definition
	for _, k := range Keys() {
		list = append(list, definitions[k])
	}
	return list
}

// DefinitionOf gives the definition of a measure, which must be one of Keys.
func DefinitionOf(k Key) Definition { return definitions[k] }
