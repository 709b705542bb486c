package survey

import (
	"net/http"
	"strings"

	"everykit/fault"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type areaBody struct {
	Rounds page.Table
	Parts  []areaReply
}

// areaReply is what one of those asked in an authority's area answered: the authority itself, or a prison in it.
type areaReply struct {
	Title   string
	Facts   []page.Fact
	Doubts  []doubt
	Answers []answered
}

// areaPage is for the coordinator of an authority: the rounds that asked it, and what was answered in one of them, the
// latest unless the address names another.
func areaPage(v *desk.Visit) error {
	nation := v.Snap.NationOf(v.Area.ID)
	if nation == nil {
		return noSuch()
	}
	rounds, err := v.Surveys.Rounds(v.Ctx(), nation.ID)
	if err != nil {
		return err
	}
	here := "/areas/" + v.Area.Code + "/survey"
	key := v.R.PathValue("round")
	b := areaBody{Rounds: page.Table{
		Caption: "Rounds", Hide: true, Stack: true, Columns: page.Columns("Round", "About", "State", "Due", "Answer"), Empty: "No round has asked this authority yet.",
	}}
	var shown *survey.Round
	for i := range rounds {
		r := &rounds[i]
		if r.State == survey.Draft {
			continue
		}
		replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
		if err != nil {
			return err
		}
		var ours []survey.Reply
		for _, x := range replies {
			if x.Area == v.Area.ID {
				ours = append(ours, x)
			}
		}
		if len(ours) == 0 {
			continue
		}
		b.Rounds.Rows = append(b.Rounds.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(r.Title, here+"/"+r.Key), page.TextCell(r.Period.String()), page.TagCell(stateTag(r.State)), page.TextCell(dateWords(ours[0].DueOn)), page.TagCell(statusTag(ours[0].Status)),
		}})
		if shown == nil && (key == "" || key == r.Key) {
			shown = r
			for i := range ours {
				b.Parts = append(b.Parts, areaReplyOf(v, r, &ours[i]))
			}
		}
	}
	if shown == nil && key != "" {
		return fault.New(fault.NotFound, "no such round has asked this authority").Hint("choose one from the list of rounds")
	}
	pv := v.View("Survey")
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: "/areas/" + v.Area.Code}}
	if key != "" {
		pv.Title = shown.Title
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Survey", Href: here})
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "area", pv)
}

func areaReplyOf(v *desk.Visit, r *survey.Round, x *survey.Reply) areaReply {
	part := areaReply{Title: r.Title, Answers: answersOf(r, x)}
	if x.Kind != survey.Authority {
		part.Title += ": " + x.Name
	}
	for _, f := range clock(v, r, x) {
		if !strings.HasPrefix(f.Value.Href, "/nation/") { // the nation's own pages
			part.Facts = append(part.Facts, f)
		}
	}
	for _, d := range x.Doubts {
		part.Doubts = append(part.Doubts, doubtOf(v, r, d))
	}
	return part
}
