package signin

import (
	"net/http"

	"everykit/web/desk"
	"everykit/web/page"
)

// session is one sign-in as its list shows it.
type session struct {
	ID     string
	Device string
	Used   string
	Begun  string
	Place  string // the outlet whose counter device it is
	Here   bool
}

func sessions(v *desk.Visit) error {
	list, err := v.Staff.Sessions(v.Ctx(), v.Who, v.Who.ID)
	if err != nil {
		return err
	}
	now := v.DB.Now()
	var rows []session
	for _, s := range list {
		row := session{ID: s.ID, Device: agentWords(s.UserAgent), Used: ago(now, s.SeenAt), Begun: ago(now, s.MadeAt), Here: s.ID == v.Who.Session}
		if o := v.Snap.Outlet(s.Counter); o != nil {
			row.Place = o.Name
		}
		rows = append(rows, row)
	}
	pv := v.View("Where you are signed in")
	pv.Crumbs = []page.Link{{Text: "Your account", Href: "/account"}}
	pv.Flash = done(v, map[string]string{"ended": "That device is signed out."})
	pv.Body = rows
	return pages.Render(v.W, http.StatusOK, "sessions", pv)
}

func revoke(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	id := form.Get("session")
	if err := v.Staff.Revoke(v.Ctx(), v.Who, id); err != nil {
		return err
	}
	if id == v.Who.Session {
		v.SetToken(v.W, "", 0)
		return v.Go("/sign-in?done=out")
	}
	return v.Go("/sessions?done=ended")
}
