package measure

var coverage = Definition{
	Key:     Coverage,
	Version: "coverage/1",
	Name:    "Coverage",
	Unit:    "kits per 100 people",
	Counts: "Kits given out in community settings in a financial year for every 100 people aged 15 to 64 who are estimated to use opiates " +
		"in the area. The target is 100: one kit for each.",
	Numerator: "Kits dispensed in April to March through every channel but prison and ambulance. Ambulance kits are shown beside.",
	Denominator: "The latest estimate of people who use opiates in the area that was published by the as-of date and whose period does not end " +
		"after the figure's. Where an estimate was published for several areas together, the figure is for them together.",
	Source: "Kits: the ledger, or else a return (see Kits dispensed). A return that does not split its total by channel is taken whole. People: " +
		"the published estimate named beside the figure. The low and high ends come from the estimate's own interval, where one was published.",
	Not: "Not the share of people who have a kit: it counts kits, and may pass 100. Estimates of people who use opiates or crack are of " +
		"another population and never stand in. For a nation two numbers are given, each named: kits over people of all authorities that have " +
		"both, and the mean of the authorities' ratios.",
	UsedBy: "Release, Finding a Needle in a Haystack (2018), for 2016/17 and 2017/18.",
}
