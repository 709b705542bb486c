package bulletin

import (
	"context"
	"time"

	"everykit/staff"
	"everykit/store"
)

// Event is a line of an edition's history.
type Event struct {
	At        time.Time
	Who, What string
}

// itself is how the program is called where it did something at its time.
const itself = "Everykit, at the time that was set"

// History is what was done with an edition, oldest first.
func (b *Bulletins) History(ctx context.Context, who staff.Person, id int) ([]Event, error) {
	var list []Event
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := b.seen(ctx, tx, who, staff.SeeBulletins, id); err != nil {
			return err
		}
		list = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var e Event
			var at int64
			var by int
			if err := scan(&at, &by, &e.Who, &e.What); err != nil {
				return err
			}
			switch by {
			case commandLine:
				e.Who = commandLineName
			case 0:
				e.Who = itself
			}
			e.At = time.UnixMilli(at).UTC()
			list = append(list, e)
			return nil
		}, `SELECT v.at, v.staff, COALESCE(a.name, ''), v.what FROM bulletin_event v LEFT JOIN account a ON a.id = v.staff WHERE v.edition = ? ORDER BY v.seq`, id)
	})
	return list, err
}

// addEvent writes down what somebody did. wrote: it made or changed what the bulletin says.
func addEvent(ctx context.Context, tx *store.Tx, edition, by int, wrote bool, what string) error {
	_, err := tx.Exec(ctx, `INSERT INTO bulletin_event (edition, seq, at, staff, wrote, what)
		VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM bulletin_event WHERE edition = ?), ?, ?, ?, ?)`, edition, edition, tx.Now.UnixMilli(), by, bit(wrote), what)
	return err
}

// hasWritten reports whether an account made an edition or changed what it says.
func hasWritten(ctx context.Context, tx *store.Tx, edition, account int) (bool, error) {
	var one int
	return tx.Get(ctx, []any{&one}, "SELECT 1 FROM bulletin_event WHERE edition = ? AND staff = ? AND wrote = 1 LIMIT 1", edition, account)
}
