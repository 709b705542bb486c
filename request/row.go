package request

import (
	"context"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// row is a request as it is stored.
type row struct {
	Request
	stored  State // as it is stored: Request.State is Approved where the supply was reversed
	sealed  []byte
	attempt int
	sending time.Time // when a sending was begun that is not finished
	closed  time.Time
	staff   int
}

// rowColumns read a request; the last tells whether its supply was reversed, as the ledger's table movement says, which this
// room only reads.
const rowColumns = `area, id, state, for_whom, route, kits, how, collect, old_enough, trained, asked_at, changed_at, closed_at, erase_at, erased, sealed, why,
	attempt, sending_at, outlet, in_area, supply, staff, version,
	CASE WHEN supply IS NOT NULL AND EXISTS (SELECT 1 FROM movement m WHERE m.area = request.in_area AND m.reverses = request.supply) THEN 1 ELSE 0 END`

// rows reads requests. Nothing is opened.
func (r *Requests) rows(ctx context.Context, tx *store.Tx, where string, args ...any) ([]*row, error) {
	var list []*row
	err := tx.Each(ctx, func(scan func(...any) error) error {
		w := &row{}
		var id, supply []byte
		var old, trained, erased, reversed int
		var asked, changed int64
		var closed, erase, sending *int64
		if err := scan(&w.Area, &id, &w.stored, &w.For, &w.Route, &w.Kits, &w.How, &w.Collect, &old, &trained, &asked, &changed, &closed, &erase, &erased, &w.sealed, &w.Why,
			&w.attempt, &sending, &w.Outlet, &w.SupplyIn, &supply, &w.staff, &w.Version, &reversed); err != nil {
			return err
		}
		w.ID = uuid.UUID(id)
		w.Ask.ID, w.Ask.Area = w.ID, w.Request.Area
		w.OldEnough, w.Trained, w.Erased = old != 0, trained != 0, erased != 0
		w.AskedAt, w.ChangedAt, w.closed, w.EraseBy, w.sending = time.UnixMilli(asked), time.UnixMilli(changed), instant(closed), instant(erase), instant(sending)
		w.Sending = sending != nil
		w.State = w.stored
		switch {
		case len(supply) == 0:
		case reversed != 0:
			w.Reversed = true
			if w.stored == Sent || w.stored == Ready {
				w.State = Approved
			}
		case w.stored >= Sent && w.stored <= Collected:
			w.Supply = uuid.UUID(supply)
		}
		list = append(list, w)
		return nil
	}, "SELECT "+rowColumns+" FROM request WHERE "+where, args...)
	return list, err
}

func instant(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

// reveal opens what is personal, for somebody who may see it. What was sealed with another key stays closed.
func (r *Requests) reveal(w *row) *Request {
	if p, err := r.keys.open(w.Request.Area, w.ID, w.sealed); err == nil {
		w.Name, w.Address, w.Contact = p.Name, p.Address, p.Contact
	}
	if r.keys != nil {
		w.Reference = r.keys.referenceOf(w.Request.Area, w.ID)
	}
	return &w.Request
}

// held reads a request and holds it until the transaction ends; nil if there is none.
func (r *Requests) held(ctx context.Context, tx *store.Tx, area int, id uuid.UUID) (*row, error) {
	if _, err := tx.Exec(ctx, "UPDATE request SET version = version WHERE area = ? AND id = ?", area, id[:]); err != nil {
		return nil, err
	}
	list, err := r.rows(ctx, tx, "area = ? AND id = ?", area, id[:])
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func noRequest() error { return fault.New(fault.NotFound, "there is no such request") }

// become stores a new state, made by somebody (0: by whoever asked, or by nobody), and what follows from it: when what is
// personal is erased. keepDays are those of the offer.
func (w *row) become(ctx context.Context, tx *store.Tx, s State, keepDays int) error {
	w.stored, w.State, w.Version, w.ChangedAt = s, s, w.Version+1, tx.Now
	var closed any
	if s == Sent || s == Collected || s == Refused || s == Withdrawn {
		w.closed = tx.Now
		closed = tx.Now.UnixMilli()
		if by := tx.Now.Add(time.Duration(keepDays) * 24 * time.Hour); !w.Erased && (w.EraseBy.IsZero() || by.Before(w.EraseBy)) {
			w.EraseBy = by
		}
	}
	var erase any
	if !w.EraseBy.IsZero() {
		erase = w.EraseBy.UnixMilli()
	}
	_, err := tx.Exec(ctx, "UPDATE request SET state = ?, changed_at = ?, closed_at = ?, erase_at = ?, why = ?, version = ?, sending_at = NULL, staff = ? WHERE area = ? AND id = ?",
		int(s), tx.Now.UnixMilli(), closed, erase, w.Why, w.Version, w.staff, w.Request.Area, w.ID[:])
	return err
}

// forget erases what is personal in the requests that a condition names. It stands within write.
func forget(ctx context.Context, tx *store.Tx, where string, args ...any) error {
	_, err := tx.Exec(ctx, "UPDATE request SET sealed = NULL, body = NULL, why = '', erased = 1, erase_at = NULL WHERE "+where, args...)
	return err
}

// write is the store's, for every change of the requests: on SQLite what a change sets free is overwritten on the disk,
// also where a row moves to another page.
func (r *Requests) write(ctx context.Context, fn func(*store.Tx) error) error {
	if r.db.Engine != store.SQLite {
		return r.db.Write(ctx, fn)
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		var was, now int
		if _, err := tx.Get(ctx, []any{&was}, "PRAGMA secure_delete"); err != nil {
			return err
		}
		if _, err := tx.Get(ctx, []any{&now}, "PRAGMA secure_delete = ON"); err != nil {
			return err
		}
		defer func() {
			tx.Get(context.WithoutCancel(ctx), []any{&now}, "PRAGMA secure_delete = "+itoa(was)) // others need not pay for it
		}()
		return fn(tx)
	})
}

// stale says that a request is not as somebody saw it.
func stale() error {
	return fault.New(fault.Conflict, "somebody else has changed this request since you opened it").At("version").Hint("nothing was changed; open it again")
}

func subject(id uuid.UUID) string { return "request " + id.String() }

// audit writes down a deed. It says nothing about a person.
func (w *row) audit(ctx context.Context, tx *store.Tx, who staff.Person, deed, detail string) error {
	return staff.Audit(ctx, tx, who, w.Request.Area, deed, subject(w.ID), detail)
}
