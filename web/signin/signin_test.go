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

// answers checks the status of an answer, where it leads on to, and words it must hold.
func answers(t *testing.T, got webtest.Answer, status int, to string, words ...string) {
	t.Helper()
	if got.Status != status || got.To != to {
		t.Errorf("answers %d %q, not %d %q", got.Status, got.To, status, to)
	}
	for _, w := range words {
		if !strings.Contains(got.Body, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

func lacks(t *testing.T, got webtest.Answer, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(got.Body, w) {
			t.Errorf("the page holds %q", w)
		}
	}
}

func home(w *webtest.World) string { return "/outlets/" + strconv.Itoa(w.Home.ID) }

func TestSignIn(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	worker := form("email", webtest.Email(webtest.Worker), "password", webtest.Password)
	for _, wrong := range []url.Values{
		form("email", webtest.Email(webtest.Worker), "password", "seven grey geese wade"),
		form("email", "nobody@example.org", "password", webtest.Password),
	} {
		got := v.Post("/sign-in", wrong)
		answers(t, got, http.StatusForbidden, "", "The e-mail address or the password is not right.", `href="#password"`, wrong.Get("email"))
		lacks(t, got, wrong.Get("password"))
		if got.Header.Get("Set-Cookie") != "" {
			t.Error("a wrong password sets a cookie")
		}
	}
	answers(t, v.Get(home(w)), http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(home(w)))
	got := v.Post("/sign-in", worker)
	answers(t, got, http.StatusSeeOther, home(w))
	cookie := got.Header.Get("Set-Cookie")
	for _, must := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, must) {
			t.Errorf("the cookie lacks %s: %s", must, strings.SplitN(cookie, ";", 2)[1])
		}
	}
	answers(t, v.Get(home(w)), http.StatusOK, "", "Wanda Werk")
	answers(t, v.Get("/sign-in"), http.StatusSeeOther, home(w))

	old := w.Token(webtest.Worker)
	w.As(webtest.Public).Do(http.MethodPost, "/sign-in", worker, "Content-Type", "application/x-www-form-urlencoded", "Cookie", "everykit="+old)
	if p, err := w.Staff.Who(t.Context(), old); err == nil {
		t.Errorf("signing in again leaves the browser's session before it open, for %d", p.ID)
	}
	answers(t, v.Post("/sign-out", nil), http.StatusSeeOther, "/sign-in?done=out")
	answers(t, v.Get("/sign-in?done=out"), http.StatusOK, "", "You are signed out.")
	answers(t, v.Get("/account"), http.StatusSeeOther, "/sign-in?to=%2Faccount")
}

// TestNobodyIsSentElsewhere tries to make the page of signing in lead to another site.
func TestNobodyIsSentElsewhere(t *testing.T) {
	w := webtest.New(t)
	for _, to := range []string{"https://elsewhere.example/", "//elsewhere.example", `/\elsewhere.example`, "javascript:alert(1)", "elsewhere", "\x00", ""} {
		got := w.As(webtest.Public).Post("/sign-in", form("email", webtest.Email(webtest.Coordinator), "password", webtest.Password, "to", to))
		answers(t, got, http.StatusSeeOther, "/areas/"+w.Area(w.Home).Code)
	}
	got := w.As(webtest.Public).Post("/sign-in", form("email", webtest.Email(webtest.Coordinator), "password", webtest.Password, "to", "/accounts"))
	answers(t, got, http.StatusSeeOther, "/accounts")
}

func TestOwnPassword(t *testing.T) {
	w := webtest.New(t)
	here, there := w.As(webtest.Worker), w.As(webtest.Worker)
	const better = "nine red foxes dig"
	answers(t, here.Post("/password", form("old", webtest.Password, "password", better, "again", "nine red foxes dug")), http.StatusUnprocessableEntity, "", "The two are not the same.")
	answers(t, here.Post("/password", form("old", "not the old one", "password", better, "again", better)), http.StatusForbidden, "", "The old password is not right.", `href="#old"`)
	answers(t, here.Post("/password", form("old", webtest.Password, "password", "short", "again", "short")), http.StatusUnprocessableEntity, "", "A password has 10 to 200 characters.")
	answers(t, there.Get("/account"), http.StatusOK, "")
	answers(t, here.Post("/password", form("old", webtest.Password, "password", better, "again", better)), http.StatusSeeOther, "/account?done=password")
	answers(t, here.Get("/account?done=password"), http.StatusOK, "", "Your password is changed.")
	answers(t, there.Get("/account"), http.StatusSeeOther, "/sign-in?to=%2Faccount")
	answers(t, there.Post("/sign-in", form("email", webtest.Email(webtest.Worker), "password", better)), http.StatusSeeOther, home(w))
}

