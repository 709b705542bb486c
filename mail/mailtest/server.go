package mailtest

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"everykit/mail"
)

// Setup says what kind of server it is. The nought value is one without TLS and without accounts.
type Setup struct {
	TLS            mail.TLS // StartTLS is offered, or TLS from the first byte; NoTLS: none. Used only if Secure
	Secure         bool     // with a certificate of its own, see CA
	Name, Password string   // of the one account; with a Name nothing is taken without signing in
	Wide           bool     // offers SMTPUTF8
}

// Where a server drops the line.
const (
	AtRcpt    = "rcpt"     // instead of an answer to RCPT
	InText    = "text"     // in the middle of the text
	AtEnd     = "end"      // after the dot: the message is kept, the answer never said
	AtEndLost = "end_lost" // after the dot: the message is not kept either
)

// Manners are how a server behaves. The nought value takes everything.
type Manners struct {
	Mail, Rcpt, End string        // an answer other than yes to MAIL, RCPT or the dot: "451 4.3.0 later"
	Drop            string        // AtRcpt, InText, AtEnd or AtEndLost
	Slow            time.Duration // how long the dot takes: half before the message is kept, half after
	Times           int           // for so many messages only; nought: always
}

// Server is a mail server in a process of its own.
type Server struct {
	t       testing.TB
	setup   Setup
	dir     string
	address string

	mu      sync.Mutex
	changed *sync.Cond
	cmd     *exec.Cmd // nil: stopped
	in      io.WriteCloser
	stored  int // since the first start
	dropped int
	acks    int
	ended   chan struct{}
}

// variable names the folder of a server, and makes a server of the program that finds it.
const variable = "EVERYKIT_MAILTEST"

// longest is how long at most a test waits for a thing that must happen.
const longest = 30 * time.Second

// Start starts a server that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	return StartAs(t, Setup{TLS: mail.NoTLS})
}

// StartAs is Start for a certain kind of server.
func StartAs(t testing.TB, setup Setup) *Server {
	t.Helper()
	s := &Server{t: t, setup: setup, dir: t.TempDir(), address: "127.0.0.1:0"}
	s.changed = sync.NewCond(&s.mu)
	if setup.Secure {
		if err := certificate(s.dir); err != nil {
			t.Fatal(err)
		}
	}
	s.Restart()
	t.Cleanup(s.Stop)
	return s
}

// Address is its host and port, the same after every start.
func (s *Server) Address() string { return s.address }

// CA is the file of the certificate it shows, if it is Secure.
func (s *Server) CA() string { return filepath.Join(s.dir, "ca.pem") }

// Config is how to reach it. Patience is short, so that a test of silence is.
func (s *Server) Config() mail.Config {
	c := mail.Config{
		Address: s.address, TLS: mail.NoTLS, Name: s.setup.Name, Password: s.setup.Password,
		From: "Everykit <kits@example.org>", Site: "https://kits.example.org", Patience: 5 * time.Second,
	}
	if s.setup.Secure {
		c.TLS, c.CA = s.setup.TLS, s.CA()
	}
	return c
}

// Options are what mail.New takes to send to it.
func (s *Server) Options() mail.Options {
	s.t.Helper()
	o, err := s.Config().Options()
	if err != nil {
		s.t.Fatal(err)
	}
	return o
}

// URL is its address for the program's own setting (mail.ParseConfig).
func (s *Server) URL() string { return "smtp://" + s.address + "?tls=none" }

// Stop ends the process at once, as a loss of power would. What it has accepted stays.
func (s *Server) Stop() {
	s.mu.Lock()
	cmd, ended := s.cmd, s.ended
	s.cmd = nil
	s.mu.Unlock()
	if cmd != nil {
		cmd.Process.Kill()
		<-ended
	}
}

// Restart starts it (again) on the same port, with good manners.
func (s *Server) Restart() {
	s.t.Helper()
	s.Stop()
	self, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	order, err := json.Marshal(order{Setup: s.setup, Dir: s.dir, Address: s.address})
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), variable+"="+string(order))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ready, ended := make(chan string, 1), make(chan struct{})
	s.mu.Lock()
	s.cmd, s.in, s.ended, s.acks = cmd, in, ended, 0
	s.mu.Unlock()
	go s.listen(cmd, out, ready, ended)
	select {
	case s.address = <-ready:
	case <-ended:
		s.t.Fatal("the mail server ended at its start")
	case <-time.After(longest):
		s.t.Fatal("the mail server did not start")
	}
}

// listen reads what a process says until it ends.
func (s *Server) listen(cmd *exec.Cmd, out io.Reader, ready chan<- string, ended chan<- struct{}) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			continue
		}
		s.mu.Lock()
		switch e.What {
		case "ready":
			ready <- e.Address
		case "stored":
			s.stored++
		case "dropped":
			s.dropped++
		case "told":
			s.acks++
		}
		s.changed.Broadcast()
		s.mu.Unlock()
	}
	cmd.Wait()
	close(ended)
}

// Behave changes its manners, for what comes after.
func (s *Server) Behave(m Manners) {
	s.t.Helper()
	line, err := json.Marshal(m)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	acks := s.acks
	_, err = s.in.Write(append(line, '\n'))
	s.mu.Unlock()
	if err != nil {
		s.t.Fatal(err)
	}
	s.until("the mail server to take its orders", func() bool { return s.acks > acks })
}

// WaitStored waits until it has kept so many messages since the first start.
func (s *Server) WaitStored(n int) {
	s.t.Helper()
	s.until("messages to arrive", func() bool { return s.stored >= n })
}

// WaitDropped waits until it has dropped the line so many times since the first start.
func (s *Server) WaitDropped(n int) {
	s.t.Helper()
	s.until("the mail server to drop the line", func() bool { return s.dropped >= n })
}

func (s *Server) until(what string, is func() bool) {
	s.t.Helper()
	late := false
	alarm := time.AfterFunc(longest, func() {
		s.mu.Lock()
		late = true
		s.changed.Broadcast()
		s.mu.Unlock()
	})
	defer alarm.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !is() {
		if late {
			s.t.Errorf("waited %v for %s", longest, what)
			return
		}
		s.changed.Wait()
	}
}
