package outlet

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

// Routes are the addresses of this package. What only certain people may do with one entry (release what is held,
// reverse) is asked again by the ledger.
var Routes = []desk.Route{
	{Pattern: "GET " + at, Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: shelf},
	{Pattern: "GET " + at + "/shelf.csv", Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: shelfCSV},
	{Pattern: "GET " + at + "/entries.csv", Scope: desk.AtOutlet, Deed: staff.SeeEntries, Handle: latestCSV},
	{Pattern: "GET " + at + "/deliveries.csv", Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: deliveriesCSV},
	{Pattern: "GET " + at + "/entries/{entry}", Scope: desk.AtOutlet, Deed: staff.SeeEntries, Handle: entry},

	{Pattern: "GET " + at + "/give-out", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: giveOut.form},
	{Pattern: "POST " + at + "/give-out", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: giveOut.send},
	{Pattern: "POST " + at + "/scan", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: scanned},
	{Pattern: "GET " + at + "/receive", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: receive.form},
	{Pattern: "POST " + at + "/receive", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: receive.send},
	{Pattern: "GET " + at + "/send", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: dispatch.form},
	{Pattern: "POST " + at + "/send", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: dispatch.send},
	{Pattern: "GET " + at + "/arrive/{area}/{transfer}", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: arrive.form},
	{Pattern: "POST " + at + "/arrive/{area}/{transfer}", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: arrive.send},
	{Pattern: "GET " + at + "/used", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: used.form},
	{Pattern: "POST " + at + "/used", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: used.send},
	{Pattern: "GET " + at + "/handed-back", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: handedBack.form},
	{Pattern: "POST " + at + "/handed-back", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: handedBack.send},
	{Pattern: "GET " + at + "/write-off", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: writeOff.form},
	{Pattern: "POST " + at + "/write-off", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: writeOff.send},
	{Pattern: "GET " + at + "/turned-away", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: turnedAway.form},
	{Pattern: "POST " + at + "/turned-away", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: turnedAway.send},
	{Pattern: "GET " + at + "/entries/{entry}/reverse", Scope: desk.AtOutlet, Deed: staff.Reverse, Handle: reverse.form},
	{Pattern: "POST " + at + "/entries/{entry}/reverse", Scope: desk.AtOutlet, Deed: staff.Reverse, Handle: reverse.send},
	{Pattern: "POST " + at + "/nil-month", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: nilMonth},
}
