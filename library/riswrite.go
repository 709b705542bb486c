package library

import (
	"fmt"
	"strings"
)

// risTypes are the kinds as RIS has types. The kind itself goes in M3, the type of work, where other programs look too.
var risTypes = map[Kind]string{Study: "JOUR", Review: "JOUR", ReportKind: "RPRT", Guidance: "STAND", Statistics: "DATA", Essay: "GEN"}

// writeRIS writes an entry.
func writeRIS(b *strings.Builder, it *Item) {
	typ := risTypes[it.Kind]
	if it.Journal != "" {
		typ = "JOUR"
	}
	tag := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s  - %s\r\n", name, strings.ReplaceAll(value, "\n", "\r\n      "))
		}
	}
	tag("TY", typ)
	tag("ID", it.Key)
	tag("TI", it.Title)
	for _, n := range it.Authors {
		if n.Literal != "" {
			tag("AU", n.Literal+",") // the comma tells a body from a person
		} else {
			tag("AU", n.String())
		}
	}
	if it.EtAl {
		tag("AU", "et al.")
	}
	if it.Year != 0 {
		tag("PY", fmt.Sprint(it.Year))
	}
	tag("T2", it.Journal)
	tag("PB", it.Publisher)
	tag("VL", it.Volume)
	tag("IS", it.Issue)
	if from, to, ok := strings.Cut(it.Pages, "-"); ok && from != "" && to != "" && from != to && !strings.Contains(to, "-") {
		tag("SP", from)
		tag("EP", to)
	} else {
		tag("SP", it.Pages)
	}
	tag("DO", it.DOI)
	tag("UR", it.Link)
	if it.PMID != "" {
		tag("AN", it.PMID)
		tag("DB", "PubMed")
	}
	tag("M3", it.Kind.String())
	for _, t := range it.Topics {
		tag("KW", t.String())
	}
	tag("AB", it.Abstract)
	for _, name := range extras {
		switch name {
		case "key", "kind", "topics":
		default:
			if text := it.extra(name); text != "" {
				tag("N1", noted(name, text))
			}
		}
	}
	b.WriteString("ER  - \r\n\r\n")
}
