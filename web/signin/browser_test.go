package signin_test

import (
	"net/http"
	"strings"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// TestWithTheKeyboardAlone signs in without a mouse.
func TestWithTheKeyboardAlone(t *testing.T) {
	w := webtest.New(t)
	b := browser.Start(t)
	b.Open(w.URL + "/sign-in")
	if b.Focused() != "#email" {
		t.Errorf("the keyboard begins at %s", b.Focused())
	}
	b.Press(webtest.Email(webtest.Worker), "Tab", "not it, alas")
	b.PressAndWait("Enter")
	if b.Count("[data-error-summary]") != 1 || b.Value("#email") != webtest.Email(webtest.Worker) {
		t.Fatalf("a wrong password leads to %s", b.Title())
	}
	if b.Press("Tab"); b.Attribute("[data-error-summary] a", "href") != "#password" || !strings.HasPrefix(b.Focused(), "a The e-mail") {
		t.Errorf("after the refusal comes %s", b.Focused())
	}
	if b.Press("Tab", "Tab"); b.Focused() != "#password" {
		t.Errorf("two steps after the summary comes %s", b.Focused())
	}
	b.Press(webtest.Password)
	b.PressAndWait("Enter")
	if b.URL() != w.URL+w.Path("") {
		t.Errorf("after signing in the page is %s", b.URL())
	}
}

// TestRefusalsFit looks at forms that are shown again, on a phone.
func TestRefusalsFit(t *testing.T) {
	w := webtest.New(t)
	b := browser.Start(t)
	b.SetWidth(320)
	b.Open(w.URL + "/sign-in")
	b.Follow("main form button")
	b.Fit()
	b.Open(w.WayIn(webtest.Coordinator))
	b.Open(w.URL + "/accounts/new")
	b.Follow("main form button")
	if b.Count(".nhsuk-error-message") < 3 {
		t.Errorf("an empty account shows %d errors", b.Count(".nhsuk-error-message"))
	}
	b.Fit()
}

// TestWithoutScripts takes a turn at a counter device with scripts off.
func TestWithoutScripts(t *testing.T) {
	w := webtest.New(t)
	b := w.Browse(webtest.Device)
	b.DisableJS()
	b.SetWidth(320)
	if got := b.Open(w.URL + w.Path("/give-out")); got != http.StatusOK || b.Count(`input[name="account"]`) != 2 {
		t.Fatalf("the device answers %d: %s", got, b.Title())
	}
	b.Click(`input[name="account"] ~ label`)
	b.Click(`.nhsuk-radios__item:nth-child(2) label`)
	b.Type("#pin", webtest.PIN)
	b.Follow(`form[action="/counter"] button`)
	if b.URL() != w.URL+w.Path("/give-out") || b.Text(".ek-who__name") != webtest.Name(webtest.Worker) {
		t.Errorf("after the PIN: %s, %s", b.URL(), b.Text(".ek-who__text"))
	}
}
