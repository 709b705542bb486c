package desk

import (
	"strings"
	"unicode"

	"everykit/registry"
)

// ProductName is how a product is called over the counter: its name up to the first strength, and its form.
func ProductName(p *registry.Product) string {
	if p == nil {
		return "Product not known"
	}
	var words []string
	for _, w := range strings.Fields(p.Name) {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			break
		}
		words = append(words, w)
	}
	name, form := strings.Join(words, " "), strings.ToLower(p.Form.Words())
	switch {
	case name == "":
		return p.Name
	case form == "" || strings.Contains(strings.ToLower(name), form):
		return name
	}
	return name + " " + form
}
