package measure_test

import (
	"math"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/measure"
	"everykit/staff"
)

// supplied is a ledger that records who is served for the first time: Barking and Dagenham does, Barnet does not, Bexley
// does in part.
func (w *world) supplied(t testing.TB) {
	t.Helper()
	w.withOutlets(t)
	w.take(t, "receipts", `occurred_on,outlet,product,lot,expiry,kits
2017-04-03,BD1,prenoxad,L1,2018-05,100
2017-04-03,BD1,prenoxad,L2,2018-12,100
2017-04-03,BD1,prenoxad,L3,,50
2017-04-03,BD2,prenoxad,L2,2018-12,100
2017-04-03,BD3,prenoxad,L2,2018-12,100
2017-04-03,BA1,prenoxad,L2,2018-12,100
2017-04-03,BE1,prenoxad,L2,2018-12,100
`)
	w.take(t, "supplies", `id,occurred_on,outlet,product,lot,kits,channel,recipient,supply,reason
,2017-05-01,BD1,prenoxad,L1,2,,person_at_risk,first,
,2017-06-01,BD1,prenoxad,L2,1,,person_at_risk,first,
,2017-06-01,BD1,prenoxad,L2,1,,family_or_friend,first,
,2017-07-01,BD1,prenoxad,L2,3,,person_at_risk,repeat,used_on_self
,2017-07-01,BD1,prenoxad,L2,1,,person_at_risk,repeat,lost
,2017-07-02,BD2,prenoxad,L2,1,prison,person_at_risk,repeat,used_on_other
,2018-05-02,BD1,prenoxad,L2,1,,person_at_risk,repeat,
,2017-07-03,BD3,prenoxad,L2,1,ambulance,person_at_risk,,
0190a1b2-0000-7000-8000-000000000002,2017-08-03,BD1,prenoxad,L2,1,,person_at_risk,first,
,2018-05-03,BD1,prenoxad,L3,5,,person_at_risk,first,
,2017-07-03,BA1,prenoxad,L2,4,,,,
,2017-07-03,BE1,prenoxad,L2,1,,person_at_risk,first,
,2017-07-04,BE1,prenoxad,L2,1,,person_at_risk,not_known,
,2017-07-05,BE1,prenoxad,L2,1,,,,
`)
	must(t, w.ledger.Reverse(w.ctx, staff.Operator(), ledger.Reversal{
		ID: ledger.NewID(), Area: w.area(t, "E09000002"), Of: parseID(t, "0190a1b2-0000-7000-8000-000000000002"),
	}))
	w.take(t, "estimates", `area,population,period,value,low,high,method,source
E09000003,opiate_users,2014/15,1000,800,1250,made up,test
E09000004,opiate_crack_users,2014/15,500,,,made up,test
`)
}

