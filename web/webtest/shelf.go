package webtest

import (
	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
)

// Path is an address at Home: "/give-out", or "" for its shelf.
func (w *World) Path(rest string) string { return desk.OutletPath(w.Home.ID) + rest }

// Product is the number of a built-in product by its code, such as prenoxad or nyxoid.
func (w *World) Product(code string) int {
	w.t.Helper()
	p, ok := w.Snap().FindProduct(code)
	if !ok {
		w.t.Fatalf("there is no product %s", code)
	}
	return p.ID
}

// Receive puts kits on a shelf and gives their lot. The expiry is as printed: 2028-03, 31/08/2028.
func (w *World) Receive(o *registry.Outlet, product, lot, expiry string, kits int, on civil.Date) int {
	w.t.Helper()
	until, err := civil.ParseExpiry(expiry)
	w.Must(err)
	e := NewEntry(o, kits, on)
	w.Must(w.Ledger.Receive(w.ctx, staff.Operator(), ledger.Receipt{Entry: e, Product: w.Product(product), Lot: lot, Expiry: until}))
	m, err := w.Ledger.Movement(w.ctx, o.Area, e.ID)
	w.Must(err)
	return m.Lot
}

// NewEntry begins something to be recorded at an outlet.
func NewEntry(o *registry.Outlet, kits int, on civil.Date) ledger.Entry {
	return ledger.Entry{ID: ledger.NewID(), OccurredOn: on, Outlet: o.ID, Kits: kits}
}

// Stock fills the shelf of Home: 24 kits of lot 0116917 and 40 of 0117002, both prenoxad and the first to be given first,
// and 30 of NX7731, nyxoid. It gives the numbers of the lots.
func (w *World) Stock() (first, second, spray int) {
	w.t.Helper()
	first = w.Receive(w.Home, "prenoxad", "0116917", "2027-06", 24, Today-60)
	second = w.Receive(w.Home, "prenoxad", "0117002", "2028-03", 40, Today-30)
	spray = w.Receive(w.Home, "nyxoid", "NX7731", "31/08/2028", 30, Today-30)
	return first, second, spray
}

// At is where the kits of a lot are that belong to an outlet.
func (w *World) At(o *registry.Outlet, lot int) ledger.Counts {
	w.t.Helper()
	s, err := w.Ledger.Stock(w.ctx, o.ID)
	w.Must(err)
	for _, l := range s.Lines {
		if l.Lot.ID == lot {
			return l.Counts
		}
	}
	return ledger.Counts{}
}

// Shelf is how many kits of a lot are on the shelf of Home.
func (w *World) Shelf(lot int) int {
	w.t.Helper()
	return w.At(w.Home, lot)[ledger.Shelf]
}

// OnHand is how many kits Home has in all.
func (w *World) OnHand() int {
	w.t.Helper()
	s, err := w.Ledger.Stock(w.ctx, w.Home.ID)
	w.Must(err)
	return s.Four().OnHand
}

// LotOf is the number of the lot that has this printed on it.
func (w *World) LotOf(printed string) int {
	w.t.Helper()
	all, err := w.Ledger.Lots(w.ctx, 0)
	w.Must(err)
	for _, l := range all {
		if l.Number == printed {
			return l.ID
		}
	}
	w.t.Fatalf("there is no lot %s", printed)
	return 0
}
