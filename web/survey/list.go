package survey

import (
	"net/http"

	"everykit/staff"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type listBody struct {
	Path    string
	Runs    bool
	Rounds  page.Table
	Compare []page.Option // rounds with answers, where there are two or more
	A, B    string
	Others  []page.Link // other nations that this person may see
}

// list is the rounds of a nation, latest first.
func list(v *desk.Visit) error {
	rounds, err := v.Surveys.Rounds(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	b := listBody{Path: allPath(v), Runs: runs(v)}
	b.Rounds = page.Table{
		Caption: "Rounds", Hide: true, Stack: true, Columns: page.Columns("Round", "About", "State", "Sent", "Due", "#Asked", "#Answered"),
		Empty: "No round has been made yet.",
	}
	for i := range rounds {
		r := &rounds[i]
		if r.State == survey.Draft && !b.Runs {
			continue
		}
		replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
		if err != nil {
			return err
		}
		answered := page.Cell{}
		if r.State != survey.Draft {
			answered = page.CountCell(int64(tally(replies).answered))
			b.Compare = append(b.Compare, page.Option{Value: r.Key, Label: r.Title})
		}
		b.Rounds.Rows = append(b.Rounds.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(r.Title, pathOf(v, r)), page.TextCell(r.Period.String()), page.TagCell(stateTag(r.State)), page.TextCell(dateWords(r.SentOn)), page.TextCell(dateWords(r.DueOn)),
			page.CountCell(int64(len(replies))), answered,
		}})
	}
	if len(b.Compare) > 1 {
		b.A, b.B = b.Compare[1].Value, b.Compare[0].Value
	} else {
		b.Compare = nil
	}
	for _, n := range v.Snap.Nations() {
		if n.ID != v.Area.ID && v.Who.May(staff.SeeSurvey, desk.AreaPlace(v.Snap, n)) {
			b.Others = append(b.Others, page.Link{Text: n.Name, Href: "/nation/" + n.Code + "/survey"})
		}
	}
	pv := view(v, "Survey rounds", nil)
	pv.Caption = v.Area.Name
	pv.Crumbs = pv.Crumbs[:1]
	pv.Wide = true
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "list", pv)
}

// counts is how a round stands, a number each.
type counts struct{ all, answered, part, acknowledged, waiting, refused, silent, late, doubts, paper int }

// tally counts those a round asks. Late are those past their day without all answers; doubts those with one that nobody has
// explained; paper those without an address.
func tally(replies []survey.Reply) counts {
	c := counts{all: len(replies)}
	for i := range replies {
		r := &replies[i]
		switch r.Status {
		case survey.Answered:
			c.answered++
		case survey.InPart:
			c.part++
		case survey.Acknowledged, survey.Paused:
			c.acknowledged++
		case survey.Waiting, survey.NotSent:
			c.waiting++
		case survey.Refused:
			c.refused++
		case survey.NoReply:
			c.silent++
		}
		if late(r) {
			c.late++
		}
		if len(doubtsOf(r)) > 0 {
			c.doubts++
		}
		if r.Email == "" {
			c.paper++
		}
	}
	return c
}

// late reports whether something is still to come that should have come.
func late(r *survey.Reply) bool {
	return r.Late && r.Status != survey.Answered && r.Status != survey.Refused && r.Status != survey.NoReply
}
