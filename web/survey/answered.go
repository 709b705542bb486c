package survey

import (
	"slices"

	"everykit/survey"
	"everykit/web/page"
)

// answered is the answers to the questions of one section.
type answered struct {
	Title string
	Table page.Table
}

// answersOf lays out what somebody answered under the headings of the questions. One without an answer is there and says so;
// one that their other answers leave out says that.
func answersOf(r *survey.Round, x *survey.Reply) []answered {
	var list []answered
	questions, answers := questionsOf(r, x.Respondent), x.Answers
	theirs := r.Asked(x.Kind, x.Answers)
	for i := range questions {
		q := &questions[i]
		if len(list) == 0 || list[len(list)-1].Title != q.Section {
			list = append(list, answered{q.Section, page.Table{Caption: q.Section, Hide: true, Stack: true, Columns: page.Columns("Question", "Answer")}})
		}
		t := &list[len(list)-1].Table
		a, ok := answers[q.Key]
		c := said(q, a)
		if !slices.ContainsFunc(theirs, func(t survey.Question) bool { return t.Key == q.Key }) {
			c.Sub = "does not apply"
		}
		if q.Private && ok {
			c = c.Tagged(page.Tag{Text: "not published", Tone: page.Quiet})
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(numbered(q)), c}, Quiet: !ok})
	}
	return list
}
