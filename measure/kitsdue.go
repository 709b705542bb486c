package measure

import (
	"context"

	"everykit/civil"
	"everykit/store"
)

// Due is kits of an area that share a last day.
type Due struct {
	Last   civil.Date // civil.None if the expiry is not known
	Usable int        // on shelves and not set aside; past their day if Last is before today
	People int        // with people: at most
}

// KitsDue reads by area which kits there are today and when they are due, those of areas that ended with the one that took
// their place.
func (m *Measures) KitsDue(ctx context.Context, area int) (map[int][]Due, error) {
	var due map[int][]Due
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		due = map[int][]Due{}
		stock, err := readStockFrom(ctx, tx, l.ids, l.today, l.today, l.today)
		for id, lots := range stock {
			if next := l.snap.SuccessorsOn(id, l.today); len(next) == 1 {
				id = next[0].ID
			}
			for _, lot := range lots {
				due[id] = append(due[id], Due{lot.last, lot.shelf, lot.people})
			}
		}
		return err
	})
	return due, err
}
