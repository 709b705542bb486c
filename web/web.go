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

	"everykit/web/area"
	"everykit/web/check"
	"everykit/web/data"
	"everykit/web/desk"
	"everykit/web/expiry"
	"everykit/web/frontend"
	"everykit/web/intake"
	"everykit/web/lot"
	"everykit/web/nation"
	"everykit/web/notice"
	"everykit/web/outlet"
	"everykit/web/page"
	"everykit/web/paper"
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
	for _, of := range [][]desk.Route{signin.Routes, words.Routes, outlet.Routes, paper.Routes, area.Routes, nation.Routes, lot.Routes, expiry.Routes, notice.Routes, intake.Routes, scanning.Routes, check.Routes, scorecard.Routes, support.Routes, survey.Routes, data.Routes} {
		all = append(all, of...)
	}
	return all
}

// New makes the handler of all pages.
func New(app *desk.App) http.Handler {
	app.Shell.Person = app.HeaderPerson
	app.Shell.Today = app.Ledger.Today
	mux := http.NewServeMux()
	app.Mount(mux, Routes()...)
	mux.Handle(frontend.Prefix, frontend.Handler())
	mux.Handle("/", app.Shell.Handle(notFound))
	return http.NewCrossOriginProtection().Handler(page.Gzip(check.WithoutCookies(data.WithoutCookies(app.Sessions(mux)))))
}
