package opendata

import (
	"context"
	"slices"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/store"
)

// TestBeside has somebody publish the quarters of a nation's year first, with what is small hidden. The year's edition gives none of
// it away, and how it adds up with the quarters is kept with it.
func TestBeside(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(7, 2024, 9, 6, 4, 5, 12)
		year, err := civil.ParsePeriod("2024/25")
		must(t, err)
		id := func(area string, p civil.Period, about, word string) string {
			return strings.Join([]string{"b", area, p.String(), about, word}, "|")
		}
		quarterly := map[string][]disclosure.Release{}
		must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
			snap, err := w.reg.In(w.ctx, tx)
			must(t, err)
			for _, q := range quartersOf(year) {
				byNation, err := readYear(w.ctx, tx, snap, q)
				must(t, err)
				for nation, areas := range byNation {
					code := snap.Area(nation).Code
					var r disclosure.Release
					sum := disclosure.Sum{Total: id(code, q, allSupplies, total)}
					all := int64(0)
					for _, word := range abouts[0].words {
						var n int64
						for _, c := range areas {
							n += c[cell("recipient", word)]
						}
						all += n
						r.Cells = append(r.Cells, disclosure.Cell{ID: id(code, q, "recipient", word), Value: n})
						sum.Parts = append(sum.Parts, id(code, q, "recipient", word))
					}
					r.Cells, r.Sums = append(r.Cells, disclosure.Cell{ID: sum.Total, Value: all}), []disclosure.Sum{sum}
					done, err := disclosure.Protect(r, rule)
					must(t, err)
					quarterly[code] = append(quarterly[code], done)
				}
			}
			return nil
		}))
		w.Beside(func(_ context.Context, nation string, p civil.Period) (Others, error) {
			if p.String() != year.String() {
				t.Errorf("asked of %s", p)
			}
			return Others{quarterly[nation], id, func(area string, to civil.Month) string { return "ever|" + area + "|" + to.String() }}, nil
		})
		_, err = w.List(w.ctx)
		must(t, err)
		list, err := w.readSupplies(w.ctx)
		must(t, err)
		tied := 0
		for _, p := range list {
			if len(p.earlier) == 0 {
				continue
			}
			e := p.earlier[0]
			for _, c := range e.beside.Cells {
				if !strings.HasPrefix(c.ID, "b|"+p.nation.Code+"|") {
					t.Errorf("%s is kept with %s", c.ID, p.nation.Name)
				}
			}
			tied += len(e.beside.Sums)
			all := disclosure.Renumber(append(slices.Clone(quarterly[p.nation.Code]), e.whole()))
			var public []disclosure.Release
			for _, r := range all {
				public = append(public, r.Public())
			}
			for _, x := range disclosure.Attack(public...) {
				if x.Sure || rule.Small(all[x.Release].ByID()[x.Cell].Value) {
					t.Errorf("found out: %+v", x)
				}
			}
		}
		if tied == 0 {
			t.Error("no year is tied to its quarters")
		}
		for _, row := range w.table("supplies")[1:] {
			if strings.HasPrefix(row[0], "b|") {
				t.Errorf("a cell of others is in the table: %v", row)
			}
		}
	})
}
