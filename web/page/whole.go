package page

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// net/http hands what it writes to the connection in pieces: the headers with the first bytes of the body as far as 4 KB go, then
// the rest. Each piece is a call to the kernel, and these calls are half of what a page from memory costs. So the connections of
// the public server can hold the pieces of such an answer back and hand them on in one call.

// Whole makes connections of a listener that can send an answer in one piece. The server needs WholeContext as its ConnContext.
func Whole(l net.Listener) net.Listener { return wholeListener{l} }

type wholeListener struct{ net.Listener }

// Accept implements net.Listener.
func (l wholeListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &wholeConn{Conn: c}, nil
}

type wholeKey struct{}

// WholeContext lets the handlers of a connection's requests find it, for http.Server.ConnContext.
func WholeContext(ctx context.Context, c net.Conn) context.Context {
	if c, ok := c.(*wholeConn); ok {
		return context.WithValue(ctx, wholeKey{}, c)
	}
	return ctx
}

// writeBody sends a body whose length the headers tell, in one piece with them where the connection can. Errors mean that nobody
// is there to read: the connection is of no more use, and net/http finds that out for itself.
func writeBody(w http.ResponseWriter, r *http.Request, body []byte) {
	c, _ := r.Context().Value(wholeKey{}).(*wholeConn)
	if c == nil || len(body) < wholeFrom {
		_, _ = w.Write(body)
		return
	}
	c.hold()
	defer c.release()
	_, _ = w.Write(body)
	_ = http.NewResponseController(w).Flush() // what net/http itself still keeps
}

// wholeFrom is the length of a body below which net/http sends an answer in one piece anyway.
const wholeFrom = 2 << 10

// wholeConn is a connection that can hold back what is written to it.
type wholeConn struct {
	net.Conn

	mu      sync.Mutex
	holding bool
	head    []byte // what is held: a copy, kept from answer to answer
}

// mostHeld is more than the first piece of net/http. With a second piece everything goes out.
const mostHeld = 4 << 10

func (c *wholeConn) hold() {
	c.mu.Lock()
	c.holding = true
	c.mu.Unlock()
}

// release hands on what is still held. If that fails in the middle, nothing that comes after could be understood.
func (c *wholeConn) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.holding = false
	if len(c.head) == 0 {
		return
	}
	_, err := c.Conn.Write(c.head)
	c.head = c.head[:0]
	if err != nil {
		c.Close()
	}
}

// Write implements net.Conn.
func (c *wholeConn) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case len(c.head) > 0:
		pieces := net.Buffers{c.head, b}
		held := int64(len(c.head))
		c.head = c.head[:0]
		n, err := pieces.WriteTo(c.Conn)
		return int(max(n-held, 0)), err
	case c.holding && len(b) <= mostHeld:
		c.head = append(c.head, b...)
		return len(b), nil
	}
	return c.Conn.Write(b)
}
