package area

import (
	"strings"

	"everykit/registry"
	"everykit/web/figures"
	"everykit/web/page"
)

// requirementsGrid is what the authority's open outlets ask of a person before they give a kit, as the registry has it.
func requirementsGrid(v *visit) (figures.Grid, error) {
	g := figures.Grid{
		File: "requirements-" + v.today.String(), Caption: "What outlets ask of a person", Hide: true, Stack: true,
		Columns: []figures.Column{
			{Key: "requirement"}, {Label: "Asked for"}, {Key: "outlets", Label: "Outlets", Numeric: true}, {Key: "of", Label: "Of open outlets", Numeric: true},
		},
		Empty: "There is no open outlet that gives kits out.",
	}
	open := v.open()
	count := func(key, words string, is func(registry.Requires) bool, always bool) {
		n := 0
		for _, o := range open {
			if is(o.Requires) {
				n++
			}
		}
		if n > 0 || always {
			g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{figures.Raw(key), figures.Words(words), figures.Count(n), figures.Count(len(open))}})
		}
	}
	if len(open) == 0 {
		return g, nil
	}
	for _, r := range registry.Requirements() {
		count(r.String(), r.Words(), func(s registry.Requires) bool { return s.Has(r) }, false)
	}
	count("none", "Nothing: confirmed", func(s registry.Requires) bool { return s == registry.NothingRequired }, true)
	count("", "Not known: nobody has said", func(s registry.Requires) bool { return !s.Known() }, false)
	return g, nil
}

// open lists the authority's outlets that give kits out and have not closed.
func (v *visit) open() []*registry.Outlet {
	var open []*registry.Outlet
	for _, o := range v.Snap.OutletsOf(v.Area.ID) {
		if o.OpenOn(v.today) && o.Kind != registry.Store {
			open = append(open, o)
		}
	}
	return open
}

// askedGrid is what each open outlet asks of a person, those that ask for something first.
func askedGrid(v *visit) (figures.Grid, error) {
	g := figures.Grid{
		File: "requirements-by-outlet-" + v.today.String(), Caption: "What each outlet asks for", Hide: true, Stack: true,
		Empty: "There is no open outlet that gives kits out.",
		Columns: []figures.Column{
			{Key: "outlet"}, {Key: "name", Label: "Outlet"}, {Key: "kind"}, {Key: "public", Label: "Open to anybody"}, {Key: "requires", Label: "Asks for"},
		},
	}
	var ask, unknown, nothing []figures.Row
	for _, o := range v.open() {
		name := figures.Link(o.Name, v.outletHref(o))
		name.Show = name.Show.Under(o.Kind.Words())
		public := figures.Words(o.Public.Words())
		public.Raw = o.Public.String()
		asks := figures.Cell{Raw: o.Requires.String()}
		row := func() figures.Row {
			return figures.Row{Cells: []figures.Cell{figures.Raw(o.Code), name, figures.Raw(o.Kind.String()), public, asks}}
		}
		switch list := o.Requires.List(); {
		case len(list) > 0:
			var words []string
			for _, r := range list {
				words = append(words, r.Words())
			}
			asks.Show = page.TagCell(page.Tag{Text: strings.Join(words, ", "), Tone: page.Soon})
			ask = append(ask, row())
		case o.Requires.Known():
			asks.Show = page.TextCell("Nothing: confirmed")
			nothing = append(nothing, row())
		default:
			asks.Show = page.Cell{Sub: "not known"}
			unknown = append(unknown, row())
		}
	}
	g.Rows = append(append(ask, unknown...), nothing...)
	return g, nil
}
