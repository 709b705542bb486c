package library

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
)

// xmlText is the text within an element, whatever markup is in it.
type xmlText string

// UnmarshalXML gathers the text of an element and of all within it.
func (t *xmlText) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(token)
		}
	}
	*t = xmlText(b.String())
	return nil
}

type xmlAuthors struct {
	Complete string `xml:"CompleteYN,attr"`
	Type     string `xml:"Type,attr"`
	Authors  []struct {
		Last       xmlText   `xml:"LastName"`
		Fore       xmlText   `xml:"ForeName"`
		First      xmlText   `xml:"FirstName"`
		Initials   xmlText   `xml:"Initials"`
		Suffix     xmlText   `xml:"Suffix"`
		Collective []xmlText `xml:"CollectiveName"`
	} `xml:"Author"`
}

type xmlAbstract struct {
	Parts []xmlPart `xml:"AbstractText"`
}

// xmlPart is one part of an abstract, with its label.
type xmlPart struct{ label, text string }

// UnmarshalXML takes the label beside the text.
func (p *xmlPart) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	for _, a := range start.Attr {
		if a.Name.Local == "Label" {
			p.label = a.Value
		}
	}
	return (*xmlText)(&p.text).UnmarshalXML(d, start)
}

type xmlDate struct {
	Year    string `xml:"Year"`
	Medline string `xml:"MedlineDate"`
}

func (d xmlDate) year() int {
	if y := parseYear(d.Year); y != 0 {
		return y
	}
	return parseYear(d.Medline)
}

type xmlID struct {
	Type  string `xml:"IdType,attr"`
	EType string `xml:"EIdType,attr"`
	Valid string `xml:"ValidYN,attr"`
	Value string `xml:",chardata"`
}

// xmlCitation is a MedlineCitation.
type xmlCitation struct {
	PMID    string `xml:"PMID"`
	Article struct {
		Journal struct {
			Title string `xml:"Title"`
			Short string `xml:"ISOAbbreviation"`
			Issue struct {
				Volume string  `xml:"Volume"`
				Issue  string  `xml:"Issue"`
				Date   xmlDate `xml:"PubDate"`
			} `xml:"JournalIssue"`
		} `xml:"Journal"`
		Title      xmlText `xml:"ArticleTitle"`
		Vernacular xmlText `xml:"VernacularTitle"`
		Pagination struct {
			Pages string `xml:"MedlinePgn"`
			Start string `xml:"StartPage"`
			End   string `xml:"EndPage"`
		} `xml:"Pagination"`
		IDs      []xmlID      `xml:"ELocationID"`
		Abstract xmlAbstract  `xml:"Abstract"`
		Authors  []xmlAuthors `xml:"AuthorList"`
		Types    []string     `xml:"PublicationTypeList>PublicationType"`
		Online   []xmlDate    `xml:"ArticleDate"`
	} `xml:"Article"`
	Info struct {
		Short string `xml:"MedlineTA"`
	} `xml:"MedlineJournalInfo"`
	Other []struct {
		Type  string    `xml:"Type,attr"`
		Parts []xmlPart `xml:"AbstractText"`
	} `xml:"OtherAbstract"`
	Keywords []struct {
		Words []xmlText `xml:"Keyword"`
	} `xml:"KeywordList"`
	Notes []xmlText `xml:"GeneralNote"`
}

// xmlArticle is a PubmedArticle, or a MedlineCitation alone.
type xmlArticle struct {
	Citation xmlCitation `xml:"MedlineCitation"`
	IDs      []xmlID     `xml:"PubmedData>ArticleIdList>ArticleId"`
}

// xmlBook is a PubmedBookArticle: a report or a chapter in PubMed's books.
type xmlBook struct {
	Document struct {
		PMID string  `xml:"PMID"`
		IDs  []xmlID `xml:"ArticleIdList>ArticleId"`
		Book struct {
			Publisher string       `xml:"Publisher>PublisherName"`
			Title     xmlText      `xml:"BookTitle"`
			Date      xmlDate      `xml:"PubDate"`
			Authors   []xmlAuthors `xml:"AuthorList"`
		} `xml:"Book"`
		Title    xmlText      `xml:"ArticleTitle"`
		Authors  []xmlAuthors `xml:"AuthorList"`
		Abstract xmlAbstract  `xml:"Abstract"`
	} `xml:"BookDocument"`
}

var pubmedEntry = regexp.MustCompile(`<(PubmedArticle|PubmedBookArticle|MedlineCitation)[\s>]`)

// readPubMed reads each article apart from the others, so that one that is broken takes none with it.
func readPubMed(r *Report, text string) {
	line, counted := 1, 0
	for at := 0; ; {
		m := pubmedEntry.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return
		}
		start, name := at+m[0], text[at+m[2]:at+m[3]]
		line += strings.Count(text[counted:start], "\n")
		counted = start
		if r.Read() >= mostRecords {
			r.refuse(line, "", "the file holds more than %d entries; those from here on were not read", mostRecords)
			return
		}
		close := "</" + name + ">"
		end := strings.Index(text[start:], close)
		next := len(text)
		if n := strings.Index(text[start+1:], "<"+name); n >= 0 && (end < 0 || n+1 < end) {
			// another begins before this one ends
			if after := text[start+1+n+1+len(name):]; after != "" && (after[0] == '>' || after[0] == ' ' || after[0] == '\n') {
				next, end = start+1+n, -1
			}
		}
		if end < 0 {
			r.refuse(line, "", "the article does not end with %s", close)
			at = next
			continue
		}
		at = start + end + len(close)
		pubmedItem(r, line, name, text[start:at])
	}
}

