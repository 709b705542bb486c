package nation

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	{Pattern: "GET /nation", Scope: desk.AtNation, Deed: staff.SeeNation, Handle: show},
	{Pattern: "GET /nation/{nation}", Scope: desk.AtNation, Deed: staff.SeeNation, Handle: show},
	{Pattern: "GET /nation/{nation}/figures.csv", Scope: desk.AtNation, Deed: staff.SeeNation, Handle: file},
}
