package survey

import (
	"net/http"
	"net/url"
	"strings"

	"everykit/civil"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type replyBody struct {
	Path    string
	Round   string
	Runs    bool
	Facts   []page.Fact
	Link    string // a fresh personal link, shown once
	Doubts  []doubt
	Answers []answered
	Aside   page.Table
	History page.Table
	Email   string
	Empty   bool

	Questions []page.Option // that staff can ask about

	CanAcknowledge, CanPost, CanPause, CanResume, CanExtend, CanRefuse, CanRemind, CanLink bool
	Exemptions                                                                             string
}

// doubt is something odd about an answer, and what has been said about it.
type doubt struct {
	Key, Name, Says string
	Query           string // what staff asked them
	Facts           []page.Fact
	Ask, Explain    string // names of the fields
	Explained       bool
}

// replyPage is the page of one of those asked.
func replyPage(v *desk.Visit) error { return drawReply(v, nil, nil, "") }

// drawReply draws it, with what was typed and wrong in one of its forms, or with a link that was just made.
func drawReply(v *desk.Visit, form url.Values, cause error, link string) error {
	r, x, err := replyOf(v)
	if err != nil {
		return err
	}
	history, err := historyTable(v, r, x)
	if err != nil {
		return err
	}
	pv := view(v, x.Name, r)
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		called(&pv, map[string]string{"paused_for": "What they ask", "extended_for": "What they weigh", "refused_for": "The exemption", "query": "What to ask them"})
	}
	b := replyBody{
		Path: replyPath(v, r, x.Number), Round: pathOf(v, r), Runs: runs(v) && r.State != survey.Draft, Facts: clock(v, r, x), Link: link,
		Answers: answersOf(r, x), Aside: asideTable(r, x), History: history, Email: x.Email, Empty: len(x.Answers) == 0,
	}
	for _, d := range x.Doubts {
		b.Doubts = append(b.Doubts, doubtOf(v, r, d))
	}
	b.Questions = []page.Option{{Label: "Choose"}}
	for _, q := range r.QuestionsOf(x.Kind) {
		if _, ok := x.Answers[q.Key]; ok {
			b.Questions = append(b.Questions, page.Option{Value: q.Key, Label: q.Number + " " + q.Label()})
		}
	}
	open := r.State == survey.Open
	waits := x.Status == survey.Waiting || x.Status == survey.Acknowledged || x.Status == survey.InPart
	b.CanAcknowledge = open && x.Status == survey.Waiting
	paused := !unset(x.PausedOn)
	b.CanPost = open && x.Status == survey.NotSent
	b.CanPause, b.CanResume, b.CanExtend = open && waits && !paused, open && paused, open && waits && r.Act != survey.ActScotland
	b.CanRefuse = x.Status != survey.Refused && x.Status != survey.Answered
	b.CanRemind, b.CanLink = open && canBeReminded(x) && x.Email != "" && x.RemindedOn != v.Ledger.Today(), open
	b.Exemptions = "Section 12 (cost), section 21 (accessible elsewhere)"
	if r.Act == survey.NoAct {
		b.Exemptions = "In their words"
	}
	pv.Body = b
	return pages.Render(v.W, status, "reply", pv)
}

// clock is how somebody's time stands, in words.
func clock(v *desk.Visit, r *survey.Round, x *survey.Reply) []page.Fact {
	var list []page.Fact
	add := func(key string, c page.Cell) {
		if c.Text != "" || c.Tag != nil {
			list = append(list, page.Fact{Key: key, Value: c})
		}
	}
	stands := page.TagCell(statusTag(x.Status))
	if late(x) {
		stands.Text = "Late"
	}
	add("Stands", stands)
	where := page.TextCell(x.Code)
	if area := v.Snap.Area(x.Area); x.Kind != survey.Authority && area != nil {
		where.Sub = x.Kind.Words() + " in " + area.Name
	}
	add("Code", where)
	if x.Email != "" {
		add("E-mail", page.TextCell(x.Email))
	} else if !r.Ended() {
		add("E-mail", page.TextCell("None").Under("asked on paper only"))
	}
	add("Sent", page.TextCell(dateWords(x.SentOn)))
	if !x.OpenedAt.IsZero() {
		add("Link first opened", dayCell(v, x.OpenedAt, ""))
	}
	add("Acknowledged", page.TextCell(dateWords(x.AcknowledgedOn)))
	add("Answer due", page.TextCell(dateWords(x.DueOn)).Under(reckoned(v, r, x)))
	if !unset(x.PausedOn) {
		add("The clock stands since", page.TextCell(dateWords(x.PausedOn)).Under(x.PausedFor))
	}
	if x.ExtendedFor != "" {
		add("Extended for", page.TextCell(x.ExtendedFor))
	}
	if x.Reminders > 0 {
		add("Reminded", page.TextCell(page.Plural(int64(x.Reminders), "time", "times")).Under(lastWords("last on ", x.RemindedOn)))
	}
	add("Answered", page.TextCell(dateWords(x.AnsweredOn)))
	if x.RefusedFor != "" {
		add("Refused", page.TextCell(x.RefusedFor).Under(dateWords(x.RefusedOn)))
	}
	if x.Letter != "" {
		add("Their letter", page.LinkCell(x.Letter, replyPath(v, r, x.Number)+"/letter"))
	}
	return list
}

