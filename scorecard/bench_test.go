package scorecard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/scorecard"
	"everykit/store/storetest"
)

// BenchmarkNation reads the pages of a nation of 152 authorities with 2,000 outlets. The same over a third of the supplies
// shows whether the cost grows with what was given out.
func BenchmarkNation(b *testing.B) {
	now := summer2018
	for _, supplies := range []int{100_000, 300_000} {
		w := newWorld(b, storetest.SQLite(b, func() time.Time { return now }), &now)
		w.busy(supplies)
		england, year := w.id("E92000001"), period("2018/19")
		for _, c := range []struct {
			name string
			read func() error
		}{
			{"cards", func() error { _, err := w.Nation(w.ctx, england, year); return err }},
			{"card", func() error { _, err := w.Of(w.ctx, w.id("E09000002"), year); return err }},
			{"gaps", func() error { _, err := w.Gaps(w.ctx, england, year, 100); return err }},
			{"plan", func() error { _, err := w.Plan(w.ctx, england, year, scorecard.Target{Per100: 100}); return err }},
			{"prices", func() error {
				_, _, err := w.m.Prices(w.ctx, england, w.led.Today()-364, w.led.Today())
				return err
			}},
		} {
			b.Run(fmt.Sprintf("supplies=%d/%s", supplies, c.name), func(b *testing.B) {
				for b.Loop() {
					must(b, c.read())
				}
			})
		}
	}
}

func (w *world) busy(supplies int) {
	w.t.Helper()
	snap, err := w.reg.Now(w.ctx)
	must(w.t, err)
	areas := snap.AuthoritiesOf(w.id("E92000001"), w.led.Today())
	var outlets, receipts, given strings.Builder
	outlets.WriteString("code,name,kind,authority,channel,public,requires\n")
	receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits,unit_price\n")
	given.WriteString("occurred_on,outlet,product,lot,kits\n")
	const count = 2000
	for i := range count {
		fmt.Fprintf(&outlets, "O%d,Outlet %d,drug_service,%s,community,yes,none\n", i, i, areas[i%len(areas)].Code)
		for lot := range 12 {
			fmt.Fprintf(&receipts, "2016-06-15,O%d,prenoxad,L%d,2019-%02d,400,18.00\n", i, lot, lot+1)
		}
	}
	for i := range supplies {
		fmt.Fprintf(&given, "%s,O%d,prenoxad,L%d,1\n", w.led.Today()-728+civil.Date(i*728/supplies), i%count, i/count%12)
	}
	w.take("outlets", outlets.String())
	w.take("receipts", receipts.String())
	w.take("supplies", given.String())
}
