package intake

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this package. Whether somebody may record kits at each outlet that a file names is asked by
// the ledger, row by row.
var Routes = append(append(
	importAt("/import", desk.Anywhere, staff.Import),
	importAt("/areas/{area}/import", desk.AtArea, staff.ManageArea)...),
	desk.Route{Pattern: "GET /areas/{area}/export/{file}", Scope: desk.AtArea, Deed: staff.Download, Handle: export},
)

func importAt(at string, scope desk.Scope, deed staff.Deed) []desk.Route {
	return []desk.Route{
		{Pattern: "GET " + at, Scope: scope, Deed: deed, Handle: choose},
		{Pattern: "POST " + at, Scope: scope, Deed: deed, Handle: preview},
		{Pattern: "GET " + at + "/template/{kind}", Scope: scope, Deed: deed, Handle: template},
		{Pattern: "GET " + at + "/files/{file}/faults.csv", Scope: scope, Deed: deed, Handle: faultsCSV},
		{Pattern: "POST " + at + "/files/{file}/take", Scope: scope, Deed: deed, Handle: take},
		{Pattern: "GET " + at + "/files/{file}/done", Scope: scope, Deed: deed, Handle: done},
	}
}
