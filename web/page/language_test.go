package page_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/language"
	"everykit/web/page"
)

// publicShell is a site at which nobody has signed in.
func publicShell() *page.Shell {
	s := shell()
	s.Person = nil
	return s
}

// shown answers a request for an address as a page of the public with some template, in whatever language the address has.
func shown(t *testing.T, s *page.Shell, address, template string, change func(*page.View)) (*httptest.ResponseRecorder, *http.Request) {
	t.Helper()
	set := page.MustParse(folder(map[string]string{"p.html": template}), "*.html")
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Cookie", "everykit=secret")
	page.Languages(page.ForEverybody(s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		v := s.View(r, "Title")
		if change != nil {
			change(&v)
		}
		if !v.Words.IsEnglish() && r.Header.Get("Cookie") != "" {
			t.Error("a cookie is seen in another language")
		}
		return set.Render(w, http.StatusOK, "p", v)
	}))).ServeHTTP(w, r)
	return w, r
}

// TestLanguageOfAPage: the address decides, the frame follows, and what is in English alone says so.
func TestLanguageOfAPage(t *testing.T) {
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	s := publicShell()
	s.PublicNav = []page.Link{{Text: "shell.privacy", Href: "/privacy"}, {Text: "In so many words", Href: "/x"}}
	const worded, own = `{{define "main"}}<p>{{with .Body}}{{$.T "shell.menu"}}{{end}}</p>{{end}}`, `{{define "main"}}<p>English</p>{{end}}`
	for _, c := range []struct {
		address, template string
		says, lacks       []string
	}{
		{"/x?a=1", worded, []string{`<html lang="en-GB" dir="ltr">`, ">Menu<", `hreflang="en-XA" href="/xx/x?a=1"`, `href="/privacy">Privacy<`, `href="/x" aria-current="page">In so many words<`}, []string{`<main class="nhsuk-main-wrapper" id="maincontent" tabindex="-1" lang`, "⟦Ṁ"}},
		{"/xx/x?a=1", worded, []string{`<html lang="en-XA" dir="ltr">`, p.T("shell.menu"), `hreflang="en-GB" href="/x?a=1"`, `href="/xx/privacy">` + p.T("shell.privacy"), `href="/xx/x" aria-current="page">In so many words<`}, []string{`tabindex="-1" lang`, ">Menu<"}},
		{"/xx/x", own, []string{`<html lang="en-XA" dir="ltr">`, `tabindex="-1" lang="en-GB"`}, []string{">Privacy<"}},
		{"/x", own, []string{`<html lang="en-GB"`}, []string{`tabindex="-1" lang`}},
	} {
		w, _ := shown(t, s, c.address, c.template, func(v *page.View) { v.Body = "yes" })
		for _, must := range c.says {
			if !strings.Contains(w.Body.String(), must) {
				t.Errorf("%s lacks %q in %s", c.address, must, w.Body)
			}
		}
		for _, not := range c.lacks {
			if strings.Contains(w.Body.String(), not) {
				t.Errorf("%s holds %q", c.address, not)
			}
		}
	}
}

// TestWordedTemplates: a message asked for anywhere in a template makes it one in the language of the page.
func TestWordedTemplates(t *testing.T) {
	t.Cleanup(language.Use(language.Pseudo()))
	for body, worded := range map[string]bool{
		`{{.T "shell.menu"}}`: true,
		`{{range .Crumbs}}{{else}}{{$.T "shell.menu"}}{{end}}`:                     true,
		`{{if .Wide}}{{else if .Demo}}{{.HTML "shell.demonstration-text"}}{{end}}`: true,
		`{{template "button" (button ($.T "shell.menu"))}}`:                        true,
		`{{with .Title}}{{printf "%s" ($.T "shell.menu")}}{{end}}`:                 true,
		`{{.Words.T "shell.menu"}}`:                                                true,
		`{{($.Field "a" "b").Words.T "shell.menu"}}`:                               true,
		`{{.Title}}{{template "heading" $}}{{.Lang}}`:                              false,
		`T "shell.menu"`: false,
	} {
		w, _ := shown(t, publicShell(), "/xx/x", `{{define "main"}}`+body+`{{end}}`, nil)
		if got := !strings.Contains(w.Body.String(), `tabindex="-1" lang="en-GB"`); got != worded {
			t.Errorf("%s: it is in the language of the page: %v", body, got)
		}
	}
}

