package measure

import (
	"context"

	"everykit/civil"
	"everykit/store"
)

// Heard is when an outlet first and last recorded anything, and last confirmed that there was nothing; 0 never.
type Heard struct{ First, Last, Nil civil.Month }

// HeardFrom reads that of each outlet of an area, or of all areas in a region or nation. An outlet that never recorded
// anything is not in it.
func (m *Measures) HeardFrom(ctx context.Context, area int) (map[int]Heard, error) {
	var heard map[int]Heard
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		heard = map[int]Heard{}
		seen, err := readFirstAndLast(ctx, tx, l.ids)
		if err != nil {
			return err
		}
		for outlet, s := range seen {
			heard[outlet] = Heard{First: s.first, Last: s.last}
		}
		in, args := idList(l.ids)
		return tx.Each(ctx, func(scan func(...any) error) error {
			var outlet int
			var month civil.Month
			if err := scan(&outlet, &month); err != nil {
				return err
			}
			h := heard[outlet]
			h.Nil = month
			heard[outlet] = h
			return nil
		}, "SELECT outlet, MAX(month) FROM nil_month WHERE area IN ("+in+") GROUP BY outlet", args...)
	})
	return heard, err
}
