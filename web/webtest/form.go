package webtest

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Form is one form of a page.
type Form struct {
	Action string
	Method string
	Held   url.Values // as a browser sends it untouched, no button pressed
	Values url.Values // Held, and the first of what must be chosen, and the first button but those that only read a code
	Words  []string   // names of the fields that take any words

	Choices map[string][]string // answers of each select
	File    string              // name of the field for a file; such a form is sent as parts

	open map[string]string // the first answer of radios and checkboxes
}

var (
	formTag   = regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`)
	fieldTag  = regexp.MustCompile(`(?s)<(input)([^>]*)>|<(textarea)([^>]*)>(.*?)</textarea>|<(select)([^>]*)>(.*?)</select>`)
	buttonTag = regexp.MustCompile(`<button([^>]*)>`)
	attrOf    = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	chosen    = regexp.MustCompile(`<option value="([^"]*)" selected`)
	anOption  = regexp.MustCompile(`<option value="([^"]*)"`)
)

// Forms reads the forms of a page, but the header's. here is the page's own address.
func Forms(body, here string) []Form {
	_, body, _ = strings.Cut(body, "<main")
	var list []Form
	for _, m := range formTag.FindAllStringSubmatch(body, -1) {
		list = append(list, read(attributes(m[1]), m[2], here))
	}
	return list
}

// Held is what the form of a page that is sent with POST holds: the first of them, where there are more. It is empty
// where there is none.
func Held(body string) url.Values {
	for _, f := range Forms(body, "") {
		if f.Method == "POST" {
			return f.Held
		}
	}
	return url.Values{}
}

func read(of map[string]string, body, here string) Form {
	f := Form{
		Action: of["action"], Method: strings.ToUpper(of["method"]), Held: url.Values{}, Values: url.Values{},
		Choices: map[string][]string{}, open: map[string]string{},
	}
	if f.Action == "" || f.Action[0] == '#' { // which only says where to stand then
		f.Action, _, _ = strings.Cut(here, "?")
	}
	for _, m := range fieldTag.FindAllStringSubmatch(body, -1) {
		switch {
		case m[1] != "":
			f.input(attributes(m[2]), m[2])
		case m[3] != "":
			f.holds(attributes(m[4])["name"], html.UnescapeString(strings.TrimPrefix(m[5], "\n")))
			f.Words = append(f.Words, attributes(m[4])["name"])
		default:
			f.choice(attributes(m[7])["name"], m[8])
		}
	}
	for name, v := range f.Held {
		f.Values[name] = append([]string(nil), v...)
	}
	for name, value := range f.open {
		if !f.Values.Has(name) {
			f.Values.Set(name, value)
		}
	}
	for _, button := range buttonTag.FindAllStringSubmatch(body, -1) {
		of := attributes(button[1])
		if of["name"] == "scan" {
			continue
		}
		if of["name"] != "" {
			f.Values.Set(of["name"], of["value"])
		}
		break
	}
	return f
}

func attributes(tag string) map[string]string {
	of := map[string]string{}
	for _, m := range attrOf.FindAllStringSubmatch(tag, -1) {
		of[m[1]] = html.UnescapeString(m[2])
	}
	return of
}

// is reports whether a tag has an attribute without a value.
func is(tag, attribute string) bool {
	return slices.Contains(strings.Fields(attrOf.ReplaceAllString(tag, "")), attribute)
}

// holds notes what a field without choices has in it.
func (f *Form) holds(name, value string) {
	if name != "" {
		f.Held.Set(name, value)
	}
}

func (f *Form) input(of map[string]string, tag string) {
	name := of["name"]
	switch {
	case name == "" || is(tag, "disabled"): // which no browser sends
	case of["type"] == "file":
		f.File = name
	case of["type"] == "radio", of["type"] == "checkbox":
		if is(tag, "checked") {
			f.Held.Add(name, of["value"])
		} else if f.open[name] == "" {
			f.open[name] = of["value"]
		}
	default:
		f.holds(name, of["value"])
		if of["inputmode"] == "" && (of["type"] == "" || of["type"] == "text") {
			f.Words = append(f.Words, name)
		}
	}
}

// choice reads a select: what is chosen in it, or the first.
func (f *Form) choice(name, options string) {
	if name == "" {
		return
	}
	for _, o := range anOption.FindAllStringSubmatch(options, -1) {
		f.Choices[name] = append(f.Choices[name], html.UnescapeString(o[1]))
	}
	first := anOption.FindStringSubmatch(options)
	if is := chosen.FindStringSubmatch(options); is != nil {
		first = is
	}
	if first != nil {
		f.holds(name, html.UnescapeString(first[1]))
	}
}
