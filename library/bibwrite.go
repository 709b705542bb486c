package library

import (
	"fmt"
	"strings"
)

// writeBibTeX writes an entry.
func writeBibTeX(b *strings.Builder, it *Item) {
	kind := map[Kind]string{ReportKind: "techreport", Guidance: "techreport", Statistics: "techreport"}[it.Kind]
	switch {
	case it.Journal != "":
		kind = "article"
	case kind == "":
		kind = "misc"
	}
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, ",\n  %s = {%s}", name, value)
		}
	}
	text := func(name, value string) { field(name, latexEscape.Replace(value)) }
	key := it.Key
	if key == "" {
		key = slug(it)
	}
	fmt.Fprintf(b, "@%s{%s", kind, key)
	if it.Title != "" {
		field("title", "{"+latexEscape.Replace(it.Title)+"}") // the second pair keeps capitals
	}
	field("author", bibNames(it))
	if it.Year != 0 {
		field("year", fmt.Sprint(it.Year))
	}
	text("journal", it.Journal)
	if kind == "techreport" {
		text("institution", it.Publisher)
	} else {
		text("publisher", it.Publisher)
	}
	text("volume", it.Volume)
	text("number", it.Issue)
	field("pages", strings.ReplaceAll(latexEscape.Replace(it.Pages), "-", "--"))
	field("doi", it.DOI)
	field("pmid", it.PMID)
	field("url", it.Link)
	text("abstract", it.Abstract)
	for _, name := range extras {
		if name != "key" {
			text("everykit_"+name, it.extra(name))
		}
	}
	b.WriteString("\n}\n\n")
}

func bibNames(it *Item) string {
	var names []string
	for _, n := range it.Authors {
		part := func(s string) string {
			s = latexEscape.Replace(s)
			if strings.Contains(strings.ToLower(s), " and ") || strings.HasPrefix(strings.ToLower(s), "and ") || strings.HasSuffix(strings.ToLower(s), " and") || strings.EqualFold(s, "and") {
				return "{" + s + "}"
			}
			return s
		}
		switch {
		case n.Literal != "":
			names = append(names, "{"+latexEscape.Replace(n.Literal)+"}")
		case n.Suffix != "":
			names = append(names, part(n.Family)+", "+part(n.Suffix)+", "+part(n.Given))
		default:
			names = append(names, part(n.Family)+", "+part(n.Given))
		}
	}
	if it.EtAl {
		names = append(names, "others")
	}
	return strings.Join(names, " and ")
}
