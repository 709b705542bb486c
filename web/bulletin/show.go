package bulletin

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/bulletin"
	"everykit/bulletin/content"
	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// reading is a bulletin as it is read: published, as a draft, or by somebody with early access.
type reading struct {
	Subtitle  string
	Facts     []page.Fact
	Newer     string // where the newest edition is, if this is an older one
	Changed   []correction
	Downloads []download
	Contents  []page.Link
	Report    template.HTML
	Editions  []page.Link
	Feed      bool
}

// correction is what an edition put right.
type correction struct{ Edition, What, Why string }

// download is a file of an edition.
type download struct{ Text, Href, Size string }

// formats are what the files of an edition are called, by name.
var formats = map[string]string{
	"index.html": "One page to keep or print (HTML)", "bulletin.pdf": "PDF", "bulletin.xlsx": "Workbook (XLSX)", "bulletin.ods": "Workbook (ODS)",
	"tables.zip": "All tables (CSV, in a ZIP)", "bulletin.json": "Every figure, for programs (JSON)",
}

// show is the newest edition of a bulletin.
func show(v *desk.Visit) error { return showEdition(v, 0) }

// part is what stands below a bulletin: an edition by its number, or a file of the newest.
func part(v *desk.Visit) error {
	name := v.R.PathValue("part")
	if n := numberOf(name); n > 0 {
		return showEdition(v, n)
	}
	return sendFile(v, 0, name)
}

// numberOf reads the number of an edition; 0 for what is none.
func numberOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1<<20 || strconv.Itoa(n) != s {
		return 0
	}
	return n
}

func showEdition(v *desk.Visit, number int) error {
	slug := v.R.PathValue("slug")
	return kept(v, func(w http.ResponseWriter) error {
		s, err := v.Bulletins.Show(v.Ctx(), slug, number)
		if err != nil {
			return noneOf(err, "no bulletin is published at this address")
		}
		c, err := v.Bulletins.Content(v.Ctx(), s.ID)
		if err != nil {
			return err
		}
		pv := v.View(s.Title)
		pv.Public, pv.Wide = true, true
		pv.Crumbs = []page.Link{{Text: "Bulletins", Href: v.Link(at)}}
		b := reading{Subtitle: c.Subtitle, Report: framed(s.Body), Contents: contents(c), Feed: true}
		b.Facts = []page.Fact{
			{Key: "Published", Value: page.TextCell(moment(v, s.PublishedAt))},
			{Key: "Edition", Value: page.TextCell(editionWords(s.Number, s.Newest))},
		}
		for _, f := range facts(c) {
			if f.Key != "Published" && f.Key != "Edition" { // which are told with the time, and with the newest
				b.Facts = append(b.Facts, f)
			}
		}
		for i := range s.All {
			e := &s.All[i]
			if e.What != "" && e.Number <= s.Number {
				b.Changed = append(b.Changed, correction{editionName(e.Number), page.Sentence(e.What), page.Sentence(e.Why)})
			}
			if len(s.All) > 1 && e.Number != s.Number {
				b.Editions = append(b.Editions, page.Link{Text: editionName(e.Number) + ", " + moment(v, e.PublishedAt), Href: v.Link(EditionPath(e.Slug, e.Number))})
			}
		}
		if s.Number < s.Newest {
			b.Newer = v.Link(PublicPath(s.Slug))
		}
		for _, name := range bulletin.FileNames {
			f, err := v.Bulletins.File(v.Ctx(), s.Slug, s.Number, name)
			if err != nil {
				return err
			}
			b.Downloads = append(b.Downloads, download{formats[name], EditionPath(s.Slug, s.Number) + "/" + name, size(len(f.Body))})
		}
		pv.Body = b
		return pages.Render(w, http.StatusOK, "bulletin", pv)
	})
}

// noneOf says what to do where there is nothing at an address.
func noneOf(err error, what string) error {
	if fault.Is(err, fault.NotFound) {
		return noneAt(what)
	}
	return err
}

func noneAt(what string) error {
	return fault.New(fault.NotFound, "%s", what).Hint("the list of bulletins, at /bulletins, shows those there are")
}

// framed is a report as markup, each drawing in the frame that drawings have on all pages.
func framed(body []byte) template.HTML {
	return template.HTML(strings.ReplaceAll(string(body), `<figure class="draw"`, `<figure class="ek-chart draw"`)) // as package document escaped it
}

// contents are links to the chapters.
func contents(c *content.Content) []page.Link {
	var list []page.Link
	for _, ch := range c.Chapters {
		list = append(list, page.Link{Text: ch.Title, Href: "#" + ch.Key})
	}
	return list
}

// facts are what a bulletin says of itself.
func facts(c *content.Content) []page.Fact {
	var list []page.Fact
	for _, p := range c.Meta {
		list = append(list, page.Fact{Key: p.Name, Value: page.TextCell(p.Value)})
	}
	return list
}

func editionName(n int) string { return "Edition " + strconv.Itoa(n) }

// editionWords says which edition is read.
func editionWords(n, newest int) string {
	switch {
	case newest == 1:
		return "1, the only one so far"
	case n == newest:
		return strconv.Itoa(n) + ", the newest"
	}
	return strconv.Itoa(n) + " of " + strconv.Itoa(newest)
}

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
