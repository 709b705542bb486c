package web_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"everykit/language"
	"everykit/notice"
	"everykit/web"
	"everykit/web/browser"
	"everykit/web/desk"
	"everykit/web/frontend"
	"everykit/web/page"
	"everykit/web/webtest"
)

// speaking is the world with the pseudo-locale beside English, at /xx.
func speaking(t *testing.T) (*webtest.World, *language.Words) {
	t.Helper()
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	return whole(t), p
}

// openPages are the addresses of all pages of the public, and some of them with what they can be asked.
func openPages(w *webtest.World) []string {
	var list []string
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if r.Scope == desk.Public && !r.Inside && method == http.MethodGet && !isFile(path) && !strings.ContainsAny(path, "{") && filepath.Ext(path) == "" {
			list = append(list, path)
		}
	}
	return append(list, "/check?product=prenoxad", "/check?lot=NOBODY&expiry=2027-06", "/check?lot=NOBODY", "/check?expiry=2026-01", "/check?expiry=2026-11-23",
		"/check/remind?lot=A&expiry=2027-06", "/data/supplies", "/data/figures-coverage", "/data/rules")
}

// tongue is what a page says in a language: its words, and those of attributes that are read out, but for what stands within lang of
// English, which is gathered apart.
type tongue struct {
	said, apart []string
}

var readOut = []string{"aria-label", "title", "alt", "placeholder"}

func (s *tongue) read(n *html.Node, apart bool) {
	if n.Type == html.ElementNode {
		if n.Data == "script" || n.Data == "style" || n.Data == "svg" || n.Data == "code" { // the number of an error
			return
		}
		for _, a := range n.Attr {
			if a.Key == "lang" && n.Data != "html" {
				apart = a.Val == "en-GB"
			}
		}
		for _, a := range n.Attr {
			if slices.Contains(readOut, a.Key) {
				s.add(a.Val, apart)
			}
		}
	}
	if n.Type == html.TextNode {
		s.add(n.Data, apart)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.read(c, apart)
	}
}

func (s *tongue) add(text string, apart bool) {
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return
	}
	if apart {
		s.apart = append(s.apart, text)
	} else {
		s.said = append(s.said, text)
	}
}

var plainWord = regexp.MustCompile(`[A-Za-z]{2,}`)

// plain gives the pieces of a page in which a plain word stands that is no data: a message would have no plain letter.
func plain(t *testing.T, body string, data []string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var s tongue
	s.read(root, false)
	var known []string
	for _, text := range append(data, s.apart...) {
		known = append(known, plainWord.FindAllString(text, -1)...)
	}
	var left []string
	for _, text := range s.said {
		for _, word := range plainWord.FindAllString(text, -1) {
			if !slices.Contains(known, word) {
				left = append(left, text)
				break
			}
		}
		if strings.Count(text, language.OpenBracket) > 0 && strings.Contains(text, "{") {
			left = append(left, text)
		}
	}
	return left
}

// dataOf are words on public pages that are no messages: names.
func dataOf(t *testing.T, w *webtest.World) []string {
	t.Helper()
	list := []string{"Everykit", "/data", "CSV", "JSON", "Parquet", "NOBODY", webtest.Site}
	snap, err := w.Registry.Now(t.Context())
	w.Must(err)
	for _, p := range snap.Products() {
		list = append(list, p.Name)
	}
	texts, err := notice.Wordings(t.Context(), w.DB)
	w.Must(err)
	for _, text := range texts {
		list = append(list, text.ID())
	}
	tables, err := w.Data.List(t.Context())
	w.Must(err)
	for _, m := range tables {
		list = append(list, m.Title, m.Source, m.Definition)
	}
	return append(list, "Open Government Licence v3.0")
}

// TestEveryWordOfAPublicPageIsAMessage walks all public pages in the pseudo-locale, forms that are refused and errors too.
func TestEveryWordOfAPublicPageIsAMessage(t *testing.T) {
	w, xx := speaking(t)
	data := dataOf(t, w)
	v := w.As(webtest.Public)
	look := func(name string, a webtest.Answer) {
		t.Helper()
		for _, text := range plain(t, a.Body, data) {
			t.Errorf("%s says in plain English: %q", name, text)
		}
		a.Says(t, `<html lang="en-XA" dir="ltr">`, language.OpenBracket)
	}
	for _, path := range openPages(w) {
		a := v.Open(xx.Link(path))
		a.Body = strings.ReplaceAll(a.Body, w.URL+xx.Link(path), "") // its own address, for paper
		look(path, a)
	}
	for path, form := range map[string]url.Values{
		"/check":        {"lot": {"A"}, "expiry": {"soon"}, "product": {"teapot"}},
		"/check/remind": {"lot": {strings.Repeat("9", 41)}, "expiry": {"2026-01"}, "email": {"a@example.net"}},

		"/bulletins/subscribe": {"email": {"3"}},
		"/research/suggest":    {"email": {"3"}, "link": {"3"}},
		"/research/suggested":  {"reference": {"3"}},
		"/find":                {"place": {"3"}},
		"/request":             {"page": {"who"}, "go": {"next"}},
		"/request/progress":    {"reference": {"3"}},
	} {
		a := v.Post(xx.Link(path), form)
		if a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", path, a.Status)
		}
		look(path+" refused", a)
	}
	look("no page", v.Get("/xx/no-such-page"))
	if got := v.Get("/check"); len(plain(t, got.Body, data)) == 0 {
		t.Error("this test finds no English on an English page")
	}
}

