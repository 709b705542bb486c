package measure

var onHand = Definition{
	Key:     OnHand,
	Version: "onhand/1",
	Name:    "Kits on hand",
	Unit:    "kits",
	Counts: "Kits at the outlets of an area at the end of the last day of the period, or of the as-of day if the period had not ended: on " +
		"shelves, in date or not, and held (set aside by a notice, handed back, damaged).",
	Source: "The ledger: opening stock and all that came in, less all that went out.",
	Not: "Not what can be given out: that is the usable part, on a shelf and in date. Kits on their way between outlets are on no shelf, and " +
		"kits with people are shown beside.",
	UsedBy: "Stock figures of any kind; recommendation 5 of Release asks that kits and their expiry be known.",
}
