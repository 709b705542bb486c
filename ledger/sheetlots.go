package ledger

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
)

// SheetLot is a lot that was ever at an outlet, as its day sheet and its count name it.
type SheetLot struct {
	Lot     Lot
	Product *registry.Product
	Letter  string     // short name of the lot at this outlet
	Since   civil.Date // the first day it was there
	Opening int        // on the shelf when the day began
	Moved   int        // came to the shelf less what left it, on the day
	Shelf   int        // on the shelf now
	People  int        // in the hands of people supplied here, now
}

// letters name lots on paper. I and O are left out: in handwriting they are 1 and 0.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"

// SheetLots lists every lot that was ever at an outlet in the order in which they came, each with a letter. The letter
// goes by that order alone, so that a lot keeps it from the sheet's printing to its typing in and as long as the lot is
// there: A to Z, then A2 to Z2. It costs as many rows as the outlet's lots have had days.
func (l *Ledger) SheetLots(ctx context.Context, outlet int, day civil.Date) ([]SheetLot, error) {
	snap, err := l.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	o := snap.Outlet(outlet)
	var found []SheetLot
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var s SheetLot
			var err error
			s.Lot, err = scanLot(func(dest ...any) error {
				return scan(append(dest, &s.Since, &s.Opening, &s.Moved, &s.Shelf, &s.People)...)
			})
			s.Product = snap.Product(s.Lot.Product)
			found = append(found, s)
			return err
		}, `SELECT l.id, l.product, l.number, l.expiry, l.expiry_day, l.joined_to, l.barred, d.since, d.opening, d.moved, s.shelf, s.people
			FROM (SELECT lot, MIN(day) AS since, SUM(CASE WHEN day < ? THEN shelf ELSE 0 END) AS opening, SUM(CASE WHEN day = ? THEN shelf ELSE 0 END) AS moved
				FROM stock_day WHERE area = ? AND outlet = ? GROUP BY lot) d
			JOIN stock s ON s.area = ? AND s.outlet = ? AND s.lot = d.lot JOIN lot l ON l.id = d.lot`,
			int(day), int(day), o.Area, o.ID, o.Area, o.ID)
	})
	slices.SortFunc(found, func(a, b SheetLot) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Lot.ID, b.Lot.ID))
	})
	for i := range found {
		found[i].Letter = letterOf(i)
	}
	return found, err
}

func letterOf(i int) string {
	letter := string(letters[i%len(letters)])
	if round := i/len(letters) + 1; round > 1 {
		letter += strconv.Itoa(round)
	}
	return letter
}
