package frozen

import "everykit/measure"

// Definitions of what only a bulletin has.
var (
	suppliesDefinition = measure.Definition{
		Key: Supplies, Version: "supplies/1", Name: "Supplies", Unit: "supplies",
		Counts: "How many times kits were given to somebody in a period, whatever the number of kits, by one thing that was recorded at a time.",
		Source: "The ledger: supplies, less those that were reversed. Returns count kits, and are not in it.",
		Not:    "Not kits: one supply may be of several. Not people: somebody may come several times.",
		UsedBy: "Everykit.",
	}
	deathsDefinition = measure.Definition{
		Key: Deaths, Version: "deaths/1", Name: "Opioid-related deaths", Unit: "deaths",
		Counts: "Deaths that were published as related to opioids, by the year that their publisher counts them in.",
		Source: "The latest number for each year that had been published by the as-of day, with its method. It was not counted here.",
		Not:    "Not deaths of people who had been given a kit, and not all deaths of people who use drugs. Methods of different publishers are not one.",
		UsedBy: "National statistics of deaths.",
	}
)

// definitionsOf are those of the measures that figures are of, in the order to show them.
func definitionsOf(figures []Figure) []measure.Definition {
	used := map[string]bool{}
	for _, f := range figures {
		used[f.Measure] = true
	}
	list := []measure.Definition{}
	for _, d := range append(measure.Definitions(), suppliesDefinition, deathsDefinition) {
		if used[string(d.Key)] {
			list = append(list, d)
		}
	}
	return list
}
