package storetest

import (
	"os/exec"
	"syscall"
	"testing"
)

// Server is a PostgreSQL server of one test's own, which the test may kill and start again.
type Server struct {
	t testing.TB
	c *cluster
}

// OwnServer starts one, with an empty database; it ends with the test.
func OwnServer(t testing.TB) *Server {
	t.Helper()
	c, err := start()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	t.Cleanup(c.stop)
	return &Server{t, c}
}

// DSN is the address of its database.
func (s *Server) DSN() string { return s.c.address("postgres") }

// Kill ends every process of the server at once, as a loss of power would.
func (s *Server) Kill() {
	s.t.Helper()
	if err := syscall.Kill(-s.c.cmd.Process.Pid, syscall.SIGKILL); err != nil {
		s.t.Fatal(err)
	}
	s.c.cmd.Wait()
}

// Start starts it again on the same data and waits until it answers.
func (s *Server) Start() {
	s.t.Helper()
	old := s.c.cmd
	s.c.cmd = exec.Command(old.Path, old.Args[1:]...)
	s.c.cmd.SysProcAttr, s.c.cmd.Dir = old.SysProcAttr, s.c.dir
	if err := s.c.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	if err := s.c.wait(); err != nil {
		s.t.Fatal(err)
	}
}
