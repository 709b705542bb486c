package measure_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/staff"
)

const knownReturn = `area,period,measure,value,source
E09000002,2016/17,dispensed,58,https://www.barkinganddagenhampost.co.uk/news/health/just-7-of-area-s-opiate-addicts-given-life-saving-3355536
`

func TestBarkingAndDagenham(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "returns", knownReturn)
		list := w.figures(t, measure.Coverage, "2016/17", "E09000002", "")
		if len(list) != 1 {
			t.Fatalf("%d rows for one authority", len(list))
		}
		f := list[0]
		want := []string{"coverage", "E09000002", "Barking and Dagenham", "2016/17", "reported", "6.736353", "58", "861", "", ""}
		if diff := cmp.Diff(want, f.Cells()[:10]); diff != "" {
			t.Error(diff)
		}
		for _, word := range []string{"return", "People who use opiates, 2014/15", "2017"} {
			if !strings.Contains(f.Source, word) {
				t.Errorf("the source %q does not say %q", f.Source, word)
			}
		}
		if f.Basis != measure.FromReturn || f.Definition != "coverage/1" || f.Estimate == nil {
			t.Errorf("%+v", f)
		}
		// In the spring of 2017 the estimate was not out.
		early := w.figure(t, measure.Coverage, "2016/17", "E09000002", "2017-05-01")
		says(t, early, measure.NoDenominator, "")
		if measure.Number(early.Numerator) != "58" {
			t.Error("the numerator went with the denominator")
		}
		// 510 people are in treatment in Torbay, and nothing is known of its kits.
		says(t, w.figure(t, measure.CoverageTreatment, "2016/17", "E06000027", ""), measure.NotAsked, "")
	})
}

func TestNationalRows(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "estimates", `area,population,period,value,low,high,method,source
E09000003,opiate_users,2014/15,1000,800,1250,made up,test
E09000004,opiate_crack_users,2014/15,500,,,made up,test
"E09000005, E09000006",opiate_users,2014/15,400,,,made up,test
`)
		w.take(t, "returns", knownReturn+`E09000003,2016/17,dispensed,200,test
E09000004,2016/17,dispensed,30,test
E09000005,2016/17,dispensed,10,test
E09000006,2016/17,dispensed,30,test
`)
		list := w.figures(t, measure.Coverage, "2016/17", "", "")
		if len(list) != 152+2*9+2 {
			t.Fatalf("%d rows", len(list))
		}
		f := w.figure(t, measure.Coverage, "2016/17", "E09000003", "")
		says(t, f, measure.Reported, "20")
		if measure.Number(f.Low) != "16" || measure.Number(f.High) != "25" {
			t.Errorf("from %s to %s", measure.Number(f.Low), measure.Number(f.High))
		}
		says(t, w.figure(t, measure.Coverage, "2016/17", "E09000004", ""), measure.NoDenominator, "")
		for _, code := range []string{"E09000005", "E09000006"} {
			f := w.figure(t, measure.Coverage, "2016/17", code, "")
			says(t, f, measure.Reported, "10")
			if measure.Number(f.Numerator) != "40" || len(f.Group) != 2 || !strings.Contains(f.Source, "E09000005, E09000006 together") {
				t.Errorf("%s does not say that it is of two areas: %q", code, f.Source)
			}
		}
		pooled, mean := list[len(list)-2], list[len(list)-1]
		if pooled.Name != "England: pooled ratio of 4 authorities" || mean.Name != "England: mean of 3 ratios" {
			t.Errorf("%q, %q", pooled.Name, mean.Name)
		}
		// (58 + 200 + 10 + 30) / (861 + 1000 + 400): Bexley's 30 kits have no people and are in neither part.
		says(t, pooled, measure.Partial, "13.180009")
		if measure.Number(pooled.Numerator) != "298" || measure.Number(pooled.Denominator) != "2261" || pooled.Source != "4 of 152 authorities" {
			t.Errorf("%v", pooled.Cells())
		}
		says(t, mean, measure.Partial, "12.245451")
		if mean.Numerator != nil || mean.Denominator != nil {
			t.Error("a mean of ratios has no kits and no people")
		}
		sum := w.figures(t, measure.Dispensed, "2016/17", "", "")
		nation := sum[len(sum)-1]
		says(t, nation, measure.Partial, "328")
		if nation.Name != "England" || nation.Source != "5 of 152 authorities" {
			t.Errorf("%v", nation.Cells())
		}
	})
}

