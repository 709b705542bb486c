package web_test

import (
	"net/http"
	"strconv"
	"testing"

	"everykit/library"
	"everykit/registry"
	"everykit/staff"
	"everykit/support"
	"everykit/web/webtest"
)

// TestWhatIsNotOutYetIsNotThere asks for what those who write it alone may see: everybody else is told that there is
// nothing.
func TestWhatIsNotOutYetIsNotThere(t *testing.T) {
	w := whole(t)
	e := w.Editions()
	area := func(o *registry.Outlet) string { return "/areas/" + w.Area(o).Code }
	bulletin := func(id int) string { return "/bulletins/" + strconv.Itoa(id) }
	proposed := library.Item{Title: "Kits in hostels", Kind: library.Study, Year: 2024, State: library.Proposed}
	w.Must(w.Library.Add(t.Context(), w.Person(webtest.National), &proposed))
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
		{"a bulletin that is a draft", "/bulletins/" + e.HiddenAs, nil, webtest.Everybody},
		{"its edition", "/bulletins/" + e.HiddenAs + "/1", nil, webtest.Everybody},
		{"a signed bulletin before its time", "/bulletins/" + e.SignedAs, nil, webtest.Everybody},
		{"a file of one", "/bulletins/" + e.SignedAs + "/1/bulletin.json", nil, webtest.Everybody},
		{"an edition that is not made", "/bulletins/" + e.Slug + "/3", nil, webtest.Everybody},
		{"a draft under its nation", nation(w.Home) + bulletin(e.Draft), []string{webtest.National, webtest.Analyst, webtest.Administrator}, nil},
		{"a draft under another nation", nation(w.Abroad) + bulletin(e.Draft), nil, []string{webtest.Administrator}},
		{"a nation's draft under an authority", area(w.Home) + bulletin(e.Draft), nil, []string{webtest.Coordinator, webtest.National, webtest.Administrator}},
		{"an authority's draft under its nation", nation(w.Home) + bulletin(e.LocalDraft), nil, []string{webtest.National, webtest.Administrator}},
		{"an authority's draft under another", area(w.Across) + bulletin(e.LocalDraft), nil, []string{webtest.Elsewhere, webtest.National}},
		{"early access to a draft", "/early/" + strconv.Itoa(e.Draft), nil, webtest.Everybody},
		{"early access with a letter changed", e.Early[:len(e.Early)-1] + "0", nil, webtest.Everybody},
		{"research that is not accepted", "/research/" + proposed.Key, nil, webtest.Everybody},
		{"its record", "/research/" + proposed.Key + "/item.ris", nil, webtest.Everybody},
		{"research that is not accepted, for its team", "/nation/research/items/" + proposed.Key, []string{webtest.National, webtest.Administrator}, nil},
		{"a request, where it was asked for", area(w.Home) + "/requests/" + w.Asked().ID.String(), []string{webtest.Coordinator, webtest.Administrator}, nil},
		{"a request, under another authority", area(w.Across) + "/requests/" + w.Asked().ID.String(), nil, []string{webtest.Elsewhere, webtest.Administrator}},
		{"an outlet that is not said to be public", "/find/outlet/" + strconv.Itoa(w.Sister.ID), nil, webtest.Everybody},
		{"a form about it", "/find/outlet/" + strconv.Itoa(w.Sister.ID) + "/wrong", nil, webtest.Everybody},
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
	public := w.As(webtest.Public)
	for _, path := range []string{"/bulletins", "/bulletins/feed.atom", "/sitemap.xml", "/"} {
		public.Open(path).Lacks(t, e.HiddenAs, e.SignedAs, webtest.EarlyReader)
	}
	for _, path := range []string{"/research?q=hostels", "/research/feed.atom", "/research/export.csv", "/sitemap.xml", "/"} {
		public.Open(path).Lacks(t, proposed.Key, proposed.Title)
	}
	for _, path := range []string{"/find/" + w.Area(w.Home).Code, "/sitemap.xml"} {
		public.Open(path).Lacks(t, w.Sister.Name, "/find/outlet/"+strconv.Itoa(w.Sister.ID))
	}
	public.Open("/find/"+w.Area(w.Home).Code).Says(t, w.Home.Name)
	w.As(webtest.Analyst).Open(nation(w.Home)+"/survey").Lacks(t, "/survey/"+w.NextRound)
}
