package survey

import (
	"context"
	"fmt"
	"slices"

	"everykit/civil"
	"everykit/staff"
	"everykit/store"
)

// Remind puts a reminder to each respondent of an open round that has an address and has not answered (all such if none are
// named), with a link of its own beside those sent before. At most one a day each: sent says how many there were.
func (s *Survey) Remind(ctx context.Context, by staff.Person, round int, respondents ...int) (sent int, err error) {
	err = s.db.Bulk(ctx, func(tx *store.Tx) error {
		sent = 0
		r, err := lockRound(ctx, tx, by, round)
		if err != nil {
			return err
		}
		if err := (&change{round: r}).mustBeOpen(); err != nil {
			return err
		}
		sent, err = s.remindAll(ctx, tx, by, r, func(w *record, today civil.Date) bool {
			return len(respondents) == 0 || slices.Contains(respondents, w.Number)
		})
		if err != nil {
			return err
		}
		return staff.Audit(ctx, tx, by, by.Area, "remind survey", subject(r.ID), fmt.Sprintf("%d letters", sent))
	})
	if err == nil {
		s.post.Wake()
	}
	return sent, err
}

// remindable reports whether a reminder may go to a respondent today.
func (w *record) remindable(today civil.Date) bool {
	awaited := w.Status == Waiting || w.Status == Acknowledged || w.Status == InPart
	return awaited && w.Email != "" && w.asked == askedHere && w.PausedOn == civil.None && w.RemindedOn != today
}

// remindAll writes to those of a round who may be reminded and are chosen.
func (s *Survey) remindAll(ctx context.Context, tx *store.Tx, by staff.Person, r *Round, chosen func(*record, civil.Date) bool) (int, error) {
	today := s.today()
	records, err := s.everybody(ctx, tx, r)
	if err != nil {
		return 0, err
	}
	sent := 0
	for i := range records {
		if !records[i].remindable(today) || !chosen(&records[i], today) {
			continue
		}
		c, err := s.hold(ctx, tx, by, r.ID, records[i].Number) // as it is now: an answer may just have come
		if err != nil {
			return 0, err
		}
		if !c.w.remindable(today) {
			continue
		}
		if err := c.remind(); err != nil {
			return 0, err
		}
		sent++
	}
	return sent, nil
}

func (c *change) remind() error {
	url, err := c.newLink(false)
	if err != nil {
		return err
	}
	if err := c.write("remind/"+c.today.String(), "Reminder: "+c.inviteSubject(), c.reminderLetter(url)); err != nil {
		return err
	}
	c.w.Reminders++
	c.w.RemindedOn = c.today
	c.say("Reminder sent")
	return c.store()
}
