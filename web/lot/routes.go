package lot

import (
	"embed"
	"strconv"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// at is where all addresses of a lot begin.
const at = "/lots/{lot}"

// Routes are the addresses of this folder. A lot belongs to no place: what is told of places is held to those that a person
// may see, in traced.go.
var Routes = []desk.Route{
	{Pattern: "GET /lots", Scope: desk.SignedIn, Handle: search},
	{Pattern: "GET " + at, Scope: desk.SignedIn, Handle: show},
	{Pattern: "GET " + at + "/trace.csv", Scope: desk.SignedIn, Handle: traceFile},
	{Pattern: "GET " + at + "/weeks.csv", Scope: desk.SignedIn, Handle: weeksFile},
	{Pattern: "GET " + at + "/deliveries.csv", Scope: desk.SignedIn, Handle: deliveriesFile},
	{Pattern: "GET " + at + "/outlets/{outlet}", Scope: desk.AtOutlet, Deed: staff.SeeEntries, Handle: atOutlet},
	{Pattern: "GET " + at + "/outlets/{outlet}/entries.csv", Scope: desk.AtOutlet, Deed: staff.Download, Handle: entriesFile},
	{Pattern: "GET " + at + "/join", Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: joinForm},
	{Pattern: "POST " + at + "/join", Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: join},
	{Pattern: "POST " + at + "/part", Scope: desk.Anywhere, Deed: staff.ManageRegistry, Handle: part},
	{Pattern: "GET " + at + "/labels", Scope: desk.SignedIn, Handle: labelsForm},
	{Pattern: "GET " + at + "/labels/print", Scope: desk.SignedIn, Handle: labelsPrint},
}

// Path is the address of a lot's page.
func Path(id int) string { return "/lots/" + strconv.Itoa(id) }
