package compose

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"everykit/bulletin/content"
)

// tableFragment stands before the key of a table in its fragment, see content.Document.
const tableFragment = "table-"

// links looks at the links of commentary: a fragment must be a chapter, a table or a picture of this bulletin, any other address
// must be https or a mail address.
func (k *checking) links() {
	there := map[string]bool{}
	for _, ch := range k.c.Chapters {
		there[ch.Key] = true
		for _, b := range ch.Blocks {
			switch b := b.(type) {
			case *content.Table:
				there[tableFragment+b.Key] = true
			case *content.Picture:
				there[b.Key] = true
			}
		}
	}
	for _, ch := range k.c.Chapters {
		for _, b := range ch.Blocks {
			c, is := b.(content.Commentary)
			if !is {
				continue
			}
			for _, to := range linksOf(c.Source) {
				if why := k.broken(to, there); why != "" {
					k.find(Finding{Key: "link:" + ch.Key + ":" + to, What: "A link in the commentary of “" + ch.Title + "” leads to " + quoted(to) + ": " + why + ".", Where: ch.Key, Hint: "mend the address in the commentary"})
				}
			}
		}
	}
}

func quoted(s string) string {
	const longest = 100
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return "“" + s + "”"
}

func (k *checking) broken(to string, there map[string]bool) string {
	if name, is := strings.CutPrefix(to, "#"); is {
		if there[name] {
			return ""
		}
		return "there is no such chapter or picture, and no table (#table- and its key)"
	}
	u, err := url.Parse(to)
	switch {
	case err != nil:
		return "that is no address"
	case u.Scheme == "mailto":
		return ""
	case u.Scheme == "" && u.Host == "":
		return "an address within the site does not work in the PDF; write it whole, with https"
	case u.Scheme != "https" || u.Host == "":
		return "it does not begin with https"
	}
	return ""
}

// linksOf are the addresses of links and pictures in Markdown.
func linksOf(source string) []string {
	src := []byte(source)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify))
	var list []string
	_ = ast.Walk(md.Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			list = append(list, string(n.Destination))
		case *ast.AutoLink:
			to := string(n.URL(src))
			if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(to, "mailto:") {
				to = "mailto:" + to
			}
			list = append(list, to)
		}
		return ast.WalkContinue, nil
	})
	return list
}

// pictures looks for pictures without words or without the table with the same figures beneath, for titles of people with a number
// that is not there, and for titles of what is not in the bulletin.
func (k *checking) pictures() {
	used := map[string]bool{}
	for _, ch := range k.c.Chapters {
		for i, b := range ch.Blocks {
			switch b := b.(type) {
			case *content.Table:
				used[b.Key] = true
				k.ownTitle(b.Key, b)
			case *content.Picture:
				used[b.Key] = true
				if strings.TrimSpace(b.Title) == "" || strings.TrimSpace(b.Alt) == "" {
					k.must(Finding{Key: "picture:" + b.Key + ":words", What: "A picture has no title, or no words for people who do not see it.", Where: b.Key, Hint: "give it a title that states what it shows"})
				}
				t := beneath(ch.Blocks[i+1:])
				if t == nil || t.Key != b.Table {
					k.must(Finding{Key: "picture:" + b.Key + ":table", What: "The picture “" + b.Title + "” has no table with the same figures beneath.", Where: b.Key, Hint: "compose the bulletin again; if that does not mend it, it is a mistake of the program"})
					continue
				}
				k.ownTitle(b.Key, t)
			}
		}
	}
	for _, key := range sortedKeys(k.in.Titles) {
		if !used[key] && strings.TrimSpace(k.in.Titles[key]) != "" {
			k.find(Finding{Key: "title:" + key, What: "There is a title for a picture or table “" + key + "”, which is not in the bulletin.", Where: key, Hint: "take the title away"})
		}
	}
}

// beneath is the first table under a picture; other pictures of the same table may stand between.
func beneath(blocks []content.Block) *content.Table {
	for _, b := range blocks {
		switch b := b.(type) {
		case *content.Table:
			return b
		case *content.Picture:
		default:
			return nil
		}
	}
	return nil
}

var numberIn = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// ownTitle looks for numbers in a title that a person wrote which are not among the figures of its table.
func (k *checking) ownTitle(key string, t *content.Table) {
	title := k.in.Titles[key]
	for _, said := range numberIn.FindAllString(title, -1) {
		said = strings.TrimSuffix(said, ",")
		if !slices.ContainsFunc(k.numbersOf(t), func(known string) bool { return known == strings.ReplaceAll(said, ",", "") }) {
			k.find(Finding{Key: "title:" + key + ":" + said, What: "The title “" + title + "” has the number " + said + ", which is not among the figures beneath.", Where: key, Hint: "write the number as the table has it, or waive this if it is not a figure"})
		}
	}
}

// numbersOf are the numbers that a title may say: those of cells, whole or with one or two decimals, with or without a sign, those in words of
// the table, of the period and the number of its rows.
func (k *checking) numbersOf(t *content.Table) []string {
	var list []string
	add := func(words string) {
		for _, n := range numberIn.FindAllString(words, -1) {
			list = append(list, strings.ReplaceAll(strings.TrimSuffix(n, ","), ",", ""))
		}
	}
	add(t.Subtitle + " " + span(k.period) + " " + short(k.period) + " " + k.fin.String())
	for _, c := range t.Columns {
		add(c.Label)
	}
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			add(c.Text)
			if c.HasNumber() {
				for places := range 3 {
					list = append(list, strconv.FormatFloat(math.Abs(*c.Number), 'f', places, 64), strings.ReplaceAll(number(math.Abs(*c.Number), places), ",", ""))
				}
			}
		}
	}
	return list
}
