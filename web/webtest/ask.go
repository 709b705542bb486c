package webtest

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Open reads a page that has to be there, and ends the test if it is not.
func (v *Visitor) Open(path string) Answer {
	v.w.t.Helper()
	a := v.Get(path)
	if a.Status != http.StatusOK {
		v.w.t.Fatalf("%s answers %d %s: %.600s", path, a.Status, a.To, a.Words())
	}
	return a
}

// Fill opens a page and gives what its form holds as a browser would send it, with some fields changed: names and values
// in pairs. The form is the one that Held finds; its button is not pressed, so name that too where it matters.
func (v *Visitor) Fill(path string, with ...string) url.Values {
	v.w.t.Helper()
	form := Held(v.Open(path).Body)
	for i := 0; i < len(with); i += 2 {
		form.Set(with[i], with[i+1])
	}
	return form
}

// Saved fills in the form of a page and sends it, and gives the page that it leads to, with To its address. The test ends
// if the form is not taken.
func (v *Visitor) Saved(path string, with ...string) Answer {
	v.w.t.Helper()
	a := v.Post(path, v.Fill(path, with...))
	if a.Status != http.StatusSeeOther {
		v.w.t.Fatalf("%s is not taken, and answers %d: %.600s", path, a.Status, a.Words())
	}
	to := a.To
	a = v.Open(to)
	a.To = to
	return a
}

// Refused fills in the form of a page and sends it, and gives what is said of it. The test ends if the form is taken.
func (v *Visitor) Refused(path string, with ...string) Answer {
	v.w.t.Helper()
	a := v.Post(path, v.Fill(path, with...))
	if a.Status < 400 || a.Status > 499 {
		v.w.t.Fatalf("%s is not refused, and answers %d %s", path, a.Status, a.To)
	}
	return a
}

// Is checks the status of an answer, where it leads on to ("" for nowhere), and markup or words that it must hold.
func (a Answer) Is(t testing.TB, status int, to string, words ...string) {
	t.Helper()
	if a.Status != status || a.To != to {
		t.Errorf("answers %d %q, not %d %q", a.Status, a.To, status, to)
	}
	a.Says(t, words...)
}

// Says fails the test for each of some words or pieces of markup that the answer lacks.
func (a Answer) Says(t testing.TB, words ...string) {
	t.Helper()
	Says(t, a.Body, words...)
}

// Lacks fails the test for each of some words or pieces of markup that the answer holds.
func (a Answer) Lacks(t testing.TB, words ...string) {
	t.Helper()
	Lacks(t, a.Body, words...)
}

// Words are what can be read in the main part of the page, each gap one space.
func (a Answer) Words() string { return Words(a.Body) }

// Says is Answer.Says for any text.
func Says(t testing.TB, text string, words ...string) {
	t.Helper()
	for _, s := range words {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not said in: %.600s", s, Words(text))
		}
	}
}

// Lacks is Answer.Lacks for any text.
func Lacks(t testing.TB, text string, words ...string) {
	t.Helper()
	for _, s := range words {
		if strings.Contains(text, s) {
			t.Errorf("%q is said, and must not be", s)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// Words is Answer.Words for the markup of any page.
func Words(body string) string {
	if _, in, ok := strings.Cut(body, "<main"); ok {
		in, _, _ = strings.Cut(in, "</main>")
		body = "<main" + in
	}
	return html.UnescapeString(strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " "))
}
