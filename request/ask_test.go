package request_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/request"
)

// TestNothingOffered counts, and keeps nothing else.
func TestNothingOffered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		a := w.posted()
		a.Area = w.id("C")
		form := w.form()
		for range 2 { // the same form twice is one
			if reference, err := w.Ask(ctx, form, a); reference != "" || err != nil {
				t.Errorf("it gives %q, %v", reference, err)
			}
		}
		w.offer(func(o *request.Offer) { o.On = false })
		if reference, err := w.Ask(ctx, w.form(), w.posted()); reference != "" || err != nil {
			t.Errorf("switched off it gives %q, %v", reference, err)
		}
		month := w.led.Today().Month()
		for code, want := range map[string]int{"A": 1, "B": 0, "C": 1} {
			gaps, err := w.Gaps(ctx, w.id(code), month-1, month)
			if err != nil || gaps[month] != want {
				t.Errorf("%s has gaps %v, %v", code, gaps, err)
			}
		}
		if gaps, err := w.Gaps(ctx, w.id("C"), month-3, month-1); len(gaps) != 0 || err != nil {
			t.Errorf("earlier there are gaps %v, %v", gaps, err)
		}
		if w.count("request") != 0 || len(w.letters()) != 0 {
			t.Error("a request is kept where nothing is offered")
		}
		w.unseen("canary", "nightingale", "OX1 2JD")
	})
}

// TestTooYoung is gentle, counts once, and lets somebody correct the answer.
func TestTooYoung(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		gives := func(list ...string) {
			t.Helper()
			snap, err := w.reg.Now(ctx)
			w.must(err)
			o := *snap.Outlet(w.id("A1"))
			o.Gives = list
			_, err = w.reg.PutOutlet(ctx, o)
			w.must(err)
		}
		age := func(route registry.Route, want int) {
			t.Helper()
			if n, err := w.MinAge(ctx, w.id("A"), route); n != want || err != nil {
				t.Errorf("for route %d the age is %d, %v; want %d", route, n, err, want)
			}
		}
		age(0, 0)
		gives("needle1", "spray2")
		age(0, 0)
		age(registry.Intranasal, 14)
		age(registry.Intramuscular, 0)
		gives("spray2")
		age(0, 14)
		a := w.posted()
		a.OldEnough = false
		form := w.form()
		for range 2 {
			_, err := w.Ask(ctx, form, a)
			w.is(err, fault.Refused, "old_enough")
			if e := fault.Of(err)[0]; !strings.Contains(e.Next, "worker") || !strings.Contains(e.Message, "under 14") {
				t.Errorf("it says %q, %q", e.Message, e.Next)
			}
		}
		month := w.led.Today().Month()
		if gaps, err := w.Gaps(ctx, w.id("A"), month, month); gaps[month] != 1 || err != nil {
			t.Errorf("gaps %v, %v", gaps, err)
		}
		a.OldEnough = true
		if reference, err := w.Ask(ctx, form, a); reference == "" || err != nil {
			t.Errorf("corrected it gives %q, %v", reference, err)
		}
	})
}

