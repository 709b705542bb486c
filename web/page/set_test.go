package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"everykit/fault"
	"everykit/web/page"
)

func folder(files map[string]string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, body := range files {
		fs[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return fs
}

func TestParseFailsEarly(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"no main":         {`{{define "other"}}x{{end}}`, `does not define "main"`},
		"unknown partial": {`{{define "main"}}{{template "nowhere" .}}{{end}}`, "nowhere"},
		"unknown func":    {`{{define "main"}}{{shout "x"}}{{end}}`, "shout"},
		"cannot escape":   {`{{define "main"}}<a {{if .Title}}href="{{end}}>{{end}}`, "contexts"},
	} {
		_, err := page.Parse(folder(map[string]string{"p.html": c.body}), "*.html")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want %q in it", name, err, c.want)
		}
	}
	if _, err := page.Parse(folder(nil), "*.html"); err == nil {
		t.Error("a set without pages is no error")
	}
}

func TestRenderSendsNothingOfABrokenPage(t *testing.T) {
	set := page.MustParse(folder(map[string]string{"p.html": `{{define "main"}}begun {{.Body.Nowhere}}{{end}}`}), "*.html")
	w := httptest.NewRecorder()
	v := shell().View(httptest.NewRequest(http.MethodGet, "/x", nil), "T")
	v.Body = struct{}{}
	if err := set.Render(w, 200, "p", v); err == nil {
		t.Error("a broken page is drawn")
	}
	if w.Body.Len() > 0 {
		t.Errorf("half a page was sent: %s", w.Body)
	}
	if err := set.Render(w, 200, "nowhere", v); err == nil {
		t.Error("a page that is not there is drawn")
	}
}

func TestFrameAndHeaders(t *testing.T) {
	set := page.MustParse(folder(map[string]string{
		"p.html": `{{define "main"}}{{template "shared" .Body}}{{end}}`, "_s.html": `{{define "shared"}}<p>{{.}}</p>{{end}}`,
	}), "*.html")
	s := shell()
	r := httptest.NewRequest(http.MethodGet, "/sink/deeper", nil)
	v := s.View(r, "<Title>")
	v.Body = "<b>"
	w := httptest.NewRecorder()
	if err := set.Render(w, http.StatusOK, "p", v); err != nil {
		t.Fatal(err)
	}
	body := w.Body.String()
	for _, want := range []string{"<p>&lt;b&gt;</p>", "&lt;Title&gt;", "Amina Yusuf", `href="/sink" aria-current="page"`, "made up", `action="/sign-out"`, "Skip to main content"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, never := range []string{"style=", "onclick", "<b>", "http://", "https://", `href="/sheet" aria-current`, "ZgotmplZ"} {
		if strings.Contains(body, never) {
			t.Errorf("%q is on the page", never)
		}
	}
	h := w.Header()
	if h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers are %v", h)
	}
	if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy is %q", csp)
	}

	s.Demo = false
	s.Person = nil
	v = s.View(r, "Find kits")
	v.Public, v.Body = true, ""
	w = httptest.NewRecorder()
	if err := set.Render(w, http.StatusOK, "p", v); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"made up", "Sign out", "Amina"} {
		if strings.Contains(w.Body.String(), never) {
			t.Errorf("%q is on a public page that is no demonstration", never)
		}
	}
	if got := w.Header().Get("Cache-Control"); got != "public, max-age=60" {
		t.Errorf("a public page is cached as %q", got)
	}
}

func TestFieldKeepsWhatWasTyped(t *testing.T) {
	set := page.MustParse(folder(map[string]string{
		"p.html": `{{define "main"}}{{template "text" ($.Field "kits" "Kits" | initial 7 | hint "Whole kits.")}}{{template "password" ($.Field "pin" "PIN")}}{{end}}`,
	}), "*.html")
	v := shell().View(httptest.NewRequest(http.MethodGet, "/x", nil), "T")
	fresh, err := set.Bytes("p", v)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(fresh), `value="7"`) || strings.Contains(string(fresh), "aria-invalid") {
		t.Errorf("a fresh form is %s", fresh)
	}
	err = fault.List{fault.New(fault.Invalid, "Not a number.").At("kits").Hint("Type 1 or more.")}
	if !v.Fail(err, url.Values{"kits": {"x<y"}, "pin": {"secret4711"}}) {
		t.Fatal("an invalid form is not the form's fault")
	}
	again, err := set.Bytes("p", v)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`value="x&lt;y"`, `aria-describedby="kits-hint kits-error"`, `href="#kits"`, "Not a number. Type 1 or more.", "<title>Error: "} {
		if !strings.Contains(string(again), want) {
			t.Errorf("%q is not on the page that came back", want)
		}
	}
	for _, never := range []string{`value="7"`, "secret4711"} {
		if strings.Contains(string(again), never) {
			t.Errorf("%q is on the page that came back", never)
		}
	}
	if v.Fail(fault.New(fault.Forbidden, "No."), nil) || v.Fail(http.ErrBodyNotAllowed, nil) {
		t.Error("what is not the form's fault was put on the form")
	}
}
