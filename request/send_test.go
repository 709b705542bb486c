package request_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/request"
)

var errPulled = errors.New("the plug was pulled")

// TestBrokenOff pulls the plug between the supply and what follows it: the next Send, or Tick, finishes, and one kit is gone.
func TestBrokenOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		broken := func() (*request.Request, string) {
			t.Helper()
			got, reference := w.asked(w.posted())
			w.BreakOff(func() error { return errPulled })
			if err := w.send(got); !errors.Is(err, errPulled) {
				t.Fatalf("it did not break off: %v", err)
			}
			w.BreakOff(nil)
			if now := w.get(got.ID); now.State != request.Asked || !now.Sending {
				t.Fatalf("broken off it is %+v", now)
			}
			return got, reference
		}
		got, reference := broken()
		if w.onShelf() != 12 {
			t.Fatalf("%d kits on the shelf", w.onShelf())
		}
		w.is(w.Withdraw(ctx, reference), fault.Refused, "") // its kit has left the shelf
		w.is(w.Refuse(ctx, w.who["cora"], got.Area, got.ID, got.Version, "No."), fault.Refused, "")
		w.wait(time.Hour)
		w.is(w.Withdraw(ctx, reference), fault.Refused, "")
		w.must(w.Send(ctx, w.who["wes"], got.Area, got.ID, got.Version, w.lots["LATER"])) // another lot is asked for: too late
		if now := w.get(got.ID); now.State != request.Sent || now.Sending || w.onShelf() != 12 || w.shelf("SOON") != 4 {
			t.Errorf("finished it is %+v, %d on the shelf", now, w.onShelf())
		}
		got, _ = broken()
		w.wait(time.Minute)
		if w.tick(); w.get(got.ID).State != request.Asked {
			t.Error("Tick took what may be under way")
		}
		w.wait(time.Hour)
		w.tick()
		if now := w.get(got.ID); now.State != request.Sent || now.Sending || w.onShelf() != 11 || now.Supply != request.SupplyID(got.ID, 0) {
			t.Errorf("after Tick it is %+v, %d on the shelf", now, w.onShelf())
		}
		got, _ = broken()
		w.must(w.led.Reverse(ctx, w.who["wes"], ledger.Reversal{ID: ledger.NewID(), Area: got.Area, Of: request.SupplyID(got.ID, 0)}))
		w.wait(time.Hour)
		w.tick()
		if now := w.get(got.ID); now.State != request.Asked || now.Sending || !now.Reversed {
			t.Errorf("reversed before it was finished it is %+v", now)
		}
		w.must(w.send(got))
		if now := w.get(got.ID); now.State != request.Sent || w.onShelf() != 10 {
			t.Errorf("sent again it is %+v, %d on the shelf", now, w.onShelf())
		}
	})
}

// TestWithdrawnMeanwhile: a request that is withdrawn while somebody sends it, early and late.
func TestWithdrawnMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		got, reference := w.asked(w.posted())
		w.must(w.SendSlowly(ctx, w.who["wes"], got.Area, got.ID, got.Version, func() bool {
			w.is(w.Withdraw(ctx, reference), fault.Refused, "") // the mark holds
			return true
		}))
		if w.state(reference) != request.Sent || w.onShelf() != 12 {
			t.Errorf("it is %v, %d on the shelf", w.state(reference), w.onShelf())
		}
		got, reference = w.asked(w.posted())
		err := w.SendSlowly(ctx, w.who["wes"], got.Area, got.ID, got.Version, func() bool {
			w.wait(3 * time.Minute) // longer than the mark holds
			w.must(w.Withdraw(ctx, reference))
			return true
		})
		w.is(err, fault.Conflict, "")
		if w.state(reference) != request.Withdrawn || w.onShelf() != 12 {
			t.Errorf("it is %v, %d on the shelf", w.state(reference), w.onShelf())
		}
		// A crash before the ledger was asked: Tick takes the mark away, and nothing has left the shelf.
		got, reference = w.asked(w.posted())
		w.must(w.SendSlowly(ctx, w.who["wes"], got.Area, got.ID, got.Version, func() bool { return false }))
		w.is(w.Withdraw(ctx, reference), fault.Refused, "")
		w.wait(3 * time.Minute)
		w.tick()
		if now := w.get(got.ID); now.Sending || now.State != request.Asked || w.onShelf() != 12 {
			t.Errorf("after a crash it is %+v, %d on the shelf", now, w.onShelf())
		}
		// No kit to take: the mark is gone at once, and the request can be withdrawn.
		a := w.posted()
		a.Route, a.Kits = registry.Intranasal, 3
		none, reference := w.asked(a)
		b := w.posted()
		b.Route = registry.Intranasal
		first, _ := w.asked(b)
		w.must(w.send(first))
		w.is(w.send(none), fault.Refused, "lot")
		if now := w.get(none.ID); now.Sending || now.State != request.Asked {
			t.Errorf("refused by the ledger it is %+v", now)
		}
		w.must(w.Withdraw(ctx, reference))
	})
}

