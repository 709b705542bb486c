package request

import (
	"context"
	"time"

	"everykit/fault"
	"everykit/store"
)

// Progress is what a reference tells whoever has it: the state, never a name or an address.
type Progress struct {
	State   State
	How     How
	At      time.Time
	Collect int
	Area    int
	Why     string // of a refusal, until it is erased
}

// Progress looks a reference up, however sloppily it is typed. One that is not there is fault.NotFound; where too many are
// tried, Unavailable.
func (r *Requests) Progress(ctx context.Context, reference string) (p Progress, err error) {
	err = r.look(ctx, reference, r.db.Read, func(_ *store.Tx, w *row) error {
		p = Progress{w.State, w.How, w.ChangedAt, w.Collect, w.Request.Area, w.Why}
		return nil
	})
	if err != nil {
		return Progress{}, err
	}
	return p, nil
}

// look finds a request by its reference in a transaction, and counts if there is none.
func (r *Requests) look(ctx context.Context, reference string, in func(context.Context, func(*store.Tx) error) error, fn func(*store.Tx, *row) error) error {
	if r.keys == nil {
		return noKey()
	}
	now := r.db.Now()
	if err := r.misses.tooMany(now); err != nil {
		return err
	}
	none := fault.New(fault.NotFound, "there is no request with this reference").At("reference").Hint("check the letters and numbers")
	kept, ok := r.keys.keptReference(reference)
	if !ok {
		return none
	}
	missed := false
	err := in(ctx, func(tx *store.Tx) error {
		missed = false
		list, err := r.rows(ctx, tx, "reference = ?", kept)
		if err != nil {
			return err
		}
		if missed = len(list) == 0; missed {
			return none
		}
		return fn(tx, list[0])
	})
	if missed {
		r.misses.add(now)
	}
	return err
}

// Withdraw takes back a request that was not sent yet, by its reference, and erases what it said of a person. Again it
// changes nothing.
func (r *Requests) Withdraw(ctx context.Context, reference string) error {
	return r.look(ctx, reference, r.write, func(tx *store.Tx, w *row) error {
		w, err := r.held(ctx, tx, w.Request.Area, w.ID)
		if err != nil {
			return err
		}
		if w.State == Withdrawn {
			return nil
		}
		if err := w.notSending(ctx, tx); err != nil {
			return err
		}
		if w.State != Asked && w.State != Approved {
			return fault.New(fault.Refused, "this request is over, or what you asked for is on its way").Hint("if you do not need it, give it to somebody who does, or back to a place that gives them out")
		}
		w.staff = 0
		if err := w.become(ctx, tx, Withdrawn, 0); err != nil {
			return err
		}
		return forget(ctx, tx, "area = ? AND id = ?", w.Request.Area, w.ID[:])
	})
}
