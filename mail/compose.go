package mail

import (
	"bytes"
	"net/mail"
	"net/url"
	"time"

	gomail "github.com/wneessen/go-mail"

	"everykit/fault"
)

// origin is who writes: made once of Options, so that a wrong setting is found at the start.
type origin struct {
	from *mail.Address
	host string // of the site: the right half of the Message-IDs
}

func originOf(from, site string) (origin, error) {
	a, err := mail.ParseAddress(from)
	if err != nil || broken(from) {
		return origin{}, fault.New(fault.Invalid, "the address that mail is sent from is not an e-mail address").Hint("set one like Naloxone <naloxone@example.org>")
	}
	u, err := url.Parse(site)
	if err != nil || u.Hostname() == "" || !isLink(site) {
		return origin{}, fault.New(fault.Invalid, "the address of the site is not a whole one").Hint("set one like https://kits.example.org")
	}
	return origin{a, u.Hostname()}, nil
}

// letter composes a message. The same row always gives the same bytes, so that a second try is the same letter: the
// date is when it could first be sent, and nothing in it is random.
func (o origin) letter(id ID, c contents, subject string, ready time.Time) (Letter, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(o.from)
	if err := m.To(c.To); err != nil {
		return Letter{}, err
	}
	m.Subject(subject)
	m.SetDateWithValue(ready.UTC())
	m.SetMessageIDWithValue(id.String() + "@" + o.host)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence needs to answer (RFC 3834)
	if c.Unsubscribe != "" {
		if m.SetListUnsubscribeOneClick(c.Unsubscribe) != nil {
			m.SetListUnsubscribe(c.Unsubscribe) // one click is for https alone (RFC 8058)
		}
	}
	m.SetBodyString(gomail.TypeTextPlain, c.Text+"\n")
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return Letter{}, err
	}
	return Letter{ID: id, From: o.from.Address, To: c.To, Bytes: b.Bytes()}, nil
}
