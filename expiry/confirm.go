package expiry

import (
	"context"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/store"
)

// Move is what somebody confirms of a proposal: the outlets, the lot, and the kits, which may be fewer than proposed.
type Move struct{ From, To, Lot, Kits int }

// Confirm makes a proposal a transfer, on its way as of today. id is made with the form: the same id again is the same
// transfer, whatever has happened since. Refused if the proposal no longer holds, because the kits have gone meanwhile or the
// other outlet no longer needs them, and for one between two authorities. Whoever may move kits at From may confirm.
func (x *Expiry) Confirm(ctx context.Context, who staff.Person, m Move, id uuid.UUID) error {
	x.confirming.Lock()
	defer x.confirming.Unlock()
	snap, err := x.reg.Now(ctx)
	if err != nil {
		return err
	}
	from := snap.Outlet(m.From)
	if from == nil {
		if err := who.Must(staff.MoveKits, staff.Place{}); err != nil {
			return err
		}
		return fault.New(fault.NotFound, "there is no such outlet").At("from")
	}
	if err := who.Must(staff.MoveKits, ledger.PlaceOf(snap, from)); err != nil {
		return err
	}
	if before, err := x.led.Movement(ctx, from.Area, id); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	} else if err == nil && before != nil {
		if before.Kind == ledger.KindSend && before.Outlet == m.From && before.Other == m.To && before.Lot == m.Lot && before.Kits == m.Kits {
			return nil
		}
		return fault.New(fault.Conflict, "this form was sent before, for other kits").At("id").Hint("look at the proposals again")
	}
	if err := x.stillHolds(ctx, m); err != nil {
		return err
	}
	d := ledger.Dispatch{Lot: m.Lot, To: m.To}
	d.ID, d.OccurredOn, d.Outlet, d.Kits = id, x.led.Today(), m.From, m.Kits
	d.Note = "Moved so that it is used in time"
	return x.led.Send(ctx, who, d)
}

// stillHolds refuses a proposal that is one no longer.
func (x *Expiry) stillHolds(ctx context.Context, m Move) error {
	if m.Kits < 1 {
		return fault.New(fault.Invalid, "the number of kits must be 1 or more, not %d", m.Kits).At("kits")
	}
	snap, err := x.reg.Now(ctx)
	if err != nil {
		return err
	}
	from, to := snap.Outlet(m.From), snap.Outlet(m.To)
	switch {
	case to == nil || to.ID == from.ID:
		return fault.New(fault.Invalid, "choose another outlet to send to").At("to")
	case to.Area != from.Area:
		return fault.New(fault.Refused, "%s belongs to another authority", to.Name).At("to").Hint("agree with them first, then send the kits from the page of %s", from.Name)
	}
	return x.look(ctx, OfArea(from.Area), func(tx *store.Tx, l *look) error {
		lot := l.lots[m.Lot]
		if lot == nil {
			return stale("there are no kits of this lot at %s any more", from.Name)
		}
		if lot.Barred != 0 {
			return stale("a notice now bars lot %s", lot.Number)
		}
		places, err := x.places(ctx, tx, l)
		if err != nil {
			return err
		}
		left, free := 0, 0
		for _, p := range places[lot.Product] {
			switch p.outlet.ID {
			case m.From:
				for _, s := range surpluses([]*place{p}) {
					if s.lot == m.Lot {
						left += s.kits
					}
				}
			case m.To:
				if p.takes {
					p.then = append(after(p.rate, p.own, TravelDays), p.coming...)
					fefo(p.then)
					free = room(p.rate, p.then, TravelDays, p.last(m.Lot))
				}
			}
		}
		if left < m.Kits {
			return stale("%s of lot %s would now be left over at %s, not %d", kits(left), lot.Number, from.Name, m.Kits)
		}
		if free < m.Kits {
			return stale("%s would now use only %s of lot %s in time, not %d", to.Name, kits(free), lot.Number, m.Kits)
		}
		return nil
	})
}

func stale(format string, args ...any) error {
	return fault.New(fault.Refused, format, args...).At("kits").Hint("nothing was sent; look at the proposals again, they have changed")
}
