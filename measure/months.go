package measure

import (
	"context"
	"slices"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// MonthRow is what was recorded in one month, by an area or by an outlet.
type MonthRow struct {
	Month      civil.Month
	Purchased  int  // received from suppliers
	Dispensed  int  // given to people
	In         int  // arrived from other outlets, of the same area too, whole or broken
	Out        int  // sent to other outlets
	TurnedAway int  // people who asked and got none
	Entries    int  // of any kind; 0 with Nil false is silence
	Nil        bool // confirmed that there was nothing to record; of an area, by some outlet
}

func (r *MonthRow) add(k ledger.Kind, kits, times int) {
	r.Entries += times
	switch k {
	case ledger.KindReceive:
		r.Purchased += kits
	case ledger.KindSupply:
		r.Dispensed += kits
	case ledger.KindArrive, ledger.KindBroken:
		r.In += kits
	case ledger.KindSend:
		r.Out += kits
	case ledger.KindUnmet:
		r.TurnedAway += times
	}
}

func monthRows(from, to civil.Month) []MonthRow {
	rows := make([]MonthRow, max(0, int(to-from)+1))
	for i := range rows {
		rows[i].Month = from + civil.Month(i)
	}
	return rows
}

// AreaMonths reads an area month by month, each month from one to another present; of a region or nation, all areas
// in it together.
func (m *Measures) AreaMonths(ctx context.Context, area int, from, to civil.Month) ([]MonthRow, error) {
	var rows []MonthRow
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		rows = monthRows(from, to)
		in, args := idList(l.ids)
		args = append(args, int(from), int(to))
		err := tx.Each(ctx, func(scan func(...any) error) error {
			var kind ledger.Kind
			var year int
			var m [12]int
			if err := scan(&kind, &year, &m[0], &m[1], &m[2], &m[3], &m[4], &m[5], &m[6], &m[7], &m[8], &m[9], &m[10], &m[11]); err != nil {
				return err
			}
			for i, n := range m {
				at := april(year) + civil.Month(i)
				switch {
				case at < from || at > to:
				case kind == ledger.AnyKind:
					rows[at-from].Entries += n
				case kind == ledger.KindUnmet:
					rows[at-from].TurnedAway += n
				default:
					rows[at-from].add(kind, n, 0)
				}
			}
			return nil
		}, "SELECT kind, year, "+sums(yearColumns)+" FROM year_count WHERE area IN ("+in+") AND kind IN (?, ?, ?, ?, ?, ?, ?) AND year BETWEEN ? AND ? GROUP BY kind, year",
			append(slices.Clip(args[:len(l.ids)]), int(ledger.AnyKind), int(ledger.KindReceive), int(ledger.KindSupply), int(ledger.KindArrive), int(ledger.KindBroken),
				int(ledger.KindSend), int(ledger.KindUnmet), yearOf(from), yearOf(to))...)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var month civil.Month
			if err := scan(&month); err != nil {
				return err
			}
			rows[month-from].Nil = true
			return nil
		}, "SELECT DISTINCT month FROM nil_month WHERE area IN ("+in+") AND month BETWEEN ? AND ?", args...)
	})
	return rows, err
}

// OutletMonths is one outlet month by month.
type OutletMonths struct {
	Outlet *registry.Outlet
	Months []MonthRow
}

// OutletMonths reads each outlet of an authority month by month, by the outlets' codes, the closed ones too.
func (m *Measures) OutletMonths(ctx context.Context, area int, from, to civil.Month) ([]OutletMonths, error) {
	var list []OutletMonths
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		list = nil
		at := map[int]int{}
		for _, o := range l.outlets() {
			at[o.ID] = len(list)
			list = append(list, OutletMonths{o, monthRows(from, to)})
		}
		return readOutletMonths(ctx, tx, l, from, to, func(outlet int) []MonthRow { return list[at[outlet]].Months })
	})
	return list, err
}

// outlets lists the outlets whose ledgers are counted, by code within each area.
func (l look) outlets() []*registry.Outlet {
	var list []*registry.Outlet
	for _, id := range l.ids {
		list = append(list, l.snap.OutletsOf(id)...)
	}
	return list
}

func readOutletMonths(ctx context.Context, tx *store.Tx, l look, from, to civil.Month, rows func(outlet int) []MonthRow) error {
	var ids []int
	for _, o := range l.outlets() {
		ids = append(ids, o.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	areas, args := idList(l.ids)
	outlets, more := idList(ids)
	args = append(append(args, more...), int(from), int(to))
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var outlet, kits, times int
		var month civil.Month
		var kind ledger.Kind
		if err := scan(&outlet, &month, &kind, &kits, &times); err != nil {
			return err
		}
		rows(outlet)[month-from].add(kind, kits, times)
		return nil
	}, `SELECT outlet, month, kind, CAST(SUM(kits) AS BIGINT), CAST(SUM(times) AS BIGINT) FROM month_count
		WHERE area IN (`+areas+`) AND outlet IN (`+outlets+`) AND month BETWEEN ? AND ? GROUP BY outlet, month, kind`, args...)
	if err != nil {
		return err
	}
	return tx.Each(ctx, func(scan func(...any) error) error {
		var outlet int
		var month civil.Month
		if err := scan(&outlet, &month); err != nil {
			return err
		}
		rows(outlet)[month-from].Nil = true
		return nil
	}, "SELECT outlet, month FROM nil_month WHERE area IN ("+areas+") AND outlet IN ("+outlets+") AND month BETWEEN ? AND ?", args...)
}
