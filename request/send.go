package request

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// sendingFor is how long a sending that was begun keeps a request from being withdrawn or refused, if no supply came of it.
const sendingFor = 2 * time.Minute

// SupplyID is the number of the supply of a request: always the same, so that there is one. attempt counts the supplies of
// it that were reversed.
func SupplyID(request uuid.UUID, attempt int) uuid.UUID {
	h := sha256.Sum256(append([]byte("request supply\x00"+itoa(attempt)+"\x00"), request[:]...))
	id := uuid.UUID(h[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // version 8, RFC 9562
	return id
}

// Send takes the kit from the shelf (FEFO unless lot is named), as a supply by post or of the community channel, and makes
// it Sent or Ready. It needs the right to move kits at the outlet too. The same click twice, two people at once, or a
// second try after a crash take one kit. Refused, with nothing changed, if there is no kit to take.
func (r *Requests) Send(ctx context.Context, who staff.Person, area int, id uuid.UUID, version, lot int) error {
	w, err := r.begin(ctx, who, area, id, version)
	if err != nil || w == nil {
		return err
	}
	supply := SupplyID(id, w.attempt)
	m, err := r.ledger.Movement(ctx, w.SupplyIn, supply)
	if err != nil {
		return err
	}
	if m == nil {
		if err := r.supply(ctx, who, w, supply, lot); err != nil {
			if again, e := r.ledger.Movement(ctx, w.SupplyIn, supply); e != nil || again == nil {
				return errors.Join(err, r.giveUp(ctx, w))
			}
		}
		if m, err = r.ledger.Movement(ctx, w.SupplyIn, supply); err != nil {
			return err
		}
	}
	if r.between != nil {
		if err := r.between(); err != nil {
			return err
		}
	}
	if err := r.finish(ctx, who, w, m); err != nil {
		return err
	}
	if m.Staff != who.ID {
		return fault.New(fault.Conflict, "somebody else was sending this at the same moment").Hint("one kit left the shelf: ask who has it")
	}
	return nil
}

// begin checks that a request can be sent and marks it. nil if it is sent already, by the same click.
func (r *Requests) begin(ctx context.Context, who staff.Person, area int, id uuid.UUID, version int) (w *row, err error) {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	err = r.write(ctx, func(tx *store.Tx) error {
		w = nil
		o, err := r.offerIn(ctx, tx, snap, area)
		if err != nil {
			return err
		}
		held, err := r.held(ctx, tx, area, id)
		if err != nil {
			return err
		}
		if err := r.mayHandle(snap, who, o, held, false); err != nil {
			return err
		}
		switch {
		case held == nil:
			return noRequest()
		case (held.State == Sent || held.State == Ready) && held.Version == version+1 && held.staff == who.ID:
			return nil
		case held.Version != version:
			return stale()
		case held.State != Asked && held.State != Approved:
			return fault.New(fault.Refused, "this request cannot be sent: it is %s", held.State.Words())
		case held.How == ByPost && (held.Erased || held.sealed == nil):
			return fault.New(fault.Refused, "the address was erased: it cannot be sent any more").Hint("refuse it, and say that they may ask again")
		case !held.Sending || held.Reversed:
			out := snap.Outlet(o.Outlet)
			if out == nil {
				return fault.New(fault.Refused, "no outlet is set whose kits are sent").Hint("set it where you say what is offered")
			}
			if held.Reversed {
				held.attempt++
			}
			held.Outlet, held.SupplyIn = out.ID, out.Area
		}
		supply := SupplyID(id, held.attempt)
		if _, err := tx.Exec(ctx, "UPDATE request SET state = ?, sending_at = ?, attempt = ?, outlet = ?, in_area = ?, supply = ? WHERE area = ? AND id = ?",
			int(held.State), tx.Now.UnixMilli(), held.attempt, held.Outlet, held.SupplyIn, supply[:], area, id[:]); err != nil {
			return err
		}
		w = held
		return nil
	})
	return w, err
}

// supply has the ledger take the kits from the shelf.
func (r *Requests) supply(ctx context.Context, who staff.Person, w *row, id uuid.UUID, lot int) error {
	lot, why, err := r.pick(ctx, w, lot)
	if err != nil {
		return err
	}
	s := ledger.SupplyOf{Lot: lot, PickReason: why, Channel: registry.Community}
	if w.How == ByPost {
		s.Channel = registry.Post
	}
	s.ID, s.OccurredOn, s.Outlet, s.Kits = id, r.today(), w.Outlet, w.Kits
	switch w.For {
	case Myself:
		s.Recipient = ledger.PersonAtRisk
	case SomeoneIKnow:
		s.Recipient = ledger.FamilyOrFriend
	case Work:
		s.Recipient = ledger.Worker
	}
	if w.Trained {
		s.Trained = ledger.Yes
	}
	return r.ledger.Supply(ctx, who, s)
}

// pick chooses the lot that is due first among those with life enough, or checks the one that was named: then with a reason
// where another was due.
func (r *Requests) pick(ctx context.Context, w *row, lot int) (int, string, error) {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return 0, "", err
	}
	if snap.Outlet(w.Outlet) == nil {
		return 0, "", fault.New(fault.Refused, "the outlet whose kits are sent is not there any more")
	}
	stock, err := r.ledger.Stock(ctx, w.Outlet)
	if err != nil {
		return 0, "", err
	}
	if w.Route != 0 {
		stock.Lines = slices.DeleteFunc(stock.Lines, func(l ledger.StockLine) bool { return l.Product == nil || l.Product.Route != w.Route })
	}
	for _, p := range stock.Picks(w.Kits) {
		switch {
		case lot == 0 && p.Proposed:
			return p.Lot.ID, "", nil
		case lot == 0 || p.Lot.ID != lot:
		case p.Blocked != "":
			return 0, "", fault.New(fault.Refused, "lot %s cannot be sent: %s", p.Lot.Number, p.Blocked).At("lot").Hint("choose another lot")
		default:
			return lot, p.Reason, nil
		}
	}
	if lot != 0 {
		return 0, "", fault.New(fault.Refused, "this lot is not on the shelf, or not what was asked for").At("lot").Hint("choose a lot from the list")
	}
	return 0, "", fault.New(fault.Refused, "there is no kit on the shelf to send: none of what was asked for has life enough left").At("lot").
		Hint("receive kits first, or choose a lot with less time left")
}

// finish notes that the kit has left the shelf. Whatever became of the request meanwhile, stock and request agree: if it was
// withdrawn after its mark had run out, the supply is reversed.
func (r *Requests) finish(ctx context.Context, who staff.Person, w *row, m *ledger.Movement) error {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return err
	}
	over := false
	err = r.write(ctx, func(tx *store.Tx) error {
		over = false
		o, err := r.offerIn(ctx, tx, snap, w.Request.Area)
		if err != nil {
			return err
		}
		now, err := r.held(ctx, tx, w.Request.Area, w.ID)
		if err != nil || now == nil {
			return err
		}
		switch {
		case now.attempt == w.attempt && now.Reversed && now.Sending: // before it was finished: it waits to be sent again
			_, err := tx.Exec(ctx, "UPDATE request SET sending_at = NULL WHERE area = ? AND id = ?", w.Request.Area, w.ID[:])
			return err
		case now.attempt != w.attempt || now.Reversed: // undone meanwhile
			return stale()
		case now.State == Sent, now.State == Ready, now.State == Collected:
			return nil // somebody else has finished it
		case now.State != Asked && now.State != Approved:
			over = true
			return nil
		}
		now.staff, now.Outlet, now.SupplyIn = m.Staff, m.Outlet, m.Area
		to := Sent
		if now.How == ToCollect {
			to = Ready
		}
		if _, err := tx.Exec(ctx, "UPDATE request SET outlet = ?, in_area = ?, supply = ? WHERE area = ? AND id = ?", m.Outlet, m.Area, m.ID[:], w.Request.Area, w.ID[:]); err != nil {
			return err
		}
		if err := now.become(ctx, tx, to, keepDays(o)); err != nil {
			return err
		}
		req := r.reveal(now)
		if err := r.tell(ctx, tx, req.Contact, req.Reference, to); err != nil {
			return err
		}
		return now.audit(ctx, tx, who, "send request", itoa(m.Kits)+" kits from outlet "+itoa(m.Outlet))
	})
	if err != nil {
		return err
	}
	if !over {
		r.outbox.Wake()
		return nil
	}
	err = r.ledger.Reverse(ctx, who, ledger.Reversal{ID: SupplyID(m.ID, -1), Area: m.Area, Of: m.ID, Note: "the request was withdrawn"})
	if err == nil || fault.Is(err, fault.Conflict) {
		err = fault.New(fault.Conflict, "this request was withdrawn or refused at the same moment").Hint("do not send it: its kit is back on the shelf")
	}
	return err
}

