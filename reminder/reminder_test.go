package reminder_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/mail"
	"everykit/notice"
	"everykit/reminder"
	"everykit/staff"
	"everykit/store"
)

// TestOneReminder follows one from the form to its end.
func TestOneReminder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.must(w.Ask(ctx, reminder.Asked{Email: " Canary Person <Canary.Person@Example.net> ", Product: w.product, Lot: " 0116917 ", Expiry: civil.ExpiresIn(civil.MonthOf(2027, 6))}))
		w.unseen("canary", "person", "prenoxad")
		got := w.letters()
		if len(got) != 1 || got[0].To != canary {
			t.Fatalf("letters %+v", got)
		}
		neutral(t, got[0])
		if u := got[0].Header.Get("List-Unsubscribe"); !strings.HasSuffix(u, "/delete>") {
			t.Errorf("the way out is %q", u)
		}
		token := linkIn.FindStringSubmatch(got[0].Text)[1]
		if s := w.state(token); s != reminder.Waiting {
			t.Errorf("opening the link gives %d", s)
		}
		w.must(w.Confirm(ctx, token))
		w.must(w.Confirm(ctx, token))
		k, err := w.Read(ctx, token)
		if err != nil || k.State != reminder.Set || k.DueOn.String() != "2027-05-31" {
			t.Errorf("confirmed it is %+v, %v", k, err)
		}
		w.unseen("canary", "person", token)
		*w.now = time.Date(2027, 5, 30, 23, 59, 59, 0, time.UTC)
		if w.tick(); len(w.letters()) != 0 {
			t.Error("it came a day early")
		}
		w.wait(time.Second)
		w.tick()
		w.tick()
		if got = w.letters(); len(got) != 1 || got[0].To != canary || !strings.Contains(got[0].Text, "30 June 2027") {
			t.Fatalf("on the day there are %+v", got)
		}
		neutral(t, got[0])
		at, err := url.Parse(regexp.MustCompile(`https://\S+/check\S+`).FindString(got[0].Text))
		if err != nil || at.Query().Get("lot") != "0116917" || at.Query().Get("expiry") != "2027-06" || at.Query().Has("product") {
			t.Errorf("it leads to %v, %v", at, err)
		}
		if w.rows() != 0 || w.state(token) != reminder.Gone {
			t.Error("it is kept after it was sent")
		}
		w.unseen("canary", "person", "0116917")
		w.wait(24 * time.Hour)
		if w.tick(); len(w.letters()) != 0 {
			t.Error("it was sent twice")
		}
	})
}

// TestNothingWithoutTheButton asks, and nobody confirms.
func TestNothingWithoutTheButton(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		token := w.asked(w.of("A1", "2026-12-24"))
		w.wait(reminder.ConfirmWithin - time.Second)
		if w.tick(); w.rows() != 1 || w.state(token) != reminder.Waiting {
			t.Error("it went too early")
		}
		w.wait(time.Second)
		if w.state(token) != reminder.Gone {
			t.Error("the link holds after its time")
		}
		w.must(w.Confirm(t.Context(), token))
		if w.tick(); w.rows() != 0 {
			t.Error("what nobody confirmed is kept")
		}
		*w.now = time.Date(2026, 12, 24, 12, 0, 0, 0, time.UTC)
		if w.tick(); len(w.letters()) != 0 {
			t.Error("a reminder came that nobody confirmed")
		}
	})
}

// TestDeleteByLink takes reminders away, before and after they are confirmed.
func TestDeleteByLink(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		first, second := w.asked(w.of("A1", "2027-06")), w.set(w.of("A2", "2027-06"))
		for _, wrong := range []string{"", "x", strings.Repeat("A", 43), first[:len(first)-1] + "_", first + "A", strings.ToUpper(first)} {
			w.must(w.Delete(ctx, wrong))
			w.must(w.Confirm(ctx, wrong))
			if w.state(wrong) != reminder.Gone {
				t.Errorf("there is something under %q", wrong)
			}
		}
		if w.rows() != 2 || w.state(first) != reminder.Waiting {
			t.Fatal("another's link changed something")
		}
		w.must(w.Delete(ctx, first))
		w.must(w.Delete(ctx, second))
		w.must(w.Delete(ctx, second))
		*w.now = time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC)
		if w.tick(); w.rows() != 0 || len(w.letters()) != 0 {
			t.Error("something is left of what was deleted")
		}
	})
}

