package area

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	at("GET /areas/{area}", show),
	at("GET /areas/{area}/figures.csv", figuresFile),
	at("GET /areas/{area}/months", months),
	at("GET /areas/{area}/months.csv", gridFile(monthsFile)),
	at("GET /areas/{area}/outlets.csv", gridFile(shelvesGrid)),
	at("GET /areas/{area}/in-and-out.csv", gridFile(flowsGrid)),
	at("GET /areas/{area}/by-month.csv", gridFile(byMonthGrid)),
	at("GET /areas/{area}/channels.csv", gridFile(channelsGrid)),
	at("GET /areas/{area}/expiring.csv", gridFile(expiringGrid)),
	at("GET /areas/{area}/turned-away.csv", gridFile(turnedAwayGrid)),
	at("GET /areas/{area}/requirements.csv", gridFile(requirementsGrid)),
	at("GET /areas/{area}/requirements-by-outlet.csv", gridFile(askedGrid)),
	at("GET /areas/{area}/supplies.csv", gridFile(suppliesGrid)),
	at("GET /areas/{area}/before.csv", gridFile(beforeGrid)),
}

func at(pattern string, handle func(*desk.Visit) error) desk.Route {
	return desk.Route{Pattern: pattern, Scope: desk.AtArea, Deed: staff.SeeArea, Handle: handle}
}

// gridFile sends a table of the page as a file, for the period that the address asks for.
func gridFile(make func(*visit) (figures.Grid, error)) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		w, err := visited(v)
		if err != nil {
			return err
		}
		g, err := make(w)
		if err != nil {
			return err
		}
		g.File = w.Area.Code + "-" + g.File
		return g.Send(v)
	}
}
