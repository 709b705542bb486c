package reminder

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/mail"
	"everykit/notice"
	"everykit/store"
)

// Limits of the room.
const (
	ConfirmWithin = 48 * time.Hour // what nobody confirmed by then is deleted
	DaysBefore    = 30             // days before the last one on which the reminder is sent
	KeepMonths    = 12             // after the expiry everything is deleted
	MostADay      = 3              // links sent to one address in a day
	MostAMinute   = 30             // links sent to everybody in a minute

	countsFor = 48 * time.Hour // how long it is kept how many were sent
	longest   = 40             // years until an expiry that is believed
)

// Reminders is the room's deeds. Make one with New; it is safe for use by many goroutines.
type Reminders struct {
	db      *store.DB
	ledger  *ledger.Ledger
	notices *notice.Notices
	post    *mail.Outbox
	keys    *keys
	site    string
}

// New makes the room on a database that has had Schema applied. key is the program's secret; without one no reminder can
// be asked for. site is where people reach the pages, "https://kits.example.org".
func New(db *store.DB, led *ledger.Ledger, notices *notice.Notices, post *mail.Outbox, key []byte, site string) *Reminders {
	return &Reminders{db: db, ledger: led, notices: notices, post: post, keys: newKeys(key), site: strings.TrimRight(site, "/")}
}

// Ready reports whether reminders can be asked for: there is a key to seal addresses with, a site to link to, and a way to
// send mail.
func (r *Reminders) Ready() bool { return r.keys != nil && r.site != "" && r.post.Sends() }

// Asked is what somebody asks to be reminded of.
type Asked struct {
	Email   string
	Product int    // 0: not known
	Lot     string // as printed
	Expiry  civil.Expiry
}

// Ask takes an address and puts a mail with a link to it into the outbox. The answer is the same whether the address is
// known already or was sent too many links today (then nothing is sent). Invalid if the address or the lot cannot be, or
// the expiry is missing; Refused if the last day is today or past; Unavailable if there is no key, or everybody together
// asks too often.
func (r *Reminders) Ask(ctx context.Context, a Asked) error {
	if !r.Ready() {
		return fault.New(fault.Unavailable, "reminders cannot be taken here").Hint("save the date in your calendar instead")
	}
	address, err := a.check(r.ledger.Today())
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		minute := tx.Now.Unix() / 60
		if ok, err := count(ctx, tx, nil, minute, MostAMinute); err != nil || !ok {
			if err == nil {
				err = fault.New(fault.Unavailable, "too many people are asking just now").Hint("try again in a minute, or save the date in your calendar")
			}
			return err
		}
		day := tx.Now.Unix() / 86400
		ok, err := count(ctx, tx, mark(r.keys.count, address, strconv.FormatInt(day, 10)), day, MostADay)
		if err != nil || !ok {
			return err
		}
		nonce, err := r.keep(ctx, tx, a, address)
		if err != nil {
			return err
		}
		return r.sendLink(ctx, tx, address, nonce)
	})
	if err == nil {
		r.post.Wake()
	}
	return err
}

// check says what is wrong with what was asked, and gives the address in one form.
func (a *Asked) check(today civil.Date) (address string, err error) {
	var bad fault.List
	if err := mail.CheckAddress(a.Email); err != nil {
		for _, f := range fault.Of(err) {
			bad = append(bad, f.At("email"))
		}
	} else if parsed, err := netmail.ParseAddress(strings.TrimSpace(a.Email)); err == nil {
		address = strings.ToLower(parsed.Address)
	}
	a.Lot = lotKey(a.Lot)
	switch {
	case a.Lot == "":
		bad = append(bad, fault.New(fault.Invalid, "type the lot number").At("lot").Hint("it is printed on the pack, marked LOT or Batch"))
	case len(a.Lot) > ledger.MostLotLetters:
		bad = append(bad, fault.New(fault.Invalid, "the lot number is longer than %d letters", ledger.MostLotLetters).At("lot").Hint("copy it from the pack"))
	}
	switch {
	case !a.Expiry.Known:
		bad = append(bad, fault.New(fault.Invalid, "type the date on the pack").At("expiry").Hint("write it as printed, such as 11/2026"))
	case a.Expiry.Last > today+longest*366:
		bad = append(bad, fault.New(fault.Invalid, "this date is too far away").At("expiry").Hint("compare it with the pack"))
	case a.Expiry.Last <= today:
		bad = append(bad, fault.New(fault.Refused, "there is no time left for a reminder").At("expiry").Hint("get another kit now"))
	}
	return address, bad.Err()
}

// lotKey is how lot numbers are compared: without case or spaces, as the ledger does.
func lotKey(number string) string { return strings.ToUpper(strings.Join(strings.Fields(number), "")) }

// dueOn is the day a reminder is sent: DaysBefore the last one, or on the last one where that has gone by.
func dueOn(e civil.Expiry, today civil.Date) civil.Date {
	if due := e.Last - DaysBefore; due > today {
		return due
	}
	return e.Last
}

// count adds one to what was sent in a slot, and reports whether that was allowed. What was not is not counted.
func count(ctx context.Context, tx *store.Tx, mark []byte, slot int64, most int) (bool, error) {
	if mark == nil {
		mark = []byte{}
	}
	n, err := tx.Exec(ctx, `INSERT INTO reminder_sent (mark, slot, times, at) VALUES (?, ?, 1, ?)
		ON CONFLICT (mark, slot) DO UPDATE SET times = reminder_sent.times + 1 WHERE reminder_sent.times < ?`, mark, slot, tx.Now.UnixMilli(), most)
	return n == 1, err
}

// keep stores a reminder and gives the number that its link is made from. One that waits to be confirmed takes the date
// that was typed last, and its time begins again; one that is confirmed stays as it is, whoever asks.
func (r *Reminders) keep(ctx context.Context, tx *store.Tx, a Asked, address string) ([]byte, error) {
	id := mark(r.keys.row, address, strconv.Itoa(a.Product), a.Lot)
	nonce := make([]byte, markBytes)
	rand.Read(nonce)
	_, err := tx.Exec(ctx, `INSERT INTO reminder (id, nonce, sealed, product, lot_key, expiry, expiry_day, due_on, made_at, confirmed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
		ON CONFLICT (id) DO UPDATE SET expiry = excluded.expiry, expiry_day = excluded.expiry_day, due_on = excluded.due_on, made_at = excluded.made_at
		WHERE reminder.confirmed_at IS NULL`,
		id, nonce, r.keys.close(id, address), a.Product, a.Lot, int(a.Expiry.Last), bit(a.Expiry.Day),
		int(dueOn(a.Expiry, r.ledger.Today())), tx.Now.UnixMilli())
	if err != nil {
		return nil, err
	}
	_, err = tx.Get(ctx, []any{&nonce}, "SELECT nonce FROM reminder WHERE id = ?", id)
	return nonce, err
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// randomKey names a message in the outbox, whose keys are kept: it must say nothing about the reminder.
func randomKey() string {
	b := make([]byte, 16)
	rand.Read(b)
	return "reminder/" + hex.EncodeToString(b)
}
