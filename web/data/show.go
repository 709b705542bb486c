package data

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/opendata"
	"everykit/web/desk"
	"everykit/web/page"
)

// section is tables of one kind on the page that lists them.
type section struct {
	Key, Title string
	Table      page.Table
}

// listing is the page of all tables.
type listing struct {
	Sections []section
	Licence  opendata.Licence
	Address  string
	Year     int
}

// sections are what the page calls the kinds of tables, by what their names begin with; the last is for all others.
var sections = []struct{ key, title, begins string }{
	{"figures", "Figures", "figures-"},
	{"people", "What was recorded of people", "supplies"},
	{"scorecard", "Scorecard and gaps", "scorecard rules gaps"},
	{"survey", "Survey", "findings answers questions"},
	{"lists", "Places, products and estimates", ""},
}

func sectionOf(name string) int {
	for i, s := range sections {
		for begins := range strings.FieldsSeq(s.begins) {
			if strings.HasPrefix(name, begins) {
				return i
			}
		}
	}
	return len(sections) - 1
}

func list(v *desk.Visit) error {
	all, err := v.Data.List(v.Ctx())
	if err != nil {
		return err
	}
	b := listing{Licence: opendata.OpenGovernment, Address: address(v) + at, Year: v.DB.Now().Year()}
	for _, s := range sections {
		b.Sections = append(b.Sections, section{s.key, s.title, page.Table{Caption: s.title, Hide: true, Columns: page.Columns("Table", "Take it away")}})
	}
	for _, m := range all {
		s := &b.Sections[sectionOf(m.Name)]
		s.Table.Rows = append(s.Table.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(m.Title, at+"/"+m.Name).Under(page.Number(int64(m.Count)) + " rows, " + m.MadeAt.UTC().Format("2 January 2006")), {HTML: downloads(m)},
		}})
	}
	pv := v.View("Open data")
	pv.Public, pv.Body = true, b
	return pages.Render(v.W, http.StatusOK, "list", pv)
}

// formatNames are how formats are called.
var formatNames = map[string]string{"csv": "CSV", "json": "JSON", "parquet": "Parquet"}

// downloads are links to the files of a table.
func downloads(m opendata.Meta) template.HTML {
	var b strings.Builder
	for i, f := range opendata.Formats {
		if i > 0 {
			b.WriteString(" · ")
		}
		href := at + "/" + m.Name + "." + f
		b.WriteString(`<a class="nhsuk-link" href="` + template.HTMLEscapeString(href) + `">` + formatNames[f] + `<span class="nhsuk-u-visually-hidden"> of ` + template.HTMLEscapeString(m.Title) + `</span></a>`)
	}
	return template.HTML(b.String())
}

// one is the page of one table.
type one struct {
	opendata.Meta
	Files      []fileLink
	Facts      []page.Fact
	Dictionary []page.Fact
	Preview    page.Table
	All        bool
	Cite       string
}

type fileLink struct{ Text, Href, Size string }

func show(v *desk.Visit) error {
	name := v.R.PathValue("table")
	if table, format, ok := split(name); ok {
		return file(v, name, table, format)
	}
	m, err := v.Data.Table(v.Ctx(), name)
	if err != nil {
		return err
	}
	b := one{Meta: m, Facts: facts(m), Dictionary: dictionary(m), Preview: preview(m), All: m.Count == len(m.First)}
	for _, f := range opendata.Formats {
		b.Files = append(b.Files, fileLink{formatNames[f], at + "/" + m.Name + "." + f, size(m.Bytes[f])})
	}
	b.Cite = "Everykit, “" + m.Title + "”"
	if m.Definition != "" {
		b.Cite += ", " + m.Definition
	}
	b.Cite += ", made " + m.MadeAt.UTC().Format("2 January 2006") + ", " + address(v) + at + "/" + m.Name
	pv := v.View(m.Title)
	pv.Public, pv.Wide, pv.Body = true, true, b
	pv.Crumbs = []page.Link{{Text: "Open data", Href: at}}
	return pages.Render(v.W, http.StatusOK, "table", pv)
}

// address is where people reach this site; empty where nobody has said, since what a visitor calls it is not to be kept for others.
func address(v *desk.Visit) string {
	return strings.TrimSuffix(v.Site, "/")
}

func facts(m opendata.Meta) []page.Fact {
	list := []page.Fact{
		{Key: "Rows", Value: page.CountCell(int64(m.Count))},
		{Key: "Last made", Value: page.TextCell(m.MadeAt.UTC().Format("2 January 2006, 15:04") + " UTC")},
	}
	if m.Definition != "" {
		list = append(list, page.Fact{Key: "Definition", Value: page.TextCell(m.Definition)})
	}
	list = append(list, page.Fact{Key: "Source", Value: page.TextCell(m.Source)})
	if m.Protected {
		list = append(list, page.Fact{Key: "Small numbers", Value: page.TextCell("Hidden, and shown as [c]")})
	}
	return append(list, page.Fact{Key: "Licence", Value: page.LinkCell(opendata.OpenGovernment.Title, opendata.OpenGovernment.Path)})
}

// dictionary says of each column what it means, what it holds and what it can be.
func dictionary(m opendata.Meta) []page.Fact {
	var list []page.Fact
	for _, c := range m.Columns {
		more := holds[c.Type]
		if !c.Need {
			more += "; may be absent"
		}
		if c.Unit != "" {
			more += ". Unit: " + c.Unit
		}
		if len(c.Words) > 0 && len(c.Words) <= mostWords {
			more += ". One of: " + strings.Join(c.Words, ", ")
		}
		list = append(list, page.Fact{Key: c.Name, Value: page.TextCell(c.Description).Under(more + ".")})
	}
	return list
}

// holds is what columns hold, in words.
var holds = map[opendata.Type]string{
	opendata.String: "Words", opendata.Integer: "A whole number", opendata.Number: "A number", opendata.Boolean: "true or false", opendata.Date: "A date",
}

const mostWords = 14 // listed on the page; the data package has all

// preview is the first rows. Long texts are cut: the files have all of them.
func preview(m opendata.Meta) page.Table {
	t := page.Table{Caption: "First rows", Hide: true, Empty: "There are no rows yet."}
	for _, c := range m.Columns {
		t.Columns = append(t.Columns, page.Column{Label: c.Name, Numeric: c.Type == opendata.Integer || c.Type == opendata.Number})
	}
	for _, row := range m.First {
		cells := make([]page.Cell, len(row))
		for i, text := range row {
			if r := []rune(text); len(r) > mostShown {
				text = string(r[:mostShown]) + " …"
			}
			cells[i] = page.TextCell(text)
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return t
}

const mostShown = 24 // letters of a text

// size is a file's size in words.
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return "under 1 KB"
	case bytes < 1_000_000:
		return strconv.Itoa((bytes+500)/1000) + " KB"
	}
	return strconv.FormatFloat(float64(bytes)/1e6, 'f', 1, 64) + " MB"
}
