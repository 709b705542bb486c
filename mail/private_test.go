package mail_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
)

const canary = "canary.person@example.net"

func private(key string) mail.Message {
	m := message(key)
	m.To, m.Text, m.Unsubscribe, m.Private = canary, "for canary.person alone", "https://kits.example.org/leave/canarytoken", true
	return m
}

// wantUnseen looks for the canary in every column of every row, in clear or as it would stand in bytes.
func (w *world) wantUnseen() {
	w.t.Helper()
	must(w.t, w.db.Read(ctx, func(tx *store.Tx) error {
		for _, table := range []string{"outbox", "outbox_sender"} {
			rows, err := tx.Query(ctx, "SELECT * FROM "+table)
			if err != nil {
				return err
			}
			defer rows.Close()
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					return err
				}
				for i, v := range values {
					var text []byte
					switch v := (*v.(*any)).(type) {
					case []byte:
						text = v
					case string:
						text = []byte(v)
					}
					if bytes.Contains(bytes.ToLower(text), []byte("canary")) {
						w.t.Errorf("the canary is in %s.%s", table, columns[i])
					}
				}
			}
			if err := rows.Err(); err != nil {
				return err
			}
			rows.Close()
		}
		return nil
	}))
}

// TestPrivate seals an address while it waits and erases it at the end, whichever end it is.
func TestPrivate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.put(private("sent"))
		w.wantUnseen()
		w.once()
		w.wantUnseen()
		m := w.server.Messages()
		if len(m) != 1 || m[0].To != canary || m[0].Text != "for canary.person alone\n" {
			t.Fatalf("arrived %+v", m)
		}
		if got := m[0].Header.Get("List-Unsubscribe"); got != "<https://kits.example.org/leave/canarytoken>" || m[0].Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
			t.Errorf("the way out is %q, %q", got, m[0].Header.Get("List-Unsubscribe-Post"))
		}
		w.server.Behave(mailtest.Manners{Rcpt: "550 5.1.1 <" + canary + "> Canary Person has left", Times: 1})
		w.put(private("refused"))
		w.once()
		w.wantUnseen()
		if e := w.entry("refused"); e.State != mail.Refused || e.Why != "550 5.1.1" {
			t.Errorf("refused: %v %q", e.State, e.Why)
		}
		w.server.Stop()
		w.put(private("given up"))
		w.put(private("dropped"))
		must(t, w.db.Write(ctx, func(tx *store.Tx) error { _, err := mail.Drop(ctx, tx, kent, mail.IDOf(kent, "dropped")); return err }))
		w.clock.move(mail.TryFor)
		w.once()
		w.wantState("given up", mail.GaveUp)
		for _, key := range []string{"sent", "refused", "given up", "dropped"} {
			if w.entry(key).Kept {
				t.Errorf("the address of what is %s is kept", key)
			}
		}
		wantKind(t, w.db.Write(ctx, func(tx *store.Tx) error { return mail.SendAgain(ctx, tx, kent, mail.IDOf(kent, "refused")) }), fault.Refused)
		w.wantUnseen()
	})
}

// TestPrivateUnsure keeps what nobody knows of until its time is over, so that a person can decide, and no longer.
func TestPrivateUnsure(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.server.Behave(mailtest.Manners{Drop: mailtest.AtEnd, Times: 1})
		w.put(private("a"))
		w.once()
		w.wantState("a", mail.Unsure)
		w.wantUnseen()
		tidy := func(want int, kept bool) {
			t.Helper()
			if n, err := w.Tidy(ctx); n != want || err != nil || w.entry("a").Kept != kept {
				t.Errorf("tidied %d, %v, kept %v; want %d, %v", n, err, w.entry("a").Kept, want, kept)
			}
		}
		tidy(0, true)
		w.clock.move(mail.TryFor)
		tidy(1, false)
		w.wantState("a", mail.Unsure)
	})
}

// TestTidy erases what is old and nothing else, gives up what waits in vain, and keeps what says what happened.
func TestTidy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.put(message("sent"))
		w.once()
		w.server.Stop()
		w.put(message("waiting"))
		w.put(private("private"))
		w.clock.move(mail.TryFor - time.Millisecond)
		if n, err := w.Tidy(ctx); n != 0 || err != nil {
			t.Errorf("tidied %d, %v before anything was due", n, err)
		}
		w.clock.move(time.Millisecond)
		if _, err := w.Tidy(ctx); err != nil {
			t.Fatal(err)
		}
		w.wantState("waiting", mail.GaveUp)
		w.wantState("private", mail.GaveUp)
		if !w.entry("sent").Kept || !w.entry("waiting").Kept || w.entry("private").Kept {
			t.Error("kept the wrong ones")
		}
		w.clock.move(mail.KeepFor)
		if _, err := w.Tidy(ctx); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"sent", "waiting"} {
			if e := w.entry(key); e.Kept || e.Subject != "Kits "+key {
				t.Errorf("after a month: %+v", e)
			}
		}
		must(t, w.db.Read(ctx, func(tx *store.Tx) error {
			var n int
			_, err := tx.Get(ctx, []any{&n}, "SELECT COUNT(*) FROM outbox WHERE recipient IS NOT NULL OR body IS NOT NULL OR unsubscribe IS NOT NULL OR sealed IS NOT NULL")
			if n != 0 {
				t.Errorf("%d rows hold an address or a text still", n)
			}
			return err
		}))
	})
}

// TestKeys needs a key for what is private; the wrong one neither sends nor loses it.
func TestKeys(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.put(private("a"))
		w.opts.Key = bytes.Repeat([]byte{8}, 32)
		w.restarted()
		w.once()
		if e := w.entry("a"); e.State != mail.Waiting || !strings.Contains(e.Why, "key") {
			t.Errorf("with another key: %v %q", e.State, e.Why)
		}
		w.opts.Key = nil
		w.restarted()
		wantKind(t, w.db.Write(ctx, func(tx *store.Tx) error { _, err := w.Put(ctx, tx, private("b")); return err }), fault.Unavailable)
		w.opts.Key = secret
		w.restarted()
		w.clock.move(time.Minute)
		w.once()
		if m := w.server.Messages(); len(m) != 1 || m[0].To != canary {
			t.Errorf("arrived %+v", m)
		}
	})
}

// TestStatesHaveWords keeps what pages and logs call a state apart.
func TestStatesHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for s := mail.Waiting; s <= mail.Dropped; s++ {
		seen[s.String()] = true
	}
	if text, _ := json.Marshal(seen); len(seen) != 8 {
		t.Errorf("the words are %s", text)
	}
}
