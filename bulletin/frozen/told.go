package frozen

import (
	"math"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/measure"
)

// firstsID is the cell of first supplies to people at risk in a period: what the figure first_supplies shows.
func firstsID(area, period string) string { return ID(string(measure.FirstSupplies), area, period) }

// everID is the cell of all first supplies there ever were to the end of a month: what stands over the line of a reach.
func everID(area string, to civil.Month) string {
	return strings.Join([]string{"firsts", area, to.String()}, "|")
}

// told makes the release of what was recorded of supplies. bare leaves out the words: everything that a supply was recorded
// with is then hidden.
func (t *taking) told(earlier []disclosure.Release, bare bool) *table {
	b := newTable()
	code := t.area.Code
	periods := union(t.compared(), t.linked(toldKey(t.nation.Code), union(t.series, t.compared())))
	for _, p := range periods {
		t.toldPeriod(b, p, bare || !within(t.compared(), p))
	}
	for i, p := range t.series {
		f := t.figure(string(measure.FirstSupplies), code, p)
		if f != nil && t.counted[f.ID] && f.Value != nil {
			b.put(disclosure.Cell{ID: f.ID, Value: whole(f.Value)})
		}
		r := t.figure(string(measure.Reach), code, p)
		if r == nil || !t.counted[r.ID] || r.Numerator == nil {
			continue
		}
		b.put(disclosure.Cell{ID: everID(code, p.To), Value: whole(r.Numerator)})
		if i > 0 {
			b.sum(everID(code, p.To), everID(code, t.series[i-1].To), firstsID(code, p.String()))
		}
	}
	t.reachOfAreas(b, earlier)
	t.neighbours(b, earlier, t.compared())
	t.wholeYears(b, periods)
	return b
}

func whole(v *float64) int64 { return int64(math.Round(*v)) }

// toldPeriod puts the cells of one period, in kits and in supplies.
func (t *taking) toldPeriod(b *table, p civil.Period, hidden bool) {
	code := t.area.Code
	row := measure.Sum
	if t.local {
		row = measure.Own
	}
	for _, unit := range []string{string(measure.Dispensed), Supplies} {
		total := ID(unit, code, p.String()) + "|told"
		words := map[string][]string{}
		sums := map[string]int64{}
		var firsts *float64
		settings := map[string]int64{}
		for _, x := range t.parts[rowKey(code, p, row)] {
			v := x.Kits
			if unit == Supplies {
				v = x.Supplies
			}
			if v == nil || *v < 0 || x.Basis&measure.FromLedger == 0 {
				continue
			}
			dim := dimension(x.PartKey)
			switch {
			case slices.Contains(dimensions, dim):
				id := ID(unit, code, p.String(), splitsOf(x.PartKey)...)
				b.put(disclosure.Cell{ID: id, Value: whole(v), Hidden: hidden})
				words[dim] = append(words[dim], id)
				sums[dim] += whole(v)
			case x.Recipient != "" && x.Supply != "" && unit == Supplies:
				firsts = v
			case x.Setting == measure.DrugTreatment || x.Setting == measure.NonDrugTreatment:
				settings[ID(unit, code, p.String(), splitsOf(x.PartKey)...)] = whole(v)
			}
		}
		kits := unit == string(measure.Dispensed)
		if kits && t.local && within(t.series, p) {
			t.settings(b, p, settings)
		}
		if len(words["supply"]) == 0 {
			continue
		}
		if kits && sums["supply"] < disclosure.Threshold {
			for _, list := range words { // a total so small is public, and its parts are at most that
				for _, id := range list {
					b.Cells[b.at[id]].Hidden = true
				}
			}
		} else {
			b.put(disclosure.Cell{ID: total, Value: sums["supply"], Keep: kits, Hidden: hidden && !kits})
		}
		for _, dim := range dimensions {
			whole := total
			if dim == "reason" {
				whole = ID(unit, code, p.String()) + "|told=reason"
				b.put(disclosure.Cell{ID: whole, Value: sums[dim], Hidden: hidden})
			} else if sums[dim] != sums["supply"] {
				whole = ID(unit, code, p.String()) + "|told=" + dim
				b.put(disclosure.Cell{ID: whole, Value: sums[dim], Hidden: hidden})
			}
			b.sum(whole, words[dim]...)
		}
		repeat := ID(unit, code, p.String(), Split{"supply", "repeat"})
		b.less(ID(unit, code, p.String())+"|told=besides", ID(unit, code, p.String())+"|told=reason", hidden, repeat)
		if !kits {
			t.shares(b, p, hidden)
			if firsts != nil {
				id := firstsID(code, p.String())
				b.put(disclosure.Cell{ID: id, Value: whole(firsts), Hidden: !within(t.series, p)})
				b.less(id+"|others", ID(unit, code, p.String(), Split{"supply", "first"}), hidden, id)
				b.less(id+"|at_risk", ID(unit, code, p.String(), Split{"recipient", "person_at_risk"}), hidden, id)
			}
		}
	}
}

