package library

import (
	"regexp"
	"strings"

	"everykit/fault"
	"everykit/table"
)

// Format is a form of file.
type Format string

// The formats, by the names that commands and addresses use.
const (
	RIS     Format = "ris"
	BibTeX  Format = "bibtex"
	PubMed  Format = "pubmed"
	CSLJSON Format = "csl-json"
	CSV     Format = "csv"
)

// Formats lists them.
func Formats() []Format { return []Format{RIS, BibTeX, PubMed, CSLJSON, CSV} }

// ParseFormat reads the name of a format.
func ParseFormat(s string) (Format, error) {
	switch table.Fold(s) {
	case "ris":
		return RIS, nil
	case "bibtex", "bib":
		return BibTeX, nil
	case "pubmed", "pubmed_xml", "xml":
		return PubMed, nil
	case "csl_json", "csl", "json":
		return CSLJSON, nil
	case "csv":
		return CSV, nil
	}
	return "", fault.New(fault.Invalid, "there is no format %.40q", s).At("format").Hint("one of ris, bibtex, pubmed, csl-json, csv")
}

// MostFile is the length in bytes of the longest file that is read. mostRecords bounds how many entries one may hold.
const (
	MostFile    = 64 << 20
	mostRecords = 100_000
)

// Report is what was found in a file.
type Report struct {
	Format  Format
	Records []Record
	Refused []Refusal
	Aside   []Aside // at most mostAside
	Asides  int     // how many there were
}

// Read is how many entries the file held.
func (r *Report) Read() int { return len(r.Records) + len(r.Refused) }

// Record is an entry that was read, tidy and in order.
type Record struct {
	Line int // of the file, from 1, where the entry begins
	Item Item
}

// Refusal is an entry that was not.
type Refusal struct {
	Line   int
	Title  string // as far as it was read; may be empty
	Reason string
}

// Aside is something an entry says that has no place in an Item: it is not stored, and nothing is refused for it.
type Aside struct {
	Line  int // of the entry
	Field string
	Value string // cut at 200 letters
}

const mostAside = 2000

func (r *Report) aside(line int, field, value string) {
	r.Asides++
	if len(r.Aside) < mostAside {
		r.Aside = append(r.Aside, Aside{line, field, cut(strings.TrimSpace(value), 200)})
	}
}

func (r *Report) refuse(line int, title, format string, args ...any) {
	r.Refused = append(r.Refused, Refusal{line, cut(title, 200), fault.New(fault.Invalid, format, args...).Message})
}

// keep takes an entry in, tidy, or refuses it. What is no DOI, PMID or address goes aside.
func (r *Report) keep(at int, it Item) {
	it.tidy()
	if _, ok := ParseDOI(it.DOI); it.DOI != "" && !ok {
		r.aside(at, "doi", it.DOI)
		it.DOI = ""
	}
	if _, ok := ParsePMID(it.PMID); it.PMID != "" && !ok {
		r.aside(at, "pmid", it.PMID)
		it.PMID = ""
	}
	if _, ok := parseLink(it.Link); it.Link != "" && !ok {
		r.aside(at, "link", it.Link)
		it.Link = ""
	}
	if !keyShape.MatchString(it.Key) || len(it.Key) > mostKey {
		it.Key = ""
	}
	it.tidy() // what went aside may have hidden what a second look finds
	if err := it.check(); err != nil {
		var reasons []string
		for _, f := range fault.Of(err) {
			reasons = append(reasons, f.Message)
		}
		r.Refused = append(r.Refused, Refusal{at, cut(it.Title, 200), strings.Join(reasons, "; ")})
		return
	}
	r.Records = append(r.Records, Record{at, it})
}

// Read reads a file of any of the formats, seen by what is in it. An error means that nothing could be read at all; what
// is wrong with single entries is in the report.
func Read(data []byte) (*Report, error) {
	if len(data) > MostFile {
		return nil, fault.New(fault.Invalid, "the file is longer than %d MB", MostFile>>20).Hint("bring it in parts")
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	format, err := detect(text)
	if err != nil {
		return nil, err
	}
	r := &Report{Format: format}
	switch format {
	case RIS:
		readRIS(r, text)
	case BibTeX:
		readBibTeX(r, text)
	case PubMed:
		readPubMed(r, text)
	case CSLJSON:
		readCSL(r, text)
	case CSV:
		err = readCSV(r, text)
	}
	if err == nil && r.Read() == 0 {
		err = fault.New(fault.Invalid, "the file holds no entries").Hint("export it again from the program it comes from")
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

var (
	risStart = regexp.MustCompile(`(?m)^[ \t]*TY {1,2}- ?`)
	bibStart = regexp.MustCompile(`(?m)^[ \t]*@[A-Za-z]+\s*[{(]`)
	bibAny   = regexp.MustCompile(`@[A-Za-z]+\s*[{(]`)
	nbib     = regexp.MustCompile(`(?m)^PMID- `)
	endnote  = regexp.MustCompile(`(?m)^%[0-9A-Z@] `)
	wosPlain = regexp.MustCompile(`(?m)^(?:FN |PT [A-Z]$)`)
)

// detect sees the format by the content.
func detect(text string) (Format, error) {
	head := strings.TrimLeft(text, " \t\n\ufeff")
	first, _, _ := strings.Cut(head, "\n")
	unknown := fault.New(fault.Invalid, "this file is none of RIS, BibTeX, PubMed XML, CSL-JSON and CSV")
	switch {
	case head == "":
		return "", fault.New(fault.Invalid, "the file is empty")
	case strings.HasPrefix(head, "<"):
		if strings.Contains(text, "<PubmedArticle") || strings.Contains(text, "<MedlineCitation") || strings.Contains(text, "<PubmedBookArticle") {
			return PubMed, nil
		}
		return "", unknown.Hint("this is XML or a web page, but not PubMed's: choose RIS in the program it comes from")
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return CSLJSON, nil
	case isLibraryCSV(first):
		return CSV, nil
	case bibAny.MatchString(first):
		return BibTeX, nil
	}
	ris, bib := risStart.FindStringIndex(text), bibStart.FindStringIndex(text)
	switch {
	case ris != nil && (bib == nil || ris[0] < bib[0]):
		return RIS, nil
	case bib != nil:
		return BibTeX, nil
	case nbib.MatchString(text):
		return "", unknown.Hint("this is PubMed's own text: choose XML at PubMed, or RIS in the program it comes from")
	case endnote.MatchString(text), wosPlain.MatchString(text):
		return "", unknown.Hint("this is another program's own form: choose RIS there")
	}
	return "", unknown.Hint("choose RIS in the program it comes from")
}
