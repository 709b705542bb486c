package survey

import (
	"net/http"
	"strconv"

	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

// printBody is the form on paper.
type printBody struct {
	To       string
	Due      string
	Law      string
	Contact  string
	Sections []section
	Back     string
	Empty    []string // the reasons for no answer, a box each
}

// printForm is the form on paper: blank for a round, with its name for one of those asked.
func printForm(v *desk.Visit) error {
	if v.R.PathValue("number") != "" {
		r, x, err := replyOf(v)
		if err != nil {
			return err
		}
		pv := view(v, r.Title, r)
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: x.Name, Href: replyPath(v, r, x.Number)})
		return drawPrint(v, pv, r, x.Respondent, dateWords(x.DueOn))
	}
	r, err := roundOf(v)
	if err != nil {
		return err
	}
	of := survey.Respondent{Kind: survey.Authority, Name: "your area"}
	if k, err := strconv.Atoi(v.R.URL.Query().Get("kind")); err == nil && (k == int(survey.Prison) || k == int(survey.YoungOffender)) {
		of.Kind = survey.RespondentKind(k)
	}
	if len(r.QuestionsOf(of.Kind)) == 0 { // a round that asks only others
		for _, kind := range survey.RespondentKinds() {
			if len(r.QuestionsOf(kind)) > 0 {
				of.Kind = kind
				break
			}
		}
	}
	return drawPrint(v, view(v, r.Title, r), r, of, dateWords(r.DueOn))
}

// linkPrint is the form on paper for whoever has the link, to ask others with.
func linkPrint(v *desk.Visit) error {
	f, err := behind(v)
	if err != nil || f == nil {
		return err
	}
	pv := v.View(f.Round.Title)
	pv.Back = page.Link{Text: "Back to the form", Href: herePath(v)}
	return drawPrint(v, pv, f.Round, f.Reply.Respondent, dateWords(f.Reply.DueOn))
}

func drawPrint(v *desk.Visit, pv page.View, r *survey.Round, of survey.Respondent, due string) error {
	b := printBody{Due: due, Law: actName(r.Act), Contact: r.Contact, Sections: sections(questionsOf(r, of), nil)}
	if of.Code != "" {
		b.To = of.Name
	}
	for i := range b.Sections {
		for j := range b.Sections[i].Questions {
			q := &b.Sections[i].Questions[j]
			q.Options = q.Options[:len(q.Question.Options)] // the reasons stand apart
		}
	}
	for _, x := range reasons {
		b.Empty = append(b.Empty, x.words)
	}
	pv.Caption = ""
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "print", pv)
}
