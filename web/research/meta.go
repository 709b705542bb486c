package research

import (
	"net/url"
	"strconv"
	"strings"

	"everykit/library"
)

// tag is a meta element in the head of a page.
type tag struct{ Name, Content string }

// tagsOf are what reference programs and scholarly search engines read from the page of an item (the tags that Highwire Press began).
// What is not known is left out. page is the address of the page.
func tagsOf(it *library.Item, page string) []tag {
	var list []tag
	add := func(name, content string) {
		if content != "" {
			list = append(list, tag{"citation_" + name, content})
		}
	}
	add("title", it.Title)
	for _, n := range it.Authors {
		add("author", n.String())
	}
	if it.Year != 0 {
		add("publication_date", strconv.Itoa(it.Year))
	}
	add("journal_title", it.Journal)
	if it.Journal == "" && (it.Kind == library.ReportKind || it.Kind == library.Statistics || it.Kind == library.Guidance) {
		add("technical_report_institution", it.Publisher)
	}
	add("publisher", it.Publisher)
	add("volume", it.Volume)
	add("issue", it.Issue)
	first, last, _ := strings.Cut(it.Pages, "-")
	add("firstpage", strings.TrimSpace(first))
	add("lastpage", strings.TrimSpace(last))
	add("doi", it.DOI)
	add("pmid", it.PMID)
	add("language", "en")
	add("abstract_html_url", page)
	return list
}

// contextObject is an item as OpenURL has it (ANSI/NISO Z39.88), for a span of the class Z3988, from which reference programs take
// several items of a list at once.
func contextObject(it *library.Item) string {
	v := url.Values{"ctx_ver": {"Z39.88-2004"}, "rfr_id": {"info:sid/everykit"}}
	add := func(name, value string) {
		if value != "" {
			v.Add(name, value)
		}
	}
	first, last, _ := strings.Cut(it.Pages, "-")
	if it.Journal != "" {
		add("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal")
		add("rft.genre", "article")
		add("rft.atitle", it.Title)
		add("rft.jtitle", it.Journal)
		add("rft.volume", it.Volume)
		add("rft.issue", it.Issue)
		add("rft.spage", strings.TrimSpace(first))
		add("rft.epage", strings.TrimSpace(last))
	} else {
		add("rft_val_fmt", "info:ofi/fmt:kev:mtx:book")
		add("rft.genre", "report")
		add("rft.btitle", it.Title)
		add("rft.pub", it.Publisher)
	}
	if it.Year != 0 {
		add("rft.date", strconv.Itoa(it.Year))
	}
	if len(it.Authors) > 0 {
		add("rft.aulast", it.Authors[0].Family)
		add("rft.aufirst", it.Authors[0].Given)
	}
	for _, n := range it.Authors[:min(len(it.Authors), mostCoins)] {
		add("rft.au", n.String())
	}
	if it.DOI != "" {
		add("rft_id", "info:doi/"+it.DOI)
	}
	if it.PMID != "" {
		add("rft_id", "info:pmid/"+it.PMID)
	}
	return v.Encode()
}

// mostCoins is how many authors a list carries for programs; the page of an item has them all.
const mostCoins = 12
