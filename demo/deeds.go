package demo

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/staff"
)

// deeds are the few things that files cannot hold, or that show best when a person has done them.
func (b *build) deeds(ctx context.Context) error {
	for _, deed := range []func(context.Context) error{b.reversals, b.lateEntry, b.staffUse, b.joinedLot, b.stockCounts, b.nilMonths} {
		if err := deed(ctx); err != nil {
			return err
		}
	}
	return nil
}

// id is the id of a deed, the same in each build of the same demonstration.
func (b *build) id(name ...any) uuid.UUID {
	return ledger.TextID("demo", b.source()+"/"+fmt.Sprint(name...))
}

// entry begins an entry at the outlet to look at first.
func (b *build) entry(name string, day civil.Date, kits int) ledger.Entry {
	return ledger.Entry{ID: b.id(name), OccurredOn: day, Outlet: b.main().Outlet.ID, Kits: kits}
}

// reversals undo the latest few supplies of the outlet to look at first that nothing stands on.
func (b *build) reversals(ctx context.Context) error {
	recent := b.first.recent
	for i := range min(3, len(recent)/2) {
		r := recent[len(recent)-1-2*i]
		k := fileKey{"supplies", r.by}
		err := b.l.Reverse(ctx, b.people[r.by], ledger.Reversal{
			ID: b.id("reversal ", i), Area: b.main().authority.ID, Of: ledger.RowID(b.scope(), k.kind, k.name(), r.row), Note: "entered twice",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// line finds a lot on the shelf of an outlet.
func (b *build) line(ctx context.Context, outlet int, wanted func(ledger.StockLine) bool) (ledger.StockLine, bool, error) {
	stock, err := b.l.Stock(ctx, outlet)
	if err != nil {
		return ledger.StockLine{}, false, err
	}
	for _, line := range stock.Lines {
		if wanted(line) {
			return line, true, nil
		}
	}
	return ledger.StockLine{}, false, nil
}

// lateEntry tells of a kit that was given out the day after it expired, found on a paper sheet: kept and flagged.
func (b *build) lateEntry(ctx context.Context) error {
	expired, found, err := b.line(ctx, b.main().Outlet.ID, func(l ledger.StockLine) bool {
		return l.Lot.Expiry.Known && l.Lot.Expiry.Last < b.Today-1 && l.Counts[ledger.Shelf] > 2
	})
	if err != nil || !found {
		return err
	}
	e := b.entry("late entry", b.Today-1, 1)
	e.Note = "From a paper sheet"
	return b.l.Supply(ctx, b.people[theWorker], ledger.SupplyOf{Entry: e, Lot: expired.Lot.ID, Recipient: ledger.PersonAtRisk})
}

// staffUse is a kit of the service's own stock, used on somebody at the door.
func (b *build) staffUse(ctx context.Context) error {
	line, found, err := b.line(ctx, b.main().Outlet.ID, func(l ledger.StockLine) bool { return l.Usable(b.Today) > 3 })
	if err != nil || !found {
		return err
	}
	return b.l.Use(ctx, b.people[theWorker], ledger.UseOf{
		Entry: b.entry("staff use", b.Today, 1), Lot: line.Lot.ID, ByStaff: true, Doses: 2, Ambulance: ledger.Yes, Setting: "outside the service",
	})
}

// joinedLot is a lot that the store received a second time with a letter for a nought, found to be one with the first.
func (b *build) joinedLot(ctx context.Context) error {
	hub := b.main().hub
	line, found, err := b.line(ctx, hub.Outlet.ID, func(l ledger.StockLine) bool {
		return l.Product != nil && l.Product.Code == wares[0].code && l.Lot.Expiry.Known && l.Usable(b.Today) > 0
	})
	if err != nil || !found {
		return err
	}
	typo := "O" + strings.TrimPrefix(line.Lot.Number, "0")
	err = b.l.Receive(ctx, b.people[theCoordinator], ledger.Receipt{
		Entry:   ledger.Entry{ID: b.id("receipt of a typing slip"), OccurredOn: b.Today, Outlet: hub.Outlet.ID, Kits: 10},
		Product: line.Lot.Product, Lot: typo, Expiry: line.Lot.Expiry, Order: "PO-999",
	})
	if err != nil {
		return err
	}
	other, _, err := b.line(ctx, hub.Outlet.ID, func(l ledger.StockLine) bool { return l.Lot.Number == typo })
	if err != nil {
		return err
	}
	return b.l.JoinLots(ctx, staff.Operator(), other.Lot.ID, line.Lot.ID)
}

// stockCounts are counts of a few shelves of one authority, signed off, one with a kit missing and one with a kit too
// many; and one that waits to be signed off.
func (b *build) stockCounts(ctx context.Context) error {
	off := []int{0, -1, 1}
	for i, s := range b.first.sites[:len(off)] {
		by := b.people[theCoordinator]
		if s.main {
			by = b.people[theColleague]
		}
		id, err := b.count(ctx, by, s, fmt.Sprint("count ", i), off[i])
		if err != nil {
			return err
		}
		if id == uuid.Nil {
			continue
		}
		// At the other outlets nobody else has an account.
		if err := b.l.SignCount(ctx, b.people[theCoordinator], s.authority.ID, id, !s.main); err != nil {
			return err
		}
	}
	_, err := b.count(ctx, b.people[theColleague], b.main(), "count that waits", -1)
	return err
}

// count counts a shelf: the first lot with some kits is off by so many, the last is not counted.
func (b *build) count(ctx context.Context, who staff.Person, s *site, name string, off int) (uuid.UUID, error) {
	stock, err := b.l.Stock(ctx, s.Outlet.ID)
	if err != nil {
		return uuid.Nil, err
	}
	counted := map[int]*int{}
	for i, line := range stock.Lines {
		n := line.Counts[ledger.Shelf]
		if n > 2 {
			n, off = n+off, 0
		}
		counted[line.Lot.ID] = &n
		if i > 0 && i == len(stock.Lines)-1 {
			counted[line.Lot.ID] = nil
		}
	}
	if len(counted) == 0 {
		return uuid.Nil, nil
	}
	id := b.id(name)
	return id, b.l.SaveCount(ctx, who, ledger.CountEntry{ID: id, Outlet: s.Outlet.ID, CountedOn: b.Today, Counted: counted})
}

// fewNils is how many outlets that else make entries have confirmed a month as nil.
const fewNils = 6

// nilMonths confirms months without an entry: all of them at the outlets of authorities that give nothing out, and one
// each at a few others.
func (b *build) nilMonths(ctx context.Context) error {
	left := fewNils
	for i, a := range b.authorities {
		for _, s := range b.sites[i] {
			switch {
			case a.habit == nothing && s.Outlet.Code == b.sites[i][0].Outlet.Code:
				for month := b.start.Month(); month < b.Today.Month(); month++ {
					if err := b.l.ConfirmNil(ctx, staff.Operator(), s.Outlet.ID, month); err != nil {
						return err
					}
				}
			case s.plays() && left > 0 && i%9 == 0:
				month, ok := s.quietMonth(b.Today)
				if !ok {
					continue
				}
				left--
				if err := b.l.ConfirmNil(ctx, staff.Operator(), s.Outlet.ID, month); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// quietMonth is the latest complete month in which an outlet made no entry.
func (s *site) quietMonth(today civil.Date) (civil.Month, bool) {
	for month := today.Month() - 1; month >= s.begins.Month(); month-- {
		if !s.months[month] && month <= s.ends.Month() {
			return month, true
		}
	}
	return 0, false
}
