// Package web is the pages: for staff, and for the public. It joins the folders beside it (each a page or a few that
// belong together, with its handlers and templates) into one handler.
//
// What it promises: every page works without scripts; every address is in Routes with who may use it; what a person may
// not see is not told to exist; no personal data is in an address. The frame and the pieces of pages are in package
// page, rights and places in package desk.
//
// Start reading at New, then desk.Route, then the folder of the page you look for.
package web

import (
	"net/http"
	"slices"
	"strings"

	expiring "everykit/expiry"
	"everykit/web/area"
	"everykit/web/bulletin"
	"everykit/web/check"
	"everykit/web/data"
	"everykit/web/desk"
	"everykit/web/expiry"
	"everykit/web/find"
	"everykit/web/front"
	"everykit/web/frontend"
	"everykit/web/intake"
	"everykit/web/lot"
	"everykit/web/nation"
	"everykit/web/notice"
	"everykit/web/outlet"
	"everykit/web/page"
	"everykit/web/paper"
	"everykit/web/report"
	"everykit/web/request"
	"everykit/web/research"
	"everykit/web/scanning"
	"everykit/web/scorecard"
	"everykit/web/signin"
	"everykit/web/support"
	"everykit/web/survey"
	"everykit/web/words"
)

// Routes are all addresses of pages, with who may use each.
func Routes() []desk.Route {
	var all []desk.Route
	for _, of := range [][]desk.Route{front.Routes, signin.Routes, words.Routes, outlet.Routes, paper.Routes, area.Routes, nation.Routes, lot.Routes, expiry.Routes, notice.Routes, intake.Routes, scanning.Routes, check.Routes, scorecard.Routes, support.Routes, survey.Routes, data.Routes, bulletin.Routes, report.Routes, research.Routes, find.Routes, request.Routes} {
		all = append(all, of...)
	}
	for i, r := range all {
		_, path, _ := strings.Cut(r.Pattern, " ")
		all[i].Inside = r.Inside || slices.ContainsFunc(inside, func(begins string) bool { return strings.HasPrefix(path, begins) })
	}
	return all
}

// inside are the beginnings of addresses that anybody may open and that are made for those who work with kits: the door, and what
// a link in their mail opens.
var inside = []string{"/sign-in", "/sign-out", "/scan", "/n/", "/s/", expiring.OffPath}

// New makes the handler of all pages.
func New(app *desk.App) http.Handler {
	app.Shell.Person = app.HeaderPerson
	app.Shell.Today = app.Ledger.Today
	app.Shell.PublicNav = front.Nav
	mux := http.NewServeMux()
	app.Mount(mux, Routes()...)
	mux.Handle(frontend.Prefix, app.Shell.InEnglishAlone(frontend.Handler()))
	mux.Handle("/", app.Shell.Handle(notFound))
	site := page.Gzip(page.Languages(front.WithoutCookies(find.WithoutCookies(check.WithoutCookies(data.WithoutCookies(bulletin.WithoutCookies(request.WithoutCookies(research.WithoutCookies(app.Sessions(mux))))))))))
	return http.NewCrossOriginProtection().Handler(app.Shell.FromMemory(site))
}
