package mail_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/mail/mailtest"
)

func TestParseConfig(t *testing.T) {
	password := filepath.Join(t.TempDir(), "password")
	must(t, os.WriteFile(password, []byte("s3cret\r\nsecond line\n"), 0o600))
	for _, c := range []struct {
		address, file string
		want          mail.Config
	}{
		{"smtp://mail.example.org", "", mail.Config{Address: "mail.example.org:587"}},
		{"smtp://me%40example.org:pa%3Ass@mail.example.org:2525?tls=starttls", "", mail.Config{Address: "mail.example.org:2525", Name: "me@example.org", Password: "pa:ss"}},
		{"smtp://me:old@mail.example.org", password, mail.Config{Address: "mail.example.org:587", Name: "me", Password: "s3cret"}},
		{"smtps://me@mail.example.org/?ca=/etc/own.pem", password, mail.Config{Address: "mail.example.org:465", TLS: mail.DirectTLS, CA: "/etc/own.pem", Name: "me", Password: "s3cret"}},
		{"smtp://[::1]:25?tls=none", "", mail.Config{Address: "[::1]:25", TLS: mail.NoTLS}},
		{"smtp://me:x@127.0.0.1:25?tls=none", "", mail.Config{Address: "127.0.0.1:25", TLS: mail.NoTLS, Name: "me", Password: "x"}},
		{"file:///var/mail", "", mail.Config{Folder: "/var/mail"}},
	} {
		got, err := mail.ParseConfig(c.address, c.file, "kits@example.org", "https://kits.example.org")
		c.want.From, c.want.Site = "kits@example.org", "https://kits.example.org"
		if err != nil || got != c.want {
			t.Errorf("%s: %#v, %v", c.address, got, err)
		}
		if shown := fmt.Sprintf("%v %+v %#v", got, got, got); got.Password != "" && strings.Contains(shown, got.Password) {
			t.Errorf("%s: the password is shown: %s", c.address, shown)
		}
	}
	for _, address := range []string{
		"", "mail.example.org:25", "http://mail.example.org", "smtp://", "smtp://host/path", "smtp://me:hunter2@host?tls=none",
		"smtp://me:hunter2@host?tls=perhaps", "smtps://me:hunter2@host?tls=none", "smtp://me:hunter2@host?speed=high", "smtp://me:hunter2@ho st", "file://", "file://host/x",
	} {
		_, err := mail.ParseConfig(address, "", "kits@example.org", "https://kits.example.org")
		wantKind(t, err, fault.Invalid)
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the fault repeats the password: %v", err)
		}
	}
	for _, c := range [][3]string{
		{"nobody", "https://kits.example.org", ""},
		{"kits@example.org", "kits.example.org", ""},
		{"kits@example.org\r\nBcc: eve@example.org", "https://kits.example.org", ""},
		{"kits@example.org", "https://kits.example.org", password + ".not"},
	} {
		if _, err := mail.ParseConfig("smtp://host", c[2], c[0], c[1]); err == nil {
			t.Errorf("%q was taken", c)
		}
	}
}

// TestProtected sends over TLS of both kinds with a password, and says nothing over a line it cannot trust.
func TestProtected(t *testing.T) {
	for name, tls := range map[string]mail.TLS{"starttls": mail.StartTLS, "direct": mail.DirectTLS} {
		t.Run(name, func(t *testing.T) {
			eachAs(t, mailtest.Setup{TLS: tls, Secure: true, Name: "kits", Password: "s3cret"}, func(t *testing.T, w *world) {
				try := func(change func(*mail.Config)) string {
					c := w.server.Config()
					change(&c)
					opts, err := c.Options()
					must(t, err)
					w.through(opts.Sender)
					w.once()
					if strings.Contains(w.log.String(), "s3cret") {
						t.Error("the password was logged")
					}
					return w.entry("a").Why
				}
				w.put(message("a"))
				if why := try(func(c *mail.Config) { c.CA = "" }); !strings.Contains(why, "certificate") {
					t.Errorf("with a certificate that is nobody's: %q", why)
				}
				if why := try(func(c *mail.Config) { c.Password = "wrong" }); why != "the mail server did not take our name and password (535)" {
					t.Errorf("with a wrong password: %q", why)
				}
				w.wantArrived(map[string]int{})
				w.wantState("a", mail.Waiting) // the account's fault is not the message's
				if why := try(func(*mail.Config) {}); why != "" {
					t.Errorf("with the right password: %q", why)
				}
				w.put(message("b"))
				w.once()
				w.wantArrived(map[string]int{"a": 1, "b": 1})
			})
		})
	}
}

// TestUnprotected refuses a server that offers no STARTTLS when that was asked for.
func TestUnprotected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.server.Config()
		c.TLS = mail.StartTLS
		opts, err := c.Options()
		must(t, err)
		w.through(opts.Sender)
		w.put(message("a"))
		w.once()
		if e := w.entry("a"); e.Why != "the mail server offers no STARTTLS" || e.State != mail.Waiting {
			t.Errorf("%+v", e)
		}
		w.clock.move(10 * time.Minute)
		w.wantArrived(map[string]int{})
	})
}
