package library

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
)

// cslText is a text, a number, or a list of texts of which the first counts: programs write all three.
type cslText string

// UnmarshalJSON reads any of them; what is something else is as if it were not there.
func (t *cslText) UnmarshalJSON(data []byte) error {
	var v any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return err
	}
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	switch v := v.(type) {
	case string:
		*t = cslText(v)
	case json.Number:
		*t = cslText(v.String())
	}
	return nil
}

type cslName struct {
	Family   cslText `json:"family"`
	Given    cslText `json:"given"`
	Suffix   cslText `json:"suffix"`
	Particle cslText `json:"non-dropping-particle"`
	Dropping cslText `json:"dropping-particle"`
	Literal  cslText `json:"literal"`
	Name     cslText `json:"name"` // Crossref's word for a body
}

// cslNames are the names of a list. One that is no object is a literal.
type cslNames []cslName

// UnmarshalJSON reads a list, or a single name.
func (l *cslNames) UnmarshalJSON(data []byte) error {
	var raw []json.RawMessage
	if json.Unmarshal(data, &raw) != nil {
		raw = []json.RawMessage{data}
	}
	for _, r := range raw {
		var n cslName
		if json.Unmarshal(r, &n) != nil {
			if err := json.Unmarshal(r, &n.Literal); err != nil {
				return err
			}
		}
		*l = append(*l, n)
	}
	return nil
}

type cslDate struct{ year int }

// UnmarshalJSON reads {"date-parts": [[2023, 9, 1]]}, {"raw": "2023"}, {"literal": "in press"}, or a text.
func (d *cslDate) UnmarshalJSON(data []byte) error {
	var v struct {
		Parts   [][]cslText `json:"date-parts"`
		Raw     cslText     `json:"raw"`
		Literal cslText     `json:"literal"`
	}
	if json.Unmarshal(data, &v) != nil {
		var s cslText
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		v.Raw = s
	}
	if len(v.Parts) > 0 && len(v.Parts[0]) > 0 {
		if y, err := strconv.Atoi(string(v.Parts[0][0])); err == nil && y >= MinYear && y <= MaxYear {
			d.year = y
		}
	}
	for _, s := range []cslText{v.Raw, v.Literal} {
		if d.year == 0 {
			d.year = parseYear(string(s))
		}
	}
	return nil
}

// cslItem is an item as CSL-JSON has it, with the names Crossref's own answers use.
type cslItem struct {
	ID        cslText  `json:"id"`
	Type      cslText  `json:"type"`
	Genre     cslText  `json:"genre"`
	Title     cslText  `json:"title"`
	Subtitle  cslText  `json:"subtitle"`
	Author    cslNames `json:"author"`
	Issued    cslDate  `json:"issued"`
	Print     cslDate  `json:"published-print"`
	Online    cslDate  `json:"published-online"`
	Published cslDate  `json:"published"`
	Container cslText  `json:"container-title"`
	Short     cslText  `json:"container-title-short"`
	Publisher cslText  `json:"publisher"`
	Volume    cslText  `json:"volume"`
	Issue     cslText  `json:"issue"`
	Page      cslText  `json:"page"`
	Article   cslText  `json:"article-number"`
	Number    cslText  `json:"number"`
	DOI       cslText  `json:"DOI"`
	PMID      cslText  `json:"PMID"`
	URL       cslText  `json:"URL"`
	Abstract  cslText  `json:"abstract"`
	Keyword   cslText  `json:"keyword"`
	Note      cslText  `json:"note"`
}

// cslKnown are the names above, and those nobody would miss.
var cslKnown = map[string]bool{
	"id": true, "type": true, "genre": true, "title": true, "subtitle": true, "author": true, "issued": true, "published-print": true,
	"published-online": true, "published": true, "container-title": true, "container-title-short": true, "publisher": true, "volume": true,
	"issue": true, "page": true, "article-number": true, "number": true, "DOI": true, "PMID": true, "URL": true, "abstract": true,
	"keyword": true, "note": true, "custom": true, "source": true, "accessed": true, "citation-key": true,
}

var cslKinds = map[string]Kind{
	"report": ReportKind, "book": ReportKind, "webpage": ReportKind, "legislation": ReportKind, "bill": ReportKind, "document": ReportKind,
	"dataset": Statistics, "standard": Guidance, "post-weblog": Essay, "article-newspaper": Essay, "article-magazine": Essay,
}

