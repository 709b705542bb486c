package draw

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A node is one element of parsed markup, or a run of text where name is empty.
type node struct {
	name, text string
	attr       map[string]string
}

func (n node) has(class string) bool {
	for _, c := range strings.Fields(n.attr["class"]) {
		if c == class {
			return true
		}
	}
	return false
}

// parse reads markup as strict XML and checks what holds for all of it: no
// script, no style, no handler, nothing from outside, each id once and each
// reference to an id met.
func parse(t interface {
	Helper()
	Fatalf(string, ...any)
}, s string,
) []node {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader("<page>" + s + "</page>"))
	var nodes []node
	ids, wanted := map[string]bool{}, map[string]bool{}
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, s)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			nodes = append(nodes, node{text: string(tok)})
		case xml.StartElement:
			n := node{name: tok.Name.Local, attr: map[string]string{}}
			for _, a := range tok.Attr {
				k, v := a.Name.Local, a.Value
				n.attr[k] = v
				switch {
				case k == "style", strings.HasPrefix(k, "on"):
					t.Fatalf("attribute %s on %s", k, n.name)
				case k == "id":
					if ids[v] {
						t.Fatalf("id %q twice", v)
					}
					ids[v] = true
				case k == "aria-labelledby", k == "aria-describedby":
					wanted[v] = true
				case strings.HasPrefix(v, "url("):
					wanted[strings.TrimSuffix(strings.TrimPrefix(v, "url(#"), ")")] = true
				case k == "href" && strings.HasPrefix(v, "#"):
					wanted[v[1:]] = true
				case strings.Contains(v, "NaN"), strings.Contains(v, "Inf"):
					if k != "aria-label" {
						t.Fatalf("%s=%q on %s", k, v, n.name)
					}
				}
			}
			switch n.name {
			case "script", "style", "foreignObject", "image", "animate", "iframe":
				t.Fatalf("element %s", n.name)
			case "use":
				if len(n.attr) != 1 || !strings.HasPrefix(n.attr["href"], "#") {
					t.Fatalf("a use of something that is not in the drawing: %v", n.attr)
				}
			}
			nodes = append(nodes, n)
		}
	}
	for id := range wanted {
		if !ids[id] {
			t.Fatalf("reference to id %q, which is not there", id)
		}
	}
	return nodes
}

// texts are all runs of text, joined.
func texts(nodes []node) string {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(n.text + "\n")
	}
	return b.String()
}

func count(nodes []node, class string) int {
	n := 0
	for _, x := range nodes {
		if x.has(class) {
			n++
		}
	}
	return n
}

func mustHold(t *testing.T, nodes []node, words ...string) {
	t.Helper()
	all := texts(nodes)
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("%q is not in the drawing", w)
		}
	}
}

const hostile = `"><script>alert(1)</script>&<img src=x onerror=alert(2)> '` + "\x00\x1b\xff"

// TestHostileWords puts the worst words into every field of every drawing.
func TestHostileWords(t *testing.T) {
	c := Chart{
		ID: hostile, Title: hostile, Subtitle: hostile, Source: hostile, Desc: hostile, Unit: hostile,
		Labels: []string{hostile, "b"}, Target: 3, TargetWords: hostile,
		Series: []Series{{Name: hostile, Values: []float64{1, unknown}, States: []State{"", hostile}}, {Name: "b", Values: []float64{2, unknown}}},
	}
	m := Map{
		ID: hostile, Title: hostile, Subtitle: hostile, Source: hostile, Desc: hostile, Unit: hostile, KeyTitle: hostile, Ranges: []string{hostile},
		Cells: []HexCell{
			{Cell: Cell{Code: "a", Name: hostile}, Label: hostile, Value: hostile, Class: 1, Href: "/x?" + hostile},
			{Cell: Cell{Code: "b", Name: hostile, Col: 1}, State: hostile, Href: "javascript:alert(1)"},
			{Cell: Cell{Code: "c", Name: "", Col: 2}, Class: 77, Href: " JavaScript:alert(1)"},
			{Cell: Cell{Code: "d", Name: "…", Col: 3}, Class: -1, Href: "data:text/html,x"},
		},
	}
	for name, s := range map[string]string{
		"columns": Columns(c), "lines": Lines(c), "stacked": StackedBars(c),
		"spark": Spark(Trend{Words: hostile, Values: []float64{1}}), "map": HexMap(m),
	} {
		nodes := parse(t, s)
		for _, n := range nodes {
			if n.name == "img" {
				t.Errorf("%s: a word became an element", name)
			}
			if href := strings.ToLower(n.attr["href"]); strings.Contains(href, "javascript:") || strings.HasPrefix(href, "data:") {
				t.Errorf("%s: link to %q", name, href)
			}
		}
		mustHold(t, nodes, "<script>alert(1)</script>")
	}
}

func TestSafeHref(t *testing.T) {
	for in, want := range map[string]string{
		"/areas/E06000001":    "/areas/E06000001",
		"?a=1&b=2":            "?a=1&b=2",
		"https://example.org": "https://example.org",
		"javascript:x":        "",
		"JAVASCRIPT:x":        "",
		" javascript:x":       "",
		"java\nscript:x":      "",
		"vbscript:x":          "",
		"":                    "",
	} {
		if got := safeHref(in); got != want {
			t.Errorf("safeHref(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestAnyChartIsSound draws charts from any words and values.
func TestAnyChartIsSound(t *testing.T) {
	value := rapid.OneOf(rapid.Float64(), rapid.Float64Range(0, 1000), rapid.Just(math.NaN()), rapid.Just(math.Inf(1)), rapid.Just(0.0))
	rapid.Check(t, func(t *rapid.T) {
		c := Chart{
			ID: rapid.String().Draw(t, "id"), Title: rapid.String().Draw(t, "title"),
			Labels:   rapid.SliceOfN(rapid.String(), 0, 30).Draw(t, "labels"),
			Decimals: rapid.IntRange(-1, 9).Draw(t, "decimals"), Shares: rapid.Bool().Draw(t, "shares"),
			Target: value.Draw(t, "target"), TargetWords: rapid.SampledFrom([]string{"", "Target"}).Draw(t, "words"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "series") {
			c.Series = append(c.Series, Series{Name: rapid.String().Draw(t, "name"), Values: rapid.SliceOfN(value, 0, 31).Draw(t, "values")})
		}
		parse(t, Columns(c))
		parse(t, Lines(c))
		parse(t, StackedBars(c))
		if len(c.Series) > 0 {
			parse(t, Spark(Trend{Words: c.Title, Values: c.Series[0].Values}))
		}
	})
}
