package request_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/mail/mailtest"
	"everykit/postcode"
	"everykit/request"
	"everykit/store"
)

// TestBytesAreGone looks into the file: what is personal is nowhere in plain, and the sealed bytes are gone with it.
func TestBytesAreGone(t *testing.T) {
	ctx := t.Context()
	now := morning
	path := filepath.Join(t.TempDir(), "everykit.db")
	db, err := store.Open(ctx, path, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, db, mailtest.Start(t), &now)
	w.offer()
	var sealed [][]byte
	read := func(where string) {
		t.Helper()
		w.must(db.Read(ctx, func(tx *store.Tx) error {
			return tx.Each(ctx, func(scan func(...any) error) error {
				var b []byte
				err := scan(&b)
				sealed = append(sealed, bytes.Clone(b))
				return err
			}, "SELECT sealed FROM request WHERE "+where)
		}))
	}
	for i := range 120 { // enough that rows move between pages
		got, reference := w.asked(w.posted())
		switch {
		case i%2 == 0:
			w.must(w.send(got))
		case i%3 == 0:
			read("sealed IS NOT NULL AND state = 1")
			w.must(w.Withdraw(ctx, reference))
		}
		if w.onShelf() < 3 {
			w.receive("needle1", "SOON", "2027-06", 20)
		}
	}
	read("sealed IS NOT NULL")
	w.letters()
	inFile := func() (found int) {
		t.Helper()
		w.must(db.Close())
		all, err := os.ReadFile(path)
		w.must(err)
		for _, word := range []string{"Nightingale", "Wharfside", canaryCode, "canary.person"} {
			if bytes.Contains(bytes.ToLower(all), []byte(strings.ToLower(word))) {
				t.Errorf("%q is in the file", word)
			}
		}
		for _, b := range sealed {
			if len(b) > 40 && bytes.Contains(all, b[12:44]) {
				found++
			}
		}
		db, err = store.Open(ctx, path, func() time.Time { return now })
		w.must(err)
		return found
	}
	if inFile() < 5 {
		t.Fatal("the test does not know where the sealed bytes are")
	}
	w = &world{t: t, db: db, reg: w.reg, led: w.led, post: w.post, server: w.server, now: &now, who: w.who, lots: w.lots}
	w = rejoin(w)
	w.wait(91 * days)
	w.tick()
	if n := inFile(); n != 0 {
		t.Errorf("%d of %d sealed addresses are still in the file", n, len(sealed))
	}
	w.must(db.Close())
}

// TestByPostcode sends a request to the authority that the postcode lies in.
func TestByPostcode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		file := filepath.Join(t.TempDir(), "codes.csv")
		w.must(os.WriteFile(file, []byte("pcds,doterm,oscty,oslaua,lat,long\nOX1 2JD,,,A,51.7,-1.2\nOX1 2JE,,,C,51.7,-1.2\nOX1 2JF,,,E99999999,51.7,-1.2\n"), 0o600))
		_, err := postcode.New(w.db, w.reg).Import(ctx, file, nil)
		w.must(err)
		a := w.posted()
		a.Area, a.Postcode = 0, " ox1-2jd"
		if reference, err := w.Ask(ctx, w.form(), a); err != nil || reference == "" {
			t.Fatalf("it gives %q, %v", reference, err)
		}
		if got := w.get(a.ID); got.Area != w.id("A") || got.Postcode != "" {
			t.Errorf("it is %+v", got)
		}
		a = w.posted()
		a.Area, a.Postcode = 0, "OX1 2JE"
		if reference, err := w.Ask(ctx, w.form(), a); err != nil || reference != "" {
			t.Errorf("where nothing is offered it gives %q, %v", reference, err)
		}
		for typed, kind := range map[string]fault.Kind{"OX1 2JF": fault.Refused, "OX1": fault.Refused, "OX9 9XX": fault.NotFound} {
			a.Postcode = typed
			_, err := w.Ask(ctx, w.form(), a)
			w.is(err, kind, "postcode")
		}
		// The table of postcodes holds them all: it says nothing about who asked.
		w.must(w.db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, "DELETE FROM postcode")
			return err
		}))
		w.unseen("canary", "OX1 2JD", "OX12JD", "ox1-2jd")
	})
}

