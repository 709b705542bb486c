package expiry

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

var withinDays = []int{30, 60, 90, 180}

// Board reads what expires when at an outlet, in an authority, or in a region or nation.
func (x *Expiry) Board(ctx context.Context, s Scope) (*Board, error) {
	var b *Board
	err := x.look(ctx, s, func(_ *store.Tx, l *look) error {
		b = l.board(s)
		return nil
	})
	return b, err
}

// board adds up a look.
func (l *look) board(s Scope) *Board {
	b := &Board{Scope: s, Today: l.today, Window: l.window}
	for _, days := range withinDays {
		b.Within = append(b.Within, Within{Days: days})
	}
	unused := l.unused()
	lots := map[int]*LotRow{}
	var outlets []OutletRow
	areas := map[int]*AreaRow{}
	l.eachOutlet(func(o *registry.Outlet, from, to int) {
		row := OutletRow{Outlet: o}
		for i := from; i < to; i++ {
			n := l.lines[i]
			k := Kits{Shelf: n.shelf, Held: n.held, People: n.people, Unused: unused[i]}
			lot := lots[n.lot]
			if lot == nil {
				of := l.lots[n.lot]
				lot = &LotRow{Lot: *of, Product: l.snap.Product(of.Product), State: StateOf(of.Expiry, l.today)}
				lots[n.lot] = lot
			}
			lot.Kits.add(k)
			if n.shelf+n.held > 0 {
				lot.Outlets++
			}
			row.Summary.add(lot.State, k)
		}
		outlets = append(outlets, row)
		area := areas[l.lines[from].area]
		if area == nil {
			area = &AreaRow{Area: l.snap.Area(l.lines[from].area)}
			areas[l.lines[from].area] = area
		}
		area.Summary.plus(row.Summary)
	})
	for _, lot := range lots {
		b.Lots = append(b.Lots, *lot)
		b.Summary.add(lot.State, lot.Kits)
		b.place(lot)
	}
	slices.SortFunc(b.Lots, func(a, c LotRow) int {
		return cmp.Or(cmp.Compare(dueDay(a.Lot.Expiry), dueDay(c.Lot.Expiry)), cmp.Compare(a.Lot.Number, c.Lot.Number), cmp.Compare(a.Lot.ID, c.Lot.ID))
	})
	switch {
	case l.area == nil:
	case l.area.IsAuthority():
		slices.SortStableFunc(outlets, func(a, c OutletRow) int {
			return cmp.Or(a.Summary.toDo(c.Summary), cmp.Compare(a.Outlet.Code, c.Outlet.Code))
		})
		b.Outlets = outlets
	default:
		for _, a := range areas {
			b.Areas = append(b.Areas, *a)
		}
		slices.SortFunc(b.Areas, func(a, c AreaRow) int {
			return cmp.Or(a.Summary.toDo(c.Summary), cmp.Compare(a.Area.Code, c.Area.Code))
		})
	}
	return b
}

// place adds a lot to its month and to what is due within some days.
func (b *Board) place(lot *LotRow) {
	if lot.State != Soon && lot.State != InDate {
		return
	}
	last := lot.Lot.Expiry.Last
	at := int(last.Month() - b.Today.Month())
	for len(b.Months) <= at {
		b.Months = append(b.Months, Month{Month: b.Today.Month() + civil.Month(len(b.Months))})
	}
	b.Months[at].Kits.add(lot.Kits)
	for i := range b.Within {
		if int(last-b.Today) <= b.Within[i].Days {
			b.Within[i].Kits.add(lot.Kits)
		}
	}
}

func (s *Summary) add(state State, k Kits) {
	switch state {
	case Expired:
		s.Expired.add(k)
	case Soon:
		s.Soon.add(k)
	case InDate:
		s.InDate.add(k)
	default:
		s.Unknown.add(k)
	}
}

func (s *Summary) plus(b Summary) {
	s.Expired.add(b.Expired)
	s.Soon.add(b.Soon)
	s.InDate.add(b.InDate)
	s.Unknown.add(b.Unknown)
}

// Unused is how many kits on shelves will be left over.
func (s Summary) Unused() int { return s.Soon.Unused + s.InDate.Unused }

// toDo puts those first where most kits have expired or will be left over, then those where most expire soon.
func (s Summary) toDo(b Summary) int {
	return cmp.Or(cmp.Compare(b.Expired.Shelf+b.Unused(), s.Expired.Shelf+s.Unused()), cmp.Compare(b.Soon.Shelf, s.Soon.Shelf))
}

// dueDay sorts dates: the first to expire first, those not known last.
func dueDay(e civil.Expiry) civil.Date {
	if !e.Known {
		return 1<<31 - 1
	}
	return e.Last
}