func TestWhatSuppliesTold(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplied(t)
		w.take(t, "returns", `area,period,measure,value,recipient,source
E09000005,2017/18,first_supplies,12,,letter
E09000005,2017/18,first_supplies,9,person_at_risk,letter
E09000005,2017/18,repeat_supplies,30,,letter
E09000005,2017/18,repeat_used,40,,letter
E09000006,2017/18,first_supplies,0,,letter
E09000002,2017/18,first_supplies,5,,letter
E09000002,2017/18,repeat_supplies,3,,letter
E09000003,2017/18,first_supplies,6,,letter
`)
		for _, c := range []struct {
			key          measure.Key
			period, area string
			state        measure.State
			value        string
		}{
			{measure.FirstSupplies, "2017/18", "E09000002", measure.Counted, "2"}, // not the family's, not the reversed one
			{measure.FirstSupplies, "2017-07", "E09000002", measure.Zero, "0"},    // repeats alone
			{measure.FirstSupplies, "2017-09", "E09000002", measure.NoReply, ""},
			{measure.FirstSupplies, "2016/17", "E09000002", measure.NotAsked, ""},
			{measure.FirstSupplies, "2017/18", "E09000003", measure.Reported, "6"}, // its ledger does not record it, its return does
			{measure.FirstSupplies, "2017-07", "E09000003", measure.NotProvided, ""},
			{measure.FirstSupplies, "2017/18", "E09000004", measure.Counted, "1"},
			{measure.FirstSupplies, "2017/18", "E09000005", measure.Reported, "9"}, // to people at risk, before a total of all
			{measure.FirstSupplies, "2017/18", "E09000006", measure.Zero, "0"},
			{measure.FirstSupplies, "2017/18", "E09000007", measure.NotAsked, ""},
			{measure.RepeatShare, "2017/18", "E09000002", measure.Counted, "50"}, // 3 of 6: the ambulance's is not among them
			{measure.RepeatShare, "2018/19", "E09000002", measure.Partial, "50"},
			{measure.RepeatShare, "2017-05", "E09000002", measure.Zero, "0"},
			{measure.RepeatShare, "2017-09", "E09000002", measure.NoReply, ""},
			{measure.RepeatShare, "2017/18", "E09000003", measure.NotProvided, ""},
			{measure.RepeatShare, "2017/18", "E09000004", measure.Zero, "0"},
			{measure.RepeatShare, "2017/18", "E09000005", measure.NoDenominator, ""}, // no kits were reported
			{measure.RepeatUsed, "2017/18", "E09000002", measure.Counted, Number(200.0 / 3)},
			{measure.RepeatUsed, "2017-05", "E09000002", measure.NoDenominator, ""}, // no repeat, no share of them
			{measure.RepeatUsed, "2018/19", "E09000002", measure.NotProvided, ""},   // one repeat, and nobody said why
			{measure.RepeatUsed, "2017/18", "E09000005", measure.NotProvided, ""},   // 40 of 30
			{measure.RepeatUsed, "2017/18", "E09000006", measure.NotAsked, ""},
			{measure.Reach, "2017/18", "E09000002", measure.Counted, Number(200 / 861.0)},
			{measure.Reach, "2018/19", "E09000002", measure.Counted, Number(300 / 861.0)}, // it only grows
			{measure.Reach, "2017-05", "E09000002", measure.Counted, Number(100 / 861.0)},
			{measure.Reach, "2016/17", "E09000002", measure.NotAsked, ""},
			{measure.Reach, "2017-07", "E09000003", measure.NotProvided, ""},
			{measure.Reach, "2017/18", "E09000003", measure.Reported, "0.6"},
			{measure.Reach, "2017/18", "E09000004", measure.NoDenominator, ""},
			{measure.Reach, "2017/18", "E09000006", measure.NoDenominator, ""},
		} {
			says(t, w.figure(t, c.key, c.period, c.area, ""), c.state, c.value)
		}
		holds(t, w.figure(t, measure.FirstSupplies, "2017/18", "E09000002", ""), "a return says 5", "not added")
		holds(t, w.figure(t, measure.RepeatShare, "2017/18", "E09000002", ""), "A return says 3 of", "not added")
		holds(t, w.figure(t, measure.FirstSupplies, "2017/18", "E09000004", ""), "Of 2 of 3 supplies it was not recorded")
		holds(t, w.figure(t, measure.RepeatUsed, "2017/18", "E09000005", ""), "is more than the whole")
		holds(t, w.figure(t, measure.Reach, "2017/18", "E09000004", ""), "opiates or crack. It is another population")

		pool := w.row(t, measure.Pooled, measure.RepeatShare, "2017/18", "E92000001", "")
		says(t, pool, measure.Partial, Number(100*3/9.0)) // 3 of 6 and 0 of 3
		if list := w.figures(t, measure.RepeatShare, "2017/18", "E92000001", ""); list[len(list)-1].Row != measure.Pooled || list[len(list)-1].With != 2 {
			t.Errorf("a share has another row than the pooled one: %v", list[len(list)-1].Cells())
		}
		s, err := w.SuppliesOf(w.ctx, w.area(t, "E09000002"), period("2017/18"))
		must(t, err)
		if len(s.First) != 3 || s.First[0].Supplies != 3 || s.First[1].Kits != 5 || s.First[2].Key != "" || len(s.Reasons) != 3 || len(s.Recipient) != 2 {
			t.Errorf("%+v", s)
		}
	})
}

