package measure

import (
	"context"

	"everykit/civil"
	"everykit/ledger"
	"everykit/store"
)

// Price is what kits cost: the mean of receipts that had a price, each kit counting once.
type Price struct {
	Pence float64 // a kit
	Kits  int     // that it is the mean of; 0: no price is recorded
}

// Prices reads what the areas of a region or nation, or one authority, paid for kits received from one day to another: by
// area, and of all together. Receipts that were reversed do not count.
func (m *Measures) Prices(ctx context.Context, area int, from, to civil.Date) (map[int]Price, Price, error) {
	var by map[int]Price
	var all Price
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		by = map[int]Price{}
		total := 0.0
		in, args := idList(l.ids)
		args = append(args, int(ledger.KindReceive), int(from), int(to))
		all = Price{}
		err := tx.Each(ctx, func(scan func(...any) error) error {
			var id, kits int
			var pence float64
			if err := scan(&id, &kits, &pence); err != nil {
				return err
			}
			by[id] = Price{pence / float64(kits), kits}
			all.Kits += kits
			total += pence
			return nil
		}, `SELECT m.area, CAST(SUM(m.kits) AS BIGINT), CAST(SUM(CAST(m.kits AS BIGINT) * m.unit_price) AS DOUBLE PRECISION) FROM movement m
			WHERE m.area IN (`+in+`) AND m.unit_price IS NOT NULL AND m.unit_price > 0 AND m.kind = ? AND m.occurred_on BETWEEN ? AND ? AND m.reverses IS NULL
				AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.area = m.area AND r.reverses = m.id)
			GROUP BY m.area`, args...)
		if all.Kits > 0 {
			all.Pence = total / float64(all.Kits)
		}
		return err
	})
	return by, all, err
}
