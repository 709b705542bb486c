package support

import (
	"net/url"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/registry"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

var kindWords = map[support.GapKind]string{
	support.NoProvision: "No kits are provided", support.LowCoverage: "Fewer kits than people need", support.NoOutlet: "No public outlet",
	support.Requirements: "People are asked for something first", support.ExpiresFaster: "Kits expire before they are given out",
	support.Silent: "Nothing recorded for months", support.NoReply: "No reply to the survey",
}

// KindWords names a kind of gap.
func KindWords(k support.GapKind) string {
	if w, ok := kindWords[k]; ok {
		return w
	}
	return "Something else"
}

// helps are the ways to help, as they are asked for.
var helps = []struct {
	help             support.Help
	key, words, hint string
}{
	{support.Stock, "stock", "Kits", "Spare kits of another authority."},
	{support.Guidance, "guidance", "Guidance", "How others have done it."},
	{support.Call, "call", "A call", "Somebody rings you."},
	{support.Other, "other", "Something else", ""},
}

func helpWords(h support.Help) string {
	for _, one := range helps {
		if one.help == h {
			return one.words
		}
	}
	return ""
}

// states are how far an action has come, as the form that changes it has them.
var states = []struct {
	state      support.State
	key, words string
	tone       page.Tone
}{
	{support.Asked, "asked", "Asked", page.Soon},
	{support.Planned, "planned", "Planned", page.Cool},
	{support.Underway, "underway", "Under way", page.Notice},
	{support.Done, "done", "Done", page.Good},
	{support.Declined, "declined", "Declined", page.Quiet},
}

// StateTag is how far an action has come, in words.
func StateTag(s support.State) page.Tag {
	for _, one := range states {
		if one.state == s {
			return page.Tag{Text: one.words, Tone: one.tone}
		}
	}
	return page.Tag{Text: "Not known", Tone: page.Quiet}
}

// AreaPath is the address of an authority's asks and actions.
func AreaPath(a *registry.Area) string { return "/areas/" + a.Code + "/support" }

// ActionPath is the address of one action.
func ActionPath(a *registry.Area, id int) string { return AreaPath(a) + "/" + strconv.Itoa(id) }

// AskPath is the address of the form to ask for help with a gap, or to plan an action on it, filled in as far as is known.
func AskPath(a *registry.Area, k support.GapKind, kits int) string {
	q := url.Values{"gap": {string(k)}}
	if kits > 0 {
		q.Set("help", "stock")
		q.Set("kits", strconv.Itoa(kits))
	}
	return AreaPath(a) + "?" + q.Encode() + "#ask"
}

// dueCell is by when, and whether that has passed.
func dueCell(a support.Action, today civil.Date) page.Cell {
	if a.DueOn == civil.None {
		return page.Cell{Sub: "not set"}
	}
	c := page.TextCell(a.DueOn.Words())
	if a.IsOpen() && a.DueOn < today {
		c = c.Tagged(page.Tag{Text: "past", Tone: page.Bad})
	}
	return c
}

// askedOn is when something was asked, and how long ago.
func askedOn(v *desk.Visit, a support.Action) page.Cell {
	day := v.Ledger.Day(a.AskedAt)
	return page.TextCell(day.Words()).Under(page.DaysWords(int(day - v.Ledger.Today())))
}

func kitsCell(n int) page.Cell {
	if n == 0 {
		return page.Cell{}
	}
	return page.CountCell(int64(n))
}

// lower writes a heading's words inside a sentence.
func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
