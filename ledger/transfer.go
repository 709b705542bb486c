package ledger

import (
	"context"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Dispatch is kits sent to another outlet.
type Dispatch struct {
	Entry
	Lot int
	To  int // outlet
}

// Arrival is what came of a dispatch. Good and Broken and what is missing sum to what was sent.
type Arrival struct {
	ID         uuid.UUID
	Transfer   uuid.UUID // the dispatch
	FromArea   int       // of the sender
	OccurredOn civil.Date
	Good       int
	Broken     int
	Note       string
}

// Transfer is kits on their way, or arrived.
type Transfer struct {
	Area      int // of the sender
	ID        uuid.UUID
	Outlet    int // the sender
	ToArea    int
	To        int
	Lot       int
	SentOn    civil.Date
	Kits      int
	Arrival   uuid.UUID // zero while on the way
	ArrivedOn civil.Date
	Good      int
	Broken    int
}

// Open reports whether the kits are still on the way.
func (t Transfer) Open() bool { return t.Arrival == uuid.Nil }

// Send records kits sent to another outlet; until they arrive they are the sender's, on the way.
func (l *Ledger) Send(ctx context.Context, who staff.Person, d Dispatch) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		o, err := l.site(snap, who, staff.MoveKits, d.Outlet)
		if err != nil {
			return nil, err
		}
		to := snap.Outlet(d.To)
		if to == nil || to.ID == o.ID {
			return nil, fault.New(fault.Invalid, "choose another outlet to send to").At("to")
		}
		lot, err := l.lotByID(ctx, tx, d.Lot)
		if err != nil {
			return nil, err
		}
		m, err := d.movement(who, o, KindSend, Shelf, Transit, lot)
		if err != nil {
			return nil, err
		}
		m.OtherArea, m.Other = to.Area, to.ID
		ms := []*Movement{m}
		if done, err := isStored(ctx, tx, ms); done || err != nil {
			return ms, err
		}
		return ms, openTransfer(ctx, tx, m)
	})
}

func openTransfer(ctx context.Context, tx *store.Tx, m *Movement) error {
	_, err := tx.Exec(ctx, `INSERT INTO transfer (area, id, outlet, to_area, to_outlet, lot, sent_on, kits) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (area, id) DO NOTHING`,
		m.Area, idValue(m.ID), m.Outlet, m.OtherArea, m.Other, m.Lot, int(m.OccurredOn), m.Kits)
	return err
}

// Arrive records what came of a dispatch, in one transaction over both outlets.
func (l *Ledger) Arrive(ctx context.Context, who staff.Person, a Arrival) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		t, err := transferByID(ctx, tx, a.FromArea, a.Transfer)
		if err != nil {
			return nil, err
		}
		if t == nil {
			if err := who.Must(staff.MoveKits, staff.Place{}); err != nil {
				return nil, err
			}
			return nil, fault.New(fault.NotFound, "there is no such delivery on its way")
		}
		o, err := l.site(snap, who, staff.MoveKits, t.To)
		if err != nil {
			return nil, err
		}
		if err := a.check(*t); err != nil {
			return nil, err
		}
		lot, err := l.lotByID(ctx, tx, t.Lot)
		if err != nil {
			return nil, err
		}
		ms, err := a.movements(who, o, *t, lot)
		if err != nil {
			return nil, err
		}
		if done, err := isStored(ctx, tx, ms); done || err != nil {
			return ms, err
		}
		if !t.Open() {
			return nil, fault.New(fault.Conflict, "this delivery was recorded as arrived on %s", t.ArrivedOn.Words()).Hint("if that was wrong, reverse it and enter it again")
		}
		return ms, closeTransfer(ctx, tx, a)
	})
}

func (a Arrival) check(t Transfer) error {
	switch {
	case a.Good < 0 || a.Broken < 0:
		return fault.New(fault.Invalid, "the number of kits cannot be below nought").At("good")
	case a.Good+a.Broken > t.Kits:
		return fault.New(fault.Invalid, "%d kits arrived but only %d were sent", a.Good+a.Broken, t.Kits).At("good").Hint("if more really came, record the rest as found once this is saved")
	case a.OccurredOn < t.SentOn:
		return fault.New(fault.Invalid, "it was sent on %s and cannot have arrived before", t.SentOn.Words()).At("occurred_on")
	}
	return nil
}

