package bulletin

import (
	"context"
	"encoding/hex"
	netmail "net/mail"
	"strings"
	"time"

	"everykit/fault"
	"everykit/mail"
	"everykit/store"
	"everykit/token"
)

// Limits of subscriptions.
const (
	UnconfirmedDays = 7  // an address that nobody confirmed by then is erased
	mostAMinute     = 30 // letters that ask to confirm, to everybody
)

const (
	unconfirmed = UnconfirmedDays * 24 * time.Hour
	oncePer     = 24 * time.Hour // one such letter to an address
)

// subscribedPath is where the page of a subscription is.
const subscribedPath = "/bulletins/subscribed/"

// subscriber is somebody who has confirmed.
type subscriber struct {
	id    int
	email string
}

// CanSubscribe reports whether letters can be sent: there is a site to link to, and a way to send.
func (b *Bulletins) CanSubscribe() bool { return b.site != "" && b.outbox.Sends() }

// Subscribe asks for an e-mail when a bulletin is published: a letter with a link is sent, and nothing else until it is followed.
// The answer is the same whether the address was known or not. At most one such letter a day goes to an address, and
// none to one that is confirmed. Invalid if it is no address, Unavailable where very many ask at once.
func (b *Bulletins) Subscribe(ctx context.Context, email string) error {
	a, bad := netmail.ParseAddress(strings.TrimSpace(email))
	if bad != nil || mail.CheckAddress(email) != nil {
		return fault.New(fault.Invalid, "this is not an e-mail address").At("email").Hint("write it like name@example.org")
	}
	if b.site == "" {
		return fault.New(fault.Unavailable, "letters cannot be sent from here yet").Hint("use the feed instead")
	}
	address := strings.ToLower(a.Address) // without a name that somebody wrote before it
	err := b.db.Write(ctx, func(tx *store.Tx) error {
		var asked int
		if _, err := tx.Get(ctx, []any{&asked}, "SELECT COUNT(*) FROM bulletin_subscriber WHERE confirmed_at IS NULL AND asked_at > ?", tx.Now.Add(-time.Minute).UnixMilli()); err != nil {
			return err
		}
		if asked >= mostAMinute {
			return fault.New(fault.Unavailable, "very many people are asking just now").Hint("try again in a minute")
		}
		now := tx.Now.UnixMilli()
		var id int
		fresh, err := tx.Get(ctx, []any{&id}, `INSERT INTO bulletin_subscriber (email, asked_at) VALUES (?, ?)
			ON CONFLICT (email) DO UPDATE SET asked_at = excluded.asked_at
			WHERE bulletin_subscriber.confirmed_at IS NULL AND bulletin_subscriber.asked_at <= ? RETURNING id`, address, now, tx.Now.Add(-oncePer).UnixMilli())
		if err != nil || !fresh {
			return err // known, and written to already
		}
		text, hash := token.New(0)
		if err := addLink(ctx, tx, id, hash); err != nil {
			return err
		}
		at := b.site + subscribedPath + text
		return b.put(ctx, tx, mail.Message{
			Key: "bulletin/confirm/" + hex.EncodeToString(hash[:8]), To: address, Subject: "Please confirm: letters about naloxone bulletins",
			Text: confirmLetter(at), Unsubscribe: at + "/leave", GiveUpAfter: unconfirmed,
		})
	})
	if err == nil {
		b.outbox.Wake()
	}
	return err
}

func confirmLetter(at string) string {
	return `Hello,

Somebody asked us to write to this address when a naloxone bulletin is published. If it was you, open this page and press the button:

` + at + `

If it was not you, do nothing. We erase the address within 7 days.

You can use the same page to leave at any time.
`
}

func addLink(ctx context.Context, tx *store.Tx, subscriber int, hash []byte) error {
	_, err := tx.Exec(ctx, "INSERT INTO bulletin_link (token, subscriber) VALUES (?, ?)", hash, subscriber)
	return err
}

// confirmed are all who get letters.
func confirmed(ctx context.Context, tx *store.Tx) ([]subscriber, error) {
	var list []subscriber
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var s subscriber
		err := scan(&s.id, &s.email)
		list = append(list, s)
		return err
	}, "SELECT id, email FROM bulletin_subscriber WHERE confirmed_at IS NOT NULL ORDER BY id")
	return list, err
}

// findSubscriber gives whose link a token is.
func findSubscriber(ctx context.Context, tx *store.Tx, link string) (id int, isConfirmed bool, err error) {
	none := fault.New(fault.NotFound, "there is no subscription behind this link").Hint("if you have left already there is nothing more to do; else ask for letters again at /bulletins")
	area, hash, ok := token.Read(link)
	if !ok || area != 0 {
		return 0, false, none
	}
	var at *int64
	found, err := tx.Get(ctx, []any{&id, &at}, `SELECT s.id, s.confirmed_at FROM bulletin_link l JOIN bulletin_subscriber s ON s.id = l.subscriber
		WHERE l.token = ? AND (s.confirmed_at IS NOT NULL OR s.asked_at > ?)`, hash, tx.Now.Add(-unconfirmed).UnixMilli())
	if err == nil && !found {
		err = none
	}
	return id, at != nil, err
}

// Confirm follows that link. Again it changes nothing. NotFound for a link behind which nothing is kept.
func (b *Bulletins) Confirm(ctx context.Context, link string) error {
	return b.db.Write(ctx, func(tx *store.Tx) error {
		id, is, err := findSubscriber(ctx, tx, link)
		if err != nil || is {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE bulletin_subscriber SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL", tx.Now.UnixMilli(), id)
		return err
	})
}

// Subscribed says what a link belongs to, for its page: waiting to be confirmed, or confirmed. It changes nothing. NotFound for
// a link behind which nothing is kept.
func (b *Bulletins) Subscribed(ctx context.Context, link string) (confirmed bool, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) (err error) {
		_, confirmed, err = findSubscriber(ctx, tx, link)
		return err
	})
	return confirmed, err
}

// Leave ends a subscription and erases its address. With a link behind which nothing is kept it changes nothing and is no
// error: whoever leaves twice has left.
func (b *Bulletins) Leave(ctx context.Context, link string) error {
	return b.db.Write(ctx, func(tx *store.Tx) error {
		id, _, err := findSubscriber(ctx, tx, link)
		switch {
		case fault.Is(err, fault.NotFound):
			return nil
		case err != nil:
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM bulletin_link WHERE subscriber = ?", id); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM bulletin_subscriber WHERE id = ?", id)
		return err
	})
}

// forgetUnconfirmed erases the addresses that nobody confirmed.
func (b *Bulletins) forgetUnconfirmed(ctx context.Context) error {
	return b.db.Write(ctx, func(tx *store.Tx) error {
		before := tx.Now.Add(-unconfirmed).UnixMilli()
		_, err := tx.Exec(ctx, `DELETE FROM bulletin_link WHERE subscriber IN
			(SELECT id FROM bulletin_subscriber WHERE confirmed_at IS NULL AND asked_at <= ?)`, before)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM bulletin_subscriber WHERE confirmed_at IS NULL AND asked_at <= ?", before)
		return err
	})
}
