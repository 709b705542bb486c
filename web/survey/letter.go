package survey

import (
	"net/http"
	"net/url"
	"strings"

	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

type letterBody struct {
	Back    string
	Preview []string // the words of the letter, as one of those asked gets them
	Name    string   // who that is
}

func letterForm(v *desk.Visit) error {
	r, err := draftOf(v)
	if err != nil {
		return err
	}
	words := r.Letter
	if words == "" {
		words = survey.DefaultLetter
	}
	return drawLetter(v, r, url.Values{"letter": {words}}, nil)
}

// saveLetter keeps the words of the letter, or shows what they look like and keeps nothing.
func saveLetter(v *desk.Visit) error {
	r, err := draftOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if form.Get("do") == "look" {
		return drawLetter(v, r, form, nil)
	}
	changed := *r
	changed.Letter = strings.TrimSpace(strings.ReplaceAll(form.Get("letter"), "\r\n", "\n"))
	if changed.Letter == survey.DefaultLetter {
		changed.Letter = ""
	}
	if err := v.Surveys.Save(v.Ctx(), v.Who, &changed); err != nil {
		return drawLetter(v, r, form, err)
	}
	return v.Go(pathOf(v, r) + "?saved=letter")
}

func drawLetter(v *desk.Visit, r *survey.Round, form url.Values, cause error) error {
	pv := view(v, "The letter", r)
	pv.Form = form
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		aimed(&pv, nil, "letter")
	}
	b := letterBody{Back: pathOf(v, r), Name: "the name of the authority"}
	replies, err := v.Surveys.Replies(v.Ctx(), r.ID)
	if err != nil {
		return err
	}
	if len(replies) > 0 {
		b.Name = replies[0].Name
	}
	b.Preview = paragraphs(strings.NewReplacer("{period}", r.Period.Words(), "{area}", b.Name).Replace(form.Get("letter")))
	pv.Body = b
	return pages.Render(v.W, status, "letter", pv)
}