// readCSL reads a list of items, one item, or an answer of Crossref with one or many.
func readCSL(r *Report, text string) {
	from := 0 // what was counted
	line := 1
	lineOf := func(at int) int {
		at = min(max(at, from), len(text))
		line += strings.Count(text[from:at], "\n")
		from = at
		return line
	}
	lead := len(text) - len(strings.TrimLeft(text, " \t\n\ufeff"))
	d := json.NewDecoder(strings.NewReader(text[lead:]))
	if text[lead] != '[' {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			r.refuse(1, "", "%s", jsonFault(err))
			return
		}
		cslWrapped(r, lineOf(lead), raw)
		return
	}
	if _, err := d.Token(); err != nil {
		r.refuse(1, "", "%s", jsonFault(err))
		return
	}
	for d.More() {
		if r.Read() >= mostRecords {
			r.refuse(lineOf(lead+int(d.InputOffset())), "", "the file holds more than %d entries; those from here on were not read", mostRecords)
			return
		}
		var raw json.RawMessage
		before := int(d.InputOffset())
		if err := d.Decode(&raw); err != nil {
			r.refuse(lineOf(lead+before), "", "%s; nothing after it can be read", jsonFault(err))
			return
		}
		cslOne(r, lineOf(lead+int(d.InputOffset())-len(raw)), raw)
	}
	if _, err := d.Token(); err != nil {
		r.refuse(lineOf(len(text)), "", "the list does not end")
	}
}

func jsonFault(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the file breaks off"
	}
	return "this is no JSON: " + err.Error()
}

// cslWrapped looks into what an answer of Crossref, or a list with a name, is wrapped in.
func cslWrapped(r *Report, line int, raw json.RawMessage) {
	for range 3 {
		var w map[string]json.RawMessage
		if json.Unmarshal(raw, &w) != nil {
			break
		}
		inner := w["message"]
		for _, name := range []string{"items", "references"} {
			if inner == nil && w["title"] == nil {
				inner = w[name]
			}
		}
		if inner == nil {
			break
		}
		var list []json.RawMessage
		if json.Unmarshal(inner, &list) == nil {
			for _, one := range list[:min(len(list), mostRecords)] {
				cslOne(r, line, one)
			}
			return
		}
		raw = inner
	}
	cslOne(r, line, raw)
}

func cslOne(r *Report, line int, raw json.RawMessage) {
	var c cslItem
	if err := json.Unmarshal(raw, &c); err != nil {
		r.refuse(line, "", "the entry is no item of CSL-JSON")
		return
	}
	it := Item{
		Key: string(c.ID), Title: string(c.Title), Journal: string(c.Container), Publisher: string(c.Publisher), Volume: string(c.Volume),
		Issue: string(c.Issue), Pages: string(c.Page), DOI: string(c.DOI), PMID: string(c.PMID), Link: string(c.URL), Abstract: string(c.Abstract),
	}
	if it.Journal == "" {
		it.Journal = string(c.Short)
	}
	if it.Pages == "" {
		it.Pages = string(c.Article)
	}
	if sub := string(c.Subtitle); sub != "" && !strings.Contains(fold(it.Title), fold(sub)) {
		it.Title += ": " + sub
	}
	for _, d := range []cslDate{c.Issued, c.Print, c.Published, c.Online} {
		if it.Year == 0 {
			it.Year = d.year
		}
	}
	for _, n := range c.Author {
		cslAuthor(&it, n)
	}
	if !it.addTopics(string(c.Keyword)) {
		r.aside(line, "keyword", string(c.Keyword))
	}
	if note := string(c.Note); note != "" && !bibNote(&it, note) {
		r.aside(line, "note", note)
	}
	cslRest(r, line, raw, &it)
	if it.Kind == 0 {
		if k, err := ParseKind(string(c.Genre)); err == nil {
			it.Kind = k
		} else {
			kind, ok := cslKinds[string(c.Type)]
			if !ok {
				kind = Study
			}
			it.Kind = guessKind(it.Title, kind)
		}
	}
	r.keep(line, it)
}

func cslAuthor(it *Item, n cslName) {
	literal := string(n.Literal + n.Name)
	if isOthers(literal) {
		it.EtAl = true
		return
	}
	name := Name{
		Family: string(n.Particle) + " " + string(n.Family), Given: string(n.Given) + " " + string(n.Dropping), Suffix: string(n.Suffix), Literal: literal,
	}.tidy()
	if name != (Name{}) {
		it.Authors = append(it.Authors, name)
	}
}

// cslRest takes in what is ours under "custom", and puts aside what has no place.
func cslRest(r *Report, line int, raw json.RawMessage, it *Item) {
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return
	}
	for name, value := range sorted(all) {
		if !cslKnown[name] && string(value) != "null" && string(value) != `""` && string(value) != "[]" {
			r.aside(line, name, string(value))
		}
	}
	var custom struct {
		Ours map[string]cslText `json:"everykit"`
	}
	if json.Unmarshal(all["custom"], &custom) != nil {
		return
	}
	for name, text := range sorted(custom.Ours) {
		if !it.setExtra(name, string(text)) {
			r.aside(line, "everykit "+name, string(text))
		}
	}
}
