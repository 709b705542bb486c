package expiry_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/civil"
	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/staff"
)

func (w *world) proposals(area int) []expiry.Proposal {
	w.t.Helper()
	return must1(w.Proposals(ctx, area))(w.t)
}

func (w *world) wantMoves(area int, want ...string) []expiry.Proposal {
	w.t.Helper()
	list := w.proposals(area)
	var got []string
	for _, p := range list {
		got = append(got, words(p))
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		w.t.Errorf("proposed %q, want %q", got, want)
	}
	return list
}

func words(p expiry.Proposal) string {
	return p.From.Code + " to " + p.To.Code + ", " + p.Lot.Number + ", " + strconv.Itoa(p.Kits)
}

func TestProposalAndConfirm(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Alder", 107) // one a day; its own stock is gone
		lot := w.receive("2026-02-01", "Cedar", "pen", "NEXT", "2026-10", 60)
		w.receive("2026-02-01", "Cedar", "pen", "PAST", "2026-05", 60)
		w.receive("2026-02-01", "Cedar", "pen", "NOBODY", "", 60)
		w.receive("2026-02-01", "Cedar", "puff", "OTHER", "2026-10", 60) // nobody gives out puffs
		// 48 days left to give out, three of them on the way.
		p := w.wantMoves(w.kent(), "Cedar to Alder, NEXT, 45")[0]
		if p.Left != 60 || p.UseBy != on(t, "2026-08-02") || p.Offer() {
			t.Errorf("the proposal is %+v", p)
		}
		want := "Cedar gives out none: 60 kits of this lot will be left over. Alder gives out about 30 a month and would use 45 kits by 2 August 2026."
		if p.Why != want {
			t.Errorf("the reason is %q, want %q", p.Why, want)
		}
		cora := w.account("cora", staff.Coordinator, w.kent())
		id := ledger.NewID()
		must(t, w.Confirm(ctx, cora, p.Move(), id))
		if got := w.shelf("Cedar", lot); got != 15 {
			t.Errorf("%d kits are on Cedar's shelf, want 15", got)
		}
		coming := must1(w.led.Coming(ctx, w.outlet("Alder")))(t)
		if len(coming) != 1 || coming[0].Kits != 45 || coming[0].ID != id || coming[0].SentOn != w.led.Today() {
			t.Errorf("on its way: %+v", coming)
		}
		w.wantMoves(w.kent()) // what is on its way counts as there

		// Twice is once, also on another day.
		must(t, w.Confirm(ctx, cora, p.Move(), id))
		w.clock.move(24 * time.Hour)
		must(t, w.Confirm(ctx, cora, p.Move(), id))
		if got := len(must1(w.led.Coming(ctx, w.outlet("Alder")))(t)); got != 1 || w.shelf("Cedar", lot) != 15 {
			t.Errorf("%d deliveries after confirming three times", got)
		}
		other := p.Move()
		other.Kits = 3
		wantKind(t, w.Confirm(ctx, cora, other, id), fault.Conflict)

		// Somebody else with the same page open.
		err := w.Confirm(ctx, cora, p.Move(), ledger.NewID())
		wantKind(t, err, fault.Refused)
		if err == nil || !strings.Contains(err.Error(), "would now be left over at Cedar") && !strings.Contains(err.Error(), "would now use only") {
			t.Errorf("the refusal says %v", err)
		}
		if got := len(must1(w.led.Coming(ctx, w.outlet("Alder")))(t)); got != 1 {
			t.Errorf("%d deliveries after a refusal", got)
		}
	})
}

func TestConfirmRefuses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Alder", 107)
		lot := w.receive("2026-02-01", "Cedar", "pen", "NEXT", "2026-10", 20)
		p := w.wantMoves(w.kent(), "Cedar to Alder, NEXT, 20")[0]
		operator := staff.Operator()
		refused := func(want fault.Kind, who staff.Person, m expiry.Move) {
			t.Helper()
			wantKind(t, w.Confirm(ctx, who, m, ledger.NewID()), want)
			if got := len(must1(w.led.Going(ctx, w.outlet("Cedar")))(t)); got != 0 {
				t.Fatal("it was sent all the same")
			}
		}
		move := func(change func(*expiry.Move)) expiry.Move { m := p.Move(); change(&m); return m }
		refused(fault.Forbidden, w.account("wil", staff.Worker, w.kent(), "Alder"), p.Move())
		refused(fault.Forbidden, w.account("elsie", staff.Coordinator, w.area("E10000030").ID), p.Move())
		refused(fault.Forbidden, w.account("nat", staff.National, w.england()), p.Move())
		refused(fault.Forbidden, w.account("wes", staff.Worker, w.kent(), "Alder"), move(func(m *expiry.Move) { m.From = 4711 }))
		refused(fault.NotFound, operator, move(func(m *expiry.Move) { m.From = 4711 }))
		refused(fault.Invalid, operator, move(func(m *expiry.Move) { m.To = m.From }))
		refused(fault.Invalid, operator, move(func(m *expiry.Move) { m.To = 4711 }))
		refused(fault.Invalid, operator, move(func(m *expiry.Move) { m.Kits = 0 }))
		refused(fault.Refused, operator, move(func(m *expiry.Move) { m.Kits = 21 }))
		refused(fault.Refused, operator, move(func(m *expiry.Move) { m.Lot = 4711 }))
		refused(fault.Refused, operator, move(func(m *expiry.Move) { m.To = w.outlet("Elm").ID }))
		refused(fault.Refused, operator, move(func(m *expiry.Move) { m.To = w.outlet("Depot").ID })) // gives nothing out
		w.supply("2026-06-15", "Cedar", lot, 1)
		refused(fault.Refused, operator, p.Move())
		// What an outlet would use itself stays, though another would use it too.
		w.rated("Birch", 107)
		used := w.receive("2026-02-01", "Birch", "pen", "USED", "2026-12", 10)
		err := w.Confirm(ctx, operator, expiry.Move{From: w.outlet("Birch").ID, To: w.outlet("Alder").ID, Lot: used, Kits: 10}, ledger.NewID())
		wantKind(t, err, fault.Refused)
		if w.shelf("Birch", used) != 10 {
			t.Error("an outlet sent what it would use itself")
		}
		must(t, w.led.WriteOff(ctx, operator, ledger.WriteOff{Entry: w.entry("2026-06-15", "Cedar", 19), Lot: lot, From: ledger.Shelf, To: ledger.Destroyed}))
		refused(fault.Refused, operator, p.Move())
	})
}

