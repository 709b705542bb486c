package measure_test

import (
	"strings"
	"testing"
	"time"

	"everykit/measure"
	"everykit/store"
	"everykit/store/storetest"
)

const scotland = "S92000003"

// scotlandReturns is what Scotland's yearly reports gave, as a file of returns.
const scotlandReturns = `area,period,measure,value,channel,published_on,source
S92000003,2017/18,dispensed,8397,,2018-11-27,annual report
S92000003,2017/18,dispensed,6924,community,2018-11-27,annual report
S92000003,2017/18,dispensed,664,prison,2018-11-27,annual report
S92000003,2017/18,dispensed,809,community_prescription,2018-11-27,annual report
S92000003,2017/18,dispensed,8555,,2019-11,the report after
S92000003,2017/18,repeat_supplies,3996,,2018-11-27,annual report
S92000003,2017/18,repeat_used,1017,,2018-11-27,annual report
S92000003,2017/18,first_supplies,2458,,2018-11-27,annual report
S92000003,2017/18,first_supplies_cumulative,23096,,2018-11-27,annual report
S92000003,2020/21,dispensed,22366,,,newspaper
S92000003,2020/21,first_supplies_cumulative,32969,,,newspaper
S92000003,2020/21,reach,57.53,,,quarterly bulletin
S92000003,2021/22-Q1,reach,59.17,,2021-12,bulletin of the first quarter
S92000003,2021/22-Q1,reach,59.3,,2022-03,bulletin of the second quarter
`

