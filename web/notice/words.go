package notice

import (
	"time"

	"everykit/civil"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// actionTones are the colours of actions: how soon somebody must do something about a kit.
var actionTones = map[notice.Action]page.Tone{
	notice.Withdraw: page.Bad, notice.Check: page.Soon, notice.ChangeExpiry: page.Cool, notice.Inform: page.Plain,
}

func actionTag(a notice.Action) page.Tag { return page.Tag{Text: a.Words(), Tone: actionTones[a]} }

// stateTag is how far a notice has come. A drill is said to be one wherever it is named.
func stateTag(n *notice.Notice) page.Tag {
	t := page.Tag{Text: n.State.Words(), Tone: page.Quiet}
	if n.State == notice.Published {
		t.Tone = page.Notice
	}
	if n.Drill {
		t.Text = "Drill: " + n.State.Words()
	}
	return t
}

// title is what a notice is called on a page.
func title(n *notice.Notice) string {
	if n.Drill {
		return "Drill: " + n.Title
	}
	return n.Title
}

// dayWords is a day that may not be given.
func dayWords(d civil.Date) string {
	if d == civil.None {
		return ""
	}
	return d.Words()
}

// dueCell is until when answers are asked for, and how that stands.
func dueCell(n *notice.Notice, today civil.Date) page.Cell {
	if n.DueOn == civil.None {
		return page.Cell{Sub: "not given"}
	}
	c := page.TextCell(n.DueOn.Words())
	if n.Overdue(today) {
		c = c.Tagged(page.Tag{Text: "past", Tone: page.Bad})
	}
	return c
}

// on is the day of an instant at the outlets, or a few words where it has not come.
func on(v *desk.Visit, t time.Time, otherwise string) page.Cell {
	if t.IsZero() {
		return page.Cell{Sub: otherwise}
	}
	return page.TextCell(v.Ledger.Day(t).Words())
}

// toldTag is how an outlet stands.
func toldTag(t notice.Told) page.Tag {
	switch {
	case t.Done():
		return page.Tag{Text: "answered", Tone: page.Good}
	case !t.AnsweredAt.IsZero():
		return page.Tag{Text: "kits to check", Tone: page.Soon}
	case !t.SeenAt.IsZero():
		return page.Tag{Text: "seen", Tone: page.Notice}
	}
	return page.Tag{Text: "not seen", Tone: page.Bad}
}

// expiryCell is a printed expiry; what the notice does not give is left empty.
func expiryCell(e civil.Expiry) page.Cell {
	if !e.Known {
		return page.Cell{Sub: "not given"}
	}
	return page.TextCell(capital(e.Words()))
}

func capital(s string) string {
	s = page.Sentence(s)
	if n := len(s); n > 0 && s[n-1] == '.' {
		s = s[:n-1]
	}
	return s
}

// facts are what a notice says of itself.
func facts(v *desk.Visit, n *notice.Notice) []page.Fact {
	var list []page.Fact
	add := func(key string, c page.Cell) {
		if c.Text != "" || c.Tag != nil {
			list = append(list, page.Fact{Key: key, Value: c})
		}
	}
	add("What to do", page.TagCell(actionTag(n.Action)).Under(n.Action.Explain()))
	add("Number", page.TextCell(n.Number).Tagged(stateTag(n)))
	add("From", page.TextCell(n.Regulator).Under("issued on "+n.IssuedOn.Words()))
	if n.Class > 0 {
		add("Class", page.TextCell("Class "+page.Number(int64(n.Class))).Under("1 is the most urgent, 4 the least"))
	}
	add("Severity", page.TextCell(n.Severity))
	add("For", page.TextCell(n.Level.Words()))
	if n.DueOn != civil.None {
		add("Answer by", dueCell(n, v.Ledger.Today()))
	}
	if !n.PublishedAt.IsZero() {
		add("Told to outlets", on(v, n.PublishedAt, ""))
	}
	if !n.ClosedAt.IsZero() {
		add("Closed", on(v, n.ClosedAt, "").Under(n.ClosedWhy))
	}
	if to := n.SourceLink(); to != "" && page.SafeHref(to) == to {
		add("Source", page.LinkCell(n.Source, to))
	} else {
		add("Source", page.TextCell(n.Source))
	}
	return list
}