// giveUp takes the mark away where no supply came of a sending.
func (r *Requests) giveUp(ctx context.Context, w *row) error {
	ctx = context.WithoutCancel(ctx) // also where whoever clicked has gone
	return r.write(ctx, func(tx *store.Tx) error {
		now, err := r.held(ctx, tx, w.Request.Area, w.ID)
		if err != nil || now == nil || !now.Sending || now.attempt != w.attempt {
			return err
		}
		supplied, err := now.supplied(ctx, tx)
		if err != nil || supplied {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE request SET sending_at = NULL, supply = NULL WHERE area = ? AND id = ?", w.Request.Area, w.ID[:])
		return err
	})
}

// supplied reports whether the ledger has the supply of the sending under way.
func (w *row) supplied(ctx context.Context, tx *store.Tx) (bool, error) {
	supply := SupplyID(w.ID, w.attempt)
	var one int
	return tx.Get(ctx, []any{&one}, "SELECT 1 FROM movement WHERE area = ? AND id = ?", w.SupplyIn, supply[:])
}

// notSending refuses to change a request whose kit has left the shelf, or is about to.
func (w *row) notSending(ctx context.Context, tx *store.Tx) error {
	if !w.Sending || w.Reversed {
		return nil
	}
	supplied, err := w.supplied(ctx, tx)
	if err == nil && (supplied || tx.Now.Sub(w.sending) < sendingFor) {
		err = fault.New(fault.Refused, "this is being sent just now").Hint("look again in a few minutes")
	}
	return err
}
