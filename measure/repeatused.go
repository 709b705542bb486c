package measure

import "everykit/ledger"

var repeatUsed = Definition{
	Key:     RepeatUsed,
	Version: "repeat_used/1",
	Name:    "Repeats because a kit was used",
	Unit:    "per cent of repeat supplies",
	Counts:  "Of the repeat supplies in a period, the share that were made because the kit before had been used, on the person or on somebody else.",
	Numerator: "Repeat supplies with one of those two reasons, through every channel but community prescription and ambulance. In returns, repeat supplies " +
		"reported as because of use.",
	Denominator: "All repeat supplies through those channels, also those without a recorded reason; the figure says how many those were.",
	Source: "The ledger: the reason recorded with each supply. Where an area keeps no ledger here, its returns. The two are never mixed in one figure. The low " +
		"and high ends are Wilson's 95 per cent limits of a proportion.",
	Not:    "Not the share of kits that are used: most people whose kit was used do not come back to say so. For a nation only the pooled share is given.",
	UsedBy: "Public Health Scotland: used, as a share of repeat supplies.",
}

var usedParts = parts{
	about: ledger.AboutReason, part: []uint8{uint8(ledger.ReasonUsedOnSelf), uint8(ledger.ReasonUsedOnOther)},
	returned: "repeat_used", returnedWhole: "repeat_supplies", what: "why they were repeats",
}
