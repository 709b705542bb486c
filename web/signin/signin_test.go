package signin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/web/webtest"
)

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

func TestSignIn(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	worker := form("email", webtest.Email(webtest.Worker), "password", webtest.Password)
	for _, wrong := range []url.Values{
		form("email", webtest.Email(webtest.Worker), "password", "seven grey geese wade"),
		form("email", "nobody@example.org", "password", webtest.Password),
	} {
		got := v.Post("/sign-in", wrong)
		got.Is(t, http.StatusForbidden, "", "The e-mail address or the password is not right.", `href="#password"`, wrong.Get("email"))
		got.Lacks(t, wrong.Get("password"))
		if got.Header.Get("Set-Cookie") != "" {
			t.Error("a wrong password sets a cookie")
		}
	}
	v.Get(w.Path("")).Is(t, http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(w.Path("")))
	got := v.Post("/sign-in", worker)
	got.Is(t, http.StatusSeeOther, w.Path(""))
	cookie := got.Header.Get("Set-Cookie")
	for _, must := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, must) {
			t.Errorf("the cookie lacks %s: %s", must, strings.SplitN(cookie, ";", 2)[1])
		}
	}
	v.Get(w.Path("")).Is(t, http.StatusOK, "", webtest.Name(webtest.Worker))
	v.Get("/sign-in").Is(t, http.StatusSeeOther, w.Path(""))

	old := w.Token(webtest.Worker)
	w.As(webtest.Public).Do(http.MethodPost, "/sign-in", worker, "Content-Type", "application/x-www-form-urlencoded", "Cookie", "everykit="+old)
	if p, err := w.Staff.Who(t.Context(), old); err == nil {
		t.Errorf("signing in again leaves the browser's session before it open, for %d", p.ID)
	}
	v.Post("/sign-out", nil).Is(t, http.StatusSeeOther, "/sign-in?done=out")
	v.Get("/sign-in?done=out").Is(t, http.StatusOK, "", "You are signed out.")
	v.Get("/account").Is(t, http.StatusSeeOther, "/sign-in?to=%2Faccount")
}

// TestNobodyIsSentElsewhere tries to make the page of signing in lead to another site.
func TestNobodyIsSentElsewhere(t *testing.T) {
	w := webtest.New(t)
	for _, to := range []string{"https://elsewhere.example/", "//elsewhere.example", `/\elsewhere.example`, "javascript:alert(1)", "elsewhere", "\x00", ""} {
		got := w.As(webtest.Public).Post("/sign-in", form("email", webtest.Email(webtest.Coordinator), "password", webtest.Password, "to", to))
		got.Is(t, http.StatusSeeOther, "/areas/"+w.Area(w.Home).Code)
	}
	got := w.As(webtest.Public).Post("/sign-in", form("email", webtest.Email(webtest.Coordinator), "password", webtest.Password, "to", "/accounts"))
	got.Is(t, http.StatusSeeOther, "/accounts")
}

func TestOwnPassword(t *testing.T) {
	w := webtest.New(t)
	here, there := w.As(webtest.Worker), w.As(webtest.Worker)
	const better = "nine red foxes dig"
	here.Post("/password", form("old", webtest.Password, "password", better, "again", "nine red foxes dug")).Is(t, http.StatusUnprocessableEntity, "", "The two are not the same.")
	here.Post("/password", form("old", "not the old one", "password", better, "again", better)).Is(t, http.StatusForbidden, "", "The old password is not right.", `href="#old"`)
	here.Post("/password", form("old", webtest.Password, "password", "short", "again", "short")).Is(t, http.StatusUnprocessableEntity, "", "A password has 10 to 200 characters.")
	there.Get("/account").Is(t, http.StatusOK, "")
	here.Post("/password", form("old", webtest.Password, "password", better, "again", better)).Is(t, http.StatusSeeOther, "/account?done=password")
	here.Get("/account?done=password").Is(t, http.StatusOK, "", "Your password is changed.")
	there.Get("/account").Is(t, http.StatusSeeOther, "/sign-in?to=%2Faccount")
	there.Post("/sign-in", form("email", webtest.Email(webtest.Worker), "password", better)).Is(t, http.StatusSeeOther, w.Path(""))
}

