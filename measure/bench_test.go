package measure_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/store/storetest"
)

// BenchmarkNation reads a nation of 152 authorities with 2,000 outlets, two financial years and 300,000 supplies.
// The same figures over a third of the supplies show whether the cost grows with what was given out: it should not.
func BenchmarkNation(b *testing.B) {
	for _, supplies := range []int{100_000, 300_000} {
		b.Run(fmt.Sprintf("supplies=%d", supplies), func(b *testing.B) {
			w := newWorld(b, storetest.SQLite(b, func() time.Time { return noon }))
			w.nation(b, supplies)
			england := w.area(b, "E92000001")
			for _, key := range measure.Keys() {
				b.Run(string(key), func(b *testing.B) {
					for b.Loop() {
						_, err := w.Nation(w.ctx, england, key, period("2017/18"))
						must(b, err)
					}
				})
			}
			b.Run("authority", func(b *testing.B) {
				for b.Loop() {
					w.authorityPage(b, w.area(b, "E09000002"))
				}
			})
		})
	}
}

// authorityPage reads all that the page of an authority shows.
func (w *world) authorityPage(b *testing.B, area int) {
	p := period("2017/18")
	for _, key := range measure.Keys() {
		_, err := w.Figures(w.ctx, measure.Query{Measure: key, Period: p, Area: "E09000002"})
		must(b, err)
	}
	_, err := w.AreaMonths(w.ctx, area, p.From-12, p.To)
	must(b, err)
	_, err = w.OutletsOf(w.ctx, area, p)
	must(b, err)
	_, err = w.Channels(w.ctx, area, p)
	must(b, err)
	_, err = w.ShelfOf(w.ctx, area)
	must(b, err)
	_, err = w.ExpiryOf(w.ctx, area)
	must(b, err)
}

func (w *world) nation(b *testing.B, supplies int) {
	b.Helper()
	snap, err := w.reg.Now(w.ctx)
	must(b, err)
	england, _ := snap.AreaByCode("E92000001")
	areas := snap.AuthoritiesOf(england.ID, on("2018-03-31"))
	var outlets, receipts, given strings.Builder
	outlets.WriteString("code,name,kind,authority,channel\n")
	receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
	given.WriteString("occurred_on,outlet,product,lot,kits,channel\n")
	const count = 2000
	for i := range count {
		fmt.Fprintf(&outlets, "O%d,Outlet %d,drug_service,%s,community\n", i, i, areas[i%len(areas)].Code)
		for lot := range 12 { // a lot every other month
			fmt.Fprintf(&receipts, "%s,O%d,prenoxad,L%d,2019-%02d,400\n", on("2016-04-01"), i, lot, lot+1)
		}
	}
	channels := []registry.Channel{registry.Community, registry.Post, registry.Peer, registry.CommunityPrescription}
	for i := range supplies {
		day := on("2016-04-02") + civil.Date(i*728/supplies)
		fmt.Fprintf(&given, "%s,O%d,prenoxad,L%d,1,%s\n", day, i%count, i/count%12, channels[i/7%4])
	}
	w.take(b, "outlets", outlets.String())
	w.take(b, "receipts", receipts.String())
	w.take(b, "supplies", given.String())
}
