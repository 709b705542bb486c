package notice

import (
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
)

// This file is what stands behind the public page "Is my kit still good?". Judge is pure: it knows no database and no clock.
// Look reads what Judge needs. Nothing that is asked here is written anywhere.

// Verdict is which answer a person gets, the one that matters most where more than one holds.
type Verdict uint8

// The verdicts, each with what must be said beside it.
const (
	Named       Verdict = iota + 1 // by an open notice that says withdraw or check: Notices[0]
	WhichOne                       // lots of several products bear this number: ask which
	Differs                        // we know the lot with another date than the one typed: say both, go by the pack
	NotKnown                       // we do not know the lot: go by the pack; never "good"
	NoNumber                       // no lot number was typed: only the date can be judged; never "good"
	DateChanged                    // a notice has moved the date of this lot
	InDate                         // a lot we know, whose date is still to come
	LastDay                        // the same, today
	OutOfDate                      // the same, past
	NoDate                         // a lot we know, and no date at all
)

// Kit is a lot as the ledger knows it, with all that is joined to it. The nought Kit is a lot nobody knows.
type Kit struct {
	Product int
	Lots    []ledger.Lot          // all entries of the lot, that which was asked for first
	Changes []ledger.ExpiryChange // of any of them
	Notices []*Notice             // that name any of them
}

// Known reports whether the ledger knows the lot.
func (k Kit) Known() bool { return len(k.Lots) > 0 }

// Judgement is the whole answer.
type Judgement struct {
	Verdict Verdict
	Date    Verdict      // InDate, LastDay, OutOfDate or NoDate: what Expiry means today
	Expiry  civil.Expiry // the date that counts
	Printed civil.Expiry // as typed; may be not known
	Ours    civil.Expiry // with Differs: the one we have
	Change  *ledger.ExpiryChange
	Notices []*Notice // open ones that speak to people: those with something to do first, the newest of them first
}

// Judge answers for one kit. printed is the date on the pack as somebody typed it, and may be not known; typed reports
// whether they gave a lot number. Notices that are drafts, closed, drills or for outlets only are left out, whoever hands
// them over: they ask nothing of people. A date that a notice changed is a fact of the lot and counts whomever that notice
// was for.
func Judge(kit Kit, typed bool, printed civil.Expiry, today civil.Date) Judgement {
	j := Judgement{Printed: printed, Expiry: printed}
	if !kit.Known() {
		j.Date = dateOn(j.Expiry, today)
		j.Verdict = NotKnown
		if !typed {
			j.Verdict = NoNumber
		}
		return j
	}
	ours := ourDate(kit)
	j.Change = changeOf(kit, ours, printed)
	differs := false
	switch {
	case j.Change != nil || !printed.Known:
		j.Expiry = ours
	case ours.Known && !agreesWithAny(kit, printed):
		differs, j.Ours = true, ours
	}
	j.Date = dateOn(j.Expiry, today)
	j.Notices = forPeople(kit.Notices)
	switch {
	case len(j.Notices) > 0 && asksSomething(j.Notices[0]):
		j.Verdict = Named
	case differs:
		j.Verdict = Differs
	case j.Change != nil:
		j.Verdict = DateChanged
	default:
		j.Verdict = j.Date
	}
	return j
}

// dateOn is what a date means on a day.
func dateOn(e civil.Expiry, today civil.Date) Verdict {
	switch {
	case !e.Known:
		return NoDate
	case e.Past(today):
		return OutOfDate
	case e.Last == today:
		return LastDay
	}
	return InDate
}

// ourDate is the date of a lot as we have it: of the entry that was asked for; where that has none, the earliest of
// those joined to it.
func ourDate(kit Kit) civil.Expiry {
	ours := kit.Lots[0].Expiry
	if ours.Known {
		return ours
	}
	for _, l := range kit.Lots[1:] {
		if l.Expiry.Known && (!ours.Known || l.Expiry.Last < ours.Last) {
			ours = l.Expiry
		}
	}
	return ours
}

// agreesWithAny reports whether any entry of the lot has the date that is printed.
func agreesWithAny(kit Kit, printed civil.Expiry) bool {
	return slices.ContainsFunc(kit.Lots, func(l ledger.Lot) bool { return l.Expiry.Known && l.Expiry.Agrees(printed) })
}

