package notice

import (
	"cmp"
	"context"
	"slices"
	"time"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Told is what an outlet was told, and what it has said so far.
type Told struct {
	Notice     *Notice
	Area       int
	Outlet     int
	ToldAt     time.Time
	SeenAt     time.Time // zero if not yet
	AnsweredAt time.Time // the last time; zero if not yet
	Checked    int       // kits found good, over all answers
	Faulty     int
	Replaced   int
	Kits       int  // here now: on the shelf or held
	Unchecked  int  // of those, on the shelf and waiting to be checked
	Linked     bool // told by a personal link
}

// Done reports whether the outlet has answered and no kit there waits to be checked.
func (t Told) Done() bool { return !t.AnsweredAt.IsZero() && t.Unchecked == 0 }

const toldColumns = "area, notice, outlet, told_at, seen_at, answered_at, good, faulty, replaced, CASE WHEN holder IS NULL THEN 0 ELSE 1 END"

// readTold reads who was told, by a condition. of gives the notices by id.
func readTold(ctx context.Context, tx *store.Tx, of map[int]*Notice, where string, args ...any) ([]Told, error) {
	var all []Told
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var t Told
		var notice, linked int
		var told int64
		var seen, answered *int64
		err := scan(&t.Area, &notice, &t.Outlet, &told, &seen, &answered, &t.Checked, &t.Faulty, &t.Replaced, &linked)
		t.Notice, t.Linked = of[notice], linked == 1
		t.ToldAt, t.SeenAt, t.AnsweredAt = time.UnixMilli(told), instant(seen), instant(answered)
		all = append(all, t)
		return err
	}, "SELECT "+toldColumns+" FROM notice_outlet WHERE "+where, args...)
	return all, err
}

// ForOutlet reads the open notices that an outlet was told of, drills among them: those with something left to do first,
// withdrawals before all others, then the latest.
func (n *Notices) ForOutlet(ctx context.Context, outlet int) ([]Told, error) {
	var all []Told
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		area, err := n.areaOf(ctx, tx, outlet)
		if err != nil || area == 0 {
			return err
		}
		open, err := read(ctx, tx, "state = ? AND id IN (SELECT notice FROM notice_outlet WHERE area = ? AND outlet = ?)", int(Published), area, outlet)
		if err != nil || len(open) == 0 {
			return err
		}
		of := map[int]*Notice{}
		for _, x := range open {
			of[x.ID] = x
		}
		told, err := readTold(ctx, tx, of, "area = ? AND outlet = ?", area, outlet)
		if err != nil {
			return err
		}
		for _, t := range told {
			if t.Notice == nil { // closed
				continue
			}
			lots, err := n.lotsAt(ctx, tx, t.Notice, area, outlet)
			if err != nil {
				return err
			}
			for _, l := range lots {
				t.Kits += l.Counts[ledger.Shelf] + l.HeldAll()
				if t.Notice.Bars() && t.Notice.Action == Check {
					t.Unchecked += l.Unchecked
				}
			}
			all = append(all, t)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Told) int {
		return cmp.Or(bit(a.Done())-bit(b.Done()), cmp.Compare(a.Notice.Action, b.Notice.Action), b.ToldAt.Compare(a.ToldAt), cmp.Compare(b.Notice.ID, a.Notice.ID))
	})
	return all, err
}

// areaOf is the authority of an outlet, 0 if there is no such outlet.
func (n *Notices) areaOf(ctx context.Context, tx *store.Tx, outlet int) (int, error) {
	snap, err := n.reg.In(ctx, tx)
	if err != nil {
		return 0, err
	}
	if o := snap.Outlet(outlet); o != nil {
		return o.Area, nil
	}
	return 0, nil
}

// LotAt is a lot of a notice as an outlet has it now, or had it.
type LotAt struct {
	Lot       ledger.Lot
	Line      Line // that names it, or names a lot joined to it
	Unchecked int  // of those on the shelf
	ledger.Counts
}

// LotsAt reads what an outlet has or had of the lots of a notice, in the order of the notice.
func (n *Notices) LotsAt(ctx context.Context, notice, outlet int) ([]LotAt, error) {
	var all []LotAt
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		of, err := readOne(ctx, tx, notice)
		if err != nil {
			return err
		}
		area, err := n.areaOf(ctx, tx, outlet)
		if err != nil || area == 0 {
			return err
		}
		all, err = n.lotsAt(ctx, tx, of, area, outlet)
		return err
	})
	return all, err
}

