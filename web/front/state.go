package front

import (
	"html/template"
	"net/http"

	"everykit/fault"
	"everykit/language"
	"everykit/measure"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/find"
	"everykit/web/page"
)

// statePage is the state of provision of a nation in full.
type statePage struct {
	Nation  string
	Known   string // how many areas have a number
	Figures []page.Figure
	Map     template.HTML
	Table   page.Table
	Others  []page.Link
	Read    string
}

func state(v *desk.Visit) error {
	if code := v.R.PathValue("nation"); code != "" {
		a, ok := v.Snap.AreaByCode(code)
		if !ok || v.Snap.NationOf(a.ID) != a || a.Code != code {
			return noState()
		}
	}
	return answer(v, drawState)
}

func noState() error {
	return fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page")
}

func drawState(v *desk.Visit, r *reading, w http.ResponseWriter) error {
	var n *nation
	for _, one := range r.nations {
		if code := v.R.PathValue("nation"); n == nil && (code == "" || code == one.area.Code) {
			n = one
		}
	}
	if n == nil {
		return noState()
	}
	b := statePage{Nation: n.area.Name, Known: v.T("front.known", "count", n.known, "of", len(n.areas)), Figures: cards(v, n, r.today), Map: n.draw(v), Others: links(v, r, n), Read: v.T("front.read-at", "date", r.today)}
	b.Table = page.Table{Caption: v.T("front.areas"), Hide: true, Words: v.Words(), Empty: v.T("front.none-yet"), Columns: []page.Column{
		{Label: v.T("front.area")}, {Label: v.T("front.per-100-people"), Numeric: true}, {Label: v.T("front.kits-given"), Numeric: true}, {Label: v.T("front.people"), Numeric: true},
	}}
	number := func(x *float64) page.Cell {
		if x == nil {
			return page.Cell{}
		}
		return page.TextCell(v.Words().Number(int64(*x)))
	}
	for _, a := range n.areas {
		value := page.TextCell(v.T("front.is-" + a.figure.State.String()))
		if x, ok := figures.Known(a.figure); ok {
			value = page.TextCell(v.Words().Decimal(x, measure.Coverage.Places()))
			if !a.figure.State.HasNumber() || a.figure.State == measure.Partial || a.figure.State == measure.Reported {
				value = value.Under(v.T("front.is-" + a.figure.State.String()))
			}
		}
		b.Table.Rows = append(b.Table.Rows, page.Row{Cells: []page.Cell{areaLink(v, a.area), value, number(a.figure.Numerator), number(a.figure.Denominator)}})
	}
	pv := v.View(v.T("front.state-title", "nation", n.area.Name))
	pv.Wide, pv.Public, pv.Body = true, true, b
	return pages.Render(w, http.StatusOK, "state", pv)
}

// areaLink leads to the places of an area. Its name is English data.
func areaLink(v *desk.Visit, a *registry.Area) page.Cell {
	lang := ""
	if !v.Words().IsEnglish() {
		lang = ` lang="` + language.English().Tag + `"`
	}
	return page.Cell{HTML: template.HTML(`<a class="nhsuk-link" href="` + template.HTMLEscapeString(v.Link(find.AreaPath(a.Code))) + `"` + lang + `>` + template.HTMLEscapeString(a.Name) + `</a>`)}
}
