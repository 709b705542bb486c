package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/cli"
)

// server is a command that serves, run within the test.
type server struct {
	t     *testing.T
	stop  context.CancelFunc
	code  chan int
	mu    sync.Mutex
	said  bytes.Buffer // all of its stderr
	out   bytes.Buffer // its stdout; read it only after it serves
	lines chan map[string]any
	home  string // address of the pages, without a slash at the end
	watch string // address of health and metrics
}

// serve runs a command line until it serves. What it writes to stderr must be a log of JSON.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &server{t: t, stop: cancel, code: make(chan int, 1), lines: make(chan map[string]any, 1000)}
	in, out := io.Pipe()
	go func() {
		s.code <- cli.Run(ctx, args, cli.Streams{In: strings.NewReader(""), Out: &s.out, Err: out, Env: func(string) string { return "" }})
		out.Close()
	}()
	go s.read(in)
	t.Cleanup(func() {
		cancel()
		select {
		case <-s.code:
		case <-time.After(20 * time.Second):
			t.Error("the server did not stop")
		}
	})
	for s.home == "" {
		line := s.line()
		switch line["msg"] {
		case "serving":
			s.home = strings.TrimSuffix(line["address"].(string), "/")
		case "watching":
			s.watch = strings.TrimSuffix(line["health"].(string), "/health")
		}
	}
	return s
}

func (s *server) read(in io.Reader) {
	defer close(s.lines)
	for lines := bufio.NewScanner(in); lines.Scan(); {
		s.mu.Lock()
		s.said.Write(lines.Bytes())
		s.said.WriteByte('\n')
		s.mu.Unlock()
		var line map[string]any
		if json.Unmarshal(lines.Bytes(), &line) == nil {
			select {
			case s.lines <- line:
			default: // nobody waits for it
			}
		}
	}
}

func (s *server) line() map[string]any {
	s.t.Helper()
	select {
	case line, ok := <-s.lines:
		if !ok {
			s.t.Fatalf("the server ended: %s", s.log())
		}
		return line
	case <-time.After(60 * time.Second):
		s.t.Fatalf("the server does not serve: %s", s.log())
		return nil
	}
}

func (s *server) log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

func (s *server) get(address string) (int, string) {
	s.t.Helper()
	res, err := http.Get(address)
	if err != nil {
		s.t.Fatal(err)
	}
	return read(s.t, res)
}

func read(t *testing.T, res *http.Response) (int, string) {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// canary is a word that must be nowhere but in the request that holds it.
const canary = "canary-7f3a"

func TestServeAnswersWatchesAndKeepsQuietAboutPeople(t *testing.T) {
	s := serve(t, "serve", "--db", filepath.Join(t.TempDir(), "one.db"), "--listen", "127.0.0.1:0", "--log", "json")
	if code, _ := s.get(s.home + "/sign-in?to=/" + canary); code != http.StatusOK {
		t.Errorf("sign-in page: status %d", code)
	}
	if code, _ := s.get(s.home + "/people/" + canary); code != http.StatusNotFound {
		t.Errorf("no such page: status %d", code)
	}
	form := strings.NewReader("email=" + canary + "%40example.org&password=" + canary)
	res, err := http.Post(s.home+"/sign-in", "application/x-www-form-urlencoded", form)
	if err != nil {
		t.Fatal(err)
	}
	if code, _ := read(t, res); code < 400 || code >= 500 {
		t.Errorf("wrong password: status %d", code)
	}
	huge := strings.NewReader("email=" + strings.Repeat("a", 2<<20))
	if res, err = http.Post(s.home+"/sign-in", "application/x-www-form-urlencoded", huge); err != nil {
		t.Fatal(err)
	}
	if code, _ := read(t, res); code < 400 || code >= 500 {
		t.Errorf("a form of 2 MB: status %d", code)
	}

	if code, body := s.get(s.watch + "/health"); code != http.StatusOK || !strings.Contains(body, `"ok"`) {
		t.Errorf("health: %d %s", code, body)
	}
	code, body := s.get(s.watch + "/metrics")
	for _, want := range []string{
		`everykit_requests_total{route="GET /sign-in",status="200"} 1`, `everykit_requests_total{route="none",status="404"} 1`,
		`everykit_request_seconds_count{route="POST /sign-in"} 2`, "everykit_database_up 1",
	} {
		if code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("metrics (%d) lack %s", code, want)
		}
	}
	if code, _ := s.get(s.home + "/metrics"); code != http.StatusNotFound {
		t.Errorf("metrics at the address of the pages: status %d", code)
	}
	if strings.Contains(body, canary) || strings.Contains(s.log(), canary) {
		t.Errorf("what people sent is in the metrics or the log:\n%s", s.log())
	}
	if !strings.Contains(s.log(), `"route":"POST /sign-in"`) {
		t.Errorf("the log does not name routes:\n%s", s.log())
	}
}

func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	s := serve(t, "serve", "--db", filepath.Join(t.TempDir(), "one.db"), "--listen", "127.0.0.1:0", "--log", "json")
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.home, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := "email=nobody%40example.org&password=wrong"
	fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body[:10])
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, metrics := s.get(s.watch + "/metrics"); strings.Contains(metrics, "everykit_requests_under_way 1\n") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the request never began")
		}
	}
	s.stop()
	for s.line()["msg"] != "stopping" {
	}
	if _, err := conn.Write([]byte(body[10:])); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 4")) {
		t.Errorf("the request under way got %.60q, %v", answer, err)
	}
	code := <-s.code
	s.code <- code
	if code != 0 {
		t.Errorf("exit code %d\n%s", code, s.log())
	}
	if _, err := http.Get(s.home + "/sign-in"); err == nil {
		t.Error("it answers after it has stopped")
	}
}

func TestServeRefusesAnAddressInUse(t *testing.T) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	path := filepath.Join(t.TempDir(), "one.db")
	var said bytes.Buffer
	code := cli.Run(context.Background(), []string{"serve", "--listen", at.Addr().String(), "--db", path},
		cli.Streams{Out: io.Discard, Err: &said, Env: func(string) string { return "" }})
	if code != 1 || !strings.Contains(said.String(), "nothing can be served at "+at.Addr().String()) || !strings.Contains(said.String(), "\n  try: ") {
		t.Errorf("exit code %d: %s", code, said.String())
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a database was made")
	}
}
