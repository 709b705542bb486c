package document_test

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"everykit/civil"
	"everykit/document"
	"everykit/draw"
)

// odd is text with everything that has ever broken a page: markup, quotes, entities, letters of many scripts, marks,
// directions, what lies beyond the first plane, bytes that are no text.
const odd = "<script>alert(1)</script> \"q\" 'a' &amp; </td></table> Ynys Môn, Łódź, Ωμέγα, Москва, \u202eright to left\u202c العربية 漢字 e\u0301 ﬁ 👩🏽‍⚕️ a\x00b \xff\xfe \u200b½ – “x”"

// sample is a document with every kind of block and a table that goes over many pages.
func sample(rows int) *document.Document {
	t := document.Table{
		Key: "areas", Caption: "Kits by authority", Source: "made up for a test",
		Columns: []document.Column{{Key: "area", Label: "Authority"}, {Key: "kits", Label: "Kits", Numeric: true}, {Key: "note", Label: "What they said"}},
		Notes:   []string{"An empty cell is an answer that nobody gave."},
	}
	for i := range rows {
		t.Rows = append(t.Rows, document.Row{Cells: []string{fmt.Sprintf("Authority%d", i), fmt.Sprint(1000 + i), strings.Repeat("some words ", i%9)}})
	}
	t.Rows = append(t.Rows, document.Row{Cells: []string{"Everywhere", "12,345"}, Total: true})
	chart := draw.StackedBars(draw.Chart{
		ID: "bars", Title: "Most authorities provide it", Subtitle: "Authorities, 2017/18", Source: "made up for a test", Desc: "Two bars.",
		Labels: []string{"ChartYes", "ChartNo"}, Series: []draw.Series{{Name: "Authorities", Values: []float64{71717, 3}}},
	})
	return &document.Document{
		Title: "Take-home naloxone", Subtitle: "A report for a test", Made: civil.On(2018, 11, 5),
		Meta: []document.Pair{{Name: "Period", Value: "2017/18"}, {Name: "Asked", Value: "152 authorities"}},
		Chapters: []document.Chapter{
			{Key: "summary", Title: "Main points", Blocks: []document.Block{
				document.Para{Text: "149 of 152 authorities provide it."},
				document.Points{Items: []string{"One point & another.", "A second, which is long enough to go over more than a line when it is printed on paper of the usual size, I should think."}},
				document.Picture{Key: "bars", Title: "Most authorities provide it", Subtitle: "Authorities, 2017/18", Source: "made up for a test", Alt: "Spoken: two bars.", Markup: template.HTML(chart)},
			}},
			{Key: "areas", Title: "Areas", Blocks: []document.Block{document.Heading{Text: "One by one"}, t}},
			{Key: "words", Title: "In their words", Blocks: []document.Block{
				document.Markdown{Source: "# Notes\n\nSome *emphasis*, `code <b>`, AT&amp;T and a [link](https://example.org/a).\n\n1. first\n2. second\n   - inner\n\n> quoted\n\n| A | B |\n|---|---|\n| c1 | c2 |\n"},
				document.Para{Text: odd},
			}},
		},
	}
}

