package frozen

import (
	"slices"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/measure"
	"everykit/registry"
)

// channelTable makes the release of kits by channel of authorities. What is small of a prison is hidden: the number of a single
// prison could be told from it. Totals of an authority are public, and so are the small numbers of its other channels; a larger one
// of those is hidden only where the prison's number could be worked out without. Where that is not enough, wary hides all channels of
// an authority in a period in which its prisons gave few, and in whole years.
func (t *taking) channelTable(wary bool) *table {
	b := newTable()
	shown := t.channelled()
	periods := union(shown, t.linked(channelsKey(t.nation.Code), shown))
	for _, p := range periods {
		columns := map[string][]string{}
		alone := t.alonePrison(p)
		for _, a := range t.areas {
			for channel, id := range t.channelsOf(b, a, p, !within(shown, p), a == alone, wary) {
				columns[channel] = append(columns[channel], id)
			}
		}
		if t.local {
			continue
		}
		for _, channel := range sorted(columns) {
			f := t.figure(string(measure.Dispensed), t.area.Code, p, Split{"channel", channel})
			if f == nil || f.Value == nil || *f.Value < 0 {
				continue
			}
			if channel == registry.Prison.String() && *f.Value < disclosure.Threshold {
				continue // the nation's own number is public and so small that nothing of it can be kept
			}
			b.put(disclosure.Cell{ID: f.ID, Value: whole(f.Value), Keep: true})
			b.less(f.ID+"|elsewhere", f.ID, false, columns[channel]...)
		}
	}
	t.wholeYears(b, periods)
	return b
}

// alonePrison is the only authority whose prisons gave kits in a period, nil if there are several or none: its number is the nation's.
func (t *taking) alonePrison(p civil.Period) *registry.Area {
	var one *registry.Area
	for _, a := range t.areas {
		for _, x := range t.parts[rowKey(a.Code, p, measure.Own)] {
			if isChannel(x.PartKey) && x.Channel == registry.Prison.String() && x.Kits != nil && *x.Kits > 0 {
				if one != nil {
					return nil
				}
				one = a
			}
		}
	}
	if t.local {
		return nil
	}
	return one
}

// channelsOf puts one authority's channels of a period and gives their cells. Where the total leaves no room for another number the
// prison's is public with it, and is not hidden.
func (t *taking) channelsOf(b *table, a *registry.Area, p civil.Period, hidden, alone, wary bool) map[string]string {
	name := string(measure.Dispensed)
	cells := map[string]string{}
	values := map[string]int64{}
	var sum int64
	for _, x := range t.parts[rowKey(a.Code, p, measure.Own)] {
		if isChannel(x.PartKey) && x.Kits != nil && *x.Kits >= 0 {
			id := ID(name, a.Code, p.String(), Split{"channel", x.Channel})
			cells[x.Channel], values[x.Channel] = id, whole(x.Kits)
			sum += whole(x.Kits)
		}
	}
	if len(cells) == 0 {
		return nil
	}
	prison := registry.Prison.String()
	room := false
	for channel, v := range values {
		room = room || channel != prison && v >= disclosure.Threshold
	}
	if p.IsFinancialYear() && values[registry.Ambulance.String()] == 0 {
		room = false // the community kits of a year are public too, over the line of its coverage
	}
	wary = wary && (rule.Small(values[prison]) || p.IsFinancialYear())
	room = room && !alone
	for _, channel := range sorted(cells) {
		if wary {
			b.put(disclosure.Cell{ID: cells[channel], Value: values[channel], Hidden: true})
			continue
		}
		keep := channel != prison && values[channel] < disclosure.Threshold || channel == prison && !room
		b.put(disclosure.Cell{ID: cells[channel], Value: values[channel], Keep: keep, Hidden: hidden && !keep})
	}
	total := ID(name, a.Code, p.String())
	b.put(disclosure.Cell{ID: total + "|channels", Value: sum, Keep: true})
	parts := make([]string, 0, len(cells))
	for _, channel := range sorted(cells) {
		parts = append(parts, cells[channel])
	}
	b.sum(total+"|channels", parts...)
	if p.IsFinancialYear() && !wary {
		t.outsideCoverage(b, total, cells, values)
	}
	return cells
}

// outsideCoverage notes what is known of a year from its coverage: the kits of prisons and ambulances together.
func (t *taking) outsideCoverage(b *table, total string, cells map[string]string, values map[string]int64) {
	var sum int64
	var parts []string
	for _, c := range []registry.Channel{registry.Prison, registry.Ambulance} {
		if id := cells[c.String()]; id != "" {
			sum += values[c.String()]
			parts = append(parts, id)
		}
	}
	if len(parts) > 0 {
		b.put(disclosure.Cell{ID: total + "|outside coverage", Value: sum, Keep: true})
		b.sum(total+"|outside coverage", parts...)
	}
}

// hideChannels hides what the release hides.
func (t *taking) hideChannels(r *disclosure.Release, dark bool) {
	for _, c := range r.Cells {
		if f := t.figures[c.ID]; f != nil && c.Hidden {
			hide(f, "")
		}
	}
	if !dark {
		return
	}
	for _, f := range t.figures {
		channel := f.Word("channel")
		if f.Measure == string(measure.Dispensed) && channel != "" && channel != NotAttributed && len(f.Split) == 1 && f.Value != nil &&
			slices.ContainsFunc(t.areas, func(a *registry.Area) bool { return a.Code == f.Area }) {
			hide(f, "By channel it cannot be shown without giving a small number away.")
		}
	}
}
