package check

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

// at is where the page is.
const at = "/check"

// Routes are the addresses of this package.
var Routes = []desk.Route{
	{Pattern: "GET " + at, Scope: desk.Public, Handle: ask},
	{Pattern: "POST " + at, Scope: desk.Public, Handle: send},
	{Pattern: "POST " + at + "/scan", Scope: desk.Public, Handle: scanned},
	{Pattern: "GET " + at + ".ics", Scope: desk.Public, Handle: calendar},
	{Pattern: "GET /01/{gtin}", Scope: desk.Public, Handle: link},
	{Pattern: "GET /01/{gtin}/10/{lot}", Scope: desk.Public, Handle: link},

	{Pattern: "GET " + at + "/remind", Scope: desk.Public, Handle: remindForm},
	{Pattern: "POST " + at + "/remind", Scope: desk.Public, Handle: remind},
	{Pattern: "GET " + at + "/remind/sent", Scope: desk.Public, Handle: sent},
	{Pattern: "GET /reminders/{token}", Scope: desk.Public, Handle: kept},
	{Pattern: "GET /reminders/{token}/delete", Scope: desk.Public, Handle: kept},
	{Pattern: "POST /reminders/{token}/confirm", Scope: desk.Public, Handle: confirm},
	{Pattern: "POST /reminders/{token}/delete", Scope: desk.Public, Handle: remove},

	{Pattern: "GET /wording", Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: wording},
	{Pattern: "POST /wording", Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: approve},
}

// WithoutCookies takes cookies away from requests for the public addresses of this package, so that nothing behind it can
// read one, whoever is signed in on the same phone.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, begins := range []string{at + "/", at + ".ics", "/01/", "/reminders/"} {
			if r.URL.Path == at || strings.HasPrefix(r.URL.Path, begins) {
				r = r.Clone(r.Context())
				r.Header.Del("Cookie")
				break
			}
		}
		next.ServeHTTP(w, r)
	})
}
