package support

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Send answers an action with kits: a transfer of the ledger from an outlet of another authority to one of the authority
// that asked. lot is the ledger's; 0 takes the lot that is due first among those with enough kits and enough life left for
// the other authority. id is made with the form and becomes the transfer's: the same again is the same transfer.
//
// It is a deed of whoever moves kits at fromOutlet (staff.MoveKits there, as the ledger asks), for an action whose nation
// has named that authority (Action.From, set by Change). Somebody who may do both needs no naming. A national team moves no
// kits: it names the authority, whose coordinator finds the action with GivenBy.
func (s *Support) Send(ctx context.Context, by staff.Person, action int, fromOutlet, lot, toOutlet, kits int, id [16]byte) error {
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return err
	}
	from, to := snap.Outlet(fromOutlet), snap.Outlet(toOutlet)
	if from == nil {
		if err := by.Must(staff.MoveKits, staff.Place{}); err != nil {
			return err
		}
		return fault.New(fault.NotFound, "there is no such outlet").At("from")
	}
	if err := by.Must(staff.MoveKits, ledger.PlaceOf(snap, from)); err != nil {
		return err
	}
	switch {
	case uuid.UUID(id) == uuid.Nil:
		return fault.New(fault.Invalid, "the form has no number of its own").At("id").Hint("open a fresh form and fill it in again")
	case to == nil:
		return fault.New(fault.Invalid, "choose the outlet to send to").At("to")
	case kits < 1 || kits > ledger.MostKits:
		return fault.New(fault.Invalid, "the number of kits must be from 1 to %d, not %d", ledger.MostKits, kits).At("kits")
	}
	sent := Sent{Transfer: id, FromArea: from.Area, From: from.ID, To: to.ID, Lot: lot, Kits: kits, Staff: by.ID, SentOn: s.today()}
	known, err := s.known(ctx, action, &sent)
	if err != nil {
		return err
	}
	if !known {
		if sent.Lot, err = s.lotFor(ctx, snap, from, to, lot, kits); err != nil {
			return err
		}
		marked, err := s.mark(ctx, snap, by, action, sent, lot)
		if err == nil && !marked { // the same form, at the same moment
			_, err = s.known(ctx, action, &sent)
		}
		if err != nil {
			return err
		}
	}
	d := ledger.Dispatch{Lot: sent.Lot, To: to.ID}
	d.ID, d.OccurredOn, d.Outlet, d.Kits, d.Note = id, sent.SentOn, from.ID, kits, fmt.Sprintf("Help for %s, action %d", snap.Area(to.Area).Name, action)
	if err := s.l.Send(ctx, by, d); err != nil {
		if e := s.unmark(ctx, action, &sent); e != nil {
			return e
		}
		return err
	}
	return nil
}

// known reports whether this transfer was marked before, and takes from then what was filled in.
func (s *Support) known(ctx context.Context, action int, sent *Sent) (known bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		var of, from, to, lot, asked, kits int
		var day civil.Date
		var e error
		known, e = tx.Get(ctx, []any{&of, &from, &to, &lot, &asked, &kits, &day},
			`SELECT s.action, s.outlet, s.to_outlet, s.lot, s.lot_asked, s.kits, s.day FROM support_sent s
				WHERE s.area = (SELECT MAX(a.area) FROM support_action a WHERE a.id = ?) AND s.transfer = ?`, action, sent.Transfer[:])
		if e != nil || !known {
			return e
		}
		if of != action || from != sent.From || to != sent.To || kits != sent.Kits || (sent.Lot != asked && sent.Lot != lot) {
			return formUsed()
		}
		sent.Lot, sent.SentOn = lot, day
		return nil
	})
	return known, err
}

func formUsed() error {
	return fault.New(fault.Conflict, "this form was sent before, for other kits").At("id").Hint("look at the action again; open a fresh form to send more")
}

