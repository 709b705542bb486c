package sheets

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"everykit/bulletin/content"
)

// XLSX writes a workbook: cover, contents, notes, and one table a sheet. The same content gives the same bytes.
func XLSX(c *content.Content) ([]byte, error) {
	b, err := workbook(c)
	if err != nil {
		return nil, err
	}
	return b.xlsx()
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	linkNS    = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relTypes  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	partTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// xlsx writes the parts of the format (ECMA-376, part 1), as few as it asks for.
func (b *book) xlsx() ([]byte, error) {
	var types, list, rels, names, tables bytes.Buffer
	var parts, tableParts []part
	marked := 0
	for i, s := range b.sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, partTypes)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, attr(s.name), n, n)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, n, relTypes, n)
		var targets []string // of the sheet's relations, from rId1
		if s.marked != nil {
			marked++
			fmt.Fprintf(&types, `<Override PartName="/xl/tables/table%d.xml" ContentType="%stable+xml"/>`, marked, partTypes)
			fmt.Fprintf(&names, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">'%s'!$%d:$%d</definedName>`, i, s.name, s.marked.top+1, s.marked.top+1)
			targets = append(targets, fmt.Sprintf(`<Relationship Id="rId1" Type="%stable" Target="../tables/table%d.xml"/>`, relTypes, marked))
			tableParts = append(tableParts, part{fmt.Sprintf("xl/tables/table%d.xml", marked), tableXML(s, marked)})
		}
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", n), sheetXML(s, i == 0)})
		if targets != nil {
			parts = append(parts, part{fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", n), relations(strings.Join(targets, ""))})
		}
	}
	if names.Len() > 0 {
		tables.WriteString("<definedNames>" + names.String() + "</definedNames>")
	}
	styleID := len(b.sheets) + 1
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%sstyles" Target="styles.xml"/>`, styleID, relTypes)
	front := []part{
		{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + partTypes + `sheet.main+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + partTypes + `styles+xml"/>` + types.String() + `</Types>`)},
		{"_rels/.rels", relations(`<Relationship Id="rId1" Type="` + relTypes + `officeDocument" Target="xl/workbook.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`)},
		{"docProps/core.xml", b.coreXML()},
		{"xl/workbook.xml", []byte(xmlHead + `<workbook ` + mainNS + ` ` + linkNS + `><bookViews><workbookView activeTab="0"/></bookViews><sheets>` + list.String() + `</sheets>` + tables.String() + `</workbook>`)},
		{"xl/_rels/workbook.xml.rels", relations(rels.String())},
		{"xl/styles.xml", []byte(xlsxStyles())},
	}
	return pack(append(append(front, parts...), tableParts...), stamp(b.day), false)
}

func relations(inner string) []byte {
	return []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + inner + `</Relationships>`)
}

// coreXML are the document's properties: no author.
func (b *book) coreXML() []byte {
	day := ""
	if b.day != "" {
		day = `<dcterms:created xsi:type="dcterms:W3CDTF">` + b.day + `T12:00:00Z</dcterms:created>`
	}
	return []byte(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + attr(clean(b.title)) + `</dc:title><dc:subject>` + attr(clean(b.subject)) + `</dc:subject>` + day + `<dc:language>` + attr(clean(b.language)) + `</dc:language></cp:coreProperties>`)
}

// sheetXML writes a worksheet. Every cell says where it is: the format does not ask for that, but some readers do.
func sheetXML(s *sheet, first bool) []byte {
	var w bytes.Buffer
	w.WriteString(xmlHead + `<worksheet ` + mainNS + ` ` + linkNS + `><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	selected := ""
	if first {
		selected = ` tabSelected="1"`
	}
	w.WriteString(`<sheetViews><sheetView` + selected + ` workbookViewId="0"><selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15.75"/><cols>`)
	for i, width := range s.widths {
		fmt.Fprintf(&w, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width*5/4) // letters of 12 points are wider than the usual 11
	}
	w.WriteString("</cols><sheetData>\n")
	var links strings.Builder
	for i, r := range s.rows {
		tall := 16 * r.tall(s.widths) // points: given, for not every program reckons it when it opens a file
		switch {
		case len(r) == 1 && r[0].style == title:
			tall = 26
		case len(r) == 1 && r[0].style == heading:
			tall = 22
		}
		fmt.Fprintf(&w, `<row r="%d" ht="%d" customHeight="1">`, i+1, min(tall, 400))
		for j, c := range r {
			w.WriteString(`<c r="` + at(i, j) + `" s="` + strconv.Itoa(c.format()) + `"`)
			switch {
			case c.number != "":
				w.WriteString(`><v>` + c.number + `</v></c>`)
			case c.text == "":
				w.WriteString(`/>`)
			default:
				w.WriteString(` t="inlineStr"><is><t xml:space="preserve">` + unescaped(attr(c.text)) + `</t></is></c>`)
			}
			if where, within := strings.CutPrefix(c.to, "#"); within {
				fmt.Fprintf(&links, `<hyperlink ref="%s" location="'%s'!A1" display="%s"/>`, at(i, j), attr(where), unescaped(attr(c.text)))
			}
		}
		w.WriteString("</row>\n")
	}
	w.WriteString(`</sheetData>`)
	if links.Len() > 0 {
		w.WriteString(`<hyperlinks>` + links.String() + `</hyperlinks>`)
	}
	w.WriteString(`<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`)
	if s.marked != nil {
		w.WriteString(`<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`)
	}
	w.WriteString(`</worksheet>`)
	return w.Bytes()
}

// tableXML marks the table of a sheet, without filter buttons.
func tableXML(s *sheet, id int) []byte {
	var w bytes.Buffer
	m := s.marked
	fmt.Fprintf(&w, `%s<table %s id="%d" name="%s" displayName="%s" ref="%s" totalsRowShown="0"><tableColumns count="%d">`, xmlHead, mainNS, id, m.name, m.name, m.area(), m.columns)
	for i, c := range s.rows[m.top] {
		fmt.Fprintf(&w, `<tableColumn id="%d" name="%s"/>`, i+1, unescaped(attr(c.text)))
	}
	w.WriteString(`</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`)
	return w.Bytes()
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// attr is text within XML.
func attr(s string) string { return escapes.Replace(s) }

// unescaped keeps text such as _x0041_ what it is: a workbook would read a letter in it.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var w strings.Builder
	for i := range len(s) {
		if s[i] == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_' {
			if _, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				w.WriteString("_x005F_")
				continue
			}
		}
		w.WriteByte(s[i])
	}
	return w.String()
}
