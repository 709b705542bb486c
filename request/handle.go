package request

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Approve says that it will be sent. Version is the one somebody saw; the same again changes nothing.
func (r *Requests) Approve(ctx context.Context, who staff.Person, area int, id uuid.UUID, version int) error {
	return r.deed(ctx, who, area, id, version, Approved, false, "approve request", nil)
}

// Refuse ends it, with a reason that is said to whoever asked.
func (r *Requests) Refuse(ctx context.Context, who staff.Person, area int, id uuid.UUID, version int, why string) error {
	if why = lines(why); why == "" {
		return fault.New(fault.Invalid, "say why, in words that whoever asked can read").At("why")
	}
	if err := checkText(nil, "why", why, MostWhy).Err(); err != nil {
		return err
	}
	return r.deed(ctx, who, area, id, version, Refused, false, "refuse request", func(w *row) { w.Why = why })
}

// Gave notes that a kit was collected. Those who work where it is collected may do it too.
func (r *Requests) Gave(ctx context.Context, who staff.Person, area int, id uuid.UUID, version int) error {
	return r.deed(ctx, who, area, id, version, Collected, true, "give request out", nil)
}

// deed brings a request into another state.
func (r *Requests) deed(ctx context.Context, who staff.Person, area int, id uuid.UUID, version int, to State, collected bool, words string, change func(*row)) error {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return err
	}
	told := false
	err = r.write(ctx, func(tx *store.Tx) error {
		told = false
		o, err := r.offerIn(ctx, tx, snap, area)
		if err != nil {
			return err
		}
		w, err := r.held(ctx, tx, area, id)
		if err != nil {
			return err
		}
		if err := r.mayHandle(snap, who, o, w, collected); err != nil {
			return err
		}
		switch {
		case w == nil:
			return noRequest()
		case w.State == to && w.Version == version+1 && w.staff == who.ID:
			return nil // the same click twice
		case w.Version != version:
			return stale()
		}
		if err := w.notSending(ctx, tx); err != nil {
			return err
		}
		if !slices.Contains(next[w.State], to) {
			return fault.New(fault.Refused, "this request cannot be changed so: it is %s", w.State.Words()).Hint("open it again to see where it stands")
		}
		w.staff = who.ID
		if change != nil {
			change(w)
		}
		if err := w.become(ctx, tx, to, keepDays(o)); err != nil {
			return err
		}
		if to == Refused {
			told = true
			req := r.reveal(w)
			if err := r.tell(ctx, tx, req.Contact, req.Reference, to); err != nil {
				return err
			}
		}
		return w.audit(ctx, tx, who, words, "")
	})
	if err == nil && told {
		r.outbox.Wake()
	}
	return err
}

// keepDays are those of an offer, also where it was never made.
func keepDays(o Offer) int {
	if o.KeepDays == 0 {
		return KeepDays
	}
	return o.KeepDays
}

var stateWords = [...]string{"", "asked for", "approved", "sent", "ready to be collected", "collected", "refused", "withdrawn", "not offered"}

// Words is how a page writes it, within a sentence.
func (s State) Words() string {
	if int(s) < len(stateWords) {
		return stateWords[s]
	}
	return ""
}
