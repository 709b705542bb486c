package frozen

import (
	"context"
	"math"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/measure"
)

// dimensions are what supplies are told by, each by itself.
var dimensions = []string{"recipient", "supply", "reason", "age", "sex"}

// splitsOf are the words of a part.
func splitsOf(k measure.PartKey) []Split {
	return ordered([]Split{
		{"channel", k.Channel},
		{"setting", k.Setting},
		{"recipient", k.Recipient},
		{"supply", k.Supply},
		{"reason", k.Reason},
		{"age", k.Age},
		{"sex", k.Sex},
		{"product", k.Product},
	})
}

// dimension is the one thing that a part is split by; "channel" also of a setting, empty of a total and of what is split by more.
func dimension(k measure.PartKey) string {
	list := splitsOf(k)
	if k.Setting != "" {
		list = slices.DeleteFunc(list, func(s Split) bool { return s.Key == "setting" })
	}
	if len(list) != 1 {
		return ""
	}
	return list[0].Key
}

// rowKey is where the parts of one reading are kept.
func rowKey(area string, p civil.Period, row measure.Row) string {
	return area + "|" + p.String() + "|" + rowWords[row]
}

// readParts reads how kits divide, and keeps the figures of it. What disclosure control needs beside is read with it.
func (t *taking) readParts(ctx context.Context) error {
	told := union(t.compared(), t.linked(toldKey(t.nation.Code), union(t.series, t.compared())))
	each := t.linked(channelsKey(t.nation.Code), t.channelled())
	q := measure.PartsQuery{Area: t.area.Code, AsOf: t.of.AsOf, Periods: union(t.series, told, each), Told: told}
	if !t.local {
		q.Each = union([]civil.Period{t.period}, each)
	}
	parts, err := t.Measures.Parts(ctx, q)
	if err != nil {
		return err
	}
	t.parts = map[string][]measure.Part{}
	for _, p := range parts {
		key := rowKey(p.Area, p.Period, p.Row)
		t.parts[key] = append(t.parts[key], p)
	}
	t.takeTotals()
	t.takeChannels()
	t.takeTold()
	if !t.local {
		t.takeChannelsOfAreas()
	}
	return nil
}

// channelled are the periods in which the kits of authorities are shown by channel.
func (t *taking) channelled() []civil.Period {
	if t.local {
		return t.series
	}
	return []civil.Period{t.period}
}

// reading is the row that the total of the area in a period comes from, and so do its parts.
func (t *taking) reading(p civil.Period) []measure.Part {
	row := measure.Own
	if !t.local {
		row = measure.Sum
		if t.publishedIn(p) {
			row = measure.Published
		}
	}
	return t.parts[rowKey(t.area.Code, p, row)]
}

// publishedIn reports whether the total of a period is the nation's own published one: then that of its authorities has a row
// of its own, or there is none.
func (t *taking) publishedIn(p civil.Period) bool {
	return len(t.parts[rowKey(t.area.Code, p, measure.Published)]) > 0 && t.figure(string(measure.Dispensed), t.area.Code, p, Split{"row", "published"}) == nil
}

// takeTotals marks totals that cover a part of their period, or of their channels.
func (t *taking) takeTotals() {
	now := t.reading(t.period)
	for _, a := range append(slices.Clone(t.areas), t.area) {
		for _, p := range t.series {
			f := t.figure(string(measure.Dispensed), a.Code, p)
			if f == nil || f.Value == nil {
				continue
			}
			list := t.parts[rowKey(a.Code, p, measure.Own)]
			if a.ID == t.area.ID {
				list = t.reading(p)
			}
			i := slices.IndexFunc(list, func(x measure.Part) bool { return x.PartKey == measure.PartKey{} })
			if i < 0 {
				continue
			}
			f.Covers = list[i].Covers
			if list[i].Summed && a.ID == t.area.ID && lacksChannel(list, now) {
				f.State = measure.Partial.String()
				f.Notes = append(f.Notes, "Nobody told a total: this is the sum of the channels that were told, and others were not.")
			}
		}
	}
}

