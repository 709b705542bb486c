package ledger

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// SupplyOf is kits given to people: one to somebody at the counter, or forty at an event. Nothing about anybody is
// needed.
type SupplyOf struct {
	Entry
	Lot         int
	Channel     registry.Channel // 0: the outlet's own
	Recipient   Recipient
	Supply      First // 0: told from the client code, if there is one
	Reason      Reason
	AgeBand     Age
	Sex         Sex
	Trained     YesNo
	ClientCode  string // only a keyed hash is kept
	Card        string
	ReplacesLot string // lot of an earlier kit that this one replaces, as typed
	Replaces    int    // the same lot where it is known: one of its kits then leaves people's hands, as Reason says
	BroughtBack bool   // the earlier kit was handed in
	PickReason  string // why this lot, where the list proposed another
}

// Supply records kits given out.
func (l *Ledger) Supply(ctx context.Context, who staff.Person, s SupplyOf) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		m, err := l.supplied(ctx, tx, snap, who, s)
		if err != nil {
			return nil, err
		}
		old, err := l.replaced(ctx, tx, snap, who, s)
		if err != nil || old == nil {
			return []*Movement{m}, err
		}
		return []*Movement{m, old}, nil
	})
}

// supplied makes the movement of a supply.
func (l *Ledger) supplied(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, who staff.Person, s SupplyOf) (*Movement, error) {
	o, err := l.site(snap, who, staff.MoveKits, s.Outlet)
	if err != nil {
		return nil, err
	}
	lot, err := l.lotByID(ctx, tx, s.Lot)
	if err != nil {
		return nil, err
	}
	m, err := s.movement(who, o, KindSupply, Shelf, People, lot)
	if err != nil {
		return nil, err
	}
	if m.Client, err = l.clientMark(s.ClientCode); err != nil {
		return nil, err
	}
	m.Channel, m.Recipient, m.Detail.Supply, m.Reason, m.AgeBand, m.Sex = s.Channel, s.Recipient, s.Supply, s.Reason, s.AgeBand, s.Sex
	m.Trained, m.Card, m.ReplacesLot, m.PickReason = s.Trained, s.Card, s.ReplacesLot, s.PickReason
	if err := m.checkWords(); err != nil {
		return nil, err
	}
	return m, l.completeSupply(ctx, tx, m, o, lot)
}

// completeSupply checks a supply and fills in what was left for us: channel, and first or repeat.
func (l *Ledger) completeSupply(ctx context.Context, tx *store.Tx, m *Movement, o *registry.Outlet, lot Lot) error {
	if err := m.checkSupply(lot, l.today(tx)); err != nil {
		return err
	}
	if err := l.refuseBarred(ctx, tx, m, lot); err != nil {
		return err
	}
	if m.Channel == 0 {
		m.Channel = o.Channel
		m.Flags |= autoChannel
	}
	if m.Detail.Supply != 0 || len(m.Client) == 0 {
		return nil
	}
	m.Flags |= autoSupply
	if m.Reason != 0 { // a reason for a repeat says that there was an earlier kit, wherever it came from
		m.Detail.Supply = RepeatSupply
		return nil
	}
	seen, err := seenBefore(ctx, tx, m.Area, m.Client, int(m.OccurredOn))
	m.Detail.Supply = FirstSupply
	if seen {
		m.Detail.Supply = RepeatSupply
	}
	return err
}

// checkSupply refuses what may not be given out, and flags what was.
func (m *Movement) checkSupply(lot Lot, today civil.Date) error {
	if m.Card != "" || m.ReplacesLot != "" || m.PickReason != "" {
		for _, t := range [...]struct{ field, text string }{{"card", m.Card}, {"replaces_lot", m.ReplacesLot}, {"pick_reason", m.PickReason}} {
			if err := checkText(t.field, t.text, 100); err != nil {
				return err
			}
		}
	}
	if m.Reason != 0 && m.Detail.Supply == FirstSupply {
		return fault.New(fault.Invalid, "a first kit has no reason for a repeat").At("reason").Hint("leave the reason empty, or say that it is a repeat")
	}
	if !lot.Expiry.Past(m.OccurredOn) {
		return nil
	}
	if m.OccurredOn >= today {
		return fault.New(fault.Refused, "lot %s expired: its last day was %s", lot.Number, lot.Expiry.Last.Words()).At("lot").
			Hint("give another lot, and write this one off")
	}
	m.Flags |= ExpiredWhenSupplied
	return nil
}