// TestWhatCannotBeAsked reads the refusals. None repeats what was typed, and nothing is kept.
func TestWhatCannotBeAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		long := strings.Repeat("canary ", 200)
		for name, c := range map[string]struct {
			change func(*request.Ask)
			kind   fault.Kind
			field  string
		}{
			"no number":        {func(a *request.Ask) { a.ID = uuid.Nil }, fault.Invalid, "id"},
			"no such area":     {func(a *request.Ask) { a.Area = 999 }, fault.Invalid, "area"},
			"a nation":         {func(a *request.Ask) { a.Area = w.id("N") }, fault.Invalid, "area"},
			"no postcode":      {func(a *request.Ask) { a.Area, a.Postcode = 0, "" }, fault.Invalid, "postcode"},
			"a bad postcode":   {func(a *request.Ask) { a.Area, a.Postcode = 0, "canary" }, fault.Invalid, "postcode"},
			"no table":         {func(a *request.Ask) { a.Area, a.Postcode = 0, canaryCode }, fault.Unavailable, "postcode"},
			"for nobody":       {func(a *request.Ask) { a.For = 0 }, fault.Invalid, "for"},
			"for what":         {func(a *request.Ask) { a.For = 9 }, fault.Invalid, "for"},
			"a route":          {func(a *request.Ask) { a.Route = registry.Intravenous }, fault.Invalid, "route"},
			"no way":           {func(a *request.Ask) { a.How = 0 }, fault.Invalid, "how"},
			"many":             {func(a *request.Ask) { a.Kits = 4 }, fault.Invalid, "kits"},
			"below nought":     {func(a *request.Ask) { a.Kits = -1 }, fault.Invalid, "kits"},
			"no name":          {func(a *request.Ask) { a.Name = " \u200b " }, fault.Invalid, "name"},
			"a long name":      {func(a *request.Ask) { a.Name = long }, fault.Invalid, "name"},
			"no address":       {func(a *request.Ask) { a.Address = "\n \n" }, fault.Invalid, "address"},
			"no code in it":    {func(a *request.Ask) { a.Address = canaryStreet }, fault.Invalid, "address"},
			"a long address":   {func(a *request.Ask) { a.Address = long + canaryCode }, fault.Invalid, "address"},
			"a megabyte":       {func(a *request.Ask) { a.Address = strings.Repeat("canary\n", 150_000) }, fault.Invalid, "address"},
			"lines":            {func(a *request.Ask) { a.Address = strings.Repeat("x\n", 20) + canaryCode }, fault.Invalid, "address"},
			"a NUL":            {func(a *request.Ask) { a.Name = "canary\x00" }, fault.Invalid, "name"},
			"no UTF-8":         {func(a *request.Ask) { a.Name = "canary\xff" }, fault.Invalid, "name"},
			"no contact":       {func(a *request.Ask) { a.Contact = "canary" }, fault.Invalid, "contact"},
			"a bad address":    {func(a *request.Ask) { a.Contact = "canary@" }, fault.Invalid, "contact"},
			"a header":         {func(a *request.Ask) { a.Contact = canaryMail + "\nBcc: x@example.net" }, fault.Invalid, "contact"},
			"nowhere":          {func(a *request.Ask) { a.How = request.ToCollect }, fault.Invalid, "collect"},
			"another's outlet": {func(a *request.Ask) { a.How, a.Collect = request.ToCollect, w.id("B1") }, fault.Invalid, "collect"},
		} {
			a := w.posted()
			c.change(&a)
			reference, err := w.Ask(ctx, w.form(), a)
			if reference != "" {
				t.Errorf("%s: a reference", name)
			}
			t.Run(name, func(t *testing.T) { w.is(err, c.kind, c.field) })
		}
		w.offer(func(o *request.Offer) { o.Post = false })
		_, err := w.Ask(ctx, w.form(), w.posted())
		w.is(err, fault.Refused, "how")
		w.offer(func(o *request.Offer) { o.Collect = false })
		a := w.posted()
		a.How = request.ToCollect
		_, err = w.Ask(ctx, w.form(), a)
		w.is(err, fault.Refused, "how")
		if w.count("request") != 0 || w.count("request_gap") != 0 || len(w.letters()) != 0 {
			t.Error("something was kept or sent")
		}
		_, err = w.with(nil).Ask(ctx, w.form(), w.posted())
		w.is(err, fault.Unavailable, "")
		if w.with(nil).Ready() || !w.Ready() {
			t.Error("ready without a key, or not with one")
		}
		a = w.posted()
		a.Address, a.Postcode, a.Contact = canaryStreet, "ox12jd", "+44 (0)1865 000000"
		got, _ := w.asked(a)
		if got.Address != canaryStreet+"\n"+canaryCode || got.Contact != a.Contact || len(w.letters()) != 0 {
			t.Errorf("the postcode is not added: %q", got.Address)
		}
	})
}

