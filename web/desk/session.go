package desk

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/page"
)

// cookieName is the one cookie there is, and only for people who sign in.
const cookieName = "everykit"

type personKey struct{}

// unknownKey is why it could not be found out who makes a request.
type unknownKey struct{}

// Sessions puts whoever is signed in into the request's context. An unknown or ended session is nobody. Where the
// database does not answer it is not known who asks: public pages are served, and others say so instead of asking
// somebody who is signed in to sign in, by which what they sent would be gone.
func (a *App) Sessions(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie(cookieName); err == nil {
			switch p, err := a.Staff.Who(r.Context(), c.Value); {
			case err == nil:
				r = r.WithContext(context.WithValue(r.Context(), personKey{}, p))
			case !fault.Is(err, fault.Forbidden):
				r = r.WithContext(context.WithValue(r.Context(), unknownKey{}, err))
			}
		}
		next.ServeHTTP(w, r)
	})
}

// PersonOf is who makes a request; the nought Person is the public.
func PersonOf(r *http.Request) staff.Person {
	p, _ := r.Context().Value(personKey{}).(staff.Person)
	return p
}

// Token is the session's token, for the deeds that end or change it.
func Token(r *http.Request) string {
	if c, err := r.Cookie(cookieName); err == nil {
		return c.Value
	}
	return ""
}

