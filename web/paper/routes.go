package paper

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// at is where all addresses of an outlet begin.
const at = "/outlets/{outlet}"

// Routes are the addresses of this package.
var Routes = []desk.Route{
	{Pattern: "GET " + at + "/day-sheet", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: daySheet},
	{Pattern: "POST " + at + "/day-sheet", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: sendDaySheet},
	{Pattern: "GET " + at + "/day-sheet/print", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: printDaySheet},
	{Pattern: "GET " + at + "/card", Scope: desk.AtOutlet, Deed: staff.SeeEntries, Handle: card},
	{Pattern: "GET " + at + "/card.csv", Scope: desk.AtOutlet, Deed: staff.SeeEntries, Handle: cardCSV},
	{Pattern: "GET " + at + "/count", Scope: desk.AtOutlet, Deed: staff.Count, Handle: counts},
	{Pattern: "POST " + at + "/count/expired", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: writeOffExpired},
	{Pattern: "GET " + at + "/count/{count}", Scope: desk.AtOutlet, Deed: staff.Count, Handle: countSheet},
	{Pattern: "POST " + at + "/count/{count}", Scope: desk.AtOutlet, Deed: staff.Count, Handle: saveCount},
	{Pattern: "GET " + at + "/count/{count}/sign", Scope: desk.AtOutlet, Deed: staff.Count, Handle: signSheet},
	{Pattern: "POST " + at + "/count/{count}/sign", Scope: desk.AtOutlet, Deed: staff.SignCount, Handle: signCount},
	{Pattern: "GET " + at + "/count/{count}/lines.csv", Scope: desk.AtOutlet, Deed: staff.Count, Handle: countCSV},
}
