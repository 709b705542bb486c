package ledger

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

// StockLine is one lot at an outlet.
type StockLine struct {
	Lot       Lot
	Product   *registry.Product
	Unchecked int // of those on the shelf: a notice asks to check them first
	Counts
}

// Stock is what is at an outlet, lots due first at the top. The four figures of any shelf are sums over its lines.
type Stock struct {
	Outlet  *registry.Outlet
	Today   civil.Date
	MinDays int // minimum days of life left for a person to carry
	Lines   []StockLine
	Bars    map[int][]Bar // open bars of the lots that have any
}

// OnHand is how many kits are here: on the shelf or held.
func (l StockLine) OnHand() int { return l.Counts[Shelf] + l.HeldAll() }

// Held is how many are set aside, whatever their date: held in their own place, or on the shelf and waiting to be
// checked.
func (l StockLine) Held() int { return l.HeldAll() + l.Unchecked }

// Expired is how many on the shelf are past their date and not held.
func (l StockLine) Expired(today civil.Date) int {
	if l.Lot.Expiry.Past(today) {
		return l.Counts[Shelf] - l.Unchecked
	}
	return 0
}

// Usable is how many may be given out today.
func (l StockLine) Usable(today civil.Date) int {
	return l.Counts[Shelf] - l.Unchecked - l.Expired(today)
}

// Four are the four figures of a shelf. OnHand = Held + Expired + Usable.
type Four struct{ OnHand, Held, Expired, Usable int }

// Four sums the lines.
func (s Stock) Four() Four {
	var f Four
	for _, l := range s.Lines {
		f.OnHand += l.OnHand()
		f.Held += l.Held()
		f.Expired += l.Expired(s.Today)
		f.Usable += l.Usable(s.Today)
	}
	return f
}

// Doses is how many doses the usable kits hold, where every product's number is known.
func (s Stock) Doses() (n int, known bool) {
	known = true
	for _, l := range s.Lines {
		if u := l.Usable(s.Today); u > 0 {
			known = known && l.Product != nil && l.Product.DosesPerKit > 0
			if known {
				n += u * l.Product.DosesPerKit
			}
		}
	}
	return n, known
}

// ExpiringWithin is how many usable kits have at most that many days left.
func (s Stock) ExpiringWithin(days int) int {
	n := 0
	for _, l := range s.Lines {
		if l.Lot.Expiry.Known && l.Lot.Expiry.DaysLeft(s.Today) <= days {
			n += l.Usable(s.Today)
		}
	}
	return n
}

// Stock reads what is at an outlet.
func (l *Ledger) Stock(ctx context.Context, outlet int) (Stock, error) {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return Stock{}, err
	}
	o := snap.Outlet(outlet)
	s := Stock{Outlet: o, Today: l.Today(), MinDays: snap.Area(o.Area).MinDays}
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		s.Lines, err = stockLines(ctx, tx, snap, "s.area = ? AND s.outlet = ? AND (s.shelf <> 0 OR s.held <> 0 OR s.spoiled <> 0)", o.Area, o.ID)
		if err != nil {
			return err
		}
		var barred []int
		for _, line := range s.Lines {
			if line.Lot.Barred != 0 {
				barred = append(barred, line.Lot.ID)
			}
		}
		s.Bars, err = barsOfLots(ctx, tx, barred)
		return err
	})
	slices.SortStableFunc(s.Lines, func(a, b StockLine) int {
		return cmp.Or(cmp.Compare(dueDay(a.Lot), dueDay(b.Lot)), cmp.Compare(a.Lot.Number, b.Lot.Number), cmp.Compare(a.Lot.ID, b.Lot.ID))
	})
	return s, err
}

// dueDay sorts lots: the first to expire first, those whose expiry is not known last.
func dueDay(l Lot) civil.Date {
	if !l.Expiry.Known {
		return 1<<31 - 1
	}
	return l.Expiry.Last
}

func stockLines(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, where string, args ...any) ([]StockLine, error) {
	var lines []StockLine
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var line StockLine
		var err error
		line.Lot, err = scanLot(func(dest ...any) error {
			for p := Supplier; p < places; p++ {
				dest = append(dest, &line.Counts[p])
			}
			return scan(append(dest, &line.Unchecked)...)
		})
		line.Product = snap.Product(line.Lot.Product)
		lines = append(lines, line)
		return err
	}, `SELECT l.id, l.product, l.number, l.expiry, l.expiry_day, l.joined_to, l.barred,
			s.supplier, s.outside, s.shelf, s.held, s.spoiled, s.transit, s.people, s.used, s.destroyed, s.lost, s.returned, s.unchecked
		FROM stock s JOIN lot l ON l.id = s.lot WHERE `+where, args...)
	return lines, err
}

// Pick is a lot that might be given out, and if it should not be, why.
type Pick struct {
	StockLine
	Proposed bool
	Blocked  string // why it cannot be given out; empty if it can
	Reason   string // why it is not the one proposed, though it can be given out: a reason is asked for
}

// Picks puts the lots of a shelf in the order to give them out: first expiry, first out, among those with life enough
// left for a person to carry. Lots that must not be given out come last, with the reason, and are not hidden.
func (s Stock) Picks(kits int) []Pick {
	var picks []Pick
	proposed := -1
	for _, l := range s.Lines {
		p := Pick{StockLine: l}
		switch {
		case l.Expired(s.Today) > 0:
			p.Blocked = "expired " + l.Lot.Expiry.Words()
		case l.Usable(s.Today) == 0 && l.Held() > 0:
			p.Blocked = s.heldWhy(l)
		case l.Usable(s.Today) <= 0:
			p.Blocked = "none left"
		case !l.Lot.Expiry.Known:
			p.Reason = "its expiry is not known"
		case l.Lot.Expiry.DaysLeft(s.Today) < s.MinDays:
			p.Reason = "less than " + daysWords(s.MinDays) + " left"
		case l.Usable(s.Today) < kits:
			p.Reason = "fewer kits than asked for"
		case proposed < 0:
			p.Proposed = true
			proposed = len(picks)
		default:
			p.Reason = "another lot is due first"
		}
		picks = append(picks, p)
	}
	slices.SortStableFunc(picks, func(a, b Pick) int { return cmp.Compare(a.rank(), b.rank()) })
	return picks
}

// heldWhy says why kits of a line are held.
func (s Stock) heldWhy(l StockLine) string {
	bars := s.Bars[l.Lot.ID]
	switch {
	case l.Unchecked > 0:
		return "to be checked first, notice " + checkNumber(bars)
	case l.Counts[Held] > 0 && anyBars(bars)&Withdrawn != 0:
		for _, b := range bars {
			if b.Kind == Withdrawn {
				return "withdrawn, notice " + b.Number
			}
		}
	}
	return "held"
}

func (p Pick) rank() int {
	switch {
	case p.Proposed:
		return 0
	case p.Blocked == "":
		return 1
	}
	return 2
}
