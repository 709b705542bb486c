package signin

import (
	"net/http"
	"net/url"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// entrance is what the page of signing in brings: where to go on to.
type entrance struct{ To string }

func signInForm(v *desk.Visit) error {
	to := desk.LocalPath(v.R.URL.Query().Get("to"), "")
	if v.Who.SignedIn() {
		return v.Go(onward(v, v.Who, to))
	}
	pv := signInView(v, to)
	pv.Flash = done(v, map[string]string{"out": "You are signed out."})
	return pages.Render(v.W, http.StatusOK, "sign-in", pv)
}

func signInView(v *desk.Visit, to string) page.View {
	pv := v.View("Sign in")
	pv.Body = entrance{To: to}
	return pv
}

func signIn(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	to := desk.LocalPath(form.Get("to"), "")
	token, who, err := v.Staff.SignIn(v.Ctx(), form.Get("email"), form.Get("password"), device(v))
	if err != nil {
		return redraw(v, "sign-in", signInView(v, to), err, url.Values{"email": form["email"], "to": {to}})
	}
	if old := desk.Token(v.R); old != "" {
		// The browser forgets this token now, so nobody could end its session any more.
		if err := v.Staff.SignOut(v.Ctx(), old); err != nil {
			return err
		}
	}
	v.SetToken(v.W, token, staff.SessionFor)
	return v.Go(onward(v, who, to))
}

// onward is where a person goes once they are known: where they wanted to, else where their work begins.
func onward(v *desk.Visit, who staff.Person, to string) string {
	if to == "" || to == "/" {
		return desk.Home(v.Snap, who)
	}
	return to
}

// signOut ends the session. On a counter device it ends only the turn of whoever acts there: the device is the outlet's.
func signOut(v *desk.Visit) error {
	token := desk.Token(v.R)
	if v.Who.Counter != 0 {
		if err := v.Staff.StopActing(v.Ctx(), token); err != nil {
			return err
		}
		return v.Go("/counter")
	}
	if err := v.Staff.SignOut(v.Ctx(), token); err != nil {
		return err
	}
	v.SetToken(v.W, "", 0)
	return v.Go("/sign-in?done=out")
}
