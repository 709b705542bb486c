package mail_test

import (
	"testing"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
	"everykit/store/storetest"
)

// TestDroppedBeforeTheEnd loses the line at RCPT, in the middle of the text, and between the text and its end: each time
// it is known that nothing was accepted, and the message arrives once without anybody's help.
func TestDroppedBeforeTheEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.server.Behave(mailtest.Manners{Drop: mailtest.AtRcpt, Times: 1})
		w.put(message("rcpt"))
		w.once()
		w.wantState("rcpt", mail.Waiting)
		w.clock.move(time.Minute)
		w.once()
		w.wantArrived(map[string]int{"rcpt": 1})

		g := &gate{Sender: w.opts.Sender, before: func() { w.server.WaitDropped(2) }}
		w.through(g)
		w.server.Behave(mailtest.Manners{Drop: mailtest.InText, Times: 1})
		w.put(message("text"))
		w.once()
		w.wantState("text", mail.Waiting)
		w.clock.move(time.Minute)
		w.once()
		w.wantArrived(map[string]int{"rcpt": 1, "text": 1})

		g.before = func() { w.server.Stop() }
		w.put(message("died"))
		w.once()
		w.wantState("died", mail.Waiting)
		w.server.Restart()
		w.clock.move(5 * time.Minute)
		w.once()
		w.wantArrived(map[string]int{"rcpt": 1, "text": 1, "died": 1})
	})
}

// TestKeptLineGivenUp has the server end a line between two letters: the second goes out over a new one at once.
func TestKeptLineGivenUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.through(&gate{Sender: w.opts.Sender, after: func() { w.server.Restart() }})
		w.put(message("a"))
		w.clock.move(time.Second)
		w.put(message("b"))
		w.once()
		w.wantState("b", mail.Sent)
		w.wantArrived(map[string]int{"a": 1, "b": 1})
	})
}

// TestDroppedAfterTheEnd loses the answer. Nobody can know; so it is not sent again, however long it takes, until a
// person says so.
func TestDroppedAfterTheEnd(t *testing.T) {
	for drop, arrived := range map[string]map[string]int{mailtest.AtEnd: {"a": 1}, mailtest.AtEndLost: {}} {
		t.Run(drop, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.server.Behave(mailtest.Manners{Drop: drop, Times: 1})
				w.put(message("a"))
				w.once()
				w.restarted()
				for range 20 {
					w.clock.move(24 * time.Hour)
					w.once()
				}
				w.wantState("a", mail.Unsure)
				w.wantArrived(arrived)
				list, err := w.Unsure(ctx)
				if must(t, err); len(list) != 1 || list[0].Key != "a" || !list[0].Kept {
					t.Errorf("unsure are %+v", list)
				}
				if list, err = w.Unsure(ctx, surrey); err != nil || len(list) != 0 {
					t.Errorf("unsure in another area: %+v, %v", list, err)
				}
				if list, err = w.Unsure(ctx, surrey, kent); err != nil || len(list) != 1 {
					t.Errorf("unsure in both areas: %+v, %v", list, err)
				}
				c, err := w.Counts(ctx)
				if must(t, err); c != (mail.Counts{Unsure: 1}) {
					t.Errorf("counted %+v", c)
				}
				must(t, w.db.Write(ctx, func(tx *store.Tx) error { return mail.SendAgain(ctx, tx, kent, list[0].ID) }))
				w.once()
				w.wantState("a", mail.Sent)
				w.wantArrived(map[string]int{"a": arrived["a"] + 1}) // with the same Message-ID
				wantKind(t, w.db.Write(ctx, func(tx *store.Tx) error { return mail.SendAgain(ctx, tx, kent, list[0].ID) }), fault.Refused)
				wantKind(t, w.db.Write(ctx, func(tx *store.Tx) error { return mail.SendAgain(ctx, tx, surrey, list[0].ID) }), fault.NotFound)
			})
		})
	}
}

// TestSilentAfterTheEnd has a server that never answers the dot in time.
func TestSilentAfterTheEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.server.Config()
		c.Patience = 1500 * time.Millisecond
		opts, err := c.Options()
		must(t, err)
		w.through(opts.Sender)
		w.server.Behave(mailtest.Manners{Slow: time.Minute, Times: 1})
		w.put(message("a"))
		w.once()
		w.wantState("a", mail.Unsure)
	})
}