// TestSameForm: twice is one; changed is a conflict; a form is good for one request.
func TestSameForm(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		form, a := w.form(), w.posted()
		first, err := w.Ask(ctx, form, a)
		w.must(err)
		again := make(chan string)
		for range 4 {
			go func() {
				reference, err := w.Ask(context.WithoutCancel(ctx), form, a)
				if err != nil {
					t.Error(err)
				}
				again <- reference
			}()
		}
		for range 4 {
			if got := <-again; got != first {
				t.Errorf("the same form gives %q and %q", first, got)
			}
		}
		b := a
		b.Name = "Canary Other"
		_, err = w.Ask(ctx, form, b)
		w.is(err, fault.Conflict, "id")
		b = a
		b.ID = uuid.New()
		_, err = w.Ask(ctx, form, b)
		w.is(err, fault.Refused, "token")
		if w.count("request") != 1 || len(w.letters()) != 1 {
			t.Errorf("%d are kept", w.count("request"))
		}
		w.must(w.Withdraw(ctx, first))
		_, err = w.Ask(ctx, form, a)
		w.is(err, fault.Refused, "id")
	})
}

// TestForms are not made by others, nor sent by programs.
func TestForms(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		token, err := w.FormToken(ctx)
		w.must(err)
		for _, wrong := range []string{"", "x", token[:len(token)-2], token + "AA", strings.Repeat("A", len(token)), strings.ToLower(token)} {
			_, err := w.Ask(ctx, wrong, w.posted())
			w.is(err, fault.Refused, "token")
			w.is(w.Report(ctx, wrong, w.id("A1"), "It has moved."), fault.Refused, "token")
		}
		w.wait(request.MinFormAge - time.Millisecond)
		_, err = w.Ask(ctx, token, w.posted())
		w.is(err, fault.Refused, "token")
		w.wait(request.MaxFormAge)
		_, err = w.Ask(ctx, token, w.posted())
		w.is(err, fault.Refused, "token")
		other := w.with([]byte("another key of thirty-two bytes."))
		token, err = other.FormToken(ctx)
		w.must(err)
		w.wait(time.Minute)
		_, err = w.Ask(ctx, token, w.posted())
		w.is(err, fault.Refused, "token")
		second := w.with(secret) // another server with the same key
		token, err = second.FormToken(ctx)
		w.must(err)
		w.wait(time.Minute)
		if _, err = w.Ask(ctx, token, w.posted()); err != nil {
			t.Errorf("another server's form: %v", err)
		}
	})
}

// TestTooMany takes so many in an hour, and forgets that it counted.
func TestTooMany(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		token := make([]string, request.MostAnHourOfArea+3)
		for i := range token {
			var err error
			token[i], err = w.FormToken(ctx)
			w.must(err)
		}
		w.wait(time.Minute)
		ask := func(i int, area string) error {
			a := w.posted()
			a.Area, a.Contact = w.id(area), ""
			_, err := w.Ask(ctx, token[i], a)
			return err
		}
		for i := range request.MostAnHourOfArea {
			w.must(ask(i, "A"))
		}
		last := request.MostAnHourOfArea
		w.is(ask(last, "A"), fault.Unavailable, "")
		w.must(ask(last+1, "C")) // a gap of another authority
		w.wait(time.Hour)
		w.must(ask(last, "A"))
		w.wait(3 * days)
		w.tick()
		if n := w.count("request_count"); n != 0 {
			t.Errorf("%d counts are kept after three days", n)
		}
	})
}

// TestManyLetters: whose address it is need not be who asks.
func TestManyLetters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.offer()
		for i := range request.MostLettersADay + 2 {
			a := w.posted()
			a.Contact = strings.ToUpper(canaryMail[:i]) + canaryMail[i:]
			w.asked(a)
		}
		if got := w.letters(); len(got) != request.MostLettersADay {
			t.Errorf("%d letters to one address on a day", len(got))
		}
	})
}

// TestGuessing looks references up that are not there.
func TestGuessing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		_, reference := w.asked(w.posted())
		for _, wrong := range []string{"", "-", "x", reference + "A", reference[1:], "O" + reference[1:], strings.Repeat("A", 5000), "' OR 1=1 --"} {
			_, err := w.Progress(ctx, wrong)
			w.is(err, fault.NotFound, "reference")
		}
		for range request.MostMissesAMinute {
			_, err := w.Progress(ctx, "222-222-222")
			w.is(err, fault.NotFound, "reference")
		}
		_, err := w.Progress(ctx, reference)
		w.is(err, fault.Unavailable, "")
		w.is(w.Withdraw(ctx, reference), fault.Unavailable, "")
		w.wait(time.Minute)
		if w.state(reference) != request.Asked {
			t.Error("a minute later it is not found")
		}
	})
}
