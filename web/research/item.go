package research

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// reading is the page of an item.
type reading struct {
	Tags       []tag
	Authors    string
	Facts      []fact
	Summary    []string
	Evidence   []fact
	Abstract   []string
	Note       []string
	Bears      []page.Link
	Topics     []page.Link
	Cites      []fact
	Files      []page.Link
	Alternates []alternate
	Related    []card
}

// fact is one line about an item.
type fact struct {
	Key     string
	Value   page.Cell
	Lang    string // of the value, where it is not the page's
	KeyLang string // of the key, likewise
}

type alternate struct{ Type, Title, Href string }

// downloads are the formats in which one item can be taken away.
var downloads = []library.Format{library.BibTeX, library.RIS, library.CSLJSON}

// formatName is what people call a format.
func formatName(f library.Format) string {
	switch f {
	case library.RIS:
		return "RIS"
	case library.BibTeX:
		return "BibTeX"
	case library.CSLJSON:
		return "CSL-JSON"
	case library.PubMed:
		return "PubMed XML"
	}
	return "CSV"
}

// item is the page of one item. An address that it had before it was joined with another leads on.
func item(v *desk.Visit) error {
	it, err := public(v)
	if err != nil {
		return err
	}
	if it.Key != v.R.PathValue("item") {
		http.Redirect(v.W, v.R, v.Link(Path(it.Key)), http.StatusMovedPermanently)
		return nil
	}
	return kept(v, 0, func(w http.ResponseWriter) error {
		it, err := public(v) // again, after the version
		if err != nil {
			return err
		}
		return drawItem(v, w, it)
	})
}

// public is the item that an address names, if everybody may read it.
func public(v *desk.Visit) (*library.Item, error) {
	it, err := v.Library.Item(v.Ctx(), v.R.PathValue("item"))
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page")
	}
	return it, err
}

func drawItem(v *desk.Visit, w http.ResponseWriter, it *library.Item) error {
	b := reading{
		Tags: tagsOf(it, v.Site+v.Link(Path(it.Key))), Authors: authors(it), Facts: facts(v, it), Summary: lines(it.Summary), Evidence: evidence(v, it),
		Abstract: lines(it.Abstract), Note: lines(it.Note),
	}
	for _, n := range it.Bears {
		b.Bears = append(b.Bears, page.Link{Text: numbered(v, n), Href: recommendationPath(v, n)})
	}
	for _, t := range it.Topics {
		b.Topics = append(b.Topics, page.Link{Text: topicName(v, t), Href: topicPath(v, t)})
	}
	for _, s := range library.Styles() {
		b.Cites = append(b.Cites, fact{s.Name(), page.TextCell(it.Cite(s)), english(v), english(v)})
	}
	for _, f := range downloads {
		href := Path(it.Key) + "/item." + f.Ending()
		b.Files = append(b.Files, page.Link{Text: formatName(f), Href: href})
		kind, _, _ := strings.Cut(f.MediaType(), ";")
		b.Alternates = append(b.Alternates, alternate{kind, formatName(f), href})
	}
	var err error
	if b.Related, err = related(v, it); err != nil {
		return err
	}
	pv := v.View(it.Title)
	pv.TitleLang = pv.InEnglish()
	pv.Public, pv.Body = true, b
	pv.Crumbs = []page.Link{{Text: v.T("research.title"), Href: v.Link(at)}}
	return pages.Render(w, http.StatusOK, "item", pv)
}

// lines are the paragraphs of a text.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// mostAuthors is how many authors the page names; citations and files have them as their styles do.
const mostAuthors = 30

// authors names them in full.
func authors(it *library.Item) string {
	var names []string
	for _, n := range it.Authors[:min(len(it.Authors), mostAuthors)] {
		if n.Literal != "" {
			names = append(names, n.Literal)
		} else {
			names = append(names, strings.Join(strings.Fields(n.Given+" "+n.Family+" "+n.Suffix), " "))
		}
	}
	s := strings.Join(names, ", ")
	if s != "" && (it.EtAl || len(it.Authors) > mostAuthors) {
		return s + andOthers
	}
	return s
}

