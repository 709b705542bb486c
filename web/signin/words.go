package signin

import (
	"strings"
	"time"

	"everykit/registry"
	"everykit/staff"
	"everykit/web/figures"
	"everykit/web/page"
)

// roleMeaning says what a role is for, to whoever chooses one.
var roleMeaning = map[staff.Role]string{
	staff.Worker:        "Gives out, receives and counts kits at their own outlets",
	staff.Coordinator:   "Looks after all outlets of one authority, and its workers’ accounts",
	staff.National:      "Sees every authority of a nation and moves no kits",
	staff.Analyst:       "Sees figures of a nation and no single records",
	staff.Administrator: "Looks after accounts, the registry and imports",
}

func roleWords(r staff.Role) string {
	if r == staff.National {
		return "National team"
	}
	return figures.Capital(r.String())
}

// areaWord is what the area of a role is.
func areaWord(r staff.Role) string {
	if r == staff.National || r == staff.Analyst {
		return "Nation"
	}
	return "Authority"
}

// outletNames lists outlets by name in one line.
func outletNames(snap *registry.Snapshot, ids []int) string {
	var names []string
	for _, id := range ids {
		if o := snap.Outlet(id); o != nil {
			names = append(names, o.Name)
		}
	}
	return strings.Join(names, ", ")
}

// ago says how long ago something was, which needs no time zone.
func ago(now, t time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return page.Plural(int64(d/time.Minute), "minute", "minutes") + " ago"
	case d < 24*time.Hour:
		return page.Plural(int64(d/time.Hour), "hour", "hours") + " ago"
	}
	return page.Plural(int64(d/(24*time.Hour)), "day", "days") + " ago"
}

// browsers and systems are what to look for in what a browser says of itself, the first that fits. Most name others too,
// so the order matters.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"CrOS", "Chromebook"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}}
)

// agentWords says in two words what a browser says of itself in two lines.
func agentWords(agent string) string {
	browser, system := first(agent, browsers), first(agent, systems)
	switch {
	case browser == "" && system == "":
		return "A device that does not say what it is"
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return browser + " on " + system
}

func first(text string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(text, n[0]) {
			return n[1]
		}
	}
	return ""
}
