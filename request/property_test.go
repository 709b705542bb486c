package request_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/request"
)

// model is what a request should be after some deeds.
type model struct {
	state     request.State
	pending   bool // a sending broke off
	reversed  bool // the last supply was
	live      bool // a supply stands
	closed    bool
	erased    bool
	eraseBy   time.Time
	reference string
}

// TestAnyHistory does any deeds in any order, beside a simple model, on both engines.
func TestAnyHistory(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.offer()
		ctx, who := t.Context(), w.who["wes"]
		onShelf := func() (n int) {
			t.Helper()
			s, err := w.led.Stock(ctx, w.id("A1"))
			w.must(err)
			for _, l := range s.Lines {
				n += l.Counts[ledger.Shelf]
			}
			return n
		}
		rapid.Check(t, func(rt *rapid.T) {
			year := w.now.Year() // the clock goes on from one history to the next
			w.receive("needle1", fmt.Sprint("Y", year), fmt.Sprint(year+6, "-01"), 12)
			begin, a := onShelf(), w.posted()
			a.Contact = ""
			if rapid.Bool().Draw(rt, "to collect") {
				a.How, a.Collect = request.ToCollect, w.id("A1")
			}
			r, reference := w.asked(a)
			m := model{state: request.Asked, reference: reference, eraseBy: r.AskedAt.Add(request.LongestFor)}
			done := request.Sent
			if a.How == request.ToCollect {
				done = request.Ready
			}
			finish := func() {
				m.state, m.pending, m.live, m.reversed = done, false, true, false
				if by := w.now.Add(14 * days); done == request.Sent && by.Before(m.eraseBy) {
					m.eraseBy = by
				}
			}
			// expect compares what a deed says with what it should.
			expect := func(deed string, err error, ok bool) {
				rt.Helper()
				if (err == nil) != ok {
					rt.Fatalf("%s in %+v: %v", deed, m, err)
				}
				if k := fault.KindOf(err); err != nil && k != fault.Refused && k != fault.Conflict {
					rt.Fatalf("%s in %+v: %v", deed, m, err)
				}
			}
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				r = w.get(a.ID)
				waits := m.state == request.Asked || m.state == request.Approved
				free := waits && (!m.pending || m.reversed)
				switch deed := rapid.SampledFrom([]string{"approve", "refuse", "send", "send", "break", "gave", "withdraw", "reverse", "wait", "stale"}).Draw(rt, "deed"); deed {
				case "approve":
					ok := m.state == request.Asked && free
					if expect(deed, w.Approve(ctx, who, r.Area, r.ID, r.Version), ok); ok {
						m.state, m.pending = request.Approved, false
					}
				case "refuse":
					if expect(deed, w.Refuse(ctx, who, r.Area, r.ID, r.Version, "We cannot."), free); free {
						m.state, m.closed, m.pending = request.Refused, true, false
						if by := w.now.Add(14 * days); by.Before(m.eraseBy) {
							m.eraseBy = by
						}
					}
				case "send", "break":
					ok := waits && (done == request.Ready || !m.erased)
					if deed == "break" {
						w.BreakOff(func() error { return errPulled })
					}
					err := w.send(r)
					w.BreakOff(nil)
					if deed == "break" && ok {
						if !errors.Is(err, errPulled) {
							rt.Fatalf("%s in %+v: %v", deed, m, err)
						}
						m.pending, m.live, m.reversed = true, true, false
						break
					}
					if expect(deed, err, ok); ok {
						finish()
					}
				case "gave":
					ok := m.state == request.Ready
					if expect(deed, w.Gave(ctx, who, r.Area, r.ID, r.Version), ok); ok {
						m.state = request.Collected
						if by := w.now.Add(14 * days); by.Before(m.eraseBy) {
							m.eraseBy = by
						}
					}
				case "withdraw":
					ok := free || m.state == request.Withdrawn
					if expect(deed, w.Withdraw(ctx, m.reference), ok); ok {
						m.state, m.erased, m.pending = request.Withdrawn, true, false
					}
				case "reverse":
					supply := r.Supply
					for n := 0; m.pending && n < 20; n++ { // the last that the ledger has
						id := request.SupplyID(r.ID, n)
						if mv, err := w.led.Movement(ctx, r.Area, id); err != nil || mv == nil {
							break
						}
						supply = id
					}
					if !m.live || m.state == request.Collected {
						break
					}
					w.must(w.led.Reverse(ctx, who, ledger.Reversal{ID: ledger.NewID(), Area: r.Area, Of: supply}))
					m.live, m.reversed = false, true
					if m.state == done {
						m.state = request.Approved
					}
				case "wait":
					w.wait(time.Duration(rapid.IntRange(1, 40*24).Draw(rt, "hours")) * time.Hour)
					w.tick()
					m.erased = m.erased || !w.now.Before(m.eraseBy)
					if m.pending && m.live {
						finish()
					}
					m.pending = false
				case "stale":
					expect(deed, w.Approve(ctx, w.who["wim"], r.Area, r.ID, r.Version-1), false)
				}
				now := w.get(a.ID)
				if now.State != m.state || now.Sending != m.pending || now.Erased != m.erased || (now.Name == "") != m.erased || (now.State == done && now.Supply == [16]byte{}) {
					rt.Fatalf("it is %+v, should be %+v", now, m)
				}
				if !m.erased && now.EraseBy.After(m.eraseBy) {
					rt.Fatalf("kept until %v, should be %v", now.EraseBy, m.eraseBy)
				}
				if state := w.state(m.reference); state != m.state {
					rt.Fatalf("the reference tells %v", state)
				}
			}
			if left := begin - onShelf(); left != 0 && !m.live || left != 1 && m.live {
				rt.Fatalf("%d kits left the shelf, and it is %+v", left, m)
			}
		})
		v, err := w.led.Verify(ctx, nil)
		w.must(err)
		if len(v.Differences) > 0 {
			t.Errorf("the books do not agree: %v", v.Differences)
		}
	})
}
