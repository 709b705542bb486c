package measure

import (
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
)

// scope is the areas a query is about.
type scope struct {
	rows     []*registry.Area // authorities that get a row, by code
	optional map[int]bool     // rows that are shown only if they have something to say: areas that did not stand
	folded   map[int][]int    // areas whose ledgers are counted with another's: see fold
	sole     map[int]int      // of them, for an area, the one that is the same place under another code
	day      civil.Date
	regions  []*registry.Area
	nations  []*registry.Area
}

// ledgers gives the areas whose ledgers are counted for a row: itself and those whose place it took.
func (s *scope) ledgers(area int) []int { return append([]int{area}, s.folded[area]...) }

// ids gives every area whose ledger is read.
func (s *scope) ids() []int {
	var ids []int
	for _, a := range slices.Concat(s.rows, s.regions, s.nations) {
		ids = append(ids, s.ledgers(a.ID)...)
	}
	return ids
}

// has reports whether an area has a row of its own.
func (s *scope) has(area int) bool {
	return slices.ContainsFunc(s.rows, func(a *registry.Area) bool { return a.ID == area })
}

// scopeOf finds the areas for a query, as they stood on a day.
//
// An authority's code gives that authority. A region's or nation's gives the authorities in it, the regions in it, and
// itself. No code gives every nation of which anything is known (an outlet or a return); if nothing is known of any, it
// gives England, whose authorities then all read "not asked", rather than an empty page.
func scopeOf(ctx context.Context, tx *store.Tx, snap *registry.Snapshot, code string, day civil.Date) (*scope, error) {
	returned, err := areasWithReturns(ctx, tx)
	if err != nil {
		return nil, err
	}
	s := &scope{optional: map[int]bool{}, folded: map[int][]int{}, sole: map[int]int{}, day: day}
	if code == "" {
		s.everywhere(snap, returned, day)
	} else {
		a, ok := snap.AreaByCode(code)
		if !ok {
			return nil, fault.New(fault.NotFound, "%s", snap.UnknownArea(code)).At("area")
		}
		if a.IsAuthority() {
			s.rows = []*registry.Area{a}
		} else {
			s.within(snap, a, day)
		}
	}
	s.fold(snap, returned, day)
	byCode := func(a, b *registry.Area) int { return strings.Compare(a.Code, b.Code) }
	slices.SortFunc(s.rows, byCode)
	slices.SortFunc(s.regions, byCode)
	slices.SortFunc(s.nations, byCode)
	return s, nil
}

// within takes in a region or nation.
func (s *scope) within(snap *registry.Snapshot, above *registry.Area, day civil.Date) {
	for _, a := range append([]*registry.Area{above}, snap.Under(above.ID)...) {
		switch {
		case a.IsAuthority():
			s.rows = append(s.rows, a)
			s.optional[a.ID] = !a.On(day)
		case a.Kind == registry.Nation:
			s.nations = append(s.nations, a)
		case a.On(day):
			s.regions = append(s.regions, a)
		}
	}
}

func (s *scope) everywhere(snap *registry.Snapshot, returned map[int]bool, day civil.Date) {
	known := func(a *registry.Area) bool { return returned[a.ID] || len(snap.OutletsOf(a.ID)) > 0 }
	for _, n := range snap.Nations() {
		if slices.ContainsFunc(append(snap.Under(n.ID), n), known) {
			s.within(snap, n, day)
		}
	}
	for _, a := range snap.Areas() { // those that lie in no nation
		if a.IsAuthority() && known(a) && snap.NationOf(a.ID) == nil {
			s.rows = append(s.rows, a)
			s.optional[a.ID] = !a.On(day)
		}
	}
	if len(s.rows)+len(s.nations) > 0 {
		return
	}
	nations := snap.Nations()
	if england, ok := snap.AreaByCode("E92000001"); ok {
		nations = []*registry.Area{england}
	}
	for _, n := range nations {
		s.within(snap, n, day)
	}
}

func areasWithReturns(ctx context.Context, tx *store.Tx) (map[int]bool, error) {
	known := map[int]bool{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		if err := scan(&area); err != nil {
			return err
		}
		known[area] = true
		return nil
	}, "SELECT DISTINCT area FROM area_return")
	return known, err
}