// lotFor checks that kits can be given, and chooses the lot where none was.
func (s *Support) lotFor(ctx context.Context, snap *registry.Snapshot, from, to *registry.Outlet, lot, kits int) (int, error) {
	stock, err := s.l.Stock(ctx, from.ID)
	if err != nil {
		return 0, err
	}
	minDays, most := registry.DefaultMinDays, 0
	if a := snap.Area(to.Area); a != nil {
		minDays = a.MinDays
	}
	for _, line := range stock.Lines { // the first to expire first
		usable := line.Usable(stock.Today)
		switch {
		case lot != 0 && line.Lot.ID != lot, usable < 1:
		case line.Lot.Barred != 0:
			if lot != 0 {
				return 0, fault.New(fault.Refused, "a notice bars lot %s", line.Lot.Number).At("lot").Hint("choose another lot")
			}
		case lot != 0 && usable < kits:
			return 0, fault.New(fault.Refused, "%s has %s of lot %s that can be given, not %d", from.Name, kitsWords(usable), line.Lot.Number, kits).At("kits")
		case lot != 0:
			return lot, nil
		case !line.Lot.Expiry.Known || line.Lot.Expiry.DaysLeft(stock.Today) < minDays:
		case usable >= kits:
			return line.Lot.ID, nil
		default:
			most = max(most, usable)
		}
	}
	if lot != 0 {
		return 0, fault.New(fault.Refused, "%s has no kits of this lot that can be given", from.Name).At("lot").Hint("choose a lot from its shelf")
	}
	return 0, fault.New(fault.Refused, "no single lot at %s has %s with %d days of life left", from.Name, kitsWords(kits), minDays).At("kits").
		Hint("the largest has %d: send them in several parts, or from another outlet", most)
}

// mark writes down, before the ledger sends, what the transfer is for: a transfer that the ledger does not have counts for
// nothing.
// marked is false if it was marked already.
func (s *Support) mark(ctx context.Context, snap *registry.Snapshot, by staff.Person, action int, sent Sent, asked int) (marked bool, err error) {
	to := snap.Outlet(sent.To)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		a, err := heldAction(ctx, tx, by, action)
		if err != nil {
			return err
		}
		named := a.From != 0 && a.From == sent.FromArea
		switch giver := snap.Area(sent.FromArea); {
		case !named && by.Must(staff.GiveSupport, PlaceOf(snap, a.Area)) != nil:
			return by.Must(staff.GiveSupport, PlaceOf(snap, a.Area))
		case a.From != 0 && !named:
			return fault.New(fault.Refused, "%s is asked to give these kits, not %s", snap.Area(a.From).Name, giver.Name).At("from")
		case !a.IsOpen():
			return fault.New(fault.Refused, "this action is over").Hint("open it again, or make another")
		case sent.FromArea == a.Area:
			return fault.New(fault.Invalid, "choose an outlet of another authority").At("from").Hint("to move kits within an authority, send them from the outlet's page")
		case to.Area != a.Area:
			return fault.New(fault.Invalid, "%s is not an outlet of %s", to.Name, snap.Area(a.Area).Name).At("to").Hint("choose an outlet of the authority that asked")
		case !to.OpenOn(s.today()):
			return fault.New(fault.Refused, "%s has closed", to.Name).At("to")
		}
		n, err := tx.Exec(ctx, `INSERT INTO support_sent (area, transfer, action, from_area, outlet, lot, lot_asked, to_outlet, kits, day, at, staff)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (area, transfer) DO NOTHING`,
			a.Area, sent.Transfer[:], a.ID, sent.FromArea, sent.From, sent.Lot, asked, sent.To, sent.Kits, int(sent.SentOn), tx.Now.UnixMilli(), by.ID)
		if marked = n > 0; err != nil || !marked {
			return err
		}
		return staff.Audit(ctx, tx, by, a.Area, "send kits to help", subject(a.ID), fmt.Sprintf("%d kits from outlet %d to outlet %d", sent.Kits, sent.From, sent.To))
	})
	return marked, err
}

// unmark takes the mark away where the ledger refused.
func (s *Support) unmark(ctx context.Context, action int, sent *Sent) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		known, err := transfers(ctx, tx, []Sent{*sent})
		if err != nil || len(known) > 0 {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM support_sent WHERE area = (SELECT MAX(area) FROM support_action WHERE id = ?) AND transfer = ?", action, sent.Transfer[:])
		return err
	})
}