func pubmedItem(r *Report, line int, name, text string) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var err error
	var it Item
	switch name {
	case "PubmedBookArticle":
		var b xmlBook
		if err = d.Decode(&b); err == nil {
			it = bookItem(&b)
		}
	case "MedlineCitation":
		var c xmlCitation
		if err = d.Decode(&c); err == nil {
			it = citationItem(r, line, &c, nil)
		}
	default:
		var a xmlArticle
		if err = d.Decode(&a); err == nil {
			it = citationItem(r, line, &a.Citation, a.IDs)
		}
	}
	if err != nil {
		r.refuse(line, "", "the article is no well-formed XML: %s", err)
		return
	}
	r.keep(line, it)
}

func citationItem(r *Report, line int, c *xmlCitation, ids []xmlID) Item {
	a := &c.Article
	it := Item{
		Title: pubmedTitle(string(a.Title), string(a.Vernacular)), Year: a.Journal.Issue.Date.year(),
		Journal: a.Journal.Title, Volume: a.Journal.Issue.Volume, Issue: a.Journal.Issue.Issue,
		Pages: a.Pagination.Pages, PMID: c.PMID, Abstract: abstractText(a.Abstract.Parts),
	}
	if it.Journal == "" {
		it.Journal = a.Journal.Short + c.Info.Short
		if a.Journal.Short != "" {
			it.Journal = a.Journal.Short
		}
	}
	if it.Pages == "" && a.Pagination.Start != "" {
		it.Pages = strings.TrimSuffix(a.Pagination.Start+"-"+a.Pagination.End, "-")
	}
	for _, d := range a.Online {
		if it.Year == 0 {
			it.Year = d.year()
		}
	}
	for _, id := range append(a.IDs, ids...) {
		if strings.EqualFold(id.EType+id.Type, "doi") && id.Valid != "N" && it.DOI == "" {
			it.DOI = id.Value
		}
		if id.Type == "pubmed" && strings.TrimSpace(it.PMID) == "" {
			it.PMID = id.Value
		}
	}
	pubmedAuthors(&it, a.Authors)
	for _, n := range c.Notes {
		if !it.setNoted(string(n)) {
			r.aside(line, "GeneralNote", string(n))
		}
	}
	for _, o := range c.Other {
		if strings.EqualFold(o.Type, "plain-language-summary") && it.Summary == "" {
			it.Summary = abstractText(o.Parts)
		}
	}
	var words []string
	for _, list := range c.Keywords {
		for _, w := range list.Words {
			if !it.addTopics(string(w)) {
				words = append(words, string(w))
			}
		}
	}
	if len(words) > 0 {
		r.aside(line, "Keyword", strings.Join(words, "; "))
	}
	if it.Kind == 0 {
		it.Kind = pubmedKind(it.Title, a.Types)
	}
	return it
}

// pubmedTitle takes the vernacular title where there is no other.
func pubmedTitle(title, vernacular string) string {
	if t := line(title); t != "" && t != "[Not Available]." && t != "[Not Available]" {
		return t
	}
	return vernacular
}

// pubmedKind reads PubMed's types of publication.
func pubmedKind(title string, types []string) Kind {
	kind := guessKind(title, Study)
	for _, t := range types {
		switch strings.TrimSpace(t) {
		case "Systematic Review", "Review", "Meta-Analysis", "Scoping Review":
			return Review
		case "Practice Guideline", "Guideline":
			return Guidance
		case "Editorial", "Comment", "Letter", "News", "Personal Narrative":
			kind = Essay
		case "Technical Report", "Government Publication":
			kind = ReportKind
		case "Dataset":
			kind = Statistics
		}
	}
	return kind
}

func pubmedAuthors(it *Item, lists []xmlAuthors) {
	for _, list := range lists {
		if strings.EqualFold(list.Type, "editors") {
			continue
		}
		if list.Complete == "N" {
			it.EtAl = true
		}
		for _, a := range list.Authors {
			given := a.Fore
			if given == "" {
				given = a.First
			}
			if given == "" {
				given = a.Initials
			}
			if n := (Name{Family: string(a.Last), Given: string(given), Suffix: string(a.Suffix)}).tidy(); n != (Name{}) {
				it.Authors = append(it.Authors, n)
			}
			for _, c := range a.Collective {
				it.Authors = append(it.Authors, Name{Literal: string(c)}.tidy())
			}
		}
	}
}

func abstractText(parts []xmlPart) string {
	var b strings.Builder
	for _, p := range parts {
		if p.label != "" && !strings.EqualFold(p.label, "unlabelled") {
			b.WriteString(p.label + ": ")
		}
		b.WriteString(line(p.text) + "\n")
	}
	return b.String()
}

func bookItem(b *xmlBook) Item {
	d := &b.Document
	it := Item{
		Kind: ReportKind, Title: string(d.Title), Journal: string(d.Book.Title), Publisher: d.Book.Publisher, Year: d.Book.Date.year(), PMID: d.PMID,
		Abstract: abstractText(d.Abstract.Parts),
	}
	if line(it.Title) == "" {
		it.Title, it.Journal = it.Journal, ""
	}
	for _, id := range d.IDs {
		if strings.EqualFold(id.Type, "doi") && it.DOI == "" {
			it.DOI = id.Value
		}
	}
	if pubmedAuthors(&it, d.Authors); len(it.Authors) == 0 {
		pubmedAuthors(&it, d.Book.Authors)
	}
	return it
}
