package request

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"everykit/mail"
	"everykit/staff"
	"everykit/store"
)

// Tick erases names, addresses and contacts whose days are over, and reports that were settled; finishes what broke off;
// and writes to those who answer, once a day, when new requests wait. Run it every minute, in any number of processes.
func (r *Requests) Tick(ctx context.Context) error {
	return errors.Join(r.tidy(ctx), r.mend(ctx), r.remind(ctx))
}

// tidy erases what is not to be kept any longer. It writes only if there is something.
func (r *Requests) tidy(ctx context.Context) error {
	due := func(tx *store.Tx, table, where string, than int64) (bool, error) {
		var one int
		return tx.Get(ctx, []any{&one}, "SELECT 1 FROM "+table+" WHERE "+where+" LIMIT 1", than)
	}
	const erase, used, settled = "erase_at <= ?", "at <= ?", "done_at <= ?"
	var requests, counts, reports bool
	err := r.db.Read(ctx, func(tx *store.Tx) (err error) {
		if requests, err = due(tx, "request", erase, tx.Now.UnixMilli()); err != nil {
			return err
		}
		if counts, err = due(tx, "request_count", used, tx.Now.Add(-countsFor).UnixMilli()); err != nil {
			return err
		}
		reports, err = due(tx, "request_wrong", settled, tx.Now.Add(-reportsFor).UnixMilli())
		return err
	})
	if err != nil || !requests && !counts && !reports {
		return err
	}
	return r.write(ctx, func(tx *store.Tx) error {
		if requests {
			if err := forget(ctx, tx, erase, tx.Now.UnixMilli()); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "DELETE FROM request_count WHERE "+used, tx.Now.Add(-countsFor).UnixMilli()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM request_wrong WHERE "+settled, tx.Now.Add(-reportsFor).UnixMilli())
		return err
	})
}

// mend finishes sendings that broke off: with the supply that the ledger has, or without.
func (r *Requests) mend(ctx context.Context) error {
	var broken []*row
	err := r.db.Read(ctx, func(tx *store.Tx) (err error) {
		broken, err = r.rows(ctx, tx, "sending_at <= ? ORDER BY sending_at LIMIT 100", tx.Now.Add(-sendingFor).UnixMilli())
		return err
	})
	for _, w := range broken {
		m, e := r.ledger.Movement(ctx, w.SupplyIn, SupplyID(w.ID, w.attempt))
		switch {
		case e != nil:
		case m == nil:
			e = r.giveUp(ctx, w)
		default:
			e = r.finish(ctx, staff.Operator(), w, m)
		}
		err = errors.Join(err, e)
	}
	return err
}

// tellFrom is the hour, on the clocks at the outlets, from which those who answer are written to.
const tellFrom = 7

// remind writes to the coordinators of an authority and those who work where its kits are sent from, if requests came
// since the last letter and wait for an answer: once a day.
func (r *Requests) remind(ctx context.Context) error {
	now := r.db.Now()
	if !r.outbox.Sends() || r.site == "" || r.ledger.Hour(now) < tellFrom {
		return nil
	}
	var waiting []int
	today := r.ledger.Day(now).Time().UnixMilli() // a day's first moment, near enough
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		waiting = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var area int
			err := scan(&area)
			waiting = append(waiting, area)
			return err
		}, "SELECT area FROM request_offer o WHERE told_at < ? AND EXISTS (SELECT 1 FROM request r WHERE r.area = o.area AND r.state = ? AND r.asked_at > o.told_at) ORDER BY area", today, int(Asked))
	})
	for _, area := range waiting {
		err = errors.Join(err, r.remindOf(ctx, area, today))
	}
	if len(waiting) > 0 {
		r.outbox.Wake()
	}
	return err
}

func (r *Requests) remindOf(ctx context.Context, area int, today int64) error {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return err
	}
	return r.write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE request_offer SET told_at = ? WHERE area = ? AND told_at < ?", tx.Now.UnixMilli(), area, today)
		if err != nil || n == 0 { // another process was quicker
			return err
		}
		o, err := r.offerIn(ctx, tx, snap, area)
		if err != nil {
			return err
		}
		var times int
		var oldest int64
		if _, err := tx.Get(ctx, []any{&times, &oldest}, "SELECT COUNT(*), COALESCE(MIN(asked_at), 0) FROM request WHERE area = ? AND state = ?", area, int(Asked)); err != nil {
			return err
		}
		all, err := staff.Addressees(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range all {
			mine := a.Role == staff.Coordinator && a.Area == area || a.Role == staff.Worker && slices.Contains(a.Outlets, o.Outlet)
			if !mine {
				continue
			}
			_, err := r.outbox.Put(ctx, tx, mail.Message{
				Area: area, Key: fmt.Sprintf("requests/%s/area/%d/account/%d", r.ledger.Day(tx.Now), area, a.Account), To: a.Email,
				Subject: "Requests wait for an answer", Text: waitingText(snap.Area(area).Name, times, r.ledger.Day(time.UnixMilli(oldest)).Words(), r.site+QueuePath),
				GiveUpAfter: 60 * time.Hour,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func waitingText(area string, times int, since, at string) string {
	what := "One request waits"
	if times > 1 {
		what = itoa(times) + " requests wait"
	}
	return fmt.Sprintf("%s for an answer in %s, the oldest since %s:\n\n%s\n\nYou get this letter once a day at most, when new requests have come.\n", what, area, since, at)
}
