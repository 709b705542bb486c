package request

import (
	"embed"
	"net/http"
	"strings"

	"everykit/request"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Where the pages are.
const (
	at     = "/request"
	ofArea = "/areas/{area}/requests"
	ofDesk = "/outlets/{outlet}/requests"
)

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	{Pattern: "GET " + at, Scope: desk.Public, Handle: begin},
	{Pattern: "POST " + at, Scope: desk.Public, Handle: step},
	{Pattern: "GET " + request.ProgressPath, Scope: desk.Public, Handle: lookUp},
	{Pattern: "POST " + request.ProgressPath, Scope: desk.Public, Handle: progress},

	{Pattern: "GET " + request.QueuePath, Scope: desk.SignedIn, Handle: ownQueue},
	{Pattern: "GET " + ofArea, Scope: desk.AtArea, Deed: staff.HandleRequests, Handle: queue},
	{Pattern: "GET " + ofArea + "/{request}", Scope: desk.AtArea, Deed: staff.HandleRequests, Handle: one},
	{Pattern: "POST " + ofArea + "/{request}", Scope: desk.AtArea, Deed: staff.HandleRequests, Handle: handle},
	{Pattern: "GET " + ofArea + "/{request}/label", Scope: desk.AtArea, Deed: staff.HandleRequests, Handle: label},
	{Pattern: "GET " + ofDesk, Scope: desk.AtOutlet, Deed: staff.HandleRequests, Handle: queue},
	{Pattern: "GET " + ofDesk + "/{from}/{request}", Scope: desk.AtOutlet, Deed: staff.HandleRequests, Handle: one},
	{Pattern: "POST " + ofDesk + "/{from}/{request}", Scope: desk.AtOutlet, Deed: staff.HandleRequests, Handle: handle},
	{Pattern: "GET " + ofDesk + "/{from}/{request}/label", Scope: desk.AtOutlet, Deed: staff.HandleRequests, Handle: label},

	{Pattern: "GET /areas/{area}/offer", Scope: desk.AtArea, Deed: staff.OfferRequests, Handle: offerForm},
	{Pattern: "POST /areas/{area}/offer", Scope: desk.AtArea, Deed: staff.OfferRequests, Handle: saveOffer},
}

// WithoutCookies takes cookies away from requests for the public addresses, so that nothing behind it can read one, whoever is signed
// in on the same phone.
func WithoutCookies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if (r.URL.Path == at || strings.HasPrefix(r.URL.Path, at+"/")) && r.Header.Get("Cookie") != "" {
			r = r.Clone(r.Context())
			r.Header.Del("Cookie")
		}
		next.ServeHTTP(w, r)
	})
}