// TestOneSends has another process try while one sends: it leaves everything alone, and may begin when the first is done.
func TestOneSends(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := mail.New(w.db, w.server.Options())
		g := &gate{Sender: w.opts.Sender, before: func() {
			if n, err := other.Once(ctx); n != 0 || err != nil {
				t.Errorf("the other sent %d, %v", n, err)
			}
			w.wantState("a", mail.Sending)
		}}
		w.through(g)
		w.put(message("a"))
		w.clock.move(time.Second)
		w.put(message("b"))
		w.once()
		w.put(message("c"))
		if n, err := other.Once(ctx); n != 1 || err != nil {
			t.Errorf("afterwards the other sent %d, %v", n, err)
		}
		w.wantArrived(map[string]int{"a": 1, "b": 1, "c": 1})
	})
}

// TestTakenOver has a process sleep between the text and its end for longer than its lease, while another takes its
// message over and sends it. The first must not say the end.
func TestTakenOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.server.Options()
		g := &gate{Sender: w.opts.Sender, before: func() {
			w.clock.move(time.Hour) // the lease has run out
			if n, err := mail.New(w.db, other).Once(ctx); n != 1 || err != nil {
				t.Errorf("the other sent %d, %v", n, err)
			}
		}}
		w.through(g)
		w.put(message("a"))
		w.once()
		w.wantState("a", mail.Sent)
		w.wantArrived(map[string]int{"a": 1})
	})
}

// TestSleptAfterTheEnd has a process sleep between the end and writing down the answer: the other takes the message for
// Unsure and does not send it; when the first wakes up it is known to be sent.
func TestSleptAfterTheEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.server.Options()
		g := &gate{Sender: w.opts.Sender, after: func() {
			w.clock.move(time.Hour)
			if n, err := mail.New(w.db, other).Once(ctx); n != 0 || err != nil {
				t.Errorf("the other sent %d, %v", n, err)
			}
			w.wantState("a", mail.Unsure)
		}}
		w.through(g)
		w.put(message("a"))
		w.once()
		w.wantState("a", mail.Sent)
		w.wantArrived(map[string]int{"a": 1})
	})
}

// TestDatabaseDiesAfterTheEnd kills PostgreSQL between the answer and the commit of it: it is written down when the
// database is back.
func TestDatabaseDiesAfterTheEnd(t *testing.T) {
	server, post := storetest.OwnServer(t), mailtest.Start(t)
	db, err := store.Open(ctx, server.DSN(), nil)
	must(t, err)
	defer db.Close()
	must(t, db.Migrate(ctx, mail.Schema...))
	opts := post.Options()
	opts.Sender = &gate{Sender: opts.Sender, after: func() { server.Kill(); server.Start() }}
	o := mail.New(db, opts)
	must(t, db.Write(ctx, func(tx *store.Tx) error { _, err := o.Put(ctx, tx, message("a")); return err }))
	_, err = o.Once(ctx)
	must(t, err)
	list, err := o.Log(ctx, kent, "a")
	if must(t, err); len(list) != 1 || list[0].State != mail.Sent || len(post.Messages()) != 1 {
		t.Errorf("known is %+v, %d arrived", list, len(post.Messages()))
	}
}

// TestDrop takes out what has not been sent, also in the middle of a try, and nothing that was.
func TestDrop(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		drop := func(key string) (dropped bool) {
			must(t, w.db.Write(ctx, func(tx *store.Tx) (err error) {
				dropped, err = mail.Drop(ctx, tx, kent, mail.IDOf(kent, key))
				return err
			}))
			return dropped
		}
		w.put(message("a"))
		w.put(message("b"))
		if !drop("a") || drop("a") || drop("never put") {
			t.Error("dropping a waiting message did not work once and once only")
		}
		w.through(&gate{Sender: w.opts.Sender, before: func() {
			if !drop("b") {
				t.Error("a message in the middle of its text could not be dropped")
			}
		}})
		w.once()
		w.put(message("c"))
		w.once()
		if drop("c") {
			t.Error("a message that was sent could be dropped")
		}
		w.wantArrived(map[string]int{"c": 1})
		w.wantState("a", mail.Dropped)
		w.wantState("b", mail.Dropped)
		if w.entry("b").Kept {
			t.Error("the text of a dropped message is kept")
		}
		if w.put(message("a")) {
			t.Error("a dropped message came back")
		}
	})
}