// eachWorldOn is eachWorld on another day.
func eachWorldOn(t *testing.T, day string, fn func(t *testing.T, w *world)) {
	t.Helper()
	at := on(day).Time().Add(12 * time.Hour)
	storetest.EachAt(t, func() time.Time { return at }, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

// row gives the row of one kind of an area.
func (w *world) row(t testing.TB, row measure.Row, key measure.Key, p, area, asOf string) measure.Figure {
	t.Helper()
	for _, f := range w.figures(t, key, p, area, asOf) {
		if f.Area == area && f.Row == row {
			return f
		}
	}
	t.Fatalf("%s of %s has no row %d", key, area, row)
	return measure.Figure{}
}

func holds(t testing.TB, f measure.Figure, want ...string) {
	t.Helper()
	text := f.Source + " " + strings.Join(f.Notes, " ")
	for _, s := range want {
		if !strings.Contains(text, s) {
			t.Errorf("%s of %s in %s does not say %q: %s", f.Measure, f.Name, f.Period, s, text)
		}
	}
}

// TestReachAsItWasAndAsItIs: the same first supplies over the estimate of then and over the one of now are two numbers,
// and each says which it is.
func TestReachAsItWasAndAsItIs(t *testing.T) {
	eachWorldOn(t, "2022-06-15", func(t *testing.T, w *world) {
		w.take(t, "returns", scotlandReturns)
		then := w.row(t, measure.Published, measure.Reach, "2017/18", scotland, "2018-12-31")
		says(t, then, measure.Reported, Number(100*23096/61500.0))
		holds(t, then, "2012/13, published October 2014", "376 for every 1,000")
		if measure.Number(then.Numerator) != "23096" || measure.Number(then.Denominator) != "61500" || then.Low != nil || then.Limits != "" {
			t.Errorf("%v", then.Cells())
		}
		now := w.row(t, measure.Published, measure.Reach, "2017/18", scotland, "")
		says(t, now, measure.Reported, Number(100*23096/57300.0))
		holds(t, now, "2015/16, published March 2019", "403 for every 1,000")
		if measure.Number(now.Low) != Number(100*23096/58900.0) || measure.Number(now.High) != Number(100*23096/55800.0) || !strings.Contains(now.Limits, "published with the estimate") {
			t.Errorf("%v %q", now.Cells(), now.Limits)
		}
		if f := w.row(t, measure.Published, measure.Reach, "2017/18", scotland, "2018-12-31"); f.Estimate.Value != 61500 {
			t.Errorf("the estimate of then is %v", f.Estimate)
		}
	})
}

// TestPublishedRatioStandsBesideTheComputedOne: 57.53 was published, 32,969 of 57,300 is 57.54.
func TestPublishedRatioStandsBesideTheComputedOne(t *testing.T) {
	eachWorldOn(t, "2022-06-15", func(t *testing.T, w *world) {
		w.take(t, "returns", scotlandReturns+"S08000024,2020/21,first_supplies_cumulative,100,,,x\nS08000024,2020/21,reach,12,,,x\nS08000025,2020/21,reach,15.5,,,x\n")
		told := w.row(t, measure.PublishedRatio, measure.Reach, "2020/21", scotland, "")
		says(t, told, measure.Reported, "57.53")
		if told.Numerator != nil || told.Denominator != nil || told.Name != "Scotland: published ratio" {
			t.Errorf("%v", told.Cells())
		}
		computed := w.row(t, measure.Published, measure.Reach, "2020/21", scotland, "")
		says(t, computed, measure.Reported, Number(100*32969/57300.0))
		holds(t, computed, "2015/16")
		// A quarter of which only the ratio is known, before and after it was restated.
		says(t, w.row(t, measure.PublishedRatio, measure.Reach, "2021/22-Q1", scotland, ""), measure.Reported, "59.3")
		says(t, w.row(t, measure.PublishedRatio, measure.Reach, "2021/22-Q1", scotland, "2022-01-15"), measure.Reported, "59.17")
		// A board: a ratio alone is the figure; where there is no estimate the published one is all there is.
		says(t, w.figure(t, measure.Reach, "2020/21", "S08000025", ""), measure.Reported, "15.5")
		says(t, w.figure(t, measure.Reach, "2020/21", "S08000024", ""), measure.Reported, "12")
		w.take(t, "estimates", "area,population,period,value,method,source\nS08000024,problem_drug_users,2018/19,500,made up,test\n")
		both := w.figure(t, measure.Reach, "2020/21", "S08000024", "")
		says(t, both, measure.Reported, "20")
		holds(t, both, "published as 12 per cent", "neither takes the place of the other")
		if both.Told == nil || *both.Told != 12 {
			t.Error("the published ratio was lost")
		}
	})
}

func TestRepeatsOfScotland(t *testing.T) {
	eachWorldOn(t, "2022-06-15", func(t *testing.T, w *world) {
		w.take(t, "returns", scotlandReturns)
		share := w.row(t, measure.Published, measure.RepeatShare, "2017/18", scotland, "")
		says(t, share, measure.Reported, Number(100*3996.0/(6924+664)))
		if measure.Number(share.Numerator) != "3996" || measure.Number(share.Denominator) != "7588" || !strings.Contains(share.Limits, "Wilson") {
			t.Errorf("%v %q", share.Cells(), share.Limits)
		}
		used := w.row(t, measure.Published, measure.RepeatUsed, "2017/18", scotland, "")
		says(t, used, measure.Reported, Number(100*1017.0/3996))
		if used.Low == nil || !(*used.Low < *used.Value && *used.Value < *used.High) {
			t.Errorf("%v", used.Cells())
		}
		// 2020/21 has a total of kits and nothing of repeats.
		if list := w.figures(t, measure.RepeatShare, "2020/21", scotland, ""); list[len(list)-1].Value != nil || list[len(list)-1].State != measure.NotAsked {
			t.Errorf("%v", list[len(list)-1].Cells())
		}
		first := w.row(t, measure.Published, measure.FirstSupplies, "2017/18", scotland, "")
		says(t, first, measure.Reported, "2458")
		// A total that no channel splits is not the whole of which repeats are a part.
		w.take(t, "returns", "area,period,measure,value\nS92000003,2020/21,repeat_supplies,100\n")
		says(t, w.row(t, measure.Published, measure.RepeatShare, "2020/21", scotland, ""), measure.NoDenominator, "")
	})
}
