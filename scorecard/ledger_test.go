package scorecard_test

import (
	"strings"
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/support"
)

// withLedger has Barking and Dagenham (861 people) receive 100 kits and give 30 out in the running year, at outlets of which
// one asks for a referral; Barnet has an outlet that never recorded anything, and Bexley one far away.
func (w *world) withLedger() {
	w.t.Helper()
	w.take("estimates", `area,population,period,value,method,source
E09000003,opiate_users,2014/15,1000,made up,test
E09000002,opioid_deaths,2016,7,made up,test
`)
	w.take("products", "code,name,form,route,doses_per_kit\nthe-kit,The kit,prefilled_syringe,intramuscular,5\n")
	w.take("outlets", `code,name,kind,authority,channel,public,requires,lat,lon,confirmed_on
BD1,Riverside,drug_service,E09000002,community,yes,referral,51.54,0.13,2018-05-01
BD2,High Street,pharmacy,E09000002,community,yes,none,51.55,0.13,2018-06-01
BD3,The hostel,hostel,E09000002,community,no,appointment,,,
BD4,The prison,prison,E09000002,prison,yes,name,,,
BA1,Barnet hub,drug_service,E09000003,community,no,,,,
BE1,Far away,drug_service,E09000004,community,yes,none,54.0,-2.0,
`)
	w.take("receipts", `id,occurred_on,outlet,product,lot,expiry,kits,unit_price
,2018-04-10,BD1,the-kit,L1,2018-12,100,18.00
,2018-04-10,BD2,the-kit,L2,2018-07-05,40,
`)
	w.take("supplies", "id,occurred_on,outlet,product,lot,kits,recipient,supply\n,2018-05-10,BD1,the-kit,L1,30,person_at_risk,first\n")
}

func TestTheLedgerSpeaks(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.withLedger()
		c := w.card("E09000002", "2018/19")
		says(t, c.Lines[0], scorecard.Met, "30 kits given out in the part of the year")
		says(t, c.Lines[1], scorecard.Partly, "3.5 kits per 100 people (30 / 861) so far.")
		says(t, c.Lines[2], scorecard.NotKnown, "nobody asked")
		says(t, c.Lines[3], scorecard.Partly, "1 of 2 public outlets ask", "a referral")
		if l := c.Lines[3]; l.Value == nil || *l.Value != 50 || l.On != civil.On(2018, 5, 1) || l.Source != "registry of outlets" || strings.Contains(l.Evidence, "name") {
			t.Errorf("%+v", l)
		}
		says(t, c.Lines[4], scorecard.Met, "kits bought, kits given out and expiry")
		says(t, c.Lines[5], scorecard.NotMet)

		// Of the years before nothing is known: today's outlets do not speak for them.
		for _, l := range w.card("E09000002", "2015/16").Lines {
			says(t, l, scorecard.NotKnown)
		}
	})
}

func TestGapsAndWhatWouldCloseThem(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.withLedger()
		g := w.gaps("E09000002", "2018/19")
		low := g[support.LowCoverage]
		if low.Kits == nil || *low.Kits != 831 || low.Cost == nil || *low.Cost != 831*1800 || low.Weight != 831 || !strings.Contains(low.Close, "831 kits more") {
			t.Errorf("%+v", low)
		}
		if ask := g[support.Requirements]; !strings.Contains(ask.Says, "1 of 2") || ask.Kits != nil || ask.Cost != nil {
			t.Errorf("%+v", ask)
		}
		if exp := g[support.ExpiresFaster]; !strings.Contains(exp.Says, "will expire unused") {
			t.Errorf("%+v", exp)
		}
		if s := g[support.Silent]; !strings.Contains(s.Says, "of 4 outlets") || s.Since != civil.None {
			t.Errorf("%+v", s)
		}
		if _, is := g[support.NoOutlet]; is {
			t.Error("it has public outlets near its middle")
		}
		if b := w.gaps("E09000003", "2018/19")[support.NoOutlet]; !strings.Contains(b.Says, "No public outlet is open") || !strings.Contains(b.Says, "High Street") {
			t.Errorf("Barnet: %+v", b)
		}
		if far, is := w.gaps("E09000004", "2018/19")[support.NoOutlet]; is {
			t.Errorf("Bexley's own outlet is far away, and High Street near: %+v", far)
		}
		if c := w.gaps("E06000052", "2018/19")[support.NoOutlet]; !strings.Contains(c.Says, "out of reach") || c.Kits != nil || !strings.Contains(c.Close, "Open a public outlet") {
			t.Errorf("Cornwall: %+v", c)
		}
		all, err := w.Gaps(w.ctx, w.id("E92000001"), period("2018/19"), 3)
		must(t, err)
		for i, g := range all {
			if i > 0 && g.Weight > all[i-1].Weight {
				t.Errorf("%+v stands after %+v", g, all[i-1])
			}
			if g.Area == w.id("E09000002") && g.Kind == support.LowCoverage {
				t.Errorf("3.5 is above a target of 3: %+v", g)
			}
			if strings.Contains(g.Says+g.Close, "%!") || !strings.HasSuffix(g.Says, ".") || !strings.HasSuffix(g.Close, ".") {
				t.Errorf("%+v", g)
			}
		}
		for _, bad := range []float64{-1, 1e9} {
			if _, err := w.Gaps(w.ctx, w.id("E92000001"), period("2018/19"), bad); !fault.Is(err, fault.Invalid) {
				t.Error(bad, err)
			}
		}
	})
}

