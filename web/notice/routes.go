package notice

import (
	"embed"
	"net/url"
	"strconv"

	"everykit/fault"
	"everykit/notice"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// at is where all addresses of a notice begin.
const at = "/notices/{notice}"

// Routes are the addresses of this folder. A notice belongs to no place, so that its page is open to whoever is signed in;
// what is told of outlets there is held to those that a person may see, in reach.go.
var Routes = []desk.Route{
	{Pattern: "GET /notices", Scope: desk.SignedIn, Handle: named(list)},
	{Pattern: "GET /notices/new", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: newDraft},
	{Pattern: "POST /notices/new", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: sendDraft},
	{Pattern: "GET " + at, Scope: desk.SignedIn, Handle: named(show)},
	{Pattern: "GET " + at + "/edit", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: editDraft},
	{Pattern: "POST " + at + "/edit", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: sendDraft},
	{Pattern: "GET " + at + "/publish", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: previewPage},
	{Pattern: "POST " + at + "/publish", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: publish},
	{Pattern: "POST " + at + "/drop", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: drop},
	{Pattern: "POST " + at + "/drill", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: drill},
	{Pattern: "GET " + at + "/effect.csv", Scope: desk.SignedIn, Handle: named(effectFile)},
	{Pattern: "GET " + at + "/outlets.csv", Scope: desk.SignedIn, Handle: named(toldFile)},
	{Pattern: "POST " + at + "/again", Scope: desk.SignedIn, Handle: named(sendAgain)},
	{Pattern: "GET " + at + "/letter", Scope: desk.SignedIn, Handle: named(letter)},

	{Pattern: "GET " + at + "/outlets/{outlet}", Scope: desk.AtOutlet, Deed: staff.SeeNotices, Handle: atOutlet},
	{Pattern: "GET " + at + "/outlets/{outlet}/letter", Scope: desk.AtOutlet, Deed: staff.SeeNotices, Handle: letter},
	{Pattern: "POST " + at + "/outlets/{outlet}/seen", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: see},
	{Pattern: "POST " + at + "/outlets/{outlet}/answer", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: answer},
	{Pattern: "POST " + at + "/outlets/{outlet}/release", Scope: desk.AtOutlet, Deed: staff.ReleaseHold, Handle: release},

	{Pattern: "GET /areas/{area}/contacts", Scope: desk.AtArea, Deed: staff.ManageArea, Handle: contactsForm},
	{Pattern: "POST /areas/{area}/contacts", Scope: desk.AtArea, Deed: staff.ManageArea, Handle: saveContacts},

	{Pattern: "GET /n/{token}", Scope: desk.Public, Handle: linkPage},
	{Pattern: "POST /n/{token}", Scope: desk.Public, Handle: linkAnswer},

	{Pattern: "GET " + at + "/close", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: closeForm},
	{Pattern: "POST " + at + "/close", Scope: desk.AtNation, Deed: staff.WriteNotices, Handle: closeNotice},
}

// Path is the address of a notice's page.
func Path(id int) string { return "/notices/" + strconv.Itoa(id) }

// OutletPath is the address at which an outlet reads and answers a notice.
func OutletPath(id, outlet int) string { return Path(id) + "/outlets/" + strconv.Itoa(outlet) }

// named has a counter device ask first who is there.
func named(handle func(*desk.Visit) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		if v.Who.NeedsPIN() {
			return v.Go("/counter?to=" + url.QueryEscape(v.R.URL.Path))
		}
		return handle(v)
	}
}

// noticeOf finds the notice that an address names. A draft is there only for those who write notices.
func noticeOf(v *desk.Visit) (*notice.Notice, error) {
	id, err := strconv.Atoi(v.R.PathValue("notice"))
	if err != nil || id < 1 || id > 1<<31-1 {
		return nil, noSuch()
	}
	n, err := v.Notices.Get(v.Ctx(), id)
	if err == nil && n.State == notice.Draft && !writes(v) {
		return nil, noSuch()
	}
	return n, err
}

func noSuch() error { return fault.New(fault.NotFound, "there is no such notice") }
