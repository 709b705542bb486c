package survey

import (
	"context"
	"fmt"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// Open sends a draft: freezes its questions, sets the days, and puts one letter with a personal link for each respondent
// with an address, all in one transaction. Who has no address stays "not sent" until a link or a form is printed for them
// (NewLink, Posted). Conflict if it was sent before.
func (s *Survey) Open(ctx context.Context, by staff.Person, round int) error {
	err := s.db.Bulk(ctx, func(tx *store.Tx) error {
		r, err := lockRound(ctx, tx, by, round)
		if err != nil {
			return err
		}
		if r.State != Draft {
			return fault.New(fault.Conflict, "this round was sent already").Hint("nothing was sent twice; open it to see who has answered")
		}
		records, err := s.everybody(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := r.ready(s.today(), records).Err(); err != nil {
			return err
		}
		r.State, r.SentOn = Open, s.today()
		r.DueOn = r.dueFrom(r.SentOn)
		_, err = tx.Exec(ctx, "UPDATE survey_round SET state = ?, sent_on = ?, due_on = ? WHERE id = ?", int(r.State), dayValue(r.SentOn), dayValue(r.DueOn), r.ID)
		if err != nil {
			return err
		}
		letters := 0
		for i := range records {
			if records[i].Email == "" {
				continue
			}
			c := &change{ctx: ctx, tx: tx, s: s, round: r, w: &records[i], by: by, today: r.SentOn}
			if err := c.invite("invite", false); err != nil {
				return err
			}
			letters++
		}
		return staff.Audit(ctx, tx, by, by.Area, "send survey", subject(r.ID), fmt.Sprintf("%s, %d asked, %d letters", r.Key, len(records), letters))
	})
	if err == nil {
		s.post.Wake()
	}
	return err
}

// ready says all that keeps a draft from being sent today.
func (r *Round) ready(today civil.Date, records []record) fault.List {
	var bad fault.List
	add := func(field, format string, args ...any) *fault.Error {
		f := fault.New(fault.Refused, format, args...).At(field)
		bad = append(bad, f)
		return f
	}
	if len(records) == 0 {
		add("respondents", "nobody is asked").Hint("choose who is asked")
	}
	for _, kind := range RespondentKinds() {
		some := false
		for i := range records {
			some = some || records[i].Kind == kind
		}
		if some && len(r.QuestionsOf(kind)) == 0 {
			add("questions", "there is no question for this kind of respondent: %s", kind.Words())
		}
	}
	due := r.dueFrom(today)
	switch {
	case due == civil.None:
		add("due_on", "give the day by which they are to answer").Hint("no Act sets it for this round")
	case due <= today:
		add("due_on", "%s is not in the future", due.Words())
	case r.ClosesOn != civil.None && r.ClosesOn <= due:
		add("closes_on", "the round would close on %s, before the last day for an answer, %s", r.ClosesOn.Words(), due.Words())
	}
	return bad
}

// invite writes to a respondent with a personal link, and begins their clock.
func (c *change) invite(key string, endLinks bool) error {
	c.begin(c.today)
	c.say("Sent by e-mail, to be answered by %s", c.w.DueOn.Words())
	url, err := c.newLink(endLinks)
	if err != nil {
		return err
	}
	if err := c.write(key, c.inviteSubject(), c.inviteLetter(url)); err != nil {
		return err
	}
	return c.store()
}

// Close ends a round: who has said nothing is "no reply". Links can still be read, and no longer answered by. Staff may
// still enter and correct answers. A round that has closed stays as it is.
func (s *Survey) Close(ctx context.Context, by staff.Person, round int) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		r, err := lockRound(ctx, tx, by, round)
		if err != nil {
			return err
		}
		switch {
		case r.State == Draft:
			return fault.New(fault.Refused, "this round has not been sent yet")
		case r.Ended():
			return nil
		}
		return s.closeIn(ctx, tx, by, r)
	})
}

func (s *Survey) closeIn(ctx context.Context, tx *store.Tx, by staff.Person, r *Round) error {
	if _, err := tx.Exec(ctx, "UPDATE survey_round SET state = ?, closed_on = ? WHERE id = ?", int(Closed), int(s.today()), r.ID); err != nil {
		return err
	}
	// Whoever is being answered for at this moment has its row in hand: wait for them, so that none slips in afterwards.
	if _, err := tx.Exec(ctx, "UPDATE survey_respondent SET version = version WHERE round = ?", r.ID); err != nil {
		return err
	}
	return staff.Audit(ctx, tx, by, by.Area, "close survey", subject(r.ID), r.Key)
}

// Publish makes findings and answers public. Refused before the round has closed; again changes nothing.
func (s *Survey) Publish(ctx context.Context, by staff.Person, round int) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		r, err := lockRound(ctx, tx, by, round)
		if err != nil {
			return err
		}
		switch r.State {
		case Published:
			return nil
		case Closed:
		default:
			return fault.New(fault.Refused, "a round is published after it has closed").Hint("close it first")
		}
		if _, err := tx.Exec(ctx, "UPDATE survey_round SET state = ? WHERE id = ?", int(Published), r.ID); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, by.Area, "publish survey", subject(r.ID), r.Key)
	})
}
