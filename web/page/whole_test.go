package page_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"

	"everykit/web/page"
)

// counting makes connections that count how often they are written to.
type counting struct {
	net.Listener
	t *testing.T

	mu    sync.Mutex
	sizes []int
	fails bool
}

func (l *counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &countingConn{c, l}, nil
}

// taken gives the sizes of what was written since it was last asked.
func (l *counting) taken() []int {
	l.mu.Lock()
	defer l.mu.Unlock()
	sizes := l.sizes
	l.sizes = nil
	return sizes
}

type countingConn struct {
	net.Conn
	of *counting
}

func (c *countingConn) Write(b []byte) (int, error) {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	c.of.sizes = append(c.of.sizes, len(b))
	if c.of.fails {
		_, _ = c.Conn.Write(b[:len(b)/2])
		return len(b) / 2, errors.New("the line is cut")
	}
	return c.Conn.Write(b)
}

// wholeServer serves bodies of the length that ?n= says, from memory, over connections that count.
func wholeServer(t *testing.T) (*counting, string) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &counting{Listener: inner, t: t}
	s := &http.Server{ConnContext: page.WholeContext, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.FormValue("n"))
		page.AnswerOf(http.Header{"Content-Type": {"text/plain"}}, `"tag"`, bytes.Repeat([]byte("k"), n), nil, nil).Send(w, r)
	})}
	go func() { _ = s.Serve(page.Whole(l)) }()
	t.Cleanup(func() { s.Close() })
	return l, inner.Addr().String()
}

// Bodies of every length come whole, one after the other on one connection. (How often the kernel is called cannot be seen here: it is
// the benchmark of the front page that tells.)
func TestWhole(t *testing.T) {
	l, address := wholeServer(t)
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for _, n := range []int{0, 1, 2047, 2048, 3000, 3800, 3900, 4000, 4095, 4096, 4097, 7000, 8192, 9748, 100_000} {
		for _, method := range []string{"GET", "HEAD", "GET"} {
			if _, err := io.WriteString(conn, method+" /?n="+strconv.Itoa(n)+" HTTP/1.1\r\nHost: here\r\n\r\n"); err != nil {
				t.Fatal(err)
			}
			r, err := http.ReadResponse(in, &http.Request{Method: method})
			if err != nil {
				t.Fatalf("%s of %d bytes: %v", method, n, err)
			}
			body, err := io.ReadAll(r.Body)
			want := n
			if method == "HEAD" {
				want = 0
			}
			if err != nil || len(body) != want || r.ContentLength != int64(n) || len(bytes.Trim(body, "k")) > 0 {
				t.Errorf("%s of %d bytes: got %d of %d, %v", method, n, len(body), r.ContentLength, err)
			}
			if sizes := l.taken(); len(sizes) == 0 || len(sizes) > 2 || len(sizes) == 2 && n < 2048 {
				t.Errorf("%s of %d bytes: written as %v", method, n, sizes)
			}
		}
	}
}

// Two requests sent at once are answered one after the other.
func TestWholePipelined(t *testing.T) {
	_, address := wholeServer(t)
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	one := "GET /?n=9000 HTTP/1.1\r\nHost: here\r\n\r\n"
	if _, err := io.WriteString(conn, one+one+one); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	for range 3 {
		r, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(r.Body); err != nil || len(body) != 9000 {
			t.Fatalf("got %d bytes, %v", len(body), err)
		}
	}
}

// An answer that breaks off ends its connection, so that the next is not taken for the rest of it.
func TestWholeBreaksOff(t *testing.T) {
	l, address := wholeServer(t)
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	l.mu.Lock()
	l.fails = true
	l.mu.Unlock()
	one := "GET /?n=3000 HTTP/1.1\r\nHost: here\r\n\r\n"
	if _, err := io.WriteString(conn, one+one); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(conn)
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		t.Fatal("the connection stays open after half an answer")
	}
	if sizes := l.taken(); len(sizes) == 0 || len(all) > sizes[0]/2 {
		t.Errorf("written as %v, and %d bytes came: more than the half that was cut off", sizes, len(all))
	}
}
