package support

import (
	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Support is the room's deeds. Make one with New; it is safe for use by many goroutines.
type Support struct {
	db    *store.DB
	reg   *registry.Registry
	l     *ledger.Ledger
	today func() civil.Date
}

// New makes the room on a database that has had Schema applied (and those of registry, staff and ledger). today is the
// civil date where the outlets are.
func New(db *store.DB, reg *registry.Registry, l *ledger.Ledger, today func() civil.Date) *Support {
	return &Support{db, reg, l, today}
}

// PlaceOf is where an authority is, for asking what somebody may do there.
func PlaceOf(snap *registry.Snapshot, area int) staff.Place {
	at := staff.Place{Area: area}
	if n := snap.NationOf(area); n != nil {
		at.Nation = n.ID
	}
	return at
}

// Rights is what somebody may do about one action.
type Rights struct {
	See    bool // the action and its history
	Change bool // as the authority's own: see Change
	Answer bool // as its nation: all of Change
	Send   bool // it asks for kits of the authority where this person moves them: see Send
}

// May says what somebody may do about an action. The authority that is to give kits sees what they are for.
func May(snap *registry.Snapshot, by staff.Person, a *Action) Rights {
	at := PlaceOf(snap, a.Area)
	r := Rights{See: by.May(staff.SeeScorecard, at), Change: by.May(staff.AskSupport, at), Answer: by.May(staff.GiveSupport, at)}
	if a.From != 0 && a.IsOpen() {
		for _, o := range snap.OutletsOf(a.From) {
			r.Send = r.Send || by.May(staff.MoveKits, ledger.PlaceOf(snap, o))
		}
	}
	r.See = r.See || r.Send
	return r
}
