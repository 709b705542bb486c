package frozen_test

import (
	"fmt"
	"strings"
	"testing"

	"everykit/bulletin/frozen"
	"everykit/civil"
)

// BenchmarkTake freezes a nation of 152 authorities with 2,000 outlets and a million supplies over two years: the first edition,
// and one that is protected against eight others.
func BenchmarkTake(b *testing.B) {
	for _, supplies := range []int{250_000, 1_000_000} {
		b.Run(fmt.Sprintf("supplies=%d", supplies), func(b *testing.B) {
			w := oneWorld(b, "2021-11-15")
			w.england(supplies)
			b.Run("first", func(b *testing.B) {
				for b.Loop() {
					w.freeze("E92000001", "2021/22-Q2", "")
				}
			})
			var all []*frozen.Snapshot
			for _, p := range []string{"2019/20-Q3", "2019/20-Q4", "2019/20", "2020/21-Q1", "2020/21-Q2", "2020/21-Q3", "2020/21-Q4", "2020/21"} {
				all = append(all, w.freeze("E92000001", p, "", all...))
			}
			b.Run("ninth", func(b *testing.B) {
				for b.Loop() {
					w.freeze("E92000001", "2021/22-Q2", "", all...)
				}
			})
		})
	}
}

// england imports supplies of 2,000 outlets, two years to September 2021.
func (w *world) england(supplies int) {
	snap, err := w.Registry.Now(w.t.Context())
	must(w.t, err)
	england, _ := snap.AreaByCode("E92000001")
	areas := snap.AuthoritiesOf(england.ID, on("2021-03-31"))
	var sites, receipts, given strings.Builder
	sites.WriteString("code,name,kind,authority,channel\n")
	receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
	given.WriteString("occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,sex\n")
	const count = 2000
	kinds := []string{"drug_service,community", "pharmacy,community", "hostel,community", "prison,prison", "pharmacy,community_prescription", "ambulance,ambulance"}
	for i := range count {
		kind, channel, _ := strings.Cut(kinds[i%6], ",")
		fmt.Fprintf(&sites, "O%d,Outlet %d,%s,%s,%s\n", i, i, kind, areas[i/6%len(areas)].Code, channel)
		fmt.Fprintf(&receipts, "2019-10-01,O%d,prenoxad,L1,2024-06,10000\n", i)
	}
	for i := range supplies {
		supply, reason := []string{"first", "repeat", ""}[i/5%3], ""
		if supply == "repeat" {
			reason = []string{"used_on_self", "lost", "expired"}[i/11%3]
		}
		fmt.Fprintf(&given, "%s,O%d,prenoxad,L1,1,%s,%s,%s,%s,%s\n", on("2019-10-02")+civil.Date(i*728/supplies), i%count,
			[]string{"person_at_risk", "family_or_friend", "worker", ""}[i/7%4], supply, reason, []string{"under_25", "25_34", "45_over", ""}[i/13%4], []string{"male", "female", ""}[i/17%3])
	}
	w.take("outlets", sites.String())
	w.take("receipts", receipts.String())
	w.take("supplies", given.String())
}
