package lot_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/table"
	"everykit/web/lot"
	"everykit/web/webtest"
)

// Of the world that is traced: each lot goes to 20 of the outlets.
const (
	tracedLots    = 1_000
	tracedOutlets = 200
	outletsALot   = 20
)

// BenchmarkTrace traces 1,000 lots, each of which went to 20 of 200 outlets, and prints how long it takes to read where the
// kits are and to draw the page with deliveries and weeks: the 99th of 100 and the one in the middle. EVERYKIT_TRACE_SUPPLIES
// says over how many supplies, 20,000 if nothing does.
func BenchmarkTrace(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("EVERYKIT_TRACE_SUPPLIES"))
	if err != nil {
		n = 20_000
	}
	w := webtest.NewBare(b)
	fillTraced(b, w, n)
	lots, err := w.Ledger.Lots(context.Background(), 0)
	w.Must(err)
	v, snap := w.As(webtest.National), w.Snap()
	b.Logf("%d lots over %d supplies", len(lots), n)
	for _, what := range []struct {
		name string
		do   func(l ledger.Lot)
	}{
		{"places", func(l ledger.Lot) {
			rows, err := w.Ledger.Trace(context.Background(), l.ID)
			if w.Must(err); len(rows) < outletsALot {
				b.Fatalf("lot %s is at %d outlets", l.Number, len(rows))
			}
		}},
		{"movements", func(l ledger.Lot) { // down to each supply, at every outlet that had any
			rows, err := w.Ledger.Trace(context.Background(), l.ID)
			w.Must(err)
			for _, r := range rows {
				_, _, err := w.Ledger.TracePage(context.Background(), snap.Outlet(r.Outlet), 0, 10_000, l.ID)
				w.Must(err)
			}
		}},
		{"page", func(l ledger.Lot) {
			if a := v.Get(lot.Path(l.ID)); a.Status != http.StatusOK {
				b.Fatalf("lot %s answers %d", l.Number, a.Status)
			}
		}},
	} {
		b.Run(what.name, func(b *testing.B) {
			var took []time.Duration
			for range b.N {
				for _, l := range lots {
					from := time.Now()
					what.do(l)
					took = append(took, time.Since(from))
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
		})
	}
}

// fillTraced imports what is traced.
func fillTraced(b *testing.B, w *webtest.World, n int) {
	b.Helper()
	var outlets []registry.Outlet
	for i := range tracedOutlets {
		like := *w.Home
		like.ID, like.Code, like.Name = 0, fmt.Sprintf("T%d", i), fmt.Sprintf("Traced %d", i)
		if i%2 == 1 {
			like.Area = w.Across.Area
		}
		outlets = append(outlets, like)
	}
	_, err := w.Registry.PutOutlet(context.Background(), outlets...)
	w.Must(err)
	at := func(l, i int) int { return (l*7 + i*(tracedOutlets/outletsALot)) % tracedOutlets }
	var in, out strings.Builder
	in.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
	for l := range tracedLots {
		for i := range outletsALot {
			fmt.Fprintf(&in, "2025-01-01,T%d,prenoxad,TR%d,2027-01,%d\n", at(l, i), l, 2+n/(tracedLots*outletsALot))
		}
	}
	out.WriteString("occurred_on,outlet,product,lot,kits,recipient\n")
	for i := range n {
		l := i % tracedLots
		fmt.Fprintf(&out, "%s,T%d,prenoxad,TR%d,1,person_at_risk\n", webtest.Today-600+civil.Date(i*590/n), at(l, i/tracedLots%outletsALot), l)
	}
	for _, f := range [][2]string{{"receipts", in.String()}, {"supplies", out.String()}} {
		var kind table.Kind
		for _, k := range ledger.Kinds() {
			if k.Name == f[0] {
				kind = k
			}
		}
		_, err := w.Ledger.Import(context.Background(), ledger.Import{Kind: f[0], File: f[0] + ".csv", Who: operator, Open: func() (*table.Reader, error) {
			return table.NewReader(strings.NewReader(f[1]), f[0]+".csv", int64(len(f[1])), kind)
		}})
		w.Must(err)
	}
}