// parts reads markup and calls f with each element and the words of the whole.
func parts(t *testing.T, markup string, f func(*html.Node)) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && f != nil {
			f(n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return text.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestEverythingIsEscaped(t *testing.T) {
	d := &document.Document{
		Title: odd, Subtitle: odd, Language: `en"><script>`, Meta: []document.Pair{{Name: odd, Value: odd}},
		Chapters: []document.Chapter{{Key: `a"><script>x`, Title: odd, Blocks: []document.Block{
			document.Heading{Text: odd},
			document.Para{Text: odd},
			document.Points{Items: []string{odd}},
			document.Table{Key: `"><script>`, Caption: odd, Source: odd, Notes: []string{odd}, Columns: []document.Column{{Label: odd}, {Label: odd}}, Rows: []document.Row{{Cells: []string{odd, odd}}}},
			document.Table{Caption: odd},
			document.Picture{Title: odd, Subtitle: odd, Source: odd, Alt: odd},
			document.Markdown{Source: odd},
		}}, {Title: odd}},
	}
	for name, markup := range map[string]string{"body": string(d.Body()), "page": string(d.Page())} {
		if strings.Contains(markup, "<script") || strings.Contains(markup, "\x00") || strings.Contains(markup, "\xff") {
			t.Errorf("%s: text became markup", name)
		}
		tables := 0
		text := parts(t, markup, func(n *html.Node) {
			switch n.Data {
			case "script", "img", "iframe", "object", "link":
				t.Errorf("%s: there is a <%s>", name, n.Data)
			case "table":
				tables++
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: %s has %s", name, n.Data, a.Key)
				}
			}
		})
		if tables != 1 {
			t.Errorf("%s: %d tables", name, tables)
		}
		if n := strings.Count(text, "<script>alert(1)</script> \"q\" 'a' &amp; </td></table> Ynys Môn"); n < 14 {
			t.Errorf("%s: the text is there %d times as it was written", name, n)
		}
	}
}

func TestPage(t *testing.T) {
	d := sample(3)
	page := string(d.Page())
	if !bytes.Equal(d.Page(), []byte(page)) {
		t.Error("the same document makes another page")
	}
	var heads, scopes, ids, links []string
	parts(t, page, func(n *html.Node) {
		switch n.Data {
		case "html":
			if attribute(n, "lang") != "en-GB" {
				t.Errorf("the language is %q", attribute(n, "lang"))
			}
		case "h1", "h2", "h3", "h4", "h5", "h6":
			heads = append(heads, n.Data)
		case "th":
			scopes = append(scopes, attribute(n, "scope"))
		case "a":
			links = append(links, attribute(n, "href"))
		case "img", "link", "script":
			t.Errorf("a page that stands alone has a <%s>", n.Data)
		}
		if id := attribute(n, "id"); id != "" {
			ids = append(ids, id)
		}
	})
	if got := strings.Join(heads, " "); got != "h1 h2 h2 h2 h3 h2 h3" {
		t.Errorf("headings %s", got)
	}
	if got := strings.Join(scopes[:7], " "); got != "col col col row row row row" {
		t.Errorf("heads of the table %s", got)
	}
	if got := strings.Join(links, " "); got != "#summary #areas #words https://example.org/a" {
		t.Errorf("links %s", got)
	}
	for _, want := range []string{"summary", "areas", "words", "bars"} {
		if !strings.Contains(" "+strings.Join(ids, " ")+" ", " "+want+" ") {
			t.Errorf("nothing has the id %s: %v", want, ids)
		}
	}
	if strings.Contains(page, "url(http") || strings.Contains(page, "@import") {
		t.Error("the page fetches something")
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ source, has, not string }{
		{"# One\n\n### Three\n\n# Again", "<h2>One</h2>\n<h3>Three</h3>\n<h2>Again</h2>", "<h4"},
		{"###### Low", "<h2>Low</h2>", "<h6"},
		{"<script>alert(1)</script>", "", "alert"},
		{"a <img src=x onerror=alert(1)> b", "a  b", "<img"},
		{"![what it shows](https://elsewhere.example/p.png)", "what it shows", "elsewhere"},
		{"[x](javascript:alert(1))", "x", "javascript"},
		{"[x](data:text/html;base64,AAAA)", "x", "data:"},
		{"[x](https://example.org)", `rel="nofollow noreferrer"`, "target"},
		{"[x](/guidance/stock)", `href="/guidance/stock"`, "http"},
		{"see https://example.org/a", `<a href="https://example.org/a" rel="nofollow noreferrer">`, "style"},
		{"- a\n- b", `<ul class="nhsuk-list nhsuk-list--bullet">`, "<ol"},
		{"3. a\n4. b", `start="3"`, "<ul"},
		{"| A |\n|---|\n| b |", `<div class="ek-scroll" role="region" tabindex="0" aria-label="Table"><table class="nhsuk-table ek-table">`, "style"},
		{"<div style='position:fixed'>x</div>", "", "fixed"},
		{strings.Repeat("> ", 2000) + "deep", "deep", "<script"},
		{"", "", "<"},
	} {
		got := string(document.MarkdownHTML(c.source))
		if !strings.Contains(got, c.has) || strings.Contains(got, c.not) {
			t.Errorf("%.60q becomes %.300q; it must have %q and not %q", c.source, got, c.has, c.not)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add(odd)
	f.Add("# a\n\n[b](javascript:c) ![d](e) <f onclick=g>")
	f.Fuzz(func(t *testing.T, s string) {
		got := string(document.MarkdownHTML(s))
		if tag := unexpected(got); tag != "" {
			t.Errorf("%q lets %s through: %q", s, tag, got)
		}
	})
}

// unexpected is the first element or attribute that must never come out of Markdown.
func unexpected(markup string) (bad string) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if strings.Contains(" script style img iframe object embed form input svg math base meta link h1 ", " "+tok.Data+" ") {
				return tok.Data
			}
			for _, a := range tok.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.Contains(strings.ToLower(a.Val), "javascript:") && a.Key == "href" {
					return a.Key
				}
			}
		}
	}
}
