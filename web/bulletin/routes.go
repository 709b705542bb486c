package bulletin

import (
	"embed"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Where the addresses begin: of what is published, of links of subscribers, of early access, and of the bulletins of a nation
// and of an authority for their staff.
const (
	at         = "/bulletins"
	feedPath   = at + "/feed.atom"
	linkPath   = at + "/subscribed/"
	earlyPath  = "/early/"
	ownNation  = "/nation/bulletins" // of the nation of whoever asks
	nationPath = "/nation/{nation}/bulletins"
	areaPath   = "/areas/{area}/bulletins"
)

// Routes are the addresses of this folder.
var Routes = slices.Concat([]desk.Route{
	{Pattern: "GET " + at, Scope: desk.Public, Handle: list},
	{Pattern: "GET " + feedPath, Scope: desk.Public, Handle: feed},
	{Pattern: "POST " + at + "/subscribe", Scope: desk.Public, Handle: subscribe},
	{Pattern: "GET " + at + "/subscribe/sent", Scope: desk.Public, Handle: sent},
	{Pattern: "GET " + linkPath + "{token}", Scope: desk.Public, Handle: subscribed},
	{Pattern: "POST " + linkPath + "{token}", Scope: desk.Public, Handle: leave},
	{Pattern: "POST " + linkPath + "{token}/confirm", Scope: desk.Public, Handle: confirm},
	{Pattern: "GET " + linkPath + "{token}/leave", Scope: desk.Public, Handle: subscribed},
	{Pattern: "POST " + linkPath + "{token}/leave", Scope: desk.Public, Handle: leave},
	{Pattern: "GET " + at + "/{slug}", Scope: desk.Public, Handle: show},
	{Pattern: "GET " + at + "/{slug}/{part}", Scope: desk.Public, Handle: part},
	{Pattern: "GET " + at + "/{slug}/{edition}/{file}", Scope: desk.Public, Handle: editionFile},
	{Pattern: "GET " + earlyPath + "{token}", Scope: desk.Public, Inside: true, Handle: early},
	{Pattern: "GET " + ownNation, Scope: desk.AtNation, Deed: staff.SeeBulletins, Handle: drafts},
}, staffRoutes(desk.AtNation, nationPath), staffRoutes(desk.AtArea, areaPath))

// staffRoutes are the addresses of the bulletins of a nation or of an authority.
func staffRoutes(scope desk.Scope, base string) []desk.Route {
	one := base + "/{id}"
	return []desk.Route{
		{Pattern: "GET " + base, Scope: scope, Deed: staff.SeeBulletins, Handle: drafts},
		{Pattern: "POST " + base, Scope: scope, Deed: staff.WriteBulletins, Handle: begin},
		{Pattern: "POST " + base + "/correct", Scope: scope, Deed: staff.WriteBulletins, Handle: correct},
		{Pattern: "GET " + one, Scope: scope, Deed: staff.SeeBulletins, Handle: workbench},
		{Pattern: "GET " + one + "/preview", Scope: scope, Deed: staff.SeeBulletins, Handle: preview},
		{Pattern: "GET " + one + "/files/{name}", Scope: scope, Deed: staff.SeeBulletins, Handle: draftFile},
		{Pattern: "POST " + one + "/note", Scope: scope, Deed: staff.WriteBulletins, Handle: note},
		{Pattern: "POST " + one + "/title", Scope: scope, Deed: staff.WriteBulletins, Handle: retitle},
		{Pattern: "POST " + one + "/arrange", Scope: scope, Deed: staff.WriteBulletins, Handle: arrange},
		{Pattern: "POST " + one + "/invite", Scope: scope, Deed: staff.WriteBulletins, Handle: invite},
		{Pattern: "POST " + one + "/waive", Scope: scope, Deed: staff.WriteBulletins, Handle: waive},
		{Pattern: "POST " + one + "/refreeze", Scope: scope, Deed: staff.WriteBulletins, Handle: refreeze},
		{Pattern: "POST " + one + "/sign", Scope: scope, Deed: staff.SignBulletins, Handle: sign},
		{Pattern: "POST " + one + "/unsign", Scope: scope, Deed: staff.SignBulletins, Handle: unsign},
		{Pattern: "POST " + one + "/publish", Scope: scope, Deed: staff.WriteBulletins, Handle: publish},
		{Pattern: "POST " + one + "/drop", Scope: scope, Deed: staff.WriteBulletins, Handle: drop},
	}
}

// isPublic reports whether an address is one of those for everybody.
func isPublic(path string) bool {
	return path == at || strings.HasPrefix(path, at+"/") || strings.HasPrefix(path, earlyPath)
}

// WithoutCookies takes cookies away from requests for the public addresses, so that what is answered is the same for
// everybody.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isPublic(r.URL.Path) && r.Header.Get("Cookie") != "" {
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}

// PublicPath is where everybody reads the newest edition of a bulletin.
func PublicPath(slug string) string { return at + "/" + slug }

// EditionPath is where one edition stays.
func EditionPath(slug string, number int) string {
	return PublicPath(slug) + "/" + strconv.Itoa(number)
}

// base is where the bulletins of the place of a visit are, for its staff.
func base(v *desk.Visit) string {
	if v.R.PathValue("area") != "" {
		return "/areas/" + v.Area.Code + "/bulletins"
	}
	return "/nation/" + v.Area.Code + "/bulletins"
}

// pathOf is the workbench of an edition.
func pathOf(v *desk.Visit, e *bulletin.Edition) string { return base(v) + "/" + strconv.Itoa(e.ID) }
