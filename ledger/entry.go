package ledger

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Entry is what every deed has: an id made by whoever records it, the day, the outlet and the number of kits.
type Entry struct {
	ID         uuid.UUID
	OccurredOn civil.Date
	Outlet     int
	Kits       int
	Note       string // MostNote letters at most; no names: nothing here is ever about a person
}

// MostNote bounds a note, in letters.
const MostNote = 500

// site is the outlet of an entry, checked, and whether this person may do the deed there.
func (l *Ledger) site(snap *registry.Snapshot, who staff.Person, d staff.Deed, outlet int) (*registry.Outlet, error) {
	o := snap.Outlet(outlet)
	if o == nil {
		if err := who.Must(d, staff.Place{}); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.NotFound, "there is no such outlet").At("outlet")
	}
	return o, who.Must(d, PlaceOf(snap, o))
}

// PlaceOf is where an outlet is, for asking what somebody may do there.
func PlaceOf(snap *registry.Snapshot, o *registry.Outlet) staff.Place {
	at := staff.Place{Area: o.Area, Outlet: o.ID}
	if n := snap.NationOf(o.Area); n != nil {
		at.Nation = n.ID
	}
	return at
}

// movement starts the movement of an entry.
func (e Entry) movement(who staff.Person, o *registry.Outlet, k Kind, from, to Place, lot Lot) (*Movement, error) {
	if e.ID == uuid.Nil {
		return nil, fault.New(fault.Invalid, "the entry has no number of its own").At("id").Hint("open a fresh form and enter it again")
	}
	if err := checkText("note", e.Note, MostNote); err != nil {
		return nil, err
	}
	return &Movement{
		ID: e.ID, Kind: k, OccurredOn: e.OccurredOn, Area: o.Area, Outlet: o.ID, Lot: lot.ID, Product: lot.Product, Kits: e.Kits,
		From: from, To: to, Staff: who.ID, Note: e.Note, barred: lot.Barred != 0, lot: &lot,
	}, nil
}

// checkText refuses what is too long or cannot be stored.
func checkText(field, s string, most int) error {
	switch {
	case utf8.RuneCountInString(s) > most:
		return fault.New(fault.Invalid, "this is longer than %d letters", most).At(field)
	case !utf8.ValidString(s):
		return fault.New(fault.Invalid, "this holds letters that cannot be read").At(field)
	}
	for _, r := range s {
		if r == 0 {
			return fault.New(fault.Invalid, "this holds a character that cannot be stored").At(field)
		}
	}
	return nil
}

// lotByID reads a lot that a form named, and keeps notices from barring it until the transaction ends: see shared.
func (l *Ledger) lotByID(ctx context.Context, tx *store.Tx, id int) (Lot, error) {
	return l.lotWhere(ctx, tx, "id = ?"+shared(tx), id)
}

// lotToRead is lotByID for a transaction that only reads.
func (l *Ledger) lotToRead(ctx context.Context, tx *store.Tx, id int) (Lot, error) {
	return l.lotWhere(ctx, tx, "id = ?", id)
}

func (l *Ledger) lotWhere(ctx context.Context, tx *store.Tx, where string, id int) (Lot, error) {
	lot, ok, err := findLot(ctx, tx, where, id)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "there is no such lot").At("lot").Hint("choose a lot from the list, or receive it first")
	}
	return lot, err
}

// isStored reports whether any of the movements was recorded before. A deed that changes more than movements asks this
// first: sent a second time it must leave alone what has happened since.
func isStored(ctx context.Context, tx *store.Tx, ms []*Movement) (bool, error) {
	for _, m := range ms {
		var n int
		if found, err := tx.Get(ctx, []any{&n}, "SELECT 1 FROM movement WHERE area = ? AND id = ?", m.Area, idValue(m.ID)); found || err != nil {
			return found, err
		}
	}
	return false, nil
}
