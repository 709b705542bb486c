package request_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/request"
	"everykit/staff"
)

// TestOneRequest follows one from the form until its address is gone.
func TestOneRequest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		a := w.posted()
		a.Kits = 2
		got, reference := w.asked(a)
		if got.State != request.Asked || got.Name != canaryName || got.Address != canaryAddress || got.Contact != canaryMail || got.Reference != reference || got.Kits != 2 {
			t.Errorf("the queue has %+v", got)
		}
		if len(strings.ReplaceAll(reference, "-", "")) < 8 || strings.ContainsAny(reference, "01OIL") {
			t.Errorf("the reference is %q", reference)
		}
		w.unseen("canary", "nightingale", "wharf", "OX1 2JD", "OX12JD", reference, strings.ReplaceAll(reference, "-", ""))
		if p, err := w.Progress(ctx, strings.ToLower(strings.ReplaceAll(reference, "-", " "))); err != nil || p.State != request.Asked || p.How != request.ByPost || p.Area != w.id("A") {
			t.Errorf("the reference tells %+v, %v", p, err)
		}
		w.must(w.Approve(ctx, w.who["wes"], got.Area, got.ID, got.Version))
		w.must(w.Approve(ctx, w.who["wes"], got.Area, got.ID, got.Version)) // the same click twice
		got = w.get(a.ID)
		if got.State != request.Approved || w.state(reference) != request.Approved {
			t.Errorf("approved it is %v", got.State)
		}
		label, err := w.Label(ctx, w.who["wes"], got.Area, got.ID)
		if want := []string{canaryName, canaryStreet, "Oxford", canaryCode, "", "If not delivered, return to:", "OX4 1AA"}; err != nil || !slices.Equal(label, want) {
			t.Errorf("the label is %q, %v", label, err)
		}
		w.must(w.send(got))
		w.must(w.send(got))
		sent := w.get(a.ID)
		if sent.State != request.Sent || sent.Supply != request.SupplyID(a.ID, 0) || sent.Outlet != w.id("A1") || w.shelf("SOON") != 3 || w.onShelf() != 11 {
			t.Errorf("sent it is %+v, and %d are left", sent, w.onShelf())
		}
		m, err := w.led.Movement(ctx, sent.SupplyIn, sent.Supply)
		w.must(err)
		if m.Kits != 2 || m.Channel != registry.Post || m.Recipient != ledger.PersonAtRisk || m.Staff != w.who["wes"].ID || m.Note != "" {
			t.Errorf("the supply is %+v", m)
		}
		letters := w.letters()
		if len(letters) != 2 {
			t.Fatalf("letters %+v", letters)
		}
		for _, l := range letters {
			text := strings.ToLower(l.Subject + l.Text)
			for _, word := range []string{"naloxone", "kit ", "drug", "overdose", "nasal", "inject", "medic", "canary", "oxford", "outlet", "area a"} {
				if strings.Contains(text, word) {
					t.Errorf("the letter says %q: %s", word, l.Text)
				}
			}
			if l.To != canaryMail || !strings.Contains(l.Text, reference) || !strings.Contains(l.Text, site+request.ProgressPath) {
				t.Errorf("the letter is %+v", l)
			}
		}
		w.wait(14*days - time.Second)
		if w.tick(); w.get(a.ID).Address != canaryAddress {
			t.Error("the address was erased too early")
		}
		w.wait(time.Second)
		w.tick()
		if got = w.get(a.ID); got.Name != "" || got.Address != "" || got.Contact != "" || !got.Erased || got.State != request.Sent || !got.EraseBy.IsZero() {
			t.Errorf("after its days there is %+v", got)
		}
		if _, err := w.Label(ctx, w.who["wes"], got.Area, got.ID); err == nil {
			t.Error("there is a label after the address was erased")
		}
		if w.state(reference) != request.Sent {
			t.Error("the reference is not good any more")
		}
		w.unseen("canary", "nightingale", "wharf", "OX1 2JD")
	})
}

