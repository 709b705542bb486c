package page

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"everykit/civil"
)

// Shell is what every page of one running server has in common. The server makes one and hands it to each folder of
// web; its fields are set before the first request and not changed after.
type Shell struct {
	Log     *slog.Logger
	Demo    bool   // says on every page that outlets, counts and denominators are made up
	Version string // shown in the footer

	// PublicNav is the menu of whoever is not signed in; if nil, only the way to sign in. A text that is the key of a message
	// is said in the language of the page.
	PublicNav []Link

	// Person gives whoever is signed in, nil for the public. It may be nil itself. It is asked once a page.
	Person func(*http.Request) *Person
	// Today is the civil date that pages count from; if nil, today in UTC.
	Today func() civil.Date

	memory Memory
}

// Person is who is signed in, as the header shows them. It carries no rights: what a person may do is decided by staff.
type Person struct {
	Name  string // as the service knows them
	Role  string // in words: "Worker"
	Place string // what they act for: an outlet, an authority, a nation
	Home  string // where the wordmark leads
	Nav   []Link // the pages their role starts from, at most six
}

// Link is words that lead somewhere. Href is a path of this site ("/outlets/7") or an https address.
type Link struct {
	Text string
	Href string
}

// View begins a page: everything the shell knows about the request, and a title. The handler adds the rest.
func (s *Shell) View(r *http.Request, title string) View {
	m := mannerOf(r)
	v := View{shell: s, Title: title, Path: r.URL.Path, Today: s.today(), Words: WordsOf(r), Open: m.open, address: r.URL.Path}
	if r.Method == http.MethodGet && r.URL.RawQuery != "" {
		v.address += "?" + r.URL.RawQuery
	}
	if s.Person != nil {
		v.Person = s.Person(r)
	}
	return v
}

func (s *Shell) today() civil.Date {
	if s.Today != nil {
		return s.Today()
	}
	return civil.In(time.Now(), time.UTC)
}

func (s *Shell) log() *slog.Logger {
	if s == nil || s.Log == nil {
		return slog.Default()
	}
	return s.Log
}

// PublicNav is the menu of whoever is not signed in.
func (v View) PublicNav() []Link {
	if v.shell == nil || v.shell.PublicNav == nil {
		return []Link{{"shell.sign-in", "/sign-in"}}
	}
	return v.shell.PublicNav
}

// PublicLinks is PublicNav as it is shown.
func (v View) PublicLinks() []NavLink {
	var list []NavLink
	for _, l := range v.PublicNav() {
		list = append(list, NavLink{Link: l.In(v.Words), Here: v.Here(l)})
	}
	return list
}

// NavLink is a link of a menu. Here says that it leads to where one is.
type NavLink struct {
	Link
	Here bool
}

// Here reports whether the page being shown lies at or under a link of the navigation, and under no closer one.
func (v View) Here(l Link) bool {
	if !v.under(l) {
		return false
	}
	nav := v.PublicNav()
	if v.Person != nil {
		nav = v.Person.Nav
	}
	for _, other := range nav {
		if len(other.Href) > len(l.Href) && v.under(other) {
			return false
		}
	}
	return true
}

func (v View) under(l Link) bool {
	if l.Href == "/" {
		return v.Path == "/"
	}
	return v.Path == l.Href || strings.HasPrefix(v.Path, strings.TrimSuffix(l.Href, "/")+"/")
}
