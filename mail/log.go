package mail

import (
	"context"
	"strings"
	"time"

	"everykit/store"
)

// Entry is what may be known of a message by those who may see its area: never to whom it went or what it said.
type Entry struct {
	Area    int
	ID      ID
	Key     string
	Subject string
	State   State
	Put     time.Time // when it was put
	At      time.Time // when its state last changed
	Due     time.Time // when it is tried next, while Waiting
	Tries   int
	Why     string // what went wrong last; empty if nothing did
	Kept    bool   // its text is there still, so that it could be sent again
}

const entryColumns = "SELECT area, id, dedupe, subject, state, made_at, at, due_at, tries, why, CASE WHEN body IS NULL AND sealed IS NULL THEN 0 ELSE 1 END FROM outbox "

// Entries gives the messages of one area whose keys begin so, by key. A prefix should end where a part of the key ends
// ("notice/12/"), or notice 1 would give those of notice 12.
func Entries(ctx context.Context, tx *store.Tx, area int, keyPrefix string) ([]Entry, error) {
	// The columns are compared byte by byte, and no byte of UTF-8 is 0xFF: but PostgreSQL takes no such text, so the end
	// is the prefix with the highest letter there is.
	return entries(ctx, tx, "WHERE area = ? AND dedupe >= ? AND dedupe < ? ORDER BY dedupe", area, keyPrefix, keyPrefix+"\U0010FFFF")
}

// Log is Entries in a snapshot of its own.
func (o *Outbox) Log(ctx context.Context, area int, keyPrefix string) (list []Entry, err error) {
	err = o.db.Read(ctx, func(tx *store.Tx) error {
		list, err = Entries(ctx, tx, area, keyPrefix)
		return err
	})
	return list, err
}

// mostTrouble is how many rows Unsure gives at most.
const mostTrouble = 1000

// Unsure gives the messages of which nobody knows whether they were accepted, the oldest first, at most 1,000: those of
// some areas, or of all if none is named.
func (o *Outbox) Unsure(ctx context.Context, areas ...int) (list []Entry, err error) {
	where, args := "WHERE state >= 5 AND state = ?", []any{int(Unsure)}
	if len(areas) > 0 {
		where += " AND area IN (" + store.Marks(len(areas)) + ")"
		for _, a := range areas {
			args = append(args, a)
		}
	}
	err = o.db.Read(ctx, func(tx *store.Tx) error {
		list, err = entries(ctx, tx, where+" ORDER BY at, area, id LIMIT ?", append(args, mostTrouble)...)
		return err
	})
	return list, err
}

func entries(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Entry, error) {
	var list []Entry
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var e Entry
		var id []byte
		var made, at, due int64
		if err := scan(&e.Area, &id, &e.Key, &e.Subject, &e.State, &made, &at, &due, &e.Tries, &e.Why, &e.Kept); err != nil {
			return err
		}
		e.ID, e.Put, e.At, e.Due = ID(id), time.UnixMilli(made), time.UnixMilli(at), time.UnixMilli(due)
		list = append(list, e)
		return nil
	}, strings.TrimSpace(entryColumns+where), args...)
	return list, err
}

// Counts are what an operator watches.
type Counts struct {
	Waiting int           // not yet sent, with those under way
	Oldest  time.Duration // how long the oldest of them could have been sent; nought if none
	Unsure  int           // of which nobody knows
	Refused int           // refused for good within KeepFor
	GaveUp  int           // given up within KeepFor
}

// Counts reads them. It touches only what is open or in trouble, never what was sent.
func (o *Outbox) Counts(ctx context.Context) (c Counts, err error) {
	err = o.db.Read(ctx, func(tx *store.Tx) error {
		c = Counts{}
		now := tx.Now.UnixMilli()
		var oldest int64
		if _, err := tx.Get(ctx, []any{&c.Waiting, &oldest}, "SELECT COUNT(*), COALESCE(MIN(ready_at), 0) FROM outbox WHERE state <= 3"); err != nil {
			return err
		}
		if c.Waiting > 0 && oldest < now {
			c.Oldest = time.Duration(now-oldest) * time.Millisecond
		}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var state State
			var n int
			if err := scan(&state, &n); err != nil {
				return err
			}
			switch state {
			case Unsure:
				c.Unsure = n
			case Refused:
				c.Refused = n
			case GaveUp:
				c.GaveUp = n
			}
			return nil
		}, "SELECT state, COUNT(*) FROM outbox WHERE state >= 5 AND (state = ? OR at >= ?) GROUP BY state", int(Unsure), now-KeepFor.Milliseconds())
	})
	return c, err
}