// TestToCollect follows one that is fetched: those who give it out see it, and no more than it.
func TestToCollect(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		a := w.posted()
		a.How, a.Collect, a.Name, a.Contact, a.Route, a.Trained, a.For = request.ToCollect, w.id("A2"), "Robin", "", registry.Intranasal, true, request.SomeoneIKnow
		got, reference := w.asked(a)
		if got.Address != "" {
			t.Error("an address is kept that nobody needs")
		}
		other, _ := w.asked(w.posted())
		w.must(w.send(got))
		if got = w.get(a.ID); got.State != request.Ready || w.shelf("NOSE") != 2 || w.onShelf() != 12 {
			t.Errorf("it is %v, the shelf has %d", got.State, w.onShelf())
		}
		m, err := w.led.Movement(ctx, got.SupplyIn, got.Supply)
		w.must(err)
		if m.Channel != registry.Community || m.Recipient != ledger.FamilyOrFriend || m.Trained != ledger.Yes {
			t.Errorf("the supply is %+v", m)
		}
		if p, err := w.Progress(ctx, reference); err != nil || p.State != request.Ready || p.Collect != w.id("A2") {
			t.Errorf("the reference tells %+v, %v", p, err)
		}
		list, err := w.Queue(ctx, w.who["ada"], got.Area, 0)
		w.must(err)
		if len(list) != 1 || list[0].ID != a.ID {
			t.Errorf("where it is collected there are %+v", list)
		}
		_, err = w.Get(ctx, w.who["ada"], got.Area, other.ID)
		w.is(err, fault.Forbidden, "")
		w.is(w.Send(ctx, w.who["ada"], got.Area, other.ID, other.Version, 0), fault.Forbidden, "")
		w.must(w.Gave(ctx, w.who["ada"], got.Area, got.ID, got.Version))
		if w.state(reference) != request.Collected {
			t.Error("it was collected, and the reference does not tell")
		}
		w.is(w.Withdraw(ctx, reference), fault.Refused, "")
		_, err = w.Label(ctx, w.who["wes"], got.Area, got.ID)
		w.is(err, fault.Refused, "")
	})
}

// TestWithdraw erases at once, and only what was not sent.
func TestWithdraw(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		got, reference := w.asked(w.posted())
		w.must(w.Approve(ctx, w.who["cora"], got.Area, got.ID, got.Version))
		w.must(w.Withdraw(ctx, reference))
		w.must(w.Withdraw(ctx, " "+strings.ToLower(reference)))
		after := w.get(got.ID)
		if after.State != request.Withdrawn || !after.Erased || after.Name+after.Address+after.Contact != "" || w.count("request WHERE sealed IS NOT NULL OR body IS NOT NULL") != 0 {
			t.Errorf("withdrawn it is %+v", after)
		}
		w.is(w.send(after), fault.Refused, "")
		if w.onShelf() != 13 {
			t.Error("a kit left the shelf")
		}
		got, reference = w.asked(w.posted())
		w.must(w.send(got))
		w.is(w.Withdraw(ctx, reference), fault.Refused, "")
	})
}

// TestRefused says why until it is erased.
func TestRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer(func(o *request.Offer) { o.KeepDays = 5 })
		got, reference := w.asked(w.posted())
		w.letters()
		w.is(w.Refuse(ctx, w.who["wes"], got.Area, got.ID, got.Version, " \n "), fault.Invalid, "why")
		w.is(w.Refuse(ctx, w.who["wes"], got.Area, got.ID, got.Version, strings.Repeat("x", 501)), fault.Invalid, "why")
		w.is(w.Refuse(ctx, w.who["wes"], got.Area, got.ID, got.Version+1, "No."), fault.Conflict, "version")
		w.must(w.Refuse(ctx, w.who["wes"], got.Area, got.ID, got.Version, "We post within the county only."))
		if p, err := w.Progress(ctx, reference); err != nil || p.State != request.Refused || p.Why != "We post within the county only." {
			t.Errorf("the reference tells %+v, %v", p, err)
		}
		if got := w.letters(); len(got) != 1 || strings.Contains(got[0].Text, "county") {
			t.Errorf("letters %+v", got)
		}
		w.wait(5 * days)
		w.tick()
		if p, err := w.Progress(ctx, reference); err != nil || p.State != request.Refused || p.Why != "" {
			t.Errorf("erased, the reference tells %+v, %v", p, err)
		}
	})
}

// TestNinetyDays erases what nobody answered, and what nobody fetched.
func TestNinetyDays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.offer(func(o *request.Offer) { o.KeepDays = 90 })
		open, _ := w.asked(w.posted())
		a := w.posted()
		a.How, a.Collect = request.ToCollect, w.id("A1")
		ready, _ := w.asked(a)
		w.must(w.send(ready))
		late, _ := w.asked(w.posted())
		w.wait(60 * days)
		w.must(w.send(late))
		w.wait(30*days - time.Hour)
		if w.tick(); w.get(open.ID).Erased || w.get(ready.ID).Erased || w.get(late.ID).Erased {
			t.Error("erased too early")
		}
		w.wait(time.Hour)
		w.tick()
		if !w.get(open.ID).Erased || !w.get(ready.ID).Erased || !w.get(late.ID).Erased {
			t.Error("kept for more than 90 days")
		}
		open = w.get(open.ID)
		w.is(w.send(open), fault.Refused, "")
		if w.get(ready.ID).State != request.Ready {
			t.Error("what is ready cannot be given out any more")
		}
	})
}

// TestFewerDays hold for what has come to its end already.
func TestFewerDays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.offer()
		got, _ := w.asked(w.posted())
		w.must(w.send(got))
		w.wait(3 * days)
		w.offer(func(o *request.Offer) { o.KeepDays = 30 })
		w.offer(func(o *request.Offer) { o.KeepDays = 2 })
		if w.tick(); !w.get(got.ID).Erased {
			t.Error("the fewer days do not hold")
		}
	})
}

