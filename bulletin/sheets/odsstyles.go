package sheets

import (
	"bytes"
	"fmt"
	"strings"
)

// odsLook says of each style what it inherits and how it differs.
var odsLook = [styles]struct{ parent, cell, paragraph, text string }{
	plain:     {"Default", `fo:wrap-option="wrap" style:vertical-align="top"`, "", ""},
	title:     {"Heading_20_1", `style:vertical-align="top"`, "", ""},
	heading:   {"Heading_20_2", `style:vertical-align="top"`, "", ""},
	head:      {"Default", `fo:wrap-option="wrap" style:vertical-align="bottom"`, "", `fo:font-weight="bold"`},
	headRight: {"Default", `fo:wrap-option="wrap" style:vertical-align="bottom" style:text-align-source="fix"`, `fo:text-align="end"`, `fo:font-weight="bold"`},
	headInset: {"Default", `fo:wrap-option="wrap" style:vertical-align="bottom" style:text-align-source="fix"`, `fo:text-align="start" fo:margin-left="2mm"`, `fo:font-weight="bold"`},
	inset:     {"Default", `fo:wrap-option="wrap" style:vertical-align="top" style:text-align-source="fix"`, `fo:text-align="start" fo:margin-left="2mm"`, ""},
	sumInset:  {"Default", `fo:wrap-option="wrap" style:vertical-align="top" style:text-align-source="fix"`, `fo:text-align="start" fo:margin-left="2mm"`, `fo:font-weight="bold"`},
	right:     {"Default", `fo:wrap-option="wrap" style:vertical-align="top" style:text-align-source="fix"`, `fo:text-align="end"`, ""},
	sum:       {"Default", `fo:wrap-option="wrap" style:vertical-align="top"`, "", `fo:font-weight="bold"`},
	sumRight:  {"Default", `fo:wrap-option="wrap" style:vertical-align="top" style:text-align-source="fix"`, `fo:text-align="end"`, `fo:font-weight="bold"`},
	line:      {"Default", `style:vertical-align="top"`, "", ""},
	link:      {"Hyperlink", `style:vertical-align="top"`, "", ""},
}

// odsStyle names a cell's style: ce3 for words, ce3n1 for a number with a decimal.
func (c cell) odsStyle() string {
	if c.number == "" {
		return fmt.Sprintf("ce%d", c.style)
	}
	return fmt.Sprintf("ce%dn%d", c.style, c.places)
}

// odsCellStyles writes the styles of cells: of those that numbers have, one for each number of decimals.
func odsCellStyles(w *bytes.Buffer) {
	for p := range mostPlaces + 1 {
		fmt.Fprintf(w, `<number:number-style style:name="n%d"><number:number number:decimal-places="%d" number:min-decimal-places="%d" number:min-integer-digits="1" number:grouping="true"/></number:number-style>`, p, p, p)
	}
	one := func(name, data string, st style) {
		look := odsLook[st]
		fmt.Fprintf(w, `<style:style style:name="%s" style:family="table-cell" style:parent-style-name="%s"%s><style:table-cell-properties %s/>`, name, look.parent, data, look.cell)
		if look.paragraph != "" {
			fmt.Fprintf(w, `<style:paragraph-properties %s/>`, look.paragraph)
		}
		if look.text != "" {
			fmt.Fprintf(w, `<style:text-properties %s/>`, look.text)
		}
		w.WriteString(`</style:style>`)
	}
	for st := range styles {
		one(cell{style: st}.odsStyle(), "", st)
		if st != plain && st != sum {
			continue
		}
		for p := range mostPlaces + 1 {
			one(cell{style: st, number: "0", places: p}.odsStyle(), fmt.Sprintf(` style:data-style-name="n%d"`, p), st)
		}
	}
}

// odsStyles are the styles that people see by name, with the language of all text, and the page for a printer.
func odsStyles(language string) string {
	lang, country, _ := strings.Cut(clean(language), "-")
	named := func(name, shown, text string) string {
		return `<style:style style:name="` + name + `" style:display-name="` + shown + `" style:family="table-cell" style:parent-style-name="Default"><style:text-properties ` + text + `/></style:style>`
	}
	return xmlHead + `<office:document-styles ` + odsNS + `><office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss"/></office:font-face-decls><office:styles>` +
		`<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial" fo:font-size="12pt" fo:language="` + attr(lang) + `" fo:country="` + attr(country) + `"/></style:default-style>` +
		`<style:style style:name="Default" style:family="table-cell"><style:text-properties style:font-name="Arial" fo:font-size="12pt"/></style:style>` +
		named("Heading_20_1", "Heading 1", `fo:font-size="18pt" fo:font-weight="bold"`) +
		named("Heading_20_2", "Heading 2", `fo:font-size="14pt" fo:font-weight="bold"`) +
		named("Hyperlink", "Hyperlink", `fo:color="#0563c1" style:text-underline-style="solid"`) +
		`</office:styles><office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>` +
		`<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm1"/></office:master-styles></office:document-styles>`
}
