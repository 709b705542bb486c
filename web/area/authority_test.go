package area

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/web/browser"
	"everykit/web/figures/figurestest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

const (
	today   = "2026-11-23"
	barking = "E09000002"
	barnet  = "E09000003"
	england = "E92000001"
)

// authority is Barking and Dagenham with a store and seven outlets: one has never said a word, one fell silent in July,
// one has run out and keeps expired kits, one confirmed a month in which there was nothing. Barnet has an outlet too.
func authority(t testing.TB) *figurestest.World {
	t.Helper()
	w := figurestest.New(t, today)
	w.Take("estimates", `area,population,period,value,low,high,published_on,method,source
E09000002,opiate_users,2023/24,1210,980,1490,2025-09-01,made up,made up for a test
E09000002,opiate_clients,2024/25,640,,,2025-10,made up,made up for a test
E09000002,opioid_deaths,2025,14,,,2026-08,made up,made up for a test
`)
	w.Take("outlets", `code,name,kind,authority,channel,requires,closed_on,public
BD-ST,Harbour Lane store,store,E09000002,community,,,
BD-1,Harbour Lane drug service,drug_service,E09000002,community,assessment,,yes
BD-2,Mill Street needle programme,needle_exchange,E09000002,community,none,,yes
BD-3,Old Quay hostel,hostel,E09000002,community,in_treatment training,,no
BD-4,Northern Gate pharmacy,pharmacy,E09000002,community,,,yes
BD-5,Eastern Gate pharmacy,pharmacy,E09000002,community,none,,yes
BD-6,Long Acre prison,prison,E09000002,prison,,,no
BD-7,Friends of the Quay peer network,peer_network,E09000002,peer,none,,
BN-1,Barnet drug service,drug_service,E09000003,community,none,,yes
`)
	var receipts, transfers, supplies, unmet strings.Builder
	receipts.WriteString("id,occurred_on,outlet,product,lot,expiry,kits,opening\n")
	transfers.WriteString("id,occurred_on,from_outlet,to_outlet,product,lot,kits,arrived_on,arrived_kits\n")
	supplies.WriteString("id,occurred_on,outlet,product,lot,kits,channel,recipient,supply,reason\n")
	told := []string{"person_at_risk,first,", "person_at_risk,repeat,used_on_self", "family_or_friend,first,", "person_at_risk,repeat,lost", ",,"}
	unmet.WriteString("id,occurred_on,outlet,reason,kits\n")
	rnd := rand.New(rand.NewPCG(3, 4))
	for q := civil.MonthOf(2025, 4); q < civil.MonthOf(2026, 11); q += 3 {
		lot := fmt.Sprintf("A%d", int(q))
		fmt.Fprintf(&receipts, ",%s,BD-ST,prenoxad,%s,%s,900,\n", q.First(), lot, q+21)
		for i, o := range []string{"BD-1", "BD-2", "BD-3", "BD-6", "BD-7"} {
			sent := 160 - 20*i
			fmt.Fprintf(&transfers, ",%s,BD-ST,%s,prenoxad,%s,%d,%s,%d\n", q.First()+2, o, lot, sent, q.First()+4, sent)
			for m := q; m < q+3 && m <= civil.MonthOf(2026, 11); m++ {
				if o == "BD-3" && m > civil.MonthOf(2026, 7) || o == "BD-2" && m == civil.MonthOf(2026, 5) {
					continue
				}
				fmt.Fprintf(&supplies, ",%s,%s,prenoxad,%s,%d,,%s\n", m.First()+10, o, lot, 1+rnd.IntN(sent/3), told[(int(m)+i)%len(told)])
			}
		}
	}
	receipts.WriteString(",2025-05-01,BD-5,nyxoid,N-OLD,2026-09,6,yes\n,2026-06-01,BD-1,nyxoid,N-SOON,2027-01,14,\n,2026-06-01,BN-1,nyxoid,N-BN,2028-01,77,\n")
	unmet.WriteString(",2026-10-02,BD-5,no_stock,1\n,2026-10-03,BD-5,no_stock,2\n,2026-10-09,BD-1,requirement,1\n")
	w.Take("receipts", receipts.String())
	w.Take("transfers", transfers.String())
	w.Take("supplies", supplies.String())
	w.Take("unmet", unmet.String())
	w.Nil("BD-2", civil.MonthOf(2026, 5))
	return w
}
