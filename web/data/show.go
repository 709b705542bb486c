package data

import (
	"html/template"
	"net/http"
	"strings"
	"time"

	"everykit/civil"
	"everykit/language"
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
	Year     string
}

// sections are what the page calls the kinds of tables, by what their names begin with; the last is for all others.
var sections = []struct{ key, title, begins string }{
	{"figures", "data.section-figures", "figures-"},
	{"people", "data.section-people", "supplies"},
	{"scorecard", "data.section-scorecard", "scorecard rules gaps"},
	{"survey", "data.section-survey", "findings answers questions"},
	{"lists", "data.section-lists", ""},
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
	b := listing{Licence: opendata.OpenGovernment, Address: address(v) + at, Year: v.DB.Now().Format("2006")}
	for _, s := range sections {
		b.Sections = append(b.Sections, section{s.key, v.T(s.title), page.Table{Caption: v.T(s.title), Hide: true, Words: v.Words(), Columns: page.Columns(v.T("data.table"), v.T("data.take"))}})
	}
	for _, m := range all {
		s := &b.Sections[sectionOf(m.Name)]
		s.Table.Rows = append(s.Table.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(m.Title, v.Link(at+"/"+m.Name)).Under(v.T("data.rows-made", "count", m.Count, "date", madeOn(m))), {HTML: downloads(v, m)},
		}})
	}
	pv := v.View(v.T("data.title"))
	pv.Public, pv.Body = true, b
	return pages.Render(v.W, http.StatusOK, "list", pv)
}

// formatNames are how formats are called.
var formatNames = map[string]string{"csv": "CSV", "json": "JSON", "parquet": "Parquet"}

// downloads are links to the files of a table.
func downloads(v *desk.Visit, m opendata.Meta) template.HTML {
	var b strings.Builder
	for i, f := range opendata.Formats {
		if i > 0 {
			b.WriteString(" · ")
		}
		href := at + "/" + m.Name + "." + f
		b.WriteString(`<a class="nhsuk-link" href="` + template.HTMLEscapeString(href) + `">` + formatNames[f] + `<span class="nhsuk-u-visually-hidden"> ` + template.HTMLEscapeString(v.T("data.of", "title", m.Title)) + `</span></a>`)
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
	b := one{Meta: m, Facts: facts(v, m), Dictionary: dictionary(m), Preview: preview(m), All: m.Count == len(m.First)}
	for _, f := range opendata.Formats {
		b.Files = append(b.Files, fileLink{formatNames[f], at + "/" + m.Name + "." + f, size(v.Words(), m.Bytes[f])})
	}
	b.Cite = "Everykit, “" + m.Title + "”"
	if m.Definition != "" {
		b.Cite += ", " + m.Definition
	}
	b.Cite += ", made " + m.MadeAt.UTC().Format("2 January 2006") + ", " + address(v) + at + "/" + m.Name
	pv := v.View(m.Title)
	pv.TitleLang = pv.InEnglish()
	pv.Public, pv.Wide, pv.Body = true, true, b
	pv.Crumbs = []page.Link{{Text: v.T("data.title"), Href: v.Link(at)}}
	return pages.Render(v.W, http.StatusOK, "table", pv)
}

// madeOn is the day a table was made, as everywhere in UTC.
func madeOn(m opendata.Meta) civil.Date { return civil.In(m.MadeAt, time.UTC) }

// address is where people reach this site; empty where nobody has said, since what a visitor calls it is not to be kept for others.
func address(v *desk.Visit) string {
	return strings.TrimSuffix(v.Site, "/")
}

func facts(v *desk.Visit, m opendata.Meta) []page.Fact {
	list := []page.Fact{
		{Key: v.T("data.rows"), Value: page.CountCell(int64(m.Count))},
		{Key: v.T("data.made"), Value: page.TextCell(v.T("data.made-at", "date", madeOn(m), "time", m.MadeAt.UTC().Format("15:04")))},
	}
	if m.Definition != "" {
		list = append(list, page.Fact{Key: v.T("data.definition"), Value: page.TextCell(m.Definition)})
	}
	list = append(list, page.Fact{Key: v.T("data.source"), Value: page.TextCell(m.Source)})
	if m.Protected {
		list = append(list, page.Fact{Key: v.T("data.small"), Value: page.TextCell(v.T("data.small-hidden"))})
	}
	return append(list, page.Fact{Key: v.T("data.licence"), Value: page.LinkCell(opendata.OpenGovernment.Title, opendata.OpenGovernment.Path)})
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
func size(words *language.Words, bytes int) string {
	switch {
	case bytes < 1000:
		return words.T("data.size-small")
	case bytes < 1_000_000:
		return words.T("data.size-kb", "size", (bytes+500)/1000)
	}
	return words.T("data.size-mb", "size", words.Decimal(float64(bytes)/1e6, 1))
}
