package measure_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
)

// TestWhatSuppliesToldIsSumsOverMovements compares first supplies, repeats, their reasons, reach and live coverage with plain
// SQL over the movements of a made-up history, some of it reversed.
func TestWhatSuppliesToldIsSumsOverMovements(t *testing.T) {
	seed := rand.Uint64()
	eachWorld(t, func(t *testing.T, w *world) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		w.toldHistory(t, rnd)
		w.take(t, "estimates", "area,population,period,value,method,source\nE09000003,opiate_users,2014/15,1000,made up,test\n")
		noted := fmt.Sprintf(" AND split NOT IN (%d, %d)", registry.CommunityPrescription, registry.Ambulance)
		const times = "SELECT CASE WHEN reverses IS NULL THEN 1 ELSE -1 END AS n FROM movement WHERE kind = 7 AND area = ? AND occurred_on BETWEEN ? AND ?"
		for _, code := range []string{"E09000002", "E09000003"} {
			area := w.area(t, code)
			for _, name := range []string{"2017/18", "2018/19", "2017/18-Q3", "2018-02"} {
				p := period(name)
				recount := func(more string) string {
					return fmt.Sprint(w.one(t, times+more, area, int(p.First()), int(p.Last())))
				}
				for _, c := range []struct {
					key       measure.Key
					part, all string
				}{
					{measure.FirstSupplies, " AND supply = 1 AND recipient = 1", ""},
					{measure.RepeatShare, noted + " AND supply = 2", noted},
					{measure.RepeatUsed, noted + " AND reason IN (1, 2)", noted + " AND (supply = 2 OR COALESCE(reason, 0) <> 0)"},
				} {
					f := w.figure(t, c.key, name, code, "")
					got, of := measure.Number(f.Value), ""
					if c.all != "" {
						got, of = measure.Number(f.Numerator), measure.Number(f.Denominator)
					}
					if got != recount(c.part) || of != "" && of != recount(c.all) {
						t.Errorf("seed %d: %s of %s in %s is %s of %s, the movements say %s of %s", seed, c.key, code, name, got, of, recount(c.part), recount(c.all))
					}
				}
				ever := fmt.Sprint(w.one(t, times+" AND supply = 1 AND recipient = 1", area, 0, int(p.Last())))
				if f := w.figure(t, measure.Reach, name, code, ""); measure.Number(f.Numerator) != ever {
					t.Errorf("seed %d: reach of %s to %s has %s, the movements %s", seed, code, name, measure.Number(f.Numerator), ever)
				}
				day := min(p.Last(), w.ledger.Today())
				with := fmt.Sprint(w.one(t, fmt.Sprintf(`SELECT CASE WHEN m.to_place = %[1]d THEN m.kits ELSE 0 END - CASE WHEN m.from_place = %[1]d THEN m.kits ELSE 0 END AS n
					FROM movement m JOIN lot l ON l.id = m.lot WHERE m.area = ? AND m.occurred_on <= ? AND (l.expiry IS NULL OR l.expiry >= ?)`, ledger.People), area, int(day), int(day)))
				f := w.figure(t, measure.LiveCoverage, name, code, "")
				if measure.Number(f.Numerator) != with || f.Expected != nil && *f.Expected > *f.Value {
					t.Errorf("seed %d: live coverage of %s in %s has %s, the movements %s (likely %v)", seed, code, name, measure.Number(f.Numerator), with, f.Expected)
				}
			}
		}
	})
}

// toldHistory is some hundred supplies of which much or little was recorded.
func (w *world) toldHistory(t testing.TB, rnd *rand.Rand) {
	t.Helper()
	w.withOutlets(t)
	w.take(t, "receipts", `occurred_on,outlet,product,lot,expiry,kits
2017-03-03,BD1,prenoxad,L1,2018-01,900
2017-03-03,BD1,prenoxad,L2,,900
2017-03-03,BD3,prenoxad,L1,2018-01,900
2017-03-03,BA1,prenoxad,L1,2018-01,900
2017-03-03,BA1,prenoxad,L2,,900
`)
	var supplies strings.Builder
	supplies.WriteString("id,occurred_on,outlet,product,lot,kits,channel,recipient,supply,reason\n")
	var made []string
	for i := range 250 {
		shelf := []string{"BD1,prenoxad,L1", "BD1,prenoxad,L2", "BD3,prenoxad,L1", "BA1,prenoxad,L1", "BA1,prenoxad,L2"}[i%5]
		day := on("2017-04-01")
		if strings.Contains(shelf, "L1") {
			day += 1 // in date until January
		}
		id := newID(rnd)
		told := []string{",,", "person_at_risk,first,", "person_at_risk,repeat,used_on_self", "family_or_friend,first,", "person_at_risk,repeat,", ",repeat,lost", "person_at_risk,not_known,used_on_other"}[rnd.IntN(7)]
		channel := []string{"", "", "post", "community_prescription"}[rnd.IntN(4)]
		fmt.Fprintf(&supplies, "%s,%s,%s,%d,%s,%s\n", id, day+civil.Date(rnd.IntN(270)), shelf, 1+rnd.IntN(3), channel, told)
		made = append(made, id+" "+shelf[:3])
	}
	fmt.Fprintf(&supplies, "%s,2018-05-03,BD1,prenoxad,L2,1,,person_at_risk,first,\n%s,2018-05-03,BA1,prenoxad,L2,1,,person_at_risk,repeat,lost\n", newID(rnd), newID(rnd))
	fmt.Fprintf(&supplies, "%s,2018-02-03,BD1,prenoxad,L2,1,,person_at_risk,first,\n%s,2018-02-03,BA1,prenoxad,L2,1,,person_at_risk,repeat,lost\n", newID(rnd), newID(rnd))
	fmt.Fprintf(&supplies, "%s,2018-02-04,BD1,prenoxad,L2,1,,person_at_risk,repeat,lost\n%s,2018-05-04,BD1,prenoxad,L2,1,,person_at_risk,repeat,lost\n", newID(rnd), newID(rnd))
	w.take(t, "supplies", supplies.String())
	for i, m := range made {
		if i%12 != 5 {
			continue
		}
		id, outlet, _ := strings.Cut(m, " ")
		must(t, w.ledger.Reverse(w.ctx, staff.Operator(), ledger.Reversal{ID: ledger.NewID(), Area: w.outlet(t, outlet).Area, Of: parseID(t, id)}))
	}
}
