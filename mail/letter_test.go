package mail_test

import (
	"context"
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	ours "everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
	"everykit/store/storetest"
)

// headers are all that a letter of ours may have.
var headers = map[string]bool{
	"Auto-Submitted": true, "Content-Transfer-Encoding": true, "Content-Type": true, "Date": true, "From": true,
	"Message-Id": true, "Mime-Version": true, "Subject": true, "To": true, "List-Unsubscribe": true, "List-Unsubscribe-Post": true,
}

// TestSubjects sends letters of every kind of alphabet there and back.
func TestSubjects(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		long := strings.Repeat("Ymweld â'r safle ", 10)
		for subject, want := range map[string]string{
			"Naloxone kits: 24 lots":                   "",
			"Hysbysiad: citiau â'r dyddiad ŵedi newid": "",
			"Уведомление 通知 通知 🧡 إشعار":                "",
			"=?utf-8?q?not_encoded?=":                  "= ?utf-8?q?not_encoded?=",
			"a: b, <c> \"d\" (e) \\":                   "",
			long:                                       strings.TrimSpace(long),
			"two\r\nBcc: eve@example.org\r\n\r\nlines": "two Bcc: eve@example.org lines",
			"tab\tand\x00nul\u2028and\u0085more":       "tab and nul and more",
			"broken \xff bytes":                        "broken \uFFFD bytes",
		} {
			if want == "" {
				want = subject
			}
			m := message(subject)
			m.Key, m.Subject, m.Text = "s/"+ours.IDOf(0, subject).String(), subject, subject
			w.put(m)
			before := len(w.server.Messages())
			w.once()
			all := w.server.Messages()
			if len(all) != before+1 {
				t.Fatalf("%q did not arrive", subject)
			}
			got := all[before]
			if got.Subject != want {
				t.Errorf("the subject %q came as %q", subject, got.Subject)
			}
			wantOurHeaders(t, got.Header)
		}
	})
}

type errorer interface {
	Errorf(format string, args ...any)
}

func wantOurHeaders(t errorer, h mail.Header) {
	for name, values := range h {
		if !headers[name] || len(values) != 1 {
			t.Errorf("the letter has the header %s: %q", name, values)
		}
	}
}

// TestInjection puts line breaks wherever something is given: it is refused or made one line, and nobody else gets
// anything.
func TestInjection(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, end := range []string{"\r\n", "\n", "\r", "\x00", "\u2028", "\u0085", "\x0b"} {
			for field, change := range map[string]func(m *ours.Message, s string){
				"to":          func(m *ours.Message, s string) { m.To += s },
				"name":        func(m *ours.Message, s string) { m.To = "\"Ann" + s + "\" <" + m.To + ">" },
				"unsubscribe": func(m *ours.Message, s string) { m.Unsubscribe = "https://kits.example.org/leave" + s },
				"key":         func(m *ours.Message, s string) { m.Key += s },
			} {
				m := message("injected/" + field)
				change(&m, end+"Bcc: eve@example.org"+end+"RCPT TO:<eve@example.org>")
				err := w.db.Write(ctx, func(tx *store.Tx) error { _, err := w.Put(ctx, tx, m); return err })
				if err == nil {
					t.Errorf("%q in %s was taken", end, field)
				} else if strings.Contains(err.Error(), "@") {
					t.Errorf("the refusal repeats the address: %v", err)
				}
			}
		}
		w.put(ours.Message{Area: kent, Key: "one", To: "Ann <ann@example.org>", Subject: "Kits\r\nBcc: eve@example.org", Text: ".\r\n.\r\nQUIT\r\nMAIL FROM:<eve@example.org>\r\n"})
		w.once()
		all := w.server.Messages()
		if len(all) != 1 || all[0].To != "ann@example.org" || all[0].From != "kits@example.org" || all[0].Text != ".\n.\nQUIT\nMAIL FROM:<eve@example.org>\n" {
			t.Errorf("arrived %+v", all)
		}
		wantOurHeaders(t, all[0].Header)
	})
}

