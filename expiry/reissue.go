package expiry

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/notice"
	"everykit/registry"
	"everykit/store"
)

// Reason says why a lot is due for reissue.
type Reason uint8

// The reasons, the most urgent first. A lot with several has the first of them.
const (
	ByNotice    Reason = iota + 1 // an open notice withdraws it, or speaks to people who carry one
	HasExpired                    // its last day has passed
	ExpiresSoon                   // it has fewer days left than the authority's minimum
)

// String is the reason's key.
func (r Reason) String() string { return [...]string{"", "notice", "expired", "soon"}[r] }

// Words is how a page writes it.
func (r Reason) Words() string {
	return [...]string{"", "Named by a notice", "Expired", "Expires soon"}[r]
}

// Due is a lot of which people carry kits that should be replaced.
type Due struct {
	Lot         ledger.Lot
	Product     *registry.Product
	Why         Reason
	Notices     []*notice.Notice // open ones that ask for it, whatever Why says
	People      int              // kits still out: at most, for not every use is told
	First, Last civil.Month      // between which they were given out here
	Outlets     []DueOutlet      // that gave them out, most kits first
}

// DueOutlet is an outlet that gave out kits of a lot that are still out.
type DueOutlet struct {
	Outlet      *registry.Outlet
	People      int
	First, Last civil.Month
}

// Reissue reads the lots of which people carry kits that should be replaced: those an open notice names first, then what
// has expired (the latest first: most likely still carried), then what expires soon (the soonest first). Drills are no
// reason, and neither is a notice that changes a date: the date itself then says.
func (x *Expiry) Reissue(ctx context.Context, s Scope) ([]Due, error) {
	var l *look
	var families map[int][]int
	err := x.look(ctx, s, func(tx *store.Tx, got *look) error {
		l = got
		var err error
		families, err = x.led.FamiliesIn(ctx, tx, l.withPeople()...)
		return err
	})
	if err != nil {
		return nil, err
	}
	open, err := x.notices.OpenLots(ctx, members(families)...)
	if err != nil {
		return nil, err
	}
	due := l.due(families, open)
	if len(due) > 0 {
		if err := x.whenGiven(ctx, l, due); err != nil {
			return nil, err
		}
	}
	return sortedDue(due), nil
}

// withPeople are the lots of which people carry kits.
func (l *look) withPeople() []int {
	var lots []int
	seen := map[int]bool{}
	for _, n := range l.lines {
		if n.people > 0 && !seen[n.lot] {
			seen[n.lot] = true
			lots = append(lots, n.lot)
		}
	}
	return lots
}

// members are all lots of some families, each once.
func members(families map[int][]int) []int {
	var all []int
	for _, f := range families {
		all = append(all, f...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// due finds what is due, by lot.
func (l *look) due(families map[int][]int, open map[int][]*notice.Notice) map[int]*Due {
	due := map[int]*Due{}
	asks := map[int][]*notice.Notice{}
	for lot, family := range families {
		asks[lot] = asking(family, open)
	}
	for _, n := range l.lines {
		o, lot := l.snap.Outlet(n.outlet), l.lots[n.lot]
		if n.people <= 0 || o == nil {
			continue
		}
		why := Reason(0)
		switch {
		case len(asks[n.lot]) > 0:
			why = ByNotice
		case lot.Expiry.Past(l.today):
			why = HasExpired
		case lot.Expiry.Known && lot.Expiry.DaysLeft(l.today) < l.minDays(o):
			why = ExpiresSoon
		default:
			continue
		}
		d := due[n.lot]
		if d == nil {
			d = &Due{Lot: *lot, Product: l.snap.Product(lot.Product), Why: why, Notices: asks[n.lot]}
			due[n.lot] = d
		}
		d.People += n.people
		d.Outlets = append(d.Outlets, DueOutlet{Outlet: o, People: n.people})
	}
	return due
}

// asking are the open notices on a family of lots that ask to replace what people carry.
func asking(family []int, open map[int][]*notice.Notice) []*notice.Notice {
	var list []*notice.Notice
	seen := map[int]bool{}
	for _, lot := range family {
		for _, n := range open[lot] {
			if asks := n.Action == notice.Withdraw || (n.Level == notice.People && n.Action != notice.ChangeExpiry); asks && !seen[n.ID] {
				seen[n.ID] = true
				list = append(list, n)
			}
		}
	}
	return list
}

// whenGiven fills in between which months kits were given out: the first and last day on which more of a lot went to
// people at an outlet than came back, two steps down a key each.
func (x *Expiry) whenGiven(ctx context.Context, l *look, due map[int]*Due) error {
	areas, first := inList(l.areas)
	var lots []int
	for id := range due {
		lots = append(lots, id)
	}
	slices.Sort(lots)
	type days struct{ first, last civil.Date }
	given := map[outletLot]days{}
	err := x.db.Read(ctx, func(tx *store.Tx) error {
		clear(given)
		for some := range slices.Chunk(lots, 200) {
			in, args := inList(some)
			err := tx.Each(ctx, func(scan func(...any) error) error {
				var at outletLot
				var from, to *civil.Date
				err := scan(&at.outlet, &at.lot, &from, &to)
				if from != nil && to != nil {
					given[at] = days{*from, *to}
				}
				return err
			}, `SELECT s.outlet, s.lot,
				(SELECT d.day FROM stock_day d WHERE d.area = s.area AND d.outlet = s.outlet AND d.lot = s.lot AND d.people > 0 ORDER BY d.day LIMIT 1),
				(SELECT d.day FROM stock_day d WHERE d.area = s.area AND d.outlet = s.outlet AND d.lot = s.lot AND d.people > 0 ORDER BY d.day DESC LIMIT 1)
				FROM stock s WHERE s.lot IN (`+in+") AND s.area IN ("+areas+") AND s.people > 0", append(args, first...)...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	for _, d := range due {
		for i := range d.Outlets {
			o := &d.Outlets[i]
			g, ok := given[outletLot{o.Outlet.ID, d.Lot.ID}]
			if !ok {
				continue
			}
			o.First, o.Last = g.first.Month(), g.last.Month()
			if d.First == 0 || o.First < d.First {
				d.First = o.First
			}
			d.Last = max(d.Last, o.Last)
		}
	}
	return err
}

func sortedDue(due map[int]*Due) []Due {
	var list []Due
	for _, d := range due {
		slices.SortFunc(d.Outlets, func(a, b DueOutlet) int {
			return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Outlet.Code, b.Outlet.Code))
		})
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b Due) int {
		byDay := cmp.Compare(dueDay(a.Lot.Expiry), dueDay(b.Lot.Expiry))
		if a.Why == HasExpired {
			byDay = -byDay
		}
		return cmp.Or(cmp.Compare(a.Why, b.Why), byDay, cmp.Compare(b.People, a.People), cmp.Compare(a.Lot.ID, b.Lot.ID))
	})
	return list
}
