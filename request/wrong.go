package request

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Wrong is a report that something about an outlet is not right, for its coordinator.
type Wrong struct {
	ID     int
	Area   int
	Outlet int
	What   string
	At     time.Time
	Done   bool
}

// reportsFor is how long a report is kept after it was settled. What a stranger typed may be personal.
const reportsFor = 30 * 24 * time.Hour

// Report takes one about an outlet that the public may know of. The same form twice is one;
// Refused if it was sent before with something else in it.
func (r *Requests) Report(ctx context.Context, token string, outlet int, what string) error {
	if len(what) > 8*MostReport {
		return fault.New(fault.Invalid, "this is longer than %d letters", MostReport).At("what").Hint("say it in fewer words")
	}
	what = lines(what)
	if what == "" {
		return fault.New(fault.Invalid, "say what is not right").At("what")
	}
	if err := checkText(nil, "what", what, MostReport).Err(); err != nil {
		return err
	}
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return err
	}
	o := snap.Outlet(outlet)
	if o == nil || o.Public != registry.Yes {
		return fault.New(fault.NotFound, "there is no such place in our list").At("outlet")
	}
	form, err := r.checkToken(token, r.db.Now())
	if err != nil {
		return err
	}
	return r.write(ctx, func(tx *store.Tx) error {
		said := sha256.Sum256(fmt.Appendf(nil, "%x %d %s", form, outlet, line(what))) // a line break more or less is the same
		if fresh, err := use(ctx, tx, usedToReport, said[:]); err != nil || !fresh {
			return err
		}
		fresh, err := use(ctx, tx, usedToReport, form)
		if err == nil && !fresh { // changed after it was sent: it must not be lost while somebody is thanked for it
			err = fault.New(fault.Refused, "this form was sent before, with something else in it").At("token").Hint("send it once more from this page")
		}
		if err != nil {
			return err
		}
		if err := limit(ctx, tx, o.Area, countReported, MostReportsAnHourOfArea, MostReportsAnHour); err != nil { // from here on those of an authority wait for each other
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO request_wrong (area, id, outlet, says, at, staff)
			VALUES (?, (SELECT COALESCE(MAX(id), 0) + 1 FROM request_wrong WHERE area = ?), ?, ?, ?, 0)`, o.Area, o.Area, o.ID, what, tx.Now.UnixMilli())
		return err
	})
}

// Reports lists those of an authority that are not done, the oldest first.
func (r *Requests) Reports(ctx context.Context, who staff.Person, area int) ([]Wrong, error) {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	if err := who.Must(staff.OfferRequests, placeOf(snap, area, 0)); err != nil {
		return nil, err
	}
	var list []Wrong
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			w := Wrong{Area: area}
			var at int64
			err := scan(&w.ID, &w.Outlet, &w.What, &at)
			w.At = time.UnixMilli(at)
			list = append(list, w)
			return err
		}, "SELECT id, outlet, says, at FROM request_wrong WHERE area = ? AND done_at IS NULL ORDER BY id LIMIT "+itoa(mostListed), area)
	})
	return list, err
}

// Settle marks one as done. Again it changes nothing.
func (r *Requests) Settle(ctx context.Context, who staff.Person, area, id int) error {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return err
	}
	if err := who.Must(staff.OfferRequests, placeOf(snap, area, 0)); err != nil {
		return err
	}
	return r.write(ctx, func(tx *store.Tx) error {
		var one int
		found, err := tx.Get(ctx, []any{&one}, "SELECT 1 FROM request_wrong WHERE area = ? AND id = ?", area, id)
		if err == nil && !found {
			err = fault.New(fault.NotFound, "there is no such report")
		}
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, "UPDATE request_wrong SET done_at = ?, staff = ? WHERE area = ? AND id = ? AND done_at IS NULL", tx.Now.UnixMilli(), who.ID, area, id)
		if err != nil || n == 0 {
			return err
		}
		return staff.Audit(ctx, tx, who, area, "settle report", "report "+itoa(id), "")
	})
}
