package crash

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is the real binary and a database.
type program struct {
	bin, dsn, dir string
}

// build makes the binary.
func build(t *testing.T, dsn string) *program {
	t.Helper()
	p := &program{dsn: dsn, dir: t.TempDir()}
	p.bin = filepath.Join(p.dir, "everykit")
	make := exec.Command("go", "build", "-o", p.bin, "everykit")
	if out, err := make.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return p
}

const password = "kits for everyone, at hand"

// files are a small place: one outlet for each writer, with more kits than the test can give out.
func files() map[string]string {
	outlets := "code,name,kind,authority,channel\n"
	receipts := "occurred_on,outlet,product,lot,expiry,kits\n"
	for i := range writers {
		outlets += fmt.Sprintf("C%d,Crash %d,drug_service,E09000002,community\n", i, i)
		receipts += fmt.Sprintf("2024-01-02,C%d,prenoxad,LOT%d,2035-01,90000\n", i, i)
	}
	return map[string]string{"outlets": outlets, "receipts": receipts}
}

// prepare fills the database, and gives the journal of what will be written.
func (p *program) prepare(t *testing.T) *journal {
	t.Helper()
	texts := files()
	for _, kind := range []string{"outlets", "receipts"} {
		name := filepath.Join(p.dir, kind+".csv")
		if err := os.WriteFile(name, []byte(texts[kind]), 0o600); err != nil {
			t.Fatal(err)
		}
		p.run(t, "", "import", kind, name)
	}
	for i := range writers {
		p.run(t, password+"\n", "staff", "add", "--email", email(i), "--name", "Crash", "--role", "worker", "--outlet", fmt.Sprintf("C%d", i), "--password-stdin")
	}
	return newJournal()
}

func email(i int) string { return fmt.Sprintf("crash%d@example.org", i) }

// run runs a command to its end and gives what it printed.
func (p *program) run(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	c := exec.Command(p.bin, append(args, "--db", p.dsn)...)
	c.Dir, c.Stdin = p.dir, strings.NewReader(stdin)
	var out, wrong bytes.Buffer
	c.Stdout, c.Stderr = &out, &wrong
	if err := c.Run(); err != nil {
		t.Fatalf("everykit %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), wrong.String())
	}
	return out.String()
}

// running is a server.
type running struct {
	address string
	cmd     *exec.Cmd
}

// mostToStart is how long a server may take to answer after a crash.
const mostToStart = 2 * time.Second

// serve starts the server. That it answers soon is part of what is tested; on a machine that is busy with other tests it
// gets a few times as long before the test gives up, and the log says what it took.
func (p *program) serve(t *testing.T) *running {
	t.Helper()
	r := &running{address: freeAddress(t)}
	r.cmd = exec.Command(p.bin, "serve", "--db", p.dsn, "--listen", r.address, "--metrics", "off")
	r.cmd.Dir = p.dir
	var log bytes.Buffer
	r.cmd.Stderr = &log
	began := time.Now()
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.cmd.Process.Kill(); r.cmd.Wait() })
	for time.Since(began) < 5*mostToStart {
		if res, err := http.Get("http://" + r.address + "/sign-in"); err == nil {
			res.Body.Close()
			if took := time.Since(began); took > mostToStart {
				t.Logf("up again after %v, which is over %v", took, mostToStart)
			}
			return r
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the server did not answer within %v\n%s", 5*mostToStart, log.String())
	return nil
}

func (r *running) kill(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Kill(); err != nil { // SIGKILL
		t.Fatal(err)
	}
	r.cmd.Wait()
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// check compares what is stored with the journal, and recounts.
func (p *program) check(t *testing.T, j *journal) {
	t.Helper()
	p.run(t, "", "verify")
	rows, err := csv.NewReader(strings.NewReader(p.run(t, "", "export", "supplies"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]int{}
	for _, row := range rows[1:] {
		stored[row[0]]++
	}
	j.compare(t, stored)
}

func get(t *testing.T, c *http.Client, url string) string {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
