package mail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"everykit/mail"
	"everykit/mail/mailtest"
	"everykit/store"
)

// TestSentOnce sends several over one line, and nothing more after a restart of the program and of the server.
func TestSentOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, key := range []string{"a", "b", "c"} {
			w.put(message(key))
		}
		if n := w.once(); n != 3 {
			t.Errorf("%d messages came to an end, want 3", n)
		}
		w.restarted()
		w.server.Restart()
		w.clock.move(24 * time.Hour)
		w.once()
		w.wantArrived(map[string]int{"a": 1, "b": 1, "c": 1})
		w.wantState("a", mail.Sent)
	})
}

// TestServerAwayForADay loses and doubles nothing, whatever is put meanwhile, and does not wear out the server.
func TestServerAwayForADay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.server.Stop()
		for _, key := range []string{"a", "b"} {
			w.put(message(key))
		}
		tried := 0
		for step := range 24 * 60 {
			tried += w.once()
			w.clock.move(time.Minute)
			switch step {
			case 600:
				w.put(message("c"))
			case 700:
				w.restarted()
			}
		}
		if tried < 200 || tried > 300 {
			t.Errorf("tried %d times in a day, want about one in five minutes", tried)
		}
		if e := w.entry("a"); e.State != mail.Waiting || e.Why != "the mail server does not answer" {
			t.Errorf("after a day: %v, %q", e.State, e.Why)
		}
		c, err := w.Counts(ctx)
		if must(t, err); c.Waiting != 3 || c.Oldest != 24*time.Hour {
			t.Errorf("counted %+v", c)
		}
		w.server.Restart()
		w.clock.move(5 * time.Minute)
		w.once()
		w.wantArrived(map[string]int{"a": 1, "b": 1, "c": 1})
	})
}

// TestPutOff tries again what the server puts off, at whichever step, with longer and longer waits.
func TestPutOff(t *testing.T) {
	for step, manners := range map[string]mailtest.Manners{
		"mail": {Mail: "451 4.3.0 later", Times: 3}, "rcpt": {Rcpt: "450 4.2.1 later", Times: 3}, "end": {End: "452 4.3.1 later", Times: 3},
		"closing": {Rcpt: "421 4.3.2 shutting down", Times: 3},
	} {
		t.Run(step, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.server.Behave(manners)
				w.put(message("a"))
				for _, wait := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute} {
					w.once()
					w.wantState("a", mail.Waiting)
					if e := w.entry("a"); e.Due.Sub(e.At) != wait || !strings.HasPrefix(e.Why, "4") {
						t.Errorf("waits %v because of %q, want %v", e.Due.Sub(e.At), e.Why, wait)
					}
					w.clock.move(wait - time.Second)
					if w.once() != 0 {
						t.Error("tried before its time")
					}
					w.clock.move(time.Second)
				}
				w.once()
				w.wantState("a", mail.Sent)
				w.wantArrived(map[string]int{"a": 1})
			})
		})
	}
}

// TestRefused ends what the server refuses, keeps no address of it, and sends the next over the same line.
func TestRefused(t *testing.T) {
	for step, manners := range map[string]mailtest.Manners{
		"mail": {Mail: "550 5.7.1 no", Times: 1}, "rcpt": {Rcpt: "550 5.1.1 <ann@example.org>: mailbox of Ann unknown", Times: 1}, "end": {End: "554 5.6.0 no", Times: 1},
	} {
		t.Run(step, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.server.Behave(manners)
				w.put(message("a"))
				w.clock.move(time.Second)
				w.put(message("b"))
				w.once()
				w.wantState("a", mail.Refused)
				why := w.entry("a").Why
				if !strings.HasPrefix(why, "55") || strings.Contains(strings.ToLower(why), "ann") || strings.Contains(why, "@") {
					t.Errorf("the reason kept is %q", why)
				}
				w.clock.move(30 * 24 * time.Hour)
				w.once()
				w.wantArrived(map[string]int{"b": 1})
				w.restarted()
				must(t, w.db.Write(ctx, func(tx *store.Tx) error { return mail.SendAgain(ctx, tx, kent, mail.IDOf(kent, "a")) }))
				w.once()
				w.wantArrived(map[string]int{"a": 1, "b": 1})
			})
		})
	}
}

// TestGivenUp ends what could not be sent within its time, and does not send it when the server is back.
func TestGivenUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.server.Stop()
		m := message("a")
		m.GiveUpAfter = 3 * time.Hour
		w.put(m)
		w.put(message("b"))
		for range 3*60 + 1 {
			w.once()
			w.clock.move(time.Minute)
		}
		w.wantState("a", mail.GaveUp)
		w.wantState("b", mail.Waiting)
		w.server.Restart()
		w.clock.move(time.Hour)
		w.once()
		w.wantArrived(map[string]int{"b": 1})
		c, err := w.Counts(ctx)
		if must(t, err); c != (mail.Counts{GaveUp: 1}) {
			t.Errorf("counted %+v", c)
		}
	})
}

// TestStopInTheMiddle stops the program while the server thinks about the end of a text: the answer is awaited. What
// had not begun waits for the next start.
func TestStopInTheMiddle(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, stop := context.WithCancel(ctx)
		w.server.Behave(mailtest.Manners{Slow: 2 * time.Second})
		w.put(message("a"))
		w.clock.move(time.Second)
		w.put(message("b"))
		ended := make(chan error)
		go func() { _, err := w.Once(ctx); ended <- err }()
		w.server.WaitStored(1) // half of what it takes is still to come
		stop()
		must(t, <-ended)
		w.wantState("a", mail.Sent)
		w.wantState("b", mail.Waiting)
		w.once()
		w.wantArrived(map[string]int{"a": 1, "b": 1})
	})
}

// TestStopBeforeTheEnd stops the program between the text and its end: it is not said, and the message goes out once
// when the program is back.
func TestStopBeforeTheEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, stop := context.WithCancel(ctx)
		w.through(&gate{Sender: w.opts.Sender, before: stop})
		w.put(message("a"))
		_, err := w.Once(ctx)
		must(t, err)
		w.wantState("a", mail.Waiting)
		w.wantArrived(map[string]int{})
		w.clock.move(time.Minute)
		w.once()
		w.wantArrived(map[string]int{"a": 1})
	})
}
