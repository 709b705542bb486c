package research

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/language"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// card is an item in a list. All but its kind is English data.
type card struct {
	Lang    string // of what is data, where that is not the page's
	Href    string
	Title   []library.Piece
	Kind    string
	About   string // authors, year, journal
	Text    []library.Piece
	Why     string // of a highlight
	Context string // for programs that keep references: a ContextObject in a span
}

// listing is the page of the library.
type listing struct {
	Highlights []card
	Items      []card
	Asked      bool // something was looked for
	Filtered   bool // by more than words
	Found      string
	Pager      page.Pager
	Feed       string
	Files      []page.Link

	Topics, Kinds, Bears []page.Option
	Countries            []string
	Country              string // that was asked for
}

// list is the latest research, or what was found.
func list(v *desk.Visit) error {
	return kept(v, 0, func(w http.ResponseWriter) error { return drawList(v, w) })
}

func drawList(v *desk.Visit, w http.ResponseWriter) error {
	form := v.R.URL.Query()
	q, wrong := query(v, form)
	pv := v.View(v.T("research.title"))
	pv.Public, pv.Form = true, form
	b := listing{Asked: asked(form), Filtered: filtered(form), Feed: feedPath, Country: form.Get("country")}
	if err := b.options(v); err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		pv.Public, pv.Errors, status = false, wrong, http.StatusUnprocessableEntity
		pv.Body = b
		return pages.Render(w, status, "list", pv)
	}
	found, err := v.Library.Search(v.Ctx(), q)
	if err != nil {
		return err
	}
	if q.Page > max(found.Pages, 1) {
		return fault.New(fault.NotFound, "there is no page at this address").Hint("check the address, or start again from the front page")
	}
	for i := range found.Hits {
		b.Items = append(b.Items, cardOf(v, &found.Hits[i], b.Asked))
	}
	if b.Asked {
		b.Found = v.T("research.found", "count", found.Total)
		if found.More {
			b.Found = v.T("research.found-more", "number", library.MostRanked)
		}
		pv.Title = v.T("research.title-found")
		if found.Pages > 1 {
			pv.Title = v.T("research.title-found-page", "page", found.Page)
		}
	} else if found.Page > 1 {
		pv.Title = v.T("research.title-page", "page", found.Page)
	}
	if !b.Asked && found.Page == 1 {
		highlights, err := v.Library.Highlights(v.Ctx())
		if err != nil {
			return err
		}
		for i := range highlights {
			h := &highlights[i]
			c := cardOf(v, &library.Hit{Item: h.Item}, false)
			c.Why = h.Words
			b.Highlights = append(b.Highlights, c)
		}
	}
	form.Del("page")
	here := &url.URL{Path: v.Link(at), RawQuery: form.Encode()}
	b.Pager = page.Paginate(v.T("shell.pages"), found.Page, found.Pages, here)
	for _, f := range exports {
		href := at + "/export." + f.Ending()
		if b.Asked {
			href += "?" + form.Encode()
		}
		b.Files = append(b.Files, page.Link{Text: formatName(f), Href: href})
	}
	pv.Body = b
	return pages.Render(w, status, "list", pv)
}

// filters are the fields of the form that are chosen and not typed, and years.
var filters = []string{"topic", "kind", "bears", "country", "from", "to"}

func filtered(form url.Values) bool {
	for _, name := range filters {
		if form.Get(name) != "" {
			return true
		}
	}
	return false
}

func asked(form url.Values) bool { return strings.TrimSpace(form.Get("q")) != "" || filtered(form) }

// mostTyped bounds a question, in bytes. Room library looks at the first 1000.
const mostTyped = 1000

