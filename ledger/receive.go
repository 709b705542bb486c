package ledger

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Receipt is kits that came from a supplier, or the stock an outlet had when it began (Opening).
type Receipt struct {
	Entry
	Product   int
	Lot       string // as printed
	Expiry    civil.Expiry
	Opening   bool
	Order     string
	UnitPrice int // pence a kit; 0 not recorded
	Supplier  string
	PaidBy    string
}

// Receive records kits that came in.
func (l *Ledger) Receive(ctx context.Context, who staff.Person, r Receipt) error {
	return l.write(ctx, who, func(tx *store.Tx, snap *registry.Snapshot) ([]*Movement, error) {
		o, err := l.site(snap, who, staff.MoveKits, r.Outlet)
		if err != nil {
			return nil, err
		}
		if snap.Product(r.Product) == nil {
			return nil, fault.New(fault.Invalid, "choose the product").At("product")
		}
		lot, err := l.lotFor(ctx, tx, r.Product, r.Lot, r.Expiry)
		if err != nil {
			return nil, err
		}
		m, err := r.movement(who, o, KindReceive, Supplier, Shelf, lot)
		if err != nil {
			return nil, err
		}
		if err := r.check(l.today(tx)); err != nil {
			return nil, err
		}
		if r.Opening {
			m.Kind, m.From = KindOpen, Outside
		}
		m.Order, m.UnitPrice, m.Detail.Supplier, m.PaidBy = r.Order, r.UnitPrice, r.Supplier, r.PaidBy
		return []*Movement{m}, nil
	})
}

// mostYearsLeft is more shelf life than any product has: a date beyond it is a slip.
const mostYearsLeft = 10

func (r Receipt) check(today civil.Date) error {
	for field, s := range map[string]string{"order": r.Order, "supplier": r.Supplier, "paid_by": r.PaidBy} {
		if err := checkText(field, s, 100); err != nil {
			return err
		}
	}
	if r.UnitPrice < 0 || r.UnitPrice > 1_000_000 {
		return fault.New(fault.Invalid, "the price of a kit must be between 0 and 10,000.00").At("unit_price")
	}
	return checkExpiry(r.Expiry, today)
}

func checkExpiry(e civil.Expiry, today civil.Date) error {
	if e.Known && (e.Last > today+mostYearsLeft*366 || e.Last < firstDay) {
		return fault.New(fault.Invalid, "an expiry of %s cannot be right", e.Words()).At("expiry").Hint("copy it from the pack; check the year")
	}
	return nil
}
