package sheets

import (
	"bytes"
	"fmt"
	"strings"

	"everykit/bulletin/content"
)

// ODS is XLSX's twin as an OpenDocument spreadsheet: the same sheets, cells, links and marked tables.
func ODS(c *content.Content) ([]byte, error) {
	b, err := workbook(c)
	if err != nil {
		return nil, err
	}
	return b.ods()
}

const (
	odsType = "application/vnd.oasis.opendocument.spreadsheet"
	odsNS   = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
		` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
		` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"` +
		` xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"`
)

// ods writes the parts of OpenDocument 1.3.
func (b *book) ods() ([]byte, error) {
	manifest := xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
		`<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="` + odsType + `"/>`
	for _, name := range []string{"content.xml", "styles.xml", "meta.xml"} {
		manifest += `<manifest:file-entry manifest:full-path="` + name + `" manifest:media-type="text/xml"/>`
	}
	return pack([]part{
		{"mimetype", []byte(odsType)},
		{"META-INF/manifest.xml", []byte(manifest + `</manifest:manifest>`)},
		{"meta.xml", b.odsMeta()},
		{"styles.xml", []byte(odsStyles(b.language))},
		{"content.xml", b.odsContent()},
	}, stamp(b.day), true)
}

// odsMeta are the document's properties: no author.
func (b *book) odsMeta() []byte {
	day := ""
	if b.day != "" {
		day = `<meta:creation-date>` + b.day + `T12:00:00</meta:creation-date>`
	}
	return []byte(xmlHead + `<office:document-meta ` + odsNS + `><office:meta><dc:title>` + attr(clean(b.title)) + `</dc:title><dc:subject>` + attr(clean(b.subject)) +
		`</dc:subject>` + day + `<dc:language>` + attr(clean(b.language)) + `</dc:language></office:meta></office:document-meta>`)
}

func (b *book) odsContent() []byte {
	var w, ranges bytes.Buffer
	w.WriteString(xmlHead + `<office:document-content ` + odsNS + `><office:automatic-styles>`)
	for _, width := range b.allWidths() {
		fmt.Fprintf(&w, `<style:style style:name="co%d" style:family="table-column"><style:table-column-properties style:column-width="%.1fmm"/></style:style>`, width, float64(width)*2.4)
	}
	w.WriteString(`<style:style style:name="ro" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>` +
		`<style:style style:name="ta" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>`)
	odsCellStyles(&w)
	w.WriteString(`</office:automatic-styles><office:body><office:spreadsheet>` + "\n")
	for _, s := range b.sheets {
		s.ods(&w)
		if m := s.marked; m != nil {
			fmt.Fprintf(&ranges, `<table:database-range table:name="%s" table:target-range-address="%s" table:contains-header="true" table:display-filter-buttons="false"/>`,
				m.name, s.name+"."+at(m.top, 0)+":"+s.name+"."+at(m.top+m.height-1, m.columns-1))
		}
	}
	if ranges.Len() > 0 {
		w.WriteString(`<table:database-ranges>` + ranges.String() + `</table:database-ranges>`)
	}
	w.WriteString(`</office:spreadsheet></office:body></office:document-content>`)
	return w.Bytes()
}

// allWidths are the widths of columns in the book, each once, in the order in which they occur.
func (b *book) allWidths() (list []int) {
	seen := map[int]bool{}
	for _, s := range b.sheets {
		for _, width := range s.widths {
			if !seen[width] {
				seen[width] = true
				list = append(list, width)
			}
		}
	}
	return list
}

func (s *sheet) ods(w *bytes.Buffer) {
	fmt.Fprintf(w, `<table:table table:name="%s" table:style-name="ta">`, attr(s.name))
	for _, width := range s.widths {
		fmt.Fprintf(w, `<table:table-column table:style-name="co%d" table:default-cell-style-name="Default"/>`, width)
	}
	w.WriteByte('\n')
	for i, r := range s.rows {
		isHead := s.marked != nil && i == s.marked.top
		if isHead {
			w.WriteString(`<table:table-header-rows>`)
		}
		w.WriteString(`<table:table-row table:style-name="ro">`)
		for _, c := range r {
			c.ods(w)
		}
		w.WriteString(`</table:table-row>`)
		if isHead {
			w.WriteString(`</table:table-header-rows>`)
		}
		w.WriteByte('\n')
	}
	w.WriteString("</table:table>\n")
}

func (c cell) ods(w *bytes.Buffer) {
	look := c.odsStyle()
	switch {
	case c.number != "":
		fmt.Fprintf(w, `<table:table-cell table:style-name="%s" office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>`, look, c.number, withCommas(c.number))
	case c.text == "":
		fmt.Fprintf(w, `<table:table-cell table:style-name="%s"/>`, look)
	default:
		said := spaced(c.text)
		if c.to != "" {
			to := c.to
			if strings.HasPrefix(to, "#") {
				to += ".A1"
			}
			said = `<text:a xlink:type="simple" xlink:href="` + attr(to) + `">` + said + `</text:a>`
		}
		fmt.Fprintf(w, `<table:table-cell table:style-name="%s" office:value-type="string"><text:p>%s</text:p></table:table-cell>`, look, said)
	}
}

// withCommas is how a number stands in the cell before a program formats it again.
func withCommas(number string) string {
	sign := ""
	if strings.HasPrefix(number, "-") {
		sign, number = "-", number[1:]
	}
	whole, rest, point := strings.Cut(number, ".")
	var w strings.Builder
	w.WriteString(sign)
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			w.WriteByte(',')
		}
		w.WriteRune(d)
	}
	if point {
		w.WriteString("." + rest)
	}
	return w.String()
}

// spaced is text within a paragraph, where spaces at its ends and beside one another would otherwise be one or none.
func spaced(s string) string {
	if !strings.Contains(s, "  ") && strings.Trim(s, " ") == s {
		return attr(s)
	}
	var w strings.Builder
	for i := 0; i < len(s); {
		n := 0
		for i+n < len(s) && s[i+n] == ' ' {
			n++
		}
		switch {
		case n == 1 && i > 0 && i+1 < len(s):
			w.WriteByte(' ')
		case n > 0:
			fmt.Fprintf(&w, `<text:s text:c="%d"/>`, n)
		default:
			for i+n < len(s) && s[i+n] != ' ' {
				n++
			}
			w.WriteString(attr(s[i : i+n]))
		}
		i += n
	}
	return w.String()
}
