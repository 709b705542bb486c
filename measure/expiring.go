package measure

var expiring = Definition{
	Key:     Expiring,
	Version: "expiring/1",
	Name:    "Kits expiring",
	Unit:    "kits",
	Counts: "Kits that can be given out on the as-of day (on a shelf, in date, not held) and whose last day falls in the period. An expiry " +
		"printed as a month means its last day.",
	Source: "The ledger's stock and the expiry of each lot.",
	Not: "Not kits that are past their date already: those are part of Kits on hand, as expired. Not kits with people, which are shown beside. " +
		"Kits of a lot whose expiry is not known are never in it.",
	UsedBy: "Recommendation 5 of Release: monitor the expiry of kits.",
}
