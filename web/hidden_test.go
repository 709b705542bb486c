package web_test

import (
	"net/http"
	"testing"

	"everykit/registry"
	"everykit/staff"
	"everykit/support"
	"everykit/web/webtest"
)

// TestWhatIsNotOutYetIsNotThere asks for what those who write it alone may see: everybody else is told that there is
// nothing.
func TestWhatIsNotOutYetIsNotThere(t *testing.T) {
	w := webtest.New(t)
	nation := func(o *registry.Outlet) string { return "/nation/" + w.Nation(o).Code }
	const key = "for-staff"
	w.Must(w.Support.SavePage(t.Context(), staff.Operator(), support.Page{Nation: w.Nation(w.Home).ID, Key: key, Title: "For staff", Markdown: "Words for staff.", Gaps: []support.GapKind{support.Silent}}))
	for _, c := range []struct {
		what, path string
		there      []string
		not        []string
	}{
		{"a draft", nation(w.Home) + "/survey/" + w.NextRound, []string{webtest.National, webtest.Administrator}, []string{webtest.Analyst}},
		{"one asked by a draft", nation(w.Home) + "/survey/" + w.NextRound + "/respondents/1", []string{webtest.National}, []string{webtest.Analyst}},
		{"a draft, for who will be asked", "/areas/" + w.Area(w.Home).Code + "/survey/" + w.NextRound, nil, []string{webtest.Coordinator, webtest.National}},
		{"another nation's round", nation(w.Abroad) + "/survey/" + w.OpenRound, nil, []string{webtest.Administrator}},
		{"findings of an open round", "/findings/" + w.OpenRound, nil, webtest.Everybody},
		{"findings of a closed round", "/findings/" + w.ClosedRound + ".pdf", nil, webtest.Everybody},
		{"guidance for staff", "/guidance/" + key, []string{webtest.Worker, webtest.Coordinator, webtest.National, webtest.Analyst}, []string{webtest.Public, webtest.Device}},
	} {
		for _, who := range c.there {
			if got := w.As(who).Get(c.path); got.Status != http.StatusOK {
				t.Errorf("%s answers %d for %s", c.what, got.Status, who)
			}
		}
		for _, who := range c.not {
			if got := w.As(who).Get(c.path); got.Status != http.StatusNotFound {
				t.Errorf("%s answers %d %s for %s", c.what, got.Status, got.To, who)
			}
		}
	}
	for _, who := range []string{webtest.Public, webtest.Device} {
		w.As(who).Open("/guidance").Lacks(t, key)
	}
	w.As(webtest.Public).Open("/findings").Lacks(t, w.OpenRound, w.ClosedRound, w.NextRound)
	w.As(webtest.Analyst).Open(nation(w.Home)+"/survey").Lacks(t, "/survey/"+w.NextRound)
}
