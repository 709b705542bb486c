package reminder

import (
	"context"
	"errors"
	"math"
	"slices"

	"everykit/civil"
	"everykit/notice"
	"everykit/store"
)

// Tick deletes what is not to be kept any longer, and puts what is due into the outbox. Run it every minute, in any number
// of processes: each reminder is deleted in the transaction that puts its mail, so it is sent once.
func (r *Reminders) Tick(ctx context.Context) error {
	if err := r.tidy(ctx); err != nil || r.keys == nil {
		return err
	}
	today := r.ledger.Today()
	due, err := r.rows(ctx, "due_on <= ?", int(today))
	if err != nil {
		return err
	}
	sent, err := r.send(ctx, due, false)
	named, errNamed := r.named(ctx)
	if errNamed == nil {
		var more int
		more, errNamed = r.send(ctx, named, true)
		sent += more
	}
	if sent > 0 {
		r.post.Wake()
	}
	return errors.Join(err, errNamed)
}

// tidy deletes what nobody confirmed, what is long past, and old counts. It writes only if there is something.
func (r *Reminders) tidy(ctx context.Context) error {
	past := r.ledger.Today() - KeepMonths*30 - 5 // twelve months are at most 366 days; 365 keep nobody longer
	conditions := func(tx *store.Tx) []condition {
		return []condition{
			{"reminder WHERE confirmed_at IS NULL AND made_at <= ?", tx.Now.Add(-ConfirmWithin).UnixMilli()},
			{"reminder WHERE expiry <= ?", int64(past)},
			{"reminder_sent WHERE at <= ?", tx.Now.Add(-countsFor).UnixMilli()},
		}
	}
	old := false
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		for _, c := range conditions(tx) {
			var one int
			found, err := tx.Get(ctx, []any{&one}, "SELECT 1 FROM "+c.text+" LIMIT 1", c.value)
			if err != nil {
				return err
			}
			old = old || found
		}
		return nil
	})
	if err != nil || !old {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		for _, c := range conditions(tx) {
			if _, err := tx.Exec(ctx, "DELETE FROM "+c.text, c.value); err != nil {
				return err
			}
		}
		return nil
	})
}

// condition is rows to be deleted.
type condition struct {
	text  string
	value int64
}

// row is a confirmed reminder.
type row struct {
	id, sealed []byte
	lot        string
	expiry     civil.Expiry
}

func (r *Reminders) rows(ctx context.Context, where string, args ...any) ([]row, error) {
	var all []row
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var one row
			var last int
			err := scan(&one.id, &one.sealed, &one.lot, &last, &one.expiry.Day)
			one.expiry.Last, one.expiry.Known = civil.Date(last), true
			all = append(all, one)
			return err
		}, "SELECT id, sealed, lot_key, expiry, expiry_day FROM reminder WHERE confirmed_at IS NOT NULL AND "+where+" ORDER BY due_on, id", args...)
	})
	return all, err
}

// send puts reminders into the outbox and deletes them. One that cannot be opened, because it was sealed with another key,
// stays: the right key may be brought back.
func (r *Reminders) send(ctx context.Context, list []row, byNotice bool) (sent int, err error) {
	for _, one := range list {
		address, unsealed := r.keys.open(one.id, one.sealed)
		if unsealed != nil {
			err = unsealed
			continue
		}
		fresh := false
		failed := r.db.Write(ctx, func(tx *store.Tx) error {
			n, err := tx.Exec(ctx, "DELETE FROM reminder WHERE id = ? AND confirmed_at IS NOT NULL", one.id)
			if fresh = n == 1; err != nil || !fresh {
				return err // its link, or another process, was faster
			}
			return r.sendReminder(ctx, tx, address, one.lot, one.expiry, byNotice)
		})
		if failed != nil {
			return sent, failed
		}
		if fresh {
			sent++
		}
	}
	return sent, err
}

// named gives the reminders of lots that an open notice for people names, if it was published after they were asked for:
// of an earlier one the page has told already.
func (r *Reminders) named(ctx context.Context) ([]row, error) {
	oldest := int64(math.MaxInt64)
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Get(ctx, []any{&oldest}, "SELECT COALESCE(MIN(made_at), ?) FROM reminder WHERE confirmed_at IS NOT NULL", int64(math.MaxInt64))
		return err
	})
	if err != nil || oldest == math.MaxInt64 {
		return nil, err
	}
	open, err := r.openForPeople(ctx)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, n := range open {
		if n.PublishedAt.UnixMilli() <= oldest {
			continue
		}
		for _, line := range n.Lines {
			more, err := r.ofLine(ctx, n, line)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
	}
	return all, nil
}

// ofLine gives the reminders of one lot that a notice names, and of whatever is joined to it. A reminder that knows no
// product is of every lot with its number: better told once too often.
func (r *Reminders) ofLine(ctx context.Context, n *notice.Notice, line notice.Line) ([]row, error) {
	numbers := map[string]bool{lotKey(line.Number): true}
	if line.Lot != 0 {
		family, err := r.ledger.Family(ctx, line.Lot)
		if err != nil {
			return nil, err
		}
		for _, l := range family {
			numbers[lotKey(l.Number)] = true
		}
	}
	var all []row
	for number := range numbers {
		more, err := r.rows(ctx, "lot_key = ? AND product IN (0, ?) AND made_at < ?", number, line.Product, n.PublishedAt.UnixMilli())
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// openForPeople are the notices that speak to people now.
func (r *Reminders) openForPeople(ctx context.Context) ([]*notice.Notice, error) {
	all, err := r.notices.List(ctx, notice.Filter{States: []notice.State{notice.Published}})
	return slices.DeleteFunc(all, func(n *notice.Notice) bool {
		return n.State != notice.Published || n.Level != notice.People || n.Drill
	}), err
}
