package registry

import "everykit/fault"

// Product is one licensed pack: what is counted as one kit when it is handed over.
type Product struct {
	ID              int
	Code            string
	Name            string
	Form            Form
	Route           Route
	DosesPerKit     int    // shown beside kits, never in their place
	GTIN            string // as GS1 writes it, 8, 12, 13 or 14 digits; empty if not known
	Licence         string
	ShelfLifeMonths int // as licensed; 0 if not known. A pack's own date is what counts.
	MinAge          int // youngest age, in years, the licence is for; 0 if not known
}

// Bounds that only a slip of the hand passes.
const (
	mostDoses     = 1000
	mostShelfLife = 240
	mostMinAge    = 120
)

func (p *Product) same(b *Product) bool {
	x := *b
	x.ID = p.ID
	return *p == x
}

// check is what must hold of a product alone.
func (p *Product) check() fault.List {
	var bad fault.List
	bad = checkCode(bad, p.Code, "code", false)
	bad = checkText(bad, p.Name, "name", mostName, true)
	bad = checkText(bad, p.Licence, "licence", mostName, false)
	if _, err := forms.parse(p.Code); err == nil && p.Code != "" {
		bad = append(bad, fault.New(fault.Invalid, "%s is the name of a form; an outlet that gives it could not be told apart", p.Code).At("code"))
	}
	if p.Form == 0 || !forms.known(p.Form) {
		bad = append(bad, fault.New(fault.Invalid, "must be filled in").At("form"))
	}
	if p.Route == 0 || !routes.known(p.Route) {
		bad = append(bad, fault.New(fault.Invalid, "must be filled in").At("route"))
	}
	if p.DosesPerKit < 1 || p.DosesPerKit > mostDoses {
		bad = append(bad, fault.New(fault.Invalid, "doses in a kit are a whole number from 1 to %d", mostDoses).At("doses_per_kit"))
	}
	if p.ShelfLifeMonths < 0 || p.ShelfLifeMonths > mostShelfLife {
		bad = append(bad, fault.New(fault.Invalid, "a shelf life is a whole number of months from 1 to %d", mostShelfLife).At("shelf_life_months"))
	}
	if p.MinAge < 0 || p.MinAge > mostMinAge {
		bad = append(bad, fault.New(fault.Invalid, "an age is a whole number of years from 1 to %d", mostMinAge).At("min_age"))
	}
	if p.GTIN != "" {
		if err := checkGTIN(p.GTIN); err != nil {
			bad = append(bad, err.At("gtin"))
		}
	}
	return bad
}
