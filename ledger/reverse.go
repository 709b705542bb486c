package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Reversal undoes one movement, whole.
type Reversal struct {
	ID   uuid.UUID
	Area int       // of the outlet that recorded the movement
	Of   uuid.UUID // the movement
	Note string
}

// Reverse records the opposite of a movement, on the day the movement happened, so that every figure of that day is
// right again. What arrived in one delivery is reversed together.
func (l *Ledger) Reverse(ctx context.Context, who staff.Person, r Reversal) error {
	var undone []*Movement
	back := func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		m, err := movementByID(ctx, tx, r.Area, r.Of)
		if err != nil {
			return nil, err
		}
		if m == nil || snap.Outlet(m.Outlet) == nil {
			if err := who.Must(staff.Reverse, staff.Place{}); err != nil {
				return nil, err
			}
			return nil, fault.New(fault.NotFound, "there is no such entry to reverse")
		}
		o, err := l.site(snap, who, staff.Reverse, m.Outlet)
		if err != nil {
			return nil, err
		}
		if held, err := heldByNotice(ctx, tx, m); err != nil {
			return nil, err
		} else if held { // undoing it puts kits back on the shelf that a notice had taken from there
			if err := who.Must(staff.ReleaseHold, PlaceOf(snap, o)); err != nil {
				return nil, err
			}
		}
		undone, err = l.together(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		return l.opposites(ctx, tx, who, r, undone)
	}
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return err
	}
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		ms, err := back(tx, snap)
		if err != nil {
			return err
		}
		if err := l.post(ctx, tx, snap, who, ms); err != nil {
			return err
		}
		if of := ms[0]; of.Kind == KindRelease && of.Flags&isNew != 0 {
			return l.holdAgain(ctx, tx, who, of)
		}
		return nil
	})
	var short Shortfall
	if errors.As(err, &short) && len(undone) > 0 {
		return l.standsOn(ctx, err, short, undone[0])
	}
	return err
}

// together gives the movements that were recorded as one deed with m. If m was reversed before it is m alone: its
// delivery may have arrived once more since, and that arrival is another deed.
func (l *Ledger) together(ctx context.Context, tx *store.Tx, m *Movement) ([]*Movement, error) {
	all := []*Movement{m}
	if m.Transfer == uuid.Nil && m.Kind != KindSupply {
		return all, nil
	}
	by, err := reversedBy(ctx, tx, m)
	if err != nil || by != uuid.Nil {
		return all, err
	}
	if m.Kind == KindSupply {
		old, err := movementByID(ctx, tx, m.Area, replacedID(m.ID))
		if err != nil || old == nil {
			return all, err
		}
		by, err := reversedBy(ctx, tx, old)
		if err != nil || by != uuid.Nil {
			return all, err
		}
		return append(all, old), nil
	}
	err = eachMovement(ctx, tx, func(part *Movement) error {
		if part.ID != m.ID {
			all = append(all, part)
		}
		return nil
	}, `area = ? AND outlet = ? AND lot = ? AND occurred_on = ? AND transfer = ? AND recorded_at = ? AND reverses IS NULL
		AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.area = movement.area AND r.reverses = movement.id) ORDER BY kind`,
		m.Area, m.Outlet, m.Lot, int(m.OccurredOn), idValue(m.Transfer), m.RecordedAt.UnixMilli())
	return all, err
}

func (l *Ledger) opposites(ctx context.Context, tx *store.Tx, who staff.Person, r Reversal, undone []*Movement) ([]*Movement, error) {
	if err := checkText("note", r.Note, MostNote); err != nil {
		return nil, err
	}
	var back []*Movement
	for i, m := range undone {
		id := r.ID
		if i > 0 {
			id = partID(r.ID, fmt.Sprint("reversal ", i))
		}
		if err := refuseReversal(ctx, tx, m, id); err != nil {
			return nil, err
		}
		o := *m
		if m.Lot != 0 {
			lot, err := l.lotByID(ctx, tx, m.Lot)
			if err != nil {
				return nil, err
			}
			o.barred, o.lot = lot.Barred != 0, &lot
		}
		o.ID, o.Reverses, o.From, o.To, o.Staff, o.Note = id, m.ID, m.To, m.From, who.ID, r.Note
		o.Flags &= stored
		if m.Kind == KindSupply && m.OccurredOn == l.Day(m.RecordedAt) && m.Flags&BarredWhenSupplied == 0 {
			o.givenAt = m.RecordedAt
		}
		back = append(back, &o)
	}
	if done, err := isStored(ctx, tx, back); done || err != nil {
		return back, err
	}
	return back, followTransfer(ctx, tx, undone[0])
}