// TestRights tries every deed as everybody.
func TestRights(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		area := w.id("A")
		for name, may := range map[string]struct{ handle, offer bool }{
			"cora": {true, true}, "wes": {true, false}, "": {true, true}, "cole": {}, "bob": {}, "nora": {},
		} {
			who := w.who[name]
			got, _ := w.asked(w.posted())
			for deed, err := range map[string]error{
				"queue":   second(w.Queue(ctx, who, area, 0)),
				"get":     second(w.Get(ctx, who, area, got.ID)),
				"label":   second(w.Label(ctx, who, area, got.ID)),
				"none":    not(fault.NotFound, second(w.Get(ctx, who, area, request.SupplyID(got.ID, 9)))),
				"approve": w.Approve(ctx, who, area, got.ID, 1),
				"refuse":  w.Refuse(ctx, who, area, got.ID, 2, "No."),
				"gave":    not(fault.Conflict, w.Gave(ctx, who, area, got.ID, 9)),
				"send":    not(fault.Conflict, w.Send(ctx, who, area, got.ID, 9, 0)),
			} {
				if allowed := err == nil || deed == "refuse" && fault.Is(err, fault.Conflict); allowed != may.handle || !allowed && !fault.Is(err, fault.Forbidden) {
					t.Errorf("%q, %s: %v", name, deed, err)
				}
			}
			for deed, err := range map[string]error{"reports": second(w.Reports(ctx, who, area)), "settle": not(fault.NotFound, w.Settle(ctx, who, area, 99))} {
				if (err == nil) != may.offer || err != nil && !fault.Is(err, fault.Forbidden) {
					t.Errorf("%q, %s: %v", name, deed, err)
				}
			}
		}
		list, err := w.Queue(ctx, w.who["ada"], area, 0)
		if err != nil || len(list) != 0 {
			t.Errorf("where kits are collected there are %v, %v", list, err)
		}
		w.offer(func(o *request.Offer) { o.Collects = nil })
		_, err = w.Queue(ctx, w.who["ada"], area, 0)
		w.is(err, fault.Forbidden, "")
		_, err = w.Queue(ctx, w.who["cole"], w.id("B"), 0)
		w.must(err)
	})
}

func second[T any](_ T, err error) error { return err }

// not takes an error away that says that somebody may, but cannot now.
func not(kind fault.Kind, err error) error {
	if fault.Is(err, kind) {
		return nil
	}
	return err
}

// TestQueue is in the order of asking, and names each state.
func TestQueue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.offer()
		var refs []string
		for i := range 5 {
			a := w.posted()
			a.Name, a.Contact = fmt.Sprintf("Canary %d", i), ""
			_, reference := w.asked(a)
			refs = append(refs, reference)
		}
		names := func(s request.State) (names []string) {
			t.Helper()
			list, err := w.Queue(ctx, w.who["wes"], w.id("A"), s)
			w.must(err)
			for _, r := range list {
				names = append(names, r.Name)
				if !slices.Contains(refs, r.Reference) || s != 0 && r.State != s {
					t.Errorf("in %d there is %+v", s, r)
				}
			}
			return names
		}
		if got := names(0); !slices.Equal(got, []string{"Canary 0", "Canary 1", "Canary 2", "Canary 3", "Canary 4"}) {
			t.Errorf("open are %v", got)
		}
		list, err := w.Queue(ctx, w.who["wes"], w.id("A"), request.Asked)
		w.must(err)
		w.must(w.Approve(ctx, w.who["wes"], list[1].Area, list[1].ID, 1))
		w.must(w.send(&list[3]))
		w.must(w.send(&list[2]))
		w.must(w.Refuse(ctx, w.who["wes"], list[4].Area, list[4].ID, 1, "No."))
		for s, want := range map[request.State][]string{
			0: {"Canary 0", "Canary 1"}, request.Asked: {"Canary 0"}, request.Approved: {"Canary 1"}, request.Sent: {"Canary 2", "Canary 3"}, request.Refused: {"Canary 4"},
			request.Ready: nil, request.Collected: nil, request.Withdrawn: nil, request.Unmet: nil,
		} {
			if got := names(s); !slices.Equal(got, want) {
				t.Errorf("in %d there are %v, want %v", s, got, want)
			}
		}
		// Another key opens nothing, and breaks nothing.
		other := w.with([]byte("another key of thirty-two bytes."))
		got, err := other.Get(ctx, w.who["wes"], list[0].Area, list[0].ID)
		if err != nil || got.Name != "" || got.Erased {
			t.Errorf("with another key there is %+v, %v", got, err)
		}
		_, err = other.Label(ctx, w.who["wes"], list[0].Area, list[0].ID)
		w.is(err, fault.Unavailable, "")
	})
}

