package front

import (
	"embed"
	"net/http"
	"strings"

	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Where the pages are.
const (
	at          = "/"
	statePath   = "/state"
	sitemapPath = "/sitemap.xml"
	robotsPath  = "/robots.txt"
)

// Routes are the addresses of this folder. {nation} is the code of one that has places which give kits out.
var Routes = []desk.Route{
	{Pattern: "GET /{$}", Scope: desk.Public, Handle: front},
	{Pattern: "GET " + statePath, Scope: desk.Public, Handle: state},
	{Pattern: "GET " + statePath + "/{nation}", Scope: desk.Public, Handle: state},
	{Pattern: "GET " + sitemapPath, Scope: desk.Public, Inside: true, Handle: sitemap},
	{Pattern: "GET " + robotsPath, Scope: desk.Public, Inside: true, Handle: robots},
}

// WithoutCookies takes cookies away from requests for these addresses, so that what is answered is the same for everybody.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch p := r.URL.Path; {
		case r.Header.Get("Cookie") == "":
		case p == at, p == statePath, strings.HasPrefix(p, statePath+"/"), p == sitemapPath, p == robotsPath:
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}

// Nav is the menu of whoever is not signed in.
var Nav = []page.Link{
	{Text: "shell.nav-find", Href: "/find"},
	{Text: "shell.nav-check", Href: "/check"},
	{Text: "shell.nav-report", Href: "/report"},
	{Text: "shell.nav-research", Href: "/research"},
	{Text: "shell.nav-state", Href: statePath},
	{Text: "shell.sign-in", Href: "/sign-in"},
}
