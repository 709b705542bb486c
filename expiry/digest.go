package expiry

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"everykit/civil"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// What a digest speaks of.
const (
	mostListed  = 10  // lines under a heading; the rest is counted
	aheadFor    = 365 // kits that will be left over are named if their last day is no further away
	reissuedFor = 90  // what people carry is named until so many days after its last day
)

// round is one making of digests. What it has read of an authority serves everybody there.
type round struct {
	x     *Expiry
	day   civil.Date
	areas map[int]*areaRound
}

// areaRound is what there is to say about an authority.
type areaRound struct {
	look   *look
	board  *Board
	unused []int
	moves  []Proposal
	due    []Due
	told   []notice.Told // not yet done with
}

func (r *round) area(ctx context.Context, id int) (*areaRound, error) {
	if a := r.areas[id]; a != nil {
		return a, nil
	}
	a := &areaRound{}
	err := r.x.look(ctx, OfArea(id), func(_ *store.Tx, l *look) error {
		a.look, a.board, a.unused = l, l.board(OfArea(id)), l.unused()
		return nil
	})
	if err != nil {
		return nil, err
	}
	if a.moves, err = r.x.Proposals(ctx, id); err != nil {
		return nil, err
	}
	if a.due, err = r.x.Reissue(ctx, OfArea(id)); err != nil {
		return nil, err
	}
	if a.told, err = r.told(ctx, id); err != nil {
		return nil, err
	}
	r.areas[id] = a
	return a, nil
}

// told reads what outlets of an authority, or of all (0), have not done of open notices.
func (r *round) told(ctx context.Context, area int) ([]notice.Told, error) {
	open, err := r.x.notices.List(ctx, notice.Filter{States: []notice.State{notice.Published}, Area: area})
	if err != nil {
		return nil, err
	}
	var waiting []notice.Told
	for _, n := range open {
		told, err := r.x.notices.ToldIn(ctx, n.ID, area)
		if err != nil {
			return nil, err
		}
		for _, t := range told {
			if !t.Done() {
				waiting = append(waiting, t)
			}
		}
	}
	return waiting, nil
}

// text is a person's digest without its ending; empty if there is nothing to say.
func (r *round) text(ctx context.Context, a staff.Addressee) (string, error) {
	if a.Role == staff.National {
		return r.nationText(ctx, a.Area)
	}
	snap, err := r.x.reg.Now(ctx)
	if err != nil {
		return "", err
	}
	var d digest
	if a.Role == staff.Coordinator {
		of, err := r.area(ctx, a.Area)
		if err != nil {
			return "", err
		}
		d.add(of, r.day, nil)
		area := snap.Area(a.Area)
		return d.text(area.Name, r.x.site+"/areas/"+area.Code), nil
	}
	var names, links []string
	byArea := map[int][]int{}
	for _, id := range a.Outlets {
		if o := snap.Outlet(id); o != nil && o.OpenOn(r.day) {
			byArea[o.Area] = append(byArea[o.Area], id)
			names, links = append(names, o.Name), append(links, r.x.site+"/outlets/"+number(id))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byArea)) {
		of, err := r.area(ctx, id)
		if err != nil {
			return "", err
		}
		d.add(of, r.day, byArea[id])
	}
	return d.textFor(names, links), nil
}

// digest is what there is to say to one person.
type digest struct {
	notices []toldLine
	expired []kitsLine
	month   []kitsLine // 30 days left at most
	quarter []kitsLine // 31 to 90
	unused  []kitsLine
	reissue []dueLine
}

// toldLine is a notice that an outlet has not done with.
type toldLine struct {
	told   notice.Told
	outlet *registry.Outlet
	late   bool
}

// kitsLine is kits of a lot on an outlet's shelf.
type kitsLine struct {
	outlet  *registry.Outlet
	product *registry.Product
	number  string
	expiry  civil.Expiry
	kits    int
	of      int        // unused: on the shelf
	moves   []Proposal // unused: where they could go
}

// dueLine is a lot that people carry and should not.
type dueLine struct {
	Due
	people int // given out at the outlets spoken of
}

// add gathers what there is to say about some outlets of an authority, or about all of it (nil).
func (d *digest) add(a *areaRound, day civil.Date, outlets []int) {
	mine := func(id int) bool { return outlets == nil || slices.Contains(outlets, id) }
	for _, t := range a.told {
		if o := a.look.snap.Outlet(t.Outlet); o != nil && mine(o.ID) {
			d.notices = append(d.notices, toldLine{t, o, t.Notice.Overdue(day)})
		}
	}
	a.look.eachOutlet(func(o *registry.Outlet, from, to int) {
		if mine(o.ID) {
			for i := from; i < to; i++ {
				d.addLine(a, o, i)
			}
		}
	})
	for _, due := range a.due {
		if due.Why == HasExpired && int(day-due.Lot.Expiry.Last) > reissuedFor {
			continue
		}
		people := 0
		for _, o := range due.Outlets {
			if mine(o.Outlet.ID) {
				people += o.People
			}
		}
		if people > 0 {
			d.reissue = append(d.reissue, dueLine{due, people})
		}
	}
	d.sort()
}

func (d *digest) addLine(a *areaRound, o *registry.Outlet, i int) {
	n, lot := a.look.lines[i], a.look.lots[a.look.lines[i].lot]
	if n.shelf <= 0 || !lot.Expiry.Known {
		return
	}
	line := kitsLine{outlet: o, product: a.look.snap.Product(lot.Product), number: lot.Number, expiry: lot.Expiry, kits: n.shelf}
	days := lot.Expiry.DaysLeft(a.look.today)
	switch {
	case days < 0:
		d.expired = append(d.expired, line)
	case days <= 30:
		d.month = append(d.month, line)
	case days <= SoonDays:
		d.quarter = append(d.quarter, line)
	}
	if left := a.unused[i]; left > 0 && days <= aheadFor {
		line.kits, line.of = left, n.shelf
		for _, p := range a.moves {
			if p.From.ID == o.ID && p.Lot.ID == lot.ID {
				line.moves = append(line.moves, p)
			}
		}
		d.unused = append(d.unused, line)
	}
}

// sort puts the most urgent first under each heading.
func (d *digest) sort() {
	slices.SortStableFunc(d.notices, func(a, b toldLine) int {
		return cmp.Or(bit(b.late)-bit(a.late), cmp.Compare(dueOn(a), dueOn(b)), cmp.Compare(a.told.Notice.ID, b.told.Notice.ID), cmp.Compare(a.outlet.Code, b.outlet.Code))
	})
	for _, lines := range [][]kitsLine{d.expired, d.month, d.quarter, d.unused} {
		slices.SortStableFunc(lines, func(a, b kitsLine) int {
			return cmp.Or(cmp.Compare(a.expiry.Last, b.expiry.Last), cmp.Compare(b.kits, a.kits), cmp.Compare(a.outlet.Code, b.outlet.Code))
		})
	}
	slices.SortStableFunc(d.reissue, func(a, b dueLine) int { return cmp.Compare(a.Why, b.Why) })
}

// dueOn sorts notices by their last day, those without one last.
func dueOn(t toldLine) civil.Date {
	if t.told.Notice.DueOn == civil.None {
		return 1<<31 - 1
	}
	return t.told.Notice.DueOn
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
