package page

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"everykit/fault"
	"everykit/language"
)

// manner is how a request is to be answered, apart from what is answered.
type manner struct {
	words *language.Words
	open  bool
}

type mannerKey struct{}

func mannerOf(r *http.Request) manner {
	m, _ := r.Context().Value(mannerKey{}).(manner)
	return m
}

func (m manner) put(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), mannerKey{}, m))
}

// Languages takes the language from the beginning of an address: what is behind it sees the address without. A page in another
// language than English is the public's: whoever is signed in on the same phone is not looked at.
func Languages(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		words, rest := language.For(r.URL.Path)
		if words.IsEnglish() {
			next.ServeHTTP(w, r)
			return
		}
		in := r.Clone(context.WithValue(r.Context(), mannerKey{}, manner{words: words}))
		in.URL.Path = rest
		in.URL.RawPath = strings.TrimPrefix(r.URL.RawPath, words.Path)
		in.Header.Del("Cookie")
		next.ServeHTTP(w, in)
		r.Pattern = in.Pattern // for whoever writes down what was asked for
	})
}

// ForEverybody marks what a handler answers as pages of the public: they have addresses in every language, and the way to leave
// them quickly.
func ForEverybody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := mannerOf(r)
		m.open = true
		next.ServeHTTP(w, m.put(r))
	})
}

// InEnglishAlone hides addresses of staff from other languages.
func (s *Shell) InEnglishAlone(next http.Handler) http.Handler {
	away := s.Handle(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !WordsOf(r).IsEnglish() {
			away.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// WordsOf are the words in which a request is answered.
func WordsOf(r *http.Request) *language.Words {
	if m := mannerOf(r); m.words != nil {
		return m.words
	}
	return language.English()
}

// T is a message in the language of the page (package language): {{$.T "find.found" "count" .N}}.
func (v View) T(key string, pairs ...any) string { return v.Words.T(key, pairs...) }

// HTML is T for messages with markup. Links in it get the class that links have.
func (v View) HTML(key string, pairs ...any) template.HTML { return Markup(v.Words, key, pairs...) }

// Markup is View.HTML for Go code that has the words alone.
func Markup(w *language.Words, key string, pairs ...any) template.HTML {
	return template.HTML(strings.ReplaceAll(string(w.HTML(key, pairs...)), `<a href="`, `<a class="nhsuk-link" href="`)) // HTML escapes
}

// Link is an address of this site in the language of the page.
func (v View) Link(path string) string { return v.Words.Link(path) }

// In puts a link between public pages into the language of the page. Words that are the key of a message are said in it.
func (l Link) In(w *language.Words) Link {
	if language.Has(l.Text) {
		l.Text = w.T(l.Text)
	}
	l.Href = w.Link(l.Href)
	return l
}

// Lang and Dir are those of the document.
func (v View) Lang() string { return v.Words.Lang() }

// Dir is the direction of writing.
func (v View) Dir() string { return v.Words.Dir() }

// MainLang is the language of the main part where it is not that of the page: its words are not in message files.
func (v View) MainLang() string {
	if v.worded {
		return ""
	}
	return v.InEnglish()
}

// InEnglish is the tag of English on pages in another language, for the attribute lang of what is in English alone; empty on English
// pages, which need none.
func (v View) InEnglish() string {
	if v.Words.IsEnglish() {
		return ""
	}
	return language.English().Tag
}

// Tongue is the same page in one of the languages that are loaded.
type Tongue struct {
	Tag, Name string
	Href      string
	Here      bool
}

// Tongues are all languages of a public page, English first; none where there is only one.
func (v View) Tongues() []Tongue {
	all := language.All()
	if !v.Open || len(all) < 2 {
		return nil
	}
	list := make([]Tongue, len(all))
	for i, w := range all {
		list[i] = Tongue{Tag: w.Tag, Name: w.Name, Href: w.Link(v.address), Here: w.Lang() == v.Lang()}
	}
	return list
}

// ExitHref is where "Exit this page" leads: a page that nobody has to explain.
const ExitHref = "https://www.bbc.co.uk/weather"

// Exit is the address for leaving quickly; empty on pages of staff and for whoever is signed in.
func (v View) Exit() string {
	if !v.Open || v.Person != nil {
		return ""
	}
	return ExitHref
}
