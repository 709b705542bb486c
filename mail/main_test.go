package mail_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
	"everykit/store/storetest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(childVariable); dsn != "" {
		child(dsn)
		return
	}
	storetest.Main(m)
}

var ctx = context.Background()

const (
	kent   = 10
	surrey = 20
)

var secret = bytes.Repeat([]byte{7}, 32)

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// world is a fresh database with the outbox on it, a clock, a mail server, and what was logged.
type world struct {
	*mail.Outbox
	t      *testing.T
	db     *store.DB
	clock  *clock
	server *mailtest.Server
	log    *bytes.Buffer
	opts   mail.Options
}

// each runs fn on both engines, each with a mail server of its own.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	eachAs(t, mailtest.Setup{TLS: mail.NoTLS}, fn)
}

func eachAs(t *testing.T, setup mailtest.Setup, fn func(t *testing.T, w *world)) {
	t.Helper()
	c := &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	storetest.EachAt(t, c.now, func(t *testing.T, db *store.DB) {
		must(t, db.Migrate(ctx, mail.Schema...))
		s := mailtest.StartAs(t, setup)
		w := &world{t: t, db: db, clock: c, server: s, log: &bytes.Buffer{}, opts: s.Options()}
		w.opts.Key, w.opts.Log = secret, slog.New(slog.NewTextHandler(w.log, nil))
		w.Outbox = mail.New(db, w.opts)
		fn(t, w)
		if out := w.log.String(); strings.Contains(out, "@") || strings.Contains(out, "Kits") {
			t.Errorf("an address or a subject was logged:\n%s", out)
		}
	})
}

// restarted is the outbox of a program that has been started again.
func (w *world) restarted() { w.Outbox = mail.New(w.db, w.opts) }

// through puts a sender in front of the mail server.
func (w *world) through(s mail.Sender) { w.opts.Sender = s; w.restarted() }

// message is one that is like no other.
func message(key string) mail.Message {
	return mail.Message{Area: kent, Key: key, To: "ann@example.org", Subject: "Kits " + key, Text: "Text of " + key + "\n.\nend"}
}

func (w *world) put(m mail.Message) (fresh bool) {
	w.t.Helper()
	must(w.t, w.db.Write(ctx, func(tx *store.Tx) (err error) {
		fresh, err = w.Put(ctx, tx, m)
		return err
	}))
	return fresh
}

func (w *world) once() int {
	w.t.Helper()
	n, err := w.Once(ctx)
	must(w.t, err)
	return n
}

// entry is what is known of kent's message.
func (w *world) entry(key string) mail.Entry {
	w.t.Helper()
	list, err := w.Log(ctx, kent, key)
	must(w.t, err)
	for _, e := range list {
		if e.Key == key {
			return e
		}
	}
	w.t.Fatalf("nothing is known of %s", key)
	return mail.Entry{}
}

func (w *world) wantState(key string, want mail.State) {
	w.t.Helper()
	if e := w.entry(key); e.State != want {
		w.t.Errorf("%s is %v (%s), want %v", key, e.State, e.Why, want)
	}
}

// wantArrived asks for the number of messages that the server accepted, by key.
func (w *world) wantArrived(want map[string]int) {
	w.t.Helper()
	got := map[string]int{}
	for _, m := range w.server.Messages() {
		key := strings.TrimPrefix(m.Subject, "Kits ")
		if id := mail.IDOf(kent, key).String() + "@kits.example.org"; m.ID != id {
			w.t.Errorf("%s came with the Message-ID %s, want %s", key, m.ID, id)
		}
		got[key]++
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("arrived %v, want %v", got, want)
	}
}

// gate is a sender with something that happens between the text and the end of it, and after the answer.
type gate struct {
	mail.Sender
	before, after func()
}

func (g *gate) Send(ctx context.Context, l mail.Letter, closing func() error) mail.Outcome {
	out := g.Sender.Send(ctx, l, func() error {
		if f := g.before; f != nil {
			g.before = nil
			f()
		}
		return closing()
	})
	if f := g.after; f != nil {
		g.after = nil
		f()
	}
	return out
}

func wantKind(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v (%v), want %v", fault.KindOf(err), err, kind)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
