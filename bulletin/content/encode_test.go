package content_test

import (
	"bytes"
	"html/template"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/bulletin/content"
)

// drawContent makes any content that can be stored: lists that are there are not empty, and text is UTF-8.
func drawContent(t *rapid.T) *content.Content {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "<b>&\"'", "Ynys Môn", "=1+1", "\u2028", "[c]", "</script>"})).Filter(func(s string) bool { return strings.ToValidUTF8(s, "") == s })
	mark := rapid.SampledFrom([]content.Mark{"c", "p", "r", "x"})
	some := func(what string) int { return rapid.IntRange(0, 3).Draw(t, what) }
	value := func() *float64 {
		if rapid.Bool().Draw(t, "known") {
			return number(rapid.Float64().Filter(func(v float64) bool { return !math.IsInf(v, 0) }).Draw(t, "value"))
		}
		return nil
	}
	marks := func() (list []content.Mark) {
		for range some("marks") {
			list = append(list, mark.Draw(t, "mark"))
		}
		return list
	}
	words := func() (list []string) {
		for range some("words") {
			list = append(list, text.Draw(t, "text"))
		}
		return list
	}
	s := func(name string) string { return text.Draw(t, name) }
	c := &content.Content{Title: s("title"), Subtitle: s("subtitle"), Language: "en-GB", Slug: s("slug"), Edition: rapid.Int().Draw(t, "edition"), Draft: rapid.Bool().Draw(t, "draft"), PublishedOn: s("on"), Area: s("area"), AreaName: s("name"), Period: s("period")}
	for range some("meta") {
		c.Meta = append(c.Meta, content.Pair{Name: s("name"), Value: s("value")})
	}
	for range some("chapters") {
		ch := content.Chapter{Key: s("key"), Title: s("title")}
		for range some("blocks") {
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				ch.Blocks = append(ch.Blocks, content.Heading{Text: s("text")})
			case 1:
				ch.Blocks = append(ch.Blocks, content.Para{Text: s("text")})
			case 2:
				ch.Blocks = append(ch.Blocks, content.Points{Items: words()})
			case 3:
				ch.Blocks = append(ch.Blocks, content.Commentary{Source: s("source")})
			case 4:
				table := &content.Table{Number: some("number"), Key: s("key"), Title: s("title"), Subtitle: s("subtitle"), Source: s("source"), Notes: words()}
				for range some("columns") {
					table.Columns = append(table.Columns, content.Column{Key: s("key"), Label: s("label"), Unit: s("unit"), Numeric: rapid.Bool().Draw(t, "numeric"), Places: some("places")})
				}
				for range some("rows") {
					row := content.Row{Total: rapid.Bool().Draw(t, "total")}
					for range some("cells") {
						row.Cells = append(row.Cells, content.Cell{Text: s("text"), Number: value(), Marks: marks(), Figure: s("figure")})
					}
					table.Rows = append(table.Rows, row)
				}
				ch.Blocks = append(ch.Blocks, table)
			case 5:
				ch.Blocks = append(ch.Blocks, &content.Picture{Key: s("key"), Title: s("title"), Subtitle: s("subtitle"), Source: s("source"), Alt: s("alt"), Markup: template.HTML(s("markup")), Table: s("table")})
			}
		}
		c.Chapters = append(c.Chapters, ch)
	}
	for range some("figures") {
		c.Figures = append(c.Figures, content.Figure{ID: s("id"), Measure: s("measure"), Split: s("split"), State: s("state"), Value: value(), Numerator: value(), Denominator: value(), Low: value(), High: value(), Was: value(), Marks: marks(), Covers: s("covers"), Source: s("source")})
	}
	for range some("definitions") {
		c.Definitions = append(c.Definitions, content.Definition{Version: s("version"), Name: s("name"), Counts: s("counts"), Not: s("not")})
	}
	return c
}

// TestStored is the round trip: what is read back is equal and encodes to the same bytes.
func TestStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawContent(t)
		stored, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := content.Decode(stored)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(c, back) {
			t.Fatalf("%+v\nwas read back as\n%+v", c, back)
		}
		again, err := back.Encode()
		if err != nil || !bytes.Equal(stored, again) {
			t.Fatalf("encoded again: %v\n%s\n%s", err, stored, again)
		}
	})
}

// stranger is no kind that can be stored.
type stranger struct{ content.Block }

func TestStoredRefuses(t *testing.T) {
	for _, bad := range []string{"", "{", `{"chapters":[{"blocks":[{}]}]}`, `{"chapters":[{"blocks":[{"film":{}}]}]}`, `{"chapters":[{"blocks":[{"para":{},"heading":{}}]}]}`, `{"chapters":7}`} {
		if c, err := content.Decode([]byte(bad)); err == nil {
			t.Errorf("%q was read as %+v", bad, c)
		}
	}
	if _, err := content.Decode([]byte(`{"title":"A","later":1,"chapters":[{"key":"k","blocks":[{"para":{"text":"p","weight":2}}]}]}`)); err != nil {
		t.Errorf("fields of a newer program: %v", err)
	}
	for name, b := range map[string]content.Block{"a strange block": stranger{}, "no block": nil, "NaN": &content.Table{Rows: []content.Row{{Cells: []content.Cell{{Number: number(math.NaN())}}}}}} {
		c := &content.Content{Chapters: []content.Chapter{{Blocks: []content.Block{b}}}}
		if stored, err := c.Encode(); err == nil {
			t.Errorf("%s was stored as %s", name, stored)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"title":"A","chapters":[{"key":"k","blocks":[{"para":{"text":"p"}},{"table":{"number":1,"rows":[{"cells":[{"number":1e3,"marks":["p"]}]}]}}]}]}`))
	f.Fuzz(func(t *testing.T, stored []byte) {
		c, err := content.Decode(stored)
		if err != nil {
			return
		}
		one, err := c.Encode()
		if err != nil {
			t.Fatalf("what was read cannot be stored: %v", err)
		}
		back, err := content.Decode(one)
		if err != nil {
			t.Fatal(err)
		}
		if two, err := back.Encode(); err != nil || !bytes.Equal(one, two) {
			t.Fatalf("%v: %s, then %s", err, one, two)
		}
		c.Document()
		_ = c.Fault()
	})
}
