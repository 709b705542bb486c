package support

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/document"
	"everykit/fault"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

// writeBody is the form in which a page of guidance is written.
type writeBody struct {
	New     bool
	Gaps    []page.Option
	Preview template.HTML
	Back    string
}

func newGuide(v *desk.Visit) error { return drawWrite(v, nil, url.Values{}, false, nil) }

func editGuide(v *desk.Visit) error {
	p, err := ownGuide(v)
	if err != nil {
		return err
	}
	form := url.Values{"title": {p.Title}, "markdown": {p.Markdown}, "key": {p.Key}, "version": {strconv.Itoa(p.Version)}}
	for _, k := range p.Gaps {
		form.Add("gaps", string(k))
	}
	if p.Public {
		form.Set("public", "yes")
	}
	return drawWrite(v, p, form, false, nil)
}

// ownGuide is the latest version of the page that an address under a nation names.
func ownGuide(v *desk.Visit) (*support.Page, error) {
	return v.Support.Page(v.Ctx(), v.Area.ID, v.R.PathValue("key"))
}

// saveGuide shows what was typed as it will be read, or saves it as a new version.
func saveGuide(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	var of *support.Page
	if v.R.PathValue("key") != "" {
		if of, err = ownGuide(v); err != nil {
			return err
		}
	}
	if form.Get("do") == "preview" {
		return drawWrite(v, of, form, true, nil)
	}
	p := support.Page{Nation: v.Area.ID, Key: strings.TrimSpace(form.Get("key")), Title: strings.TrimSpace(form.Get("title")), Markdown: form.Get("markdown"), Public: form.Get("public") == "yes"}
	if of != nil {
		p.Key = of.Key
		if p.Version, err = strconv.Atoi(form.Get("version")); err != nil {
			p.Version = -1 // which none was made on
		}
	} else if err := fresh(v, p.Key); err != nil {
		return drawWrite(v, of, form, false, err)
	}
	for _, k := range support.GapKinds() {
		if slices.Contains(form["gaps"], string(k)) {
			p.Gaps = append(p.Gaps, k)
		}
	}
	if err := v.Support.SavePage(v.Ctx(), v.Who, p); err != nil {
		return drawWrite(v, of, form, false, err)
	}
	return v.Go(GuidePath(p) + "?of=" + v.Area.Code + "&saved=guide")
}

// fresh refuses the key of a page that is there already: a new page must not become a version of another.
func fresh(v *desk.Visit, key string) error {
	_, err := v.Support.Page(v.Ctx(), v.Area.ID, key)
	switch {
	case err == nil:
		return fault.New(fault.Conflict, "there is a page with this address already").At("key").Hint("choose another, or change that page")
	case fault.Is(err, fault.NotFound):
		return nil
	}
	return err
}

func drawWrite(v *desk.Visit, of *support.Page, form url.Values, preview bool, cause error) error {
	pv := v.View("Write a page of guidance")
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{{Text: "Guidance", Href: "/guidance"}}
	b := writeBody{New: of == nil, Back: "/guidance"}
	if of != nil {
		pv.Title, b.Back = "Change this page", GuidePath(*of)
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: of.Title, Href: b.Back})
	}
	if preview {
		b.Preview = document.MarkdownHTML(form.Get("markdown"))
	}
	for _, k := range support.GapKinds() {
		b.Gaps = append(b.Gaps, page.Option{Value: string(k), Label: KindWords(k)})
	}
	pv.Form = form
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		onlyFields(&pv, "title", "key", "markdown", "gaps", "public")
	}
	pv.Body = b
	return pages.Render(v.W, status, "write", pv)
}
