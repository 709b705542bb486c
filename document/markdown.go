package document

import (
	"bytes"
	"html/template"
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MarkdownHTML turns Markdown into safe markup for a page whose own heading is of level 1: the headings in it begin at
// level 2 and none is skipped, whatever the writer began with.
//
// What gets through: headings, paragraphs, emphasis, lists, quotations, code, tables, rules, and links to http, https and
// mail addresses or within the site, marked rel="nofollow noreferrer". Pictures become their words, raw HTML nothing.
func MarkdownHTML(source string) template.HTML {
	return template.HTML(markdownUnder(source, 2)) // sanitised
}

// markdownUnder is MarkdownHTML with headings that begin at a level.
func markdownUnder(source string, level int) string {
	md, safe := workshop()
	src := []byte(source)
	tree := md.Parser().Parse(text.NewReader(src))
	shift(tree, level)
	var b bytes.Buffer
	if err := md.Renderer().Render(&b, src, tree); err != nil { // only a writer that fails: a Buffer does not
		return template.HTMLEscapeString(source)
	}
	return safe.Sanitize(b.String())
}

// workshop makes the parser and the policy once.
var workshop = sync.OnceValues(func() (goldmark.Markdown, *bluemonday.Policy) {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(dressing{}, 100))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(pieces{}, 100))),
	)
	p := bluemonday.NewPolicy()
	p.AllowElements("h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "em", "strong", "del", "code", "pre", "blockquote", "hr", "br",
		"table", "thead", "tbody", "tr", "th", "td", "div")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(nhsuk|ek)-[a-z_-]+( (nhsuk|ek)-[a-z_-]+)*$`)).Globally()
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^region$`)).OnElements("div")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("div")
	p.AllowAttrs("aria-label").Matching(regexp.MustCompile(`^Table$`)).OnElements("div")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return md, p
})

// shift puts the highest heading that is used at a level and lets none skip one.
func shift(tree ast.Node, level int) {
	highest, last := 6, level-1
	var all []*ast.Heading
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		if h, is := n.(*ast.Heading); is && entering {
			all = append(all, h)
			highest = min(highest, h.Level)
		}
		return ast.WalkContinue, nil
	})
	for _, h := range all {
		h.Level = min(h.Level-highest+level, last+1, 6)
		last = h.Level
	}
}

// dressing gives lists the classes of the pages.
type dressing struct{}

func (dressing) Transform(tree *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		if l, is := n.(*ast.List); is && entering {
			class := "nhsuk-list nhsuk-list--bullet"
			if l.IsOrdered() {
				class = "nhsuk-list nhsuk-list--number"
			}
			l.SetAttributeString("class", []byte(class))
		}
		return ast.WalkContinue, nil
	})
}

// pieces writes what must look otherwise than plain Markdown has it: tables scroll, pictures are their words.
type pieces struct{}

func (p pieces) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindImage, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, nil // what stands within is its text alternative
	})
	reg.Register(extast.KindTable, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		s := "</table></div>\n"
		if entering {
			s = `<div class="ek-scroll" role="region" tabindex="0" aria-label="Table"><table class="nhsuk-table ek-table">` + "\n"
		}
		_, err := w.WriteString(s)
		return ast.WalkContinue, err
	})
}
