package survey

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type progressBody struct {
	Path    string
	Runs    bool
	State   string
	Draft   bool
	Open    bool
	Ended   bool
	Public  string // where everybody reads the findings
	Facts   []page.Fact
	Steps   []page.Fact // of a draft: what is there to do before it is sent
	Figures []page.Figure
	Pills   []pill
	Shown   page.Table
}

type pill struct {
	Text, Href string
	Here       bool
}

// progress is the page of a round: of a draft what there is to do before it is sent, then what has come back.
func progress(v *desk.Visit) error {
	r, err := roundOf(v)
	if err != nil {
		return err
	}
	replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
	if err != nil {
		return err
	}
	c := tally(replies)
	b := progressBody{
		Path: pathOf(v, r), Runs: runs(v), State: r.State.String(), Draft: r.State == survey.Draft, Open: r.State == survey.Open, Ended: r.Ended(),
		Facts: roundFacts(v, r, replies),
	}
	if r.State == survey.Published {
		b.Public = PublicPath(r.Key)
	}
	if b.Draft {
		b.Steps = draftSteps(v, r, replies)
	} else {
		b.Figures = progressFigures(b.Path, r, c)
		show := v.R.URL.Query().Get("status")
		b.Pills = pills(b.Path, replies, show)
		b.Shown = repliesTable(v, r, replies, show)
	}
	pv := view(v, r.Title, r)
	pv.Caption = ""
	pv.Crumbs = pv.Crumbs[:2]
	pv.Wide = true
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "progress", pv)
}

// roundFacts are what a round says of itself.
func roundFacts(v *desk.Visit, r *survey.Round, replies []survey.Reply) []page.Fact {
	list := []page.Fact{
		{Key: "About", Value: page.TextCell(r.Period.Words()).Tagged(stateTag(r.State))},
		{Key: "Asks", Value: page.TextCell(whole(respondents(replies))).Under(page.Plural(int64(len(r.Questions)), "question", "questions"))},
		{Key: "Law", Value: page.TextCell(r.Act.Words())},
	}
	add := func(key string, c page.Cell) {
		if c.Text != "" {
			list = append(list, page.Fact{Key: key, Value: c})
		}
	}
	add("Sent", page.TextCell(dateWords(r.SentOn)))
	due := page.TextCell(dateWords(r.DueOn))
	if r.State == survey.Open && due.Text != "" {
		due = due.Under(page.DaysWords(int(r.DueOn - v.Ledger.Today())))
	}
	add("Answers due", due)
	if !r.Ended() {
		add("Closes by itself", page.TextCell(dateWords(r.ClosesOn)))
	}
	add("Closed", page.TextCell(dateWords(r.ClosedOn)))
	add("Questions go to", page.TextCell(r.Contact))
	return list
}

// draftSteps are what there is to do before a round is sent, each with the page on which it is done.
func draftSteps(v *desk.Visit, r *survey.Round, replies []survey.Reply) []page.Fact {
	at := pathOf(v, r)
	change := func(key string, c page.Cell, to string) page.Fact {
		return page.Fact{Key: key, Value: c, Action: page.Link{Text: "Change", Href: at + to}}
	}
	missing := tally(replies).paper
	who := page.TextCell(whole(respondents(replies)))
	if missing > 0 {
		who = who.Tagged(page.Tag{Text: page.Plural(int64(missing), "address missing", "addresses missing"), Tone: page.Soon})
	} else {
		who = who.Tagged(page.Tag{Text: "all have an address", Tone: page.Good})
	}
	own := 0
	for _, q := range r.Questions {
		if q.Section == ownSection {
			own++
		}
	}
	questions := page.TextCell(page.Plural(int64(len(r.Questions)), "question", "questions"))
	if own > 0 {
		questions = questions.Under(page.Plural(int64(own), "of them is your own", "of them are your own"))
	}
	words := page.TextCell("Ours")
	if r.Letter != "" {
		words = page.TextCell("Your own words")
	}
	due := page.TextCell("20 working days after it is sent")
	if !unset(r.DueOn) {
		due = page.TextCell("By " + r.DueOn.Words())
	}
	return []page.Fact{
		change("Title, year, law and day", page.TextCell(r.Title).Under(r.Period.Words()+". "+r.Act.Words()+". "+due.Text+"."), "/edit"),
		change("Questions", questions, "/questions"),
		change("Who is asked", who, "/respondents"),
		change("Letter", words, "/letter"),
	}
}

