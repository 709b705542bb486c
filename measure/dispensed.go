package measure

var dispensed = Definition{
	Key:     Dispensed,
	Version: "dispensed/1",
	Name:    "Kits dispensed",
	Unit:    "kits",
	Counts: "Take-home naloxone kits given to people by the outlets of an area in a period, by the day they were given, through every " +
		"channel: community, prison, community prescription, ambulance, post, peer networks.",
	Source: "The ledger: supplies, less those that were reversed. Where an area keeps no ledger here, the total in its return; where a return " +
		"has only quarters or months, their sum. Where ledger and return are both there the ledger is taken, and the figure says what the " +
		"return says; the two are never added.",
	Not: "Not people: one person may be given several kits, and again another day. Not kits that services used themselves, sent to other " +
		"outlets, or threw away. A total that was reported is kept as it was, also where its parts sum to less.",
	UsedBy: "Release (kits given out) and Public Health Scotland (kits issued).",
}
