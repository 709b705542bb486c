package notice

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/store"
)

// Preview says what publication of a draft would do now. It changes nothing. Conflict if it has been published.
func (n *Notices) Preview(ctx context.Context, who staff.Person, id int) (Preview, error) {
	if err := mayWrite(who); err != nil {
		return Preview{}, err
	}
	var seen Preview
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		of, err := readOne(ctx, tx, id)
		if err != nil {
			return err
		}
		if of.State != Draft {
			return published()
		}
		known, err := n.known(ctx, tx, of)
		if err != nil {
			return err
		}
		p, err := n.planFor(ctx, tx, of, known)
		if err == nil {
			seen = p.Preview
		}
		return err
	})
	return seen, err
}

func published() error {
	return fault.New(fault.Conflict, "this notice has been published already").Hint("nothing was done twice; open it to see who has answered")
}

// Publish publishes a draft: its lots are named in the ledger and barred, or their expiry is changed; whoever ever held one
// or waits for one is told. All of it happens in one transaction, or nothing. shortenedToo confirms that lots may get an
// expiry that has passed already: without it such a notice is Refused, and the lots are named. Conflict if it has been
// published.
func (n *Notices) Publish(ctx context.Context, who staff.Person, id int, shortenedToo bool) (Preview, error) {
	if err := mayWrite(who); err != nil {
		return Preview{}, err
	}
	var done Preview
	err := n.db.Bulk(ctx, func(tx *store.Tx) error {
		p, err := n.publishIn(ctx, tx, who, id, shortenedToo)
		if err == nil {
			done = p.Preview
		}
		return err
	})
	if err == nil {
		n.post.Wake()
	}
	return done, err
}

func (n *Notices) publishIn(ctx context.Context, tx *store.Tx, who staff.Person, id int, shortenedToo bool) (*plan, error) {
	// The row is taken first, so that of two who publish at once one waits and then finds it done.
	taken, err := tx.Exec(ctx, "UPDATE notice SET state = ?, published_at = ?, published_by = ? WHERE id = ? AND state = ?",
		int(Published), tx.Now.UnixMilli(), who.ID, id, int(Draft))
	if err != nil {
		return nil, err
	}
	of, err := readOne(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if taken == 0 {
		return nil, published()
	}
	known, never, err := n.name(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	// Nothing can be received, sent or given out unseen between what is barred here and who is told of it.
	hits, err := n.command(ctx, tx, who, of)
	if err != nil {
		return nil, err
	}
	p, err := n.planFor(ctx, tx, of, known)
	if err != nil {
		return nil, err
	}
	p.Never = never
	p.asFound(hits)
	if len(p.Shortened) > 0 && !shortenedToo {
		return nil, shortened(p.Shortened)
	}
	if err := n.tell(ctx, tx, p); err != nil {
		return nil, err
	}
	return p, staff.Audit(ctx, tx, who, who.Area, "publish notice", subject(id), fmt.Sprintf("%s, %d outlets told", summary(of), len(p.Outlets)))
}

// shortened refuses what must be asked twice.
func shortened(lines []Line) error {
	numbers := make([]string, len(lines))
	for i, l := range lines {
		numbers[i] = l.Number
	}
	return fault.New(fault.Refused, "the new expiry of lot %s has passed already: these kits could not be given out from now on", strings.Join(numbers, ", ")).
		At("shortened").Hint("check the dates; confirm it if they are right")
}

// known finds the ledger's lots by the index of their line, without making any.
func (n *Notices) known(ctx context.Context, tx *store.Tx, of *Notice) (map[int]ledger.Lot, error) {
	known := map[int]ledger.Lot{}
	for i, l := range of.Lines {
		lot, ok, err := n.led.FindLotIn(ctx, tx, l.Product, l.Number)
		if err != nil {
			return nil, err
		}
		if ok {
			known[i] = lot
		}
	}
	return known, nil
}

// name has the ledger know every lot of a notice and writes down which is which. never are those it had not seen before. A
// drill makes none: it names those that are there. The lots are given as they were, before the notice.
func (n *Notices) name(ctx context.Context, tx *store.Tx, of *Notice) (known map[int]ledger.Lot, never []Line, err error) {
	if known, err = n.known(ctx, tx, of); err != nil {
		return nil, nil, err
	}
	for i, l := range of.Lines {
		lot, ok := known[i]
		if !ok {
			never = append(never, l)
		}
		if !of.Drill {
			if lot, err = n.led.NameLot(ctx, tx, l.Product, l.Number, l.Expiry); err != nil {
				return nil, nil, atLine(err, i)
			}
			known[i] = lot
		}
		of.Lines[i].Lot = lot.ID
		if lot.ID == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, "UPDATE notice_line SET lot = ? WHERE notice = ? AND line = ?", lot.ID, of.ID, i); err != nil {
			return nil, nil, err
		}
	}
	return known, never, nil
}

// atLine puts a fault of one lot at its line.
func atLine(err error, i int) error {
	var f *fault.Error
	if errors.As(err, &f) {
		at := *f
		field := at.Field
		if field == "" {
			field = "lot"
		}
		return at.At(fmt.Sprintf("lines.%d.%s", i, field))
	}
	return err
}

// command does in the ledger what a notice asks of its lots, and gives what it found on shelves.
func (n *Notices) command(ctx context.Context, tx *store.Tx, who staff.Person, of *Notice) ([]ledger.Hit, error) {
	if of.Drill {
		return nil, nil
	}
	kind := ledger.Withdrawn
	switch of.Action {
	case Check:
		kind = ledger.ToCheck
	case ChangeExpiry:
		for i, l := range of.Lines {
			if err := n.led.ChangeExpiry(ctx, tx, who, of.ID, of.Number, l.Lot, l.NewExpiry); err != nil {
				return nil, atLine(err, i)
			}
		}
		return nil, nil
	case Inform:
		return nil, nil
	}
	return n.led.Bar(ctx, tx, who, ledger.Bar{Notice: of.ID, Number: of.Number, Kind: kind}, of.Lots()...)
}

// asFound gives the kits of each outlet as they were before a withdrawal held them.
func (p *plan) asFound(hits []ledger.Hit) {
	if p.Action != Withdraw {
		return
	}
	for i, t := range p.Outlets {
		for _, h := range hits {
			if h.Outlet == t.Outlet {
				p.Outlets[i].Counts[ledger.Shelf] += h.Kits
				p.Outlets[i].Counts[ledger.Held] -= h.Kits
			}
		}
	}
}

// tell writes down who is told, with the letters to them.
func (n *Notices) tell(ctx context.Context, tx *store.Tx, p *plan) error {
	holders := map[int]string{} // by outlet
	for _, l := range p.links {
		for _, o := range l.outlets {
			holders[o] = l.holder
		}
	}
	const columns = 5
	values := make([]any, 0, columns*len(p.told))
	for _, t := range p.told {
		values = append(values, t.Area, p.ID, t.Outlet, tx.Now.UnixMilli(), null(holders[t.Outlet]))
	}
	if _, err := tx.Insert(ctx, "INSERT INTO notice_outlet (area, notice, outlet, told_at, holder) VALUES", columns, values, "ON CONFLICT (area, notice, outlet) DO NOTHING"); err != nil {
		return err
	}
	if err := n.writeLetters(ctx, tx, p); err != nil {
		return err
	}
	return n.writeLinks(ctx, tx, p)
}
