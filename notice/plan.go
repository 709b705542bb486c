package notice

import (
	"cmp"
	"context"
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/mail"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Preview says what publication will do, or has done.
type Preview struct {
	Notice     *Notice
	Outlets    []Touched         // that are told, by authority and outlet
	OnTheWay   []ledger.Transfer // deliveries that carry these lots now
	Unused     []Unused          // authorities without an open outlet here
	Never      []Line            // lots that the ledger has never seen
	Mismatches []Mismatch        // expiries that disagree with the ledger's
	Shortened  []Line            // lots whose new expiry is nearer than the old and past already: asks twice
	Letters    int               // letters to people with accounts
	Links      int               // letters with a personal link
}

// Sum is what all outlets have together.
func (p Preview) Sum() ledger.Counts {
	var sum ledger.Counts
	for _, t := range p.Outlets {
		sum = sum.Plus(t.Counts)
	}
	return sum
}

// Touched is an outlet that is told, and where its kits of these lots are.
type Touched struct {
	Area, Outlet int
	ledger.Counts
	Coming  int  // kits on their way to it
	Closed  bool // for good
	Workers int  // people with an account there
	Linked  bool // told by a personal link
}

// Unreached reports whether nobody can be told: neither an account nor an address is known.
func (t Touched) Unreached() bool { return t.Workers == 0 && !t.Linked }

// Unused is an authority without an open outlet in this ledger.
type Unused struct {
	Area   int
	Linked bool // somebody there is told by a personal link
}

// Mismatch is a lot whose expiry in the notice differs from the ledger's. The ledger's stays, unless the notice changes it.
type Mismatch struct {
	Line
	Ours ledger.Lot
}

// plan is all that publication needs to know before it does anything.
type plan struct {
	*Notice
	snap     *registry.Snapshot
	today    civil.Date
	people   []staff.Addressee
	contacts map[contactKey]string
	told     []*Touched
	at       map[int]*Touched // by outlet
	letters  []staff.Addressee
	links    []*linkTo
	Preview
}

// linkTo is a letter with a personal link that is to be written.
type linkTo struct {
	area    int
	holder  string
	kind    LinkKind
	email   string
	outlets []int
}

// planFor finds whom a notice concerns. known are the ledger's lots by the index of their line; a line without one names a
// lot that was never seen. It only reads.
func (n *Notices) planFor(ctx context.Context, tx *store.Tx, of *Notice, known map[int]ledger.Lot) (*plan, error) {
	p, err := n.planOf(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	p.compare(known)
	var lots []int
	for _, l := range known {
		lots = append(lots, l.ID)
	}
	slices.Sort(lots)
	all, err := n.withJoined(ctx, tx, lots)
	if err != nil {
		return nil, err
	}
	traced, err := n.led.TraceIn(ctx, tx, all...)
	if err != nil {
		return nil, err
	}
	for _, t := range traced {
		at := p.touch(t.Area, t.Outlet)
		at.Counts = at.Plus(t.Counts)
	}
	if p.OnTheWay, err = n.led.OnTheWay(ctx, tx, all...); err != nil {
		return nil, err
	}
	for _, t := range p.OnTheWay {
		p.touch(t.ToArea, t.To).Coming += t.Kits
	}
	slices.SortFunc(p.told, func(a, b *Touched) int { return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Outlet, b.Outlet)) })
	p.reach()
	p.reachUnused()
	for _, t := range p.told {
		p.Outlets = append(p.Outlets, *t)
	}
	p.Letters, p.Links = len(p.letters), len(p.links)
	return p, nil
}

// planOf begins a plan that concerns nobody yet.
func (n *Notices) planOf(ctx context.Context, tx *store.Tx, of *Notice) (*plan, error) {
	p := &plan{Notice: of, today: n.led.Day(tx.Now), at: map[int]*Touched{}, Preview: Preview{Notice: of}}
	var err error
	if p.snap, err = n.reg.In(ctx, tx); err != nil {
		return nil, err
	}
	if p.people, err = writable(ctx, tx); err != nil {
		return nil, err
	}
	p.contacts, err = allContacts(ctx, tx)
	return p, err
}

