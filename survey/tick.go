package survey

import (
	"context"
	"errors"

	"everykit/civil"
	"everykit/staff"
	"everykit/store"
)

// clockwork is who does what the day brings: nobody in particular.
var clockwork = staff.Operator()

// Tick does what the day brings: a round closes on its day; who has not answered is reminded five working days before their
// own day and on the day after it; and what the ledger counts is read again for the checks, once a day. It is called every
// minute or so, by any number of processes: what was done is known from what is stored, so nothing is done twice, and what
// fell into an hour when no program ran is done afterwards.
func (s *Survey) Tick(ctx context.Context) error {
	var rounds []Round
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		rounds, err = readRounds(ctx, tx, "state IN (?, ?) AND imported = 0 ORDER BY id", int(Open), int(Closed))
		return err
	})
	var failed []error
	for i := range rounds {
		failed = append(failed, s.tick(ctx, &rounds[i])) // one round that fails must not keep the others
	}
	return errors.Join(err, errors.Join(failed...))
}

func (s *Survey) tick(ctx context.Context, r *Round) error {
	if !r.IsOpen() {
		return s.readLedgerDaily(ctx, r)
	}
	if r.ClosesOn != civil.None && s.today() >= r.ClosesOn {
		return s.db.Write(ctx, func(tx *store.Tx) error {
			r, err := lockRound(ctx, tx, clockwork, r.ID)
			if err != nil || !r.IsOpen() { // another process was quicker
				return err
			}
			return s.closeIn(ctx, tx, clockwork, r)
		})
	}
	due, err := s.remindersDue(ctx, r)
	if err != nil {
		return err
	}
	if due {
		err := s.db.Bulk(ctx, func(tx *store.Tx) error {
			r, err := lockRound(ctx, tx, clockwork, r.ID)
			if err != nil || !r.IsOpen() {
				return err
			}
			_, err = s.remindAll(ctx, tx, clockwork, r, r.reminderDue)
			return err
		})
		if err != nil {
			return err
		}
		s.post.Wake()
	}
	return s.readLedgerDaily(ctx, r)
}

// remindersDue reports whether anybody is to be reminded, without holding up those who write.
func (s *Survey) remindersDue(ctx context.Context, r *Round) (due bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		due = false
		records, err := s.everybody(ctx, tx, r)
		today := s.today()
		for i := range records {
			due = due || (records[i].remindable(today) && r.reminderDue(&records[i], today))
		}
		return err
	})
	return due, err
}

// reminderDue reports whether the day asks for a reminder: within the last working days before a respondent's day, if none
// was sent within them, or after it, if none was sent after it. A reminder sent by hand counts.
func (r *Round) reminderDue(w *record, today civil.Date) bool {
	if w.DueOn == civil.None {
		return false
	}
	from := addWorkingDays(r.Act, w.DueOn, -remindBefore)
	if today > w.DueOn {
		from = w.DueOn + 1
	}
	return today >= from && w.SentOn != today && (w.RemindedOn == civil.None || w.RemindedOn < from)
}
