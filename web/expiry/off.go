package expiry

import (
	"net/http"
	"net/url"

	"everykit/expiry"
	"everykit/web/desk"
)

type offBody struct {
	Here string
	Done bool
}

// offForm asks. It does not look at whether the link is known: that is told to whoever presses the button.
func offForm(v *desk.Visit) error {
	return offPage(v, v.R.URL.Query().Get("done") == "yes")
}

func offPage(v *desk.Visit, done bool) error {
	pv := v.View("Stop the daily e-mail?")
	if done {
		pv.Title = "The daily e-mail is stopped"
	}
	pv.Body = offBody{expiry.OffPath + url.PathEscape(v.R.PathValue("token")), done}
	return pages.Render(v.W, http.StatusOK, "off", pv)
}

// off ends the daily e-mail of whoever got the link. A mail program that leaves by itself (RFC 8058) is answered at once:
// such programs follow no address that they are led on to.
func off(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	token := v.R.PathValue("token")
	if err := v.Expiry.OffByToken(v.Ctx(), token); err != nil {
		return err
	}
	if form.Get("List-Unsubscribe") == "One-Click" {
		return offPage(v, true)
	}
	return v.Go(expiry.OffPath + url.PathEscape(token) + "?done=yes")
}
