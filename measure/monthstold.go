package measure

import (
	"context"

	"everykit/civil"
	"everykit/ledger"
	"everykit/store"
)

// MonthsTold reads for each authority whose kits dispensed in a period are its ledger's, by code, the months of the period
// of which the ledger was told: those with an entry of any kind, or a confirmed nil. It is not there for one whose figure is a
// return's, nor for one that is silent or was not asked. Area is the code of an authority or of an area above.
func (m *Measures) MonthsTold(ctx context.Context, area string, p civil.Period, asOf civil.Date) (map[string][]civil.Month, error) {
	told := map[string][]civil.Month{}
	today := m.today()
	if asOf == 0 || asOf == civil.None {
		asOf = today
	}
	err := m.db.Read(ctx, func(tx *store.Tx) error {
		clear(told)
		snap, err := m.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		r := &reading{tx: tx, snap: snap, def: dispensed, period: p, asOf: asOf, today: today, vintage: p.Last(), span: spanOf(p, asOf, today)}
		if r.scope, err = scopeOf(ctx, tx, snap, area, r.vintage); err != nil {
			return err
		}
		ids := distinct(r.scope.ids())
		if r.flows, err = readFlows(ctx, tx, ids, ledger.KindSupply, p.From, r.span.to); err != nil {
			return err
		}
		if r.returns, err = readReturns(ctx, tx, ids, string(Dispensed), asOf, today); err != nil {
			return err
		}
		r.published = map[int]answer{}
		for _, a := range r.scope.rows {
			if r.flowAnswer(a).basis != FromLedger {
				continue
			}
			f := r.flow(a)
			list := []civil.Month{}
			for month := p.From; month <= r.span.to; month++ {
				if (f.active|f.nils)&(1<<(month-p.From)) != 0 {
					list = append(list, month)
				}
			}
			told[a.Code] = list
		}
		return nil
	})
	return told, err
}
