package survey

import (
	"context"
	"fmt"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// change is a deed on one respondent, within its transaction.
type change struct {
	ctx    context.Context
	tx     *store.Tx
	s      *Survey
	round  *Round
	w      *record
	by     staff.Person
	today  civil.Date
	events []string // to be written into the history
}

// change runs a deed of staff on one respondent. What fn does to the record is stored, and what it says goes into the
// history and, under the deed's name, into the audit log.
func (s *Survey) change(ctx context.Context, by staff.Person, round, respondent int, deed string, fn func(*change) error) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := s.hold(ctx, tx, by, round, respondent)
		if err != nil {
			return err
		}
		if err := mayRun(by, c.round.Nation); err != nil {
			return err
		}
		if err := fn(c); err != nil {
			return err
		}
		if err := c.store(); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, c.w.Area, deed, fmt.Sprintf("survey %d respondent %d", round, respondent), "")
	})
	if err == nil {
		s.post.Wake()
	}
	return err
}

// hold takes hold of a respondent's row, so that of two changes one waits, and then reads it and its round. The closing of
// a round takes hold of its respondents too: what is read here of the round stays so until the end.
func (s *Survey) hold(ctx context.Context, tx *store.Tx, by staff.Person, round, respondent int) (*change, error) {
	if _, err := tx.Exec(ctx, "UPDATE survey_respondent SET version = version WHERE round = ? AND number = ?", round, respondent); err != nil {
		return nil, err
	}
	r, err := roundByID(ctx, tx, round)
	if err != nil {
		return nil, err
	}
	w, err := s.one(ctx, tx, r, respondent)
	if err != nil {
		return nil, err
	}
	return &change{ctx: ctx, tx: tx, s: s, round: r, w: w, by: by, today: s.today()}, nil
}

// say puts a line into the respondent's history.
func (c *change) say(format string, args ...any) {
	line := format
	if len(args) > 0 {
		line = fmt.Sprintf(format, args...)
	}
	c.events = append(c.events, line)
}

// store writes the record and its history.
func (c *change) store() error {
	if err := c.w.store(c.ctx, c.tx, c.round.ID); err != nil {
		return err
	}
	return c.tell()
}

// tell writes the history alone.
func (c *change) tell() error {
	if len(c.events) == 0 {
		return nil
	}
	seq := 0
	if _, err := c.tx.Get(c.ctx, []any{&seq}, "SELECT COALESCE(MAX(seq), 0) FROM survey_event WHERE area = ? AND round = ? AND number = ?", c.w.Area, c.round.ID, c.w.Number); err != nil {
		return err
	}
	const columns = 7
	var values []any
	for _, what := range c.events {
		seq++
		values = append(values, c.w.Area, c.round.ID, c.w.Number, seq, c.tx.Now.UnixMilli(), c.by.ID, what)
	}
	c.events = nil
	_, err := c.tx.Insert(c.ctx, "INSERT INTO survey_event (area, round, number, seq, at, staff, what) VALUES", columns, values, "")
	return err
}

// store writes all of a record that can change.
func (w *record) store(ctx context.Context, tx *store.Tx, round int) error {
	_, err := tx.Exec(ctx, `UPDATE survey_respondent SET email = ?, asked = ?, sent_at = ?, sent_on = ?, opened_at = ?, acknowledged_on = ?, due_on = ?, paused_on = ?, paused_for = ?,
		extended_for = ?, answered_on = ?, refused_on = ?, refused_for = ?, reminders = ?, reminded_on = ?, done = ?, letter = ?, answers = ?, aside = ?, version = ?,
		ledger_bought = ?, ledger_given = ?, ledger_at = ? WHERE area = ? AND round = ? AND number = ?`,
		w.Email, int(w.asked), instantValue(w.SentAt), dayValue(w.SentOn), instantValue(w.OpenedAt), dayValue(w.AcknowledgedOn), dayValue(w.DueOn), dayValue(w.PausedOn), w.PausedFor,
		w.ExtendedFor, dayValue(w.AnsweredOn), dayValue(w.RefusedOn), w.RefusedFor, w.Reminders, dayValue(w.RemindedOn), bit(w.done), w.Letter, pack(w.Answers), pack(w.Aside), w.Version,
		numberValue(w.ledger.bought), numberValue(w.ledger.given), instantValue(w.ledger.at), w.Area, round, w.Number)
	return err
}

// mustBeOpen refuses a deed on a round that is not under way.
func (c *change) mustBeOpen() error {
	switch {
	case c.round.State == Draft:
		return fault.New(fault.Refused, "this round has not been sent yet").Hint("send it first")
	case c.round.Ended():
		return fault.New(fault.Refused, "this round has closed").Hint("an answer that came by letter can still be entered")
	}
	return nil
}
