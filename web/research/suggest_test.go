package research_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"everykit/library"
	"everykit/web/webtest"
)

// typed is the form, opened and left for as long as a person takes, with some fields filled in.
func typed(w *webtest.World, v *webtest.Visitor, with ...string) url.Values {
	form := v.Fill("/research/suggest", with...)
	w.Wait(library.MinFormAge + time.Second)
	return form
}

// open are all addresses for everybody that tell of what is on the shelf.
var open = []string{
	"/research", "/research?page=2", "/research?page=4", "/research?q=canary", "/research?q=wheatear", "/research/feed.atom", "/research/export.ris", "/research/export.bib",
	"/research/export.json", "/research/export.csv", "/report", "/after", "/research/suggest",
}

// TestSuggestionsStayUnseen: what a stranger types is on no public page, in no file, no address and no log, before somebody accepts it;
// and their e-mail address never.
func TestSuggestionsStayUnseen(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	canaries := []string{"Canary wheatear title", "10.5555/wheatear.canary", "wheatear because", "wheatear@example.org"}
	form := typed(w, v, "title", canaries[0], "link", canaries[1], "why", canaries[2], "email", canaries[3])
	a := v.Post("/research/suggest", form)
	if a.Status != http.StatusSeeOther || !regexp.MustCompile(`^/research/suggested\?reference=[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$`).MatchString(a.To) {
		t.Fatalf("answers %d %s", a.Status, a.To)
	}
	reference := a.To[strings.Index(a.To, "=")+1:]
	thanks := v.Open(a.To)
	thanks.Says(t, "Thank you", reference, "We have not read it yet.")
	thanks.Lacks(t, canaries...)
	if thanks.Header.Get("Cache-Control") != "no-store" || !strings.Contains(thanks.Header.Get("X-Robots-Tag"), "noindex") {
		t.Errorf("the thanks may be kept: %v", thanks.Header)
	}
	v.Post("/research/suggest", form).Is(t, http.StatusSeeOther, a.To) // the same form sent twice is one
	queue, err := w.Library.Queue(t.Context(), w.Person(webtest.National), library.Waiting)
	if err != nil || len(queue) != 1 {
		t.Fatalf("%d wait, %v", len(queue), err)
	}
	nowhere := func(when string, canaries ...string) {
		t.Helper()
		for _, path := range open {
			body := v.Open(path).Body
			if path == "/research?q=canary" || path == "/research?q=wheatear" {
				body = strings.NewReplacer(`value="canary"`, "", `value="wheatear"`, "", "q=canary", "", "q=wheatear", "").Replace(body)
			}
			for _, c := range canaries {
				if strings.Contains(body, c) {
					t.Errorf("%s: %s shows %q", when, path, c)
				}
			}
		}
		webtest.Lacks(t, w.Log.String(), canaries...)
	}
	nowhere("sent", append(canaries, "wheatear")...)
	staff := w.As(webtest.National)
	taken := staff.Post("/nation/research/suggestions/"+reference, url.Values{"do": {"take"}, "note": {"Thank you, we read it."}})
	nowhere("taken up", append(canaries, "wheatear")...)
	p := v.Post("/research/suggested", url.Values{"reference": {strings.ToLower(strings.ReplaceAll(reference, "-", " "))}})
	p.Is(t, http.StatusOK, "", "We took it up. It is not on the website yet.", "Thank you, we read it.")
	p.Lacks(t, canaries...)
	key, _, _ := strings.Cut(strings.TrimPrefix(taken.To, "/nation/research/items/"), "?")
	staff.Post("/nation/research/items/"+key+"/state", url.Values{"do": {"accept"}}).Is(t, http.StatusSeeOther, "/nation/research/items/"+key+"?done=accepted")
	v.Open("/research").Says(t, canaries[0])
	nowhere("accepted", canaries[2:]...)
	v.Post("/research/suggested", url.Values{"reference": {reference}}).Says(t, "It is on the website.", `href="/research/`+key+`"`)
	for _, table := range w.Tables() {
		if strings.Contains(table.Text, canaries[3]) {
			t.Errorf("table %s keeps the e-mail address", table.Name)
		}
	}
	v.Post("/research/suggested", url.Values{"reference": {"ABCD-EFGH"}}).Is(t, http.StatusUnprocessableEntity, "", "There is no suggestion with this reference.")
	v.Get("/research/suggested?reference=%3Cscript%3E").Is(t, http.StatusUnprocessableEntity, "")
}

