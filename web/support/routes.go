package support

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// one is where the addresses of an action begin.
const one = "/areas/{area}/support/{action}"

// give is where an authority sends kits for the action of another.
const give = "/areas/{area}/give/{action}"

// Routes are the addresses of this folder. Guidance is for the public where it is marked so: which pages a visitor may read
// is decided in guide.go, for a page that is not theirs is not there.
var Routes = []desk.Route{
	{Pattern: "GET /nation/support", Scope: desk.AtNation, Deed: staff.SeeScorecard, Handle: nation},
	{Pattern: "GET /nation/{nation}/support", Scope: desk.AtNation, Deed: staff.SeeScorecard, Handle: nation},
	{Pattern: "GET /nation/{nation}/support.csv", Scope: desk.AtNation, Deed: staff.SeeScorecard, Handle: nationFile},

	{Pattern: "GET /areas/{area}/support", Scope: desk.AtArea, Deed: staff.SeeScorecard, Handle: authority},
	{Pattern: "POST /areas/{area}/support", Scope: desk.AtArea, Deed: staff.AskSupport, Handle: ask},
	{Pattern: "GET " + one, Scope: desk.AtArea, Deed: staff.SeeScorecard, Handle: show},
	{Pattern: "POST " + one, Scope: desk.AtArea, Deed: staff.AskSupport, Handle: answer}, // how far it may go, the room knows
	{Pattern: "GET " + one + "/spare", Scope: desk.AtArea, Deed: staff.GiveSupport, Handle: spare},
	{Pattern: "POST " + one + "/spare", Scope: desk.AtArea, Deed: staff.GiveSupport, Handle: askAnother},

	{Pattern: "GET " + give, Scope: desk.AtArea, Deed: staff.MoveKits, Handle: giveForm},
	{Pattern: "POST " + give, Scope: desk.AtArea, Deed: staff.MoveKits, Handle: send},

	{Pattern: "GET /guidance", Scope: desk.Public, Handle: guides},
	{Pattern: "GET /guidance/{key}", Scope: desk.Public, Handle: guide},
	{Pattern: "GET /nation/{nation}/guidance/new", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: newGuide},
	{Pattern: "POST /nation/{nation}/guidance/new", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: saveGuide},
	{Pattern: "GET /nation/{nation}/guidance/{key}/edit", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: editGuide},
	{Pattern: "POST /nation/{nation}/guidance/{key}/edit", Scope: desk.AtNation, Deed: staff.GiveSupport, Handle: saveGuide},
}
