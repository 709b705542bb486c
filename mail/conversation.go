package mail

import (
	"context"
	"errors"
	"net"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// session is one connection to a mail server, signed in.
type session struct {
	conn           *wire
	client         *smtp.Client
	patience, last time.Duration
}

// wire counts what really went out, beneath any TLS: whether the dot did cannot be seen from above.
type wire struct {
	net.Conn
	out atomic.Int64
}

// Write implements net.Conn.
func (w *wire) Write(b []byte) (int, error) {
	n, err := w.Conn.Write(b)
	w.out.Add(int64(n))
	return n, err
}

var past = time.Unix(1, 0) // a deadline that has passed ends what waits

// limit gives the next exchange its time; none if ctx has ended.
func (l *session) limit(ctx context.Context, d time.Duration) {
	l.conn.SetDeadline(time.Now().Add(d))
	if ctx.Err() != nil {
		l.conn.SetDeadline(past)
	}
}

// say hands one letter over. alive says whether the line can be used for another.
func (l *session) say(ctx context.Context, letter Letter, closing func() error) (out Outcome, alive bool) {
	unhook := context.AfterFunc(ctx, func() { l.conn.SetDeadline(past) })
	defer unhook()
	if out, alive, ok := l.envelope(ctx, letter); !ok {
		return out, alive
	}
	l.limit(ctx, l.patience)
	text, err := l.client.Data()
	if err != nil {
		return l.failed(ctx, err, letter.To)
	}
	// From here the line is good for nothing else until the dot is said: every way out but the last closes it.
	if _, err = text.Write(letter.Bytes); err == nil {
		err = l.client.Text.W.Flush() // so that all but the dot is out before the row is marked
	}
	if err != nil {
		return Outcome{Later, brokeBefore}, false
	}
	if err := closing(); err != nil {
		return Outcome{Later, notClosed}, false
	}
	if !unhook() || !l.open() { // told to stop, or the line broke before: the dot has not been said
		return Outcome{Later, brokeBefore}, false
	}
	defer context.AfterFunc(ctx, func() { l.conn.SetDeadline(time.Now().Add(lastOnStop)) })()
	l.conn.SetDeadline(time.Now().Add(l.last))
	before := l.conn.out.Load()
	err = text.Close() // says the dot and reads the answer
	switch code, _ := answer(err); {
	case err == nil:
		return Outcome{Verdict: Accepted}, true
	case code >= 400: // the server has answered, and it was no
		return l.failed(ctx, err, letter.To)
	case l.conn.out.Load() == before: // not one byte of it went out
		return Outcome{Later, brokeBefore}, false
	case code != 0:
		return Outcome{Unknown, "the mail server's last answer was " + itoa(code) + ", which says nothing"}, false
	}
	return Outcome{Unknown, "the line broke after the end of the text, before the mail server's answer"}, false
}

const brokeBefore = "the line to the mail server broke before the end of the text"

// envelope says from whom and to whom. ok is false if the letter goes no further.
func (l *session) envelope(ctx context.Context, letter Letter) (out Outcome, alive, ok bool) {
	wide := strings.ContainsFunc(letter.To+letter.From, func(r rune) bool { return r > 126 })
	if can, _ := l.client.Extension("SMTPUTF8"); wide && !can {
		return Outcome{Never, "the mail server takes no addresses with letters beyond a to z"}, true, false
	}
	l.client.SkipSMTPUTF8(!wide) // asked for needlessly, it keeps the letter from servers that do not know it
	l.limit(ctx, l.patience)
	if err := l.client.Mail("<" + letter.From + ">"); err != nil {
		out, alive = l.failed(ctx, err, letter.To)
		return out, alive, false
	}
	l.limit(ctx, l.patience)
	if err := l.client.Rcpt("<" + letter.To + ">"); err != nil {
		out, alive = l.failed(ctx, err, letter.To)
		return out, alive, false
	}
	return Outcome{}, true, true
}

// failed judges an error of a step that accepts nothing, and clears the line for the next letter if it holds.
func (l *session) failed(ctx context.Context, err error, to string) (Outcome, bool) {
	code, said := answer(err)
	out := Outcome{Later, brokeBefore}
	if code >= 400 {
		out.Why = without(itoa(code)+" "+said, to)
	}
	if code >= 500 {
		out.Verdict = Never
	}
	if code < 400 || code == 421 { // 421: the server is closing the line
		return out, false
	}
	l.limit(ctx, l.patience)
	return out, l.client.Reset() == nil
}

// open reports whether the line stands and the server is silent, as it has to be before the dot. It takes no time: the row
// is marked already.
func (l *session) open() bool {
	return l.client.Text.R.Buffered() == 0 && silent(l.conn.Conn)
}

// answer gives code and words of a server's answer; 0 if err is none.
func answer(err error) (int, string) {
	var said *textproto.Error
	if errors.As(err, &said) {
		return said.Code, said.Msg
	}
	return 0, ""
}

var addressLike = regexp.MustCompile(`\S*@\S*`)

// longestWhy is how much of a server's answer is kept.
const longestWhy = 120

// without makes a server's answer fit to be kept: one line, short, with neither the address nor its first half, which
// servers like to repeat.
func without(said, to string) string {
	said = addressLike.ReplaceAllString(line(said), "…")
	if local, _, _ := strings.Cut(to, "@"); local != "" {
		said = regexp.MustCompile(`(?i)(^|[^\pL\pN])`+regexp.QuoteMeta(local)+`($|[^\pL\pN])`).ReplaceAllString(said, "$1…$2")
	}
	if letters := []rune(said); len(letters) > longestWhy {
		said = strings.TrimSpace(string(letters[:longestWhy-1])) + "…"
	}
	return said
}

var codeLike = regexp.MustCompile(`^\d{3}( \d\.\d{1,3}\.\d{1,3})?`)

// codesOnly keeps of a server's answer the code alone: what it says of a private address may say whose it is. Reasons of
// our own have no code and say nothing of anybody.
func codesOnly(why string) string {
	if code := codeLike.FindString(why); code != "" {
		return code
	}
	return why
}

func itoa(n int) string { return strconv.Itoa(n) }