// HeldByNotice reports whether a movement set kits aside while a notice barred their lot. Only somebody who may release kits
// can reverse it.
func (l *Ledger) HeldByNotice(ctx context.Context, m *Movement) (held bool, err error) {
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		held, err = heldByNotice(ctx, tx, m)
		return err
	})
	return held, err
}

// heldByNotice reports whether a movement set kits aside of a lot that a notice had barred by then.
func heldByNotice(ctx context.Context, tx *store.Tx, m *Movement) (bool, error) {
	if m.Kind != KindHold || m.Reverses != uuid.Nil {
		return false, nil
	}
	var n int
	return tx.Get(ctx, []any{&n}, "SELECT 1 FROM lot_bar WHERE lot = ? AND since <= ? LIMIT 1", m.Lot, m.RecordedAt.UnixMilli())
}

// holdAgain takes back, with a release that was reversed, that what lies on the shelf or comes there later is let stay by the
// withdrawals of the lot: what is left of it is held with the rest.
func (l *Ledger) holdAgain(ctx context.Context, tx *store.Tx, who staff.Person, of *Movement) error {
	bars, err := barsOf(ctx, tx, "kind = ? AND lot = ?", int(Withdrawn), of.Lot)
	if err != nil || len(bars[of.Lot]) == 0 {
		return err
	}
	for _, b := range bars[of.Lot] {
		if _, err := tx.Exec(ctx, "DELETE FROM lot_released WHERE area = ? AND outlet = ? AND lot = ? AND notice = ?", of.Area, of.Outlet, of.Lot, b.Notice); err != nil {
			return err
		}
	}
	var shelf int
	if _, err := tx.Get(ctx, []any{&shelf}, "SELECT shelf FROM stock WHERE area = ? AND outlet = ? AND lot = ?", of.Area, of.Outlet, of.Lot); err != nil {
		return err
	}
	var holds []*Movement
	for ; shelf > 0; shelf -= MostKits {
		h := Hit{of.Area, of.Outlet, of.Lot, min(shelf, MostKits)}
		holds = append(holds, bars[of.Lot][0].hold(who.ID, Lot{ID: of.Lot, Product: of.Product}, h, l.today(tx)))
	}
	if err := l.recordHolds(ctx, tx, newBatch(tx), holds); err != nil {
		return err
	}
	return fewerUnchecked(ctx, tx, of.Lot)
}

// refuseReversal says why a movement cannot be reversed, if it cannot.
func refuseReversal(ctx context.Context, tx *store.Tx, m *Movement, id uuid.UUID) error {
	if m.Reverses != uuid.Nil {
		return fault.New(fault.Refused, "this entry is itself a reversal").Hint("record what really happened as a new entry")
	}
	by, err := reversedBy(ctx, tx, m)
	if err == nil && by != uuid.Nil && by != id {
		err = fault.New(fault.Conflict, "this entry was reversed already").Hint("nothing more is needed")
	}
	return err
}

// reversedBy is the id of the movement that reversed m, or zero.
func reversedBy(ctx context.Context, tx *store.Tx, m *Movement) (uuid.UUID, error) {
	var by []byte
	found, err := tx.Get(ctx, []any{&by}, "SELECT id FROM movement WHERE area = ? AND reverses = ?", m.Area, idValue(m.ID))
	if err != nil || !found {
		return uuid.Nil, err
	}
	return uuid.FromBytes(by)
}

// standsOn names the later movements that a refused reversal would leave without their kits.
func (l *Ledger) standsOn(ctx context.Context, cause error, s Shortfall, m *Movement) error {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return err
	}
	var later []string
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		return eachMovement(ctx, tx, func(o *Movement) error {
			if o.ID != m.ID {
				later = append(later, fmt.Sprintf("%s of %d kits on %s", strings.ToLower(o.Kind.Words()), o.Kits, o.OccurredOn.Words()))
			}
			return nil
		}, "area = ? AND outlet = ? AND lot = ? AND from_place = ? AND occurred_on >= ? AND reverses IS NULL ORDER BY occurred_on, recorded_at LIMIT 5",
			s.Area, s.Outlet, s.Lot, int(s.Place), int(m.OccurredOn))
	})
	if err != nil {
		return err
	}
	f := fault.New(fault.Refused, "this entry cannot be reversed: %d of its kits have gone on from %s (%s)", s.Short, outletName(snap, s.Outlet), s.Place.Words()).Because(cause)
	if len(later) > 0 {
		return f.Hint("reverse first what came after: %s", strings.Join(later, "; "))
	}
	return f
}
