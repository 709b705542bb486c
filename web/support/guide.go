package support

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"everykit/document"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

type guidesBody struct {
	Nations []guidesOf
}

// guidesOf are the pages of one nation.
type guidesOf struct {
	Name  string // empty where there is one nation only
	Table page.Table
	New   string // where one is written; empty for who may not
}

// inside reports whether a visitor belongs to the staff of a nation: then they read what is not public.
func inside(v *desk.Visit, nation int) bool {
	if !v.Who.SignedIn() || v.Who.NeedsPIN() {
		return false
	}
	if v.Who.Role == staff.Administrator {
		return true
	}
	n := v.Snap.NationOf(v.Who.Area)
	return n != nil && n.ID == nation
}

// writes reports whether a visitor writes the guidance of a nation.
func writes(v *desk.Visit, nation int) bool {
	return v.Who.May(staff.GiveSupport, staff.Place{Nation: nation})
}

// readable are the pages of a nation that a visitor may read.
func readable(v *desk.Visit, nation int) ([]support.Page, error) {
	all, err := v.Support.Pages(v.Ctx(), nation)
	if err != nil || inside(v, nation) {
		return all, err
	}
	return publicOnly(all), nil
}

// home is the nation whose guidance a visitor reads first: their own; for an administrator, who has none, the first with
// outlets. The public has none.
func home(v *desk.Visit) *registry.Area {
	switch {
	case !v.Who.SignedIn() || v.Who.NeedsPIN():
		return nil
	case v.Who.Area != 0:
		return v.Snap.NationOf(v.Who.Area)
	}
	for _, o := range v.Snap.Outlets() {
		if n := v.Snap.NationOf(o.Area); n != nil {
			return n
		}
	}
	return nil
}

// GuidePath is the address of a page of guidance.
func GuidePath(p support.Page) string { return "/guidance/" + url.PathEscape(p.Key) }

// guideHref is GuidePath, with the nation where that is not the one the visitor reads first. What comes with the program is
// the same in all.
func guideHref(v *desk.Visit, p support.Page) string {
	own := home(v)
	if n := v.Snap.Area(p.Nation); p.Version > 0 && n != nil && (own == nil || own.ID != n.ID) {
		return GuidePath(p) + "?of=" + n.Code
	}
	return GuidePath(p)
}

// Guides are the pages that help with each kind of gap, for whoever looks at a page about an area.
func Guides(v *desk.Visit, area int) (map[support.GapKind][]page.Link, error) {
	n := v.Snap.NationOf(area)
	if n == nil {
		return nil, nil
	}
	list, err := readable(v, n.ID)
	made := map[support.GapKind][]page.Link{}
	for _, p := range list {
		for _, k := range p.Gaps {
			made[k] = append(made[k], page.Link{Text: p.Title, Href: guideHref(v, p)})
		}
	}
	return made, err
}

// GuidesFor are those of one kind.
func GuidesFor(v *desk.Visit, area int, k support.GapKind) ([]page.Link, error) {
	all, err := Guides(v, area)
	return all[k], err
}

// guides lists the pages: first those of the visitor's own nation, or for the public those that come with the program; then
// what other nations have written and made public.
func guides(v *desk.Visit) error {
	var b guidesBody
	own := home(v)
	if own == nil {
		b.Nations = append(b.Nations, guidesOf{Name: "For every authority", Table: guidesTable(v, nil, publicOnly(support.Starters()))})
	} else {
		list, err := readable(v, own.ID)
		if err != nil {
			return err
		}
		of := guidesOf{Name: own.Name, Table: guidesTable(v, own, list)}
		if writes(v, own.ID) {
			of.New = "/nation/" + own.Code + "/guidance/new"
		}
		b.Nations = append(b.Nations, of)
	}
	for _, n := range v.Snap.Nations() {
		if own != nil && n.ID == own.ID {
			continue
		}
		list, err := readable(v, n.ID)
		if err != nil {
			return err
		}
		if list = written(list); len(list) > 0 {
			b.Nations = append(b.Nations, guidesOf{Name: n.Name, Table: guidesTable(v, n, list)})
		}
	}
	pv := v.View("Guidance")
	pv.Public = !v.Who.SignedIn()
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "guides", pv)
}

// publicOnly are the pages that anybody may read.
func publicOnly(list []support.Page) []support.Page {
	return slices.DeleteFunc(list, func(p support.Page) bool { return !p.Public })
}

// written are the pages that a nation has written itself.
func written(list []support.Page) []support.Page {
	return slices.DeleteFunc(list, func(p support.Page) bool { return p.Version == 0 })
}

