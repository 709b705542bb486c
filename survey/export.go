package survey

import (
	"context"
	"slices"
	"strings"

	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
	"everykit/table"
)

// ExportAnswers writes all answers (of one round by its key, or of all that were sent for ""), by round, respondent and
// question, and says how many rows that were. out was made with the columns of Kind; it is not closed. What is written can be
// imported into a database with the same registry, and gives the same answers and the same silences.
//
// public is for anybody: rounds that are published, without private questions, and without the source that staff wrote beside
// an answer to a round sent from here, which may name a person. That of a round which came in by a file says what it was taken
// from, and is for anybody. A round that is not published is Refused.
func (s *Survey) ExportAnswers(ctx context.Context, out table.Out, round string, public bool) (int, error) {
	rows := 0
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		rows = 0
		snap, err := s.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		rounds, err := exported(ctx, tx, round, public)
		if err != nil {
			return err
		}
		for i := range rounds {
			r := &rounds[i]
			records, err := s.everybody(ctx, tx, r)
			if err != nil {
				return err
			}
			slices.SortStableFunc(records, func(a, b record) int { return strings.Compare(a.cell(snap), b.cell(snap)) })
			for j := range records {
				n, err := r.export(snap, out, &records[j], public)
				rows += n
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	return rows, err
}

func exported(ctx context.Context, tx *store.Tx, round string, public bool) ([]Round, error) {
	least := Open
	if public {
		least = Published
	}
	if round == "" {
		return readRounds(ctx, tx, "state >= ? ORDER BY period, id", int(least))
	}
	found, err := roundsCalled(ctx, tx, round)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, noRound()
	case public && found[0].State < least:
		return nil, fault.New(fault.Refused, "this round is not published")
	}
	return found, nil
}

// export writes one respondent.
func (r *Round) export(snap *registry.Snapshot, out table.Out, w *record, public bool) (rows int, err error) {
	name := w.cell(snap)
	for i := range r.Questions {
		q := &r.Questions[i]
		a, ok := w.Answers[q.Key]
		if !ok || (public && q.Private) {
			continue
		}
		source := a.Source
		if public && (a.By == ByStaff || !r.Imported) {
			source = ""
		}
		if err := out.Write(r.Key, name, q.Key, a.cellText(), a.State.String(), source); err != nil {
			return rows, err
		}
		rows++
	}
	state, why := measure.State(0), ""
	switch {
	case w.RefusedFor != "":
		state, why = measure.Refused, w.RefusedFor
	case w.Status == NoReply:
		state = measure.NoReply
	case w.Status == NotSent && r.Ended():
		state = measure.NotAsked
	default:
		return rows, nil
	}
	if err := out.Write(r.Key, name, wholeReply, why, state.String(), ""); err != nil {
		return rows, err
	}
	return rows + 1, nil
}

// cellText is an answer as a file has it; empty for one that is only a state.
func (a Answer) cellText() string {
	switch {
	case a.Number != nil:
		return measure.Number(a.Number)
	case len(a.Options) > 0:
		return strings.Join(a.Options, ";")
	}
	return a.Text
}