func (n *Notices) lotsAt(ctx context.Context, tx *store.Tx, of *Notice, area, outlet int) ([]LotAt, error) {
	lines, ids, err := n.family(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	here, err := n.led.AtOutlet(ctx, tx, area, outlet, ids...)
	if err != nil || len(here) == 0 {
		return nil, err
	}
	found := make([]int, len(here))
	for i, h := range here {
		found[i] = h.Lot
	}
	lots, err := n.led.LotsIn(ctx, tx, found...)
	all := make([]LotAt, len(here))
	for i, h := range here {
		all[i] = LotAt{Lot: lots[h.Lot], Line: of.Lines[lines[h.Lot]], Unchecked: h.Unchecked, Counts: h.Counts}
	}
	slices.SortFunc(all, func(a, b LotAt) int {
		return cmp.Or(cmp.Compare(lines[a.Lot.ID], lines[b.Lot.ID]), cmp.Compare(a.Lot.ID, b.Lot.ID))
	})
	return all, err
}

// family gives all lots that a notice is about, those joined to what it names and those it bars since they were: their ids, and for each the index
// of the line.
func (n *Notices) family(ctx context.Context, tx *store.Tx, of *Notice) (lines map[int]int, ids []int, err error) {
	families, err := n.led.FamiliesIn(ctx, tx, of.Lots()...)
	lines = map[int]int{}
	for i, l := range of.Lines {
		for _, id := range families[l.Lot] {
			if _, twice := lines[id]; !twice {
				lines[id] = i
				ids = append(ids, id)
			}
		}
	}
	for i, l := range of.Lines { // a lot named itself is its own line's, not that of one it is joined to
		if l.Lot != 0 {
			lines[l.Lot] = i
		}
	}
	if err != nil || !of.Bars() {
		return lines, ids, err
	}
	// A lot that was parted from one of these is barred still, so it must be answered for.
	barred, err := n.led.BarredBy(ctx, tx, of.ID)
	if err != nil {
		return nil, nil, err
	}
	var parted []int
	for _, id := range barred {
		if _, known := lines[id]; !known {
			parted = append(parted, id)
		}
	}
	lots, err := n.led.LotsIn(ctx, tx, parted...)
	for _, id := range parted {
		lines[id] = max(0, slices.IndexFunc(of.Lines, func(l Line) bool { return l.Product == lots[id].Product }))
		ids = append(ids, id)
	}
	return lines, ids, err
}

// ToldIn reads what every outlet of an authority (0: of all) was told of a notice: those with something left to do first,
// then by outlet.
func (n *Notices) ToldIn(ctx context.Context, notice, area int) ([]Told, error) {
	var all []Told
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		of, err := readOne(ctx, tx, notice)
		if err != nil {
			return err
		}
		all, err = n.toldIn(ctx, tx, of, area)
		return err
	})
	slices.SortStableFunc(all, func(a, b Told) int { return bit(a.Done()) - bit(b.Done()) })
	return all, err
}

func (n *Notices) toldIn(ctx context.Context, tx *store.Tx, of *Notice, area int) ([]Told, error) {
	where, args := "notice = ?", []any{of.ID}
	if area != 0 {
		where, args = "area = ? AND notice = ?", []any{area, of.ID}
	}
	all, err := readTold(ctx, tx, map[int]*Notice{of.ID: of}, where+" ORDER BY area, outlet", args...)
	if err != nil {
		return nil, err
	}
	_, ids, err := n.family(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	traced, err := n.led.TraceIn(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	kits, unchecked := map[int]int{}, map[int]int{}
	for _, t := range traced {
		kits[t.Outlet] += t.Counts[ledger.Shelf] + t.HeldAll()
	}
	if of.Bars() && of.Action == Check {
		waiting, err := n.led.UncheckedOf(ctx, tx, ids...)
		if err != nil {
			return nil, err
		}
		for _, u := range waiting {
			unchecked[u.Outlet] += u.Unchecked
		}
	}
	for i, t := range all {
		all[i].Kits, all[i].Unchecked = kits[t.Outlet], unchecked[t.Outlet]
	}
	return all, nil
}

// See writes down that somebody at an outlet has read a notice; again changes nothing. It is for whoever may move kits there.
func (n *Notices) See(ctx context.Context, who staff.Person, notice, outlet int) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		o, err := n.outletFor(ctx, tx, who, outlet)
		if err != nil {
			return err
		}
		if err := isTold(ctx, tx, o.Area, notice, o.ID); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE notice_outlet SET seen_at = ?, seen_by = ? WHERE area = ? AND notice = ? AND outlet = ? AND seen_at IS NULL",
			tx.Now.UnixMilli(), who.ID, o.Area, notice, o.ID)
		return err
	})
}

// outletFor gives an outlet where somebody may answer notices.
func (n *Notices) outletFor(ctx context.Context, tx *store.Tx, who staff.Person, outlet int) (*registry.Outlet, error) {
	snap, err := n.reg.In(ctx, tx)
	if err != nil {
		return nil, err
	}
	o := snap.Outlet(outlet)
	if o == nil {
		if err := who.Must(staff.MoveKits, staff.Place{}); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.NotFound, "there is no such outlet").At("outlet")
	}
	return o, who.Must(staff.MoveKits, ledger.PlaceOf(snap, o))
}

func isTold(ctx context.Context, tx *store.Tx, area, notice, outlet int) error {
	var one int
	found, err := tx.Get(ctx, []any{&one}, "SELECT 1 FROM notice_outlet WHERE area = ? AND notice = ? AND outlet = ?", area, notice, outlet)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "this outlet was not told of this notice")
	}
	return err
}