// TestAnyMessage puts whatever can be made up: what is taken becomes one letter with our headers alone, to that address
// alone, that any reader of mail can read.
func TestAnyMessage(t *testing.T) {
	db := storetest.SQLite(t, nil)
	must(t, db.Migrate(ctx, ours.Schema...))
	dir := t.TempDir()
	c, err := ours.ParseConfig("file://"+dir, "", "Kits <kits@example.org>", "https://kits.example.org")
	must(t, err)
	opts, err := c.Options()
	must(t, err)
	o := ours.New(db, opts)
	n, taken := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		m := ours.Message{Key: ours.IDOf(n, "any").String()}
		m.To = rapid.OneOf(rapid.StringMatching(`[a-z.+'é"<>\r\n ,]{1,12}@[a-z.\r\n]{1,12}`), rapid.StringMatching(`([A-Z][a-z]* )?<[a-z.]{1,9}@[a-z]{1,9}>`), rapid.StringMatching(`[a-z+']{1,9}@[a-zé]{1,9}`), rapid.StringMatching(`[a-z+]{1,9}@[a-z.-]{1,9}`)).Draw(t, "to")
		m.Subject = "a" + rapid.String().Draw(t, "subject")
		m.Text = "a" + rapid.String().Draw(t, "text")
		if rapid.Bool().Draw(t, "leave") {
			m.Unsubscribe = "https://kits.example.org/" + rapid.StringMatching(`[a-z0-9/?=&%é\r\n<,]{0,9}`).Draw(t, "unsubscribe")
		}
		err := db.Write(ctx, func(tx *store.Tx) error { _, err := o.Put(ctx, tx, m); return err })
		if err != nil {
			return
		}
		taken++
		if done, err := o.Once(ctx); done != 1 || err != nil {
			t.Fatalf("sent %d, %v", done, err)
		}
		file, err := os.Open(filepath.Join(dir, ours.IDOf(0, m.Key).String()+".eml"))
		if err != nil {
			t.Fatalf("%+v was not sent: %v", m, err)
		}
		defer file.Close()
		letter, err := mail.ReadMessage(file)
		if err != nil {
			t.Fatalf("%+v cannot be read: %v", m, err)
		}
		wantOurHeaders(t, letter.Header)
		if to, err := letter.Header.AddressList("To"); err != nil || len(to) != 1 {
			t.Errorf("%q is to %v, %v", m.To, to, err)
		}
	})
	if taken < n/10 {
		t.Errorf("only %d of %d were taken: this tested little", taken, n)
	}
}

// TestFolder keeps a letter whole, once, and nothing half.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	f, err := ours.NewFolder(dir)
	must(t, err)
	l := ours.Letter{ID: ours.IDOf(1, "a"), Bytes: []byte("Subject: a\r\n\r\na\r\n")}
	if out := f.Send(ctx, l, func() error { return errors.New("no") }); out.Verdict != ours.Later {
		t.Errorf("a row that could not be marked: %+v", out)
	}
	if names, _ := os.ReadDir(dir); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
	for range 2 {
		if out := f.Send(ctx, l, func() error { return nil }); out.Verdict != ours.Accepted {
			t.Errorf("%+v", out)
		}
	}
	names, _ := os.ReadDir(dir)
	if len(names) != 1 || names[0].Name() != l.ID.String()+".eml" {
		t.Errorf("in the folder: %v", names)
	}
	must(t, os.RemoveAll(dir))
	if out := f.Send(context.Background(), l, func() error { return nil }); out.Verdict != ours.Away {
		t.Errorf("without the folder: %+v", out)
	}
}

// TestWideAddresses sends to an address with letters beyond a to z where the server can, and ends it where not.
func TestWideAddresses(t *testing.T) {
	for _, wide := range []bool{true, false} {
		eachAs(t, mailtest.Setup{TLS: ours.NoTLS, Wide: wide}, func(t *testing.T, w *world) {
			m := message("wide")
			m.To = "siân@example.org"
			w.put(m)
			w.put(message("plain"))
			w.once()
			if got := len(w.server.To("siân@example.org")); got != map[bool]int{true: 1, false: 0}[wide] {
				t.Errorf("%d arrived, wide %v", got, wide)
			}
			if len(w.server.To("ann@example.org")) != 1 {
				t.Error("the other did not arrive")
			}
			w.wantState("wide", map[bool]ours.State{true: ours.Sent, false: ours.Refused}[wide])
		})
	}
}