// TestConfirmAtOnce lets many confirm one proposal at the same moment: with one form, and each with a form of their own.
func TestConfirmAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Alder", 107)
		w.receive("2026-02-01", "Cedar", "pen", "NEXT", "2026-10", 60)
		p := w.wantMoves(w.kent(), "Cedar to Alder, NEXT, 45")[0]
		one := ledger.NewID()
		var all sync.WaitGroup
		errs := make([]error, 16)
		for i := range errs {
			all.Go(func() {
				id := one
				if i%2 == 1 {
					id = ledger.NewID()
				}
				errs[i] = w.Confirm(ctx, staff.Operator(), p.Move(), id)
			})
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				wantKind(t, err, fault.Refused)
			}
		}
		if got := must1(w.led.Coming(ctx, w.outlet("Alder")))(t); len(got) != 1 || got[0].Kits != 45 || (done != 8 && done != 1) {
			t.Errorf("%d of 16 were done, and there are %d deliveries", done, len(got))
		}
	})
}

func TestProposalsLeaveAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Alder", 107)
		lot := w.receive("2026-02-01", "Cedar", "pen", "NEXT", "2026-10", 20)
		w.receive("2026-02-01", "Depot", "pen", "STORED", "2026-10", 5)
		list := w.wantMoves(w.kent(), "Cedar to Alder, NEXT, 20", "Depot to Alder, STORED, 5")
		if want := "Depot sends out none: 5 kits of this lot will be left over."; !strings.HasPrefix(list[1].Why, want) {
			t.Errorf("the reason is %q, want %q", list[1].Why, want)
		}
		// A lot that a notice bars stays where it is, checked good or not.
		id := w.publish(notice.Notice{Number: "N/1", Action: notice.Check, Lines: []notice.Line{{Number: "NEXT"}}})
		w.wantMoves(w.kent(), "Depot to Alder, STORED, 5")
		must(t, w.notices.Answer(ctx, staff.Operator(), notice.Answer{ID: ledger.NewID(), Notice: id, Outlet: w.outlet("Cedar").ID, Lots: []notice.LotAnswer{{Lot: lot, Good: 20}}}))
		w.wantMoves(w.kent(), "Depot to Alder, STORED, 5")
		must(t, w.notices.Close(ctx, staff.Operator(), id, "all checked"))
		w.wantMoves(w.kent(), "Cedar to Alder, NEXT, 20", "Depot to Alder, STORED, 5")
		// A closed outlet takes nothing in, and gives away all it has.
		o := *w.outlet("Alder")
		o.ClosedOn = on(t, "2026-06-01")
		_, err := w.reg.PutOutlet(ctx, o)
		must(t, err)
		w.wantMoves(w.kent())
	})
}

func TestOffers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.rated("Elm", 214) // two a day, in Surrey
		w.rated("Alder", 107)
		w.receive("2026-02-01", "Cedar", "pen", "NEXT", "2026-10", 100)
		w.wantMoves(w.kent(), "Cedar to Alder, NEXT, 45")
		w.wantMoves(w.area("E10000030").ID)
		// After Kent's own move 55 are left over; Elm could use 2 on each of 48 days less 7.
		p := w.wantMoves(w.england(), "Cedar to Elm, NEXT, 55")[0]
		if !p.Offer() {
			t.Error("it crosses from one authority to another and is no offer")
		}
		wantKind(t, w.Confirm(ctx, staff.Operator(), p.Move(), ledger.NewID()), fault.Refused)
	})
}

// publish makes a notice about pens public.
func (w *world) publish(n notice.Notice) int {
	w.t.Helper()
	pen, _ := w.snap().FindProduct("pen")
	for i := range n.Lines {
		n.Lines[i].Product = pen.ID
	}
	n.Regulator, n.IssuedOn, n.Title = "MHRA", on(w.t, "2026-06-14"), "About pens"
	if n.Level == 0 {
		n.Level = notice.Outlets
	}
	if n.DueOn == 0 {
		n.DueOn = civil.None
	}
	id := must1(w.notices.Save(ctx, staff.Operator(), n))(w.t)
	_, err := w.notices.Publish(ctx, staff.Operator(), id, false)
	must(w.t, err)
	return id
}
