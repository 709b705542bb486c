package report

import (
	"context"
	"strconv"

	"everykit/civil"
	"everykit/document"
	"everykit/measure"
	"everykit/registry"
)

// coverage is an authority's coverage of the latest financial year that has ended, beside its nation's.
type coverage struct {
	year        civil.Period
	own, nation *measure.Figure
	nationName  string
}

func (r *Reports) readCoverage(ctx context.Context, snap *registry.Snapshot, area *registry.Area, p civil.Period) (coverage, error) {
	c := coverage{year: yearEnded(p)}
	above := snap.NationOf(area.ID)
	code := area.Code
	if above != nil {
		code, c.nationName = above.Code, above.Name
	}
	rows, err := r.measures.Figures(ctx, measure.Query{Measure: measure.Coverage, Period: c.year, Area: code})
	for i := range rows {
		f := &rows[i]
		switch {
		case area.IsAuthority() && f.AreaID == area.ID:
			c.own = f
		case above != nil && f.AreaID == above.ID && f.Row == measure.Pooled && f.Value != nil:
			c.nation = f
		}
	}
	return c, err
}

// below reports whether the authority's coverage is known to be below the nation's.
func (c coverage) below() bool {
	return c.own != nil && c.nation != nil && c.own.Value != nil && c.nation.Value != nil && *c.own.Value < *c.nation.Value
}

// blocks says it in sentences; nothing where there is no authority.
func (c coverage) blocks(area *registry.Area) []document.Block {
	if c.own == nil {
		return nil
	}
	text := "Coverage of " + area.Name + " in " + c.year.String() + " is not known: " + lower(c.own.State.Words()) + "."
	if c.own.Value != nil {
		text = area.Name + " gave out " + one(*c.own.Value) + " kits per 100 people who use opiates in " + c.year.String() + "."
		if c.own.Estimate != nil {
			text += " The number of people is an estimate: " + c.own.Estimate.Period.String() + "."
		}
	}
	if c.nation != nil {
		text += " In " + c.nationName + " it was " + one(*c.nation.Value) + ", of all authorities with both numbers. The aim is 100: one kit for each person."
	}
	return []document.Block{document.Para{Text: text}}
}

// one is a number to one decimal.
func one(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
