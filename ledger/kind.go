package ledger

// Kind is what happened.
type Kind uint8

// The kinds of movement, as in the design's table.
const (
	KindOpen     Kind = iota + 1 // stock an outlet had when it began: never counted as purchased
	KindReceive                  // from the supplier
	KindSend                     // to another outlet; on the way until it arrives
	KindArrive                   // arrived whole
	KindShort                    // sent but did not arrive
	KindBroken                   // arrived broken
	KindSupply                   // given to people
	KindUse                      // used by people
	KindStaffUse                 // used by staff from the shelf
	KindHandBack                 // handed back by people
	KindHold                     // set aside
	KindRelease                  // back on the shelf
	KindDestroy
	KindLose
	KindFind
	KindGiveBack // to the supplier
	KindUnmet    // somebody asked and got no kit: moves nothing
	kinds
)

// way is one line of the design's table: what may move from where to where.
type way struct {
	kind     Kind
	from, to Place
}

// ways is every movement there is. A pair of places has one kind, so that a file need only name the places.
var ways = []way{
	{KindOpen, Outside, Shelf},
	{KindReceive, Supplier, Shelf},
	{KindSend, Shelf, Transit},
	{KindArrive, Transit, Shelf},
	{KindShort, Transit, Lost},
	{KindBroken, Transit, Spoiled},
	{KindSupply, Shelf, People},
	{KindUse, People, Used},
	{KindStaffUse, Shelf, Used},
	{KindHandBack, People, Spoiled},
	{KindHandBack, Outside, Spoiled},
	{KindHold, Shelf, Held},
	{KindHold, Shelf, Spoiled},
	{KindRelease, Held, Shelf},
	{KindDestroy, Shelf, Destroyed},
	{KindDestroy, Held, Destroyed},
	{KindDestroy, Spoiled, Destroyed},
	{KindDestroy, People, Destroyed}, // out of use, told of when it was replaced: expired, damaged, named by a notice
	{KindLose, Shelf, Lost},
	{KindLose, People, Lost},
	{KindFind, Lost, Shelf},
	{KindGiveBack, Held, Returned},
	{KindGiveBack, Spoiled, Returned},
	{KindGiveBack, Shelf, Returned},
	{KindUse, Nowhere, Nowhere},
	{KindHandBack, Nowhere, Nowhere},
	{KindLose, Nowhere, Nowhere},
	{KindDestroy, Nowhere, Nowhere},
	{KindUnmet, Nowhere, Nowhere},
}

var kindNames = [kinds]string{
	"", "open", "receive", "send", "arrive", "short", "broken", "supply", "use", "staff_use", "hand_back", "hold", "release",
	"destroy", "lose", "find", "give_back", "unmet",
}

var kindWords = [kinds]string{
	"", "Opening stock", "Received", "Sent", "Arrived", "Missing on arrival", "Arrived broken", "Given out", "Used",
	"Used by staff", "Handed back", "Held", "Released", "Destroyed", "Lost", "Found", "Returned to supplier", "Turned away",
}

// String is the kind's key.
func (k Kind) String() string { return kindNames[k] }

// Words is how a page writes it.
func (k Kind) Words() string { return kindWords[k] }

// allowed reports whether a kind may go from one place to another. A reversal goes the opposite way.
func allowed(k Kind, from, to Place) bool {
	for _, w := range ways {
		if w.kind == k && w.from == from && w.to == to {
			return true
		}
	}
	return false
}

// atOther reports whether a place of this movement belongs to the other outlet: what is on the way stays with its
// sender, and so does what never arrived; kits with people belong to the outlet that supplied them.
func atOther(k Kind, p Place, hasOther bool) bool {
	if !hasOther {
		return false
	}
	switch k {
	case KindArrive, KindBroken:
		return p == Transit
	case KindShort:
		return true
	case KindUse, KindHandBack, KindLose, KindDestroy:
		return p == People
	}
	return false
}
