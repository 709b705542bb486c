package nation

import (
	"slices"

	"everykit/civil"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// vintage says for which areas the page is, and leads to the others where authorities have changed since.
type vintage struct {
	Says  string
	Other page.Link // without an address where the areas of then are those of today
}

func (c choice) vintage(v *desk.Visit) vintage {
	then := c.period.Last()
	says := func(day civil.Date) string {
		if day >= c.today {
			return "Authorities as they stand today."
		}
		return "Authorities as they stood on " + day.Words() + "."
	}
	if then >= c.today || sameAreas(v.Snap.AuthoritiesOf(v.Area.ID, then), v.Snap.AuthoritiesOf(v.Area.ID, c.today)) {
		return vintage{Says: says(then)}
	}
	other := c
	other.current = !c.current
	if c.current {
		return vintage{says(c.today), page.Link{Text: "Show them as they stood on " + then.Words(), Href: other.href()}}
	}
	return vintage{says(then), page.Link{Text: "Show today’s authorities", Href: other.href()}}
}

func sameAreas(a, b []*registry.Area) bool {
	return slices.EqualFunc(a, b, func(x, y *registry.Area) bool { return x.ID == y.ID })
}
