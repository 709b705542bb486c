package ledger

import (
	"context"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Ledger does the deeds of this room. Make one with New.
type Ledger struct {
	db   *store.DB
	reg  *registry.Registry
	key  []byte // for client codes; kept outside the database
	zone *time.Location

	landing func(context.Context, *store.Tx, Landing) error // see OnLanding; may be nil
}

// New makes a ledger. key is the secret for client codes (see LoadKey) and may be nil where none are typed; zone is where
// the outlets are, for what "today" means.
func New(db *store.DB, reg *registry.Registry, key []byte, zone *time.Location) *Ledger {
	return &Ledger{db: db, reg: reg, key: key, zone: zone}
}

// Today is the civil date at the outlets.
func (l *Ledger) Today() civil.Date { return civil.In(l.db.Now(), l.zone) }

func (l *Ledger) today(tx *store.Tx) civil.Date { return l.Day(tx.Now) }

// Day is the civil date of an instant at the outlets.
func (l *Ledger) Day(at time.Time) civil.Date { return civil.In(at, l.zone) }

// Hour is the hour of an instant on the clocks at the outlets, 0 to 23.
func (l *Ledger) Hour(at time.Time) int { return at.In(l.zone).Hour() }

// write runs a deed: fn checks what was asked and gives the movements, which are posted in the same transaction.
func (l *Ledger) write(ctx context.Context, who staff.Person, fn func(*store.Tx, *registry.Snapshot) ([]*Movement, error)) error {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		ms, err := fn(tx, snap)
		if err != nil {
			return err
		}
		return l.post(ctx, tx, snap, who, ms)
	})
}

// post puts movements into the tables, with everything that is counted from them, or refuses them all.
func (l *Ledger) post(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, who staff.Person, ms []*Movement) error {
	b := newBatch(tx)
	if err := b.watchLots(ctx, ms); err != nil {
		return err
	}
	for _, m := range ms {
		m.RecordedAt = tx.Now
		if m.lot != nil && m.lot.ID == m.Lot {
			b.lasts[m.Lot] = lastDay(m.lot.Expiry)
		}
		if err := m.check(l.today(tx)); err != nil {
			return err
		}
	}
	clashes, err := b.record(ctx, ms)
	if err != nil {
		return err
	}
	if len(clashes) > 0 {
		return clashFault(clashes[0])
	}
	short, err := l.settle(ctx, b, snap, who, happened(ms, l.today(tx)))
	if err != nil {
		return err
	}
	if len(short) > 0 {
		return l.shortFault(ctx, tx, snap, short[0], ms)
	}
	return nil
}

// check is what must hold of any movement, whoever asks for it.
func (m *Movement) check(today civil.Date) error {
	from, to := m.From, m.To
	if m.sign() < 0 {
		from, to = to, from
	}
	switch {
	case m.Kits < 1:
		return fault.New(fault.Invalid, "the number of kits must be 1 or more, not %d", m.Kits).At("kits")
	case m.Kits > MostKits:
		return fault.New(fault.Invalid, "%d kits at once is more than the %d that one entry may hold", m.Kits, MostKits).At("kits").
			Hint("check the number; split it if it is right")
	case m.OccurredOn > today:
		return fault.New(fault.Invalid, "%s is in the future", m.OccurredOn.Words()).At("occurred_on").Hint("give the day it happened")
	case m.OccurredOn < firstDay:
		return fault.New(fault.Invalid, "%s is before there was take-home naloxone", m.OccurredOn.Words()).At("occurred_on").Hint("check the year")
	case !allowed(m.Kind, from, to):
		return fault.New(fault.Invalid, "kits cannot go from %s to %s as %s", from.Words(), to.Words(), m.Kind.Words()).At("from")
	}
	return nil
}

// firstDay is before any programme: the first take-home kits anywhere were given in the middle of the 1990s.
var firstDay = civil.On(1995, time.January, 1)

// clashFault says that an id was used before for something else.
func clashFault(c clash) error {
	return fault.New(fault.Conflict, "this entry's number was used before, on %s, for something else (%s, %d kits)",
		c.stored.OccurredOn.Words(), c.stored.Kind.Words(), c.stored.Kits).At("id").
		Hint("nothing was changed; open a fresh form and enter it again if it is a new entry")
}
