package lot

import (
	"cmp"
	"slices"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
)

// traced is a lot with all that is joined to it, and where it went as one person may see it.
type traced struct {
	*desk.Visit
	today   civil.Date
	lot     ledger.Lot // that stands for all
	family  []ledger.Lot
	product *registry.Product

	rows      []place // that this person may see, by authority and outlet
	elsewhere ledger.Counts
	others    int // outlets that are summed in elsewhere
	total     ledger.Counts

	raw []ledger.Traced // what rows were made from
}

// place is an outlet's share of a lot.
type place struct {
	outlet *registry.Outlet
	area   *registry.Area
	ledger.Counts
}

// ids are the entries of the lot.
func (t *traced) ids() []int {
	var ids []int
	for _, l := range t.family {
		ids = append(ids, l.ID)
	}
	return ids
}

// lotOf finds the lot that an address names, with what is joined to it.
func lotOf(v *desk.Visit) (*traced, error) {
	id, err := strconv.Atoi(v.R.PathValue("lot"))
	if err != nil || id < 1 || id > 1<<31-1 {
		return nil, fault.New(fault.NotFound, "there is no such lot").Hint("search for it by the number on the pack")
	}
	t := &traced{Visit: v, today: v.Ledger.Today()}
	if t.family, err = v.Ledger.Family(v.Ctx(), id); err != nil {
		return nil, err
	}
	t.lot = t.family[0]
	t.product = v.Snap.Product(t.lot.Product)
	return t, nil
}

// alias reports whether the address names an entry that another lot stands for; it leads there then.
func (t *traced) alias() bool { return t.R.PathValue("lot") != strconv.Itoa(t.lot.ID) }

// maySee reports whether this person may see what an outlet has: of its own accord, or as a row of its authority.
func maySee(v *desk.Visit, o *registry.Outlet) bool {
	at := ledger.PlaceOf(v.Snap, o)
	return v.Who.May(staff.SeeOutlet, at) || v.Who.May(staff.SeeArea, at)
}

// trace reads where the lot is.
func (t *traced) trace() error {
	all, err := t.Ledger.Trace(t.Ctx(), t.ids()...)
	if err != nil {
		return err
	}
	at := map[int]int{} // of an outlet in rows
	hidden := map[int]bool{}
	for _, r := range all {
		t.total = t.total.Plus(r.Counts)
		o := t.Snap.Outlet(r.Outlet)
		if o == nil || !maySee(t.Visit, o) {
			t.elsewhere = t.elsewhere.Plus(r.Counts)
			hidden[r.Outlet] = true
			continue
		}
		t.raw = append(t.raw, r)
		i, ok := at[o.ID]
		if !ok {
			i = len(t.rows)
			at[o.ID] = i
			t.rows = append(t.rows, place{outlet: o, area: t.Snap.Area(o.Area)})
		}
		t.rows[i].Counts = t.rows[i].Plus(r.Counts)
	}
	t.others = len(hidden)
	slices.SortFunc(t.rows, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.areaName(), b.areaName()), cmp.Compare(a.outlet.Name, b.outlet.Name), cmp.Compare(a.outlet.ID, b.outlet.ID))
	})
	return nil
}

func (p place) areaName() string {
	if p.area == nil {
		return ""
	}
	return p.area.Name
}

// doses is how many doses some kits of the lot hold; 0 where it is not known.
func (t *traced) doses(kits int) int {
	if t.product == nil {
		return 0
	}
	return kits * t.product.DosesPerKit
}

// sees reports whether an outlet is among the rows.
func (t *traced) sees(outlet int) bool {
	return slices.ContainsFunc(t.rows, func(p place) bool { return p.outlet.ID == outlet })
}
