package bulletin

import (
	"net/http"
	"net/url"
	"strconv"

	"everykit/web/desk"
	"everykit/web/page"
)

// listing is what is published, and how to hear of the next.
type listing struct {
	Bulletins page.Table
	Letters   bool // e-mail can be asked for
	Feed      string
}

// list is what is published, the newest period first.
func list(v *desk.Visit) error {
	return kept(v, func(w http.ResponseWriter) error { return drawList(v, w, nil, nil) })
}

// drawList draws it, with what was typed and what is wrong with it.
func drawList(v *desk.Visit, w http.ResponseWriter, typed url.Values, wrong error) error {
	all, err := v.Bulletins.List(v.Ctx())
	if err != nil {
		return err
	}
	b := listing{Letters: v.Bulletins.CanSubscribe(), Feed: feedPath}
	b.Bulletins = page.Table{Caption: "Bulletins", Hide: true, Stack: true, Columns: page.Columns("Bulletin", "About", "Published", "Edition"), Empty: "Nothing has been published yet."}
	for i := range all {
		e := &all[i]
		where := ""
		if a := v.Snap.Area(e.Area); a != nil {
			where = a.Name
		}
		b.Bulletins.Rows = append(b.Bulletins.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(e.Title, v.Link(PublicPath(e.Slug))), page.TextCell(e.Period.String()).Under(where), page.TextCell(moment(v, e.PublishedAt)), page.TextCell(strconv.Itoa(e.Number)),
		}})
	}
	pv := v.View("Bulletins")
	pv.Public = true
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		onlyFields(&pv, "email")
		pv.Public, status = false, page.Status(wrong)
	}
	pv.Body = b
	return pages.Render(w, status, "list", pv)
}

// onlyFields leaves an error that belongs to no field of a page with the page as a whole.
func onlyFields(pv *page.View, fields ...string) {
	for i := range pv.Errors {
		known := false
		for _, f := range fields {
			known = known || f == pv.Errors[i].Field
		}
		if !known {
			pv.Errors[i].Field = ""
		}
	}
}
