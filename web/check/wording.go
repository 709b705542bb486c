package check

import (
	"net/http"
	"net/url"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// worded is the page of all texts.
type worded struct {
	Open     []notice.Wording // not approved
	Approved []notice.Wording
	Options  []page.Option
}

func wording(v *desk.Visit) error { return wordingPage(v, nil, nil) }

func wordingPage(v *desk.Visit, typed url.Values, wrong error) error {
	all, err := notice.Wordings(v.Ctx(), v.DB)
	if err != nil {
		return err
	}
	var b worded
	for _, w := range notice.SortedWordings(all) {
		if w.Approved != nil {
			b.Approved = append(b.Approved, w)
			continue
		}
		b.Open = append(b.Open, w)
		b.Options = append(b.Options, page.Option{Value: w.ID(), Label: w.ID() + ": " + w.Title})
	}
	pv := v.View("Wording for the public")
	pv.Body = b
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		status = page.Status(wrong)
	}
	return pages.Render(v.W, status, "wording", pv)
}

// approve writes down who approved a text.
func approve(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	key, version := idOf(form.Get("wording"))
	on, err := civil.ParseDate(form.Get("on"))
	if err != nil {
		err = fault.New(fault.Invalid, "give the day of the approval").At("on").Hint("write it as 23/11/2026")
	} else {
		err = notice.ApproveWording(v.Ctx(), v.DB, v.Who, key, version, notice.Approval{Name: form.Get("name"), Role: form.Get("role"), On: on}, v.Ledger.Today())
	}
	if err != nil {
		return wordingPage(v, form, err)
	}
	return v.Go("/wording")
}

// idOf reads a text's key and version from what Wording.ID gives.
func idOf(id string) (key string, version int) {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == '/' {
			version, _ = strconv.Atoi(id[i+1:])
			return id[:i], version
		}
	}
	return id, 0
}
