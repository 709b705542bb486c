package request

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"everykit/postcode"
	"everykit/registry"
)

// nearest are places that give kits to the public: those nearest to a postcode, or else those of an authority.
func (w *walk) nearest() []near {
	today := w.Ledger.Today()
	var from *postcode.Place
	if c, err := postcode.Parse(w.form.Get("postcode")); err == nil && w.table && w.form.Get("council") == "" {
		if p, err := w.Postcodes.Find(w.Ctx(), c); err == nil {
			from = &p
		}
	}
	var list []near
	for _, o := range w.Snap.Outlets() {
		if o.Public != registry.Yes || !o.OpenOn(today) || slices.Contains(o.Gives, "none") {
			continue
		}
		n := near{Name: placeWords(o), Href: w.Link("/find/outlet/" + strconv.Itoa(o.ID)), Phone: o.Phone, metres: -1}
		switch {
		case from != nil && o.Lat != nil && o.Lon != nil:
			n.metres = postcode.Distance(from.Lat, from.Lon, *o.Lat, *o.Lon)
			n.Miles = w.Words().Decimal(n.metres/1609.344, 1)
		case w.area == nil || o.Area != w.area.ID:
			continue
		}
		list = append(list, n)
	}
	slices.SortStableFunc(list, func(a, b near) int {
		switch {
		case (a.metres < 0) != (b.metres < 0):
			if a.metres < 0 {
				return 1
			}
			return -1
		case a.metres < b.metres:
			return -1
		case a.metres > b.metres:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list[:min(len(list), mostNear)]
}

// mostNear is how many places are shown; the page /find has all.
const mostNear = 5

// near is a place to go to instead.
type near struct {
	Name, Href, Phone, Miles string

	metres float64 // below 0: not known
}

// Call is the address that dials; empty where there is no number that could be dialled.
func (n near) Call() template.URL {
	if !reachable(n.Phone) || strings.Contains(n.Phone, "@") {
		return ""
	}
	return template.URL("tel:" + strings.NewReplacer(" ", "", "(", "", ")", "", "-", "", ".", "").Replace(n.Phone)) // digits and a plus: reachable has looked
}