func guidesTable(v *desk.Visit, n *registry.Area, list []support.Page) page.Table {
	t := page.Table{
		Caption: "Guidance", Hide: true, Stack: true, Columns: page.Columns("Page", "Helps with", "Last changed"),
		Empty: "No page has been written yet.",
	}
	for _, p := range list {
		name := page.LinkCell(p.Title, guideHref(v, p))
		if n != nil && inside(v, n.ID) {
			name = name.Tagged(publicTag(p))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{name, page.TextCell(kindList(p.Gaps)), page.TextCell(changedOn(v, p))}})
	}
	return t
}

// changedOn is when a version was written.
func changedOn(v *desk.Visit, p support.Page) string {
	if p.Version == 0 {
		return "Comes with Everykit"
	}
	return v.Ledger.Day(p.At).Words()
}

func publicTag(p support.Page) page.Tag {
	if p.Public {
		return page.Tag{Text: "public", Tone: page.Cool}
	}
	return page.Tag{Text: "staff only", Tone: page.Quiet}
}

// kindList names kinds in a row: "No public outlet; no reply to the survey".
func kindList(kinds []support.GapKind) string {
	s := ""
	for i, k := range kinds {
		w := KindWords(k)
		if i > 0 {
			w = "; " + lower(w)
		}
		s += w
	}
	return s
}

type guideBody struct {
	Text     template.HTML
	Helps    []string
	Old      string // where the latest is, if this is not it
	Says     string // which version it is
	Versions []page.Link
	Edit     string
}

// guide is one page, the latest version of it or the one that the address names.
func guide(v *desk.Visit) error {
	versions, err := versionsOf(v)
	if err != nil {
		return err
	}
	latest := versions[0]
	shown := latest
	if s := v.R.URL.Query().Get("version"); s != "" {
		n, _ := strconv.Atoi(s)
		i := slices.IndexFunc(versions, func(p support.Page) bool { return p.Version == n })
		if i < 0 {
			return noGuide()
		}
		shown = versions[i]
	}
	b := guideBody{Text: document.MarkdownHTML(shown.Markdown), Says: versionWords(v, shown)}
	for _, k := range shown.Gaps {
		b.Helps = append(b.Helps, KindWords(k))
	}
	if shown.Version != latest.Version {
		b.Old = guideHref(v, latest)
	}
	for _, p := range versions {
		b.Versions = append(b.Versions, page.Link{Text: versionWords(v, p), Href: versionHref(v, p)})
	}
	if n := v.Snap.Area(latest.Nation); n != nil && writes(v, n.ID) {
		b.Edit = "/nation/" + n.Code + "/guidance/" + url.PathEscape(latest.Key) + "/edit"
	}
	pv := v.View(shown.Title)
	pv.Crumbs = []page.Link{{Text: "Guidance", Href: "/guidance"}}
	pv.Public = !v.Who.SignedIn()
	pv.Flash = flashes[v.R.URL.Query().Get("saved")]
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "guide", pv)
}

// versionWords names a version: Version 2, 23 November 2026.
func versionWords(v *desk.Visit, p support.Page) string {
	if p.Version == 0 {
		return changedOn(v, p)
	}
	return "Version " + strconv.Itoa(p.Version) + ", " + changedOn(v, p)
}

func versionHref(v *desk.Visit, p support.Page) string {
	q := url.Values{"version": {strconv.Itoa(p.Version)}}
	if n, own := v.Snap.Area(p.Nation), home(v); n != nil && (own == nil || own.ID != n.ID) {
		q.Set("of", n.Code)
	}
	return GuidePath(p) + "?" + q.Encode()
}

// versionsOf finds the page that an address names and gives the versions of it that the visitor may read, the newest first:
// of the nation it names; else of the visitor's own; else what comes with the program; else of the first nation that has
// such a page. One whose latest version is not public is not there for the public, and neither are its older ones.
func versionsOf(v *desk.Visit) ([]support.Page, error) {
	key, of, own := v.R.PathValue("key"), v.R.URL.Query().Get("of"), home(v)
	if of == "" && own == nil {
		for _, p := range publicOnly(support.Starters()) {
			if p.Key == key {
				return []support.Page{p}, nil
			}
		}
	}
	list := v.Snap.Nations()
	if own != nil {
		list = append([]*registry.Area{own}, list...)
	}
	for _, n := range list {
		if of != "" && of != n.Code {
			continue
		}
		all, err := v.Support.Versions(v.Ctx(), n.ID, key)
		switch {
		case fault.Is(err, fault.NotFound):
		case err != nil:
			return nil, err
		case inside(v, n.ID):
			return all, nil
		case all[0].Public:
			return publicOnly(all), nil
		}
	}
	return nil, noGuide()
}

func noGuide() error { return fault.New(fault.NotFound, "there is no such page of guidance") }