// TestTwoSenders: two people, and a double click, send one request.
func TestTwoSenders(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := context.WithoutCancel(t.Context())
		w.offer()
		for range 5 {
			got, _ := w.asked(w.posted())
			before := w.onShelf()
			done := make(chan error)
			for i := range 8 {
				who := w.who[[]string{"wes", "wim"}[i%2]]
				go func() { done <- w.Send(ctx, who, got.Area, got.ID, got.Version, 0) }()
			}
			sent := 0
			for range 8 {
				switch err := <-done; {
				case err == nil:
					sent++
				case !fault.Is(err, fault.Conflict):
					t.Errorf("one of several: %v", err)
				}
			}
			if now := w.get(got.ID); sent < 1 || sent > 4 || now.State != request.Sent || w.onShelf() != before-1 {
				t.Errorf("%d think they sent it, it is %v, %d kits left the shelf", sent, now.State, before-w.onShelf())
			}
		}
		v, err := w.led.Verify(ctx, nil)
		w.must(err)
		if len(v.Differences) > 0 {
			t.Errorf("the books do not agree: %v", v.Differences)
		}
	})
}

// TestLastKit: many requests, one kit.
func TestLastKit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := context.WithoutCancel(t.Context())
		w.offer()
		var all []*request.Request
		for range 6 {
			a := w.posted()
			a.Route, a.Contact = registry.Intranasal, ""
			got, _ := w.asked(a)
			all = append(all, got)
		}
		for _, got := range all[:2] {
			w.must(w.send(got))
		}
		done := make(chan error)
		for _, got := range all[2:] {
			go func() { done <- w.Send(ctx, w.who["wes"], got.Area, got.ID, got.Version, 0) }()
		}
		won := 0
		for range all[2:] {
			switch err := <-done; {
			case err == nil:
				won++
			case !fault.Is(err, fault.Refused):
				t.Errorf("a loser hears %v", err)
			}
		}
		sent := 0
		for _, got := range all {
			now := w.get(got.ID)
			if now.State == request.Sent {
				sent++
			} else if now.State != request.Asked || now.Sending {
				t.Errorf("a loser is %+v", now)
			}
		}
		if won != 1 || sent != 3 || w.shelf("NOSE") != 0 {
			t.Errorf("%d won, %d sent, %d left", won, sent, w.shelf("NOSE"))
		}
	})
}

// TestWhichLot: the one due first with life enough, or the one that was named.
func TestWhichLot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer(func(o *request.Offer) { o.Most = 10 })
		w.receive("needle1", "SHORT", "2026-12", 5)
		of := func(route registry.Route, kits int) *request.Request {
			a := w.posted()
			a.Route, a.Kits = route, kits
			got, _ := w.asked(a)
			return got
		}
		send := func(r *request.Request, lot string) error {
			return w.Send(ctx, w.who["wes"], r.Area, r.ID, r.Version, w.lots[lot])
		}
		r := of(0, 1)
		w.is(w.Send(ctx, w.who["wes"], r.Area, r.ID, r.Version, 9999), fault.Refused, "lot")
		w.must(send(r, ""))
		if w.shelf("SOON") != 4 || w.shelf("SHORT") != 5 {
			t.Errorf("it took %d of SOON, %d of SHORT", 5-w.shelf("SOON"), 5-w.shelf("SHORT"))
		}
		r = of(registry.Intramuscular, 1)
		w.is(send(r, "NOSE"), fault.Refused, "lot") // not what was asked for
		w.must(send(r, "SHORT"))
		r = w.get(r.ID)
		m, err := w.led.Movement(ctx, r.SupplyIn, r.Supply)
		w.must(err)
		if m.Lot != w.lots["SHORT"] || !strings.Contains(m.PickReason, "left") {
			t.Errorf("the supply is %+v", m)
		}
		r = of(registry.Intramuscular, 5)
		w.must(send(r, "")) // no lot due first has so many: LATER
		if w.shelf("LATER") != 0 || w.shelf("SOON") != 4 {
			t.Errorf("it took %d of LATER", 5-w.shelf("LATER"))
		}
		w.wait(200 * days) // SHORT has expired
		r = of(registry.Intramuscular, 1)
		w.is(send(r, "SHORT"), fault.Refused, "lot")
		r = of(registry.Intramuscular, 9)
		w.is(send(r, ""), fault.Refused, "lot")
	})
}