// query reads what was asked, and what is wrong with it.
func query(v *desk.Visit, form url.Values) (library.Query, []page.FieldError) {
	var wrong []page.FieldError
	bad := func(field, message string) { wrong = append(wrong, page.FieldError{Field: field, Message: message}) }
	q := library.Query{Words: form.Get("q"), Country: form.Get("country")}
	if len(q.Words) > mostTyped {
		bad("q", v.T("research.long"))
	}
	if s := form.Get("topic"); s != "" {
		var err error
		if q.Topic, err = library.ParseTopic(s); err != nil {
			bad("topic", v.T("research.choose"))
		}
	}
	if s := form.Get("kind"); s != "" {
		var err error
		if q.Kind, err = library.ParseKind(s); err != nil {
			bad("kind", v.T("research.choose"))
		}
	}
	number := func(name string, least, most int, message string) int {
		s := strings.TrimSpace(form.Get(name))
		if s == "" {
			return 0
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < least || n > most {
			bad(name, message)
			return 0
		}
		return n
	}
	q.Bears = number("bears", 1, len(Recommendations), v.T("research.choose"))
	q.From = number("from", 1, 9999, v.T("research.year"))
	q.To = number("to", 1, 9999, v.T("research.year"))
	if q.From > 0 && q.To > 0 && q.From > q.To {
		bad("to", v.T("research.years-turned"))
	}
	if n, err := strconv.Atoi(form.Get("page")); err == nil {
		q.Page = min(max(n, 1), 1<<20)
	}
	return q, wrong
}

// options are the answers of the filters.
func (b *listing) options(v *desk.Visit) error {
	all := page.Option{Label: v.T("research.all")}
	b.Topics, b.Kinds, b.Bears = []page.Option{all}, []page.Option{all}, []page.Option{all}
	for _, t := range library.Topics() {
		b.Topics = append(b.Topics, page.Option{Value: slugOf(t.String()), Label: topicName(v, t)})
	}
	for _, k := range library.Kinds() {
		b.Kinds = append(b.Kinds, page.Option{Value: k.String(), Label: kindName(v, k)})
	}
	for n := range Recommendations {
		b.Bears = append(b.Bears, page.Option{Value: strconv.Itoa(n + 1), Label: numbered(v, n+1)})
	}
	var err error
	b.Countries, err = countriesOf(v)
	return err
}

func slugOf(words string) string { return strings.ReplaceAll(words, " ", "-") }

func topicName(v *desk.Visit, t library.Topic) string {
	return v.T("research.topic-" + slugOf(t.String()))
}
func kindName(v *desk.Visit, k library.Kind) string { return v.T("research.kind-" + k.String()) }

// recommendationName is a recommendation in a few plain words.
func recommendationName(v *desk.Visit, n int) string { return v.T("research.bears-" + strconv.Itoa(n)) }

func numbered(v *desk.Visit, n int) string { return strconv.Itoa(n) + ". " + recommendationName(v, n) }

func topicPath(v *desk.Visit, t library.Topic) string {
	return v.Link(at + "?topic=" + slugOf(t.String()))
}

func recommendationPath(v *desk.Visit, n int) string {
	return v.Link(reportPath) + "#recommendation-" + strconv.Itoa(n)
}

// cardOf shows an item in a list: where words were looked for, with the place where they stand.
func cardOf(v *desk.Visit, h *library.Hit, snippet bool) card {
	it := &h.Item
	c := card{Lang: english(v), Href: v.Link(Path(it.Key)), Title: h.Title, Kind: kindName(v, it.Kind), About: aboutLine(it), Text: h.Snippet, Context: contextObject(it)}
	if len(c.Title) == 0 {
		c.Title = []library.Piece{{Text: it.Title}}
	}
	if !snippet || len(c.Text) == 0 {
		c.Text = nil
		if it.Summary != "" {
			c.Text = []library.Piece{{Text: it.Summary}}
		}
	}
	return c
}

// english is the language of data, where it is not that of the page.
func english(v *desk.Visit) string {
	if v.Words().IsEnglish() {
		return ""
	}
	return language.English().Tag
}

// aboutLine is authors, year, and where it was published.
func aboutLine(it *library.Item) string {
	var parts []string
	if s := byline(it); s != "" {
		parts = append(parts, s)
	}
	if it.Year != 0 {
		parts = append(parts, strconv.Itoa(it.Year))
	}
	if s := it.Journal; s != "" {
		parts = append(parts, s)
	} else if s := it.Publisher; s != "" {
		parts = append(parts, s)
	}
	return strings.Join(parts, " · ")
}

// andOthers ends a list of authors that is cut short.
const andOthers = " and others"

// mostNames is how many authors a list names.
const mostNames = 3

// byline is the authors' family names, the first few.
func byline(it *library.Item) string {
	var names []string
	for _, n := range it.Authors[:min(len(it.Authors), mostNames)] {
		names = append(names, n.Family+n.Literal)
	}
	s := strings.Join(names, ", ")
	if s != "" && (it.EtAl || len(it.Authors) > mostNames) {
		return s + andOthers
	}
	return s
}
