package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// SheetRow is one row of a day's paper: exactly one of the deeds is set, with an id of its own.
type SheetRow struct {
	Row      int // as the person sees it; faults are At("rows.<Row>.<field>")
	Supply   *SupplyOf
	Use      *UseOf
	HandBack *WriteOff // or any other write-off
	TurnAway *TurnedAway
}

// Sheet records what a day's paper holds: all of it or, if anything is wrong with any row, nothing. Every rule is that of
// the single deeds. Rows are recorded in their order, so that a kit given out in one row may be handed back in a later one.
// Faults of all rows come back together as a fault.List. Sent a second time with the same ids it changes nothing.
func (l *Ledger) Sheet(ctx context.Context, who staff.Person, rows []SheetRow) error {
	if len(rows) == 0 {
		return fault.New(fault.Invalid, "no row was filled in").Hint("write the number of kits in at least one row")
	}
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		s := &sheet{Ledger: l, tx: tx, snap: snap, who: who, batch: newBatch(tx), rowOf: map[*Movement]int{}}
		for _, r := range rows {
			if err := s.add(ctx, r); err != nil {
				return err
			}
		}
		if len(s.wrong) == 0 {
			if err := s.settle(ctx); err != nil {
				return err
			}
		}
		return s.faults().Err()
	})
}

// sheet is a day's paper on its way into the tables.
type sheet struct {
	*Ledger
	tx    *store.Tx
	snap  *registry.Snapshot
	who   staff.Person
	batch *batch
	done  []*Movement
	rowOf map[*Movement]int
	wrong []wrongRow
}

type wrongRow struct {
	row   int
	fault *fault.Error
}

// faults are what is wrong, in the order of the rows.
func (s *sheet) faults() fault.List {
	slices.SortStableFunc(s.wrong, func(a, b wrongRow) int { return cmp.Compare(a.row, b.row) })
	var list fault.List
	for _, w := range s.wrong {
		list = append(list, w.fault)
	}
	return list
}

// add records a row, or notes what is wrong with it. The rest is still read then, only to find what else is wrong.
func (s *sheet) add(ctx context.Context, r SheetRow) error {
	m, err := s.movement(ctx, r)
	if err == nil {
		m.RecordedAt = s.tx.Now
		err = m.check(s.today(s.tx))
	}
	if err != nil {
		return s.blame(r.Row, err)
	}
	if err := s.batch.watchLots(ctx, []*Movement{m}); err != nil {
		return err
	}
	clashes, err := s.batch.record(ctx, []*Movement{m})
	if err != nil {
		return err
	}
	if len(clashes) > 0 {
		return s.blame(r.Row, clashFault(clashes[0]))
	}
	s.done = append(s.done, m)
	s.rowOf[m] = r.Row
	return nil
}

func (s *sheet) movement(ctx context.Context, r SheetRow) (*Movement, error) {
	switch {
	case r.Supply != nil:
		return s.supplied(ctx, s.tx, s.snap, s.who, *r.Supply)
	case r.Use != nil:
		return s.used(ctx, s.tx, s.snap, s.who, *r.Use)
	case r.HandBack != nil:
		return s.writeOff(ctx, s.tx, s.snap, s.who, *r.HandBack, nil)
	case r.TurnAway != nil:
		return s.turnedAway(s.snap, s.who, *r.TurnAway)
	}
	return nil, fault.New(fault.Invalid, "say what happened").At("kind")
}

// blame notes a fault at a row. What is no fault of a row (not allowed, our own mistake) ends the whole.
func (s *sheet) blame(row int, err error) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Refused, fault.Conflict, fault.NotFound:
	default:
		return err
	}
	for _, f := range fault.Of(err) {
		at := *f
		at.Field = fmt.Sprintf("rows.%d.%s", row, f.Field)
		if at.Kind == fault.NotFound { // the lot that a row names, not the page
			at.Kind = fault.Invalid
		}
		s.wrong = append(s.wrong, wrongRow{row, &at})
	}
	return nil
}

// settle notes it if the whole leaves any place below zero, at the last rows that took what was not there.
func (s *sheet) settle(ctx context.Context) error {
	short, err := s.Ledger.settle(ctx, s.batch, s.snap, s.who, happened(s.done, s.today(s.tx)))
	if err != nil {
		return err
	}
	for _, sf := range short {
		refusal := s.shortFault(ctx, s.tx, s.snap, sf, s.done)
		missing := sf.Short
		for _, m := range slices.Backward(s.done) {
			_, outlet := m.where(m.From)
			if missing <= 0 || m.From != sf.Place || outlet != sf.Outlet || m.Lot != sf.Lot {
				continue
			}
			missing -= m.Kits
			if err := s.blame(s.rowOf[m], refusal); err != nil {
				return err
			}
		}
		if missing == sf.Short { // no row of the sheet took it: say so of the whole
			return refusal
		}
	}
	return nil
}
