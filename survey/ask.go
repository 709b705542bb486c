package survey

import (
	"context"
	"fmt"

	"everykit/fault"
	"everykit/staff"
)

// Ask sends a query about an answer, in staff's own words, with a link. Refused where there is no address.
func (s *Survey) Ask(ctx context.Context, by staff.Person, round, respondent int, question, text string) error {
	return s.change(ctx, by, round, respondent, "query survey answer", func(c *change) error {
		q, err := c.asks(question)
		if err != nil {
			return err
		}
		text := tidyText(text)
		if words := textFault(text, mostReason, true); words != "" {
			return fault.New(fault.Invalid, "%s", words).At("text")
		}
		if c.round.State == Draft {
			return c.mustBeOpen()
		}
		if c.w.Email == "" {
			return fault.New(fault.Refused, "there is no e-mail address to write to").Hint("add one; or ask by telephone and write down what they say")
		}
		times := 0
		_, err = c.tx.Get(c.ctx, []any{&times}, "SELECT times FROM survey_query WHERE area = ? AND round = ? AND number = ? AND question = ?", c.w.Area, c.round.ID, c.w.Number, q.Key)
		if err != nil {
			return err
		}
		times++
		_, err = c.tx.Exec(c.ctx, `INSERT INTO survey_query (area, round, number, question, asked, times, queried_at, explained) VALUES (?, ?, ?, ?, ?, ?, ?, '')
			ON CONFLICT (area, round, number, question) DO UPDATE SET asked = excluded.asked, times = excluded.times, queried_at = excluded.queried_at`,
			c.w.Area, c.round.ID, c.w.Number, q.Key, text, times, c.tx.Now.UnixMilli())
		if err != nil {
			return err
		}
		url, err := c.newLink(false)
		if err != nil {
			return err
		}
		c.say("Asked about %s: %s", q.Label(), quoted(text))
		return c.write(fmt.Sprintf("ask/%s/%d", q.Key, times), "A question about your answer: "+c.round.Title, c.queryLetter(q, text, url))
	})
}

// asks finds a question that this respondent is asked.
func (c *change) asks(question string) (*Question, error) {
	q := c.round.question(question)
	if q == nil || !q.IsFor(c.w.Kind) {
		return nil, fault.New(fault.NotFound, "there is no such question here").At("question")
	}
	return q, nil
}

// Explain keeps what they said to a doubt. Empty takes it back.
func (s *Survey) Explain(ctx context.Context, by staff.Person, round, respondent int, question, text string) error {
	return s.change(ctx, by, round, respondent, "explain survey answer", func(c *change) error { return c.explain(question, text, false) })
}

func (c *change) explain(question, text string, mustBeAsked bool) error {
	q, err := c.asks(question)
	if err != nil {
		return err
	}
	text = tidyText(text)
	if words := textFault(text, mostReason, mustBeAsked); words != "" {
		return fault.New(fault.Invalid, "%s", words).At("text")
	}
	now := c.tx.Now.UnixMilli()
	changed, err := c.tx.Exec(c.ctx, "UPDATE survey_query SET explained = ?, explained_at = ? WHERE area = ? AND round = ? AND number = ? AND question = ?",
		text, now, c.w.Area, c.round.ID, c.w.Number, q.Key)
	switch {
	case err != nil:
		return err
	case changed == 0 && mustBeAsked:
		return fault.New(fault.Refused, "nobody asked about this answer").At("question")
	case changed == 0:
		_, err = c.tx.Exec(c.ctx, "INSERT INTO survey_query (area, round, number, question, asked, times, explained, explained_at) VALUES (?, ?, ?, ?, '', 0, ?, ?)",
			c.w.Area, c.round.ID, c.w.Number, q.Key, text, now)
	}
	c.say("Explained, %s: %s", q.Label(), quoted(text))
	return err
}