// TestThoseWhoAnswer get one letter a day, when something new waits.
func TestThoseWhoAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.offer()
		ask := func() {
			a := w.posted()
			a.Contact = ""
			w.asked(a)
		}
		told := func(want ...string) {
			t.Helper()
			w.tick()
			w.tick()
			var to []string
			for _, l := range w.letters() {
				to = append(to, strings.TrimSuffix(l.To, "@example.org"))
				if text := strings.ToLower(l.Subject + l.Text); strings.Contains(text, "canary") || strings.Contains(text, "ox1") || !strings.Contains(l.Text, site+request.QueuePath) {
					t.Errorf("the letter says %s", l.Text)
				}
			}
			slices.Sort(to)
			if !slices.Equal(to, want) {
				t.Errorf("told are %v, want %v", to, want)
			}
		}
		told()
		ask()
		told("cora", "wes", "wim")
		ask()
		told()
		*w.now = time.Date(2026, time.November, 24, 6, 59, 0, 0, time.UTC)
		told()
		w.wait(time.Minute)
		told("cora", "wes", "wim")
		w.wait(days)
		told() // nothing new
	})
}

// TestReports are kept for the coordinator, and gone a month after they were settled.
func TestReports(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		form := w.form()
		w.must(w.Report(ctx, form, w.id("A1"), " It has \r\n moved. "))
		w.must(w.Report(ctx, form, w.id("A1"), "It has moved."))
		for range 2 {
			w.is(w.Report(ctx, form, w.id("A1"), "It is shut too."), fault.Refused, "token") // changed after it was sent: not lost without a word
			w.is(w.Report(ctx, form, w.id("A2"), "It has moved."), fault.Refused, "token")
		}
		w.must(w.Report(ctx, w.form(), w.id("A2"), "<b>Shut</b> on Mondays"))
		w.must(w.Report(ctx, w.form(), w.id("B1"), "Another's"))
		list, err := w.Reports(ctx, w.who["cora"], w.id("A"))
		w.must(err)
		if len(list) != 2 || list[0].What != "It has\nmoved." || list[0].Outlet != w.id("A1") || list[1].What != "<b>Shut</b> on Mondays" || list[0].ID == list[1].ID {
			t.Fatalf("the reports are %+v", list)
		}
		w.is(w.Report(ctx, w.form(), w.id("A1"), "  "), fault.Invalid, "what")
		w.is(w.Report(ctx, w.form(), w.id("A1"), strings.Repeat("é", request.MostReport+1)), fault.Invalid, "what")
		w.is(w.Report(ctx, w.form(), w.id("A1"), strings.Repeat("x", 1<<20)), fault.Invalid, "what")
		w.is(w.Report(ctx, w.form(), w.id("A1"), "\xff"), fault.Invalid, "what")
		w.is(w.Report(ctx, w.form(), 999, "Where?"), fault.NotFound, "outlet")
		w.must(w.Settle(ctx, w.who["cora"], w.id("A"), list[0].ID))
		w.must(w.Settle(ctx, w.who["cora"], w.id("A"), list[0].ID))
		w.is(w.Settle(ctx, w.who["cora"], w.id("A"), 77), fault.NotFound, "")
		if list, err = w.Reports(ctx, w.who["cora"], w.id("A")); err != nil || len(list) != 1 {
			t.Errorf("after one was settled there are %+v, %v", list, err)
		}
		w.wait(30*days - time.Hour)
		if w.tick(); w.count("request_wrong") != 3 {
			t.Error("a report went too early")
		}
		w.wait(time.Hour)
		if w.tick(); w.count("request_wrong") != 2 || w.count("request_wrong WHERE says LIKE '%moved%'") != 0 {
			t.Error("a report is kept for more than 30 days after it was settled")
		}
		for i := range request.MostReportsAnHourOfArea + 1 {
			token, err := w.FormToken(ctx)
			w.must(err)
			w.wait(4 * time.Second)
			err = w.Report(ctx, token, w.id("A1"), "Again")
			if (err != nil) != (i == request.MostReportsAnHourOfArea) {
				t.Errorf("report %d: %v", i+1, err)
			}
		}
	})
}
