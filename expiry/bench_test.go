package expiry_test

import (
	"fmt"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/expiry"
	"everykit/ledger"
	"everykit/mail"
	"everykit/registry"
	"everykit/staff"
	"everykit/store/storetest"
	"everykit/table"
)

// BenchmarkNation reads the boards and the proposals of a nation of 150 authorities with 2,000 outlets of 12 lots each and
// 300,000 supplies.
func BenchmarkNation(b *testing.B) {
	c := &clock{t: start}
	w := newWorld(b, storetest.SQLite(b, c.now), c, mail.Options{})
	w.nation(b, 300_000)
	england, authority, outlet := w.england(), w.area("A8").ID, w.outlet("O8").ID
	b.Run("board of the nation", func(b *testing.B) {
		for b.Loop() {
			must1(w.Board(ctx, expiry.OfArea(england)))(b)
		}
	})
	b.Run("board of an authority", func(b *testing.B) {
		for b.Loop() {
			must1(w.Board(ctx, expiry.OfArea(authority)))(b)
		}
	})
	b.Run("board of an outlet", func(b *testing.B) {
		for b.Loop() {
			must1(w.Board(ctx, expiry.OfOutlet(outlet)))(b)
		}
	})
	b.Run("proposals of an authority", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n = len(must1(w.Proposals(ctx, authority))(b))
		}
		b.ReportMetric(float64(n), "proposals")
	})
	b.Run("offers of the nation", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n = len(must1(w.Proposals(ctx, england))(b))
		}
		b.ReportMetric(float64(n), "proposals")
	})
	b.Run("reissue of an authority", func(b *testing.B) {
		for b.Loop() {
			must1(w.Reissue(ctx, expiry.OfArea(authority)))(b)
		}
	})
	b.Run("reissue of the nation", func(b *testing.B) {
		for b.Loop() {
			must1(w.Reissue(ctx, expiry.OfArea(england)))(b)
		}
	})
}

func (w *world) nation(b *testing.B, supplies int) {
	b.Helper()
	const count, areas = 2000, 150
	england := w.england()
	for i := range areas {
		_, err := w.reg.PutArea(ctx, registry.Area{Code: fmt.Sprintf("A%d", i), Name: fmt.Sprintf("Authority %d", i), Kind: "county", Parent: england, MinDays: registry.DefaultMinDays})
		must(b, err)
	}
	var outlets []registry.Outlet
	var receipts, given strings.Builder
	receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
	given.WriteString("occurred_on,outlet,product,lot,kits\n")
	for i := range count {
		outlets = append(outlets, registry.Outlet{
			Code: fmt.Sprintf("O%d", i), Name: fmt.Sprintf("Outlet %d", i), Kind: registry.DrugService, Area: w.area(fmt.Sprintf("A%d", i%areas)).ID,
			Channel: registry.Community, ConfirmedOn: civil.None, ClosedOn: civil.None, LegalFrom: civil.None,
		})
		for lot := range 12 { // some past, some soon, most later; every fourth outlet gives out much and has less
			kits := 20 + (i*7+lot*13)%90
			if i%4 == 0 {
				kits = 60
			}
			fmt.Fprintf(&receipts, "2024-05-01,O%d,pen,L%d,%s,%d\n", i, lot, civil.MonthOf(2026, 4)+civil.Month(lot*2), kits)
		}
	}
	_, err := w.reg.PutOutlet(ctx, outlets...)
	must(b, err)
	first := on(b, "2024-06-02")
	for i := range supplies {
		o, lot := i%count, i/count%12
		if i%5 != 0 { // four of five kits go from every fourth outlet
			o -= o % 4
		}
		fmt.Fprintf(&given, "%s,O%d,pen,L%d,1\n", first+civil.Date(i*740/supplies), o, lot)
	}
	w.take(b, "receipts", receipts.String())
	w.take(b, "supplies", given.String())
}

func (w *world) take(b *testing.B, kind, text string) {
	b.Helper()
	for _, k := range ledger.Kinds() {
		if k.Name == kind {
			_, err := w.led.Import(ctx, ledger.Import{
				Kind: kind, File: kind + ".csv", Who: staff.Operator(),
				Open: func() (*table.Reader, error) {
					return table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k)
				},
			})
			must(b, err)
		}
	}
}
