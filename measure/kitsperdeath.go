package measure

var kitsPerDeath = Definition{
	Key:       KitsPerDeath,
	Version:   "kits_per_death/1",
	Name:      "Kits per death",
	Unit:      "kits per opioid-related death",
	Counts:    "Kits given out in a year for every opioid-related death in a year. Nine is the least a programme should give out, and 20 is what to aim for.",
	Numerator: "Kits dispensed in the year through every channel. A financial year or a calendar year may be asked for.",
	Denominator: "Opioid-related deaths registered in the area in a year: of the latest year that does not end after the figure's and was published by the as-of date. " +
		"The figure names the year.",
	Source: "Kits: the ledger, or else a return (see Kits dispensed). Deaths: the published number named beside the figure. The low and high ends are those of " +
		"the deaths, by the 95 per cent limits of a count: exact Poisson below 10, Byar's approximation from 10 on; where a published number has its own " +
		"interval, by that.",
	Not: "Not a measure of lives saved. With few deaths it says little: the interval shows how little. Where there was no death there is no ratio. Deaths of England " +
		"and Wales together are never put under the kits of one of them. For a nation: kits over deaths of all authorities that have both, and all its " +
		"kits over its own number of deaths. No mean of ratios is made: a few deaths more or less would move it.",
	UsedBy: "Bird, Parmar and Strang (2015): 9 to 20 kits for each opioid-related death.",
}
