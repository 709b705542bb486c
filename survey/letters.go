package survey

import (
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/mail"
)

// write puts a letter to the respondent into the outbox, sealed where there is a key to seal it with: it holds a link that
// needs no password.
func (c *change) write(key, subject, text string) error {
	m := mail.Message{
		Area: c.w.Area, Key: fmt.Sprintf("survey/%d/%d/%s", c.round.ID, c.w.Number, key), To: c.w.Email, Subject: subject, Text: text, Private: true,
	}
	_, err := c.s.post.Put(c.ctx, c.tx, m)
	if fault.Is(err, fault.Unavailable) { // no key: better sent unsealed than not
		m.Private = false
		_, err = c.s.post.Put(c.ctx, c.tx, m)
	}
	return err
}

func (c *change) inviteSubject() string {
	if c.w.DueOn == civil.None {
		return c.round.Title
	}
	return c.round.Title + ": please answer by " + c.w.DueOn.Words()
}

// DefaultLetter is what the invitation says before the link where nobody wrote other words. {period} and {area} are filled
// in, as in a round's own.
const DefaultLetter = `Hello,

We ask every area how people can get take-home naloxone: a kit that anybody can carry and that reverses an opioid overdose. Your answers show where kits reach people, and where more help is needed.

The questions are about {area} in {period}. Please answer what you can. Where you do not know a number, or do not hold it, say so: that is an answer too.`

// inviteLetter is the first letter.
func (c *change) inviteLetter(url string) string {
	words := c.round.Letter
	if words == "" {
		words = DefaultLetter
	}
	var b strings.Builder
	b.WriteString(strings.NewReplacer("{period}", "the year "+c.round.Period.Words(), "{area}", c.w.Name).Replace(words))
	b.WriteString("\n\n")
	c.howTo(&b, url)
	c.byWhen(&b)
	c.end(&b)
	return b.String()
}

func (c *change) howTo(b *strings.Builder, url string) {
	fmt.Fprintf(b, "Answer here. You need no account and no password:\n%s\n\n", url)
	b.WriteString("You can save what you have and come back. You can also print the questions there and answer on paper. ")
	b.WriteString("The link is for you: pass it on only to those who help you to answer.\n")
}

// byWhen says by when, and by what law.
func (c *change) byWhen(b *strings.Builder) {
	if c.w.DueOn == civil.None {
		return
	}
	fmt.Fprintf(b, "\nPlease answer by %s.", c.w.DueOn.Words())
	if c.round.Act != NoAct {
		fmt.Fprintf(b, " This is a request under the %s.", c.round.Act.Words())
	}
	b.WriteString("\n")
	if c.round.ClosesOn != civil.None {
		fmt.Fprintf(b, "The survey closes on %s. After that the link can be read only.\n", c.round.ClosesOn.Words())
	}
}

func (c *change) end(b *strings.Builder) {
	if c.round.Contact != "" {
		fmt.Fprintf(b, "\nQuestions? Write to %s.\n", c.round.Contact)
	}
	b.WriteString("\nThank you.\n")
}

// reminderLetter asks once more.
func (c *change) reminderLetter(url string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Hello,\n\nWe asked you about take-home naloxone in %s, %s.\n\n", c.w.Name, c.round.Period.Words())
	switch {
	case c.w.DueOn != civil.None && c.today > c.w.DueOn:
		fmt.Fprintf(&b, "Your answer was due by %s and is not here yet. Please send it as soon as you can; a part is better than nothing.\n", c.w.DueOn.Words())
	case c.w.Status == InPart:
		fmt.Fprintf(&b, "Thank you for what you have answered so far. Some of it is still open. Please send the rest by %s.\n", c.w.DueOn.Words())
	case c.w.Status == Acknowledged:
		fmt.Fprintf(&b, "Thank you for telling us that you are working on it. Your answer is due by %s.\n", c.w.DueOn.Words())
	case c.w.DueOn != civil.None:
		fmt.Fprintf(&b, "Your answer is due by %s.\n", c.w.DueOn.Words())
	}
	b.WriteString("\n")
	c.howTo(&b, url)
	b.WriteString("\nIf your answer is on its way, thank you: there is nothing more to do.\n")
	c.end(&b)
	return b.String()
}

// queryLetter asks about one answer.
func (c *change) queryLetter(q *Question, text, url string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Hello,\n\nThank you for answering about take-home naloxone in %s. We have a question about one answer.\n\n", c.w.Name)
	fmt.Fprintf(&b, "%s. %s\n", q.Number, q.Words(c.round, c.w.Respondent).Text)
	if a, ok := c.w.Answers[q.Key]; ok {
		fmt.Fprintf(&b, "You wrote: %s\n", quoted(q.Say(a)))
	}
	fmt.Fprintf(&b, "\n%s\n\n", text)
	if c.round.IsOpen() {
		fmt.Fprintf(&b, "If the answer is right, tell us why it is so. If not, you can correct it. Both here, without an account:\n%s\n", url)
	} else {
		b.WriteString("The survey has closed, so please answer by e-mail.\n")
	}
	c.end(&b)
	return b.String()
}
