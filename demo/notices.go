package demo

import (
	"context"
	"slices"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
)

// maker is who the made-up notices are from.
const maker = "Demo regulator (made up)"

// Notices has a made-up regulator publish notices about lots of a demonstration: one that asks to check kits, one that
// withdraws a lot, one that changes an expiry; and a drill that is ready to be published. Some outlets have answered; the one to look at first has not.
func Notices(ctx context.Context, made Made, reg *registry.Registry, l *ledger.Ledger, n *notice.Notices) error {
	snap, err := reg.Now(ctx)
	if err != nil {
		return err
	}
	w := &warner{made: made, snap: snap, l: l, n: n, taken: map[int]bool{}}
	for _, publish := range []func(context.Context) error{w.check, w.withdraw, w.change, w.drill} {
		if err := publish(ctx); err != nil {
			return err
		}
	}
	return nil
}

type warner struct {
	made  Made
	snap  *registry.Snapshot
	l     *ledger.Ledger
	n     *notice.Notices
	taken map[int]bool // lots that a notice names already
	first int          // the first notice
}

// found is a lot with where its kits are.
type found struct {
	ledger.Lot
	shelf, people int
	atMain        int  // on the shelf of the outlet to look at first
	everAtMain    bool // the outlet to look at first had some once
}

// lots finds at most that many lots of a ware that a notice could name: with kits on shelves, on that of the outlet to look
// at first or never there; those with most kits in people's hands.
func (w *warner) lots(ctx context.Context, code string, atMain bool, most int) ([]found, error) {
	all, err := w.l.Lots(ctx, 0) // those that expire last first
	if err != nil {
		return nil, err
	}
	stock, err := w.l.Stock(ctx, w.made.Outlet.ID)
	if err != nil {
		return nil, err
	}
	product, ok := w.snap.FindProduct(code)
	if !ok {
		return nil, nil
	}
	best := 0 // the lot of this ware that the worker will go on giving out
	for _, line := range stock.Lines {
		if line.Lot.Product == product.ID && line.Usable(w.made.Today) > 0 {
			best = line.Lot.ID
		}
	}
	var list []found
	for _, lot := range all {
		if lot.Product != product.ID || lot.ID == best || w.taken[lot.ID] || lot.JoinedTo != 0 || !lot.Expiry.Known || lot.Expiry.Last < w.made.Today+30 {
			continue
		}
		rows, err := w.l.Trace(ctx, lot.ID)
		if err != nil {
			return nil, err
		}
		f := found{Lot: lot}
		for _, r := range rows {
			f.shelf += r.Counts[ledger.Shelf]
			f.people += r.Counts[ledger.People]
			if r.Outlet == w.made.Outlet.ID {
				f.everAtMain, f.atMain = true, r.Counts[ledger.Shelf]
			}
		}
		if f.shelf > 0 && ((atMain && f.atMain > 0) || (!atMain && !f.everAtMain)) {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return b.people - a.people })
	list = list[:min(len(list), most)]
	for _, f := range list {
		w.taken[f.ID] = true
	}
	return list, nil
}

func (w *warner) publish(ctx context.Context, of notice.Notice, lots ...found) (int, error) {
	for _, f := range lots {
		line := notice.Line{Product: f.Product, Number: f.Number, Expiry: f.Expiry}
		if of.Action == notice.ChangeExpiry {
			line.NewExpiry = civil.ExpiresIn(f.Expiry.Last.Month() + 12)
		}
		of.Lines = append(of.Lines, line)
	}
	if len(of.Lines) == 0 {
		return 0, nil
	}
	of.Regulator, of.IssuedOn = maker, w.made.Today
	id, err := w.n.Save(ctx, staff.Operator(), of)
	if err == nil {
		_, err = w.n.Publish(ctx, staff.Operator(), id, false)
	}
	return id, err
}

func (w *warner) check(ctx context.Context) error {
	lots, err := w.lots(ctx, wares[0].code, true, 1)
	if err != nil {
		return err
	}
	more, err := w.lots(ctx, wares[0].code, false, 2)
	if err != nil {
		return err
	}
	w.first, err = w.publish(ctx, notice.Notice{
		Number: "DEMO/2026/1", Title: "Some kits may lack a needle (made up)", Action: notice.Check, Severity: "Made up, after the notice of November 2022",
		Class: 4, Level: notice.People, DueOn: w.made.Today + 10,
		Text: "Hold the sealed kit up to the light. Two dark shapes, one at each side, are the two needles. If you see fewer than two, the kit is faulty: set it aside and give another. Tell people who have a kit of these lots to look at theirs.",
	}, append(lots, more...)...)
	if err != nil || w.first == 0 {
		return err
	}
	told, err := w.n.ToldIn(ctx, w.first, 0)
	if err != nil {
		return err
	}
	for i, t := range told {
		if t.Outlet == w.made.Outlet.ID || i%3 == 2 {
			continue
		}
		if err := w.answer(ctx, t, i); err != nil {
			return err
		}
	}
	return nil
}

// answer has an outlet say what it found: one kit in thirty is faulty.
func (w *warner) answer(ctx context.Context, t notice.Told, i int) error {
	if i%3 == 1 && i%2 == 1 { // has seen it and not come round to it
		return w.n.See(ctx, staff.Operator(), t.Notice.ID, t.Outlet)
	}
	lots, err := w.n.LotsAt(ctx, t.Notice.ID, t.Outlet)
	if err != nil {
		return err
	}
	a := notice.Answer{ID: ledger.NewID(), Notice: t.Notice.ID, Outlet: t.Outlet}
	for _, at := range lots {
		if at.Unchecked > 0 {
			faulty := at.Unchecked / 30
			a.Lots = append(a.Lots, notice.LotAnswer{Lot: at.Lot.ID, Good: at.Unchecked - faulty, Faulty: faulty})
			a.Replaced += faulty
		}
	}
	err = w.n.Answer(ctx, staff.Operator(), a)
	if fault.Is(err, fault.Refused) { // an outlet that has closed
		return nil
	}
	return err
}

func (w *warner) withdraw(ctx context.Context) error {
	lots, err := w.lots(ctx, wares[1].code, false, 1)
	if err != nil {
		return err
	}
	_, err = w.publish(ctx, notice.Notice{
		Number: "DEMO/2026/2", Title: "A lot withdrawn: the spray may not work (made up)", Action: notice.Withdraw, Class: 2, Level: notice.Outlets, DueOn: w.made.Today + 5,
		Text: "Do not give out kits of this lot. Keep those you have apart; the maker will take them back.",
	}, lots...)
	return err
}

func (w *warner) change(ctx context.Context) error {
	lots, err := w.lots(ctx, wares[1].code, false, 1)
	if err != nil {
		return err
	}
	_, err = w.publish(ctx, notice.Notice{
		Number: "DEMO/2026/3", Title: "A lot may be used for a year longer (made up)", Action: notice.ChangeExpiry, Level: notice.People, DueOn: civil.None,
		Text: "The maker has shown that kits of this lot work for twelve months longer than their boxes say. Other lots keep the date on the box.",
	}, lots...)
	return err
}

// drill is a rehearsal of the first notice, left as a draft: the outlet to look at first has enough to do.
func (w *warner) drill(ctx context.Context) error {
	if w.first == 0 {
		return nil
	}
	_, err := w.n.MakeDrill(ctx, staff.Operator(), w.first)
	return err
}