func TestScotlandAsItWasPublished(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "returns", `area;period;measure;value;channel;covers;published_on
S92000003;2017/18;dispensed;8397;;;2018-03
S92000003;2017/18;dispensed;8555;;;2018-05
S92000003;2015/16-Q1;dispensed;5363;;;2015-09
S92000003;2015/16-Q1;dispensed;158;ambulance;2/3;2015-09
S92000003;2015/16-Q2;dispensed;7219;;;2015-12
`)
		rows := w.figures(t, measure.Dispensed, "2017/18", "S92000003", "")
		last := rows[len(rows)-1]
		says(t, last, measure.Reported, "8555")
		if last.Row != measure.Published || len(rows) != 14+1 || !strings.Contains(strings.Join(last.Notes, " "), "it was 8397 before") {
			t.Errorf("%d rows, the last %+v", len(rows), last)
		}
		says(t, w.figure(t, measure.Dispensed, "2017/18", "S92000003", "2018-04-01"), measure.Reported, "8397")
		says(t, w.figure(t, measure.Dispensed, "2015/16-Q2", "S92000003", ""), measure.Reported, "7219")
		says(t, w.figure(t, measure.Dispensed, "2015/16", "S92000003", ""), measure.Partial, "12582")
		says(t, w.figure(t, measure.Dispensed, "2015/16-Q3", "S92000003", ""), measure.NotAsked, "")
	})
}

// A postal desk that serves all of Scotland is part of the sum, and no rival of the published total.
func TestOutletsOfANation(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "outlets", "code,name,kind,authority,channel\nD,Desk,post,S92000003,post\nE,Edinburgh,pharmacy,S08000024,community\n")
		w.take(t, "receipts", "occurred_on,outlet,product,lot,expiry,kits\n2017-04-02,D,prenoxad,L1,2019-09,100\n2017-04-02,E,prenoxad,L1,2019-09,10\n")
		w.take(t, "supplies", "occurred_on,outlet,product,lot,kits\n2017-05-02,D,prenoxad,L1,7\n2017-05-02,E,prenoxad,L1,3\n")
		w.take(t, "returns", "area,period,measure,value\nS92000003,2017/18,dispensed,8397\n")
		rows := w.figures(t, measure.Dispensed, "2017/18", "", "")
		published, sum := rows[len(rows)-2], rows[len(rows)-1]
		says(t, published, measure.Reported, "8397")
		says(t, sum, measure.Partial, "10")
		if sum.Name != "Scotland: sum of 1 authority" || sum.Source != "1 of 14 authorities" || !strings.Contains(strings.Join(sum.Notes, " "), "7 kits of it are from outlets that serve all of Scotland") {
			t.Errorf("%v %q", sum.Cells(), sum.Notes)
		}
	})
}

