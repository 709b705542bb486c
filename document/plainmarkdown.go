package document

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown writes commentary in plain letters: the same words as the page has, and the addresses of its links, as the page
// prints them.
func (w *plainWriter) markdown(source string) {
	md, _ := workshop()
	src := []byte(source)
	tree := md.Parser().Parse(text.NewReader(src))
	shift(tree, 3)
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		w.node(n, src, 0)
	}
}

// node writes one block of it at a depth of lists.
func (w *plainWriter) node(n ast.Node, src []byte, depth int) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(words(n, src), 15-float64(n.Level), 2)
	case *ast.List:
		number := n.Start
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			mark := "\u2022"
			if n.IsOrdered() {
				mark = printf("%d.", number)
				number++
			}
			w.item(item, mark, src, depth)
		}
		w.gap(2)
	case *ast.Blockquote:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			w.node(c, src, depth)
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			w.lines(string(line.Value(src)), "", noteSize, 4, 0)
		}
		w.gap(2)
	case *extast.Table:
		if t := tableOf(n, src); len(t.Rows) > 0 {
			w.table(t)
		} else {
			w.para(strings.Join(labels(t).Cells, " "), bodySize)
		}
	case *ast.ThematicBreak, *ast.HTMLBlock: // nothing to read
	default:
		w.para(words(n, src), bodySize)
	}
}

// item writes a list's item: its first words beside the mark, what is left beneath.
func (w *plainWriter) item(item ast.Node, mark string, src []byte, depth int) {
	said := false
	for c := item.FirstChild(); c != nil; c = c.NextSibling() {
		if _, isList := c.(*ast.List); isList {
			if !said {
				w.point(mark, "", depth)
				said = true
			}
			w.node(c, src, depth+1)
			continue
		}
		if said {
			mark = ""
		}
		w.point(mark, words(c, src), depth)
		said = true
	}
}

func tableOf(n *extast.Table, src []byte) Table {
	var t Table
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var r Row
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			r.Cells = append(r.Cells, words(c, src))
		}
		if _, isHead := row.(*extast.TableHeader); isHead {
			for _, label := range r.Cells {
				t.Columns = append(t.Columns, Column{Label: label})
			}
			continue
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// words are those within a node, with the addresses of links to the web behind them.
func words(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(meant(n, src))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(src))
				address(&b, string(n.URL(src)))
			}
		case *ast.Link:
			if !entering {
				address(&b, string(n.Destination))
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// meant is a text with its escapes and entities resolved, as the page shows it; code means what it says.
func meant(n *ast.Text, src []byte) []byte {
	if _, isCode := n.Parent().(*ast.CodeSpan); isCode || n.IsRaw() {
		return n.Value(src)
	}
	return util.ResolveNumericReferences(util.ResolveEntityNames(util.UnescapePunctuations(n.Value(src))))
}

func address(b *strings.Builder, url string) {
	if strings.HasPrefix(url, "http") {
		b.WriteString(" (" + url + ")")
	}
}