// TestPiecesTakeTheWordsOfThePage draws each piece that has words of its own.
func TestPiecesTakeTheWordsOfThePage(t *testing.T) {
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	type body struct {
		Figures []page.Figure
		Table   page.Table
		Pager   page.Pager
		Chart   page.Chart
		Callout page.Callout
	}
	pieces := body{
		Figures: []page.Figure{{Label: "a", Definition: "coverage"}}, Pager: page.Pager{Previous: "/a", Next: "/b", Items: []page.PagerItem{{Number: 2, Href: "/c"}}},
		Table: page.Table{Caption: "a", Columns: []page.Column{{Label: "a", Definition: "kit"}}, Rows: []page.Row{{Cells: []page.Cell{page.TextCell("a")}}}, CSV: "/a.csv"},
		Chart: page.Drawing("<svg></svg>", page.Table{Caption: "a"}), Callout: page.Callout{Title: "a", Text: "b"},
	}
	const template = `{{define "main"}}{{with .Body}}{{template "figures" (.Figures | in $.Words)}}{{template "table" (.Table | in $.Words)}}{{template "pager" (.Pager | in $.Words)}}
{{template "chart" (.Chart | in $.Words)}}{{template "callout" (.Callout | in $.Words)}}{{template "count" ($.Field "n" "a" | step)}}{{end}}{{end}}`
	w, _ := shown(t, publicShell(), "/xx/x", template, func(v *page.View) {
		v.Body = pieces
		v.Errors = []page.FieldError{{Field: "n", Message: "m"}}
	})
	got := w.Body.String()
	for _, key := range []string{"no-figure", "this-counted", "as-csv", "previous", "next", "page-beside", "pages", "as-table", "nothing-yet", "important", "error", "problem", "less", "more"} {
		if !strings.Contains(got, p.T("shell."+key)) || strings.Contains(got, ">"+language.English().T("shell."+key)+"<") {
			t.Errorf("%s is not said in the language of the page", key)
		}
	}
	for _, href := range []string{`href="/xx/definitions#coverage"`, `href="/xx/definitions#kit"`, p.T("shell.page", "number", 2)} {
		if !strings.Contains(got, href) {
			t.Errorf("there is no %s", href)
		}
	}
	if pieces.Figures[0].Words != nil {
		t.Error("the handler's own figures were changed")
	}
	if w, _ := shown(t, publicShell(), "/x", `{{define "main"}}{{.Title | in $.Words}}{{end}}`, nil); w.Code != http.StatusInternalServerError {
		t.Errorf("a text that has no words of its own answers %d", w.Code)
	}
}

// TestErrorsInALanguage says what is known of an error in the language of the address.
func TestErrorsInALanguage(t *testing.T) {
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	s := publicShell()
	for _, c := range []struct {
		err         error
		says, lacks string
	}{
		{fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page"), p.T("faults.no-page"), "no page at"},
		{fault.New(fault.Refused, "a rule says no"), "A rule says no.", "This could not"},
		{http.ErrHandlerTimeout, p.T("shell.our-mistake"), "our mistake"},
		{&http.MaxBytesError{Limit: 1}, p.T("shell.too-large-hint"), "smaller"},
	} {
		w := httptest.NewRecorder()
		page.Languages(s.Handle(func(http.ResponseWriter, *http.Request) error { return c.err })).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/xx/x", nil))
		if got := w.Body.String(); !strings.Contains(got, c.says) || strings.Contains(got, c.lacks) || !strings.Contains(got, `href="/xx/">`+p.T("shell.start-page")) {
			t.Errorf("%v is said so: %s", c.err, got)
		}
	}
}

// TestPatternIsKnownOutside: what watches the server sees which kind of page was asked for.
func TestPatternIsKnownOutside(t *testing.T) {
	t.Cleanup(language.Use(language.Pseudo()))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /x/{id}", func(http.ResponseWriter, *http.Request) {})
	r := httptest.NewRequest(http.MethodGet, "/xx/x/7", nil)
	page.Languages(mux).ServeHTTP(httptest.NewRecorder(), r)
	if r.Pattern != "GET /x/{id}" || r.URL.Path != "/xx/x/7" {
		t.Errorf("it is %q of %s", r.Pattern, r.URL.Path)
	}
}