// TestLinksCannotBeMadeFromTheDatabase makes a link from all that a row holds.
func TestLinksCannotBeMadeFromTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		token := w.asked(w.of("A1", "2027-06"))
		var nonce []byte
		w.must(w.db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Get(t.Context(), []any{&nonce}, "SELECT nonce FROM reminder")
			return err
		}))
		made := base64.RawURLEncoding.EncodeToString(append(nonce, make([]byte, 16)...))
		w.must(w.Confirm(t.Context(), made))
		w.must(w.Delete(t.Context(), made))
		if w.state(made) != reminder.Gone || w.state(token) != reminder.Waiting || !strings.HasPrefix(token, made[:20]) {
			t.Error("who reads the database can make a link")
		}
	})
}

// TestAskedAgain keeps one for each address and lot, and tells nobody that it is there.
func TestAskedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.asked(w.of("A 1", "2027-06"))
		again := w.of("a1", "2027-09")
		again.Email = "CANARY.person@example.net"
		if got := w.asked(again); got != first || w.rows() != 1 {
			t.Errorf("asked again the link is another: %d are kept", w.rows())
		}
		k, err := w.Read(t.Context(), first)
		if err != nil || k.DueOn.String() != "2027-08-31" {
			t.Errorf("what was typed last does not count: %v, %v", k.DueOn, err)
		}
		w.must(w.Confirm(t.Context(), first))
		if got := w.asked(w.of("A1", "2029-01")); got != first {
			t.Error("asked again after confirming the link is another")
		}
		if k, err = w.Read(t.Context(), first); err != nil || k.State != reminder.Set || k.DueOn.String() != "2027-08-31" {
			t.Errorf("somebody changed what was confirmed: %+v, %v", k, err)
		}
		w.must(w.Ask(t.Context(), w.of("B1", "2027-06"))) // the fourth link today
		if got := w.letters(); len(got) != 0 || w.rows() != 1 {
			t.Errorf("a fourth link on one day: %d, %d kept", len(got), w.rows())
		}
		w.wait(24 * time.Hour)
		w.asked(w.of("B1", "2027-06"))
		w.wait(3 * 24 * time.Hour)
		w.tick()
		var counts int
		w.must(w.db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Get(t.Context(), []any{&counts}, "SELECT COUNT(*) FROM reminder_sent")
			return err
		}))
		if counts != 0 {
			t.Errorf("%d counts are kept after three days", counts)
		}
	})
}

// TestTooMany asks for many addresses within a minute.
func TestTooMany(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ask := func(i int) error {
			a := w.of("A1", "2027-06")
			a.Email = fmt.Sprintf("p%d@example.net", i)
			return w.Ask(t.Context(), a)
		}
		for i := range reminder.MostAMinute {
			w.must(ask(i))
		}
		if err := ask(99); fault.KindOf(err) != fault.Unavailable || strings.Contains(err.Error(), "p99") {
			t.Errorf("one too many: %v", err)
		}
		if w.wait(time.Minute); ask(99) != nil {
			t.Error("a minute later it is still too many")
		}
	})
}

// TestWhatCannotBeAsked reads the refusals. None repeats the address.
func TestWhatCannotBeAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ok := w.of("A1", "2027-06")
		for name, c := range map[string]struct {
			change func(*reminder.Asked)
			kind   fault.Kind
			field  string
		}{
			"no address":    {func(a *reminder.Asked) { a.Email = "canary" }, fault.Invalid, "email"},
			"two addresses": {func(a *reminder.Asked) { a.Email = canary + ", " + canary }, fault.Invalid, "email"},
			"a header":      {func(a *reminder.Asked) { a.Email = canary + "\r\nBcc: x@example.net" }, fault.Invalid, "email"},
			"no lot":        {func(a *reminder.Asked) { a.Lot = " " }, fault.Invalid, "lot"},
			"a long lot":    {func(a *reminder.Asked) { a.Lot = strings.Repeat("9", 41) }, fault.Invalid, "lot"},
			"no date":       {func(a *reminder.Asked) { a.Expiry = civil.Expiry{} }, fault.Invalid, "expiry"},
			"far away":      {func(a *reminder.Asked) { a.Expiry.Last += 20000 }, fault.Invalid, "expiry"},
			"the last day":  {func(a *reminder.Asked) { a.Expiry = civil.ExpiresOn(civil.On(2026, 11, 23)) }, fault.Refused, "expiry"},
			"past":          {func(a *reminder.Asked) { a.Expiry = civil.ExpiresOn(civil.On(2026, 1, 1)) }, fault.Refused, "expiry"},
		} {
			a := ok
			c.change(&a)
			err := w.Ask(t.Context(), a)
			list := fault.Of(err)
			if len(list) != 1 || list[0].Kind != c.kind || list[0].Field != c.field || strings.Contains(fmt.Sprint(err, list[0].Next), "canary") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.rows() != 0 || len(w.letters()) != 0 {
			t.Error("something was kept or sent")
		}
		if err := w.with(nil).Ask(t.Context(), ok); fault.KindOf(err) != fault.Unavailable || w.with(nil).Ready() {
			t.Errorf("without a key: %v", err)
		}
		w.must(w.with(nil).Tick(t.Context()))
		silent := reminder.New(w.db, w.ledger, w.notices, mail.New(w.db, mail.Options{Key: secret}), secret, site)
		if err := silent.Ask(t.Context(), ok); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("without a way to send: %v", err)
		}
	})
}

