package bulletin

import (
	"net/http"

	"everykit/fault"
	"everykit/web/desk"
)

// early is a signed bulletin for whoever has a link of early access. Nobody keeps the page.
func early(v *desk.Visit) error {
	hide(v)
	e, c, err := v.Bulletins.Early(v.Ctx(), v.R.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "nothing is to be read under this link").Hint("the bulletin may be published by now: look at /bulletins, or ask whoever sent you the link")
	}
	if err != nil {
		return err
	}
	pv := v.View(c.Title)
	pv.Wide = true
	pv.Warning = "Under embargo until it is published. Do not share it, and do not quote from it before."
	if !e.PublishAt.IsZero() {
		pv.Warning = "Under embargo until " + moment(v, e.PublishAt) + ". Do not share it, and do not quote from it before."
	}
	pv.Body = reading{Subtitle: c.Subtitle, Report: framed([]byte(c.Document().Body())), Contents: contents(c), Facts: facts(c)}
	return pages.Render(v.W, http.StatusOK, "bulletin", pv)
}