func lastWords(before string, d civil.Date) string {
	if unset(d) {
		return ""
	}
	return before + d.Words()
}

// reckoned says how the day by which to answer came about.
func reckoned(v *desk.Visit, r *survey.Round, x *survey.Reply) string {
	var words []string
	switch {
	case unset(x.DueOn):
		return ""
	case x.ExtendedFor != "":
		words = append(words, "Extended for the public interest.")
	case r.Act == survey.NoAct:
		words = append(words, "The day that was chosen for this round.")
	case !unset(x.SentOn):
		words = append(words, "20 working days after "+x.SentOn.Words()+", by the "+actName(r.Act)+". "+holidaysWords(r.Act))
	}
	if days := int(x.DueOn - v.Ledger.Today()); r.State == survey.Open && (x.Status != survey.Answered && x.Status != survey.Refused) {
		words = append(words, page.Sentence(page.DaysWords(days)))
	}
	return strings.Join(words, " ")
}

// holidaysWords says which days do not count.
func holidaysWords(a survey.Act) string {
	if a == survey.ActScotland {
		return "Saturdays, Sundays and bank holidays of Scotland do not count."
	}
	return "Saturdays, Sundays and bank holidays of any part of the United Kingdom do not count."
}

func doubtOf(v *desk.Visit, r *survey.Round, d survey.Doubt) doubt {
	says := d.Says
	if says == "" { // nothing is odd in itself: somebody asked
		says = d.Asked
	}
	shown := doubt{Key: d.Question, Says: page.Sentence(says), Query: d.Asked, Ask: d.Question + ".query", Explain: d.Question + ".explained", Explained: d.Explained != ""}
	for i := range r.Questions {
		if q := &r.Questions[i]; q.Key == d.Question {
			shown.Name = q.Number + " " + q.Label()
		}
	}
	if !d.QueriedAt.IsZero() {
		shown.Facts = append(shown.Facts, page.Fact{Key: "Asked on " + v.Ledger.Day(d.QueriedAt).Words(), Value: page.TextCell(d.Asked)})
	}
	if d.Explained != "" {
		shown.Facts = append(shown.Facts, page.Fact{Key: "They said", Value: page.TextCell(d.Explained)})
	}
	return shown
}

// asideTable is what was written to questions that the skip rules leave out, which nobody counts.
func asideTable(r *survey.Round, x *survey.Reply) page.Table {
	t := page.Table{Caption: "Put aside", Hide: true, Stack: true, Columns: page.Columns("Question", "What was written")}
	for _, q := range questionsOf(r, x.Respondent) {
		if a, ok := x.Aside[q.Key]; ok {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(q.Number + " " + q.Label()), said(&q, a)}})
		}
	}
	return t
}

// historyTable is what has happened, the latest first.
func historyTable(v *desk.Visit, r *survey.Round, x *survey.Reply) (page.Table, error) {
	t := page.Table{Caption: "History", Hide: true, Stack: true, Columns: page.Columns("When", "What", "Who"), Empty: "Nothing has happened yet."}
	events, err := v.Surveys.History(v.Ctx(), r.ID, x.Number)
	if err != nil {
		return t, err
	}
	accounts := make([]int, 0, len(events))
	for _, e := range events {
		if e.Staff != 0 {
			accounts = append(accounts, e.Staff)
		}
	}
	names, err := v.Staff.Names(v.Ctx(), accounts...)
	if err != nil {
		return t, err
	}
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(v.Ledger.Day(e.At).Words()), page.TextCell(page.Sentence(e.What)), page.TextCell(names[e.Staff])}})
	}
	return t, nil
}
