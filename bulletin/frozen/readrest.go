package frozen

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"everykit/measure"
	"everykit/notice"
	"everykit/registry"
	"everykit/store"
)

// readMark counts what the ledger and the returns hold of the area, so that it can be told later whether anything came since.
func (t *taking) readMark(ctx context.Context) error {
	ids := measure.LedgersFor(t.snap, t.area, t.period.Last())
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	in := store.Marks(len(ids))
	return t.DB.Read(ctx, func(tx *store.Tx) error {
		m := &t.out.Mark
		for _, table := range []string{"movement", "nil_month"} {
			var n int64
			if _, err := tx.Get(ctx, []any{&n}, "SELECT COUNT(*) FROM "+table+" WHERE area IN ("+in+")", args...); err != nil {
				return err
			}
			m.Entries += n
		}
		return tx.Each(ctx, func(scan func(...any) error) error {
			var published registry.Published
			var n int64
			if err := scan(&published, &n); err != nil {
				return err
			}
			if t.of.AsOf >= t.today || published.By(t.of.AsOf) {
				m.Returns += n
			}
			return nil
		}, "SELECT published, COUNT(*) FROM area_return WHERE area IN ("+in+") GROUP BY published", args...)
	})
}

// takeDeaths keeps the yearly numbers of deaths that were published, of the kind of year that the latest is.
func (t *taking) takeDeaths() {
	n := 0
	var latest *registry.Estimate
	seen := map[string]bool{}
	for _, e := range t.snap.EstimatesFor(registry.OpioidDeaths, t.area.ID) { // the latest period first, and of one the latest publication
		known := !e.IsGroup() && e.Period.Months() == 12 && e.Published.By(t.of.AsOf) && e.Period.Last() <= t.of.AsOf
		if !known || seen[e.Period.String()] || n == deathsShown || latest != nil && latest.Period.IsFinancialYear() != e.Period.IsFinancialYear() {
			continue
		}
		if latest == nil {
			latest = e
		}
		seen[e.Period.String()] = true
		n++
		state := measure.Reported
		if e.Value == 0 {
			state = measure.Zero
		}
		source := e.Source
		if e.Published.Known() {
			source = strings.TrimPrefix(source+", published "+e.Published.Words(), ", ")
		}
		p := e.Period.String()
		t.put(Figure{
			ID: ID(Deaths, t.area.Code, p), Measure: Deaths, Area: t.area.Code, Period: p, State: state.String(), Value: round(&e.Value),
			Low: round(e.Low), High: round(e.High), Definition: deathsDefinition.Version, Source: source,
		})
	}
}

// readNotices reads the notices issued in the period whose lots outlets of the area had, or of which they were told.
func (t *taking) readNotices(ctx context.Context) error {
	t.out.Notices = []Notice{}
	list, err := t.Notices.List(ctx, notice.Filter{States: []notice.State{notice.Published, notice.Closed}})
	if err != nil {
		return err
	}
	ids := measure.LedgersFor(t.snap, t.area, t.period.Last())
	for _, n := range list {
		if n.Drill || n.IssuedOn < t.period.First() || n.IssuedOn > t.period.Last() {
			continue
		}
		effect, err := t.Notices.Effect(ctx, n.ID, 0)
		if err != nil {
			return err
		}
		one := Notice{Number: n.Number, Regulator: n.Regulator, Title: n.Title, Action: n.Action.String(), IssuedOn: n.IssuedOn.String(), Lots: len(n.Lines)}
		touched := false
		for _, row := range effect.Rows {
			if slices.Contains(ids, row.Area) {
				one.Outlets, one.Answered = one.Outlets+row.Told, one.Answered+row.Answered
				touched = touched || row.Told > 0 || row.Received != 0
			}
		}
		if touched {
			t.out.Notices = append(t.out.Notices, one)
		}
	}
	slices.SortFunc(t.out.Notices, func(a, b Notice) int {
		return cmp.Or(strings.Compare(a.IssuedOn, b.IssuedOn), strings.Compare(a.Regulator, b.Regulator), strings.Compare(a.Number, b.Number))
	})
	return nil
}

// readSilent says of which authorities something is missing. Where the total is the nation's own published one it does not rest
// on its authorities, and none is missing from it.
func (t *taking) readSilent(ctx context.Context) error {
	t.out.Silent = []Silent{}
	if t.published && !t.local {
		return nil
	}
	told, err := t.Measures.MonthsTold(ctx, t.area.Code, t.period, t.of.AsOf)
	if err != nil {
		return err
	}
	for _, a := range t.areas {
		f := t.figure(string(measure.Dispensed), a.Code, t.period)
		if f == nil {
			continue
		}
		s := Silent{Area: a.Code, Months: []string{}, Why: f.State}
		months, here := told[a.Code]
		if here { // its ledger is taken
			for m := t.period.From; m <= t.period.To; m++ {
				if !slices.Contains(months, m) {
					s.Months = append(s.Months, m.String())
				}
			}
			if len(s.Months) == 0 && f.State != measure.Partial.String() {
				continue
			}
			s.Why = measure.Partial.String()
		} else if f.Value != nil && f.State != measure.Partial.String() {
			continue
		}
		t.out.Silent = append(t.out.Silent, s)
	}
	return nil
}
