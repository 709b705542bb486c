package survey

import (
	"context"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
	"everykit/token"
)

// Form is what stands behind a personal link.
type Form struct {
	Round *Round
	Reply *Reply
	Open  bool // can still be answered by
}

// findLink gives whose link a token is. NotFound for one never given out, or ended since another was made.
func findLink(ctx context.Context, tx *store.Tx, text string) (area, round, respondent int, err error) {
	none := fault.New(fault.NotFound, "this link is not known here").Hint("open it again from the letter, whole; if you have had a newer letter, use the link in that one")
	area, hash, ok := token.Read(text)
	if !ok {
		return 0, 0, 0, none
	}
	found, err := tx.Get(ctx, []any{&round, &respondent}, "SELECT round, number FROM survey_link WHERE area = ? AND token = ? AND ended_at IS NULL", area, hash)
	if err == nil && !found {
		err = none
	}
	return area, round, respondent, err
}

// ByToken reads what stands behind a personal link, and writes down that it was opened. NotFound for a token never given
// out. A link stays good for reading after its round has closed.
func (s *Survey) ByToken(ctx context.Context, token string) (*Form, error) {
	var f *Form
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		_, round, respondent, err := findLink(ctx, tx, token)
		if err != nil {
			return err
		}
		r, err := roundByID(ctx, tx, round)
		if err != nil {
			return err
		}
		reply, err := s.replyIn(ctx, tx, r, respondent)
		f = &Form{Round: r, Reply: reply, Open: r.IsOpen()}
		return err
	})
	if err != nil || !f.Reply.OpenedAt.IsZero() {
		return f, err
	}
	return f, s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := s.hold(ctx, tx, staff.Person{}, f.Round.ID, f.Reply.Number)
		if err != nil || !c.w.OpenedAt.IsZero() {
			return err
		}
		c.w.OpenedAt = tx.Now
		c.say("Link opened for the first time")
		return c.store()
	})
}

// AcknowledgeByToken says that they have it and work on it. Again changes nothing.
func (s *Survey) AcknowledgeByToken(ctx context.Context, token string) error {
	return s.byLink(ctx, token, func(c *change) error {
		if c.w.AcknowledgedOn == civil.None {
			c.w.AcknowledgedOn = c.today
			c.say("Acknowledged by link")
		}
		return nil
	})
}

// ExplainByToken keeps what they say to a doubt that staff asked about. Refused if nobody asked.
func (s *Survey) ExplainByToken(ctx context.Context, token, question, text string) error {
	return s.byLink(ctx, token, func(c *change) error { return c.explain(question, text, true) })
}

// byLink runs a deed of whoever holds a link, while the round is open.
func (s *Survey) byLink(ctx context.Context, token string, fn func(*change) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		_, round, respondent, err := findLink(ctx, tx, token)
		if err != nil {
			return err
		}
		c, err := s.hold(ctx, tx, staff.Person{}, round, respondent)
		if err != nil {
			return err
		}
		if c.round.Ended() {
			return closedToLinks(c.round)
		}
		if err := fn(c); err != nil {
			return err
		}
		return c.store()
	})
}

// newLink makes a personal link. Those there were stay good, unless the old ones end.
func (c *change) newLink(end bool) (url string, err error) {
	if end {
		if err := c.endLinks(); err != nil {
			return "", err
		}
	}
	text, hash := token.New(c.w.Area)
	_, err = c.tx.Exec(c.ctx, "INSERT INTO survey_link (area, token, round, number, made_at) VALUES (?, ?, ?, ?, ?)",
		c.w.Area, hash, c.round.ID, c.w.Number, c.tx.Now.UnixMilli())
	return c.s.site + "/s/" + text, err
}

// endLinks ends all personal links of a respondent.
func (c *change) endLinks() error {
	_, err := c.tx.Exec(c.ctx, "UPDATE survey_link SET ended_at = ? WHERE area = ? AND round = ? AND number = ? AND ended_at IS NULL",
		c.tx.Now.UnixMilli(), c.w.Area, c.round.ID, c.w.Number)
	return err
}

// NewLink makes a fresh personal link for one respondent, for a printed letter; the old ones end. It is shown once. If
// nobody has written to them before, their clock begins today.
func (s *Survey) NewLink(ctx context.Context, by staff.Person, round, respondent int) (url string, err error) {
	err = s.change(ctx, by, round, respondent, "make survey link", func(c *change) error {
		if err := c.mustBeOpen(); err != nil {
			return err
		}
		c.say("New link made, to be printed; links made before have ended")
		c.begin(c.today)
		url, err = c.newLink(true)
		return err
	})
	if err != nil {
		url = ""
	}
	return url, err
}
