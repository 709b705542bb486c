package signin

import (
	"net/http"
	"net/url"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

func passwordForm(v *desk.Visit) error {
	return pages.Render(v.W, http.StatusOK, "password", passwordView(v))
}

func passwordView(v *desk.Visit) page.View {
	pv := v.View("Change your password")
	pv.Crumbs = []page.Link{{Text: "Your account", Href: "/account"}}
	pv.Body = v.Who.Email
	return pv
}

// changePassword ends all sessions of the person, as staff has it, and opens this one again: other devices are out.
func changePassword(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err = twice(form, "password"); err == nil {
		err = v.Staff.ChangePassword(v.Ctx(), v.Who, form.Get("old"), form.Get("password"), device(v))
	}
	if err != nil {
		return redraw(v, "password", passwordView(v), err, url.Values{})
	}
	token, _, err := v.Staff.SignIn(v.Ctx(), v.Who.Email, form.Get("password"), device(v))
	if err != nil {
		return err
	}
	v.SetToken(v.W, token, staff.SessionFor)
	return v.Go("/account?done=password")
}
