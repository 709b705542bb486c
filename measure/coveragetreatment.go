package measure

var coverageTreatment = Definition{
	Key:     CoverageTreatment,
	Version: "coverage_treatment/1",
	Name:    "Coverage of people in treatment",
	Unit:    "kits per 100 people",
	Counts: "Kits given out in community settings in a financial year for every 100 people in treatment for opiates in the area: the same kits " +
		"as in Coverage over a number that services know.",
	Numerator:   "Kits dispensed in April to March through every channel but prison and ambulance.",
	Denominator: "People in treatment for opiates in the area, the latest number published by the as-of date whose period does not end after the figure's.",
	Source:      "Kits: the ledger, or else a return (see Kits dispensed). People: the published number named beside the figure.",
	Not:         "Not kits given to people in treatment: kits go to anybody, and most of those at greatest risk are not in treatment. It may pass 100.",
	UsedBy:      "Release, for 2017/18.",
}
