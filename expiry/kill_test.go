package expiry_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/expiry"
	"everykit/ledger"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/notice"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

// childVariable names the database of a process of this test program that makes digests.
const childVariable = "EVERYKIT_EXPIRY_CHILD"

// child ticks until it is killed, or until the program that started it has ended.
func child(dsn string) {
	fail := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	db, err := store.Open(ctx, dsn, func() time.Time { return start })
	fail(err)
	london, err := time.LoadLocation("Europe/London")
	fail(err)
	reg, people := registry.New(db), staff.New(db, staff.Options{})
	led := ledger.New(db, reg, nil, london)
	post := mail.New(db, mail.Options{})
	x := expiry.New(db, reg, led, notice.New(db, reg, led, post, site), people, post, site)
	go func() {
		for {
			fail(x.Tick(ctx))
		}
	}()
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// TestKilled ends the process that makes digests (SIGKILL) in the middle, again and again: in the end everybody has one.
func TestKilled(t *testing.T) {
	for engine, dsn := range map[string]func() string{
		"sqlite":   func() string { return filepath.Join(t.TempDir(), "test.db") },
		"postgres": func() string { return storetest.PostgresDSN(t) },
	} {
		t.Run(engine, func(t *testing.T) { killed(t, dsn()) })
	}
}

func killed(t *testing.T, dsn string) {
	const people = 60
	db, err := store.Open(ctx, dsn, func() time.Time { return start })
	must(t, err)
	defer db.Close()
	server := mailtest.Start(t)
	w := newWorld(t, db, &clock{t: start}, server.Options())
	w.receive("2026-02-01", "Alder", "pen", "PAST", "2026-05", 4)
	o := w.outlet("Alder")
	for i := range people {
		id, err := w.people.Create(ctx, staff.Operator(), staff.Draft{
			Email: "p" + strconv.Itoa(i) + "@example.org", Name: "Somebody", Role: staff.Worker, Area: o.Area, Outlets: []staff.Place{{Area: o.Area, Outlet: o.ID}},
		}, "")
		must(t, err)
		must(t, w.Wish(ctx, staff.Person{ID: id, Role: staff.Worker}, true))
	}
	done := func() (n int) {
		must(t, db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Get(ctx, []any{&n}, "SELECT COUNT(*) FROM digest_done")
			return err
		}))
		return n
	}
	midway := 0
	for _, at := range []int{1, 10, 20, 30, 45} {
		kill := startChild(t, dsn)
		for done() < at {
		}
		kill()
		if n := done(); n < people {
			midway++
		}
	}
	if midway == 0 {
		t.Error("no process was killed in the middle")
	}
	must(t, w.Tick(ctx))
	for {
		n, err := w.post.Once(ctx)
		must(t, err)
		if n == 0 {
			break
		}
	}
	got := map[string]int{}
	for _, m := range server.Messages() {
		got[m.To]++
		if !strings.Contains(m.Text, "4 kits of Pen, lot PAST") {
			t.Errorf("half a digest:\n%s", m.Text)
		}
	}
	for i := range people {
		if n := got["p"+strconv.Itoa(i)+"@example.org"]; n != 1 {
			t.Errorf("number %d has got %d digests", i, n)
		}
	}
}

// startChild starts a process that ticks; kill ends it at once and waits until it is gone.
func startChild(t *testing.T, dsn string) (kill func()) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"="+dsn)
	cmd.Stderr = os.Stderr
	_, err = cmd.StdinPipe()
	must(t, err)
	must(t, cmd.Start())
	ended := false
	kill = func() {
		if !ended {
			ended = true
			cmd.Process.Kill()
			cmd.Wait()
		}
	}
	t.Cleanup(kill)
	return kill
}
