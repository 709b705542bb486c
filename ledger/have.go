package ledger

import (
	"context"
	"time"

	"everykit/store"
)

// Zone is where the outlets are, for what "now" means on their clocks.
func (l *Ledger) Zone() *time.Location { return l.zone }

// Have lists, for every outlet that has one, the products of which at least one kit may be given out today. How many there
// are does not leave the room. It reads the stock of all outlets once, however long the history is: keep what it gives for
// a while.
func (l *Ledger) Have(ctx context.Context) (products map[int][]int, err error) {
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		products = map[int][]int{}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var outlet, product int
			err := scan(&outlet, &product)
			products[outlet] = append(products[outlet], product)
			return err
		}, `SELECT DISTINCT s.outlet, l.product FROM stock s JOIN lot l ON l.id = s.lot
			WHERE s.shelf - s.unchecked > 0 AND (l.expiry IS NULL OR l.expiry >= ?) ORDER BY s.outlet, l.product`, int(l.today(tx)))
	})
	return products, err
}
