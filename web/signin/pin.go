package signin

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

func pinForm(v *desk.Visit) error {
	if v.Who.Role != staff.Worker {
		return fault.New(fault.Forbidden, "only workers have a PIN").Hint("counter devices are for the workers of their outlet")
	}
	return pages.Render(v.W, http.StatusOK, "pin", pinView(v))
}

func pinView(v *desk.Visit) page.View {
	pv := v.View("Set your PIN")
	pv.Crumbs = []page.Link{{Text: "Your account", Href: "/account"}}
	return pv
}

func setPIN(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err = twice(form, "pin"); err == nil {
		err = v.Staff.SetPIN(v.Ctx(), v.Who, v.Who.ID, form.Get("pin"))
	}
	if err != nil {
		return redraw(v, "pin", pinView(v), err, url.Values{})
	}
	return v.Go("/account?done=pin")
}
