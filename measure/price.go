package measure

import (
	"context"

	"everykit/civil"
	"everykit/ledger"
	"everykit/store"
)

// What plans and gaps are reckoned from beside figures: what kits cost, which of them are due when, and when outlets were
// last heard from. Each is one reading for an area and all below it.

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
