package find

import (
	"embed"
	"net/http"
	"strings"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// at is where the page is, and outlets where those of single outlets are.
const (
	at      = "/find"
	outlets = at + "/outlet/"
)

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	{Pattern: "GET " + at, Scope: desk.Public, Handle: ask},
	{Pattern: "POST " + at, Scope: desk.Public, Handle: find},
	{Pattern: "GET " + at + "/{area}", Scope: desk.Public, Handle: area},
	{Pattern: "GET " + outlets + "{outlet}", Scope: desk.Public, Handle: outlet},
	{Pattern: "GET " + outlets + "{outlet}/wrong", Scope: desk.Public, Handle: wrongForm},
	{Pattern: "POST " + outlets + "{outlet}/wrong", Scope: desk.Public, Handle: wrong},
	{Pattern: "GET " + outlets + "{outlet}/thanks", Scope: desk.Public, Handle: thanks},

	{Pattern: "GET /areas/{area}/wrong", Scope: desk.AtArea, Deed: staff.OfferRequests, Handle: reports},
	{Pattern: "POST /areas/{area}/wrong", Scope: desk.AtArea, Deed: staff.OfferRequests, Handle: settle},
	{Pattern: "POST /areas/{area}/confirmed", Scope: desk.AtArea, Deed: staff.ManageArea, Handle: confirm},
}

// WithoutCookies takes cookies away from requests for the public addresses, so that what is answered is the same for everybody.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == at || strings.HasPrefix(r.URL.Path, at+"/") {
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}

// Path is the public page of an outlet.
func Path(outlet int) string { return outlets + itoa(outlet) }

// AreaPath is the public page of an authority's outlets, by its code.
func AreaPath(code string) string { return at + "/" + code }
