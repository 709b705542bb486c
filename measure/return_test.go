package measure_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"everykit/fault"
	"everykit/measure"
	"everykit/table"
)

const quarter = `Area;Period;Measure;Value;Channel;Setting;Recipient;Supply;Reason;Covers;Published on;State;Source
S92000003;2017/18-Q2;Dispensed;7219;;;;;;;12/12/2017;;bulletin
s92000003;2017/18-q2;dispensed;5640;Community;;;;;;2017-12-12;;bulletin
S92000003;2017/18-Q2;dispensed;1552;community;Non-drug treatment;;;;;2017-12-12;;bulletin
S92000003;2017/18-Q2;dispensed;399;prison;;;;;;2017-12-12;;bulletin
S92000003;2017/18-Q2;dispensed;295;ambulance;;;;;;2017-12-12;;bulletin
S92000003;2017/18-Q1;dispensed;158;ambulance;;;;;2 of 3;2017-09;;bulletin
S92000003;2017/18-Q2;reach;61.2;;;;;;;2017-12-12;;bulletin
S92000003;2017/18;repeat_used;1017;;;person at risk;Repeat;used on another;;;;bulletin
E10000008;2016/17;purchased;;;;;;;;;Don't know;reply
E09000005;2016/17;dispensed;0;;;;;;;;;reply
`

func (w *world) export(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	out := table.NewWriter(&b, measure.Kind().Names()...)
	n, err := w.ExportReturns(w.ctx, out)
	must(t, err)
	must(t, out.Close())
	if n != out.Rows() {
		t.Errorf("%d rows said, %d written", n, out.Rows())
	}
	return b.String()
}

func (w *world) takeReturns(t testing.TB, text string, dry bool) (rows, fresh, same int) {
	t.Helper()
	rd, err := reader("returns.csv", text, measure.Kind())
	must(t, err)
	got, err := w.ImportReturns(w.ctx, rd, dry)
	must(t, err)
	return got.Rows, got.New, got.Same
}

func TestReturnsGoInAndComeOut(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		empty := w.export(t)
		if rows, fresh, _ := w.takeReturns(t, quarter, true); rows != 10 || fresh != 10 || w.export(t) != empty {
			t.Fatalf("a dry run: %d rows, %d new, and kept %s", rows, fresh, w.export(t))
		}
		w.takeReturns(t, quarter, false)
		first := w.export(t)
		if rows, fresh, same := w.takeReturns(t, quarter, false); rows != 10 || fresh != 0 || same != 10 || w.export(t) != first {
			t.Errorf("again: %d rows, %d new, %d same", rows, fresh, same)
		}
		if rows, fresh, same := w.takeReturns(t, first, false); rows != 10 || fresh != 0 || same != 10 {
			t.Errorf("its own export: %d rows, %d new, %d same", rows, fresh, same)
		}
		for _, line := range []string{
			"S92000003,2017/18-Q2,dispensed,1552,community,non_drug_treatment,,,,,2017-12-12,,bulletin",
			"S92000003,2017/18-Q1,dispensed,158,ambulance,,,,,2/3,2017-09,partial,bulletin",
			"S92000003,2017/18,repeat_used,1017,,,person_at_risk,repeat,used_on_other,,,,bulletin",
			"E10000008,2016/17,purchased,,,,,,,,,dont_know,reply",
			"E09000005,2016/17,dispensed,0,,,,,,,,,reply",
			"S92000003,2017/18-Q2,reach,61.2,,,,,,,2017-12-12,,bulletin",
		} {
			if !strings.Contains(first, line+"\n") {
				t.Errorf("the export has no row %s:\n%s", line, first)
			}
		}
		// A remainder that no channel explains stays: 7219 is what was published, 5640 + 399 + 295 is not.
		says(t, w.figure(t, measure.Dispensed, "2017/18-Q2", "S92000003", ""), measure.Reported, "7219")
	})
}

func TestReturnsIntoAnEmptyDatabaseAreTheSame(t *testing.T) {
	var files []string
	eachWorld(t, func(t *testing.T, w *world) {
		text := quarter
		if len(files) > 0 {
			text = files[0]
		}
		w.takeReturns(t, text, false)
		files = append(files, w.export(t))
	})
	if len(files) == 2 && files[0] != files[1] {
		t.Error(cmp.Diff(files[0], files[1]))
	}
}

