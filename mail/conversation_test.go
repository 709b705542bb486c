package mail

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// cut is a line that fails from a certain moment on: before it takes a byte, or after a few.
type cut struct {
	net.Conn
	now  bool
	take int // how many bytes still go out
}

func (c *cut) Write(b []byte) (int, error) {
	if !c.now {
		return c.Conn.Write(b)
	}
	n, _ := c.Conn.Write(b[:min(c.take, len(b))])
	c.take -= n
	return n, errors.New("cut")
}

// TestCutAtTheDot cuts the line after it was looked at for the last time. If nothing of the dot went out it is certain
// that nothing was accepted; if anything did, it is not.
func TestCutAtTheDot(t *testing.T) {
	for take, want := range map[int]Verdict{0: Later, 1: Unknown, 3: Unknown} {
		ours, theirs := net.Pipe()
		go answers(theirs)
		line := &cut{Conn: ours, take: take}
		l := &session{conn: &wire{Conn: line}, patience: time.Second, last: 100 * time.Millisecond}
		var err error
		if l.client, err = smtp.NewClient(l.conn, "localhost"); err != nil {
			t.Fatal(err)
		}
		out, alive := l.say(context.Background(), Letter{From: "kits@example.org", To: "ann@example.org", Bytes: []byte("Subject: a\r\n\r\na\r\n")},
			func() error { line.now = true; return nil })
		if out.Verdict != want || alive {
			t.Errorf("%d bytes of the dot: %+v, alive %v; want %v", take, out, alive, want)
		}
		ours.Close()
		theirs.Close()
	}
}

// answers says yes to everything, as far as the text.
func answers(c net.Conn) {
	io.WriteString(c, "220 hello\r\n")
	for in := bufio.NewScanner(c); in.Scan(); {
		if strings.HasPrefix(in.Text(), "DATA") {
			io.WriteString(c, "354 go on\r\n")
			break
		}
		io.WriteString(c, "250 yes\r\n")
	}
	io.Copy(io.Discard, c)
}
