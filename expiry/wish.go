package expiry

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
	"everykit/store"
)

// Wish says whether somebody wants the daily digest; nobody gets it who has not asked. Asking again begins anew where it
// had stopped because an address was refused. Forbidden on a counter device, Refused for a role that has no digest.
func (x *Expiry) Wish(ctx context.Context, who staff.Person, on bool) error {
	if who.ID == 0 || who.Counter != 0 {
		return fault.New(fault.Forbidden, "a daily e-mail is chosen by its owner, signed in with a password").Hint("sign in on a device that is no counter device")
	}
	if on && !has(who.Role) {
		return fault.New(fault.Refused, "there is no daily e-mail for your role").Hint("workers, coordinators and national teams have one")
	}
	return x.db.Write(ctx, func(tx *store.Tx) error {
		var err error
		if on {
			_, err = tx.Exec(ctx, `INSERT INTO digest_wish (account, since) VALUES (?, ?)
				ON CONFLICT (account) DO UPDATE SET since = excluded.since, stopped_at = NULL, stopped_for = NULL`, who.ID, tx.Now.UnixMilli())
		} else {
			_, err = tx.Exec(ctx, "DELETE FROM digest_wish WHERE account = ?", who.ID)
		}
		return err
	})
}

// has reports whether there is a digest for a role.
func has(r staff.Role) bool {
	return r == staff.Worker || r == staff.Coordinator || r == staff.National
}

// Wants reports whether somebody has asked for the daily digest.
func (x *Expiry) Wants(ctx context.Context, who staff.Person) (bool, error) {
	wants := false
	err := x.db.Read(ctx, func(tx *store.Tx) error {
		var one int
		var err error
		wants, err = tx.Get(ctx, []any{&one}, "SELECT 1 FROM digest_wish WHERE account = ?", who.ID)
		return err
	})
	return wants, err
}

// OffPath is where the link in a digest leads, before its token.
const OffPath = "/digest/off/"

// linksFor is how long the link in a digest works.
const linksFor = 400 // days

// newToken makes what stands in a link, and what is kept of it.
func newToken() (token string, hash []byte) {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, hashOf(token)
}

func hashOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// OffByToken ends the digests of whoever got the link, without signing in. Again it changes nothing. NotFound if it is no
// link of ours, or older than a year.
func (x *Expiry) OffByToken(ctx context.Context, token string) error {
	return x.db.Write(ctx, func(tx *store.Tx) error {
		var account int
		found, err := tx.Get(ctx, []any{&account}, "SELECT account FROM digest_done WHERE off = ?", hashOf(token))
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "this link is not known any more").Hint("sign in, and turn the daily e-mail off on the page of your account")
		}
		_, err = tx.Exec(ctx, "DELETE FROM digest_wish WHERE account = ?", account)
		return err
	})
}

// Bounce is a person who wants the digest and gets none, because the mail server refuses their address.
type Bounce struct {
	Account int
	Name    string
	Since   time.Time
}

// Bounced lists them, for the coordinator of an authority or the page of a nation. The digest begins again by itself when
// the account has another address.
func (x *Expiry) Bounced(ctx context.Context, area int) ([]Bounce, error) {
	var list []Bounce
	err := x.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		wishes, err := readWishes(ctx, tx)
		if err != nil {
			return err
		}
		people, err := staff.Addressees(ctx, tx)
		for _, p := range people {
			if w, ok := wishes[p.Account]; ok && p.Area == area && w.stopped(p.Email) {
				list = append(list, Bounce{Account: p.Account, Since: w.stoppedAt})
			}
		}
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]int, len(list))
	for i, b := range list {
		ids[i] = b.Account
	}
	names, err := x.people.Names(ctx, ids...)
	for i := range list {
		list[i].Name = names[list[i].Account]
	}
	return list, err
}

// wish is a row of digest_wish.
type wish struct {
	since      int64 // when it was last asked for
	stoppedAt  time.Time
	stoppedFor []byte
}

// stopped reports whether nothing is sent to this address.
func (w wish) stopped(email string) bool {
	return w.stoppedFor != nil && string(w.stoppedFor) == string(hashOf(email))
}

func readWishes(ctx context.Context, tx *store.Tx) (map[int]wish, error) {
	wishes := map[int]wish{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var account int
		var at *int64
		var w wish
		err := scan(&account, &w.since, &at, &w.stoppedFor)
		if at != nil {
			w.stoppedAt = time.UnixMilli(*at)
		}
		wishes[account] = w
		return err
	}, "SELECT account, since, stopped_at, stopped_for FROM digest_wish")
	return wishes, err
}

// refusedBefore reports whether the last digest that was put for an account, since it was last asked for and to the address it
// has now, was refused by the mail server.
func refusedBefore(ctx context.Context, tx *store.Tx, a staff.Addressee, w wish) (bool, error) {
	var day int
	var at int64
	var to []byte
	found, err := tx.Get(ctx, []any{&day, &at, &to}, `SELECT day, at, sent_to FROM digest_done WHERE area = ? AND account = ? AND mailed = 1
		ORDER BY day DESC LIMIT 1`, a.Area, a.Account)
	if err != nil || !found || at < w.since || string(to) != string(hashOf(a.Email)) {
		return false, err
	}
	key := digestKey(day, a.Account)
	entries, err := mail.Entries(ctx, tx, a.Area, key)
	for _, e := range entries {
		if e.Key == key {
			return e.State == mail.Refused, err
		}
	}
	return false, err
}
