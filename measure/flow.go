package measure

import (
	"context"
	"math/bits"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// flow is what the ledger of one area recorded of one kind in the months of a span of at most 64.
type flow struct {
	began  civil.Month // of its first entry of any kind, ever; 0 if there is none
	kits   map[registry.Channel]int
	active uint64 // a bit for each month with an entry of any kind
	nils   uint64 // a bit for each month that some outlet confirmed as nil
}

// sum adds up the channels that are part of a figure.
func (f *flow) sum(part func(registry.Channel) bool) int {
	n := 0
	for c, kits := range f.kits {
		if part(c) {
			n += kits
		}
	}
	return n
}

// add takes in the ledger of an area whose place this one took.
func (f *flow) add(g *flow) {
	for c, kits := range g.kits {
		f.kits[c] += kits
	}
	f.active |= g.active
	f.nils |= g.nils
	if f.began == 0 || (g.began != 0 && g.began < f.began) {
		f.began = g.began
	}
}

func (f *flow) toldMonths() int { return bits.OnesCount64(f.active | f.nils) }

// readFlows reads what areas recorded of one kind from one month to another, from the rows of month_count in which the
// ledger keeps each area's total (outlet 0), so that the cost is that of some rows a month, whatever was given out.
func readFlows(ctx context.Context, tx *store.Tx, areas []int, kind ledger.Kind, from, to civil.Month) (map[int]*flow, error) {
	flows := make(map[int]*flow, len(areas))
	for _, a := range areas {
		flows[a] = &flow{kits: map[registry.Channel]int{}}
	}
	if len(areas) == 0 || to < from {
		return flows, readBegan(ctx, tx, areas, flows)
	}
	months := make([]any, 0, to-from+1)
	for m := from; m <= to; m++ {
		months = append(months, int(m))
	}
	in, args := idList(areas)
	// Months are listed, not bounded, so that the key leads straight to this kind in each of them.
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area, split, kits int
		if err := scan(&area, &split, &kits); err != nil {
			return err
		}
		flows[area].kits[registry.Channel(split)] += kits
		return nil
	}, `SELECT area, split, CAST(SUM(kits) AS BIGINT) FROM month_count
		WHERE area IN (`+in+`) AND outlet = 0 AND month IN (`+store.Marks(len(months))+`) AND kind = ? GROUP BY area, split`,
		append(append(args, months...), int(kind))...)
	if err != nil {
		return nil, err
	}
	mark := func(text string, bitsOf func(*flow) *uint64) error {
		return tx.Each(ctx, func(scan func(...any) error) error {
			var area int
			var month civil.Month
			if err := scan(&area, &month); err != nil {
				return err
			}
			*bitsOf(flows[area]) |= 1 << (month - from)
			return nil
		}, text, append(args, int(from), int(to))...)
	}
	if err := mark("SELECT area, month FROM month_count WHERE area IN ("+in+") AND outlet = 0 AND month BETWEEN ? AND ? GROUP BY area, month HAVING MAX(times) > 0",
		func(f *flow) *uint64 { return &f.active }); err != nil {
		return nil, err
	}
	if err := mark("SELECT DISTINCT area, month FROM nil_month WHERE area IN ("+in+") AND month BETWEEN ? AND ?",
		func(f *flow) *uint64 { return &f.nils }); err != nil {
		return nil, err
	}
	return flows, readBegan(ctx, tx, areas, flows)
}

// readBegan finds the month in which each area's ledger begins: one step down the key for each.
func readBegan(ctx context.Context, tx *store.Tx, areas []int, flows map[int]*flow) error {
	if len(areas) == 0 {
		return nil
	}
	in, args := idList(areas)
	return tx.Each(ctx, func(scan func(...any) error) error {
		var area int
		var began *civil.Month
		if err := scan(&area, &began); err != nil {
			return err
		}
		if began != nil {
			flows[area].began = *began
		}
		return nil
	}, "SELECT a.id, (SELECT MIN(c.month) FROM month_count c WHERE c.area = a.id AND c.outlet = 0) FROM area a WHERE a.id IN ("+in+")", args...)
}

// idList is "?, ?, ?" and its values.
func idList(ids []int) (marks string, args []any) {
	args = make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return store.Marks(len(ids)), args
}
