package registry

import (
	"slices"
	"strings"

	"everykit/table"
)

// Snapshot is the whole registry at one moment, in memory. It never changes, and neither may what it gives out: the
// areas, outlets, products and estimates belong to everybody who holds it. It is safe for use by many goroutines.
type Snapshot struct {
	Version int64 // grows with every change of the registry

	areas, outlets, products codes // lists of everything by code
	area                     []*Area
	outlet                   []*Outlet
	product                  []*Product

	areaByCode    map[string]*Area // by code as written and in capitals
	outletByCode  map[string]*Outlet
	productByCode map[string]*Product
	productByWord map[string]*Product // by folded code or name; nil where two have the name
	productByGTIN map[string]*Product

	children  map[int][]*Area
	outletsOf map[int][]*Outlet
	estimates []*Estimate
	byArea    map[areaPopulation][]*Estimate // best first
	byKey     map[estimateKey]*Estimate
}

// codes are the ids of one table in the order of their codes.
type codes []int

type areaPopulation struct {
	area       int
	population Population
}

// Area gives an area by its id, nil if there is none.
func (s *Snapshot) Area(id int) *Area { return at(s.area, id) }

// Outlet gives an outlet by its id, nil if there is none.
func (s *Snapshot) Outlet(id int) *Outlet { return at(s.outlet, id) }

// Product gives a product by its id, nil if there is none.
func (s *Snapshot) Product(id int) *Product { return at(s.product, id) }

// AreaByCode gives an area by its code, in any case.
func (s *Snapshot) AreaByCode(code string) (*Area, bool) { return byCode(s.areaByCode, code) }

// OutletByCode gives an outlet by its code, in any case.
func (s *Snapshot) OutletByCode(code string) (*Outlet, bool) { return byCode(s.outletByCode, code) }

// FindProduct gives a product by what people write or scan for it: its code or its name in any case (a name that two
// products have finds neither), or its GTIN of 8 to 14 digits with or without noughts before it.
func (s *Snapshot) FindProduct(text string) (*Product, bool) {
	if p := s.productByCode[text]; p != nil {
		return p, true
	}
	if p := s.productByWord[table.Fold(text)]; p != nil {
		return p, true
	}
	if text = strings.TrimSpace(text); len(text) >= 8 && len(text) <= 14 && allDigits(text) {
		p := s.productByGTIN[normalGTIN(text)]
		return p, p != nil
	}
	return nil, false
}

// Areas lists every area there ever was, by code.
func (s *Snapshot) Areas() []*Area { return list(s.areas, s.area) }

// Outlets lists every outlet, by code, the closed ones too.
func (s *Snapshot) Outlets() []*Outlet { return list(s.outlets, s.outlet) }

// Products lists every product, by code.
func (s *Snapshot) Products() []*Product { return list(s.products, s.product) }

// OutletsOf lists the outlets of one area, by code, the closed ones too. It does not look into the areas below: see
// Under for those.
func (s *Snapshot) OutletsOf(area int) []*Outlet { return slices.Clone(s.outletsOf[area]) }

// MinAge gives the youngest age that any product an outlet gives is licensed for. known is false if it is not known of
// one of them, or what the outlet gives is not known.
func (s *Snapshot) MinAge(o *Outlet) (years int, known bool) {
	for _, g := range o.Gives {
		p := s.productByCode[g]
		if p == nil || p.MinAge == 0 {
			return 0, false
		}
		if !known || p.MinAge < years {
			years, known = p.MinAge, true
		}
	}
	return years, known
}

// UnknownArea is what to say of a code that AreaByCode does not know, with the code that may have been meant.
func (s *Snapshot) UnknownArea(code string) string {
	return unknown("area", code, keysOf(s.Areas(), func(a *Area) string { return a.Code }))
}

// UnknownOutlet is what to say of a code that OutletByCode does not know.
func (s *Snapshot) UnknownOutlet(code string) string {
	return unknown("outlet", code, keysOf(s.Outlets(), func(o *Outlet) string { return o.Code }))
}

// UnknownProduct is what to say of a word that FindProduct does not know.
func (s *Snapshot) UnknownProduct(word string) string {
	return unknown("product", word, keysOf(s.Products(), func(p *Product) string { return p.Code }))
}

func keysOf[T any](all []*T, code func(*T) string) []string {
	keys := make([]string, len(all))
	for i, x := range all {
		keys[i] = code(x)
	}
	return keys
}

func at[T any](all []*T, id int) *T {
	if id <= 0 || id >= len(all) {
		return nil
	}
	return all[id]
}

// byCode looks up a code as it was typed first, which is how files mostly have it, and costs nothing.
func byCode[T any](m map[string]*T, code string) (*T, bool) {
	if x := m[code]; x != nil {
		return x, true
	}
	x := m[codeKey(code)]
	return x, x != nil
}

// codeKey is the form in which two codes are the same code.
func codeKey(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

func list[T any](ids []int, all []*T) []*T {
	out := make([]*T, len(ids))
	for i, id := range ids {
		out[i] = all[id]
	}
	return out
}
