package signin

import (
	"embed"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this package.
var Routes = []desk.Route{
	{Pattern: "GET /sign-in", Scope: desk.Public, Handle: signInForm},
	{Pattern: "POST /sign-in", Scope: desk.Public, Handle: signIn},
	{Pattern: "POST /sign-out", Scope: desk.Public, Handle: signOut},

	{Pattern: "GET /account", Scope: desk.SignedIn, Handle: own(ownAccount)},
	{Pattern: "POST /account/digest", Scope: desk.SignedIn, Handle: own(wishDigest)},
	{Pattern: "GET /password", Scope: desk.SignedIn, Handle: own(passwordForm)},
	{Pattern: "POST /password", Scope: desk.SignedIn, Handle: own(changePassword)},
	{Pattern: "GET /pin", Scope: desk.SignedIn, Handle: own(pinForm)},
	{Pattern: "POST /pin", Scope: desk.SignedIn, Handle: own(setPIN)},
	{Pattern: "GET /sessions", Scope: desk.SignedIn, Handle: own(sessions)},
	{Pattern: "POST /sessions/revoke", Scope: desk.SignedIn, Handle: own(revoke)},

	{Pattern: "GET /outlets", Scope: desk.SignedIn, Handle: outlets},
	{Pattern: "GET /outlets.csv", Scope: desk.SignedIn, Handle: outletsFile},

	{Pattern: "GET /outlets/{outlet}/counter", Scope: desk.AtOutlet, Deed: staff.OpenCounter, Handle: own(deviceForm)},
	{Pattern: "POST /outlets/{outlet}/counter", Scope: desk.AtOutlet, Deed: staff.OpenCounter, Handle: own(openDevice)},
	{Pattern: "POST /outlets/{outlet}/counter/close", Scope: desk.AtOutlet, Deed: staff.OpenCounter, Handle: own(closeDevices)},
	{Pattern: "GET /counter", Scope: desk.SignedIn, Handle: counter(counterForm)},
	{Pattern: "POST /counter", Scope: desk.SignedIn, Handle: counter(act)},
	{Pattern: "POST /counter/stop", Scope: desk.SignedIn, Handle: counter(stop)},
	{Pattern: "POST /counter/end", Scope: desk.SignedIn, Handle: counter(endDevice)},

	{Pattern: "GET /accounts", Scope: desk.SignedIn, Handle: accounts},
	{Pattern: "GET /accounts.csv", Scope: desk.SignedIn, Handle: accountsFile},
	{Pattern: "POST /accounts/find", Scope: desk.SignedIn, Handle: findAccount},
	{Pattern: "GET /accounts/new", Scope: desk.SignedIn, Handle: newAccount},
	{Pattern: "POST /accounts/new", Scope: desk.SignedIn, Handle: addAccount},
	{Pattern: "GET /accounts/{account}", Scope: desk.SignedIn, Handle: account(showAccount)},
	{Pattern: "GET /accounts/{account}/change", Scope: desk.SignedIn, Handle: account(changeForm)},
	{Pattern: "POST /accounts/{account}/change", Scope: desk.SignedIn, Handle: account(changeAccount)},
	{Pattern: "POST /accounts/{account}/password", Scope: desk.SignedIn, Handle: account(givePassword)},
	{Pattern: "POST /accounts/{account}/pin", Scope: desk.SignedIn, Handle: account(givePIN)},
	{Pattern: "POST /accounts/{account}/sign-out", Scope: desk.SignedIn, Handle: account(signOutEverywhere)},
	{Pattern: "POST /accounts/{account}/close", Scope: desk.SignedIn, Handle: account(closeAccount)},
	{Pattern: "POST /accounts/{account}/open", Scope: desk.SignedIn, Handle: account(reopenAccount)},
}
