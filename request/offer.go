package request

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// Offer is what an authority offers. The zero value, with On false, is none.
type Offer struct {
	Area          int
	On            bool // false too while Outlet is closed
	Post, Collect bool
	Outlet        int    // whose shelf kits are taken from
	Collects      []int  // outlets at which kits can be collected; empty: Outlet alone. Closed ones are left out when read
	Most          int    // kits a request may ask for, 1 or more
	KeepDays      int    // how long an address is kept after the kit was sent or the request closed; 14 unless set
	Note          string // said to the public: "We post on Tuesdays and Fridays"
	Return        string // lines on the envelope for when it cannot be delivered; empty: the outlet's postcode. It must not tell what is inside
	Version       int
}

// Places are the outlets at which kits can be collected; none where they cannot.
func (o *Offer) Places() []int {
	switch {
	case !o.Collect:
		return nil
	case len(o.Collects) == 0:
		return []int{o.Outlet}
	}
	return o.Collects
}

// OfferOf is what an authority offers.
func (r *Requests) OfferOf(ctx context.Context, area int) (o Offer, err error) {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return o, err
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		o, err = r.offerIn(ctx, tx, snap, area)
		return err
	})
	return o, err
}

// Offers are all that are on, by area.
func (r *Requests) Offers(ctx context.Context) (list []Offer, err error) {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		list, err = r.offers(ctx, tx, snap, "is_on = 1")
		list = slices.DeleteFunc(list, func(o Offer) bool { return !o.On })
		return err
	})
	return list, err
}

func (r *Requests) offerIn(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, area int) (Offer, error) {
	list, err := r.offers(ctx, tx, snap, "area = ?", area)
	if err != nil || len(list) == 0 {
		return Offer{Area: area}, err
	}
	return list[0], nil
}

func (r *Requests) offers(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, where string, args ...any) ([]Offer, error) {
	var list []Offer
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var o Offer
		var on, post, collect int
		var collects string
		if err := scan(&o.Area, &on, &post, &collect, &o.Outlet, &collects, &o.Most, &o.KeepDays, &o.Note, &o.Return, &o.Version); err != nil {
			return err
		}
		o.On, o.Post, o.Collect = on != 0 && r.open(snap, o.Outlet), post != 0, collect != 0
		for _, word := range strings.Fields(collects) {
			if id, err := strconv.Atoi(word); err == nil && r.open(snap, id) {
				o.Collects = append(o.Collects, id)
			}
		}
		if collects != "" && len(o.Collects) == 0 {
			o.Collect = false // all have closed
		}
		o.On = o.On && (o.Post || o.Collect)
		list = append(list, o)
		return nil
	}, "SELECT area, is_on, post, collect, outlet, collects, most, keep_days, note, back_to, version FROM request_offer WHERE "+where+" ORDER BY area", args...)
	return list, err
}

// open reports whether there is such an outlet, and it has not closed.
func (r *Requests) open(snap *registry.Snapshot, id int) bool {
	o := snap.Outlet(id)
	return o != nil && o.OpenOn(r.today())
}