// TestLongWordsFit opens the pages that are in messages at 320 and 1280 pixels with words a third longer.
func TestLongWordsFit(t *testing.T) {
	w, xx := speaking(t)
	b := browser.Start(t)
	for _, path := range []string{"/", "/check", "/check?lot=NOBODY&expiry=2027-06", "/check/remind?lot=A&expiry=2027-06", "/check/remind/sent", "/accessibility", "/privacy", "/cookies", "/definitions", "/data", "/data/supplies"} {
		b.Check(w.URL+xx.Link(path), http.StatusOK)
	}
}

// TestAddressesOfALanguage follows links, forms and the way between languages.
func TestAddressesOfALanguage(t *testing.T) {
	w, xx := speaking(t)
	v := w.As(webtest.Public)
	for _, path := range openPages(w) {
		a := v.Open(xx.Link(path))
		a.Says(t, `hreflang="en-GB" href="`+strings.ReplaceAll(path, "&", "&amp;")+`"`, `hreflang="en-XA" href="`+strings.ReplaceAll(xx.Link(path), "&", "&amp;")+`"`)
		if a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		in := v.Open(path)
		in.Says(t, `<html lang="en-GB" dir="ltr">`, `hreflang="en-XA"`)
		in.Lacks(t, language.OpenBracket+"Š") // but for the name in the chooser
	}
	for _, path := range []string{"/check", "/check/remind", "/data", "/privacy", "/cookies", "/no-such-page"} {
		for _, m := range linkTo.FindAllStringSubmatch(v.Get(xx.Link(path)).Body, -1) {
			to := m[1]
			file := strings.HasPrefix(to, "/data/") && strings.Contains(to, ".")
			if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "/xx/") && !strings.HasPrefix(to, frontend.Prefix) && to != "/sign-in" && to != path && !file {
				t.Errorf("%s leaves the language for %s", path, to)
			}
		}
	}
	v.Post("/xx/reminders/x/confirm", nil).Is(t, http.StatusSeeOther, "/xx/reminders/x")
	v.Post("/reminders/x/confirm", nil).Is(t, http.StatusSeeOther, "/reminders/x")
	v.Get("/xx/data/areas.csv").Is(t, http.StatusOK, "")
	v.Get("/xx").Is(t, http.StatusOK, "")
}

// TestStaffPagesHaveOneLanguage: an address that is not the public's is not there with a language before it, whoever asks. Nobody is
// signed in there.
func TestStaffPagesHaveOneLanguage(t *testing.T) {
	w, xx := speaking(t)
	n := 0
	for _, who := range []string{webtest.Public, webtest.Administrator} {
		v := w.As(who)
		for _, r := range web.Routes() {
			method, path := address(w, r.Pattern, places(w)[0])
			if r.Scope == desk.Public && !r.Inside {
				continue
			}
			n++
			if a := v.Do(method, "/xx"+path, nil); a.Status != http.StatusNotFound || strings.Contains(a.Body, "sign-out") {
				t.Errorf("%s /xx%s answers %d %s", method, path, a.Status, a.To)
			}
		}
		v.Open(xx.Link("/privacy")).Lacks(t, "sign-out", "/account")
	}
	if n < 100 {
		t.Errorf("only %d addresses were tried", n)
	}
	w.As(webtest.Administrator).Open("/nation").Lacks(t, "hreflang")
}

// TestOneLanguageHasNoChooser: with English alone nothing is said of languages.
func TestOneLanguageHasNoChooser(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	v.Open("/check").Lacks(t, "hreflang", "Languages")
	if a := v.Get("/xx/check"); a.Status != http.StatusNotFound {
		t.Errorf("a language that is not loaded answers %d", a.Status)
	}
}

// TestWayOut: every page of the public has it, and none of staff, nor for whoever is signed in.
func TestWayOut(t *testing.T) {
	w := webtest.New(t)
	const out = `href="` + page.ExitHref + `" rel="nofollow noreferrer" data-exit`
	v := w.As(webtest.Public)
	for _, path := range openPages(w) {
		v.Open(path).Says(t, out)
	}
	v.Open("/sign-in").Lacks(t, out)
	v.Open(w.Link).Lacks(t, out)
	v.Open(w.AnswerLink).Lacks(t, out)
	w.As(webtest.Worker).Open("/notices").Lacks(t, out)
	w.As(webtest.Worker).Open("/privacy").Lacks(t, out)
}

// TestWayOutLeavesNothing presses the button, and the key, in a browser that reaches no other site: the page is gone from the
// screen and from the history. Without the script it is a link.
func TestWayOutLeavesNothing(t *testing.T) {
	w := webtest.NewBare(t)
	elsewhere := w.URL + "/accessibility"
	for name, leave := range map[string]func(*browser.Browser){
		"button": func(b *browser.Browser) { b.Follow("[data-exit]") },
		"key":    func(b *browser.Browser) { b.Press("Shift", "Shift"); b.PressAndWait("Shift") },
	} {
		t.Run(name, func(t *testing.T) {
			b := browser.Start(t)
			b.Open(w.URL + "/privacy")
			b.Open(w.URL + "/check")
			n := browser.Eval[int](b, "history.length")
			browser.Eval[string](b, `document.querySelector('[data-exit]').href = '`+elsewhere+`'`)
			leave(b)
			if got := b.URL(); got != elsewhere {
				t.Fatalf("it leads to %s", got)
			}
			if got := browser.Eval[int](b, "history.length"); got != n {
				t.Errorf("the history has %d pages, and had %d", got, n)
			}
		})
	}
	b := browser.Start(t)
	b.BlockScript(true)
	b.Open(w.URL + "/check")
	browser.Eval[string](b, `document.querySelector('[data-exit]').href = '`+elsewhere+`'`)
	b.Follow("[data-exit]")
	if got := b.URL(); got != elsewhere {
		t.Errorf("without the script it leads to %s", got)
	}
}
