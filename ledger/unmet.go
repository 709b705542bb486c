package ledger

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// TurnedAway is somebody who asked for kits and got none, and why. There is no fact about the person, not even a place
// for one.
type TurnedAway struct {
	Entry  // Kits: how many were asked for, 1 if not said
	Reason UnmetReason
}

// TurnAway records it.
func (l *Ledger) TurnAway(ctx context.Context, who staff.Person, t TurnedAway) error {
	return l.write(ctx, who, func(_ *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		m, err := l.turnedAway(snap, who, t)
		return []*Movement{m}, err
	})
}

// turnedAway makes the entry of somebody turned away.
func (l *Ledger) turnedAway(snap *registry.Snapshot, who staff.Person, t TurnedAway) (*Movement, error) {
	o, err := l.site(snap, who, staff.MoveKits, t.Outlet)
	if err != nil {
		return nil, err
	}
	if t.Reason == 0 {
		return nil, fault.New(fault.Invalid, "choose why no kit was given").At("reason")
	}
	m, err := t.movement(who, o, KindUnmet, Nowhere, Nowhere, Lot{})
	if err != nil {
		return nil, err
	}
	m.Unmet = t.Reason
	return m, nil
}

// ConfirmNil records that an outlet looked and had nothing to record in a month: only then is silence nought.
func (l *Ledger) ConfirmNil(ctx context.Context, who staff.Person, outlet int, month civil.Month) error {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return err
	}
	o, err := l.site(snap, who, staff.MoveKits, outlet)
	if err != nil {
		return err
	}
	if month >= l.Today().Month() {
		return fault.New(fault.Invalid, "%s is not over yet", month.Words()).At("month").Hint("confirm it once it is")
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		var n int
		had, err := tx.Get(ctx, []any{&n}, "SELECT 1 FROM month_count WHERE area = ? AND outlet = ? AND month = ? AND times > 0 LIMIT 1", o.Area, o.ID, int(month))
		if err != nil {
			return err
		}
		if had {
			return fault.New(fault.Refused, "%s has entries at %s", month.Words(), o.Name).Hint("it is not a nil month")
		}
		_, err = tx.Exec(ctx, "INSERT INTO nil_month (area, outlet, month, staff, recorded_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (area, outlet, month) DO NOTHING",
			o.Area, o.ID, int(month), who.ID, tx.Now.UnixMilli())
		return err
	})
}
