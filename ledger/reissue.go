package ledger

import (
	"context"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// fateOf says where an earlier kit goes when another is given in its place: nowhere (0) if it stays in use or nobody knows.
func fateOf(r Reason, broughtBack bool) (Kind, Place) {
	switch r {
	case ReasonUsedOnSelf, ReasonUsedOnOther:
		return KindUse, Used
	case ReasonLost, ReasonStolen, ReasonConfiscated:
		return KindLose, Lost
	case ReasonExpired, ReasonDamaged, ReasonNotice:
		if broughtBack {
			return KindHandBack, Spoiled
		}
		return KindDestroy, Destroyed
	}
	if broughtBack {
		return KindHandBack, Spoiled
	}
	return 0, Nowhere
}

// replaced is the movement of the one earlier kit that a supply replaces, nil if its lot is not known or it stays in use.
// Whose it was is found as for any kit that people bring back; if nobody here supplied it, it is kept as a report.
func (l *Ledger) replaced(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, who staff.Person, s SupplyOf) (*Movement, error) {
	if s.Replaces == 0 {
		return nil, nil
	}
	kind, to := fateOf(s.Reason, s.BroughtBack)
	if kind == 0 {
		return nil, nil
	}
	if s.Supply == FirstSupply {
		return nil, fault.New(fault.Invalid, "a first kit replaces none").At("replaces").Hint("leave the earlier kit empty, or say that it is a repeat")
	}
	o, err := l.site(snap, who, staff.MoveKits, s.Outlet)
	if err != nil {
		return nil, err
	}
	lot, err := l.lotByID(ctx, tx, s.Replaces)
	if err != nil {
		return nil, err
	}
	e := Entry{ID: replacedID(s.ID), OccurredOn: s.OccurredOn, Outlet: s.Outlet, Kits: 1}
	m, err := e.movement(who, o, kind, People, to, lot)
	if err != nil {
		return nil, err
	}
	return m, l.fromPeople(ctx, tx, m, nil)
}

// Replaced is the movement of the earlier kit that a supply replaced, nil if it moved none.
func (l *Ledger) Replaced(ctx context.Context, supply *Movement) (*Movement, error) {
	return l.Movement(ctx, supply.Area, replacedID(supply.ID))
}

// replacedID is the id of the movement of the earlier kit that a supply replaces.
func replacedID(supply uuid.UUID) uuid.UUID { return partID(supply, "replaced") }