// TestShortTime reminds on the last day where thirty days before have gone by.
func TestShortTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for expiry, want := range map[string]string{"2026-11-24": "2026-11-24", "2026-12-23": "2026-12-23", "2026-12-24": "2026-11-24"} {
			k, err := w.Read(t.Context(), w.asked(w.of("L"+expiry, expiry)))
			if err != nil || k.DueOn.String() != want {
				t.Errorf("until %s it is due on %s, %v", expiry, k.DueOn, err)
			}
		}
	})
}

// TestAnotherKey leaves what it cannot open, sends the rest, and deletes it a year after the expiry.
func TestAnotherKey(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.set(w.of("A1", "2027-06"))
		w.Reminders = w.with([]byte("another key of thirty-two bytes."))
		w.set(w.of("A2", "2027-06"))
		*w.now = time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC)
		if err := w.Tick(t.Context()); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("what cannot be opened is not told: %v", err)
		}
		if got := w.letters(); len(got) != 1 || w.rows() != 1 {
			t.Errorf("%d letters, %d kept", len(got), w.rows())
		}
		*w.now = time.Date(2028, 6, 30, 12, 0, 0, 0, time.UTC)
		if w.tick(); w.rows() != 0 {
			t.Error("it is kept for more than a year after the expiry")
		}
	})
}

// TestTwoServers lets several look for what is due at once.
func TestTwoServers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 8 {
			a := w.of("A1", "2027-06")
			a.Email = fmt.Sprintf("p%d@example.net", i)
			w.set(a)
		}
		*w.now = time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC)
		done := make(chan error)
		for range 4 {
			other := w.with(secret)
			go func() { done <- other.Tick(context.Background()) }()
		}
		for range 4 {
			w.must(<-done)
		}
		if got := w.letters(); len(got) != 8 {
			t.Errorf("%d letters for 8 reminders", len(got))
		}
	})
}

// TestNewsOfALot tells those who asked before a notice for people was published, once, and nobody else.
func TestNewsOfALot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		who := staff.Operator()
		at := func(email string, a reminder.Asked) reminder.Asked { a.Email = email; return a }
		w.set(at("named@example.net", w.of("a 1", "2027-06")))
		other := at("any.product@example.net", w.of("A1", "2027-06"))
		other.Product = 0
		w.set(other)
		w.set(at("another.lot@example.net", w.of("A2", "2027-06")))
		w.asked(at("not.confirmed@example.net", w.of("A1", "2027-06")))
		publish := func(number string, level notice.Level) {
			t.Helper()
			w.wait(time.Minute)
			id, err := w.notices.Save(t.Context(), who, notice.Notice{
				Number: number, Regulator: "MHRA", IssuedOn: civil.On(2026, 11, 20), Title: "Check kits", Action: notice.Check, Level: level, DueOn: civil.None,
				Lines: []notice.Line{{Product: w.product, Number: "A1"}},
			})
			w.must(err)
			_, err = w.notices.Publish(t.Context(), who, id, false)
			w.must(err)
			w.tick()
			w.tick()
		}
		if publish("N/1", notice.Outlets); len(w.letters()) != 0 {
			t.Error("a notice for outlets alone was told to people")
		}
		publish("N/2", notice.People)
		var to []string
		for _, m := range w.letters() {
			neutral(t, m)
			to = append(to, m.To)
			if !strings.Contains(m.Text, "There is news about it") {
				t.Errorf("the letter says %s", m.Text)
			}
		}
		if slices.Sort(to); !slices.Equal(to, []string{"any.product@example.net", "named@example.net"}) {
			t.Errorf("told were %v", to)
		}
		if w.rows() != 2 {
			t.Errorf("%d are kept", w.rows())
		}
		w.wait(time.Minute)
		late := w.set(at("late@example.net", w.of("A1", "2027-06")))
		if w.tick(); len(w.letters()) != 0 || w.state(late) != reminder.Set {
			t.Error("who asked after the notice was told of it again")
		}
	})
}
