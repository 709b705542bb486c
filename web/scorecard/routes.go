package scorecard

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this folder. Those of a nation without its code are of the visitor's own.
var Routes = []desk.Route{
	{Pattern: "GET /areas/{area}/scorecard", Scope: desk.AtArea, Deed: staff.SeeScorecard, Handle: card},
	{Pattern: "GET /areas/{area}/scorecard.csv", Scope: desk.AtArea, Deed: staff.SeeScorecard, Handle: cardFile},

	ofNation("GET /nation/scorecard", nation),
	ofNation("GET /nation/{nation}/scorecard", nation),
	ofNation("GET /nation/{nation}/scorecard.csv", nationFile),
	ofNation("GET /nation/gaps", gaps),
	ofNation("GET /nation/{nation}/gaps", gaps),
	ofNation("GET /nation/{nation}/gaps.csv", gapsFile),
	ofNation("GET /nation/plan", plan),
	ofNation("GET /nation/{nation}/plan", plan),
	ofNation("GET /nation/{nation}/plan.csv", planFile),
}

func ofNation(pattern string, handle func(*desk.Visit) error) desk.Route {
	return desk.Route{Pattern: pattern, Scope: desk.AtNation, Deed: staff.SeeScorecard, Handle: handle}
}
