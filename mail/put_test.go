package mail_test

import (
	"errors"
	"testing"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/store"
)

// TestSameKeyIsSameMessage puts one key again and again, before and after it was sent.
func TestSameKeyIsSameMessage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if !w.put(message("digest/2026-11-23/account/7")) {
			t.Error("the first is not fresh")
		}
		other := message("digest/2026-11-23/account/7")
		other.Text, other.To = "something else", "bob@example.org"
		if w.put(other) {
			t.Error("the same key is fresh again")
		}
		w.once()
		if w.put(other) {
			t.Error("the same key is fresh again after it was sent")
		}
		w.once()
		w.wantArrived(map[string]int{"digest/2026-11-23/account/7": 1})
		if got := w.server.Messages()[0].Text; got != "Text of digest/2026-11-23/account/7\n.\nend\n" {
			t.Errorf("the text came as %q", got)
		}
		elsewhere := message("digest/2026-11-23/account/7")
		elsewhere.Area, elsewhere.Subject = surrey, "of another area"
		if !w.put(elsewhere) {
			t.Error("the same key in another area is not fresh")
		}
	})
}

// TestPutIsPartOfTheDeed leaves nothing of a transaction that failed.
func TestPutIsPartOfTheDeed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		broken := errors.New("the deed failed")
		err := w.db.Write(ctx, func(tx *store.Tx) error {
			if _, err := w.Put(ctx, tx, message("notice/1/account/1")); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if n := w.once(); n != 0 || len(w.server.Messages()) != 0 {
			t.Errorf("%d messages of a deed that failed", n)
		}
	})
}

// TestNotBefore waits, then sends; the date in the letter is when it could first be sent.
func TestNotBefore(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		m := message("later")
		m.NotBefore = w.clock.now().Add(48 * time.Hour)
		w.put(m)
		w.clock.move(47 * time.Hour)
		if w.once() != 0 {
			t.Error("sent before its time")
		}
		w.clock.move(time.Hour)
		w.once()
		w.wantArrived(map[string]int{"later": 1})
		if got, _ := w.server.Messages()[0].Header.Date(); !got.Equal(m.NotBefore) {
			t.Errorf("dated %v, want %v", got, m.NotBefore)
		}
	})
}

// TestWhatCannotBeSent is refused where it is put, and nothing is kept of it.
func TestWhatCannotBeSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for field, change := range map[string]func(*mail.Message){
			"key":         func(m *mail.Message) { m.Key = "" },
			"to":          func(m *mail.Message) { m.To = "nobody" },
			"subject":     func(m *mail.Message) { m.Subject = " \n " },
			"text":        func(m *mail.Message) { m.Text = "\n" },
			"unsubscribe": func(m *mail.Message) { m.Unsubscribe = "/leave" },
		} {
			m := message("bad")
			change(&m)
			err := w.db.Write(ctx, func(tx *store.Tx) error { _, err := w.Put(ctx, tx, m); return err })
			wantKind(t, err, fault.Invalid)
			if fs := fault.Of(err); len(fs) != 1 || fs[0].Field != field {
				t.Errorf("%s: the faults are %v", field, err)
			}
		}
		if list, err := w.Log(ctx, kent, ""); err != nil || len(list) != 0 {
			t.Errorf("kept %v, %v", list, err)
		}
	})
}

// TestNoWayToSend lets messages wait where no mail server is set, and sends them once there is one.
func TestNoWayToSend(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		without := mail.New(w.db, mail.Options{})
		must(t, w.db.Write(ctx, func(tx *store.Tx) error { _, err := without.Put(ctx, tx, message("a")); return err }))
		if n, err := without.Once(ctx); n != 0 || err != nil || without.Sends() || !w.Sends() {
			t.Errorf("sent %d, %v", n, err)
		}
		w.wantState("a", mail.Waiting)
		w.once()
		w.wantArrived(map[string]int{"a": 1})
	})
}

// TestEntries keeps prefixes and areas apart.
func TestEntries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, key := range []string{"notice/1/account/1", "notice/12/account/1", "notice/1/account/é", "notice/1/account/2", "notice/2"} {
			w.put(message(key))
		}
		other := message("notice/1/account/9")
		other.Area = surrey
		w.put(other)
		list, err := w.Log(ctx, kent, "notice/1/")
		must(t, err)
		var keys []string
		for _, e := range list {
			keys = append(keys, e.Key)
			if e.Area != kent || e.ID != mail.IDOf(kent, e.Key) || e.State != mail.Waiting || !e.Put.Equal(w.clock.now()) || !e.Kept {
				t.Errorf("read %+v", e)
			}
		}
		if len(keys) != 3 || keys[0] != "notice/1/account/1" || keys[1] != "notice/1/account/2" || keys[2] != "notice/1/account/é" {
			t.Errorf("read %q", keys)
		}
		c, err := w.Counts(ctx)
		must(t, err)
		w.clock.move(time.Hour)
		later, err := w.Counts(ctx)
		must(t, err)
		if c != (mail.Counts{Waiting: 6}) || later != (mail.Counts{Waiting: 6, Oldest: time.Hour}) {
			t.Errorf("counted %+v, an hour later %+v", c, later)
		}
	})
}