// TestReachGoesOnFromWhatWasReported: no month is counted twice, and a hole between the two is told.
func TestReachGoesOnFromWhatWasReported(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplied(t)
		w.take(t, "returns", `area,period,measure,value,source
E09000002,2015/16,first_supplies_cumulative,80,letter
E09000002,2016/17,first_supplies_cumulative,100,letter
E09000003,2015/16,first_supplies_cumulative,50,letter
E09000005,2016/17,first_supplies_cumulative,70,letter
`)
		f := w.figure(t, measure.Reach, "2017/18", "E09000002", "")
		says(t, f, measure.Reported, Number(100*102/861.0))
		holds(t, f, "100 to the end of March 2017 as reported, and 2 that the ledger counted after", "118 for every", "the ledger after March 2017")
		if f.Basis != measure.FromBoth {
			t.Errorf("its basis is %q", f.Basis.Words())
		}
		says(t, w.figure(t, measure.Reach, "2016/17", "E09000002", ""), measure.Reported, Number(100*100/861.0))
		// Barnet's ledger does not know firsts: the total of another year is told, and is not this year's.
		f = w.figure(t, measure.Reach, "2017/18", "E09000003", "")
		says(t, f, measure.NotProvided, "")
		holds(t, f, "The latest total that was reported is 50")
		says(t, w.figure(t, measure.Reach, "2017/18", "E09000005", ""), measure.NotAsked, "")

		// A total for the period itself is taken whole; what the ledger counted is not added.
		w.take(t, "returns", "area,period,measure,value,source\nE09000002,2017/18,first_supplies_cumulative,130,letter\nE09000004,2015/16,first_supplies_cumulative,10,letter\n")
		f = w.figure(t, measure.Reach, "2017/18", "E09000002", "")
		says(t, f, measure.Reported, Number(100*130/861.0))
		holds(t, f, "what the ledger counted is not added")
		says(t, w.figure(t, measure.Reach, "2018/19", "E09000002", ""), measure.Reported, Number(100*131/861.0))
		f = w.figure(t, measure.Reach, "2017/18", "E09000004", "")
		if f.State != measure.NoDenominator || measure.Number(f.Numerator) != "11" {
			t.Errorf("%v", f.Cells())
		}
		holds(t, f, "Of 12 months between the two nothing is known")
	})
}

func TestReachFromYearsReported(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplied(t)
		w.take(t, "returns", `area,period,measure,value,state,source
E09000002,2014/15,first_supplies,10,,letter
E09000002,2015/16,first_supplies,,refused,letter
E09000002,2016/17,first_supplies,20,,letter
E09000002,2017/18,first_supplies,500,,letter
E09000005,2015/16,first_supplies,7,,letter
E09000005,2016/17,first_supplies,8,,letter
`)
		f := w.figure(t, measure.Reach, "2017/18", "E09000002", "")
		says(t, f, measure.Partial, Number(100*32/861.0)) // 10 + 20 and 2 counted: the year of the ledger is the ledger's
		holds(t, f, "2 years from April 2014 on")
		w.take(t, "estimates", "area,population,period,value,method,source\nE09000005,opiate_users,2014/15,100,made up,test\n")
		says(t, w.figure(t, measure.Reach, "2016/17", "E09000005", ""), measure.Reported, "15")
		f = w.figure(t, measure.Reach, "2017/18", "E09000005", "")
		says(t, f, measure.NotAsked, "")
		holds(t, f, "reported to the end of March 2017")
	})
}

// TestLiveCoverage: what has expired is not in it, what is not known to have is, and beside it is what is likely to be left.
func TestLiveCoverage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplied(t)
		f := w.figure(t, measure.LiveCoverage, "2018/19", "E09000002", "")
		says(t, f, measure.Counted, Number(100*14/861.0)) // 2 of L1 are past, 9 of L2 and 5 of unknown expiry are not
		holds(t, f, "end of 15 June 2018", "2 kits with people that are past their date", "5 kits whose expiry is not known", "15.5 months")
		at := on("2018-06-15")
		want := 0.0
		for _, g := range []struct {
			month string
			kits  int
		}{{"2017-05", 2}, {"2017-06", 2}, {"2017-07", 6}, {"2018-05", 6}} {
			p := period(g.month)
			middle := (float64(p.First()) + float64(p.Last())) / 2
			want += float64(g.kits) * math.Exp(-(float64(at)-middle)/(365.25/12)/15.5)
		}
		if f.Expected == nil || math.Abs(*f.Expected-100*want/861) > 1e-9 || *f.Expected >= *f.Value {
			t.Errorf("expected %v, not %v", f.Expected, 100*want/861)
		}
		// At the end of 2017/18 none of L1 had expired, and none of L3 was given out.
		says(t, w.figure(t, measure.LiveCoverage, "2017/18", "E09000002", ""), measure.Counted, Number(100*10/861.0))
		says(t, w.figure(t, measure.LiveCoverage, "2016/17", "E09000002", ""), measure.NotAsked, "")
		barnet := w.figure(t, measure.LiveCoverage, "2018/19", "E09000003", "")
		says(t, barnet, measure.Counted, "0.4")
		if measure.Number(barnet.Low) != "0.32" || measure.Number(barnet.High) != "0.5" {
			t.Errorf("%v", barnet.Cells())
		}
		says(t, w.figure(t, measure.LiveCoverage, "2018/19", "E09000004", ""), measure.NoDenominator, "")
		says(t, w.figure(t, measure.LiveCoverage, "2018/19", "E09000006", ""), measure.NotAsked, "")
		pool := w.row(t, measure.Pooled, measure.LiveCoverage, "2018/19", "E92000001", "")
		says(t, pool, measure.Partial, Number(100*18/1861.0))
		if pool.Expected == nil || *pool.Expected >= *pool.Value || !strings.Contains(pool.ExpectedWords(), "15.5 months") {
			t.Errorf("the nation's expected is %v", pool.Expected)
		}
		// A nation with an estimate of its own, and authorities without.
		w.take(t, "estimates", "area,population,period,value,method,source\nE92000001,opiate_users,2014/15,10000,made up,test\n")
		whole := w.row(t, measure.Whole, measure.LiveCoverage, "2018/19", "E92000001", "")
		says(t, whole, measure.Partial, Number(100*21/10000.0))
		holds(t, whole, "At least")
	})
}