// movements are up to three: what arrived whole, what is missing, what is broken.
func (a Arrival) movements(who staff.Person, o *registry.Outlet, t Transfer, lot Lot) ([]*Movement, error) {
	var ms []*Movement
	for _, part := range []struct {
		id   uuid.UUID
		kind Kind
		to   Place
		kits int
	}{
		{a.ID, KindArrive, Shelf, a.Good},
		{partID(a.ID, "short"), KindShort, Lost, t.Kits - a.Good - a.Broken},
		{partID(a.ID, "broken"), KindBroken, Spoiled, a.Broken},
	} {
		if part.kits == 0 {
			continue
		}
		e := Entry{ID: part.id, OccurredOn: a.OccurredOn, Outlet: o.ID, Kits: part.kits, Note: a.Note}
		m, err := e.movement(who, o, part.kind, Transit, part.to, lot)
		if err != nil {
			return nil, err
		}
		m.OtherArea, m.Other, m.Transfer = t.Area, t.Outlet, t.ID
		ms = append(ms, m)
	}
	return ms, nil
}

func closeTransfer(ctx context.Context, tx *store.Tx, a Arrival) error {
	n, err := tx.Exec(ctx, "UPDATE transfer SET arrival = ?, arrived_on = ?, good = ?, broken = ? WHERE area = ? AND id = ? AND arrival IS NULL",
		idValue(a.ID), int(a.OccurredOn), a.Good, a.Broken, a.FromArea, idValue(a.Transfer))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has just recorded this delivery as arrived")
	}
	return err
}

// followTransfer keeps the list of deliveries in step with a reversal: a dispatch undone is gone from it, an arrival
// undone is on its way again.
func followTransfer(ctx context.Context, tx *store.Tx, undone *Movement) error {
	var err error
	switch undone.Kind {
	case KindSend:
		t, e := transferByID(ctx, tx, undone.Area, undone.ID)
		if e == nil && t != nil && !t.Open() {
			return fault.New(fault.Refused, "this delivery has arrived").Hint("the outlet that took it in reverses the arrival first")
		}
		if err = e; err == nil {
			_, err = tx.Exec(ctx, "DELETE FROM transfer WHERE area = ? AND id = ?", undone.Area, idValue(undone.ID))
		}
	case KindArrive, KindShort, KindBroken:
		_, err = tx.Exec(ctx, "UPDATE transfer SET arrival = NULL, arrived_on = NULL, good = NULL, broken = NULL WHERE area = ? AND id = ?",
			undone.OtherArea, idValue(undone.Transfer))
	}
	return err
}

const transferColumns = "area, id, outlet, to_area, to_outlet, lot, sent_on, kits, arrival, arrived_on, good, broken"

func eachTransfer(ctx context.Context, tx *store.Tx, fn func(Transfer) error, where string, args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var t Transfer
		var id, arrival []byte
		var arrivedOn, good, broken *int
		if err := scan(&t.Area, &id, &t.Outlet, &t.ToArea, &t.To, &t.Lot, &t.SentOn, &t.Kits, &arrival, &arrivedOn, &good, &broken); err != nil {
			return err
		}
		copy(t.ID[:], id)
		copy(t.Arrival[:], arrival)
		t.ArrivedOn, t.Good, t.Broken = civil.Date(number(arrivedOn)), number(good), number(broken)
		return fn(t)
	}, "SELECT "+transferColumns+" FROM transfer WHERE "+where, args...)
}

func transferByID(ctx context.Context, tx *store.Tx, area int, id uuid.UUID) (*Transfer, error) {
	var found *Transfer
	err := eachTransfer(ctx, tx, func(t Transfer) error { found = &t; return nil }, "area = ? AND id = ?", area, idValue(id))
	return found, err
}
