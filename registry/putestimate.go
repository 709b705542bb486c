package registry

import (
	"slices"
	"strconv"

	"everykit/fault"
)

// estimateRow is an estimate whose areas are still codes.
type estimateRow struct {
	Estimate
	areas []string
}

type estimateBatch []estimateRow

func (rows estimateBatch) store(in *intake) error {
	next := 1
	for _, e := range in.snap.estimates {
		next = max(next, e.ID+1)
	}
	given := map[estimateKey]*Estimate{}
	var values []any
	for i := range rows {
		found := in.resolveEstimate(i, &rows[i])
		if in.from[i].bad {
			continue // what could not be read must not be judged as 0
		}
		e := &rows[i].Estimate
		if bad := e.check(); len(bad) > 0 || !found {
			in.fault(i, bad...)
			continue
		}
		key := in.snap.keyOf(e)
		before := in.snap.byKey[key]
		if before == nil {
			before = given[key]
		}
		if before != nil && !before.same(e) && !in.addOnly {
			in.fault(i, fault.New(fault.Conflict, "this estimate stands already, with value %s", plainNumber(before.Value)).At("value").
				Hint("a revision has another published_on; take the old one out first if it was a slip"))
			continue
		}
		given[key] = e
		if !in.count(before != nil, before != nil) {
			continue
		}
		values = append(values, next, key.areas, int(e.Population), key.period, e.Value, numberOrNull(e.Low), numberOrNull(e.High),
			string(e.Published), e.Method, e.Source)
		next++
	}
	if in.faults > 0 {
		return nil
	}
	_, err := in.tx.Insert(in.ctx, "INSERT INTO estimate (id, areas, population, period, value, low, high, published, method, source) VALUES", 10, values, "")
	return err
}

// resolveEstimate finds the areas that a row names, and reports whether it knows them all.
func (in *intake) resolveEstimate(i int, r *estimateRow) bool {
	if len(r.areas) == 0 {
		in.fault(i, fault.New(fault.Invalid, "must be filled in").At("area"))
		return false
	}
	var areas []*Area
	for _, code := range r.areas {
		a, ok := in.snap.AreaByCode(code)
		if !ok {
			in.fault(i, fault.New(fault.Invalid, "%s", in.snap.UnknownArea(code)).At("area"))
			return false
		}
		areas = append(areas, a)
	}
	slices.SortFunc(areas, byAreaCode)
	r.Areas = nil
	for _, a := range slices.Compact(areas) {
		r.Areas = append(r.Areas, a.ID)
	}
	return true
}

// plainNumber writes a number as people do: 861, 2585.33.
func plainNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
