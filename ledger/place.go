package ledger

// Place is where kits are. Shelf, Held, Spoiled, Transit and People belong to an outlet; a lot's kits over all places of
// all outlets always sum to nought, since each movement takes from one what it gives to another.
type Place uint8

// The places. Spoiled is the part of what is held that can never go back on a shelf: handed back by people, or damaged.
// Pages and files that speak of "held" mean Held and Spoiled together unless they say otherwise.
const (
	Nowhere Place = iota // a report: kits that are not ours, or not known to be
	Supplier
	Outside
	Shelf
	Held
	Spoiled
	Transit
	People
	Used
	Destroyed
	Lost
	Returned
	places // how many there are
)

var placeNames = [places]string{"", "supplier", "outside", "shelf", "held", "spoiled", "transit", "people", "used", "destroyed", "lost", "returned"}

var placeWords = [places]string{
	"not ours", "supplier", "outside this ledger", "on the shelf", "held", "held, not to go back", "on the way",
	"with people", "used", "destroyed", "lost", "returned to the supplier",
}

// String is the place's key in files and columns.
func (p Place) String() string { return placeNames[p] }

// Words is how a page writes it.
func (p Place) Words() string { return placeWords[p] }

// guarded are the places that must never be below zero at the end of a day. The supplier and the outside are where
// kits come from, lost may fall below zero when a count finds more than the books had, and the rest only grow but for
// reversals of what is in them.
var guarded = [...]Place{Shelf, Held, Spoiled, Transit, People}

// Counts is a number of kits for each place.
type Counts [places]int

// HeldAll is what is held, whether it may go back or not.
func (c Counts) HeldAll() int { return c[Held] + c[Spoiled] }

// Received is what came to this outlet and stayed in its care or went on from there to people and ends: all places but
// the two sources. Transfers are netted to where the kits are.
func (c Counts) Received() int {
	n := 0
	for _, p := range []Place{Shelf, Held, Spoiled, Transit, People, Used, Destroyed, Lost, Returned} {
		n += c[p]
	}
	return n
}

// Plus adds.
func (c Counts) Plus(d Counts) Counts {
	for p := range c {
		c[p] += d[p]
	}
	return c
}

// setAside in a file is what is held and may go back on a shelf, where "held" alone may mean either kind.
const setAside = "set_aside"

func parsePlace(folded string) (Place, bool) {
	for p, name := range placeNames {
		if p > 0 && name == folded {
			return Place(p), true
		}
	}
	switch folded {
	case setAside:
		return Held, true
	case "on_shelf", "stock":
		return Shelf, true
	case "with_people", "person", "client":
		return People, true
	case "in_transit":
		return Transit, true
	case "supplier_returned", "return":
		return Returned, true
	}
	return Nowhere, false
}