func TestSessions(t *testing.T) {
	w := webtest.New(t)
	here, there := w.As(webtest.National), w.As(webtest.National)
	got := here.Get("/sessions")
	got.Is(t, http.StatusOK, "", "this device")
	ended := false
	for _, f := range webtest.Forms(got.Body, "/sessions") {
		if answer := w.As(webtest.Analyst).Post(f.Action, f.Values); answer.Status != http.StatusNotFound && answer.Status != http.StatusForbidden {
			t.Errorf("somebody else may end the session: %d", answer.Status)
		}
		if answer := here.Post(f.Action, f.Values); answer.To == "/sign-in?done=out" {
			ended = true
			break
		}
	}
	// The sessions are in the order of their last use, so the other's may stand before or after one's own.
	if a, b := here.Get("/account").Status, there.Get("/account").Status; ended != (a == http.StatusSeeOther) || (!ended && b != http.StatusSeeOther) {
		t.Errorf("after it the two sessions answer %d and %d", a, b)
	}
}

func TestCounterDevice(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Worker)
	v.Get(w.Path("/counter")).Is(t, http.StatusOK, "", webtest.Name(webtest.Worker), "Col League", "you are signed out of it")
	v.Post(w.Path("/counter"), nil).Is(t, http.StatusSeeOther, "/counter")
	v.Get("/account").Is(t, http.StatusSeeOther, "/counter")
	v.Get(w.Path("/give-out")).Is(t, http.StatusSeeOther, "/counter?to="+url.QueryEscape(w.Path("/give-out")))
	who := strconv.Itoa(w.Account(webtest.Worker))
	got := v.Get("/counter?to=" + url.QueryEscape(w.Path("/give-out")))
	got.Is(t, http.StatusOK, "", "Who are you?", webtest.Name(webtest.Worker), `name="to" value="`+w.Path("/give-out")+`"`)
	got.Lacks(t, "Cora Cole", webtest.Email(webtest.Worker))
	v.Post("/counter", form("pin", webtest.PIN)).Is(t, http.StatusUnprocessableEntity, "", "Choose your name.")
	got = v.Post("/counter", form("account", who, "pin", "9182", "to", w.Path("/give-out")))
	got.Is(t, http.StatusForbidden, "", "The PIN is not right.", "4 more times", `value="`+w.Path("/give-out")+`"`)
	got.Lacks(t, "9182")
	v.Post("/counter", form("account", strconv.Itoa(w.Account(webtest.Coordinator)), "pin", webtest.PIN)).Is(t, http.StatusForbidden, "")
	v.Post("/counter", form("account", who, "pin", webtest.PIN, "to", w.Path("/give-out"))).Is(t, http.StatusSeeOther, w.Path("/give-out"))
	v.Get(w.Path("/give-out")).Is(t, http.StatusOK, "", webtest.Name(webtest.Worker))
	v.Post("/password", form("old", webtest.Password, "password", "nine red foxes dig", "again", "nine red foxes dig")).Is(t, http.StatusForbidden, "")

	v.Post("/sign-out", nil).Is(t, http.StatusSeeOther, "/counter") // a turn ends, the device stays
	v.Get(w.Path("")).Is(t, http.StatusOK, "")
	v.Get(w.Path("/give-out")).Is(t, http.StatusSeeOther, "/counter?to="+url.QueryEscape(w.Path("/give-out")))
	v.Post("/counter/end", nil).Is(t, http.StatusSeeOther, "/sign-in?done=out")
	v.Get(w.Path("")).Is(t, http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(w.Path("")))

	lost := w.As(webtest.Acting)
	lost.Get(w.Path("/give-out")).Is(t, http.StatusOK, "")
	w.As(webtest.Coordinator).Post(w.Path("/counter/close"), nil).Is(t, http.StatusSeeOther, w.Path("/counter?done=closed"))
	lost.Get(w.Path("")).Is(t, http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(w.Path("")))
}

func TestOwnPIN(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Worker)
	v.Post("/pin", form("pin", "1234", "again", "1234")).Is(t, http.StatusUnprocessableEntity, "", "This PIN is too easy to guess.")
	v.Post("/pin", form("pin", "7305", "again", "7350")).Is(t, http.StatusUnprocessableEntity, "", "The two are not the same.")
	v.Post("/pin", form("pin", "7305", "again", "7305")).Is(t, http.StatusSeeOther, "/account?done=pin")
	device := w.As(webtest.Device)
	device.Post("/counter", form("account", strconv.Itoa(w.Account(webtest.Worker)), "pin", webtest.PIN)).Is(t, http.StatusForbidden, "")
	device.Post("/counter", form("account", strconv.Itoa(w.Account(webtest.Worker)), "pin", "7305")).Is(t, http.StatusSeeOther, w.Path(""))
}
