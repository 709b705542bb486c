package frozen

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
)

// rowWords tell apart the readings of a nation that do not come first.
var rowWords = map[measure.Row]string{
	measure.Own: "own", measure.Sum: "sum", measure.Pooled: "pooled", measure.Mean: "mean", measure.Published: "published",
	measure.PublishedRatio: "published_ratio", measure.Whole: "whole",
}

// ofPeople are the measures of what is recorded of people.
var ofPeople = map[string]bool{
	string(measure.FirstSupplies): true, string(measure.Reach): true, string(measure.RepeatShare): true, string(measure.RepeatUsed): true, Supplies: true,
}

// readMeasure reads a measure for some periods; of those in each, for the authorities of a nation too.
func (t *taking) readMeasure(ctx context.Context, key measure.Key, periods, each []civil.Period) error {
	for _, p := range periods {
		list, err := t.Measures.Figures(ctx, measure.Query{Measure: key, Period: p, Area: t.area.Code, AsOf: t.of.AsOf})
		if err != nil {
			return err
		}
		var own []measure.Figure
		for i := range list {
			f := &list[i]
			switch {
			case f.AreaID == t.area.ID:
				own = append(own, *f)
			case !t.local && within(each, p) && !isAbove(f.Kind) && t.hasArea(f.AreaID):
				t.take(f, "")
			}
		}
		// The reading that a reader is given first is the first that has a number.
		slices.SortStableFunc(own, func(a, b measure.Figure) int { return cmp.Compare(lacks(&a), lacks(&b)) })
		for i := range own {
			row := ""
			if i > 0 {
				row = rowWords[own[i].Row]
			}
			t.take(&own[i], row)
		}
		if key == measure.Dispensed && p.String() == t.period.String() && len(own) > 0 {
			t.published = own[0].Row == measure.Published
		}
	}
	return nil
}

func isAbove(kind string) bool { return kind == registry.Nation || kind == registry.Region }

func lacks(f *measure.Figure) int {
	if f.Value != nil {
		return 0
	}
	return 1
}

func (t *taking) hasArea(id int) bool {
	return slices.ContainsFunc(t.areas, func(a *registry.Area) bool { return a.ID == id })
}

// take keeps a figure.
func (t *taking) take(m *measure.Figure, row string) {
	f := Figure{
		Measure: string(m.Measure), Area: m.Area, Period: m.Period.String(), State: m.State.String(), Value: round(m.Value), Numerator: round(m.Numerator),
		Denominator: round(m.Denominator), Low: round(m.Low), High: round(m.High), Limits: m.Limits, Expected: round(m.Expected), With: m.With, Of: m.Of,
		Definition: m.Definition, Source: m.Source, Notes: slices.Clone(m.Notes),
	}
	if row != "" {
		f.Split = []Split{{"row", row}}
	}
	f.ID = ID(f.Measure, f.Area, f.Period, f.Split...)
	if m.Basis&measure.FromLedger != 0 {
		t.counted[f.ID] = true
		if ofPeople[f.Measure] { // a note that names a number would tell what disclosure control may hide
			f.Notes = slices.DeleteFunc(f.Notes, func(s string) bool { return strings.ContainsAny(s, "0123456789") })
		}
	}
	if e := m.Estimate; e != nil && m.Value != nil {
		area := m.Area
		if len(m.Group) > 0 {
			area = strings.Join(m.Group, " ")
		}
		one := Estimate{
			Area: area, Population: e.Population.String(), Period: e.Period.String(), Source: e.Source, Method: e.Method, Published: string(e.Published),
			Value: *round(&e.Value), Low: round(e.Low), High: round(e.High),
		}
		if one.Population != "" {
			t.estimates[strings.Join([]string{one.Area, one.Population, one.Period, one.Published, one.Method, one.Source}, "|")] = one
		}
	}
	t.put(f)
}

func (t *taking) put(f Figure) {
	if len(f.Notes) == 0 {
		f.Notes = nil
	}
	t.figures[f.ID] = &f
}

// figure finds one that was taken; nil if there is none.
func (t *taking) figure(measure, area string, p civil.Period, splits ...Split) *Figure {
	return t.figures[ID(measure, area, p.String(), splits...)]
}

// readSeries reads the plain counts, and with the first of them which authorities there are.
func (t *taking) readSeries(ctx context.Context) error {
	if !t.local {
		list, err := t.Measures.Figures(ctx, measure.Query{Measure: measure.Dispensed, Period: t.period, Area: t.area.Code, AsOf: t.of.AsOf})
		if err != nil {
			return err
		}
		for _, f := range list {
			if !isAbove(f.Kind) {
				t.areas = append(t.areas, t.snap.Area(f.AreaID))
			}
		}
		slices.SortFunc(t.areas, func(a, b *registry.Area) int { return strings.Compare(a.Code, b.Code) })
	} else {
		t.areas = []*registry.Area{t.area}
	}
	if err := t.readMeasure(ctx, measure.Dispensed, t.series, t.compared()); err != nil {
		return err
	}
	if err := t.readMeasure(ctx, measure.Purchased, t.compared(), nil); err != nil {
		return err
	}
	return t.readMeasure(ctx, measure.FirstSupplies, t.series, nil)
}

// readRatios reads what is divided by something.
func (t *taking) readRatios(ctx context.Context) error {
	now, year := []civil.Period{t.period}, []civil.Period{t.year}
	for _, one := range []struct {
		key           measure.Key
		periods, each []civil.Period
	}{
		{measure.RepeatShare, union(now, []civil.Period{t.yearAgo}), nil},
		{measure.RepeatUsed, union(now, []civil.Period{t.yearAgo}), nil},
		{measure.Reach, t.series, now},
		{measure.LiveCoverage, t.compared(), now},
		{measure.Coverage, union(year, []civil.Period{t.yearBefore}), year},
		{measure.CoverageTreatment, year, nil},
		{measure.KitsPerDeath, t.years, nil},
	} {
		if err := t.readMeasure(ctx, one.key, one.periods, one.each); err != nil {
			return err
		}
	}
	return nil
}
