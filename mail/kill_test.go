package mail_test

import (
	"context"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
	"everykit/store/storetest"
)

// The variables that make a sending process of this test program.
const (
	childVariable  = "EVERYKIT_MAIL_CHILD"  // the database
	serverVariable = "EVERYKIT_MAIL_SERVER" // the address of the mail server
)

// shortLease lets the next process begin soon after one was killed.
const shortLease = 200 * time.Millisecond

// child sends until it is killed, or until the program that started it has ended.
func child(dsn string) {
	db, err := store.Open(ctx, dsn, nil)
	if err != nil {
		panic(err)
	}
	c, err := mail.ParseConfig(os.Getenv(serverVariable), "", "kits@example.org", "https://kits.example.org")
	if err != nil {
		panic(err)
	}
	opts, err := c.Options()
	if err != nil {
		panic(err)
	}
	opts.Lease, opts.Poll = shortLease, 5*time.Millisecond
	go mail.New(db, opts).Run(ctx)
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// TestKilledOnSQLite and TestKilledOnPostgres kill the sending process (SIGKILL) at moments of no choice, again and
// again. Nothing is there twice; what is not there is Unsure, and nothing else is missing.
func TestKilledOnSQLite(t *testing.T) {
	killed(t, filepath.Join(t.TempDir(), "mail.db"), 20)
}

func TestKilledOnPostgres(t *testing.T) {
	killed(t, storetest.PostgresDSN(t), 5)
}

// perCycle is how many messages are put before each start, some of which are left over at the kill.
const perCycle = 6

func killed(t *testing.T, dsn string, cycles int) {
	db, err := store.Open(ctx, dsn, nil)
	must(t, err)
	defer db.Close()
	must(t, db.Migrate(ctx, mail.Schema...))
	server := mailtest.Start(t)
	opts := server.Options()
	opts.Lease = shortLease
	o := mail.New(db, opts)
	midway := 0
	for cycle := range cycles {
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			for n := range perCycle {
				if _, err := o.Put(ctx, tx, message(strconv.Itoa(cycle)+"/"+strconv.Itoa(n))); err != nil {
					return err
				}
			}
			return nil
		}))
		before := len(server.Messages())
		slow := time.Duration(rand.IntN(4)) * time.Millisecond
		if cycle%4 == 0 { // so slow that the kill comes before the answer, however busy the machine
			slow = 200 * time.Millisecond
		}
		server.Behave(mailtest.Manners{Slow: slow})
		kill := startChild(t, dsn, server.URL())
		server.WaitStored(before + 1 + rand.IntN(perCycle-2))
		time.Sleep(time.Duration(rand.IntN(25)) * time.Millisecond) // the moment of the kill is what this draws
		kill()
		must(t, db.Read(ctx, func(tx *store.Tx) error {
			var n int
			_, err := tx.Get(ctx, []any{&n}, "SELECT COUNT(*) FROM outbox WHERE state IN (?, ?)", int(mail.Sending), int(mail.Closing))
			midway += n
			return err
		}))
	}
	finish(t, o)
	arrived := map[string]int{}
	for _, m := range server.Messages() {
		arrived[m.ID]++
	}
	list, err := o.Log(ctx, kent, "")
	must(t, err)
	if len(list) != cycles*perCycle {
		t.Errorf("%d messages are known of, want %d", len(list), cycles*perCycle)
	}
	unsure := 0
	for _, e := range list {
		n := arrived[e.ID.String()+"@kits.example.org"]
		switch {
		case e.State == mail.Sent && n == 1:
		case e.State == mail.Unsure && n <= 1:
			unsure++
		default:
			t.Errorf("message %s is %v and arrived %d times", e.Key, e.State, n)
		}
	}
	t.Logf("%d messages, %d kills, %d of them in the middle of a message, %d messages unsure", len(list), cycles, midway, unsure)
	if midway == 0 {
		t.Error("no kill came in the middle of a message: this tested nothing")
	}
}

// startChild starts a sending process; kill ends it at once.
func startChild(t *testing.T, dsn, server string) (kill func()) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	c := exec.Command(self)
	c.Env = append(os.Environ(), childVariable+"="+dsn, serverVariable+"="+server)
	c.Stderr = os.Stderr
	_, err = c.StdinPipe()
	must(t, err)
	must(t, c.Start())
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	return func() { c.Process.Kill(); c.Wait() }
}

// finish sends what is left, once the lease of the last that was killed is over.
func finish(t *testing.T, o *mail.Outbox) {
	t.Helper()
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(shortLease / 4) {
		_, err := o.Once(ctx)
		must(t, err)
		if c, err := o.Counts(ctx); err != nil || c.Waiting == 0 {
			must(t, err)
			return
		}
	}
	t.Fatal("messages are left that nobody sends")
}

// TestTwoLoops has two outboxes with databases of their own connections send at once: each message goes out once.
func TestTwoLoops(t *testing.T) {
	const messages = 40
	for name, dsn := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "mail.db"), "postgres": storetest.PostgresDSN(t)} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t)
			ctx, stop := context.WithCancel(ctx)
			var loops sync.WaitGroup
			var first *mail.Outbox
			for range 2 {
				db, err := store.Open(ctx, dsn, nil)
				must(t, err)
				defer db.Close()
				must(t, db.Migrate(ctx, mail.Schema...))
				opts := server.Options()
				opts.Poll = time.Millisecond
				o := mail.New(db, opts)
				loops.Go(func() { o.Run(ctx) })
				if first == nil {
					first = o
				}
				for n := range messages {
					must(t, db.Write(ctx, func(tx *store.Tx) error { _, err := o.Put(ctx, tx, message(strconv.Itoa(n))); return err }))
				}
			}
			server.WaitStored(messages)
			stop()
			loops.Wait()
			seen := map[string]int{}
			for _, m := range server.Messages() {
				seen[strings.TrimPrefix(m.Subject, "Kits ")]++
			}
			for n := range messages {
				if got := seen[strconv.Itoa(n)]; got != 1 {
					t.Errorf("message %d arrived %d times", n, got)
				}
			}
			c, err := first.Counts(context.Background())
			if must(t, err); c != (mail.Counts{}) {
				t.Errorf("left over: %+v", c)
			}
		})
	}
}
