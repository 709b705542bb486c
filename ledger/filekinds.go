package ledger

import "everykit/table"

// Columns of the files, by position. The order is the design's (section 6).
const (
	recID = iota
	recOn
	recOutlet
	recProduct
	recLot
	recExpiry
	recKits
	recOrder
	recPrice
	recSupplier
	recPaidBy
	recOpening
)

const (
	supID = iota
	supOn
	supOutlet
	supProduct
	supLot
	supKits
	supChannel
	supRecipient
	supSupply
	supReason
	supAge
	supSex
	supClient
	supTrained
	supCard
	supReplaces
	supNote
	supMark
)

const (
	traID = iota
	traOn
	traFrom
	traTo
	traProduct
	traLot
	traKits
	traArrivedOn
	traArrived
	traBroken
)

const (
	useID = iota
	useOn
	useOutlet
	useProduct
	useLot
	useKits
	useDoses
	useOutcome
	useAmbulance
	usePlace
	useSuppliedBy
)

const (
	wriID = iota
	wriOn
	wriOutlet
	wriProduct
	wriLot
	wriKits
	wriFrom
	wriTo
	wriReason
	wriSuppliedBy
)

const (
	unmID = iota
	unmOn
	unmOutlet
	unmReason
	unmKits
)

func needed(name, example string, aliases ...string) table.Column {
	return table.Column{Name: name, Need: true, Example: example, Aliases: aliases}
}

func optional(name, example string, aliases ...string) table.Column {
	return table.Column{Name: name, Example: example, Aliases: aliases}
}

var (
	idColumn = optional("id", "")
	onColumn = needed("occurred_on", "2026-11-23", "date", "day")
	lotCell  = needed("lot", "0116917", "batch", "lot_number", "batch_number")
	kitsCell = needed("kits", "1", "quantity", "number_of_kits")
)

// fileKinds are the kinds of file this room reads and writes.
var fileKinds = []table.Kind{
	{Name: "receipts", Columns: []table.Column{
		recID: idColumn, recOn: onColumn, recOutlet: needed("outlet", "BD-001"), recProduct: needed("product", "prenoxad"), recLot: lotCell,
		recExpiry: {Name: "expiry", Example: "2028-02", Aliases: []string{"expires", "expiry_date", "use_by"}}, recKits: needed("kits", "50", "quantity"),
		recOrder: optional("order", "PO-1207", "order_number"), recPrice: optional("unit_price", "18.00", "price"),
		recSupplier: optional("supplier", "Wholesaler"), recPaidBy: optional("paid_by", "Public health"), recOpening: optional("opening", "no"),
	}},
	{Name: "supplies", Columns: []table.Column{
		supID: idColumn, supOn: onColumn, supOutlet: needed("outlet", "BD-001"), supProduct: needed("product", "prenoxad"), supLot: lotCell, supKits: kitsCell,
		supChannel: optional("channel", "community"), supRecipient: optional("recipient", "person_at_risk"), supSupply: optional("supply", "repeat", "first_or_repeat"),
		supReason: optional("reason", "used_on_other"), supAge: optional("age_band", "35_44", "age"), supSex: optional("sex", "", "gender"),
		supClient: optional("client_code", ""), supTrained: optional("trained", "yes"), supCard: optional("card", ""),
		supReplaces: optional("replaces_lot", ""), supNote: optional("note", ""), supMark: optional("client_mark", ""),
	}},
	{Name: "transfers", Columns: []table.Column{
		traID: idColumn, traOn: onColumn, traFrom: needed("from_outlet", "BD-STORE", "from"), traTo: needed("to_outlet", "BD-001", "to"),
		traProduct: needed("product", "prenoxad"), traLot: lotCell, traKits: needed("kits", "20", "quantity"),
		traArrivedOn: optional("arrived_on", "2026-11-23"), traArrived: optional("arrived_kits", "19"), traBroken: optional("broken_kits", "1"),
	}},
	{Name: "uses", Columns: []table.Column{
		useID: idColumn, useOn: onColumn, useOutlet: optional("outlet", "BD-001"), useProduct: optional("product", "prenoxad"),
		useLot: optional("lot", "0116917", "batch"), useKits: optional("kits", "1"), useDoses: optional("doses", "2"), useOutcome: optional("outcome", "survived"),
		useAmbulance: optional("ambulance", "yes"), usePlace: optional("place", "home"), useSuppliedBy: optional("supplied_by", ""),
	}},
	{Name: "writeoffs", Columns: []table.Column{
		wriID: idColumn, wriOn: onColumn, wriOutlet: needed("outlet", "BD-001"), wriProduct: optional("product", "prenoxad"), wriLot: optional("lot", "0116917", "batch"),
		wriKits: kitsCell, wriFrom: needed("from", "shelf"), wriTo: needed("to", "destroyed"), wriReason: optional("reason", "expired"),
		wriSuppliedBy: optional("supplied_by", ""),
	}},
	{Name: "unmet", Columns: []table.Column{
		unmID: idColumn, unmOn: onColumn, unmOutlet: needed("outlet", "BD-001"), unmReason: needed("reason", "no_stock"), unmKits: optional("kits", "1"),
	}},
}

// Kinds are the kinds of file that Import reads and Export writes.
func Kinds() []table.Kind { return fileKinds }

func fileKind(name string) (table.Kind, bool) {
	for _, k := range fileKinds {
		if k.Name == name {
			return k, true
		}
	}
	return table.Kind{}, false
}
