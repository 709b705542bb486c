package words

import (
	"embed"
	"net/http"

	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this package.
var Routes = []desk.Route{
	{Pattern: "GET /definitions", Scope: desk.Public, Handle: definitions},
	{Pattern: "GET /accessibility", Scope: desk.Public, Handle: written("accessibility", "accessibility.title")},
	{Pattern: "GET /privacy", Scope: desk.Public, Handle: written("privacy", "privacy.title")},
	{Pattern: "GET /cookies", Scope: desk.Public, Handle: written("cookies", "cookies.title")},
}

// written is a page that is nothing but its template. Its title is a message.
func written(name, title string) func(*desk.Visit) error {
	return func(v *desk.Visit) error { return show(v, name, v.View(v.T(title))) }
}

// show draws a page for anybody. Only what the public sees may be kept on the way, since the header names who is signed
// in.
func show(v *desk.Visit, name string, pv page.View) error {
	pv.Public = pv.Person == nil
	v.W.Header().Add("Vary", "Cookie")
	return pages.Render(v.W, http.StatusOK, name, pv)
}