// facts are where and when it was published, and where it can be read.
func facts(v *desk.Visit, it *library.Item) []fact {
	list := []fact{{Key: v.T("research.kind"), Value: page.TextCell(kindName(v, it.Kind))}}
	add := func(key string, c page.Cell) { list = append(list, fact{Key: key, Value: c, Lang: english(v)}) }
	if it.Year != 0 {
		add(v.T("research.published"), page.TextCell(strconv.Itoa(it.Year)))
	}
	where := it.Journal
	if it.Volume != "" {
		where += " " + it.Volume
	}
	if it.Issue != "" {
		where += "(" + it.Issue + ")"
	}
	if it.Pages != "" {
		where += ": " + it.Pages
	}
	if it.Journal != "" {
		add(v.T("research.journal"), page.TextCell(where))
	}
	if it.Publisher != "" {
		add(v.T("research.publisher"), page.TextCell(it.Publisher))
	}
	if it.Country != "" {
		add(v.T("research.country"), page.TextCell(it.Country))
	}
	if it.DOI != "" {
		list = append(list, fact{"DOI", page.LinkCell(it.DOI, "https://doi.org/"+it.DOI), english(v), english(v)})
	}
	if it.PMID != "" {
		list = append(list, fact{"PubMed", page.LinkCell(it.PMID, "https://pubmed.ncbi.nlm.nih.gov/"+it.PMID+"/"), english(v), english(v)})
	}
	if it.Link != "" {
		c := page.LinkCell(it.Link, it.Link)
		if page.SafeHref(it.Link) == "#" { // not secure: it can be copied
			c.Href = ""
		}
		add(v.T("research.link"), c)
	}
	return list
}

// evidence is what somebody noted who has read it.
func evidence(v *desk.Visit, it *library.Item) []fact {
	var list []fact
	add := func(key, text string) {
		if text != "" {
			list = append(list, fact{Key: key, Value: page.TextCell(text), Lang: english(v)})
		}
	}
	e := it.Evidence
	add(v.T("research.design"), e.Design)
	add(v.T("research.setting"), e.Setting)
	add(v.T("research.size"), e.N)
	add(v.T("research.finding"), e.Finding)
	quality := e.Quality
	if quality != "" && e.Tool != "" {
		quality += " (" + e.Tool + ")"
	}
	add(v.T("research.quality"), quality)
	return list
}

// mostRelated is how many related items are shown, and amongHow many of each topic they are looked for.
const (
	mostRelated = 3
	amongTopic  = 30
)

// related are the items that have the most topics and recommendations in common with one.
func related(v *desk.Visit, it *library.Item) ([]card, error) {
	type near struct {
		hit    library.Hit
		common int
	}
	seen := map[int]bool{it.ID: true}
	var all []near
	for _, t := range it.Topics {
		found, err := v.Library.Search(v.Ctx(), library.Query{Topic: t, PerPage: amongTopic})
		if err != nil {
			return nil, err
		}
		for _, h := range found.Hits {
			if seen[h.Item.ID] {
				continue
			}
			seen[h.Item.ID] = true
			all = append(all, near{h, 2*common(it.Topics, h.Item.Topics) + common(it.Bears, h.Item.Bears)})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(b.common, a.common) })
	var list []card
	for i := range all[:min(len(all), mostRelated)] {
		list = append(list, cardOf(v, &all[i].hit, false))
	}
	return list, nil
}

func common[T comparable](a, b []T) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// itemFile is one item as a file: item.bib, item.ris, item.json.
func itemFile(v *desk.Visit) error {
	format := library.Format("")
	for _, f := range downloads {
		if v.R.PathValue("file") == "item."+f.Ending() {
			format = f
		}
	}
	if format == "" {
		return fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page")
	}
	return kept(v, 0, func(w http.ResponseWriter) error {
		it, err := public(v)
		if err != nil {
			return err
		}
		return writeFile(w, format, it.Key, []library.Item{*it})
	})
}

// writeFile sends items as a file that is saved under a name.
func writeFile(w http.ResponseWriter, format library.Format, name string, items []library.Item) error {
	var b bytes.Buffer
	if err := library.Write(&b, format, items); err != nil {
		return err
	}
	fileHeaders(w.Header(), format.MediaType())
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+"."+format.Ending()+`"`)
	_, err := w.Write(b.Bytes())
	return err
}

// fileHeaders are those of what is no page.
func fileHeaders(h http.Header, mediaType string) {
	h.Set("Content-Type", mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Cache-Control", maxAge)
	h.Set("Access-Control-Allow-Origin", "*")
}
