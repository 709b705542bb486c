package survey

import (
	"context"
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
)

// The clock and the state of one respondent, as staff write it down.

// wait checks that a respondent of an open round was asked and is awaited.
func (c *change) awaited() error {
	if err := c.mustBeOpen(); err != nil {
		return err
	}
	switch {
	case c.w.asked == notAsked:
		return fault.New(fault.Refused, "nobody has written to them yet").Hint("send them the questions first")
	case c.w.Status == Answered:
		return fault.New(fault.Refused, "they have answered already")
	case c.w.RefusedFor != "":
		return fault.New(fault.Refused, "they have refused to answer")
	}
	return nil
}

// dayPast checks a day on which something happened: not before they were asked, not in the future.
func (c *change) dayPast(on civil.Date) error {
	switch {
	case on == 0 || on == civil.None:
		return fault.New(fault.Invalid, "give the day").At("on")
	case on > c.today:
		return fault.New(fault.Invalid, "%s is in the future", on.Words()).At("on")
	case c.w.SentOn != civil.None && on < c.w.SentOn:
		return fault.New(fault.Invalid, "%s is before they were asked, on %s", on.Words(), c.w.SentOn.Words()).At("on")
	}
	return nil
}

// reason tidies a reason that must be given.
func reason(typed, field string) (string, error) {
	text := strings.Join(strings.Fields(typed), " ")
	if words := textFault(text, mostReason, true); words != "" {
		return "", fault.New(fault.Invalid, "%s", words).At(field)
	}
	return text, nil
}

// Acknowledge writes down that they have it and work on it.
func (s *Survey) Acknowledge(ctx context.Context, by staff.Person, round, respondent int, on civil.Date) error {
	return s.change(ctx, by, round, respondent, "acknowledge survey", func(c *change) error {
		if err := c.awaited(); err != nil {
			return err
		}
		if err := c.dayPast(on); err != nil {
			return err
		}
		c.w.AcknowledgedOn = on
		c.say("Acknowledged on %s", on.Words())
		return nil
	})
}

// Pause writes down that they asked us to clarify: the clock stands until Resume.
func (s *Survey) Pause(ctx context.Context, by staff.Person, round, respondent int, on civil.Date, why string) error {
	return s.change(ctx, by, round, respondent, "pause survey", func(c *change) error {
		if err := c.awaited(); err != nil {
			return err
		}
		if c.w.PausedOn != civil.None {
			return fault.New(fault.Refused, "the clock stands already, since %s", c.w.PausedOn.Words())
		}
		if err := c.dayPast(on); err != nil {
			return err
		}
		text, err := reason(why, "why")
		if err != nil {
			return err
		}
		c.w.PausedOn, c.w.PausedFor = on, text
		c.say("Clock paused on %s, to clarify: %s", on.Words(), text)
		return nil
	})
}

// Resume writes down that they were given what they asked. By both Acts the clock then begins anew, in full: the request
// counts as received on the day they have the further information (Act of 2000, sections 1(3) and 10(6); Scotland's Act,
// sections 1(3) and 10(1)(b)). Where no Act runs the clock the last day moves by as many days as the clock stood.
func (s *Survey) Resume(ctx context.Context, by staff.Person, round, respondent int, on civil.Date) error {
	return s.change(ctx, by, round, respondent, "resume survey", func(c *change) error {
		if err := c.mustBeOpen(); err != nil {
			return err
		}
		if c.w.PausedOn == civil.None {
			return fault.New(fault.Refused, "the clock is running")
		}
		if err := c.dayPast(on); err != nil {
			return err
		}
		if on < c.w.PausedOn {
			return fault.New(fault.Invalid, "%s is before the clock was paused, on %s", on.Words(), c.w.PausedOn.Words()).At("on")
		}
		if c.round.Act != NoAct {
			c.w.DueOn = max(c.w.DueOn, DueOn(c.round.Act, on))
		} else if c.w.DueOn != civil.None {
			c.w.DueOn += on - c.w.PausedOn
		}
		c.w.PausedOn, c.w.PausedFor = civil.None, ""
		c.say("Clarified on %s: the clock runs again, to be answered by %s", on.Words(), c.w.DueOn.Words())
		return nil
	})
}

