package measure_test

import (
	"strings"
	"testing"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
)

// changing is a nation of nine places over a change of areas: X1 and X2 became X3, Y1 was parted into Y2 and Y3, Z1 has
// another code since, and V1 was parted between V2 and X3.
const changing = `code,name,kind,parent,valid_from,valid_to,successor
N1,Nation,nation,,,,
X1,Old one,authority,N1,,2018-03-31,X3
X2,Old two,authority,N1,,2018-03-31,X3
X3,New,authority,N1,2018-04-01,,
Y1,Parted,authority,N1,,2018-03-31,Y2 Y3
Y2,Part two,authority,N1,2018-04-01,,
Y3,Part three,authority,N1,2018-04-01,,
Z1,Same,authority,N1,,2018-03-31,Z2
Z2,Same,authority,N1,2018-04-01,,
V1,Torn,authority,N1,,2018-03-31,V2 X4
V2,Torn less,authority,N1,2018-04-01,,
X4,Grown,authority,N1,2018-04-01,,
X5,Small,authority,N1,,2018-03-31,X4
`

// seen reads the authorities of the nation as of a vintage: value by code.
func (w *world) seen(t testing.TB, key measure.Key, p, vintage string) (map[string]string, []measure.Figure) {
	t.Helper()
	q := measure.Query{Measure: key, Period: period(p), Area: "N1"}
	if vintage != "" {
		q.Vintage = on(vintage)
	}
	list, err := w.Figures(w.ctx, q)
	must(t, err)
	rows := map[string]string{}
	for _, f := range list {
		if f.Value != nil {
			rows[f.Area] = measure.Number(f.Value)
		} else if _, is := rows[f.Area]; !is {
			rows[f.Area] = f.State.String()
		}
	}
	return rows, list
}

func TestAreasOfAnotherDay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "areas", changing)
		w.take(t, "outlets", `code,name,kind,authority,channel
A,A,pharmacy,X1,community
B,B,pharmacy,X2,community
C,C,pharmacy,X3,community
D,D,pharmacy,Y1,community
E,E,pharmacy,Y2,community
F,F,pharmacy,Y3,community
G,G,pharmacy,V1,community
`)
		var receipts strings.Builder
		receipts.WriteString("occurred_on,outlet,product,lot,expiry,kits\n")
		for i, o := range []string{"A", "B", "D", "G"} {
			receipts.WriteString("2018-03-01," + o + ",prenoxad,L1,2019-09," + []string{"1", "2", "4", "8"}[i] + "\n")
		}
		for i, o := range []string{"C", "E", "F"} {
			receipts.WriteString("2018-05-01," + o + ",prenoxad,L1,2019-09," + []string{"100", "200", "400"}[i] + "\n")
		}
		w.take(t, "receipts", receipts.String())
		w.take(t, "returns", "area,period,measure,value,source\nZ1,2017/18,purchased,50,letter\nX5,2017/18,purchased,30,letter\n")
		w.take(t, "estimates", "area,population,period,value,method,source\nZ1,opiate_users,2014/15,200,made up,test\n")

		then, list := w.seen(t, measure.Purchased, "2017/18", "")
		for code, want := range map[string]string{"X1": "1", "X2": "2", "Y1": "4", "V1": "8", "Z1": "50", "X5": "30", "N1": "95", "X3": "", "Z2": ""} {
			if then[code] != want {
				t.Errorf("as it was, %s has %q, not %q", code, then[code], want)
			}
		}
		for _, f := range list {
			if f.Vintage != on("2018-03-31") || strings.Contains(f.Source, "areas as they stood") {
				t.Errorf("%s is for the areas of %s: %q", f.Area, f.Vintage, f.Source)
			}
		}
		// With the areas of now: what became one is one, what has another code has it, what was parted stays as it was.
		now, list := w.seen(t, measure.Purchased, "2017/18", "2018-04-01")
		for code, want := range map[string]string{"X3": "3", "Z2": "50", "Y1": "4", "V1": "8", "X5": "30", "N1": "95", "X1": "", "X2": "", "Z1": ""} {
			if now[code] != want {
				t.Errorf("with the areas of now, %s has %q, not %q", code, now[code], want)
			}
		}
		for _, f := range list {
			if !strings.Contains(f.Source, "areas as they stood on 1 April 2018") || f.Vintage != on("2018-04-01") {
				t.Errorf("%s does not say for which areas it is: %q", f.Area, f.Source)
			}
			if f.Area == "Z2" && (!strings.Contains(f.Source, "Same (Z1)") || f.State != measure.Reported) {
				t.Errorf("whose return this is: %q", f.Source)
			}
		}
		// With the areas of then, a year after: parts that make up one whole are put together.
		back, _ := w.seen(t, measure.Purchased, "2018/19", "2018-03-31")
		for code, want := range map[string]string{"Y1": "600", "X3": "100", "N1": "700", "Y2": "", "Y3": ""} {
			if back[code] != want {
				t.Errorf("with the areas of then, %s has %q, not %q", code, back[code], want)
			}
		}
		// An estimate goes with the place; one of a place that was parted or joined does not.
		w.take(t, "returns", "area,period,measure,value\nZ1,2017/18,dispensed,20\n")
		cover, list := w.seen(t, measure.Coverage, "2017/18", "2018-04-01")
		if cover["Z2"] != "10" {
			t.Errorf("the coverage of Z2 is %q", cover["Z2"])
		}
		for _, f := range list {
			if f.Area == "Z2" {
				holds(t, f, "The estimate is of Same (Z1), the same place")
			}
		}
	})
}