// TestSuggestBadInput: each thing that is wrong is said at its field, all that was typed is still there, and nothing is stored.
func TestSuggestBadInput(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	const markup = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	long := strings.Repeat("lang ", 200_000) // 1 MB
	for name, c := range map[string]struct {
		with []string
		says string
	}{
		"nothing":        {[]string{"title", "", "link", ""}, "Type the title of the research, or a link to it."},
		"only blanks":    {[]string{"title", " \u00a0\u200b\t"}, "Type the title of the research, or a link to it."},
		"no link":        {[]string{"title", "A title", "link", "ask my aunt"}, "This is not a link, a DOI or a PubMed number."},
		"a script":       {[]string{"title", "A title", "link", "javascript:alert(1)"}, "This is not a link, a DOI or a PubMed number."},
		"no e-mail":      {[]string{"title", "A title", "email", "aunt at home"}, "This is not an e-mail address."},
		"two e-mails":    {[]string{"title", "A title", "email", "a@example.org, b@example.org"}, "This is not an e-mail address."},
		"markup as link": {[]string{"title", markup, "link", markup, "why", markup, "email", markup}, "This is not a link, a DOI or a PubMed number."},
		"1 MB":           {[]string{"title", "A title", "why", long}, "This is longer than 3000 letters."},
		"1 MB of title":  {[]string{"title", long}, "This is longer than 500 letters."},
		"a program":      {[]string{"title", "A title", "more", "https://example.com/pills"}, "This form was filled in by a program."},
		"another token":  {[]string{"title", "A title", "token", "AAAA"}, "This form was not made here, or has been changed."},
	} {
		t.Run(name, func(t *testing.T) {
			form := typed(w, v, c.with...)
			a := v.Post("/research/suggest", form)
			if a.Status != http.StatusUnprocessableEntity && a.Status != http.StatusConflict {
				t.Fatalf("answers %d %s", a.Status, a.To)
			}
			a.Says(t, c.says, "There is a problem")
			a.Lacks(t, "<script>alert", "<img src=x")
			held := webtest.Held(a.Body)
			for _, field := range []string{"title", "link", "why", "email"} {
				if held.Get(field) != form.Get(field) {
					t.Errorf("%s comes back as %.80q", field, held.Get(field))
				}
			}
			if name == "a program" || name == "another token" {
				w.Wait(library.MinFormAge + time.Second)
				if again := v.Post("/research/suggest", held); again.Status != http.StatusSeeOther {
					t.Errorf("sent once more it answers %d", again.Status)
				}
			}
		})
	}
	form := v.Fill("/research/suggest", "title", "Too fast")
	v.Post("/research/suggest", form).Is(t, http.StatusConflict, "", "faster than anybody types", `value="Too fast"`)
	queue, err := w.Library.Queue(t.Context(), w.Person(webtest.National), library.Waiting)
	if err != nil || len(queue) != 2 { // those of the program and of the other token, sent once more
		t.Errorf("%d are stored, %v", len(queue), err)
	}
	v.Post("/research/suggest", url.Values{"why": {strings.Repeat("lang ", 1<<20)}}).Is(t, http.StatusUnprocessableEntity, "", "This form cannot be read.")
	v.Do(http.MethodPost, "/research/suggest", nil, "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://evil.example").Is(t, http.StatusForbidden, "")
}

// TestOddLetters: markup and odd Unicode in any field is stored as text, and shown as text to staff and, once accepted, to everybody.
func TestOddLetters(t *testing.T) {
	w := webtest.NewBare(t)
	v, staff := w.As(webtest.Public), w.As(webtest.National)
	for _, title := range []string{
		`<script>alert(1)</script> & "quotes" 'single'`, "Naloxon für Überdosis — ein Überblick 🙂", "نالوكسون في المنزل", "Z\u0335a\u0336l\u0334g\u0335o", "right\u202eto\u202cleft", "nul\x00and\x1bescape",
		"bad\xff\xfebytes", strings.Repeat("ö", library.MostSuggestedTitle), "{{.Body}} ${x} %s %n", "]]> <!-- -->",
	} {
		w.Wait(time.Hour)
		a := v.Post("/research/suggest", typed(w, v, "title", title, "why", title))
		if a.Status != http.StatusSeeOther {
			t.Errorf("%.40q answers %d", title, a.Status)
			continue
		}
		at := "/nation/research/suggestions/" + a.To[strings.Index(a.To, "=")+1:]
		seen := staff.Open(at)
		to := staff.Post(at, url.Values{"do": {"take"}}).To
		key, _, _ := strings.Cut(strings.TrimPrefix(to, "/nation/research/items/"), "?")
		staff.Post("/nation/research/items/"+key+"/state", url.Values{"do": {"accept"}})
		bodies := []string{seen.Body, staff.Open(to).Body, v.Open("/research").Body, v.Open("/research/" + key).Body, v.Open("/research/feed.atom").Body}
		for i, body := range bodies {
			if !utf8.ValidString(body) || strings.ContainsAny(body, "\x00\x1b\u202e") || strings.Contains(body, "<script>alert") {
				t.Errorf("%.40q: page %d is %d bytes of something else", title, i, len(body))
			}
		}
	}
}
