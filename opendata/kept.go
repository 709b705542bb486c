package opendata

import (
	"context"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/fault"
	"everykit/store"
)

// Kept is a year's edition of what was recorded of supplies as it was kept: with the numbers that it hides. It is for rooms that
// publish more of the same and must not give those numbers back; it is never shown.
type Kept struct {
	Period  civil.Period
	Edition int
	Release disclosure.Release // cells are "code|about/word" of an area, and "code+|about/word" of a whole nation
	Beside  disclosure.Release // cells of others that it was protected against, by their names, with sums over both
}

// KeptSupplies reads the editions of a nation, by its code, year by year and oldest first. None is made.
func (s *Store) KeptSupplies(ctx context.Context, nation string) ([]Kept, error) {
	var list []Kept
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		list = nil
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		a, found := snap.AreaByCode(nation)
		if !found {
			return fault.New(fault.NotFound, "%s", snap.UnknownArea(nation)).At("area")
		}
		var years []string
		err = tx.Each(ctx, func(scan func(...any) error) error {
			var year string
			err := scan(&year)
			years = append(years, year)
			return err
		}, "SELECT DISTINCT period FROM open_edition WHERE nation = ? AND name = ? ORDER BY period", a.ID, suppliesName)
		if err != nil {
			return err
		}
		for _, year := range years {
			p, err := civil.ParsePeriod(year)
			if err != nil {
				return err
			}
			editions, err := readEditions(ctx, tx, snap, a, p)
			if err != nil {
				return err
			}
			for _, e := range editions {
				list = append(list, Kept{p, e.number, e.Release, e.beside})
			}
		}
		return nil
	})
	return list, err
}