// settings puts the two settings of an authority's community kits: either may be a single outlet.
func (t *taking) settings(b *table, p civil.Period, values map[string]int64) {
	var sum int64
	for _, v := range values {
		sum += v
	}
	if len(values) != 2 || sum < disclosure.Threshold {
		return
	}
	total := ID(string(measure.Dispensed), t.area.Code, p.String(), Split{"channel", "community"})
	b.put(disclosure.Cell{ID: total, Value: sum, Keep: true})
	for _, id := range sorted(values) {
		b.put(disclosure.Cell{ID: id, Value: values[id]})
	}
	b.sum(total, sorted(values)...)
}

// The cells of the two shares are named after their figures.
func over(f *Figure) string  { return f.ID + "|over" }
func under(f *Figure) string { return f.ID + "|under" }

// shares puts what stands over and under the line of the shares of repeats, and what anybody can work out from them.
func (t *taking) shares(b *table, p civil.Period, hidden bool) {
	code := t.area.Code
	base := ID(Supplies, code, p.String())
	used := base + "|told=used"
	self, other := ID(Supplies, code, p.String(), Split{"reason", "used_on_self"}), ID(Supplies, code, p.String(), Split{"reason", "used_on_other"})
	a, _ := b.value(self)
	c, _ := b.value(other)
	var parts []string
	for _, id := range []string{self, other} {
		if _, there := b.value(id); there {
			parts = append(parts, id)
		}
	}
	b.put(disclosure.Cell{ID: used, Value: a + c, Hidden: hidden})
	b.sum(used, parts...)
	for _, one := range []struct {
		key        measure.Key
		part, all  string
		beside, to string
	}{
		{measure.RepeatShare, ID(Supplies, code, p.String(), Split{"supply", "repeat"}), base + "|told", "repeat", "all"},
		{measure.RepeatUsed, used, base + "|told=reason", "used", "reason"},
	} {
		f := t.figure(string(one.key), code, p)
		if f == nil || !t.counted[f.ID] || f.Numerator == nil || f.Denominator == nil {
			continue
		}
		b.put(disclosure.Cell{ID: over(f), Value: whole(f.Numerator)})
		b.put(disclosure.Cell{ID: under(f), Value: whole(f.Denominator)})
		b.less(f.ID+"|rest", under(f), hidden, over(f))
		b.less(f.ID+"|over elsewhere", one.part, hidden, over(f))
		b.less(f.ID+"|under elsewhere", one.all, hidden, under(f))
	}
}

// reachOfAreas puts the first supplies of each authority to the end of the period. Against what an earlier edition showed they
// tell how many there were since, which may be few.
func (t *taking) reachOfAreas(b *table, earlier []disclosure.Release) {
	type known struct {
		to    civil.Month
		value int64
	}
	last := map[string]known{}
	for _, r := range earlier {
		for _, c := range r.Cells {
			fields := strings.Split(c.ID, "|")
			if len(fields) != 3 || fields[0] != "firsts" || c.Hidden {
				continue
			}
			p, err := civil.ParsePeriod(fields[2])
			if err == nil && p.To < t.period.To && p.To >= last[fields[1]].to {
				last[fields[1]] = known{p.To, c.Value}
			}
		}
	}
	var parts []string
	for _, a := range t.areas {
		f := t.figure(string(measure.Reach), a.Code, t.period)
		if f == nil || f.Numerator == nil {
			continue
		}
		id := everID(a.Code, t.period.To)
		b.put(disclosure.Cell{ID: id, Value: whole(f.Numerator), Keep: !t.counted[f.ID]})
		parts = append(parts, id)
		if k, there := last[a.Code]; there && t.counted[f.ID] && whole(f.Numerator) >= k.value && a.ID != t.area.ID {
			was := everID(a.Code, k.to)
			b.put(disclosure.Cell{ID: was, Value: k.value, Hidden: true})
			b.less(strings.Join([]string{"firsts", a.Code, k.to.String() + " to " + t.period.To.String()}, "|"), id, true, was)
		}
	}
	if total := everID(t.area.Code, t.period.To); !t.local && len(parts) > 0 {
		b.less(total+"|elsewhere", total, false, parts...)
	}
}

// wholeYears notes that a financial year is the sum of its quarters, for each cell that is there of all five.
func (t *taking) wholeYears(b *table, periods []civil.Period) {
	for _, y := range periods {
		if !y.IsFinancialYear() || !within(periods, quarters(y)[0]) {
			continue
		}
		name := "|" + y.String()
		for _, c := range slices.Clone(b.Cells) {
			at := strings.Index(c.ID, name)
			if at < 0 || at+len(name) < len(c.ID) && c.ID[at+len(name)] != '|' {
				continue
			}
			var parts []string
			for _, q := range quarters(y) {
				id := c.ID[:at] + "|" + q.String() + c.ID[at+len(name):]
				if _, there := b.value(id); there {
					parts = append(parts, id)
				}
			}
			b.sum(c.ID, parts...)
		}
	}
}
