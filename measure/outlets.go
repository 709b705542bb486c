package measure

import (
	"context"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// OutletRow is one outlet in a period, and its shelf today.
type OutletRow struct {
	Outlet       *registry.Outlet
	Purchased    int
	In, Out      int // by transfer
	Dispensed    int
	Shelf        Shelf
	Expiring90   int         // usable kits with at most 90 days left
	LastEntry    civil.Month // of any kind, ever; 0 if there was none
	SilentMonths int         // whole months of the period with neither an entry nor a confirmed nil, since its first entry
	TurnedAway   []Reason
}

// OutletsOf reads the outlets of an authority, by code. One that had closed before the period is there if it has kits.
func (m *Measures) OutletsOf(ctx context.Context, area int, p civil.Period) ([]OutletRow, error) {
	var list []OutletRow
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		list = nil
		months := map[int][]MonthRow{}
		for _, o := range l.outlets() {
			months[o.ID] = monthRows(p.From, p.To)
		}
		if err := readOutletMonths(ctx, tx, l, p.From, p.To, func(outlet int) []MonthRow { return months[outlet] }); err != nil {
			return err
		}
		stock, err := readStock(ctx, tx, byOutlet, l.ids, l.today, l.today)
		if err != nil {
			return err
		}
		seen, err := readFirstAndLast(ctx, tx, l.ids)
		if err != nil {
			return err
		}
		away, err := readTurnedAway(ctx, tx, l.ids, p, true)
		if err != nil {
			return err
		}
		for _, o := range l.outlets() {
			row := OutletRow{Outlet: o, Shelf: shelfOf(stock[o.ID], l.today), LastEntry: seen[o.ID].last, TurnedAway: away[o.ID]}
			row.Expiring90 = within(stock[o.ID], l.today, 90).Usable
			row.months(months[o.ID], o, seen[o.ID].first, l.today)
			if o.OpenOn(p.First()) || row.Shelf.OnHand != 0 || row.Shelf.Transit != 0 {
				list = append(list, row)
			}
		}
		return nil
	})
	return list, err
}

// months sums the months of the period and counts the silent ones: whole months past, while the outlet was open, since
// it first recorded anything.
func (r *OutletRow) months(rows []MonthRow, o *registry.Outlet, first civil.Month, today civil.Date) {
	for _, m := range rows {
		r.Purchased += m.Purchased
		r.Dispensed += m.Dispensed
		r.In += m.In
		r.Out += m.Out
		if m.Entries == 0 && !m.Nil && m.Month >= first && m.Month.Last() < today && o.OpenOn(m.Month.First()) {
			r.SilentMonths++
		}
	}
}

type firstAndLast struct{ first, last civil.Month }

// readFirstAndLast finds the months of each outlet's first and last entry: two steps down the key for each outlet.
func readFirstAndLast(ctx context.Context, tx *store.Tx, areas []int) (map[int]firstAndLast, error) {
	seen := map[int]firstAndLast{}
	in, args := idList(areas)
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var outlet int
		var first, last *civil.Month
		if err := scan(&outlet, &first, &last); err != nil {
			return err
		}
		if first != nil && last != nil {
			seen[outlet] = firstAndLast{*first, *last}
		}
		return nil
	}, `SELECT o.id, (SELECT MIN(c.month) FROM month_count c WHERE c.area = o.area AND c.outlet = o.id),
			(SELECT MAX(c.month) FROM month_count c WHERE c.area = o.area AND c.outlet = o.id)
		FROM outlet o WHERE o.area IN (`+in+")", args...)
	return seen, err
}

// Reason is how many people were turned away for one reason, and how many kits they asked for.
type Reason struct {
	Reason ledger.UnmetReason
	People int
	Kits   int
}

// TurnedAway reads why people got no kit in an area, in the order of the reasons; of a region or nation, in all areas
// in it.
func (m *Measures) TurnedAway(ctx context.Context, area int, p civil.Period) ([]Reason, error) {
	var list []Reason
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		away, err := readTurnedAway(ctx, tx, l.ids, p, false)
		list = away[0]
		return err
	})
	return list, err
}

// readTurnedAway reads reasons by outlet, or for all together under 0.
func readTurnedAway(ctx context.Context, tx *store.Tx, areas []int, p civil.Period, each bool) (map[int][]Reason, error) {
	away := map[int][]Reason{}
	in, args := idList(areas)
	key, which := "0", "outlet = 0"
	if each {
		key, which = "outlet", "outlet <> 0"
	}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var outlet int
		var r Reason
		if err := scan(&outlet, &r.Reason, &r.Kits, &r.People); err != nil {
			return err
		}
		away[outlet] = append(away[outlet], r)
		return nil
	}, "SELECT "+key+`, split, CAST(SUM(kits) AS BIGINT), CAST(SUM(times) AS BIGINT) FROM month_count
		WHERE area IN (`+in+") AND "+which+` AND month BETWEEN ? AND ? AND kind = ? GROUP BY 1, split HAVING SUM(times) > 0 ORDER BY 1, split`,
		append(args, int(p.From), int(p.To), int(ledger.KindUnmet))...)
	return away, err
}
