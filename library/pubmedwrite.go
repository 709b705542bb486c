package library

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
)

// pubmedTypes are the kinds in PubMed's words. The kind itself goes in a note.
var pubmedTypes = map[Kind]string{
	Study: "Journal Article", Review: "Review", ReportKind: "Technical Report", Guidance: "Guideline", Statistics: "Dataset", Essay: "Editorial",
}

const (
	pubmedHead = xml.Header + "<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2019//EN\" \"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd\">\n<PubmedArticleSet>\n"
	pubmedFoot = "</PubmedArticleSet>\n"
)

// label is the beginning of a paragraph of a structured abstract.
var label = regexp.MustCompile(`^([A-Z][A-Z &/]{2,60}): (.+)$`)

// xmlOut writes elements, those without text not at all.
type xmlOut struct{ *strings.Builder }

func (o xmlOut) el(name, text string) {
	if text != "" {
		first, _, _ := strings.Cut(name, " ")
		fmt.Fprintf(o, "<%s>%s</%s>", name, escapeXML(text), first)
	}
}

func escapeXML(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// writePubMed writes an article.
func writePubMed(b *strings.Builder, it *Item) {
	o := xmlOut{b}
	b.WriteString(`<PubmedArticle><MedlineCitation Status="Publisher" Owner="NLM">`)
	o.el(`PMID Version="1"`, it.PMID)
	b.WriteString(`<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet">`)
	o.el("Volume", it.Volume)
	o.el("Issue", it.Issue)
	b.WriteString("<PubDate>")
	if it.Year != 0 {
		o.el("Year", fmt.Sprint(it.Year))
	}
	b.WriteString("</PubDate></JournalIssue>")
	o.el("Title", it.Journal)
	b.WriteString("</Journal>")
	o.el("ArticleTitle", it.Title)
	if it.Pages != "" {
		b.WriteString("<Pagination>")
		o.el("MedlinePgn", it.Pages)
		b.WriteString("</Pagination>")
	}
	o.el(`ELocationID EIdType="doi" ValidYN="Y"`, it.DOI)
	pubmedAbstract(o, "Abstract", it.Abstract)
	writePubmedAuthors(o, it)
	b.WriteString("<PublicationTypeList>")
	o.el(`PublicationType UI=""`, pubmedTypes[it.Kind])
	b.WriteString("</PublicationTypeList></Article>")
	if len(it.Topics) > 0 {
		b.WriteString(`<KeywordList Owner="NOTNLM">`)
		for _, t := range it.Topics {
			o.el(`Keyword MajorTopicYN="N"`, t.String())
		}
		b.WriteString("</KeywordList>")
	}
	for _, name := range append([]string{"publisher", "link"}, extras...) {
		text := it.extra(name)
		switch name {
		case "publisher":
			text = it.Publisher
		case "link":
			text = it.Link
		case "topics":
			continue
		}
		if text != "" {
			o.el(`GeneralNote Owner="NLM"`, noted(name, text))
		}
	}
	b.WriteString("</MedlineCitation><PubmedData><ArticleIdList>")
	o.el(`ArticleId IdType="pubmed"`, it.PMID)
	o.el(`ArticleId IdType="doi"`, it.DOI)
	b.WriteString("</ArticleIdList></PubmedData></PubmedArticle>\n")
}

func pubmedAbstract(o xmlOut, name, text string) {
	if text == "" {
		return
	}
	o.WriteString("<" + name + ">")
	for p := range strings.SplitSeq(text, "\n") {
		if m := label.FindStringSubmatch(p); m != nil && m[1] != "UNLABELLED" {
			fmt.Fprintf(o, `<AbstractText Label="%s">%s</AbstractText>`, escapeXML(m[1]), escapeXML(m[2]))
		} else {
			o.el("AbstractText", p)
		}
	}
	o.WriteString("</" + name + ">")
}

func writePubmedAuthors(o xmlOut, it *Item) {
	if len(it.Authors) == 0 && !it.EtAl {
		return
	}
	complete := "Y"
	if it.EtAl {
		complete = "N"
	}
	fmt.Fprintf(o, `<AuthorList CompleteYN="%s">`, complete)
	for _, n := range it.Authors {
		o.WriteString(`<Author ValidYN="Y">`)
		o.el("CollectiveName", n.Literal)
		o.el("LastName", n.Family)
		o.el("ForeName", n.Given)
		if n.Family != "" {
			o.el("Initials", n.Initials())
		}
		o.el("Suffix", n.Suffix)
		o.WriteString("</Author>")
	}
	o.WriteString("</AuthorList>")
}