func TestKitsPerDeath(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplied(t)
		w.take(t, "estimates", `area,population,period,value,method,source
E09000002,opioid_deaths,2016,2,made up,test
E09000002,opioid_deaths,2017,3,made up,test
E09000003,opioid_deaths,2017,0,made up,test
E09000005,opioid_deaths,2017,12,made up,test
`)
		w.take(t, "returns", "area,period,measure,value\nE09000005,2017/18,dispensed,240\n")
		f := w.figure(t, measure.KitsPerDeath, "2017/18", "E09000002", "")
		says(t, f, measure.Counted, Number(10/3.0)) // prison and ambulance are in it
		// 3 deaths: exact Poisson 0.6187 to 8.7673.
		if math.Abs(*f.Low-10/8.767273) > 1e-4 || math.Abs(*f.High-10/0.618672) > 1e-3 || !strings.Contains(f.Limits, "exact Poisson") {
			t.Errorf("%v %q", f.Cells(), f.Limits)
		}
		says(t, w.figure(t, measure.KitsPerDeath, "2017", "E09000002", ""), measure.Counted, Number(10/3.0))
		nought := w.figure(t, measure.KitsPerDeath, "2017/18", "E09000003", "")
		says(t, nought, measure.NoDenominator, "")
		holds(t, nought, "there is no ratio")
		says(t, w.figure(t, measure.KitsPerDeath, "2017/18", "E09000004", ""), measure.NoDenominator, "")
		many := w.figure(t, measure.KitsPerDeath, "2017/18", "E09000005", "")
		says(t, many, measure.Reported, "20")
		if !strings.Contains(many.Limits, "Byar") {
			t.Errorf("%q", many.Limits)
		}
		// Kits of all that have both, over their deaths: also where a year had none.
		pool := w.row(t, measure.Pooled, measure.KitsPerDeath, "2017/18", "E92000001", "")
		says(t, pool, measure.Partial, Number((10+4+240)/15.0))
		if pool.Low == nil || pool.High == nil {
			t.Error("the pooled ratio has no interval")
		}
		// England's deaths are published with those of Wales: never under England's kits alone.
		whole := w.row(t, measure.Whole, measure.KitsPerDeath, "2017/18", "E92000001", "")
		says(t, whole, measure.NoDenominator, "")
		holds(t, whole, "England and Wales together", "never put under")
		for _, p := range []string{"2017/18-Q1", "2017-05"} {
			if _, err := w.tryFigures(measure.KitsPerDeath, p, "", ""); err == nil || !strings.Contains(err.Error(), "for a year") {
				t.Errorf("%s: %v", p, err)
			}
		}
	})
}

