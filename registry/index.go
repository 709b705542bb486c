package registry

import (
	"slices"
	"strings"

	"everykit/table"
)

// index makes the ways to look up areas, outlets and products.
func (s *Snapshot) index() {
	s.areas = sorted(s.area, func(a *Area) string { return a.Code })
	s.outlets = sorted(s.outlet, func(o *Outlet) string { return o.Code })
	s.products = sorted(s.product, func(p *Product) string { return p.Code })
	s.areaByCode = coded(s.Areas(), func(a *Area) string { return a.Code })
	s.outletByCode = coded(s.Outlets(), func(o *Outlet) string { return o.Code })
	s.productByCode = coded(s.Products(), func(p *Product) string { return p.Code })

	s.children = map[int][]*Area{}
	for _, a := range s.Areas() {
		slices.SortFunc(a.Successors, func(x, y int) int { return strings.Compare(codeKey(s.area[x].Code), codeKey(s.area[y].Code)) })
		if a.Parent != 0 {
			s.children[a.Parent] = append(s.children[a.Parent], a)
		}
	}
	s.outletsOf = map[int][]*Outlet{}
	for _, o := range s.Outlets() {
		s.outletsOf[o.Area] = append(s.outletsOf[o.Area], o)
	}
	s.indexProducts()
}

// indexProducts makes products findable by words and GTIN. A code goes before a name.
func (s *Snapshot) indexProducts() {
	s.productByWord, s.productByGTIN = map[string]*Product{}, map[string]*Product{}
	for _, p := range s.Products() {
		name := table.Fold(p.Name)
		if _, two := s.productByWord[name]; two {
			s.productByWord[name] = nil
		} else {
			s.productByWord[name] = p
		}
		if p.GTIN != "" {
			s.productByGTIN[normalGTIN(p.GTIN)] = p
		}
	}
	for _, p := range s.Products() {
		s.productByWord[table.Fold(p.Code)] = p
	}
}

// indexEstimates makes the ways to look up estimates, which name areas and so come last.
func (s *Snapshot) indexEstimates() {
	s.byArea, s.byKey = map[areaPopulation][]*Estimate{}, map[estimateKey]*Estimate{}
	for _, e := range s.estimates {
		s.byKey[s.keyOf(e)] = e
		for _, a := range e.Areas {
			k := areaPopulation{a, e.Population}
			s.byArea[k] = append(s.byArea[k], e)
		}
	}
	for _, list := range s.byArea {
		slices.SortFunc(list, better)
	}
	slices.SortFunc(s.estimates, func(a, b *Estimate) int {
		if c := strings.Compare(s.areasCell(a), s.areasCell(b)); c != 0 {
			return c
		}
		if a.Population != b.Population {
			return int(a.Population) - int(b.Population)
		}
		return -better(a, b)
	})
}

// keyOf gives an estimate's key.
func (s *Snapshot) keyOf(e *Estimate) estimateKey {
	return estimateKey{s.areasCell(e), e.Population, e.Period.String(), e.Published, e.Method, e.Source}
}

// areasCell is the areas of an estimate as files and the database have them: codes in order, parted by a space.
func (s *Snapshot) areasCell(e *Estimate) string {
	if len(e.Areas) == 1 {
		return s.area[e.Areas[0]].Code
	}
	list := make([]string, len(e.Areas))
	for i, id := range e.Areas {
		list[i] = s.area[id].Code
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// coded maps codes as written and in capitals.
func coded[T any](all []*T, code func(*T) string) map[string]*T {
	m := make(map[string]*T, 2*len(all))
	for _, x := range all {
		m[codeKey(code(x))] = x
	}
	for _, x := range all {
		m[code(x)] = x
	}
	return m
}
