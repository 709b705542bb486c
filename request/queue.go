package request

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// handles reports how far somebody may handle an authority's requests: all of them, as who works at the outlet that sends or
// coordinates the authority, or those to be collected at outlets where they work.
func (r *Requests) handles(snap *registry.Snapshot, who staff.Person, o Offer) (all bool, at []int) {
	if who.May(staff.HandleRequests, offerPlace(snap, o)) {
		return true, nil
	}
	for _, id := range o.Places() {
		if out := snap.Outlet(id); out != nil && who.May(staff.HandleRequests, placeOf(snap, out.Area, id)) {
			at = append(at, id)
		}
	}
	return false, at
}

// mayHandle refuses who may not handle a request. collected is for what those who give it out may do too.
func (r *Requests) mayHandle(snap *registry.Snapshot, who staff.Person, o Offer, w *row, collected bool) error {
	all, at := r.handles(snap, who, o)
	if all || collected && w != nil && w.How == ToCollect && slices.Contains(at, w.Collect) {
		return nil
	}
	return who.Must(staff.HandleRequests, offerPlace(snap, o))
}

// Queue lists an authority's requests in a state (0: all that are open), oldest first, with name, address and contact for
// who may see them: 1,000 at most, of those that are over the latest. Somebody at an outlet where kits are collected has
// those to be collected there.
func (r *Requests) Queue(ctx context.Context, who staff.Person, area int, s State) ([]Request, error) {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	var list []*row
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		o, err := r.offerIn(ctx, tx, snap, area)
		if err != nil {
			return err
		}
		all, at := r.handles(snap, who, o)
		if !all && len(at) == 0 {
			return who.Must(staff.HandleRequests, offerPlace(snap, o))
		}
		const again = "state IN (?, ?) AND erased = 0 AND EXISTS (SELECT 1 FROM movement m WHERE m.area = request.in_area AND m.reverses = request.supply)"
		where, args := "area = ? AND state = ?", []any{area, int(s)}
		switch s { // what was sent and reversed waits again, as long as it could be sent
		case 0:
			where, args = "area = ? AND (state IN (?, ?, ?) OR "+again+")", []any{area, int(Asked), int(Approved), int(Ready), int(Sent), int(Ready)}
		case Approved:
			where, args = "area = ? AND (state = ? OR "+again+")", []any{area, int(Approved), int(Sent), int(Ready)}
		}
		if !all {
			where += " AND how = ? AND collect IN (" + store.Marks(len(at)) + ")"
			args = append(args, int(ToCollect))
			for _, id := range at {
				args = append(args, id)
			}
		}
		order := " ORDER BY asked_at, id LIMIT "
		if s != 0 && !s.IsOpen() {
			order = " ORDER BY asked_at DESC, id DESC LIMIT "
		}
		list, err = r.rows(ctx, tx, where+order+itoa(mostListed), args...)
		return err
	})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(w *row) bool { return s == 0 && !w.State.IsOpen() || s != 0 && w.State != s })
	if s != 0 && !s.IsOpen() {
		slices.Reverse(list)
	}
	var out []Request
	for _, w := range list {
		out = append(out, *r.reveal(w))
	}
	return out, nil
}

// Get is one of them.
func (r *Requests) Get(ctx context.Context, who staff.Person, area int, id uuid.UUID) (*Request, error) {
	w, _, err := r.get(ctx, who, area, id)
	if err != nil {
		return nil, err
	}
	return r.reveal(w), nil
}

func (r *Requests) get(ctx context.Context, who staff.Person, area int, id uuid.UUID) (*row, Offer, error) {
	var w *row
	var o Offer
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, o, err
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		w = nil
		if o, err = r.offerIn(ctx, tx, snap, area); err != nil {
			return err
		}
		list, err := r.rows(ctx, tx, "area = ? AND id = ?", area, id[:])
		if err == nil && len(list) > 0 {
			w = list[0]
		}
		return err
	})
	if err == nil {
		err = r.mayHandle(snap, who, o, w, true)
	}
	if err == nil && w == nil {
		err = noRequest()
	}
	return w, o, err
}

// Label is what is written on the envelope: name and address, and after an empty line where it goes if it cannot be
// delivered. Nothing in it tells what is inside.
func (r *Requests) Label(ctx context.Context, who staff.Person, area int, id uuid.UUID) (lines []string, err error) {
	w, o, err := r.get(ctx, who, area, id)
	if err != nil {
		return nil, err
	}
	req := r.reveal(w)
	switch {
	case req.How != ByPost:
		return nil, fault.New(fault.Refused, "this request is to be collected").Hint("it needs no label")
	case req.Erased:
		return nil, fault.New(fault.Refused, "the address was erased")
	case req.Address == "":
		return nil, fault.New(fault.Unavailable, "the address cannot be opened: it was sealed with another key").Hint("bring back the key file that belongs to this database")
	}
	lines = append([]string{req.Name}, strings.Split(req.Address, "\n")...)
	back := o.Return
	if back == "" {
		snap, err := r.reg.Now(ctx)
		if err != nil {
			return nil, err
		}
		if out := snap.Outlet(o.Outlet); out != nil {
			back = out.Postcode
		}
	}
	if back != "" {
		lines = append(append(lines, "", "If not delivered, return to:"), strings.Split(back, "\n")...)
	}
	return lines, nil
}
