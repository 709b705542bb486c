package registry

import "everykit/civil"

// Latest says which estimate a figure takes for an area: of the same population, published by asOf (not known counts as
// published), with a period that does not end after the figure's own; the one with the latest period, then the latest
// publication. found is false if there is none: no other population or area ever stands in.
//
// An estimate for several areas together is given too (see Estimate.IsGroup): it is a denominator only for all of its
// areas together.
func (s *Snapshot) Latest(p Population, area int, period civil.Period, asOf civil.Date) (e Estimate, found bool) {
	for _, e := range s.byArea[areaPopulation{area, p}] {
		if e.Period.To <= period.To && e.Published.By(asOf) {
			return *e, true
		}
	}
	return Estimate{}, false
}

// EstimatesFor lists what is known of a population in an area, the one that Latest would take first.
func (s *Snapshot) EstimatesFor(p Population, area int) []*Estimate {
	return append([]*Estimate(nil), s.byArea[areaPopulation{area, p}]...)
}

// Estimates lists every estimate, by area, population and period.
func (s *Snapshot) Estimates() []*Estimate { return append([]*Estimate(nil), s.estimates...) }