func TestOutletsAndWhatTheyAsk(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "outlets", `code,name,kind,authority,channel,requires,public,closed_on
A1,One,pharmacy,E09000002,community,none,yes,
A2,Two,pharmacy,E09000002,community,assessment,yes,
A3,Three,pharmacy,E09000002,community,,yes,
A4,Four,pharmacy,E09000002,community,referral,no,
A5,Five,pharmacy,E09000002,community,referral,,
A6,Six,pharmacy,E09000002,community,referral,yes,2017-01-01
A7,Seven,store,E09000002,community,,yes,
B1,Eight,pharmacy,E09000003,community,,,
C1,Nine,prison,E09000004,prison,,no,
D1,Ten,pharmacy,E09000005,community,,yes,
`)
		for _, c := range []struct {
			key   measure.Key
			area  string
			state measure.State
			value string
		}{
			{measure.PublicOutlets, "E09000002", measure.Counted, Number(30000 / 861.0)},
			{measure.PublicOutlets, "E09000003", measure.NotProvided, ""},
			{measure.PublicOutlets, "E09000004", measure.NoDenominator, ""},
			{measure.PublicOutlets, "E09000006", measure.NotAsked, ""},
			{measure.Requirements, "E09000002", measure.Counted, "50"},
			{measure.Requirements, "E09000003", measure.NotAsked, ""},
			{measure.Requirements, "E09000004", measure.NotAsked, ""},
			{measure.Requirements, "E09000005", measure.NotProvided, ""},
		} {
			says(t, w.figure(t, c.key, "2017/18", c.area, ""), c.state, c.value)
		}
		holds(t, w.figure(t, measure.PublicOutlets, "2017/18", "E09000002", ""), "Of 1 more it is not known", "registry of outlets")
		holds(t, w.figure(t, measure.Requirements, "2017/18", "E09000002", ""), "Of 1 more it is not known")
		says(t, w.figure(t, measure.PublicOutlets, "2015/16", "E09000002", ""), measure.Counted, Number(40000/861.0)) // before the sixth closed
		says(t, w.row(t, measure.Pooled, measure.Requirements, "2017/18", "E92000001", ""), measure.Partial, "50")
	})
}

// TestExpiryRisk: 110 kits on shelves, given out at a rate of ten a month or so.
func TestExpiryRisk(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "outlets", "code,name,kind,authority,channel\nA,A,pharmacy,E09000002,community\nB,B,pharmacy,E09000003,community\nC,C,pharmacy,E09000004,community\n")
		w.take(t, "receipts", `occurred_on,outlet,product,lot,expiry,kits
2018-01-03,A,prenoxad,L0,2018-03,5
2018-01-03,A,prenoxad,L1,2018-06,40
2018-01-03,A,prenoxad,L2,2018-08-14,100
2018-01-03,A,prenoxad,L3,,9
2017-01-03,B,prenoxad,L1,2018-06,40
2018-06-01,C,prenoxad,L2,2018-08-14,60
`)
		w.take(t, "supplies", "occurred_on,outlet,product,lot,kits\n2018-04-02,A,prenoxad,L2,53\n2018-02-02,A,prenoxad,L2,1\n")
		// From 1 March to 15 June, 107 days, 53 kits. To 30 June 15 days more: 7 of the 40 go, 33 do not. To 14 August
		// 60 days: 29 in all, 22 of the 46 of L2, 24 do not.
		for _, c := range []struct {
			period string
			state  measure.State
			value  string
		}{{"2018-06", measure.Counted, "33"}, {"2018-08", measure.Counted, "24"}, {"2018/19", measure.Counted, "57"}, {"2018-07", measure.Zero, "0"}, {"2018-03", measure.Zero, "0"}} {
			says(t, w.figure(t, measure.ExpiryRisk, c.period, "E09000002", ""), c.state, c.value)
		}
		holds(t, w.figure(t, measure.ExpiryRisk, "2018-06", "E09000002", ""), "53 kits in 107 days")
		says(t, w.figure(t, measure.ExpiryRisk, "2018/19", "E09000003", ""), measure.NoReply, "")   // silent: no rate is known
		says(t, w.figure(t, measure.ExpiryRisk, "2018/19", "E09000004", ""), measure.Counted, "60") // none given out in the 15 days of its ledger
		says(t, w.figure(t, measure.ExpiryRisk, "2018/19", "E09000005", ""), measure.NotAsked, "")
	})
}

// TestReachOfAPublisherIsInPerCent: 376 is for 1,000, and would be read as 376 per cent.
func TestReachOfAPublisherIsInPerCent(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		err := w.tryTake("returns", "area,period,measure,value\nS92000003,2017/18,reach,376\n")
		if err == nil || !strings.Contains(err.Error(), "37.6") {
			t.Errorf("%v", err)
		}
	})
}