// progressFigures are how a round stands, each leading to those it counts.
func progressFigures(at string, r *survey.Round, c counts) []page.Figure {
	n := func(x int) string { return page.Number(int64(x)) }
	list := []page.Figure{{Label: "Answered", Value: n(c.answered), Unit: "of " + n(c.all), Href: at + "?status=answered#asked", Tone: page.Good}}
	add := func(label string, x int, key, beside string, tone page.Tone) {
		if x > 0 {
			list = append(list, page.Figure{Label: label, Value: n(x), Href: at + "?status=" + key + "#asked", Beside: beside, Tone: tone})
		}
	}
	add("Late", c.late, "late", "past their day", page.Bad)
	add("With doubts", c.doubts, "doubts", "nobody has explained them yet", page.Soon)
	add("Answered in part", c.part, survey.InPart.String(), "", page.Soon)
	add("Nothing heard", c.waiting, survey.Waiting.String(), "", page.Notice)
	add("Working on it", c.acknowledged, survey.Acknowledged.String(), "acknowledged, or the clock stands", page.Cool)
	add("Refused", c.refused, survey.Refused.String(), "with an exemption named", page.Plain)
	add("No reply", c.silent, survey.NoReply.String(), "", page.Plain)
	if !r.Ended() {
		add("On paper only", c.paper, "paper", "they have no address", page.Plain)
	}
	return list
}

// shows reports whether a reply belongs to what is asked for: a status, or late, doubts or paper.
func shows(r *survey.Reply, key string) bool {
	switch key {
	case "":
		return true
	case "late":
		return late(r)
	case "doubts":
		return len(doubtsOf(r)) > 0
	case "paper":
		return r.Email == ""
	case survey.Waiting.String():
		return r.Status == survey.Waiting || r.Status == survey.NotSent
	case survey.Acknowledged.String():
		return r.Status == survey.Acknowledged || r.Status == survey.Paused
	}
	return r.Status.String() == key
}

// pills are the filters that find somebody.
func pills(at string, replies []survey.Reply, here string) []pill {
	list := []pill{{"All", at + "#asked", here == ""}}
	for _, f := range []struct{ key, words string }{
		{"late", "Late"},
		{"doubts", "With doubts"},
		{survey.InPart.String(), "In part"},
		{survey.Waiting.String(), "Nothing heard"},
		{survey.Acknowledged.String(), "Acknowledged"},
		{survey.Answered.String(), "Answered"},
		{survey.Refused.String(), "Refused"},
		{survey.NoReply.String(), "No reply"},
		{"paper", "On paper"},
	} {
		if slices.ContainsFunc(replies, func(r survey.Reply) bool { return shows(&r, f.key) }) {
			list = append(list, pill{f.words, at + "?status=" + f.key + "#asked", here == f.key})
		}
	}
	return list
}

// urgency orders those asked by what there is to do: the late, then doubts, then whoever has begun, then the silent.
func urgency(r *survey.Reply) int {
	switch {
	case late(r):
		return 0
	case len(doubtsOf(r)) > 0:
		return 1
	}
	return 2 + slices.Index([]survey.Status{
		survey.Paused, survey.InPart, survey.Waiting, survey.NotSent, survey.Acknowledged, survey.NoReply, survey.Refused, survey.Answered,
	}, r.Status)
}

// repliesTable is those asked, what needs doing first.
func repliesTable(v *desk.Visit, r *survey.Round, replies []survey.Reply, show string) page.Table {
	t := page.Table{
		Caption: "Who is asked", Hide: true, Stack: true, Empty: "There is nobody in this list.", CSV: pathOf(v, r) + "/answers.csv",
		Columns: page.Columns("Who", "Stands", "Due", "#Answers", "#Reminders"),
	}
	list := slices.Clone(replies)
	slices.SortStableFunc(list, func(a, b survey.Reply) int { return cmp.Compare(urgency(&a), urgency(&b)) })
	kinds := slices.ContainsFunc(list, func(x survey.Reply) bool { return x.Kind != survey.Authority })
	for i := range list {
		x := &list[i]
		if !shows(x, show) {
			continue
		}
		var under []string
		if kinds {
			under = append(under, x.Kind.Words())
		}
		if x.Email == "" && !r.Ended() {
			under = append(under, "On paper: no address")
		}
		stands := page.TagCell(statusTag(x.Status))
		if n := len(doubtsOf(x)); n > 0 {
			stands = stands.Under(page.Plural(int64(n), "doubt", "doubts"))
		}
		due := page.TextCell(dateWords(x.DueOn))
		switch {
		case late(x):
			due = due.Tagged(page.Tag{Text: "late", Tone: page.Bad})
		case x.Late && x.Status == survey.Answered:
			due = due.Under("answered late")
		}
		reminders := page.Cell{}
		if x.Reminders > 0 {
			reminders = page.CountCell(int64(x.Reminders))
		}
		t.Rows = append(t.Rows, page.Row{
			Cells: []page.Cell{page.LinkCell(x.Name, replyPath(v, r, x.Number)).Under(strings.Join(under, ". ")), stands, due, howMany(r, x), reminders},
			Quiet: x.Status == survey.Answered && urgency(x) > 1,
		})
	}
	return t
}

// howMany is how many of the questions that are theirs to answer have an answer.
func howMany(r *survey.Round, x *survey.Reply) page.Cell {
	if len(x.Answers) == 0 {
		return page.Cell{}
	}
	asked, has := r.Asked(x.Kind, x.Answers), 0
	for _, q := range asked {
		if _, ok := x.Answers[q.Key]; ok {
			has++
		}
	}
	return page.TextCell(page.Number(int64(has)) + " of " + page.Number(int64(len(asked))))
}