// TestReversed: a supply that is undone in the ledger leaves a request that waits again.
func TestReversed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		got, reference := w.asked(w.posted())
		w.must(w.send(got))
		got = w.get(got.ID)
		if list, err := w.Queue(ctx, w.who["wes"], got.Area, 0); err != nil || len(list) != 0 {
			t.Errorf("what was sent is open: %v, %v", list, err)
		}
		w.must(w.led.Reverse(ctx, w.who["wes"], ledger.Reversal{ID: ledger.NewID(), Area: got.SupplyIn, Of: got.Supply}))
		back := w.get(got.ID)
		if back.State != request.Approved || !back.Reversed || back.Supply != uuid.Nil || w.onShelf() != 13 || w.state(reference) != request.Approved {
			t.Errorf("reversed it is %+v", back)
		}
		for _, s := range []request.State{0, request.Approved} {
			if list, err := w.Queue(ctx, w.who["wes"], got.Area, s); err != nil || len(list) != 1 {
				t.Errorf("in %d there are %d, %v", s, len(list), err)
			}
		}
		if list, err := w.Queue(ctx, w.who["wes"], got.Area, request.Sent); err != nil || len(list) != 0 {
			t.Errorf("among those sent there are %d, %v", len(list), err)
		}
		w.must(w.send(back))
		again := w.get(got.ID)
		if again.State != request.Sent || again.Reversed || again.Supply != request.SupplyID(got.ID, 1) || w.onShelf() != 12 {
			t.Errorf("sent again it is %+v", again)
		}
	})
}

// TestOffers reads the refusals of an offer, and who may change it.
func TestOffers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		if o, err := w.OfferOf(ctx, w.id("A")); err != nil || o.On || o.Version != 0 {
			t.Errorf("without an offer there is %+v, %v", o, err)
		}
		o := w.offer()
		if o.KeepDays != 14 || o.Version != 1 || len(o.Collects) != 2 {
			t.Errorf("the offer is %+v", o)
		}
		for name, c := range map[string]struct {
			change func(*request.Offer)
			kind   fault.Kind
			field  string
		}{
			"no way":           {func(o *request.Offer) { o.Post, o.Collect = false, false }, fault.Invalid, "post"},
			"no outlet":        {func(o *request.Offer) { o.Outlet = 0 }, fault.Invalid, "outlet"},
			"another's outlet": {func(o *request.Offer) { o.Outlet = w.id("B1") }, fault.Invalid, "outlet"},
			"collects":         {func(o *request.Offer) { o.Collects = []int{w.id("B1")} }, fault.Invalid, "collects"},
			"most":             {func(o *request.Offer) { o.Most = 51 }, fault.Invalid, "most"},
			"below nought":     {func(o *request.Offer) { o.Most = -1 }, fault.Invalid, "most"},
			"days":             {func(o *request.Offer) { o.KeepDays = 91 }, fault.Invalid, "keep_days"},
			"note":             {func(o *request.Offer) { o.Note = strings.Repeat("x", 501) }, fault.Invalid, "note"},
			"stale":            {func(o *request.Offer) { o.Version, o.Most = 7, 2 }, fault.Conflict, "version"},
			"no area":          {func(o *request.Offer) { o.Area = 99 }, fault.NotFound, "area"},
		} {
			bad := o
			c.change(&bad)
			who := w.who["cora"]
			if name == "no area" {
				who = staff.Operator()
			}
			t.Run(name, func(t *testing.T) { w.is(w.SetOffer(ctx, who, bad), c.kind, c.field) })
		}
		for name, may := range map[string]bool{"cora": true, "": true, "cole": false, "wes": false, "nora": false} {
			if err := w.SetOffer(ctx, w.who[name], o); (err == nil) != may || err != nil && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if now, err := w.OfferOf(ctx, o.Area); err != nil || now.Version != 1 {
			t.Errorf("the same again makes version %d, %v", now.Version, err)
		}
		if list, err := w.Offers(ctx); err != nil || len(list) != 1 || list[0].Area != o.Area {
			t.Errorf("offers %+v, %v", list, err)
		}
		w.must(w.reg.CloseOutlet(ctx, w.id("A2"), civil.On(2026, time.November, 1)))
		if now, err := w.OfferOf(ctx, o.Area); err != nil || !slices.Equal(now.Collects, []int{w.id("A1")}) {
			t.Errorf("with an outlet closed it is %+v, %v", now, err)
		}
		w.must(w.reg.CloseOutlet(ctx, w.id("A1"), civil.On(2026, time.November, 1)))
		if list, err := w.Offers(ctx); err != nil || len(list) != 0 {
			t.Errorf("with its outlet closed there are %+v, %v", list, err)
		}
	})
}
