package measure

var purchased = Definition{
	Key:     Purchased,
	Version: "purchased/1",
	Name:    "Kits purchased",
	Unit:    "kits",
	Counts:  "Take-home naloxone kits that the outlets of an area received from suppliers in a period, by the day they came in.",
	Source: "The ledger: receipts, less those that were reversed. Where an area keeps no ledger here, the total in its return. " +
		"Where both are there the ledger is taken, and the figure says what the return says; the two are never added.",
	Not: "Not orders or invoices. Stock that an outlet had when its ledger began was not purchased in the period and is never counted, " +
		"and kits that came from another outlet were counted where they came from the supplier.",
	UsedBy: "Release asked every authority in England how many kits it purchased in each of three years.",
}