func TestReturnsWithFaults(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.takeReturns(t, "area,period,measure,value,published_on\nE09000002,2016/17,dispensed,58,2017-12\n", false)
		before := w.export(t)
		text := `area,period,measure,value,channel,setting,recipient,supply,reason,covers,published_on,state
E09999999,2016/17,dispensed,1,,,,,,,,
E09000002,2016/18,dispensed,1,,,,,,,,
E09000002,2016/17,given,1,,,,,,,,
E09000002,2016/17,dispensed,-1,,,,,,,,
E09000002,2016/17,dispensed,1.5,,,,,,,,
E09000002,2016/17,dispensed,many,,,,,,,,
E09000002,2016/17,dispensed,,,,,,,,,
E09000002,2016/17,dispensed,,,,,,,,,counted
E09000002,2016/17,dispensed,,,,,,,,,reported
E09000002,2016/17,dispensed,3,,,,,,,,refused
E09000002,2016/17,dispensed,3,,,,,,,,zero
E09000002,2016/17,dispensed,3,by balloon,,,,,,,
E09000002,2016/17,dispensed,3,community,the pub,,,,,,
E09000002,2016/17,dispensed,3,,pharmacy,,,,,,
E09000002,2016/17,dispensed,3,,,somebody,,,,,
E09000002,2016/17,dispensed,3,,,,thrice,,,,
E09000002,2016/17,dispensed,3,,,,,boredom,,,
E09000002,2016/17,dispensed,3,,,,,,4/3,,
E09000002,2016/17,dispensed,3,,,,,,,soon,
E09000002,2019/20,dispensed,3,,,,,,,,
E09000002,2016/17,trained,3,,,,,,,2018-07,
E09000002,2016/17,dispensed,59,,,,,,,2017-12,
E09000002,2015/16,dispensed,5,,,,,,,,
E09000002,2015/16,dispensed,6,,,,,,,,
,2015/16,dispensed,6,,,,,,,,
`
		rd, err := reader("returns.csv", text, measure.Kind())
		must(t, err)
		_, err = w.ImportReturns(w.ctx, rd, false)
		var faults *table.Faults
		if !fault.Is(err, fault.Invalid) || !errors.As(err, &faults) {
			t.Fatal(err)
		}
		var got []string
		for _, f := range faults.List() {
			if f.Reason == "" {
				t.Errorf("no reason in %+v", f)
			}
			got = append(got, fmt.Sprintf("%d %s %s", f.Row, f.Column, f.Value))
		}
		want := []string{
			"2 area E09999999", "3 period 2016/18", "4 measure given", "5 value -1", "6 value 1.5", "7 value many", "8 value ", "9 state counted",
			"10 value ", "11 state refused", "12 state zero", "13 channel by balloon", "14 setting the pub", "15 channel ", "16 recipient somebody",
			"17 supply thrice", "18 reason boredom", "19 covers 4/3", "20 published_on soon", "21 period 2019/20", "22 published_on 2018-07", "23 value 59", "25 value 6",
			"26 area ",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if after := w.export(t); after != before {
			t.Errorf("a file with faults left\n%s", after)
		}
	})
}

func TestCoverageOfAReturnSplitByChannel(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "returns", `area,period,measure,value,channel,state,published_on
E09000002,2015/16,dispensed,100,,,2016-06
E09000002,2015/16,dispensed,40,prison,,2016-06
E09000002,2015/16,dispensed,5,ambulance,,2016-06
E09000002,2016/17,dispensed,100,,,2017-06
E09000002,2016/17,dispensed,60,community,,2017-06
E09000002,2016/17,dispensed,10,community prescription,,2017-06
E09000002,2016/17,dispensed,20,prison,,2017-06
E09000002,2017/18,dispensed,30,community,,2018-06
E09000002,2017/18,dispensed,,post,refused,2018-06
`)
		for _, c := range []struct{ year, kits string }{
			{"2015/16", "55"}, // what is not known to be elsewhere
			{"2016/17", "70"}, // what is known to be community; ten of the hundred are nobody's
		} {
			f := w.figure(t, measure.Coverage, c.year, "E09000002", "")
			if measure.Number(f.Numerator) != c.kits || f.State != measure.Reported || len(f.Beside) == 0 {
				t.Errorf("%s: %v beside %v", c.year, f.Cells(), f.Beside)
			}
		}
		// Published "in June 2018", which is not over: it is out today, and was not out yesterday for all that is known.
		says(t, w.figure(t, measure.Dispensed, "2017/18", "E09000002", ""), measure.Partial, "30")
		says(t, w.figure(t, measure.Dispensed, "2017/18", "E09000002", "2018-06-14"), measure.NotAsked, "")
	})
}
