package library

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"everykit/table"
)

// File is the kind of CSV file that holds items, one a row. Authors are parted by semicolons: "Family, Given"; a body
// stands in braces; "and others" where the list is not whole. Topics are parted by semicolons, recommendations by spaces.
var File = table.Kind{Name: "items", Columns: []table.Column{
	{Name: "key", Example: "kelly-2021"},
	{Name: "title", Need: true, Example: "Do naloxone access laws affect perceived risk of heroin use?"},
	{Name: "authors", Example: "Kelly, BC; Vuolo, M"},
	{Name: "year", Example: "2021"},
	{Name: "journal", Example: "Addiction"},
	{Name: "publisher"},
	{Name: "volume"},
	{Name: "issue"},
	{Name: "pages"},
	{Name: "kind", Example: "study"},
	{Name: "doi", Example: "10.1111/add.15682"},
	{Name: "pmid"},
	{Name: "link", Aliases: []string{"url"}, Example: "https://www.eurekalert.org/news-releases/929778"},
	{Name: "country", Example: "United States"},
	{Name: "topics", Example: "policy; effects"},
	{Name: "recommendations", Example: "3 4"},
	{Name: "summary"},
	{Name: "abstract"},
	{Name: "design"},
	{Name: "setting"},
	{Name: "n"},
	{Name: "finding"},
	{Name: "quality"},
	{Name: "tool"},
	{Name: "note"},
	{Name: "source"},
}}

// isLibraryCSV reports whether a line is the head of such a file.
func isLibraryCSV(first string) bool {
	if len(first) > 2000 || !strings.ContainsAny(first, ",;\t") {
		return false
	}
	known, title := 0, false
	for _, w := range strings.FieldsFunc(first, func(r rune) bool { return strings.ContainsRune(",;\t\"", r) }) {
		name := table.Fold(w)
		title = title || name == "title"
		if File.Index(name) >= 0 || name == "url" {
			known++
		}
	}
	return title && known > 1
}

// readCSV reads our own rows.
func readCSV(r *Report, text string) error {
	in, err := table.NewReader(strings.NewReader(text), "the file", int64(len(text)), File)
	if err != nil {
		return err
	}
	defer in.Close()
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if r.Read() >= mostRecords {
			r.refuse(row.Number, "", "the file holds more than %d rows; those from here on were not read", mostRecords)
			break
		}
		csvItem(r, row)
	}
	said := map[int]bool{}
	for _, f := range in.Faults.List() {
		if f.Column == "title" && strings.TrimSpace(f.Value) == "" || said[f.Row] {
			continue // the item was refused for it
		}
		said[f.Row] = true
		r.refuse(f.Row, "", "%s: %s", f.Column, f.Reason)
	}
	return nil
}

func csvItem(r *Report, row *table.Row) {
	cell := func(name string) string { return row.Cell(File.Index(name)) }
	it := Item{
		Key: cell("key"), Title: cell("title"), Year: parseYear(cell("year")), Journal: cell("journal"), Publisher: cell("publisher"), Volume: cell("volume"),
		Issue: cell("issue"), Pages: cell("pages"), DOI: cell("doi"), PMID: cell("pmid"), Link: cell("link"), Abstract: cell("abstract"),
	}
	it.Authors, it.EtAl = ParseAuthors(cell("authors"))
	for _, name := range extras {
		text := cell(name)
		if text == "" || name == "key" {
			continue
		}
		if !it.setExtra(name, text) {
			r.refuse(row.Number, it.Title, "%s: %.60q is not understood", name, text)
			return
		}
	}
	if it.Kind == 0 {
		it.Kind = guessKind(it.Title, Study)
	}
	r.keep(row.Number, it)
}

// ParseAuthors reads a list of authors as a form or a CSV file has it, parted by semicolons or a line each.
func ParseAuthors(s string) (names []Name, etAl bool) {
	var it Item
	for _, one := range splitNames(strings.ReplaceAll(s, "\n", ";")) {
		if body, ok := strings.CutPrefix(one, "{"); ok && strings.HasSuffix(body, "}") {
			it.Authors = append(it.Authors, Name{Literal: strings.TrimSuffix(body, "}")})
		} else {
			it.addAuthor(one)
		}
	}
	it.tidyAuthors()
	return it.Authors, it.EtAl
}

// AuthorsText is the list as ParseAuthors reads it.
func (it *Item) AuthorsText() string {
	var names []string
	for _, n := range it.Authors {
		if n.Literal != "" {
			names = append(names, "{"+n.Literal+"}")
		} else {
			names = append(names, n.String())
		}
	}
	if it.EtAl {
		names = append(names, "and others")
	}
	return strings.Join(names, "; ")
}

// splitNames parts at semicolons that are in no braces.
func splitNames(s string) []string {
	var list []string
	for _, one := range outside(s, ';') {
		if one = strings.TrimSpace(one); one != "" {
			list = append(list, one)
		}
	}
	return list
}

// csvCells are the cells of a row, by the columns of File.
func csvCells(it *Item) []string {
	cells := make([]string, len(File.Columns))
	set := func(name, text string) { cells[File.Index(name)] = text }
	set("title", it.Title)
	set("authors", it.AuthorsText())
	if it.Year != 0 {
		set("year", fmt.Sprint(it.Year))
	}
	set("journal", it.Journal)
	set("publisher", it.Publisher)
	set("volume", it.Volume)
	set("issue", it.Issue)
	set("pages", it.Pages)
	set("doi", it.DOI)
	set("pmid", it.PMID)
	set("link", it.Link)
	set("abstract", it.Abstract)
	for _, name := range extras {
		set(name, it.extra(name))
	}
	return cells
}
