package expiry

import (
	"context"
	"errors"
	"fmt"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
	"everykit/store"
)

// DigestFrom is the hour, on the clocks at the outlets, from which the digest of a day is sent. A server that did not run
// then sends it when it does, but only that of the day itself.
const DigestFrom = 7

// giveUpAfter is how long a digest is tried: after that two newer ones say more.
const giveUpAfter = 60 * time.Hour

// digestKey is the key of a digest in the outbox.
func digestKey(day, account int) string {
	return fmt.Sprintf("digest/%s/account/%d", civil.Date(day), account)
}

// Tick puts the digests of today into the outbox, for everybody who wants one and has had none. Run it every minute, in any
// number of processes: who has had one is written down in the transaction that puts it.
func (x *Expiry) Tick(ctx context.Context) error {
	x.ticking.Lock()
	defer x.ticking.Unlock()
	now := x.db.Now()
	if x.led.Hour(now) < DigestFrom {
		return nil
	}
	day := x.led.Day(now)
	todo, err := x.wanting(ctx, day)
	if err != nil || len(todo) == 0 {
		return err
	}
	r := &round{x: x, day: day, areas: map[int]*areaRound{}}
	var faults []error
	put := 0
	for _, a := range todo {
		text, err := r.text(ctx, a)
		if err == nil {
			var fresh bool
			fresh, err = x.putDigest(ctx, day, a, text)
			if fresh {
				put++
			}
		}
		if err != nil { // the others get theirs; this one is tried again in a minute
			faults = append(faults, fmt.Errorf("digest of account %d: %w", a.Account, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	if put > 0 {
		x.post.Wake()
	}
	return errors.Join(append(faults, x.tidy(ctx, day))...)
}

// wanting lists the open accounts that want a digest and have had none for a day. It notes whose address was refused.
func (x *Expiry) wanting(ctx context.Context, day civil.Date) ([]staff.Addressee, error) {
	var todo, refused []staff.Addressee
	err := x.db.Read(ctx, func(tx *store.Tx) error {
		todo, refused = nil, nil
		wishes, err := readWishes(ctx, tx)
		if err != nil || len(wishes) == 0 {
			return err
		}
		done, err := readDone(ctx, tx, day)
		if err != nil {
			return err
		}
		people, err := staff.Addressees(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range people {
			w, wants := wishes[a.Account]
			if !wants || !has(a.Role) || done[a.Account] || w.stopped(a.Email) {
				continue
			}
			bad, err := refusedBefore(ctx, tx, a, w)
			if err != nil {
				return err
			}
			if bad {
				refused = append(refused, a)
			} else {
				todo = append(todo, a)
			}
		}
		return nil
	})
	for _, a := range refused {
		if err == nil {
			err = x.stop(ctx, a)
		}
	}
	return todo, err
}

func readDone(ctx context.Context, tx *store.Tx, day civil.Date) (map[int]bool, error) {
	done := map[int]bool{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var account int
		err := scan(&account)
		done[account] = true
		return err
	}, "SELECT account FROM digest_done WHERE day = ?", int(day))
	return done, err
}

// stop notes that an address is refused.
func (x *Expiry) stop(ctx context.Context, a staff.Addressee) error {
	return x.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE digest_wish SET stopped_at = ?, stopped_for = ? WHERE account = ?", tx.Now.UnixMilli(), hashOf(a.Email), a.Account)
		return err
	})
}

// putDigest writes down that somebody has had the digest of a day, and puts it into the outbox unless there is nothing to
// say: both in one transaction. fresh is false if another process was faster, or nobody wants it any more.
func (x *Expiry) putDigest(ctx context.Context, day civil.Date, a staff.Addressee, text string) (fresh bool, err error) {
	token, hash := newToken()
	off := x.site + OffPath + token
	err = x.db.Write(ctx, func(tx *store.Tx) error {
		fresh = false
		var one int
		wants, err := tx.Get(ctx, []any{&one}, "SELECT 1 FROM digest_wish WHERE account = ?", a.Account)
		if err != nil || !wants {
			return err
		}
		had, err := tx.Get(ctx, []any{&one}, "SELECT 1 FROM digest_done WHERE day = ? AND account = ?", int(day), a.Account)
		if err != nil || had { // in another area, if the account has moved
			return err
		}
		n, err := tx.Exec(ctx, `INSERT INTO digest_done (area, account, day, mailed, off, sent_to, at) VALUES (?, ?, ?, 0, NULL, NULL, ?)
			ON CONFLICT (area, account, day) DO NOTHING`, a.Area, a.Account, int(day), tx.Now.UnixMilli())
		if err != nil || n == 0 || text == "" {
			return err
		}
		m := mail.Message{
			Area: a.Area, Key: digestKey(int(day), a.Account), To: a.Email, Subject: "Kits to look at, " + day.Words(),
			Text: text + ending(off), Unsubscribe: off, GiveUpAfter: giveUpAfter, Private: true, // for the link in it
		}
		fresh, err = x.post.Put(ctx, tx, m)
		if fault.Is(err, fault.Unavailable) { // no key to seal it with
			m.Private = false
			fresh, err = x.post.Put(ctx, tx, m)
		}
		if fault.Is(err, fault.Invalid) { // an address that nobody can be written to at: tomorrow it may be another
			fresh = false
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE digest_done SET mailed = 1, off = ?, sent_to = ? WHERE area = ? AND account = ? AND day = ?",
			hash, hashOf(a.Email), a.Area, a.Account, int(day))
		return err
	})
	return fresh, err
}

// tidy forgets links that are too old to work.
func (x *Expiry) tidy(ctx context.Context, day civil.Date) error {
	return x.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM digest_done WHERE day < ?", int(day)-linksFor)
		return err
	})
}
