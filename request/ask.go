package request

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/postcode"
	"everykit/registry"
	"everykit/store"
)

// AreaOf gives the authority that a postcode lies in: for pages that ask for it first. Faults are those of
// postcode.Find, and Refused where no authority is known.
func (r *Requests) AreaOf(ctx context.Context, typed string) (int, error) {
	c, err := postcode.Parse(typed)
	if err != nil {
		return 0, err
	}
	at, err := r.codes.Find(ctx, c)
	if err == nil && at.Area == 0 {
		err = fault.New(fault.Refused, "it is not known which council this postcode is in").At("postcode").Hint("choose the council from the list")
	}
	return at.Area, err
}

// MinAge is the youngest age that any kit an authority sends is licensed for, of the wished route (0: any): a page asks
// "are you N or over?". 0 where it is not known, or nothing is offered: then nothing is asked.
func (r *Requests) MinAge(ctx context.Context, area int, route registry.Route) (int, error) {
	o, err := r.OfferOf(ctx, area)
	if err != nil || !o.On {
		return 0, err
	}
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return 0, err
	}
	return minAge(snap, snap.Outlet(o.Outlet), route), nil
}

func minAge(snap *registry.Snapshot, o *registry.Outlet, route registry.Route) int {
	if route == 0 {
		years, _ := snap.MinAge(o)
		return years
	}
	youngest := 0
	for _, g := range o.Gives {
		p, ok := snap.FindProduct(g)
		switch {
		case !ok || p.Route == route && p.MinAge == 0:
			return 0
		case p.Route != route:
		case youngest == 0 || p.MinAge < youngest:
			youngest = p.MinAge
		}
	}
	return youngest
}

// Ask takes a request. The reference is for whoever asked; the same form again has the same. Where the area offers none it
// is counted, nothing about the person is kept, and the reference is empty. Invalid with every fault at its field; Refused
// for somebody too young, or a form that was sent before with something else in it; Unavailable where there is no key, no
// table to find the postcode in, or too many came in a short time.
func (r *Requests) Ask(ctx context.Context, token string, a Ask) (reference string, err error) {
	if r.keys == nil {
		return "", noKey()
	}
	if a.ID == uuid.Nil {
		return "", fault.New(fault.Invalid, "the form has no number of its own").At("id").Hint("open a fresh form and fill it in again")
	}
	if err := a.tooLong(); err != nil {
		return "", err
	}
	if a.Area == 0 {
		if a.Area, err = r.AreaOf(ctx, a.Postcode); err != nil {
			return "", err
		}
	}
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return "", err
	}
	area := r.authority(snap, a.Area)
	if area == nil {
		return "", fault.New(fault.Invalid, "choose the council from the list").At("area")
	}
	a.Area = area.ID
	form, err := r.checkToken(token, r.db.Now())
	if err != nil {
		return "", err
	}
	o, err := r.OfferOf(ctx, a.Area)
	if err != nil {
		return "", err
	}
	if !o.On {
		return "", r.gap(ctx, form, a.Area, nothingOffered)
	}
	bad := a.tidy()
	if err := append(bad, a.fit(o)...).Err(); err != nil {
		return "", err
	}
	if years := minAge(snap, snap.Outlet(o.Outlet), a.Route); years > 0 && !a.OldEnough {
		if err := r.gap(ctx, form, a.Area, tooYoung); err != nil {
			return "", err
		}
		return "", fault.New(fault.Refused, "we cannot send this to somebody under %d", years).At("old_enough").
			Hint("a worker near you can still help: find the nearest place and speak to them")
	}
	a.Postcode = ""
	err = r.write(ctx, func(tx *store.Tx) error { return r.keep(ctx, tx, form, a) })
	if err != nil {
		return "", err
	}
	r.outbox.Wake()
	return r.keys.referenceOf(a.Area, a.ID), nil
}

// keep stores a request, or finds the same one.
func (r *Requests) keep(ctx context.Context, tx *store.Tx, form []byte, a Ask) error {
	said, err := json.Marshal(a)
	if err != nil {
		return err
	}
	body := mark(r.keys.body, string(said))
	same, err := isAsked(ctx, tx, a, body)
	if same || err != nil {
		return err
	}
	fresh, err := use(ctx, tx, usedToAsk, form)
	if err == nil && !fresh { // on PostgreSQL the same form at the same moment waited here for the other
		if same, err = isAsked(ctx, tx, a, body); same || err != nil {
			return err
		}
		err = fault.New(fault.Refused, "this form was sent before").At("token").Hint("open a fresh form to ask for more")
	}
	if err != nil {
		return err
	}
	if err := limit(ctx, tx, a.Area, countAsked, MostAnHourOfArea, MostAnHour); err != nil {
		return err
	}
	sealed, err := r.keys.close(a.Area, a.ID, personal{a.Name, a.Address, a.Contact})
	if err != nil {
		return err
	}
	reference := r.keys.referenceOf(a.Area, a.ID)
	kept, _ := r.keys.keptReference(reference)
	now := tx.Now.UnixMilli()
	n, err := tx.Exec(ctx, `INSERT INTO request (area, id, reference, state, for_whom, route, kits, how, collect, old_enough, trained, asked_at, changed_at,
			erase_at, erased, sealed, body, why, attempt, outlet, in_area, staff, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '', 0, 0, 0, 0, 1) ON CONFLICT (area, id) DO NOTHING`,
		a.Area, a.ID[:], kept, int(Asked), int(a.For), int(a.Route), a.Kits, int(a.How), a.Collect, bit(a.OldEnough), bit(a.Trained), now, now,
		tx.Now.Add(LongestFor).UnixMilli(), blob(sealed), body)
	if err == nil && n == 0 { // two forms with one number, at the same moment
		err = fault.New(fault.Conflict, "this form was sent before, with something else in it").At("id").Hint("open a fresh form to ask for more")
	}
	if err != nil {
		return err
	}
	if !isEmail(a.Contact) {
		return nil
	}
	today := int64(r.ledger.Day(tx.Now))
	few, err := count(ctx, tx, 0, countLetters, mark(r.keys.body, "letters", strings.ToLower(a.Contact), strconv.FormatInt(today, 10)), today, MostLettersADay)
	if err != nil || !few {
		return err
	}
	return r.tell(ctx, tx, a.Contact, reference, Asked)
}

// blob is nil for the database too.
func blob(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// isAsked reports whether this very request is there already.
func isAsked(ctx context.Context, tx *store.Tx, a Ask, body []byte) (bool, error) {
	var was []byte
	var erased int
	found, err := tx.Get(ctx, []any{&was, &erased}, "SELECT body, erased FROM request WHERE area = ? AND id = ?", a.Area, a.ID[:])
	switch {
	case err != nil || !found:
	case erased != 0:
		err = fault.New(fault.Refused, "this form was sent before").At("id").Hint("open a fresh form to ask for more")
	case string(was) != string(body):
		err = fault.New(fault.Conflict, "this form was sent before, with something else in it").At("id").Hint("look it up by its reference; open a fresh form to ask for more")
	}
	return found, err
}
