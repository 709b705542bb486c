package research

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

// Where the pages are. A key of an item has a hyphen in it, and no other address below at has.
const (
	at          = "/research"
	feedPath    = at + "/feed.atom"
	suggestPath = at + "/suggest"
	sentPath    = at + "/suggested"
	reportPath  = "/report"
	afterPath   = "/after"

	shelf     = "/nation/research"
	newPath   = shelf + "/new"
	filePath  = shelf + "/file"
	queuePath = shelf + "/suggestions"
	itemsPath = shelf + "/items/"
)

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	{Pattern: "GET " + at, Scope: desk.Public, Handle: list},
	{Pattern: "GET " + feedPath, Scope: desk.Public, Handle: feed},
	{Pattern: "GET " + at + "/export.ris", Scope: desk.Public, Handle: export},
	{Pattern: "GET " + at + "/export.bib", Scope: desk.Public, Handle: export},
	{Pattern: "GET " + at + "/export.json", Scope: desk.Public, Handle: export},
	{Pattern: "GET " + at + "/export.csv", Scope: desk.Public, Handle: export},
	{Pattern: "GET " + suggestPath, Scope: desk.Public, Handle: suggestForm},
	{Pattern: "POST " + suggestPath, Scope: desk.Public, Handle: suggest},
	{Pattern: "GET " + sentPath, Scope: desk.Public, Handle: suggested},
	{Pattern: "POST " + sentPath, Scope: desk.Public, Handle: progress},
	{Pattern: "GET " + at + "/{item}", Scope: desk.Public, Handle: item},
	{Pattern: "GET " + at + "/{item}/{file}", Scope: desk.Public, Handle: itemFile},
	{Pattern: "GET " + reportPath, Scope: desk.Public, Handle: report},
	{Pattern: "GET " + afterPath, Scope: desk.Public, Handle: after},

	{Pattern: "GET " + shelf, Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: keep},
	{Pattern: "GET " + newPath, Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: newForm},
	{Pattern: "POST " + newPath, Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: add},
	{Pattern: "GET " + filePath, Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: chooseFile},
	{Pattern: "POST " + filePath, Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: lookAtFile},
	{Pattern: "POST " + filePath + "/take", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: takeFile},
	{Pattern: "GET " + queuePath, Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: queue},
	{Pattern: "GET " + queuePath + "/{reference}", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: suggestion},
	{Pattern: "POST " + queuePath + "/{reference}", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: decide},
	{Pattern: "GET " + itemsPath + "{item}", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: edit},
	{Pattern: "POST " + itemsPath + "{item}", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: save},
	{Pattern: "POST " + itemsPath + "{item}/state", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: setState},
	{Pattern: "POST " + itemsPath + "{item}/highlight", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: highlight},
	{Pattern: "POST " + itemsPath + "{item}/join", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: join},
}

// isPublic reports whether an address is one of those for everybody.
func isPublic(path string) bool {
	return path == at || strings.HasPrefix(path, at+"/") || path == reportPath || path == afterPath
}

// WithoutCookies takes cookies away from requests for the public addresses, so that what is answered is the same for everybody.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isPublic(r.URL.Path) && r.Header.Get("Cookie") != "" {
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}

// Path is where everybody reads an item.
func Path(key string) string { return at + "/" + key }