func TestStates(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.withOutlets(t)
		w.take(t, "receipts", `occurred_on,outlet,product,lot,expiry,kits,opening
2017-05-01,BD1,prenoxad,L1,2018-09,100,
2017-05-01,BD1,prenoxad,L2,2018-05,40,yes
2017-05-02,BD2,prenoxad,L1,2018-09,50,
2017-05-02,BD3,prenoxad,L1,2018-09,50,
2018-01-09,BE1,prenoxad,L1,2018-09,10,
`)
		w.take(t, "supplies", `id,occurred_on,outlet,product,lot,kits,channel
,2017-06-01,BD1,prenoxad,L1,20,
,2017-07-01,BD1,prenoxad,L1,3,post
,2017-07-01,BD2,prenoxad,L1,7,
,2017-07-01,BD3,prenoxad,L1,5,
0190a1b2-0000-7000-8000-000000000001,2017-08-01,BD1,prenoxad,L1,9,
`)
		must(t, w.ledger.Reverse(w.ctx, staff.Operator(), ledger.Reversal{
			ID: ledger.NewID(), Area: w.area(t, "E09000002"), Of: parseID(t, "0190a1b2-0000-7000-8000-000000000001"),
		}))
		for _, c := range []struct {
			key          measure.Key
			period, area string
			state        measure.State
			value        string
		}{
			{measure.Purchased, "2017/18", "E09000002", measure.Counted, "200"}, // opening stock is not purchased
			{measure.Dispensed, "2017/18", "E09000002", measure.Counted, "35"},
			{measure.Dispensed, "2017-08", "E09000002", measure.NoReply, ""}, // what was there was reversed, and nobody said nil
			{measure.Dispensed, "2017-09", "E09000002", measure.NoReply, ""},
			{measure.Purchased, "2017-07", "E09000002", measure.Zero, "0"},
			{measure.Dispensed, "2017/18", "E09000004", measure.Zero, "0"},
			{measure.Dispensed, "2016/17", "E09000002", measure.NotAsked, ""}, // before its ledger began
			{measure.Dispensed, "2017/18", "E09000003", measure.NoReply, ""},
			{measure.Dispensed, "2017/18", "E09000005", measure.NotAsked, ""},
			{measure.Dispensed, "2018/19", "E09000002", measure.NoReply, ""},
			{measure.Coverage, "2017/18", "E09000002", measure.Counted, Number(100 * 23.0 / 861)}, // neither prison nor ambulance
			{measure.Coverage, "2017/18", "E09000003", measure.NoReply, ""},
			{measure.Coverage, "2017/18", "E09000004", measure.NoDenominator, ""},
			{measure.OnHand, "2017/18", "E09000002", measure.Counted, "205"},
			{measure.OnHand, "2017-05", "E09000002", measure.Counted, "240"},
			{measure.OnHand, "2017-06", "E09000002", measure.Counted, "220"},
			{measure.OnHand, "2018/19", "E09000002", measure.Counted, "205"},
			{measure.OnHand, "2016/17", "E09000002", measure.NotAsked, ""},
			{measure.OnHand, "2017/18", "E09000003", measure.NoReply, ""},
			{measure.Expiring, "2018-09", "E09000002", measure.Counted, "165"},
			{measure.Expiring, "2018-05", "E09000002", measure.Zero, "0"}, // past: expired, not expiring
			{measure.Expiring, "2019/20", "E09000002", measure.Zero, "0"},
			{measure.Expiring, "2018-09", "E09000005", measure.NotAsked, ""},
		} {
			says(t, w.figure(t, c.key, c.period, c.area, ""), c.state, c.value)
		}
		says(t, w.figure(t, measure.Expiring, "2018-05", "E09000002", "2018-04-30"), measure.Counted, "40")
		f := w.figure(t, measure.Coverage, "2017/18", "E09000002", "")
		if len(f.Beside) != 2 || f.Beside[0].Kits != 7 || f.Beside[1].Kits != 5 {
			t.Errorf("beside the coverage stand %v", f.Beside)
		}
		w.nilMonths(t)
		w.bothSpeak(t)
	})
}

// nilMonths: silence becomes nought when it is confirmed.
func (w *world) nilMonths(t *testing.T) {
	for _, month := range []string{"2017-10", "2017-11"} {
		must(t, w.ledger.ConfirmNil(w.ctx, staff.Operator(), w.outlet(t, "BA1").ID, period(month).From))
	}
	says(t, w.figure(t, measure.Dispensed, "2017-10", "E09000003", ""), measure.Zero, "0")
	says(t, w.figure(t, measure.Dispensed, "2017/18-Q3", "E09000003", ""), measure.Partial, "0")
	says(t, w.figure(t, measure.Dispensed, "2017/18-Q4", "E09000003", ""), measure.NoReply, "")
	must(t, w.ledger.ConfirmNil(w.ctx, staff.Operator(), w.outlet(t, "BE1").ID, period("2018-05").From))
	says(t, w.figure(t, measure.Dispensed, "2018/19", "E09000004", ""), measure.Partial, "0")
}