func TestSilenceSinceAMonth(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.withLedger()
		*w.now = w.now.AddDate(0, 3, 0)
		s := w.gaps("E09000002", "2018/19")[support.Silent]
		if s.Since != civil.On(2018, 6, 1) || !strings.Contains(s.Says, "Silent since May 2018") || !strings.Contains(s.Says, "August 2018") {
			t.Errorf("%+v", s)
		}
		for _, o := range []string{"BD1", "BD2", "BD3", "BD4"} {
			snap, err := w.reg.Now(w.ctx)
			must(t, err)
			outlet, _ := snap.OutletByCode(o)
			must(t, w.led.ConfirmNil(w.ctx, staff.Operator(), outlet.ID, civil.MonthOf(2018, 8)))
		}
		if s, is := w.gaps("E09000002", "2018/19")[support.Silent]; is {
			t.Errorf("they confirmed a nil: %+v", s)
		}
	})
}

func TestAPlanAddsUp(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.withLedger()
		plan, err := w.Plan(w.ctx, w.id("E92000001"), period("2018/19"), scorecard.Target{Per100: 100})
		must(t, err)
		row := need(t, plan, w.id("E09000002"))
		// 861 wanted and 30 of what people hold run out in December, less 30 given. On hand 70 of L1 and 40 of L2; of L2, first
		// to expire on 5 July, 30 in 76 days leaves 33.
		want := map[string][2]int{
			"wanted": {861, *row.Wanted}, "given": {30, *row.Given}, "used": {30, *row.ExpectedUsed}, "give": {861, *row.ToGive}, "hand": {110, *row.OnHand},
			"expiring": {33, *row.Expiring}, "buy": {861 - 110 + 33, *row.ToBuy}, "cost": {(861 - 110 + 33) * 1800, *row.Cost},
		}
		for name, v := range want {
			if v[0] != v[1] {
				t.Errorf("%s is %d, not %d", name, v[1], v[0])
			}
		}
		if row.State != measure.Counted || !strings.Contains(row.Source, "2014/15") {
			t.Errorf("%+v", row)
		}
		// Barnet has people, and nothing is known of its kits: no part is taken for nought.
		barnet := need(t, plan, w.id("E09000003"))
		if barnet.Wanted == nil || *barnet.Wanted != 1000 || barnet.ToBuy != nil || barnet.Given != nil || barnet.OnHand != nil || barnet.Cost != nil || barnet.State.HasNumber() {
			t.Errorf("%+v", barnet)
		}
		if none := need(t, plan, w.id("E09000005")); none.State != measure.NoDenominator || none.Wanted != nil {
			t.Errorf("%+v", none)
		}
		if plan.With != 1 || plan.Total.ToBuy == nil || *plan.Total.ToBuy != *row.ToBuy || *plan.Total.Cost != *row.Cost || plan.Total.State != measure.Partial || len(plan.Rows) != 152 {
			t.Errorf("%+v with %d of %d", plan.Total, plan.With, len(plan.Rows))
		}

		deaths, err := w.Plan(w.ctx, w.id("E09000002"), period("2018/19"), scorecard.Target{PerDeath: 20})
		must(t, err)
		if row := need(t, deaths, w.id("E09000002")); *row.Wanted != 140 || *row.ToGive != 140 || *row.ToBuy != 140-77 {
			t.Errorf("%+v", row)
		}
		for _, bad := range []scorecard.Target{{}, {Per100: 1, PerDeath: 1}, {Per100: -1}, {PerDeath: 1e7}} {
			if _, err := w.Plan(w.ctx, w.id("E92000001"), period("2018/19"), bad); !fault.Is(err, fault.Invalid) {
				t.Error(bad, err)
			}
		}
		if _, err := w.Plan(w.ctx, w.id("E92000001"), period("2017/18"), scorecard.Target{Per100: 100}); !fault.Is(err, fault.Invalid) {
			t.Error("a year that is over:", err)
		}
	})
}

func need(t *testing.T, p scorecard.Plan, area int) scorecard.Need {
	t.Helper()
	for _, n := range p.Rows {
		if n.Area == area {
			return n
		}
	}
	t.Fatal("no row")
	return scorecard.Need{}
}

// A receipt that was reversed has no price; an area without one takes the nation's.
func TestPrices(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.withLedger()
		w.take("receipts", `id,occurred_on,outlet,product,lot,expiry,kits,unit_price
,2018-05-10,BD1,the-kit,L3,2019-12,300,20.00
,2016-05-10,BD1,the-kit,L4,2019-12,300,1.00
0190f3c4-7d5e-7a11-8b66-0123456789ab,2018-05-11,BD1,the-kit,L5,2019-12,300,99.00
`)
		must(t, w.led.Reverse(w.ctx, staff.Operator(), ledger.Reversal{ID: ledger.NewID(), Area: w.id("E09000002"), Of: parse("0190f3c4-7d5e-7a11-8b66-0123456789ab")}))
		today := w.led.Today()
		by, all, err := w.m.Prices(w.ctx, w.id("E92000001"), today-364, today)
		must(t, err)
		if p := by[w.id("E09000002")]; p.Kits != 400 || p.Pence != 1950 || all != p {
			t.Errorf("%+v %+v", p, all)
		}
	})
}
