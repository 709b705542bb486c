package library

import (
	"slices"
	"strings"
	"unicode/utf8"

	"everykit/fault"
)

// Bounds in bytes that no real record passes.
const (
	mostTitle   = 3000
	mostLine    = 2000
	mostText    = 100_000 // an abstract, a summary
	mostLink    = 2000
	mostAuthors = 6000 // the longest list of authors there is has 5,154
)

// tidy brings every field to the form that is kept, which is the same when it is done again.
func (it *Item) tidy() {
	it.Title = tidyTitle(it.Title)
	for _, s := range []*string{
		&it.Journal, &it.Publisher, &it.Volume, &it.Issue, &it.Country, &it.Source,
		&it.Evidence.Design, &it.Evidence.Setting, &it.Evidence.N, &it.Evidence.Quality, &it.Evidence.Tool,
	} {
		*s = line(*s)
	}
	for _, s := range []*string{&it.Summary, &it.Abstract, &it.Evidence.Finding, &it.Note} {
		*s = paragraphs(*s)
	}
	it.Pages = tidyPages(it.Pages)
	it.DOI, it.PMID, it.Link = strings.TrimSpace(it.DOI), strings.TrimSpace(it.PMID), strings.TrimSpace(it.Link)
	if doi, ok := ParseDOI(it.DOI); ok {
		it.DOI = doi
	}
	if pmid, ok := ParsePMID(it.PMID); ok {
		it.PMID = pmid
	}
	if link, ok := parseLink(it.Link); ok {
		it.Link = link
	}
	it.tidyLink()
	it.tidyAuthors()
	it.Topics, it.Bears = topicsOf(topicBits(it.Topics)), bearsOf(bearsBits(it.Bears))
}

// tidyLink takes a DOI or a PMID out of an address, which need not repeat the DOI.
func (it *Item) tidyLink() {
	if isDOILink(it.Link) {
		doi, _ := ParseDOI(it.Link)
		if it.DOI == "" {
			it.DOI = doi
		}
		if it.DOI == doi {
			it.Link = ""
		}
	}
	if pmid, ok := ParsePMID(it.Link); ok && it.PMID == "" && strings.Contains(it.Link, "/") {
		it.PMID = pmid
	}
}

// tidyTitle also takes the full stop away that some programs put after a title.
func tidyTitle(s string) string {
	s = line(s)
	for strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") {
		s = strings.TrimSpace(s[:len(s)-1])
	}
	return s
}

func (it *Item) tidyAuthors() {
	list := it.Authors
	it.Authors = nil
	for _, n := range list {
		switch n = n.tidy(); {
		case n == Name{}:
		case isOthers(n.Literal):
			it.EtAl = true
		case n.Literal != "":
			it.Authors = append(it.Authors, n)
		default:
			it.addAuthor(n.String())
		}
	}
}

// check gives every fault of an item that is tidy, at its field.
func (it *Item) check() error {
	var bad fault.List
	add := func(field, format string, args ...any) *fault.Error {
		e := fault.New(fault.Invalid, format, args...).At(field)
		bad = append(bad, e)
		return e
	}
	if it.Title == "" {
		add("title", "there is no title")
	}
	if it.Kind.String() == "" {
		add("kind", "choose what kind of research it is")
	}
	if it.Year != 0 && (it.Year < MinYear || it.Year > MaxYear) {
		add("year", "%d is no year of a publication", it.Year).Hint("leave it blank if it is not known")
	}
	if len(it.Authors) > mostAuthors {
		add("authors", "more than %d authors", mostAuthors)
	}
	if _, ok := ParseDOI(it.DOI); it.DOI != "" && !ok {
		add("doi", "this is not a DOI").Hint("a DOI looks like 10.1111/add.15682; leave it blank if there is none")
	}
	if _, ok := ParsePMID(it.PMID); it.PMID != "" && !ok {
		add("pmid", "this is not a PubMed number").Hint("it has up to eight digits; leave it blank if there is none")
	}
	if _, ok := parseLink(it.Link); it.Link != "" && !ok {
		add("link", "this is not an address of a web page").Hint("it begins with https:// or http://")
	}
	for _, n := range it.Bears {
		if n < 1 || n > recommendations {
			add("recommendations", "there is no recommendation %d", n)
		}
	}
	long := func(field, s string, most int) {
		if len(s) > most {
			add(field, "the %s is longer than %d letters", field, most)
		}
	}
	long("title", it.Title, mostTitle)
	for _, f := range []struct{ name, text string }{
		{"journal", it.Journal},
		{"publisher", it.Publisher},
		{"volume", it.Volume},
		{"issue", it.Issue},
		{"pages", it.Pages},
		{"country", it.Country},
		{"source", it.Source},
		{"design", it.Evidence.Design},
		{"setting", it.Evidence.Setting},
		{"n", it.Evidence.N},
		{"quality", it.Evidence.Quality},
		{"tool", it.Evidence.Tool},
	} {
		long(f.name, f.text, mostLine)
	}
	for _, f := range []struct{ name, text string }{
		{"summary", it.Summary}, {"abstract", it.Abstract}, {"finding", it.Evidence.Finding}, {"note", it.Note},
	} {
		long(f.name, f.text, mostText)
	}
	for _, n := range it.Authors {
		if len(n.String()) > mostLine {
			add("authors", "the name of an author is longer than %d letters", mostLine)
			break
		}
	}
	return bad.Err()
}

// cut shortens a text for a message, at a whole letter.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "..."
}

// merge fills what is blank in it from another record of the same work, and reports whether anything was. Topics and
// recommendations are joined; a list of authors that is cut short gives way to a longer one.
func (it *Item) merge(from *Item) bool {
	before := *it
	before.Authors = slices.Clone(it.Authors)
	if it.EtAl && len(from.Authors) > len(it.Authors) || len(it.Authors) == 0 {
		it.Authors, it.EtAl = slices.Clone(from.Authors), from.EtAl
	}
	if it.Year == 0 {
		it.Year = from.Year
	}
	if it.Journal == "" || fold(it.Journal) == fold(from.Journal) || it.Volume == "" && it.Issue == "" && it.Pages == "" {
		// those of another journal would be wrong beside what stands
		fill(&it.Volume, from.Volume)
		fill(&it.Issue, from.Issue)
		fill(&it.Pages, from.Pages)
	}
	e, f := &it.Evidence, &from.Evidence
	for _, p := range []struct {
		to   *string
		from string
	}{
		{&it.Journal, from.Journal},
		{&it.Publisher, from.Publisher},
		{&it.DOI, from.DOI},
		{&it.PMID, from.PMID},
		{&it.Link, from.Link},
		{&it.Summary, from.Summary},
		{&it.Abstract, from.Abstract},
		{&it.Country, from.Country},
		{&it.Note, from.Note},
		{&it.Source, from.Source},
		{&e.Design, f.Design},
		{&e.Setting, f.Setting},
		{&e.N, f.N},
		{&e.Finding, f.Finding},
		{&e.Quality, f.Quality},
		{&e.Tool, f.Tool},
	} {
		fill(p.to, p.from)
	}
	it.Topics = topicsOf(topicBits(it.Topics) | topicBits(from.Topics))
	it.Bears = bearsOf(bearsBits(it.Bears) | bearsBits(from.Bears))
	return !sameRecord(&before, it)
}

func fill(to *string, from string) {
	if *to == "" {
		*to = from
	}
}