// Address is where a request comes from: the browser's own, also behind a server in front. It is used to slow down whoever
// guesses passwords, so that guessing from elsewhere does not lock anybody out, and is not kept in the clear.
func (v *Visit) Address() string {
	if v.Proxied { // the server in front adds the last one; those before it anybody may have written
		all := strings.Split(v.R.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(all[len(all)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(v.R.RemoteAddr)
	if err != nil {
		return v.R.RemoteAddr
	}
	return host
}

// SetToken gives the browser a session; an empty one takes it away.
func (a *App) SetToken(w http.ResponseWriter, token string, keep time.Duration) {
	c := &http.Cookie{Name: cookieName, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: a.Secure, MaxAge: int(keep / time.Second)}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Home is where a person's work begins.
func Home(snap *registry.Snapshot, p staff.Person) string {
	switch {
	case p.Counter != 0:
		return OutletPath(p.Counter)
	case p.Role == staff.Worker && len(p.Outlets) == 1:
		return OutletPath(p.Outlets[0])
	case p.Role == staff.Worker:
		return "/outlets"
	case p.Role == staff.Coordinator:
		if area := snap.Area(p.Area); area != nil {
			return "/areas/" + area.Code
		}
	case p.Role == staff.National, p.Role == staff.Analyst, p.Role == staff.Administrator:
		return "/nation"
	}
	return "/"
}

// OutletPath is the address of an outlet's page.
func OutletPath(id int) string { return "/outlets/" + strconv.Itoa(id) }

// HeaderPerson is who is signed in, for the header of every page.
func (a *App) HeaderPerson(r *http.Request) *page.Person {
	p := PersonOf(r)
	if !p.SignedIn() {
		return nil
	}
	snap, err := a.Registry.Now(r.Context())
	if err != nil {
		return nil
	}
	shown := &page.Person{Name: p.Name, Role: roleWords[p.Role], Home: Home(snap, p)}
	if p.NeedsPIN() {
		shown.Name, shown.Role = "Counter", "Nobody has signed in with a PIN"
	}
	switch {
	case p.Counter != 0:
		shown.Place = outletName(snap, p.Counter)
	case p.Role == staff.Worker && len(p.Outlets) > 0:
		shown.Place = outletName(snap, p.Outlets[0])
		if len(p.Outlets) > 1 {
			shown.Place = strconv.Itoa(len(p.Outlets)) + " outlets"
		}
	case p.Area != 0:
		if area := snap.Area(p.Area); area != nil {
			shown.Place = area.Name
		}
	}
	shown.Nav = a.withRequests(r.Context(), nav(snap, p), p)
	return shown
}

var roleWords = map[staff.Role]string{
	staff.Worker: "Worker", staff.Coordinator: "Coordinator", staff.National: "National team", staff.Analyst: "Analyst", staff.Administrator: "Administrator",
}

func outletName(snap *registry.Snapshot, id int) string {
	if o := snap.Outlet(id); o != nil {
		return o.Name
	}
	return ""
}

// withRequests adds the requests for kits to the menu of those who work where kits are sent from, or collected. What is offered is a few
// short rows, read anew for each page; if it cannot be read, the page is served without.
func (a *App) withRequests(ctx context.Context, links []page.Link, p staff.Person) []page.Link {
	outlets := p.Outlets
	if p.Counter != 0 {
		outlets = []int{p.Counter}
	}
	if p.Role != staff.Worker && p.Counter == 0 {
		return links
	}
	offers, err := a.Requests.Offers(ctx)
	if err != nil {
		return links
	}
	for _, o := range offers {
		for _, id := range append([]int{o.Outlet}, o.Places()...) {
			if slices.Contains(outlets, id) {
				return append(links, page.Link{Text: "Requests", Href: OutletPath(id) + "/requests"})
			}
		}
	}
	return links
}

// nav is the pages a role starts from.
func nav(snap *registry.Snapshot, p staff.Person) []page.Link {
	outlet := p.Counter
	if outlet == 0 && p.Role == staff.Worker && len(p.Outlets) == 1 {
		outlet = p.Outlets[0]
	}
	if outlet != 0 {
		at := OutletPath(outlet)
		return []page.Link{{Text: "Give out", Href: at + "/give-out"}, {Text: "Shelf", Href: at}, {Text: "Stock card", Href: at + "/card"}, {Text: "Day sheet", Href: at + "/day-sheet"}, {Text: "Notices", Href: "/notices"}, {Text: "Lots", Href: "/lots"}}
	}
	switch p.Role {
	case staff.Worker:
		return []page.Link{{Text: "My outlets", Href: "/outlets"}, {Text: "Notices", Href: "/notices"}, {Text: "Lots", Href: "/lots"}}
	case staff.Coordinator:
		home := Home(snap, p)
		return []page.Link{
			{Text: "Authority", Href: home},
			{Text: "Outlets", Href: "/outlets"},
			{Text: "Notices", Href: "/notices"},
			{Text: "Lots", Href: "/lots"},
			{Text: "Requests", Href: home + "/requests"},
			{Text: "Scorecard", Href: home + "/scorecard"},
			{Text: "Survey", Href: home + "/survey"},
			{Text: "Bulletins", Href: home + "/bulletins"},
			{Text: "Files", Href: home + "/import"},
			{Text: "Accounts", Href: "/accounts"},
		}
	case staff.National, staff.Analyst:
		bulletins := "/nation/bulletins"
		if n := snap.NationOf(p.Area); n != nil {
			bulletins = "/nation/" + n.Code + "/bulletins" // under which the workbench is, so that the menu shows where one is
		}
		last := page.Link{Text: "Definitions", Href: "/definitions"}
		if p.Role == staff.National { // who keeps the library; definitions stand beside every figure
			last = page.Link{Text: "Research", Href: "/nation/research"}
		}
		return []page.Link{
			{Text: "Nation", Href: "/nation"},
			{Text: "Scorecard", Href: "/nation/scorecard"},
			{Text: "Gaps", Href: "/nation/gaps"},
			{Text: "Help asked", Href: "/nation/support"},
			{Text: "Survey", Href: "/survey"},
			{Text: "Bulletins", Href: bulletins},
			{Text: "Notices", Href: "/notices"},
			{Text: "Lots", Href: "/lots"},
			last,
		}
	case staff.Administrator:
		return []page.Link{{Text: "Nation", Href: "/nation"}, {Text: "Survey", Href: "/survey"}, {Text: "Bulletins", Href: "/nation/bulletins"}, {Text: "Notices", Href: "/notices"}, {Text: "Outlets", Href: "/outlets"}, {Text: "Lots", Href: "/lots"}, {Text: "Accounts", Href: "/accounts"}, {Text: "Import", Href: "/import"}, {Text: "Wording", Href: "/wording"}}
	}
	return nil
}
