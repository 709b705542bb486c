package expiry

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// Proposal is kits that will be left over where they are and would be used elsewhere.
type Proposal struct {
	From, To *registry.Outlet
	Lot      ledger.Lot
	Product  *registry.Product
	Kits     int        // to move; each of them is one that would otherwise be left over
	Left     int        // that will be left over at From without it, of this lot
	UseBy    civil.Date // the last day on which they can be given out at To
	FromRate Rate       // of this product
	ToRate   Rate
	Why      string // in two sentences
}

// Offer reports whether it would cross from one authority to another: that is for the two to agree on.
func (p Proposal) Offer() bool { return p.From.Area != p.To.Area }

// Move is what a form sends back of the proposal.
func (p Proposal) Move() Move { return Move{From: p.From.ID, To: p.To.ID, Lot: p.Lot.ID, Kits: p.Kits} }

// Proposals reads what could be moved within an authority so that it is used in time, what expires first at the top. Of a
// region or nation it gives offers: what is left over in one authority after its own moves and would be used in another.
//
// Kits of lots that a notice bars stay where they are, and so do kits that have expired or whose date is not known. What is
// on its way to an outlet counts as there.
func (x *Expiry) Proposals(ctx context.Context, area int) ([]Proposal, error) {
	var list []Proposal
	err := x.look(ctx, OfArea(area), func(tx *store.Tx, l *look) error {
		list = nil
		places, err := x.places(ctx, tx, l)
		if err != nil {
			return err
		}
		left := l.leftOver()
		for product, at := range places {
			if l.area.IsAuthority() {
				list = append(list, l.proposals(product, planned(at, TravelDays, anywhere), left)...)
				continue
			}
			for _, own := range byArea(at) {
				planned(own, TravelDays, anywhere)
			}
			list = append(list, l.proposals(product, planned(at, OfferDays, elsewhere), left)...)
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(a.UseBy, b.UseBy), cmp.Compare(b.Kits, a.Kits), cmp.Compare(a.From.Code, b.From.Code), cmp.Compare(a.Lot.ID, b.Lot.ID), cmp.Compare(a.To.Code, b.To.Code))
	})
	return list, err
}

func anywhere(_, _ *place) bool { return true }

func elsewhere(from, to *place) bool { return from.outlet.Area != to.outlet.Area }

func byArea(places []*place) map[int][]*place {
	of := map[int][]*place{}
	for _, p := range places {
		of[p.outlet.Area] = append(of[p.outlet.Area], p)
	}
	return of
}

// outletLot is a lot at an outlet.
type outletLot struct{ outlet, lot int }

// leftOver is unused by outlet and lot.
func (l *look) leftOver() map[outletLot]int {
	left := map[outletLot]int{}
	for i, n := range l.unused() {
		if n > 0 {
			left[outletLot{l.lines[i].outlet, l.lines[i].lot}] = n
		}
	}
	return left
}

// places are the shelves of each product: those with kits that will be used or left over, and those that could take more.
func (x *Expiry) places(ctx context.Context, tx *store.Tx, l *look) (map[int][]*place, error) {
	at := map[outletProduct]*place{}
	find := func(o *registry.Outlet, product int) *place {
		k := outletProduct{o.ID, product}
		if at[k] == nil {
			at[k] = l.place(o, l.rates[k])
		}
		return at[k]
	}
	l.eachOutlet(func(o *registry.Outlet, from, to int) {
		for _, n := range l.lines[from:to] {
			if !l.counted(n) {
				continue
			}
			lot := l.lots[n.lot]
			p := find(o, lot.Product)
			p.own = append(p.own, holding{lot.ID, l.last(o, lot), n.shelf})
			if lot.Barred != 0 {
				p.fixed = mark(p.fixed, lot.ID)
			}
		}
	})
	for k := range l.rates {
		if o := l.snap.Outlet(k.outlet); o != nil {
			find(o, k.product)
		}
	}
	if err := l.coming(ctx, tx, x.led, find); err != nil {
		return nil, err
	}
	of := map[int][]*place{}
	for k, p := range at {
		of[k.product] = append(of[k.product], p)
	}
	for _, list := range of { // a map has no order, and a plan must be the same each time
		slices.SortFunc(list, func(a, b *place) int { return cmp.Compare(a.outlet.ID, b.outlet.ID) })
	}
	return of, nil
}

func mark(set map[int]bool, lot int) map[int]bool {
	if set == nil {
		set = map[int]bool{}
	}
	set[lot] = true
	return set
}

// place is an empty shelf.
func (l *look) place(o *registry.Outlet, rate Rate) *place {
	return &place{
		outlet: o, rate: rate, takes: rate.Kits > 0 && o.Kind != registry.Store && o.OpenOn(l.today),
		last: func(lot int) int { return l.last(o, l.lots[lot]) },
	}
}

// coming adds what is on its way to the outlets.
func (l *look) coming(ctx context.Context, tx *store.Tx, led *ledger.Ledger, find func(*registry.Outlet, int) *place) error {
	type delivery struct{ outlet, lot, kits int }
	var all []delivery
	var missing []int
	in, args := inList(l.areas)
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var d delivery
		err := scan(&d.outlet, &d.lot, &d.kits)
		all = append(all, d)
		if l.lots[d.lot] == nil {
			missing = append(missing, d.lot)
		}
		return err
	}, "SELECT to_outlet, lot, kits FROM transfer WHERE arrival IS NULL AND to_area IN ("+in+")", args...)
	if err != nil {
		return err
	}
	more, err := led.LotsIn(ctx, tx, missing...)
	for id, lot := range more {
		l.lots[id] = &lot
	}
	for _, d := range all {
		o, lot := l.snap.Outlet(d.outlet), l.lots[d.lot]
		if o != nil && lot != nil && lot.Expiry.Known && !lot.Expiry.Past(l.today) {
			p := find(o, lot.Product)
			p.coming = append(p.coming, holding{lot.ID, l.last(o, lot), d.kits})
		}
	}
	return err
}

func (l *look) proposals(product int, moves []move, left map[outletLot]int) []Proposal {
	var list []Proposal
	for _, m := range moves {
		p := Proposal{
			From: m.from.outlet, To: m.to.outlet, Lot: *l.lots[m.lot], Product: l.snap.Product(product), Kits: m.kits,
			Left: left[outletLot{m.from.outlet.ID, m.lot}], UseBy: l.today + civil.Date(m.useBy), FromRate: m.from.rate, ToRate: m.to.rate,
		}
		p.Why = p.why(l.today)
		list = append(list, p)
	}
	return list
}

// why is the reason in words.
func (p Proposal) why(today civil.Date) string {
	first := p.From.Name + " gives out " + p.FromRate.Words() + ": " + kits(p.Left) + " of this lot will be left over."
	switch {
	case !p.From.OpenOn(today):
		first = p.From.Name + " has closed: " + kits(p.Left) + " of this lot will be left over."
	case p.From.Kind == registry.Store:
		first = p.From.Name + " sends out " + p.FromRate.Words() + ": " + kits(p.Left) + " of this lot will be left over."
	}
	return first + " " + p.To.Name + " gives out " + p.ToRate.Words() + " and would use " + kits(p.Kits) + " by " + p.UseBy.Words() + "."
}
