package area

import (
	"everykit/registry"
	"everykit/web/figures"
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
	var open []*registry.Outlet
	for _, o := range v.Snap.OutletsOf(v.Area.ID) {
		if o.OpenOn(v.today) && o.Kind != registry.Store {
			open = append(open, o)
		}
	}
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
