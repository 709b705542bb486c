package measure

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
)

// Shelf is what is at an outlet, or at all outlets of an area. OnHand = Held + Expired + Usable.
type Shelf struct {
	OnHand, Held, Expired, Usable int
	Transit                       int // on the way from here
	People                        int // with people, not known to be used, lost or handed back: at most
	PeopleInDate                  int // of them not past their expiry, those of unknown expiry included
}

// shelfOf sums lots to the four figures and what is with people.
func shelfOf(lots []lotSum, day civil.Date) Shelf {
	var s Shelf
	for _, l := range lots {
		s.OnHand += l.shelf + l.held
		s.Held += l.held
		s.Transit += l.transit
		s.People += l.people
		if l.expired(day) {
			s.Expired += l.shelf
		} else {
			s.Usable += l.shelf
			s.PeopleInDate += l.people
		}
	}
	return s
}

// ShelfOf reads what an area has today; of a region or nation, what all areas in it have.
func (m *Measures) ShelfOf(ctx context.Context, area int) (Shelf, error) {
	var s Shelf
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		stock, err := readShelves(ctx, tx, allPlaces, l.ids, l.today, l.today, l.today)
		var all []lotSum
		for _, lots := range stock {
			all = append(all, lots...)
		}
		s = shelfOf(all, l.today)
		return err
	})
	return s, err
}

// look is what the pages of an area read with: the area, and every area whose ledger is counted for it.
type look struct {
	snap  *registry.Snapshot
	area  *registry.Area
	ids   []int
	today civil.Date
}

// look runs one reading of an area.
func (m *Measures) look(ctx context.Context, area int, fn func(*store.Tx, look) error) error {
	return m.db.Read(ctx, func(tx *store.Tx) error {
		snap, err := m.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		l := look{snap: snap, area: snap.Area(area), today: m.today()}
		if l.area == nil {
			return fault.New(fault.NotFound, "there is no such area")
		}
		l.ids = LedgersFor(snap, l.area, l.today)
		return fn(tx, l)
	})
}

// LedgersFor lists the areas whose ledgers are counted for one: itself; those that ended and whose place it alone took;
// and of a region or nation all areas in it.
func LedgersFor(snap *registry.Snapshot, area *registry.Area, day civil.Date) []int {
	ids := []int{area.ID}
	if !area.IsAuthority() {
		for _, a := range snap.Under(area.ID) {
			ids = append(ids, a.ID)
		}
		return ids
	}
	for _, a := range snap.Areas() {
		if a.ValidTo == civil.None || a.On(day) {
			continue
		}
		if next := snap.SuccessorsOn(a.ID, day); len(next) == 1 && next[0].ID == area.ID {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