func TestSessions(t *testing.T) {
	w := webtest.New(t)
	here, there := w.As(webtest.National), w.As(webtest.National)
	got := here.Get("/sessions")
	answers(t, got, http.StatusOK, "", "this device")
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
	answers(t, v.Get(home(w)+"/counter"), http.StatusOK, "", "Wanda Werk", "Col League", "you are signed out of it")
	answers(t, v.Post(home(w)+"/counter", nil), http.StatusSeeOther, "/counter")
	answers(t, v.Get("/account"), http.StatusSeeOther, "/counter")
	answers(t, v.Get(home(w)+"/give-out"), http.StatusSeeOther, "/counter?to="+url.QueryEscape(home(w)+"/give-out"))
	who := strconv.Itoa(w.Account(webtest.Worker))
	got := v.Get("/counter?to=" + url.QueryEscape(home(w)+"/give-out"))
	answers(t, got, http.StatusOK, "", "Who are you?", "Wanda Werk", `name="to" value="`+home(w)+`/give-out"`)
	lacks(t, got, "Cora Cole", webtest.Email(webtest.Worker))
	answers(t, v.Post("/counter", form("pin", webtest.PIN)), http.StatusUnprocessableEntity, "", "Choose your name.")
	got = v.Post("/counter", form("account", who, "pin", "9182", "to", home(w)+"/give-out"))
	answers(t, got, http.StatusForbidden, "", "The PIN is not right.", "4 more times", `value="`+home(w)+`/give-out"`)
	lacks(t, got, "9182")
	answers(t, v.Post("/counter", form("account", strconv.Itoa(w.Account(webtest.Coordinator)), "pin", webtest.PIN)), http.StatusForbidden, "")
	answers(t, v.Post("/counter", form("account", who, "pin", webtest.PIN, "to", home(w)+"/give-out")), http.StatusSeeOther, home(w)+"/give-out")
	answers(t, v.Get(home(w)+"/give-out"), http.StatusOK, "", "Wanda Werk")
	answers(t, v.Post("/password", form("old", webtest.Password, "password", "nine red foxes dig", "again", "nine red foxes dig")), http.StatusForbidden, "")

	answers(t, v.Post("/sign-out", nil), http.StatusSeeOther, "/counter") // a turn ends, the device stays
	answers(t, v.Get(home(w)), http.StatusOK, "")
	answers(t, v.Get(home(w)+"/give-out"), http.StatusSeeOther, "/counter?to="+url.QueryEscape(home(w)+"/give-out"))
	answers(t, v.Post("/counter/end", nil), http.StatusSeeOther, "/sign-in?done=out")
	answers(t, v.Get(home(w)), http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(home(w)))

	lost := w.As(webtest.Acting)
	answers(t, lost.Get(home(w)+"/give-out"), http.StatusOK, "")
	answers(t, w.As(webtest.Coordinator).Post(home(w)+"/counter/close", nil), http.StatusSeeOther, home(w)+"/counter?done=closed")
	answers(t, lost.Get(home(w)), http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(home(w)))
}

func TestOwnPIN(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Worker)
	answers(t, v.Post("/pin", form("pin", "1234", "again", "1234")), http.StatusUnprocessableEntity, "", "This PIN is too easy to guess.")
	answers(t, v.Post("/pin", form("pin", "7305", "again", "7350")), http.StatusUnprocessableEntity, "", "The two are not the same.")
	answers(t, v.Post("/pin", form("pin", "7305", "again", "7305")), http.StatusSeeOther, "/account?done=pin")
	device := w.As(webtest.Device)
	answers(t, device.Post("/counter", form("account", strconv.Itoa(w.Account(webtest.Worker)), "pin", webtest.PIN)), http.StatusForbidden, "")
	answers(t, device.Post("/counter", form("account", strconv.Itoa(w.Account(webtest.Worker)), "pin", "7305")), http.StatusSeeOther, home(w))
}
