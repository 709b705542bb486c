package demo

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/request"
	"everykit/staff"
)

// requested is one request of the demonstration, and how far it is brought.
type requested struct {
	to       request.State
	who      request.For
	route    registry.Route
	how      request.How
	name     string
	street   string
	withhold string // why it is refused
}

// requestedKits are some in each state. No street is called so, and no post goes to this postcode: the district does not exist.
var requestedKits = []requested{
	{to: request.Asked, who: request.Myself, how: request.ByPost, name: "A. Sparrow", street: "1 Paper Kite Row"},
	{to: request.Asked, who: request.SomeoneIKnow, route: registry.Intranasal, how: request.ByPost, name: "The Teapots", street: "22 Paper Kite Row"},
	{to: request.Asked, who: request.Work, route: registry.Intramuscular, how: request.ToCollect, name: "Wren"},
	{to: request.Approved, who: request.Myself, how: request.ByPost, name: "Robin Thimble", street: "3 Cardboard Lane"},
	{to: request.Sent, who: request.SomeoneIKnow, how: request.ByPost, name: "Magpie", street: "14 Cardboard Lane"},
	{to: request.Ready, who: request.Myself, how: request.ToCollect, name: "Otter"},
	{to: request.Collected, who: request.Work, how: request.ToCollect, name: "Plover"},
	{to: request.Refused, who: request.Myself, how: request.ByPost, name: "No Such Person", street: "0 Nowhere Street", withhold: "We cannot find this street. Please ask again, with the address as the post has it."},
	{to: request.Withdrawn, who: request.SomeoneIKnow, how: request.ToCollect, name: "Wagtail"},
}

const (
	requestPostcode = "ZE9 9ZZ"
	requestNote     = "We post on Tuesdays and Fridays."
)

// wrongReports are what the public says is not right at outlets.
var wrongReports = []string{
	"The door was closed at 4 o’clock on Friday. It says open till 5.",
	"You do need to ring the bell first.",
}

// RequestForms opens as many forms as Requests sends. A form must be some seconds old before it is taken, as one is that a person has
// filled in, so they are opened before Build begins, or request.MinFormAge before Requests.
func RequestForms(ctx context.Context, r *request.Requests) ([]string, error) {
	var forms []string
	for range len(requestedKits) + len(wrongReports) {
		token, err := r.FormToken(ctx)
		if err != nil {
			return nil, err
		}
		forms = append(forms, token)
	}
	return forms, nil
}

// Requests has the authority to look at first offer kits by post and to collect, from the outlet where the workers work, with some
// requests in each state and two reports that something is not right. forms are those of RequestForms. A request for which there is no
// kit on the shelf stays approved. Built twice, it is the same.
func Requests(ctx context.Context, made Made, reg *registry.Registry, r *request.Requests, forms []string) error {
	o, err := r.OfferOf(ctx, made.Area.ID)
	if err != nil || o.Version > 0 {
		return err
	}
	o = request.Offer{Area: made.Area.ID, On: true, Post: true, Collect: true, Outlet: made.Outlet.ID, Most: 3, KeepDays: request.KeepDays, Note: requestNote, Return: "PO Box 0 (made up)"}
	if err := r.SetOffer(ctx, staff.Operator(), o); err != nil {
		return err
	}
	for i, q := range requestedKits {
		if err := q.bring(ctx, made, r, forms[i]); err != nil {
			return err
		}
	}
	snap, err := reg.Now(ctx)
	if err != nil {
		return err
	}
	outlets := slices.DeleteFunc(slices.Clone(snap.OutletsOf(made.Area.ID)), func(o *registry.Outlet) bool { return o.Public != registry.Yes })
	for i, what := range wrongReports {
		if len(outlets) == 0 {
			break
		}
		if err := r.Report(ctx, forms[len(requestedKits)+i], outlets[i%len(outlets)].ID, what); err != nil {
			return err
		}
	}
	return nil
}

// bring asks, and does what is to be done with it.
func (q requested) bring(ctx context.Context, made Made, r *request.Requests, form string) error {
	who, area := staff.Operator(), made.Area.ID
	a := request.Ask{ID: uuid.NewSHA1(uuid.Nil, []byte("request "+q.name)), Area: area, For: q.who, Route: q.route, How: q.how, Name: q.name, OldEnough: true, Trained: q.who == request.Work}
	if q.how == request.ByPost {
		a.Address = strings.Join([]string{q.street, made.Area.Name, requestPostcode}, "\n")
	}
	reference, err := r.Ask(ctx, form, a)
	if err != nil {
		return err
	}
	now, err := r.Get(ctx, who, area, a.ID)
	if err != nil {
		return err
	}
	switch q.to {
	case request.Asked:
		return nil
	case request.Refused:
		return r.Refuse(ctx, who, area, a.ID, now.Version, q.withhold)
	case request.Withdrawn:
		return r.Withdraw(ctx, reference)
	}
	if err := r.Approve(ctx, who, area, a.ID, now.Version); err != nil || q.to == request.Approved {
		return err
	}
	if err := r.Send(ctx, who, area, a.ID, now.Version+1, 0); err != nil {
		if fault.Is(err, fault.Refused) {
			return nil
		}
		return err
	}
	if q.to != request.Collected {
		return nil
	}
	if now, err = r.Get(ctx, who, area, a.ID); err != nil {
		return err
	}
	return r.Gave(ctx, who, area, a.ID, now.Version)
}
