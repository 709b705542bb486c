package expiry

import (
	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
)

// Scope is what a board or a list is of: an outlet, or an authority, region or nation. Make one with OfOutlet or OfArea.
type Scope struct{ Outlet, Area int }

// OfOutlet is the scope of one outlet.
func OfOutlet(id int) Scope { return Scope{Outlet: id} }

// OfArea is the scope of an authority with its outlets, or of a region or nation with all areas in it.
func OfArea(id int) Scope { return Scope{Area: id} }

// Kits are numbers of kits.
type Kits struct {
	Shelf  int // on shelves and not set aside: they can be given out, if in date
	Held   int // set aside, or waiting to be checked
	People int // in people's hands: at most
	Unused int // of Shelf: they will pass their date there at today's rate of supply
}

func (k *Kits) add(b Kits) {
	k.Shelf += b.Shelf
	k.Held += b.Held
	k.People += b.People
	k.Unused += b.Unused
}

// Month is the kits whose last day lies in one month.
type Month struct {
	Month civil.Month
	Kits
}

// Within is the kits in date with at most so many days left after today.
type Within struct {
	Days int
	Kits
}

// Summary sorts kits by what is to be done. Shelf and Held of all five together are the kits on hand.
type Summary struct {
	Expired Kits // past their last day
	Soon    Kits // SoonDays left at most
	InDate  Kits // longer
	Unknown Kits // the expiry is not known: never in Unused
}

// All is the sum.
func (s Summary) All() Kits {
	var k Kits
	for _, part := range []Kits{s.Expired, s.Soon, s.InDate, s.Unknown} {
		k.add(part)
	}
	return k
}

// LotRow is one lot of which there are kits on shelves, set aside or with people.
type LotRow struct {
	Lot     ledger.Lot
	Product *registry.Product
	State   State
	Kits
	Outlets int // that have some on the shelf or set aside
}

// OutletRow is one outlet of an authority.
type OutletRow struct {
	Outlet *registry.Outlet
	Summary
}

// AreaRow is one authority of a region or nation.
type AreaRow struct {
	Area *registry.Area
	Summary
}

// Board is what expires when.
type Board struct {
	Scope  Scope
	Today  civil.Date
	Window Window // of the days that the rate of supply is taken from

	Summary          // of all
	Months  []Month  // from this month to the last in which anything in date expires, without gaps
	Within  []Within // 30, 60, 90 and 180 days; each includes the ones before

	Lots    []LotRow    // the first to expire first, those whose expiry is not known last
	Outlets []OutletRow // of an authority: those with most to do first
	Areas   []AreaRow   // of a region or nation: likewise
}