// bothSpeak: where ledger and return speak of one cell the ledger is taken and the return told beside it.
func (w *world) bothSpeak(t *testing.T) {
	w.take(t, "returns", `area,period,measure,value,state,covers,source
E09000002,2017/18,dispensed,60,,,letter
E09000002,2017-09,dispensed,,Information not held,,letter
E09000003,2017/18,dispensed,,refused,,letter
E09000005,2017/18,dispensed,0,,,letter
E09000006,2017/18-Q1,dispensed,8,,2/3,letter
E09000007,2017/18,purchased,,don't know,,letter
`)
	f := w.figure(t, measure.Dispensed, "2017/18", "E09000002", "")
	says(t, f, measure.Counted, "35")
	if !strings.Contains(f.Source, "a return says 60") || f.Basis != measure.FromLedger || !strings.Contains(strings.Join(f.Notes, " "), "not added") {
		t.Errorf("the clash is not told: %q %q", f.Source, f.Notes)
	}
	says(t, w.figure(t, measure.Dispensed, "2017-09", "E09000002", ""), measure.NotHeld, "")
	says(t, w.figure(t, measure.Dispensed, "2017/18", "E09000003", ""), measure.Partial, "0") // two nil months and a refusal
	says(t, w.figure(t, measure.Dispensed, "2017/18", "E09000005", ""), measure.Zero, "0")
	says(t, w.figure(t, measure.Dispensed, "2017/18-Q1", "E09000006", ""), measure.Partial, "8")
	says(t, w.figure(t, measure.Dispensed, "2017/18", "E09000006", ""), measure.Partial, "8")
	says(t, w.figure(t, measure.Purchased, "2017/18", "E09000007", ""), measure.DontKnow, "")
}

func TestQueriesWithoutAnAnswer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			key                measure.Key
			period, area, asOf string
			kind               fault.Kind
			says               string
		}{
			{measure.Coverage, "2017/18-Q2", "", "", fault.Invalid, "financial year"},
			{measure.Coverage, "2017", "", "", fault.Invalid, "financial year"},
			{measure.CoverageTreatment, "2017-04", "", "", fault.Invalid, "financial year"},
			{measure.Dispensed, "2019/20", "", "", fault.Invalid, "had not begun"},
			{measure.Dispensed, "2017/18", "", "2019-01-01", fault.Invalid, "future"},
			{measure.Dispensed, "2017/18", "E09000999", "", fault.NotFound, "E09000999"},
			{"coverrage", "2017/18", "", "", fault.Invalid, "coverrage"},
		} {
			_, err := w.tryFigures(c.key, c.period, c.area, c.asOf)
			if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s %s %s: %v", c.key, c.period, c.area, err)
			}
		}
		list := w.figures(t, measure.Dispensed, "2017/18", "", "")
		if len(list) != 152+9+1 {
			t.Fatalf("with nothing known there are %d rows, not England's", len(list))
		}
		for _, f := range list {
			if f.State != measure.NotAsked || f.Value != nil || f.Numerator != nil {
				t.Fatalf("%v", f.Cells())
			}
		}
	})
}

func TestAreasThatChanged(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "areas", `code,name,kind,parent,valid_from,valid_to,successor
X1,Old one,authority,E92000001,,2018-03-31,X3
X2,Old two,authority,E92000001,,2018-03-31,X3
X3,New,authority,E92000001,2018-04-01,,
Y1,Parted,authority,E92000001,,2018-03-31,Y2 Y3
Y2,Part two,authority,E92000001,2018-04-01,,
Y3,Part three,authority,E92000001,2018-04-01,,
`)
		w.take(t, "outlets", "code,name,kind,authority,channel\nP,P,pharmacy,X1,community\nQ,Q,pharmacy,Y1,community\nR,R,pharmacy,X3,community\n")
		w.take(t, "receipts", `occurred_on,outlet,product,lot,expiry,kits
2018-03-01,P,prenoxad,L1,2019-09,100
2018-04-02,P,prenoxad,L1,2019-09,10
2018-04-02,R,prenoxad,L1,2019-09,1
2018-04-02,Q,prenoxad,L1,2019-09,1000
`)
		says(t, w.figure(t, measure.Purchased, "2017/18", "X1", ""), measure.Counted, "100")
		rows := map[string]string{}
		for _, f := range w.figures(t, measure.Purchased, "2018/19", "E92000001", "") {
			rows[f.Area] = measure.Number(f.Value)
		}
		if _, there := rows["X1"]; there || rows["X3"] != "11" || rows["Y1"] != "1000" || rows["E92000001"] != "1011" {
			t.Errorf("X1 %q, X3 %q, Y1 %q, England %q", rows["X1"], rows["X3"], rows["Y1"], rows["E92000001"])
		}
		says(t, w.figure(t, measure.Purchased, "2018/19", "X3", ""), measure.Partial, "11")
		says(t, w.figure(t, measure.OnHand, "2018/19", "X3", ""), measure.Counted, "111")
	})
}
