package mail

import (
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"everykit/fault"
)

// Limits of a message.
const (
	longestKey     = 200
	longestAddress = 254 // RFC 5321, 4.5.3.1.3
	longestSubject = 200 // letters; longer ones are cut
	longestText    = 1 << 20
	longestLink    = 1000

	// TryFor is how long a message is tried if it does not say.
	TryFor = 7 * 24 * time.Hour
)

// Message is one e-mail to one address.
type Message struct {
	Area        int           // the authority it belongs to; 0 for none
	Key         string        // says what it is, once and for all; no personal data: it is kept
	To          string        // an address, with or without a name before it; the name is not kept
	Subject     string        // one line; it is kept, so it must hold nothing personal
	Text        string        // plain text, lines ended by \n
	Unsubscribe string        // optional: the address (https) of the page that ends these messages, for List-Unsubscribe
	NotBefore   time.Time     // optional: not sent before
	GiveUpAfter time.Duration // from when it may first be sent; nought: TryFor
	Private     bool          // To, Text and Unsubscribe are sealed while they wait, and erased at the end
}

// check folds m into what is stored, and says what cannot be.
func (m Message) check(now time.Time) (Message, error) {
	var faults fault.List
	bad := func(field, words string) { faults = append(faults, fault.New(fault.Invalid, "%s", words).At(field)) }
	if m.Key == "" || len(m.Key) > longestKey || broken(m.Key) {
		bad("key", "a message needs a key of at most 200 letters, in one line")
	}
	to, ok := address(m.To)
	if !ok {
		bad("to", "this is not an e-mail address")
	}
	m.To = to
	if m.Subject = line(m.Subject); m.Subject == "" {
		bad("subject", "a message needs a subject")
	}
	if m.Text = text(m.Text); m.Text == "" || len(m.Text) > longestText {
		bad("text", "a message needs a text of at most 1 MB")
	}
	if m.Unsubscribe != "" && !isLink(m.Unsubscribe) {
		bad("unsubscribe", "the address for leaving must be a whole one, with http or https")
	}
	if m.NotBefore.Before(now) {
		m.NotBefore = now
	}
	if m.GiveUpAfter <= 0 {
		m.GiveUpAfter = TryFor
	}
	return m, faults.Err()
}

// CheckAddress reports what is wrong with an e-mail address that somebody typed; nil if it can be written to. The fault
// does not repeat the address.
func CheckAddress(typed string) error {
	if _, ok := address(typed); !ok {
		return fault.New(fault.Invalid, "this is not an e-mail address").Hint("write it like name@example.org")
	}
	return nil
}

// address gives the address alone, without a name. One with a line break or any other control character in it is none:
// it could end our line and begin one of its own.
func address(typed string) (string, bool) {
	if broken(typed) || len(typed) > 4*longestAddress {
		return "", false
	}
	a, err := mail.ParseAddress(strings.TrimSpace(typed))
	if err != nil || len(a.Address) > longestAddress || broken(a.Address) || strings.ContainsAny(a.Address, " <>\"") {
		return "", false
	}
	return a.Address, true
}

// broken reports whether a text cannot stand in one line of a header or a command.
func broken(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })
}

// line makes one line of a text, of bounded length. A title with a line break in it must not stop a notice, nor begin a
// header of its own.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "=?", "= ?") // which begins a coded word (RFC 2047)
	if letters := []rune(s); len(letters) > longestSubject {
		s = strings.TrimSpace(string(letters[:longestSubject-1])) + "…"
	}
	return s
}

// text folds line ends to \n and leaves out what neither a database nor a reader takes.
func text(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimRight(s, "\n\t ")
}

func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= longestLink && !broken(s) && !strings.ContainsAny(s, " <>\"") && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}
