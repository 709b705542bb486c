package nation

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

const today = "2026-11-23"

// country is England with an outlet and two years of kits in most of its authorities: some have no outlet, some are
// silent, some have no estimate, some sent a return instead.
func country(t testing.TB) *figurestest.World {
	t.Helper()
	w := figurestest.New(t, today)
	day, err := civil.ParseDate(today)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	var outlets, estimates, receipts, supplies, returns strings.Builder
	outlets.WriteString("code,name,kind,authority,channel,requires,public\n")
	estimates.WriteString("area,population,period,value,published_on,method,source\n")
	receipts.WriteString("id,occurred_on,outlet,product,lot,expiry,kits\n")
	supplies.WriteString("id,occurred_on,outlet,product,lot,kits,recipient,supply,reason\n")
	told := []string{"person_at_risk,first,", "person_at_risk,repeat,used_on_self", "family_or_friend,first,", "person_at_risk,repeat,lost", ",,"}
	returns.WriteString("area,period,measure,value,published_on,state,source\n")
	for i, a := range w.Snap().AuthoritiesOf(w.Area("E92000001").ID, day) {
		if i%17 != 3 {
			fmt.Fprintf(&estimates, "%s,opiate_users,2023/24,%d,2025,made up,made up for a test\n", a.Code, 300+rnd.IntN(4000))
		}
		if i%5 != 2 {
			fmt.Fprintf(&estimates, "%s,opioid_deaths,2025,%d,2026-08,made up,made up for a test\n", a.Code, i%40)
		}
		if i%9 != 4 {
			fmt.Fprintf(&estimates, "%s,opiate_clients,2024/25,%d,2025-10,made up,made up for a test\n", a.Code, 200+7*i)
		}
		switch i % 25 {
		case 7: // no outlet, and nobody asked
			continue
		case 11:
			fmt.Fprintf(&returns, "%s,2025/26,dispensed,%d,2026-06,,reply to the questionnaire\n", a.Code, 100+rnd.IntN(400))
			continue
		case 13:
			fmt.Fprintf(&returns, "%s,2025/26,dispensed,,2026-06,refused,reply to the questionnaire\n", a.Code)
			continue
		}
		o := a.Code + "-1"
		fmt.Fprintf(&outlets, "%s,\"%s drug service\",drug_service,%s,community,%s,%s\n", o, a.Name, a.Code, []string{"none", "assessment", ""}[i%3], []string{"yes", "yes", "yes", "no", ""}[i%5])
		if i%25 == 19 { // an outlet that never says a word
			continue
		}
		size := 3 + rnd.IntN(40)
		for m := civil.MonthOf(2025, 4); m < civil.MonthOf(2026, 11); m++ {
			lot := fmt.Sprintf("%d%02d", i, int(m)%100)
			fmt.Fprintf(&receipts, ",%s,%s,prenoxad,%s,%s,%d\n", m.First(), o, lot, m+20, 2*size)
			for range 3 {
				fmt.Fprintf(&supplies, ",%s,%s,prenoxad,%s,%d,%s\n", m.First()+civil.Date(rnd.IntN(27)), o, lot, 1+rnd.IntN(size*2/3), told[(int(m)+i)%len(told)])
			}
		}
	}
	w.Take("outlets", outlets.String())
	w.Take("estimates", estimates.String())
	w.Take("receipts", receipts.String())
	w.Take("supplies", supplies.String())
	w.Take("returns", returns.String())
	return w
}
