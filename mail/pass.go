package mail

import (
	"context"
	"errors"
	"time"

	"everykit/fault"
	"everykit/store"
)

// claimed is a row this process is about to send.
type claimed struct {
	area    int
	id      ID
	private bool
	tries   int // with this one
	giveUp  int64
	token   []byte // of this try; nil before there is one
	letter  Letter
}

// Once sends what is due now and gives how many messages reached an end or another wait. It does nothing where another
// process sends. Run does this again and again; tests and commands may call it themselves.
func (o *Outbox) Once(ctx context.Context) (done int, err error) {
	o.pass.Lock()
	defer o.pass.Unlock()
	if !o.Sends() {
		return 0, nil
	}
	from, err := originOf(o.opts.From, o.opts.Site)
	if err != nil {
		return 0, err
	}
	busy, err := o.anything(ctx)
	if err != nil || !busy {
		return 0, err
	}
	ours, err := o.begin(ctx)
	if err != nil || !ours {
		return 0, err
	}
	stop := o.hold(ctx)
	defer func() {
		stop()
		o.opts.Sender.Rest()
		err = errors.Join(err, o.release(ctx))
	}()
	for ctx.Err() == nil {
		c, more, err := o.claim(ctx, from)
		if err != nil || !more {
			return done, err
		}
		done++
		if c == nil { // ended without a try
			continue
		}
		out := o.opts.Sender.Send(ctx, c.letter, func() error { return o.close(ctx, c) })
		if err := o.record(ctx, c, out); err != nil {
			return done, err
		}
	}
	return done, nil
}

// anything reports whether a pass would find something to do, without writing.
func (o *Outbox) anything(ctx context.Context) (found bool, err error) {
	err = o.db.Read(ctx, func(tx *store.Tx) error {
		var one int
		query, args := "SELECT 1 FROM outbox WHERE state <= 3 AND due_at <= ?", []any{tx.Now.UnixMilli()}
		if tx.Now.Before(o.awayUntil) {
			query += " AND (state <> ? OR give_up_at <= ?)"
			args = append(args, int(Waiting), tx.Now.UnixMilli())
		}
		found, err = tx.Get(ctx, []any{&one}, query+" LIMIT 1", args...)
		return err
	})
	return found, err
}

// begin takes the lease and judges what a process left that ended in the middle. No pass of our own is under way, and
// no other process holds the lease: so what is Sending was not accepted, and of what is Closing nobody knows.
func (o *Outbox) begin(ctx context.Context) (ours bool, err error) {
	var unsure int64
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		if ours, err = o.take(ctx, tx); err != nil || !ours {
			return err
		}
		now := tx.Now.UnixMilli()
		if _, err := tx.Exec(ctx, "UPDATE outbox SET state = ?, at = ?, why = ? WHERE state <= 3 AND state = ?",
			int(Waiting), now, "the sending process ended before the end of the text", int(Sending)); err != nil {
			return err
		}
		unsure, err = tx.Exec(ctx, "UPDATE outbox SET state = ?, at = ?, why = ? WHERE state <= 3 AND state = ?",
			int(Unsure), now, "the sending process ended while the mail server was taking it", int(Closing))
		return err
	})
	if err == nil && unsure > 0 {
		o.opts.Log.Warn("mail: messages that may or may not have been accepted; a person decides", "unsure", unsure)
	}
	return ours, err
}

// claim takes the row that has been due longest. c is nil, and more true, if that row ended without a try.
func (o *Outbox) claim(ctx context.Context, from origin) (c *claimed, more bool, err error) {
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		c, more = nil, false
		ours, err := o.take(ctx, tx)
		if err != nil || !ours {
			return err
		}
		now := tx.Now.UnixMilli()
		next, query, args := &claimed{}, nextQuery, []any{int(Waiting), now}
		if tx.Now.Before(o.awayUntil) {
			query, args = query+" AND give_up_at <= ?", append(args, now)
		}
		var id, sealed []byte
		var words struct{ subject, to, text, unsubscribe *string }
		var ready int64
		more, err = tx.Get(ctx, []any{&next.area, &id, &next.private, &words.subject, &words.to, &words.text, &words.unsubscribe, &sealed, &ready, &next.tries, &next.giveUp},
			query+" ORDER BY due_at, area, id LIMIT 1", args...)
		if err != nil || !more {
			return err
		}
		next.id = ID(id)
		if next.giveUp <= now {
			return o.end(ctx, tx, next, GaveUp, "not sent within its time")
		}
		next.tries++
		held := contents{value(words.to), value(words.text), value(words.unsubscribe)}
		if next.private {
			if held, err = o.seal.open(next.area, next.id, sealed); err != nil {
				return o.wait(ctx, tx, next, err.Error())
			}
		}
		if next.letter, err = from.letter(next.id, held, value(words.subject), time.UnixMilli(ready)); err != nil {
			return o.end(ctx, tx, next, Refused, "it cannot be written as an e-mail")
		}
		next.token = token()
		if _, err = tx.Exec(ctx, "UPDATE outbox SET state = ?, at = ?, tries = ?, try = ? WHERE area = ? AND id = ?", int(Sending), now, next.tries, next.token, next.area, id); err != nil {
			return err
		}
		c = next
		return nil
	})
	return c, more, err
}