// Extend writes down that they need longer to weigh the public interest, until a day (Act of 2000, section 10(3)). Scotland's
// Act knows no such longer time: it is Refused there.
func (s *Survey) Extend(ctx context.Context, by staff.Person, round, respondent int, to civil.Date, why string) error {
	return s.change(ctx, by, round, respondent, "extend survey", func(c *change) error {
		if err := c.awaited(); err != nil {
			return err
		}
		if c.round.Act == ActScotland {
			return fault.New(fault.Refused, "Scotland's Act gives no longer time for the public interest").Hint("if they answer later, that is shown as late")
		}
		text, err := reason(why, "why")
		if err != nil {
			return err
		}
		switch {
		case to == 0 || to == civil.None:
			return fault.New(fault.Invalid, "give the day").At("to")
		case c.w.DueOn != civil.None && to <= c.w.DueOn:
			return fault.New(fault.Invalid, "%s is not later than now, %s", to.Words(), c.w.DueOn.Words()).At("to")
		case to > c.today+civil.Date(366):
			return fault.New(fault.Invalid, "%s is more than a year away: check it", to.Words()).At("to")
		}
		c.w.DueOn, c.w.ExtendedFor = to, text
		c.say("Extended to %s for the public interest: %s", to.Words(), text)
		return nil
	})
}

// Refuse writes down that they refused the whole of it, and the exemption they named. It is taken back by any answer.
func (s *Survey) Refuse(ctx context.Context, by staff.Person, round, respondent int, exemption string) error {
	return s.change(ctx, by, round, respondent, "refuse survey", func(c *change) error {
		text, err := reason(exemption, "exemption")
		if err != nil {
			return err
		}
		switch {
		case c.round.State == Draft:
			return c.mustBeOpen()
		case c.w.Status == Answered:
			return fault.New(fault.Refused, "they have answered already").Hint("a single answer can be marked as refused")
		}
		c.w.RefusedFor, c.w.RefusedOn = text, c.today
		c.w.PausedOn, c.w.PausedFor = civil.None, ""
		if c.w.asked == notAsked {
			c.w.asked = askedElsewhere
		}
		c.say("Refused: %s", text)
		return nil
	})
}

// Posted writes down that the printed questions went to somebody by post, and the day they have them: their clock begins.
func (s *Survey) Posted(ctx context.Context, by staff.Person, round, respondent int, on civil.Date) error {
	return s.change(ctx, by, round, respondent, "post survey", func(c *change) error {
		if err := c.mustBeOpen(); err != nil {
			return err
		}
		if c.w.asked == askedHere {
			return fault.New(fault.Refused, "they were asked on %s already", c.w.SentOn.Words())
		}
		if on == 0 || on == civil.None || on < c.round.SentOn {
			return fault.New(fault.Invalid, "give a day from %s on", c.round.SentOn.Words()).At("on")
		}
		if on > c.today+7 {
			return fault.New(fault.Invalid, "%s is too far away: give the day by which they will have it", on.Words()).At("on")
		}
		c.begin(on)
		c.say("Printed questions with them on %s, to be answered by %s", on.Words(), c.w.DueOn.Words())
		return nil
	})
}

// SetEmail corrects the address of a respondent; empty takes it away. In a round under way who has not answered is written
// to at the new address, with a new link. Links made before end, also of one who has answered: they went elsewhere, and
// whoever is there could change the answers.
func (s *Survey) SetEmail(ctx context.Context, by staff.Person, round, respondent int, email string) error {
	email = strings.TrimSpace(email)
	if email != "" {
		if err := mail.CheckAddress(email); err != nil {
			return fault.New(fault.Invalid, "this is not an e-mail address").At("email").Hint("write it like name@example.org")
		}
	}
	return s.change(ctx, by, round, respondent, "change survey address", func(c *change) error {
		if email == c.w.Email {
			return nil
		}
		before := c.w.Email
		c.w.Email = email
		c.say("Address changed")
		if c.round.State == Open && before != "" {
			c.say("Links made before have ended")
			if err := c.endLinks(); err != nil {
				return err
			}
		}
		if email == "" || c.round.State != Open || c.w.Status == Answered || c.w.RefusedFor != "" {
			return nil
		}
		return c.invite(fmt.Sprintf("invite/%d", c.tx.Now.UnixMilli()), true)
	})
}