// lacksChannel reports whether a later period tells of a channel that a list does not.
func lacksChannel(list, later []measure.Part) bool {
	return slices.ContainsFunc(later, func(p measure.Part) bool {
		return isChannel(p.PartKey) && p.Kits != nil && *p.Kits != 0 &&
			!slices.ContainsFunc(list, func(x measure.Part) bool { return x.PartKey == p.PartKey && x.Kits != nil })
	})
}

func isChannel(k measure.PartKey) bool {
	return k.Channel != "" && k == measure.PartKey{Channel: k.Channel}
}

// partFigure keeps a part as a figure of kits.
func (t *taking) partFigure(p *measure.Part, area string) {
	f := Figure{
		Measure: string(measure.Dispensed), Area: area, Period: p.Period.String(), Split: splitsOf(p.PartKey), State: p.State.String(), Value: round(p.Kits),
		Covers: p.Covers, Definition: measure.DefinitionOf(measure.Dispensed).Version, Source: p.Source, Notes: slices.Clone(p.Notes),
	}
	if total := t.figure(f.Measure, area, p.Period); total != nil && area == t.area.Code {
		f.With, f.Of = total.With, total.Of
	}
	f.ID = ID(f.Measure, f.Area, f.Period, f.Split...)
	if p.Basis&measure.FromLedger != 0 {
		t.counted[f.ID] = true
	}
	t.put(f)
}

// absent keeps a figure without a number, where a reader would look for one.
func (t *taking) absent(area string, p civil.Period, k measure.PartKey) {
	total := t.figure(string(measure.Dispensed), area, p)
	if total == nil {
		return
	}
	f := Figure{
		Measure: total.Measure, Area: area, Period: p.String(), Split: splitsOf(k), State: total.State, Definition: total.Definition,
	}
	if total.Value != nil {
		f.State = measure.NotProvided.String()
	}
	f.ID = ID(f.Measure, area, f.Period, f.Split...)
	if t.figures[f.ID] == nil {
		t.put(f)
	}
}

// takeChannels keeps the channels and settings of the series. A channel by which nothing was given in all of it is left out.
func (t *taking) takeChannels() {
	used := map[measure.PartKey]bool{}
	for _, p := range t.series {
		for _, x := range t.reading(p) {
			if dimension(x.PartKey) == "channel" && x.Kits != nil && *x.Kits != 0 && t.wanted(&x) {
				used[x.PartKey] = true
			}
		}
	}
	for _, p := range t.series {
		for _, x := range t.reading(p) {
			known := x.Kits == nil && x.State != measure.NotAsked // why there is none was told
			if dimension(x.PartKey) == "channel" && t.wanted(&x) && (used[x.PartKey] || known) {
				t.partFigure(&x, t.area.Code)
			}
		}
		for k := range used {
			if isChannel(k) {
				t.absent(t.area.Code, p, k)
			}
		}
	}
}

// wanted leaves out what a ledger tells of kinds of outlet but for a nation's latest period: of an authority that may be a
// single outlet.
func (t *taking) wanted(x *measure.Part) bool {
	pair := x.Setting == "" || x.Setting == measure.DrugTreatment || x.Setting == measure.NonDrugTreatment
	return pair || x.Basis == measure.FromReturn || !t.local && x.Period.String() == t.period.String()
}