// SetOffer changes it. Version is the one it was made on, 0 for the first; the same again changes nothing. Every fault is at
// its field.
func (r *Requests) SetOffer(ctx context.Context, who staff.Person, o Offer) error {
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return err
	}
	if err := who.Must(staff.OfferRequests, placeOf(snap, o.Area, 0)); err != nil {
		return err
	}
	if a := snap.Area(o.Area); a == nil || !a.IsAuthority() {
		return fault.New(fault.NotFound, "there is no such authority").At("area")
	}
	if err := r.checkOffer(snap, &o); err != nil {
		return err
	}
	return r.write(ctx, func(tx *store.Tx) error {
		stored := Offer{}
		var on, post, collect int
		var collects string
		_, err := tx.Get(ctx, []any{&on, &post, &collect, &stored.Outlet, &collects, &stored.Most, &stored.KeepDays, &stored.Note, &stored.Return, &stored.Version},
			"SELECT is_on, post, collect, outlet, collects, most, keep_days, note, back_to, version FROM request_offer WHERE area = ?", o.Area)
		if err != nil {
			return err
		}
		same := stored.Version > 0 && (on != 0) == o.On && (post != 0) == o.Post && (collect != 0) == o.Collect && stored.Outlet == o.Outlet && collects == numbers(o.Collects) &&
			stored.Most == o.Most && stored.KeepDays == o.KeepDays && stored.Note == o.Note && stored.Return == o.Return
		if same {
			return nil
		}
		if stored.Version != o.Version {
			return fault.New(fault.Conflict, "somebody else has changed this since you opened it").At("version").Hint("nothing was saved; open the page again")
		}
		n, err := tx.Exec(ctx, `INSERT INTO request_offer (area, is_on, post, collect, outlet, collects, most, keep_days, note, back_to, version, told_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)
			ON CONFLICT (area) DO UPDATE SET is_on = excluded.is_on, post = excluded.post, collect = excluded.collect, outlet = excluded.outlet, collects = excluded.collects,
				most = excluded.most, keep_days = excluded.keep_days, note = excluded.note, back_to = excluded.back_to, version = request_offer.version + 1
			WHERE request_offer.version = ?`,
			o.Area, bit(o.On), bit(o.Post), bit(o.Collect), o.Outlet, numbers(o.Collects), o.Most, o.KeepDays, o.Note, o.Return, o.Version)
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "somebody else has changed this since you opened it").At("version").Hint("nothing was saved; open the page again")
		}
		if err != nil {
			return err
		}
		// Fewer days hold for what has come to its end already; more do not.
		keep := int64(o.KeepDays) * day
		if _, err := tx.Exec(ctx, "UPDATE request SET erase_at = closed_at + ? WHERE area = ? AND closed_at IS NOT NULL AND erase_at > closed_at + ?", keep, o.Area, keep); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, o.Area, "change what is offered", "requests", "on "+strconv.FormatBool(o.On)+", outlet "+strconv.Itoa(o.Outlet)+", kept "+strconv.Itoa(o.KeepDays)+" days")
	})
}

// day is in milliseconds.
const day = 24 * 60 * 60 * 1000

// checkOffer brings an offer into the form that is stored, and gives every fault.
func (r *Requests) checkOffer(snap *registry.Snapshot, o *Offer) error {
	var bad fault.List
	o.Most, o.KeepDays = cmp.Or(o.Most, 1), cmp.Or(o.KeepDays, KeepDays)
	o.Note, o.Return = lines(o.Note), lines(o.Return)
	near := func(id int) bool { // of the authority, or of one that serves it too, such as a nation's postal desk
		at := snap.Outlet(id)
		return at != nil && (at.Area == o.Area || slices.ContainsFunc(snap.Ancestors(o.Area), func(a *registry.Area) bool { return a.ID == at.Area }))
	}
	if o.On && !o.Post && !o.Collect {
		bad = append(bad, fault.New(fault.Invalid, "choose how people get a kit: by post, to collect, or both").At("post"))
	}
	switch {
	case o.Outlet == 0 && !o.On:
	case !near(o.Outlet):
		bad = append(bad, fault.New(fault.Invalid, "choose the outlet whose kits are sent").At("outlet").Hint("an outlet of the authority, or one that serves all of the nation"))
	case o.On && !r.open(snap, o.Outlet):
		bad = append(bad, fault.New(fault.Refused, "%s has closed", snap.Outlet(o.Outlet).Name).At("outlet").Hint("choose another outlet"))
	}
	slices.Sort(o.Collects)
	o.Collects = slices.Compact(o.Collects)
	for _, id := range o.Collects {
		if !near(id) || !r.open(snap, id) {
			bad = append(bad, fault.New(fault.Invalid, "kits cannot be collected at an outlet that has closed or is of another authority").At("collects"))
			break
		}
	}
	if o.Most < 1 || o.Most > mostKits {
		bad = append(bad, fault.New(fault.Invalid, "the number of kits must be from 1 to %d, not %d", mostKits, o.Most).At("most"))
	}
	if o.KeepDays < 1 || o.KeepDays > mostKeepDays {
		bad = append(bad, fault.New(fault.Invalid, "addresses are kept from 1 to %d days, not %d", mostKeepDays, o.KeepDays).At("keep_days"))
	}
	bad = checkText(bad, "note", o.Note, mostNote)
	bad = checkText(bad, "return", o.Return, MostAddress)
	return bad.Err()
}

func numbers(ids []int) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = strconv.Itoa(id)
	}
	return strings.Join(words, " ")
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// offerPlace is where those who handle an authority's requests work.
func offerPlace(snap *registry.Snapshot, o Offer) staff.Place {
	at := placeOf(snap, o.Area, o.Outlet)
	if desk := snap.Outlet(o.Outlet); desk != nil && at.Nation == 0 {
		at.Nation = ledger.PlaceOf(snap, desk).Nation
	}
	return at
}
