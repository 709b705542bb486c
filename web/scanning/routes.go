package scanning

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this package. What a code says is said to anybody: it is what is printed on the pack. What
// the ledger has of a lot is added for who is signed in.
var Routes = []desk.Route{
	{Pattern: "POST /scan", Scope: desk.Public, Handle: reply},
	{Pattern: "GET " + linkPath, Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: linkForm},
	{Pattern: "POST " + linkPath, Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: link},
}

func reply(v *desk.Visit) error { return Reply(v, Blanks) }
