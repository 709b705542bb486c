package find

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/postcode"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// asked is what somebody looks for. Where they are is one of a point, an authority, or not said.
type asked struct {
	lat, lon float64
	located  bool
	rough    bool           // the point is the middle of a larger place
	area     *registry.Area // the authority, where it is known
	near     string         // what the point is called; empty for a postcode or where somebody is

	open, walkIn, noName, stepFree bool
	form                           form
	most                           int
}

// How many outlets are shown, at first and when more is asked for.
const (
	few  = 10
	many = 20
)

// mostSent bounds what a form may hold: nobody types more for a place.
const mostSent = 16 << 10

// mostPlace is how long the name of a place may be.
const mostPlace = 100

// formOfVisit reads the form of a POST.
func formOfVisit(v *desk.Visit) (url.Values, error) {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostSent)
	form, err := v.Form()
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return nil, fault.New(fault.Invalid, "this form cannot be read").Hint("go back, and send it again")
	}
	return form, err
}

// filters reads what an outlet must have.
func filters(form url.Values) asked {
	a := asked{most: few}
	for _, only := range form["only"] {
		switch only {
		case "open":
			a.open = true
		case "walk-in":
			a.walkIn = true
		case "no-name":
			a.noName = true
		case "step-free":
			a.stepFree = true
		}
	}
	switch form.Get("kind") {
	case "nasal":
		a.form = nasal
	case "injection":
		a.form = injection
	}
	if form.Get("most") == itoa(many) {
		a.most = many
	}
	return a
}

// choice is a place that may be meant.
type choice struct{ value, label string }

// where finds out what place is meant. Where it could be several, they are given to choose from.
func (a *asked) where(v *desk.Visit, k *known, form url.Values) ([]choice, error) {
	if lat, lon := form.Get("lat"), form.Get("lon"); lat != "" || lon != "" {
		return nil, a.point(v, lat, lon, form.Get("rough") == "yes")
	}
	if chosen := form.Get("choice"); chosen != "" {
		return nil, a.chosen(v, k, chosen)
	}
	typed := strings.TrimSpace(form.Get("place"))
	if typed == "" {
		return nil, wrongPlace(v.T("find.place-empty"), v.T("find.place-empty-hint"))
	}
	if code, err := postcode.Parse(typed); err == nil {
		return nil, a.postcode(v, code)
	}
	name := fold(typed)
	if len(typed) > 8*mostPlace || len([]rune(typed)) > mostPlace || name == "" {
		return nil, a.unknown(v, k)
	}
	choices := k.named(v, name)
	switch {
	case len(choices) == 0:
		return nil, a.unknown(v, k)
	case len(choices) == 1:
		return nil, a.chosen(v, k, choices[0].value)
	}
	return choices, nil
}

func wrongPlace(message, hint string) error {
	return fault.New(fault.Invalid, "%s", message).At("place").Hint("%s", hint)
}

func (a *asked) unknown(v *desk.Visit, k *known) error {
	if !k.table {
		return wrongPlace(v.T("find.place-unknown"), v.T("find.no-table-hint"))
	}
	return wrongPlace(v.T("find.place-unknown"), v.T("find.place-unknown-hint"))
}

// postcode takes the place of a postcode, or of the first half of one.
func (a *asked) postcode(v *desk.Visit, code postcode.Code) error {
	p, err := v.Postcodes.Find(v.Ctx(), code)
	switch {
	case fault.Is(err, fault.Unavailable):
		return wrongPlace(v.T("find.no-table"), v.T("find.no-table-hint"))
	case fault.Is(err, fault.NotFound), fault.Is(err, fault.Invalid):
		return wrongPlace(v.T("find.postcode-unknown"), v.T("find.postcode-unknown-hint"))
	case err != nil:
		return err
	}
	a.lat, a.lon, a.located, a.rough, a.area = rounded(p.Lat), rounded(p.Lon), true, p.Rough, v.Snap.Area(p.Area)
	return nil
}

// rounded is a coordinate to three decimals: about 100 metres.
func rounded(degrees float64) float64 { return math.Round(degrees*1000) / 1000 }

// point takes coordinates: of a browser, or of the page before.
func (a *asked) point(v *desk.Visit, lat, lon string, rough bool) error {
	x, errX := strconv.ParseFloat(lat, 64)
	y, errY := strconv.ParseFloat(lon, 64)
	if errX != nil || errY != nil || !(math.Abs(x) <= 90 && math.Abs(y) <= 180) {
		return wrongPlace(v.T("find.point-wrong"), v.T("find.point-wrong-hint"))
	}
	a.lat, a.lon, a.located, a.rough = rounded(x), rounded(y), true, rough
	return nil
}

// chosen takes one of the places that a page offered: an authority by its code, or an outlet by its number.
func (a *asked) chosen(v *desk.Visit, k *known, value string) error {
	kind, which, _ := strings.Cut(value, ":")
	switch kind {
	case "area":
		if area, ok := v.Snap.AreaByCode(which); ok && area.IsAuthority() && area.On(k.day) {
			a.area = area
			return nil
		}
	case "outlet":
		id, _ := strconv.Atoi(which)
		if p := k.byID[id]; p != nil {
			a.area = p.area
			if p.located {
				a.lat, a.lon, a.located, a.near = rounded(p.lat), rounded(p.lon), true, p.Name
			}
			return nil
		}
	}
	return wrongPlace(v.T("find.choice-wrong"), v.T("find.no-table-hint"))
}

// mostChoices is how many places are offered.
const mostChoices = 12

// named are the places whose name is one, or has words that begin so: authorities first, then outlets elsewhere.
func (k *known) named(v *desk.Visit, name string) []choice {
	var exact, list []choice
	in := map[int]bool{}
	for _, a := range v.Snap.Areas() {
		words := fold(a.Name)
		if !a.IsAuthority() || !a.On(k.day) || !has(words, name) {
			continue
		}
		c := choice{"area:" + a.Code, a.Name}
		if n := v.Snap.NationOf(a.ID); n != nil {
			c.label += ", " + n.Name
		}
		in[a.ID] = true
		if list = append(list, c); words == name {
			exact = append(exact, c)
		}
	}
	if len(exact) == 1 {
		return exact
	}
	slices.SortFunc(list, func(a, b choice) int { return strings.Compare(a.label, b.label) })
	for _, p := range k.places {
		if len(list) < mostChoices && has(p.words, name) && !in[p.Area] {
			c := choice{"outlet:" + itoa(p.ID), p.Name}
			if p.area != nil {
				c.label += ", " + p.area.Name
			}
			list = append(list, c)
		}
	}
	return list[:min(len(list), mostChoices)]
}

// has reports whether words are among others, of which the last may be longer.
func has(words, name string) bool { return strings.Contains(" "+words, " "+name) }

// options are answers to "Which place do you mean?".
func options(list []choice) []page.Option {
	out := make([]page.Option, len(list))
	for i, c := range list {
		out[i] = page.Option{Value: c.value, Label: c.label}
	}
	return out
}
