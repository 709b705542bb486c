package report

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this folder. {period} is a slug such as 2026-27-q1; with ".pdf" behind it, it is the same to print.
// Without a period an address leads to the one asked for by ?period=, or to the last whole quarter.
var Routes = []desk.Route{
	{Pattern: "GET /outlets/{outlet}/report", Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: ofOutlet(choose)},
	{Pattern: "GET /outlets/{outlet}/report/{period}", Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: ofOutlet(show)},
	{Pattern: "GET /areas/{area}/report", Scope: desk.AtArea, Deed: staff.SeeArea, Handle: ofArea(choose)},
	{Pattern: "GET /areas/{area}/report/{period}", Scope: desk.AtArea, Deed: staff.SeeArea, Handle: ofArea(show)},
}
