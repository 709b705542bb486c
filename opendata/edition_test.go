package opendata

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/disclosure"
	"everykit/measure"
)

// attacked gives all editions of the first nation and year, as they were shown, to the attacker, and what is small in truth.
func (w *world) attacked() (found []disclosure.Exposure, editions int) {
	w.t.Helper()
	list, err := w.readSupplies(w.ctx)
	must(w.t, err)
	for _, p := range list {
		var public, kept []disclosure.Release
		for _, e := range p.earlier {
			public, kept = append(public, e.Public()), append(kept, e.Release)
		}
		editions = max(editions, len(public))
		for _, x := range disclosure.Attack(public...) {
			if x.Sure || rule.Small(kept[x.Release].ByID()[x.Cell].Value) {
				found = append(found, x)
			}
		}
	}
	return found, editions
}

// TestSuppliesAreProtected publishes supplies over several editions and lets the attacker have all of them.
func TestSuppliesAreProtected(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2024, 60, 40, 9, 3, 30)
		first := w.table("supplies")
		marks, numbers := 0, 0
		for _, row := range first[1:] {
			switch n, err := strconv.Atoi(row[6]); {
			case row[6] == "[c]" && row[7] == "suppressed":
				marks++
			case err != nil || n > 0 && n < disclosure.Threshold:
				t.Errorf("%v", row)
			default:
				numbers++
			}
		}
		if marks == 0 || numbers < marks/2 {
			t.Errorf("%d hidden, %d shown", marks, numbers)
		}
		// One late entry: what was published stands.
		w.take("supplies", "id,occurred_on,outlet,product,lot,kits,recipient\n,2024-07-01,O0,prenoxad,L1-0,1,worker\n")
		w.again()
		if second := w.table("supplies"); !slices.EqualFunc(first, second, slices.Equal) {
			t.Error("one late entry was published")
		}
		// Many: another edition, protected against the first.
		for i := range 40 {
			w.supplies(uint64(100+i), 2024, 40, 0, 0, 0, 25)
			w.again()
			if _, n := w.attacked(); n > 1 {
				break
			}
		}
		found, editions := w.attacked()
		if editions < 2 {
			t.Errorf("%d editions", editions)
		}
		for _, x := range found {
			t.Errorf("%+v", x)
		}
		if third := w.table("supplies"); slices.EqualFunc(first, third, slices.Equal) {
			t.Error("nothing of the new edition is in the table")
		}
		// What was kept comes back as it was.
		list, err := w.readSupplies(w.ctx)
		must(t, err)
		for _, p := range list {
			if next, err := p.next(); next != nil || err != nil {
				t.Errorf("%s would be published again: %v", p.nation.Name, err)
			}
		}
	})
}

// TestOnlySettledYears asks that nothing of a year is there before it has settled.
func TestOnlySettledYears(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2026, 60)
		if rows := w.table("supplies"); len(rows) != 1 {
			t.Errorf("%d rows of a year that has not ended", len(rows)-1)
		}
		*w.now = w.now.AddDate(0, 7, 5) // 28 June 2027: 89 days after 31 March
		w.again()
		if rows := w.table("supplies"); len(rows) != 1 {
			t.Errorf("%d rows of a year that has not settled", len(rows)-1)
		}
		*w.now = w.now.AddDate(0, 0, 2)
		w.again()
		if rows := w.table("supplies"); len(rows) < 50 || rows[1][3] != "2026/27" {
			t.Errorf("%v", rows)
		}
	})
}

// TestFiguresOfPeople asks that what was counted of people is withheld where the protected table hides it, and authorities' own
// totals never.
func TestFiguresOfPeople(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.supplies(1, 2024, 60, 40, 9, 2, 30)
		firsts := map[string]string{}
		for _, row := range w.table("supplies")[1:] {
			if row[4] == firstAtRisk {
				firsts[row[0]+row[2]] = row[6]
			}
		}
		checked := 0
		for _, row := range w.table(FiguresName(measure.FirstSupplies))[1:] {
			want, there := firsts[row[1]+map[bool]string{true: "true", false: "false"}[row[11] == "nation"]]
			if row[3] != "2024/25" || !there || row[11] == "region" {
				continue
			}
			checked++
			if row[5] != want {
				t.Errorf("%s: %s here, %s in supplies", row[2], row[5], want)
			}
			if want == "[c]" && row[4] != "suppressed" {
				t.Errorf("%v", row)
			}
		}
		if checked < 5 {
			t.Errorf("%d rows were compared", checked)
		}
		for _, k := range []measure.Key{measure.Reach, measure.RepeatShare, measure.RepeatUsed} {
			for _, row := range w.table(FiguresName(k))[1:] {
				if strings.Contains(row[13], "counted") && (row[5] != "[c]" && row[5] != "") {
					t.Errorf("%s: %v", k, row)
				}
			}
		}
		small := false
		for _, row := range w.table(FiguresName(measure.Dispensed))[1:] {
			n, _ := strconv.Atoi(row[5])
			small = small || row[3] == "2024/25" && row[1] == authorities[3] && n > 0 && n < 5
			if row[4] == "suppressed" {
				t.Errorf("an authority's total is hidden: %v", row)
			}
		}
		if !small {
			t.Error("no authority with a small total: the test proves nothing")
		}
	})
}

// TestCountsAddUp asks that what contradicts itself is not made a release of.
func TestCountsAddUp(t *testing.T) {
	good := counts{cell("recipient", "worker"): 5, cell("supply", "first"): 3, cell("supply", "repeat"): 2, cell("reason", "lost"): 2, cell("age_band", notRecorded): 5, cell("sex", "male"): 5, cell("trained", "yes"): 5}
	if !good.complete() || good[cell(reasons, total)] != 2 || good[cell(otherFirsts, total)] != 3 || good[cell(allSupplies, total)] != 5 {
		t.Errorf("%v", good)
	}
	for name, change := range map[string]int64{cell("sex", "male"): 1, cell("reason", "lost"): -1, cell(firstAtRisk, total): 4} {
		bad := maps.Clone(good)
		bad[name] += change
		if bad.complete() {
			t.Errorf("%s and %d more is taken: %v", name, change, bad)
		}
	}
	r := releaseOf("E92000001", map[string]counts{"E06000001": good.all()})
	if len(r.Cells) != 2*len(cells()) || fmt.Sprint(r.Cells[0]) == "" {
		t.Errorf("%d cells", len(r.Cells))
	}
	if _, err := disclosure.Protect(r, rule); err != nil {
		t.Error(err)
	}
}