// changeOf gives the newest change by which our date differs from what is printed on a pack, nil if there is none: the
// pack bears a date that a notice has replaced, or nobody said what it bears.
func changeOf(kit Kit, ours, printed civil.Expiry) *ledger.ExpiryChange {
	if printed.Known && ours.Known && ours.Agrees(printed) {
		return nil
	}
	var last *ledger.ExpiryChange
	was := !printed.Known
	for i := range kit.Changes {
		c := &kit.Changes[i]
		if c.Was.Known && c.Was.Last == printed.Last && printed.Known {
			was = true
		}
		if c.Becomes.Known && ours.Known && c.Becomes.Last == ours.Last && (last == nil || c.On >= last.On) {
			last = c
		}
	}
	if !was {
		return nil
	}
	return last
}

// asksSomething reports whether a notice wants people to do something with a kit.
func asksSomething(n *Notice) bool { return n.Action == Withdraw || n.Action == Check }

// forPeople are the open notices for people, those that ask for something first, withdrawals before checks, and newer
// ones before older ones.
func forPeople(all []*Notice) []*Notice {
	var list []*Notice
	for _, n := range all {
		if n.State == Published && n.Level == People && !n.Drill && !slices.ContainsFunc(list, func(o *Notice) bool { return o.ID == n.ID }) {
			list = append(list, n)
		}
	}
	rank := func(n *Notice) int {
		switch n.Action {
		case Withdraw:
			return 0
		case Check:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b *Notice) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return int(b.IssuedOn - a.IssuedOn)
	})
	return list
}

// WordingFor gives the text that tells people what to do by a notice: the one written for this notice alone, else the one
// for its action.
func WordingFor(all map[string]Wording, n *Notice) Wording {
	number := numberKey(n.Number)
	for _, w := range SortedWordings(all) {
		if w.Notice != "" && numberKey(w.Notice) == number {
			return w
		}
	}
	if n.Action == Withdraw {
		return all["withdrawn"]
	}
	return all["check"]
}

// Looked is what a look found: one judgement, or with WhichOne the products that have a lot of this number.
type Looked struct {
	Judgement
	Kit      Kit
	Products []int // with WhichOne
}

// Look finds the lot that somebody typed, and judges it as of today at the outlets. product may be 0, not known. Invalid if
// neither a number nor a date was given, or the number cannot be one. It reads and never writes.
func (n *Notices) Look(ctx context.Context, led *ledger.Ledger, product int, number string, printed civil.Expiry) (Looked, error) {
	number = strings.TrimSpace(number)
	switch {
	case number == "" && !printed.Known:
		return Looked{}, fault.New(fault.Invalid, "type the lot number, or the date on the pack").At("lot").Hint("both are printed near each other; the lot may be marked LOT or Batch")
	case len(number) > ledger.MostLotLetters:
		return Looked{}, fault.New(fault.Invalid, "the lot number is longer than %d letters", ledger.MostLotLetters).At("lot").Hint("copy it from the pack")
	}
	if number == "" {
		return Looked{Judgement: Judge(Kit{}, false, printed, led.Today())}, nil
	}
	kits, err := n.kitsNumbered(ctx, led, product, number)
	if err != nil {
		return Looked{}, err
	}
	if len(kits) > 1 {
		r := Looked{Judgement: Judgement{Verdict: WhichOne, Printed: printed}}
		for _, k := range kits {
			r.Products = append(r.Products, k.Product)
		}
		return r, nil
	}
	var kit Kit
	if len(kits) == 1 {
		kit = kits[0]
	}
	return Looked{Judgement: Judge(kit, true, printed, led.Today()), Kit: kit}, nil
}

// kitsNumbered gives the lots that bear a number, one for each product that has it, whole with what is joined to them.
func (n *Notices) kitsNumbered(ctx context.Context, led *ledger.Ledger, product int, number string) ([]Kit, error) {
	found, err := led.LotsNumbered(ctx, product, number)
	if err != nil {
		return nil, err
	}
	var kits []Kit
	for _, l := range found {
		family, err := led.Family(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		kit := Kit{Product: l.Product, Lots: []ledger.Lot{l}}
		ids := []int{l.ID}
		for _, m := range family {
			if m.ID != l.ID {
				kit.Lots, ids = append(kit.Lots, m), append(ids, m.ID)
			}
		}
		for _, id := range ids {
			changes, err := led.ExpiryChanges(ctx, id)
			if err != nil {
				return nil, err
			}
			kit.Changes = append(kit.Changes, changes...)
		}
		open, err := n.OpenLots(ctx, ids...)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			kit.Notices = append(kit.Notices, open[id]...)
		}
		kits = append(kits, kit)
	}
	return kits, nil
}
