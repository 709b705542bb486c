package ledger

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

// Card is an outlet's stock card: what was on the shelf when the range begins, and each movement over the shelf since.
type Card struct {
	Outlet   *registry.Outlet
	From, To civil.Date
	Lot      int // only this lot; 0 all
	Opening  int
	Lines    []CardLine
	Closing  int
}

// CardLine is one movement on a stock card.
type CardLine struct {
	*Movement
	LotNumber  string
	In, Out    int // over the shelf; both nought for what did not touch it
	Balance    int // on the shelf after it
	ReversedBy uuid.UUID
}

// Late reports whether it was entered on a later day than it happened.
func (l CardLine) Late(today func(*Movement) civil.Date) bool {
	return today(l.Movement) > l.OccurredOn
}

// EnteredOn is the civil date on which a movement was recorded.
func (l *Ledger) EnteredOn(m *Movement) civil.Date { return civil.In(m.RecordedAt, l.zone) }

// Card reads an outlet's stock card. Movements of one day stand in the order in which they were recorded, and the
// balance runs over the shelf; what people brought back, used or lost is on the card without touching it.
func (l *Ledger) Card(ctx context.Context, outlet, lot int, from, to civil.Date) (Card, error) {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return Card{}, err
	}
	o := snap.Outlet(outlet)
	c := Card{Outlet: o, From: from, To: to, Lot: lot}
	where, args := "s.area = ? AND s.outlet = ?", []any{o.Area, o.ID}
	if lot != 0 {
		where, args = where+" AND s.lot = ?", append(args, lot)
	}
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Get(ctx, []any{&c.Opening}, "SELECT COALESCE(SUM(s.shelf), 0) FROM stock_day s WHERE "+where+" AND s.day < ?", append(args, int(from))...); err != nil {
			return err
		}
		// From each lot that was ever here into the index by day: the cost is that of what is shown, not of the history.
		err := tx.Each(ctx, func(scan func(...any) error) error {
			line := CardLine{}
			m, err := scanMovement(func(dest ...any) error { return scan(append(dest, &line.LotNumber)...) })
			line.Movement = m
			c.Lines = append(c.Lines, line)
			return err
		}, "SELECT "+prefixed("m", allColumns)+", l.number FROM stock s JOIN movement m ON m.area = s.area AND m.outlet = s.outlet AND m.lot = s.lot AND m.occurred_on BETWEEN ? AND ? JOIN lot l ON l.id = s.lot WHERE "+where,
			append([]any{int(from), int(to)}, args...)...)
		if err != nil || lot != 0 {
			return err
		}
		return eachMovement(ctx, tx, func(m *Movement) error { // reports and people turned away have no lot
			c.Lines = append(c.Lines, CardLine{Movement: m})
			return nil
		}, "area = ? AND outlet = ? AND lot = 0 AND occurred_on BETWEEN ? AND ?", o.Area, o.ID, int(from), int(to))
	})
	c.run()
	return c, err
}

// run puts the lines in order and the balance beside them.
func (c *Card) run() {
	slices.SortFunc(c.Lines, func(a, b CardLine) int {
		return cmp.Or(cmp.Compare(a.OccurredOn, b.OccurredOn), a.RecordedAt.Compare(b.RecordedAt), slices.Compare(a.ID[:], b.ID[:]))
	})
	reversed := map[uuid.UUID]uuid.UUID{}
	balance := c.Opening
	for i := range c.Lines {
		line := &c.Lines[i]
		if line.From == Shelf {
			line.Out = line.Kits
		}
		if line.To == Shelf {
			line.In = line.Kits
		}
		balance += line.In - line.Out
		line.Balance = balance
		if line.Reverses != uuid.Nil {
			reversed[line.Reverses] = line.ID
		}
	}
	for i := range c.Lines { // a reversal carries the day of what it reverses, so both are on the same card
		c.Lines[i].ReversedBy = reversed[c.Lines[i].ID]
	}
	c.Closing = balance
}

// Movement reads one movement, for its receipt.
func (l *Ledger) Movement(ctx context.Context, area int, id uuid.UUID) (*Movement, error) {
	var m *Movement
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		m, err = movementByID(ctx, tx, area, id)
		return err
	})
	return m, err
}

// ReversedBy gives the id of the movement that reversed one, zero if none did.
func (l *Ledger) ReversedBy(ctx context.Context, area int, id uuid.UUID) (uuid.UUID, error) {
	var by []byte
	var back uuid.UUID
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&by}, "SELECT id FROM movement WHERE area = ? AND reverses = ?", area, idValue(id))
		copy(back[:], by)
		return err
	})
	return back, err
}

// Lot reads a lot.
func (l *Ledger) Lot(ctx context.Context, id int) (Lot, error) {
	var lot Lot
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		lot, err = l.lotToRead(ctx, tx, id)
		return err
	})
	return lot, err
}

// Lots reads the lots of a product (0: of all), those that expire last first.
func (l *Ledger) Lots(ctx context.Context, product int) ([]Lot, error) {
	var found []Lot
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		found, err = findLots(ctx, tx, "(? = 0 OR product = ?) ORDER BY expiry DESC, id", product, product)
		return err
	})
	return found, err
}

// Coming are the deliveries on their way to an outlet; Going those on their way from it.
func (l *Ledger) Coming(ctx context.Context, o *registry.Outlet) ([]Transfer, error) {
	return l.transfers(ctx, "to_area = ? AND to_outlet = ? AND arrival IS NULL ORDER BY sent_on, id", o.Area, o.ID)
}

// Going are the deliveries on their way from an outlet.
func (l *Ledger) Going(ctx context.Context, o *registry.Outlet) ([]Transfer, error) {
	return l.transfers(ctx, "area = ? AND outlet = ? AND arrival IS NULL ORDER BY sent_on, id", o.Area, o.ID)
}

func (l *Ledger) transfers(ctx context.Context, where string, args ...any) ([]Transfer, error) {
	var found []Transfer
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		return eachTransfer(ctx, tx, func(t Transfer) error { found = append(found, t); return nil }, where, args...)
	})
	return found, err
}

func daysWords(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}
