package crash

import (
	"bytes"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strconv"
	"syscall"
	"testing"
)

// postServer is a running program that sends e-mail.
type postServer struct {
	*running
	metrics string
	office  *office
	log     bytes.Buffer
}

// start starts a server and does not wait for it: it may be killed before it answers.
func (o *office) start(t *testing.T) *postServer {
	t.Helper()
	s := &postServer{running: &running{address: freeAddress(t)}, metrics: freeAddress(t), office: o}
	s.cmd = exec.Command(o.bin, "serve", "--db", o.dsn, "--listen", s.address, "--metrics", s.metrics, "--mail", o.smtp.URL(), "--log", "errors")
	s.cmd.Dir, s.cmd.Stderr = o.dir, &s.log
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	o.running++
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		if t.Failed() && s.log.Len() > 0 {
			t.Logf("a server said:\n%s", s.log.String())
		}
	})
	return s
}

func (s *postServer) answers() bool {
	res, err := http.Get("http://" + s.address + "/sign-in")
	if err == nil {
		res.Body.Close()
	}
	return err == nil
}

// kill ends it at once.
func (s *postServer) kill(t *testing.T) {
	t.Helper()
	s.running.kill(t)
	s.office.kills++
	s.office.ended(t)
}

// stop ends it as an operator does, once it has come so far that it can be told to.
func (s *postServer) stop(t *testing.T) {
	t.Helper()
	eventually(t, "the server to answer", s.answers)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("a server that was told to stop ended with %v", err)
	}
	s.office.ended(t)
}

// mails is the number of e-mails in a state, as its metrics say; -1 while there are none.
func (s *postServer) mails(state string) int {
	res, err := http.Get("http://" + s.metrics + "/metrics")
	if err != nil {
		return -1
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	found := regexp.MustCompile(`(?m)^everykit_mail_messages\{state="` + state + `"\} (\d+)$`).FindSubmatch(body)
	if err != nil || found == nil {
		return -1
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		return -1
	}
	return n
}

// none asks that no message is in a state in which none may be here when all is done.
func (s *postServer) none(t *testing.T) {
	t.Helper()
	for _, state := range []string{"waiting", "refused", "gave_up"} {
		if n := s.mails(state); n != 0 {
			t.Errorf("%d messages are %s", n, state)
		}
	}
}
