package ledger

import (
	"context"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// WriteOff moves kits that are not given out: held and released, destroyed, lost and found, given back to the supplier,
// handed back by people. From and To say which (see kind.go); From Held takes what may go back on a shelf, Spoiled what
// may not.
type WriteOff struct {
	Entry
	Lot      int // 0 only for what people hand back or lose, where it is not known
	From, To Place
	Reason   string
}

// kindOf gives the kind that a pair of places has, among those a write-off may be.
func kindOf(from, to Place) (Kind, bool) {
	for _, w := range ways {
		if w.from == from && w.to == to && w.from != Nowhere {
			switch w.kind {
			case KindStaffUse, KindHandBack, KindHold, KindRelease, KindDestroy, KindLose, KindFind, KindGiveBack:
				return w.kind, true
			}
		}
	}
	return 0, false
}

// WriteOff records it.
func (l *Ledger) WriteOff(ctx context.Context, who staff.Person, w WriteOff) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		m, err := l.writeOff(ctx, tx, snap, who, w, nil)
		return []*Movement{m}, err
	})
}

// writeOff makes the movement of a write-off; see fromPeople for pending.
func (l *Ledger) writeOff(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, who staff.Person, w WriteOff, pending taken) (*Movement, error) {
	kind, ok := kindOf(w.From, w.To)
	if !ok {
		return nil, fault.New(fault.Invalid, "kits cannot go from %s to %s", w.From.Words(), w.To.Words()).At("to")
	}
	deed := staff.MoveKits
	if kind == KindRelease {
		deed = staff.ReleaseHold
	}
	o, err := l.site(snap, who, deed, w.Outlet)
	if err != nil {
		return nil, err
	}
	var lot Lot
	if w.Lot != 0 {
		if lot, err = l.lotByID(ctx, tx, w.Lot); err != nil {
			return nil, err
		}
	} else if w.From != People {
		return nil, fault.New(fault.Invalid, "choose the lot").At("lot")
	}
	m, err := w.movement(who, o, kind, w.From, w.To, lot)
	if err != nil {
		return nil, err
	}
	if err := checkText("reason", w.Reason, 100); err != nil {
		return nil, err
	}
	if w.Reason != "" && m.Note == "" {
		m.Note = w.Reason
	}
	switch {
	case w.From == People:
		return m, l.fromPeople(ctx, tx, m, pending)
	case kind == KindRelease:
		return m, l.refuseRelease(ctx, tx, m, lot)
	}
	return m, nil
}

// refuseRelease refuses to put back today what a notice withdraws: that is said to the notice (see ReleaseBarred), so that
// it knows. What was put back on an earlier day is recorded, and held.
func (l *Ledger) refuseRelease(ctx context.Context, tx *store.Tx, m *Movement, lot Lot) error {
	if lot.Barred&Withdrawn == 0 || m.OccurredOn < l.today(tx) {
		return nil
	}
	if done, err := isStored(ctx, tx, []*Movement{m}); err != nil || done {
		return err
	}
	bars, err := barsOf(ctx, tx, "lot = ?", lot.ID)
	if err != nil {
		return err
	}
	b, err := holding(ctx, tx, m.Area, m.Outlet, bars[lot.ID])
	if err != nil || b == nil {
		return err
	}
	return fault.New(fault.Refused, "lot %s is withdrawn by notice %s: it cannot simply go back on the shelf", lot.Number, b.Number).At("lot").
		Hint("if these kits may be given out again, release them from the notice, on its page")
}
