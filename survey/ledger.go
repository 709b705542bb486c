package survey

import (
	"context"
	"time"

	"everykit/fault"
	"everykit/measure"
	"everykit/store"
)

// ledgerCount is what the ledger of an authority's outlets counted in the round's period, when it was last looked at. It is
// kept beside the answers so that a page of replies need not count again; the day's check brings it up to date.
type ledgerCount struct {
	bought *float64 // kits received from suppliers; nil where the authority does not use the ledger
	given  *float64 // kits given out in community settings, which is what the questionnaire asks for
	at     time.Time
}

// ledgerEvery is how often what is kept is read again.
const ledgerEvery = 24 * time.Hour

// readLedger counts for one respondent. ok is false where it could not be read, or is of no use.
func (s *Survey) readLedger(ctx context.Context, round, respondent int) (count ledgerCount, ok bool) {
	var r *Round
	var w *record
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if r, err = roundByID(ctx, tx, round); err != nil {
			return err
		}
		w, err = s.one(ctx, tx, r, respondent)
		return err
	})
	if err != nil || w.Kind != Authority {
		return ledgerCount{}, false
	}
	counts, err := s.ledgerCounts(ctx, r, w.Code)
	return counts[w.Area], err == nil
}

// ledgerCounts counts for an authority, or all those of a nation, by area: those that use the ledger and whose figures are
// of the whole period.
func (s *Survey) ledgerCounts(ctx context.Context, r *Round, area string) (map[int]ledgerCount, error) {
	counts := map[int]ledgerCount{}
	for _, key := range []measure.Key{measure.Purchased, measure.Dispensed, measure.Coverage} {
		figures, err := s.m.Figures(ctx, measure.Query{Measure: key, Period: r.Period, Area: area})
		if fault.Is(err, fault.Invalid) { // the period has not begun
			return counts, nil
		} else if err != nil {
			return nil, err
		}
		for i := range figures {
			f := &figures[i]
			whole := f.Row == measure.Own && f.Basis == measure.FromLedger && len(f.Group) < 2
			count, known := counts[f.AreaID], f.State == measure.Counted || f.State == measure.Zero
			switch {
			case key == measure.Purchased && whole && known:
				count.bought = f.Value
			case key == measure.Dispensed && whole && known:
				count.given = f.Value
			case key == measure.Coverage && count.given != nil: // only its community part, where that can be told
				if count.given = nil; whole {
					count.given = f.Numerator
				}
			default:
				continue
			}
			counts[f.AreaID] = count
		}
	}
	return counts, nil
}

// readLedgerDaily brings up to date what is kept of a round whose answers are checked.
func (s *Survey) readLedgerDaily(ctx context.Context, r *Round) error {
	var stale []record
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		stale = nil
		records, err := s.everybody(ctx, tx, r)
		for _, w := range records {
			if w.Kind == Authority && w.Status.HasAnswers() && tx.Now.Sub(w.ledger.at) >= ledgerEvery {
				stale = append(stale, w)
			}
		}
		return err
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	snap, err := s.reg.Now(ctx)
	if err != nil {
		return err
	}
	counts, err := s.ledgerCounts(ctx, r, snap.Area(r.Nation).Code)
	if err != nil {
		return err
	}
	return s.db.Bulk(ctx, func(tx *store.Tx) error {
		for _, w := range stale {
			count := counts[w.Area]
			_, err := tx.Exec(ctx, "UPDATE survey_respondent SET ledger_bought = ?, ledger_given = ?, ledger_at = ? WHERE area = ? AND round = ? AND number = ?",
				numberValue(count.bought), numberValue(count.given), tx.Now.UnixMilli(), w.Area, r.ID, w.Number)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func numberValue(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}