func TestSeriesShowsWhatWasThereBefore(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.take(t, "areas", changing)
		w.take(t, "outlets", "code,name,kind,authority,channel\nA,A,pharmacy,X1,community\nC,C,pharmacy,X3,community\n")
		w.take(t, "receipts", "occurred_on,outlet,product,lot,expiry,kits\n2018-03-01,A,prenoxad,L1,2019-09,7\n2018-05-01,A,prenoxad,L1,2019-09,1\n2018-05-01,C,prenoxad,L1,2019-09,5\n")
		years := []civil.Period{period("2016/17"), period("2017/18"), period("2018/19")}
		lines, err := w.Series(w.ctx, measure.Purchased, w.area(t, "X3"), years)
		must(t, err)
		var got []string
		for _, l := range lines {
			s := l.Area.Code
			for _, f := range l.Figures {
				s += " " + f.State.String() + measure.Number(f.Value)
			}
			if l.Before {
				s += " before"
			}
			got = append(got, s)
		}
		want := "X3 not_asked not_asked partial6|X1 not_asked counted7 not_asked before|X2 not_asked not_asked not_asked before"
		if strings.Join(got, "|") != want {
			t.Errorf("%s\nnot\n%s", strings.Join(got, "|"), want)
		}
		if _, err := w.Series(w.ctx, measure.Purchased, w.area(t, "N1"), years); !fault.Is(err, fault.NotFound) {
			t.Errorf("a series of a nation: %v", err)
		}
		snap, err := w.reg.Now(w.ctx)
		must(t, err)
		if list := measure.Predecessors(snap, w.area(t, "Z1")); len(list) != 0 {
			t.Errorf("%v came before Z1", list)
		}
	})
}

// TestBuiltInChanges: the changes of 2019 to 2023 that ship with the program, as they were registered.
func TestBuiltInChanges(t *testing.T) {
	w := newWorldOnce(t)
	snap, err := w.reg.Now(w.ctx)
	must(t, err)
	for code, want := range map[string]string{
		"E06000058": "E06000028 E06000029 E10000009", "E06000059": "E10000009", "E06000060": "E10000002", "E06000061": "E10000021", "E06000062": "E10000021",
		"E06000063": "E10000006", "E06000064": "E10000006", "E06000065": "E10000023", "E06000066": "E10000027", "E10000009": "",
	} {
		var codes []string
		for _, a := range measure.Predecessors(snap, w.area(t, code)) {
			codes = append(codes, a.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("before %s there were %q, not %q", code, got, want)
		}
	}
	// Cumbria and North Yorkshire by the areas of 2023: the one cannot be parted, the other is the same place.
	w.take(t, "returns", "area,period,measure,value\nE10000006,2017/18,dispensed,10\nE10000023,2017/18,dispensed,20\nE06000028,2017/18,dispensed,3\n")
	list, err := w.Figures(w.ctx, measure.Query{Measure: measure.Dispensed, Period: period("2017/18"), Area: "E92000001", Vintage: on("2023-04-01")})
	must(t, err)
	got := map[string]string{}
	for _, f := range list {
		got[f.Area] = measure.Number(f.Value)
	}
	if got["E10000006"] != "10" || got["E06000065"] != "20" || got["E06000028"] != "3" || got["E92000001"] != "33" || got["E06000063"] != "" {
		t.Errorf("Cumbria %q, North Yorkshire %q, Bournemouth %q, England %q", got["E10000006"], got["E06000065"], got["E06000028"], got["E92000001"])
	}
}
