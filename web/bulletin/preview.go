package bulletin

import (
	"net/http"
	"slices"
	"strconv"

	"everykit/bulletin"
	"everykit/web/desk"
	"everykit/web/page"
)

// preview is the whole of a draft as it will be read.
func preview(v *desk.Visit) error {
	e, err := editionOf(v)
	if err != nil {
		return err
	}
	c, err := v.Bulletins.Content(v.Ctx(), e.ID)
	if err != nil {
		return err
	}
	pv := v.View(c.Title)
	pv.Crumbs = []page.Link{placeLink(v), {Text: "Bulletins", Href: base(v)}, {Text: e.Title, Href: pathOf(v, e)}}
	pv.Wide = true
	b := reading{Subtitle: c.Subtitle, Report: framed([]byte(c.Document().Body())), Contents: contents(c), Facts: facts(c)}
	if e.State != bulletin.Published {
		pv.Warning = "Not published yet. Only staff, and whoever has early access once it is signed, can read this."
	}
	for _, name := range bulletin.FileNames {
		b.Downloads = append(b.Downloads, download{formats[name], pathOf(v, e) + "/files/" + name, ""})
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "bulletin", pv)
}

// draftFile is a draft in one format, written when it is asked for; of a published edition it is what was stored.
func draftFile(v *desk.Visit) error {
	e, err := editionOf(v)
	if err != nil {
		return err
	}
	name := v.R.PathValue("name")
	if !slices.Contains(bulletin.FileNames, name) {
		return noFile()
	}
	f, err := v.Bulletins.Preview(v.Ctx(), e.ID, name)
	if err != nil {
		return err
	}
	h := v.W.Header()
	slug := e.Slug
	if e.State != bulletin.Published {
		slug += "-draft"
	}
	fileHeaders(h, f.MediaType, slug, e.Number, name)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(f.Body)))
	_, err = v.W.Write(f.Body)
	return err
}
