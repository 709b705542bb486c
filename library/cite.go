package library

import (
	"fmt"
	"strconv"
	"strings"
)

// Style is a way to cite.
type Style string

// The styles. Each is close to the one it is named after, and leaves out what is not known without a trace of it.
const (
	Vancouver Style = "vancouver"
	APA       Style = "apa"
	Harvard   Style = "harvard"
)

// Styles lists them in the order to show them.
func Styles() []Style { return []Style{Vancouver, APA, Harvard} }

// Name is what people call the style.
func (s Style) Name() string {
	switch s {
	case APA:
		return "APA"
	case Harvard:
		return "Harvard"
	}
	return "Vancouver"
}

// Cite writes the item as a reference in a style, as one line of text.
func (it *Item) Cite(s Style) string {
	switch s {
	case APA:
		return it.citeAPA()
	case Harvard:
		return it.citeHarvard()
	}
	return it.citeVancouver()
}

// sentence ends a text with a full stop, unless it ends as a sentence already. An empty one stays empty.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// joinWords joins those that are not empty.
func joinWords(with string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, with)
}

// citeVancouver is as the National Library of Medicine cites: six authors, then et al.
func (it *Item) citeVancouver() string {
	const most = 6
	var names []string
	for _, n := range it.Authors[:min(len(it.Authors), most)] {
		names = append(names, joinWords(" ", n.Family+n.Literal, n.Initials(), n.Suffix))
	}
	if len(names) > 0 && (it.EtAl || len(it.Authors) > most) {
		names = append(names, "et al")
	}
	where := it.volumeIssue("(", ")")
	if it.Pages != "" {
		where = joinWords(":", where, shortPages(it.Pages))
	}
	year := it.yearText("")
	issued := year
	if where != "" {
		issued = joinWords(";", year, where)
	}
	published := sentence(joinWords("; ", it.Publisher, issued))
	if it.Journal != "" {
		published = joinWords(" ", sentence(it.Journal), sentence(issued))
	}
	return joinWords(" ", sentence(strings.Join(names, ", ")), sentence(it.Title), published, it.where("doi:", "Available from: "))
}

// citeAPA is as the seventh edition of the American Psychological Association's manual has it: twenty authors, or the
// first nineteen and the last.
func (it *Item) citeAPA() string {
	const most = 20
	var names []string
	for _, n := range it.Authors {
		names = append(names, joinWords(", ", n.Family+n.Literal, dotted(n.Initials(), " "), n.Suffix))
	}
	authors := ""
	switch n := len(names); {
	case n == 0:
	case it.EtAl:
		authors = strings.Join(names[:min(n, most)], ", ") + ", et al."
	case n == 1:
		authors = names[0]
	case n <= most:
		authors = strings.Join(names[:n-1], ", ") + ", & " + names[n-1]
	default:
		authors = strings.Join(names[:most-1], ", ") + ", . . . " + names[n-1]
	}
	year := "(" + it.yearText("n.d.") + ")."
	source := it.Publisher
	if it.Journal != "" {
		source = joinWords(", ", it.Journal, it.volumeIssue("(", ")"), strings.ReplaceAll(it.Pages, "-", "–"))
	}
	if authors == "" {
		return joinWords(" ", sentence(it.Title), year, sentence(source), it.where("https://doi.org/", ""))
	}
	return joinWords(" ", sentence(authors), year, sentence(it.Title), sentence(source), it.where("https://doi.org/", ""))
}

// citeHarvard is as Cite Them Right has it: up to three authors, else the first with et al.
func (it *Item) citeHarvard() string {
	var names []string
	for _, n := range it.Authors {
		names = append(names, joinWords(", ", n.Family+n.Literal, dotted(n.Initials(), ""), n.Suffix))
	}
	authors := ""
	switch n := len(names); {
	case n == 0:
	case it.EtAl || n > 3:
		authors = names[0] + " et al."
	case n == 1:
		authors = names[0]
	default:
		authors = strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	year := "(" + it.yearText("no date") + ")"
	if it.Journal != "" {
		pages := it.Pages
		if strings.ContainsAny(pages, "-,") {
			pages = "pp. " + strings.ReplaceAll(pages, "-", "–")
		} else if pages != "" {
			pages = "p. " + pages
		}
		rest := sentence(joinWords(", ", it.Journal, it.volumeIssue("(", ")"), pages))
		title := "‘" + it.Title + "’,"
		if authors == "" {
			return joinWords(" ", "‘"+it.Title+"’", year, rest, it.where("doi:", "Available at: "))
		}
		return joinWords(" ", authors, year, title, rest, it.where("doi:", "Available at: "))
	}
	if authors == "" {
		return joinWords(" ", it.Title, sentence(year), sentence(it.Publisher), it.where("doi:", "Available at: "))
	}
	return joinWords(" ", authors, year, sentence(it.Title), sentence(it.Publisher), it.where("doi:", "Available at: "))
}

func (it *Item) yearText(none string) string {
	if it.Year == 0 {
		return none
	}
	return strconv.Itoa(it.Year)
}

// volumeIssue is 80(5), 80 or (5).
func (it *Item) volumeIssue(open, shut string) string {
	if it.Issue == "" {
		return it.Volume
	}
	return it.Volume + open + it.Issue + shut
}

// where is how to get at the work: its DOI, else its address.
func (it *Item) where(doi, link string) string {
	switch {
	case it.DOI != "":
		return doi + it.DOI
	case it.Link != "":
		return link + it.Link
	}
	return ""
}

// dotted writes initials with a full stop after each.
func dotted(initials, gap string) string {
	var parts []string
	for _, r := range initials {
		parts = append(parts, string(r)+".")
	}
	return strings.Join(parts, gap)
}

// shortPages writes 468-477 as 468-77, as Vancouver has it.
func shortPages(s string) string {
	m := pageRange.FindStringSubmatch(s)
	if m == nil || m[1] != "" || len(m[2]) != len(m[3]) {
		return s
	}
	same := 0
	for same < len(m[2])-1 && m[2][same] == m[3][same] {
		same++
	}
	return fmt.Sprintf("%s-%s", m[2], m[3][same:])
}
