package measure

import (
	"context"

	"everykit/ledger"
)

var firstSupplies = Definition{
	Key:     FirstSupplies,
	Version: "first_supplies/1",
	Name:    "First supplies",
	Unit:    "people",
	Counts: "Supplies recorded as a person's first, to a person at risk, in a period, by the day they were made: one for each person served, whatever the " +
		"number of kits.",
	Source: "The ledger: what was recorded with each supply. Where an area keeps no ledger here, the total in its return. Where both are there the ledger is " +
		"taken, and the figure says what the return says; the two are never added.",
	Not: "Not kits, and not family, friends and workers. A supply of which nobody recorded whether it was the first is not in it, and the figure says how many " +
		"those were.",
	UsedBy: "Public Health Scotland, National Naloxone Programme.",
}

// firstFigures makes the rows of first supplies.
func (r *reading) firstFigures(ctx context.Context) ([]Figure, error) {
	ids := distinct(r.scope.ids())
	var err error
	if r.flows, err = readFlows(ctx, r.tx, ids, ledger.KindSupply, r.period.From, r.span.to); err != nil {
		return nil, err
	}
	counts, err := readTold(ctx, r.tx, ids, firstsAsked, r.period.From, r.span.to)
	if err != nil {
		return nil, err
	}
	if r.returns, err = readReturns(ctx, r.tx, ids, "first_supplies", r.asOf, r.today); err != nil {
		return nil, err
	}
	answers := map[int]answer{}
	r.published = map[int]answer{}
	for _, a := range r.areas(nil) {
		f := r.flow(a)
		own, spoke := r.fromLedger(a, f, everyChannel)
		if spoke && f.active != 0 {
			state := own.state
			if state != Partial {
				state = Counted
			}
			own = firsts(answer{state: state, basis: FromLedger, source: own.source, notes: own.notes}, r.sumTold(counts, a, len(firstsAsked)))
		}
		answers[a.ID] = r.taken(a, own, spoke && own.kits != nil, everyChannel)
	}
	return r.counts(answers), nil
}
