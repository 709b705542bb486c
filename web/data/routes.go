package data

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

// at is where the list of tables is.
const at = "/data"

// Routes are the addresses of this package. {table} is the name of a table, for its page, or that of a file of one: areas.csv,
// areas.json, areas.parquet.
var Routes = []desk.Route{
	{Pattern: "GET " + at, Scope: desk.Public, Handle: list},
	{Pattern: "GET " + at + "/datapackage.json", Scope: desk.Public, Handle: dataPackage},
	{Pattern: "GET " + at + "/{table}", Scope: desk.Public, Handle: show},
}

// WithoutCookies takes cookies away from requests for these addresses, so that what is answered is the same for everybody.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == at || strings.HasPrefix(r.URL.Path, at+"/") {
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}