// writable gives the accounts that a letter can be sent to.
func writable(ctx context.Context, tx *store.Tx) ([]staff.Addressee, error) {
	all, err := staff.Addressees(ctx, tx)
	return slices.DeleteFunc(all, func(a staff.Addressee) bool { return mail.CheckAddress(a.Email) != nil }), err
}

// withJoined gives lots with all that is joined to them, each once.
func (n *Notices) withJoined(ctx context.Context, tx *store.Tx, lots []int) ([]int, error) {
	families, err := n.led.FamiliesIn(ctx, tx, lots...)
	var all []int
	for _, family := range families {
		all = append(all, family...)
	}
	slices.Sort(all)
	return slices.Compact(all), err
}

// compare looks at the lots themselves.
func (p *plan) compare(known map[int]ledger.Lot) {
	for i, l := range p.Lines {
		lot, ok := known[i]
		if !ok {
			p.Never = append(p.Never, l)
		} else if !lot.Expiry.Agrees(l.Expiry) {
			p.Mismatches = append(p.Mismatches, Mismatch{l, lot})
		}
		was := l.Expiry
		if ok && lot.Expiry.Known {
			was = lot.Expiry
		}
		if p.Action == ChangeExpiry && l.NewExpiry.Past(p.today) && (!was.Known || l.NewExpiry.Last < was.Last) {
			p.Shortened = append(p.Shortened, l)
		}
	}
}

// touch gives an outlet's place in the plan, making it the first time.
func (p *plan) touch(area, outlet int) *Touched {
	t := p.at[outlet]
	if t == nil {
		t = &Touched{Area: area, Outlet: outlet}
		if o := p.snap.Outlet(outlet); o != nil {
			t.Area, t.Closed = o.Area, !o.OpenOn(p.today)
		}
		p.at[outlet] = t
		p.told = append(p.told, t)
	}
	return t
}

// reach finds who is written to for the outlets that are told: their workers, the coordinators of their authorities, and
// by a link those who run an outlet that has closed or where nobody has an account.
func (p *plan) reach() {
	areas := map[int]bool{}
	for _, t := range p.told {
		areas[t.Area] = true
	}
	for _, a := range p.people {
		concerned := a.Role == staff.Coordinator && areas[a.Area]
		if a.Role == staff.Worker {
			for _, id := range a.Outlets {
				if t := p.at[id]; t != nil {
					concerned = true
					t.Workers++
				}
			}
		}
		if concerned {
			p.letters = append(p.letters, a)
		}
	}
	for _, t := range p.told {
		if t.Workers == 0 || t.Closed {
			t.Linked = p.link(p.holderOf(t), t.Outlet)
		}
	}
}

// link has an outlet (0: none) told by a link; false if there is nobody to send one to.
func (p *plan) link(to linkTo, outlet int) bool {
	if to.email == "" {
		return false
	}
	i := slices.IndexFunc(p.links, func(l *linkTo) bool { return l.area == to.area && l.holder == to.holder })
	if i < 0 {
		i = len(p.links)
		p.links = append(p.links, &to)
	}
	if outlet != 0 {
		p.links[i].outlets = append(p.links[i].outlets, outlet)
	}
	return true
}

// reachUnused finds the authorities that have no open outlet here, and who is told there: the contact of the authority,
// else its coordinators.
func (p *plan) reachUnused() {
	coordinators := map[int][]staff.Addressee{}
	for _, a := range p.people {
		if a.Role == staff.Coordinator {
			coordinators[a.Area] = append(coordinators[a.Area], a)
		}
	}
	told := map[int]bool{}
	for _, t := range p.told {
		told[t.Area] = true
	}
	for _, a := range p.snap.Areas() {
		if !a.IsAuthority() || !a.On(p.today) || slices.ContainsFunc(p.snap.OutletsOf(a.ID), func(o *registry.Outlet) bool { return o.OpenOn(p.today) }) {
			continue
		}
		u := Unused{Area: a.ID, Linked: p.link(p.authorityOf(a.ID), 0)}
		if !u.Linked && !told[a.ID] { // where an outlet that has closed is told, they have a letter already
			for _, who := range coordinators[a.ID] {
				p.link(linkTo{area: a.ID, holder: accountHolder(who.Account), kind: LinkAuthority, email: who.Email}, 0)
			}
		}
		u.Linked = u.Linked || len(coordinators[a.ID]) > 0
		p.Unused = append(p.Unused, u)
	}
}
