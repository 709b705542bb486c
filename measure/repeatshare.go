package measure

import "everykit/ledger"

var repeatShare = Definition{
	Key:     RepeatShare,
	Version: "repeat_share/1",
	Name:    "Repeat supplies",
	Unit:    "per cent of supplies",
	Counts:  "Of the supplies in a period, the share that were repeats: to somebody who had been given a kit before.",
	Numerator: "Supplies recorded as repeats, through every channel but community prescription and ambulance, which do not record it. In returns, where kits are " +
		"counted and not supplies, kits.",
	Denominator: "All supplies through those channels, also those of which it was not recorded; the figure says how many those were. In returns, the kits dispensed " +
		"through those channels: community and prison. A total that a return does not split by channel is not taken in their place.",
	Source: "The ledger: what was recorded with each supply. Where an area keeps no ledger here, its returns. The two are never mixed in one figure. The low " +
		"and high ends are Wilson's 95 per cent limits of a proportion.",
	Not:    "Not a share of people: one person may come back several times. For a nation only the pooled share is given.",
	UsedBy: "Public Health Scotland: repeats as a share of community and prison supplies.",
}

var repeatParts = parts{
	about: ledger.AboutFirst, part: []uint8{uint8(ledger.RepeatSupply)}, returned: "repeat_supplies", returnedWhole: "dispensed", split: true,
	what: "whether they were repeats",
}