const nextQuery = `SELECT area, id, private, subject, recipient, body, unsubscribe, sealed, ready_at, tries, give_up_at
FROM outbox WHERE state <= 3 AND state = ? AND due_at <= ?`

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// errTaken is what close gives when the row is no longer this try's: dropped, or taken over by another process.
var errTaken = errors.New("the message is no longer this try's")

// close marks a row just before its letter can be accepted. It is the fence: only the try that the row names may pass.
func (o *Outbox) close(ctx context.Context, c *claimed) error {
	return o.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE outbox SET state = ?, at = ? WHERE area = ? AND id = ? AND try = ? AND state IN (?, ?)",
			int(Closing), tx.Now.UnixMilli(), c.area, c.id[:], c.token, int(Sending), int(Closing))
		if err == nil && n == 0 {
			err = errTaken
		}
		return err
	})
}

// Times of record while the database is away.
const (
	recordEvery  = time.Second
	recordOnStop = 5 // tries more when told to stop
)

// record writes what a try came to. We know it now and perhaps never again: so it is tried until the database takes it.
func (o *Outbox) record(ctx context.Context, c *claimed, out Outcome) error {
	if c.private {
		out.Why = codesOnly(out.Why)
	}
	told, ctx := ctx, context.WithoutCancel(ctx)
	for left := recordOnStop; ; {
		var now time.Time
		err := o.db.Write(ctx, func(tx *store.Tx) error {
			now = tx.Now
			return o.settle(ctx, tx, c, out)
		})
		if !fault.Is(err, fault.Unavailable) || left == 0 {
			o.notice(out.Verdict, now)
			return err
		}
		o.opts.Log.Error("mail: what became of a message could not be written", "id", c.id.String(), "why", err.Error())
		if told.Err() != nil {
			left--
		}
		time.Sleep(recordEvery)
	}
}

// notice remembers how the mail server itself does: while it is away nobody's message is tried.
func (o *Outbox) notice(v Verdict, now time.Time) {
	if v != Away {
		o.away = 0
		return
	}
	o.away++
	o.awayUntil = now.Add(min(backoff(o.away), longestAway))
}

func (o *Outbox) settle(ctx context.Context, tx *store.Tx, c *claimed, out Outcome) error {
	switch out.Verdict {
	case Accepted:
		return o.end(ctx, tx, c, Sent, "")
	case Never:
		return o.end(ctx, tx, c, Refused, out.Why)
	case Unknown:
		return o.end(ctx, tx, c, Unsure, out.Why)
	case Away:
		return o.back(ctx, tx, c, tx.Now, out.Why) // it is nothing about this message: it keeps its place
	}
	return o.wait(ctx, tx, c, out.Why)
}

// wait puts a row back until its next try.
func (o *Outbox) wait(ctx context.Context, tx *store.Tx, c *claimed, why string) error {
	return o.back(ctx, tx, c, tx.Now.Add(backoff(c.tries)), why)
}

func (o *Outbox) back(ctx context.Context, tx *store.Tx, c *claimed, due time.Time, why string) error {
	return o.change(ctx, tx, c, Waiting, "state = ?, at = ?, tries = ?, why = ?, due_at = ?",
		int(Waiting), tx.Now.UnixMilli(), c.tries, why, min(due.UnixMilli(), max(c.giveUp, tx.Now.UnixMilli())))
}

// end gives a row its last state, or Unsure. What is private is erased with it, but not while nobody knows.
func (o *Outbox) end(ctx context.Context, tx *store.Tx, c *claimed, s State, why string) error {
	set := "state = ?, at = ?, tries = ?, why = ?"
	if c.private && s != Unsure {
		set += ", " + erased
	}
	return o.change(ctx, tx, c, s, set, int(s), tx.Now.UnixMilli(), c.tries, why)
}

// change updates a row if it is still this try's; one that was not claimed yet has none. A row that another process took
// for Unsure meanwhile is put right: we know.
func (o *Outbox) change(ctx context.Context, tx *store.Tx, c *claimed, s State, set string, args ...any) error {
	where, rest := " WHERE area = ? AND id = ?", []any{c.area, c.id[:]}
	if c.token != nil {
		where, rest = where+" AND try = ? AND state IN (?, ?, ?)", append(rest, c.token, int(Sending), int(Closing), int(Unsure))
	}
	n, err := tx.Exec(ctx, "UPDATE outbox SET "+set+where, append(args, rest...)...)
	if err == nil {
		o.opts.Log.Info("mail", "id", c.id.String(), "state", s.String(), "tries", c.tries, "kept", n == 1)
	}
	return err
}