// takeTold keeps what was recorded of supplies, by one thing at a time, and by product.
func (t *taking) takeTold() {
	used := map[measure.PartKey]bool{}
	lists := map[string][]measure.Part{}
	for _, p := range t.compared() {
		list := t.reading(p)
		if !slices.ContainsFunc(list, func(x measure.Part) bool { return slices.Contains(dimensions, dimension(x.PartKey)) }) {
			list = append(slices.Clone(list), t.parts[rowKey(t.area.Code, p, measure.Sum)]...)
		}
		for _, x := range list {
			several := dimension(x.PartKey) == "" && x.PartKey != (measure.PartKey{}) && x.Basis == measure.FromReturn
			one := slices.Contains(dimensions, dimension(x.PartKey)) || x.Product != "" && p.String() == t.period.String()
			if several || one {
				lists[p.String()] = append(lists[p.String()], x)
				used[x.PartKey] = used[x.PartKey] || x.Kits != nil && *x.Kits != 0
			}
		}
	}
	for _, p := range t.compared() {
		for _, x := range lists[p.String()] {
			if !used[x.PartKey] {
				continue
			}
			t.partFigure(&x, t.area.Code)
			if x.Supplies == nil || x.Product != "" {
				continue
			}
			f := *t.figures[ID(string(measure.Dispensed), t.area.Code, p.String(), splitsOf(x.PartKey)...)]
			f.Measure, f.Definition, f.Value = Supplies, suppliesDefinition.Version, round(x.Supplies)
			f.ID = ID(f.Measure, f.Area, f.Period, f.Split...)
			t.counted[f.ID] = true
			t.put(f)
		}
	}
}

// takeChannelsOfAreas keeps the channels of each authority, those that the nation has.
func (t *taking) takeChannelsOfAreas() {
	used := map[measure.PartKey]bool{}
	for _, a := range append(slices.Clone(t.areas), t.area) {
		for _, row := range []measure.Row{measure.Own, measure.Sum, measure.Published} {
			for _, x := range t.parts[rowKey(a.Code, t.period, row)] {
				if isChannel(x.PartKey) && x.Kits != nil && *x.Kits != 0 {
					used[x.PartKey] = true
				}
			}
		}
	}
	for _, a := range t.areas {
		for _, x := range t.parts[rowKey(a.Code, t.period, measure.Own)] {
			if used[x.PartKey] {
				t.partFigure(&x, a.Code)
			}
		}
		for k := range used {
			t.absent(a.Code, t.period, k)
		}
	}
}

// sum says how totals divide: kits by channel, and community kits by setting where the settings are two that leave nothing
// out. A total is never made from its parts, nor a part from its total.
func (t *taking) sum() {
	name := string(measure.Dispensed)
	for _, p := range t.series {
		total := t.figure(name, t.area.Code, p)
		if total == nil {
			continue
		}
		var parts []*Figure
		for _, id := range sorted(t.figures) {
			f := t.figures[id]
			if f.Measure == name && f.Area == t.area.Code && f.Period == p.String() && len(f.Split) == 1 && f.Split[0].Key == "channel" &&
				f.State != measure.NotProvided.String() {
				parts = append(parts, f)
			}
		}
		t.divide(total, parts)
		community := Split{"channel", "community"}
		drug := t.figure(name, t.area.Code, p, community, Split{"setting", measure.DrugTreatment})
		other := t.figure(name, t.area.Code, p, community, Split{"setting", measure.NonDrugTreatment})
		if whole := t.figure(name, t.area.Code, p, community); whole != nil && drug != nil && other != nil {
			t.divide(whole, []*Figure{drug, other})
		}
	}
}

// divide notes one sum and keeps what is left over of it.
func (t *taking) divide(total *Figure, parts []*Figure) {
	if len(parts) == 0 {
		return
	}
	s := Sum{Total: total.ID}
	left, known := 0.0, total.Value != nil
	if known {
		left = *total.Value
	}
	key := "channel"
	for _, p := range parts {
		s.Parts = append(s.Parts, p.ID)
		if known = known && p.Value != nil; known {
			left -= *p.Value
		}
		if p.Word("setting") != "" {
			key = "setting"
		}
	}
	if known {
		s.Remainder = round(&left)
		if math.Abs(left) > 1e-9 {
			f := *total
			f.Split = ordered(append(slices.Clone(total.Split), Split{key, NotAttributed}))
			f.ID, f.Value, f.Notes = ID(f.Measure, f.Area, f.Period, f.Split...), s.Remainder, nil
			f.Numerator, f.Denominator, f.Covers = nil, nil, ""
			f.Source = strings.TrimPrefix(total.Source+"; what is left of the total", "; ")
			t.put(f)
		}
	}
	t.sums = append(t.sums, s)
}
