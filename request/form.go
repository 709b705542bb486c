package request

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"time"

	"everykit/fault"
	"everykit/store"
)

// A form token says when a form was made, so that one that comes back at once is known for a program's: no person reads
// and answers in less than MinFormAge. It names nobody, and no cookie goes with it.
const (
	MinFormAge = 3 * time.Second
	MaxFormAge = 24 * time.Hour
)

const tokenSize = 8 + 8 + markBytes // milliseconds, chance, mark

// FormToken is made with a form, so that it is known when it was opened; it names nobody.
func (r *Requests) FormToken(context.Context) (string, error) {
	raw := make([]byte, 16, tokenSize)
	binary.BigEndian.PutUint64(raw, uint64(r.db.Now().UnixMilli()))
	rand.Read(raw[8:]) // never fails
	return base64.RawURLEncoding.EncodeToString(append(raw, mark(r.forms, "token", string(raw))...)), nil
}

// checkToken gives the mark under which it is kept that a form was used.
func (r *Requests) checkToken(token string, now time.Time) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != tokenSize || !hmac.Equal(raw[16:], mark(r.forms, "token", string(raw[:16]))) {
		return nil, fault.New(fault.Refused, "this form was not made here, or has been changed").At("token").Hint("send it once more from this page")
	}
	age := now.Sub(time.UnixMilli(int64(binary.BigEndian.Uint64(raw))))
	switch {
	case age < MinFormAge:
		return nil, fault.New(fault.Refused, "this form came back faster than anybody types").At("token").Hint("wait a moment, then send it once more")
	case age > MaxFormAge:
		return nil, fault.New(fault.Refused, "this form has been open for more than a day").At("token").Hint("send it once more from this page")
	}
	return mark(r.forms, "used", string(raw)), nil
}

// What is taken in an hour: from everybody, and for one authority. Both are far more than people need, and few enough that
// somebody can read them all.
const (
	MostAnHour              = 600
	MostAnHourOfArea        = 60
	MostReportsAnHour       = 100
	MostReportsAnHourOfArea = 20
	MostLettersADay         = 3 // to one e-mail address, about requests that were made: whose it is need not be who asks
)

// countsFor is how long it is kept what came in an hour, and which forms were used: longer than a form is good for.
const countsFor = 48 * time.Hour

// The kinds of what is counted. Numbers are stored.
const (
	countAsked    = 1
	countReported = 2
	usedToAsk     = 3
	usedToReport  = 4
	usedForGap    = 5
	countLetters  = 6
)

// count adds one to what is counted, and reports whether that was allowed. What was not is not counted.
func count(ctx context.Context, tx *store.Tx, area, kind int, mark []byte, slot int64, most int) (bool, error) {
	if mark == nil {
		mark = []byte{}
	}
	n, err := tx.Exec(ctx, `INSERT INTO request_count (area, kind, mark, slot, times, at) VALUES (?, ?, ?, ?, 1, ?)
		ON CONFLICT (area, kind, mark, slot) DO UPDATE SET times = request_count.times + 1 WHERE request_count.times < ?`,
		area, kind, mark, slot, tx.Now.UnixMilli(), most)
	return n == 1, err
}

// use marks a form as used for one thing; fresh is false if it was.
func use(ctx context.Context, tx *store.Tx, kind int, form []byte) (fresh bool, err error) {
	return count(ctx, tx, 0, kind, form, 0, 1)
}

// limit counts one more of an hour for an authority and for everybody; Unavailable if that is too many.
func limit(ctx context.Context, tx *store.Tx, area, kind, ofArea, ofAll int) error {
	hour := tx.Now.Unix() / 3600
	ok, err := count(ctx, tx, area, kind, nil, hour, ofArea)
	if err == nil && ok {
		ok, err = count(ctx, tx, 0, kind, nil, hour, ofAll)
	}
	if err == nil && !ok {
		err = fault.New(fault.Unavailable, "too many forms were sent in this hour").Hint("try again in an hour, or go to a place near you")
	}
	return err
}
