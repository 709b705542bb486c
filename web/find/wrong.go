package find

import (
	"net/http"
	"net/url"

	"everykit/web/desk"
	"everykit/web/page"
)

// telling is the form by which anybody says that something about an outlet is wrong.
type telling struct {
	Token string
	To    string
	Name  string
	Lang  string
}

func wrongForm(v *desk.Visit) error { return wrongPage(v, nil, nil) }

func wrongPage(v *desk.Visit, typed url.Values, wrong error) error {
	p, err := placeOf(v, lookUp(v))
	if err != nil {
		return err
	}
	pv := v.View(v.T("find.wrong-title"))
	pv.Back = page.Link{Text: v.T("find.back"), Href: v.Link(Path(p.ID))}
	b := telling{To: v.Link(Path(p.ID) + "/wrong"), Name: p.Name, Lang: pv.InEnglish(), Token: typed.Get("token")}
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		status = page.Status(wrong)
		for i := range pv.Errors {
			if pv.Errors[i].Field != "what" {
				b.Token, pv.Errors[i].Field = "", "" // a new one: no person can mend it
			}
		}
	}
	if b.Token == "" {
		if b.Token, err = v.Requests.FormToken(v.Ctx()); err != nil {
			return err
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "wrong", pv)
}

// wrong hands what was typed to the authority.
func wrong(v *desk.Visit) error {
	form, err := formOfVisit(v)
	if err != nil {
		return err
	}
	p, err := placeOf(v, lookUp(v))
	if err != nil {
		return err
	}
	if err := v.Requests.Report(v.Ctx(), form.Get("token"), p.ID, form.Get("what")); err != nil {
		return wrongPage(v, form, err)
	}
	return v.Go(Path(p.ID) + "/thanks")
}

func thanks(v *desk.Visit) error {
	p, err := placeOf(v, lookUp(v))
	if err != nil {
		return err
	}
	pv := v.View(v.T("find.thanks-title"))
	pv.Public = true
	pv.Back = page.Link{Text: v.T("find.back"), Href: v.Link(Path(p.ID))}
	return pages.Render(v.W, http.StatusOK, "thanks", pv)
}
