package measure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/measure"
)

// divided reads the parts of one period, in words: "E09000002 own channel=community counted 5 (4 supplies)".
func (w *world) divided(t *testing.T, area, p string) []string {
	t.Helper()
	one := []civil.Period{period(p)}
	list, err := w.Parts(w.ctx, measure.PartsQuery{Area: area, Periods: one, Told: one, Each: one})
	must(t, err)
	var said []string
	for _, x := range list {
		line := fmt.Sprintf("%s %d %s", x.Area, x.Row, strings.Join(strings.Fields(fmt.Sprint(x.PartKey)), " "))
		line += fmt.Sprintf(" %s %q", x.State, measure.Number(x.Kits))
		if x.Supplies != nil {
			line += fmt.Sprintf(" in %s, %s", measure.Number(x.Supplies), measure.Number(x.Noting))
		}
		if x.Covers != "" {
			line += " " + x.Covers
		}
		said = append(said, line)
	}
	return said
}

// An authority's parts are its ledger's where its total is, and a return's where it is not; a nation's are the sums.
func TestParts(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.withOutlets(t)
		w.take(t, "receipts", "occurred_on,outlet,product,lot,expiry,kits\n2017-04-01,BD1,prenoxad,L1,2020-01,50\n2017-04-01,BD2,prenoxad,L1,2020-01,50\n2017-04-01,BD3,prenoxad,L1,2020-01,50\n")
		w.take(t, "supplies", `occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,sex
2017-05-01,BD1,prenoxad,L1,2,person_at_risk,first,,under_25,male
2017-05-02,BD1,prenoxad,L1,1,person_at_risk,repeat,lost,,female
2017-05-03,BD2,prenoxad,L1,3,person_at_risk,first,,25_34,male
2017-05-04,BD3,prenoxad,L1,1,,,,,
2017-08-01,BD1,prenoxad,L1,9,worker,,,,
`)
		w.take(t, "returns", `area,period,measure,value,channel,setting,covers,source
E09000002,2017/18-Q1,dispensed,99,community,,,not taken: the ledger tells
E09000003,2017/18-Q1,dispensed,20,,,,letter
E09000003,2017/18-Q1,dispensed,12,community,,,letter
E09000003,2017/18-Q1,dispensed,4,community,pharmacy,,letter
E09000003,2017/18-Q1,dispensed,5,ambulance,,2/3,letter
E09000004,2017/18-Q1,dispensed,7,,,,letter
`)
		all := w.divided(t, "E92000001", "2017/18-Q1")
		for _, want := range []string{
			`E09000002 0 {community } counted "3"`, `E09000002 0 {prison } counted "3"`, `E09000002 0 {post } zero "0"`,
			`E09000003 0 {community } reported "12"`, `E09000003 0 {ambulance } partial "5" 2/3`,
			`E92000001 1 {community } partial "15"`, `E92000001 1 {prison } partial "3"`, `E92000001 1 {ambulance } partial "6"`,
			`E92000001 1 {community pharmacy } partial "4"`, `E92000001 1 {community needle_exchange } partial "3"`,
			`E92000001 1 {community drug_treatment } partial "0"`, `E92000001 1 {community non_drug_treatment } partial "3"`,
			`E92000001 1 { person_at_risk } partial "6" in 3, 3`, `E92000001 1 { not_recorded } partial "1" in 1, 0`,
			`E92000001 1 { person_at_risk first } partial "5" in 2, 2`, `E92000001 1 { lost } partial "1" in 1, 1`,
		} {
			if !slices.Contains(all, want) {
				t.Errorf("there is no %s among\n%s", want, strings.Join(all, "\n"))
			}
		}
		for _, line := range all {
			if strings.Contains(line, `"99"`) || strings.Contains(line, "worker") || strings.HasPrefix(line, "E09000004 0 {community") {
				t.Errorf("this must not be there: %s", line)
			}
		}
		own := w.divided(t, "E09000002", "2017/18-Q1")
		if !slices.Contains(own, `E09000002 0 {community } counted "3"`) || !slices.Contains(own, `E09000002 0 { female } counted "1" in 1, 1`) {
			t.Errorf("its own:\n%s", strings.Join(own, "\n"))
		}
		told, err := w.MonthsTold(w.ctx, "E92000001", period("2017/18-Q1"), 0)
		must(t, err)
		if got := fmt.Sprint(told["E09000002"]); len(told) != 1 || got != "[2017-04 2017-05]" {
			t.Errorf("told of %v", told)
		}
	})
}
