package content_test

import (
	"math"
	"strings"
	"testing"

	"everykit/bulletin/content"
)

func number(v float64) *float64 { return &v }

func TestShown(t *testing.T) {
	for _, c := range []struct {
		cell         content.Cell
		places       int
		shown, plain string
	}{
		{content.Cell{Number: number(1234)}, 0, "1,234", "1234"},
		{content.Cell{Number: number(1234), Marks: []content.Mark{content.Provisional}}, 0, "1,234 [p]", "1234"},
		{content.Cell{Number: number(61.2), Marks: []content.Mark{content.Revised}}, 1, "61.2 [r]", "61.2"},
		{content.Cell{Number: number(61), Marks: []content.Mark{content.Revised, content.Provisional, content.Revised}}, 1, "61.0 [p] [r]", "61.0"},
		{content.Cell{Number: number(-1234567.25)}, 1, "−1,234,567.3", "-1234567.3"},
		{content.Cell{Number: number(-0.04)}, 1, "0.0", "0.0"},
		{content.Cell{Number: number(0)}, 0, "0", "0"},
		{content.Cell{Marks: []content.Mark{content.Suppressed}}, 0, "[c]", "[c]"},
		{content.Cell{Marks: []content.Mark{content.NotThere}}, 2, "[x]", "[x]"},
		{content.Cell{Marks: []content.Mark{content.Revised, content.Suppressed}}, 2, "[c] [r]", "[c]"},
		{content.Cell{Marks: []content.Mark{content.Provisional, content.NotThere}}, 2, "[x] [p]", "[x]"},
		{content.Cell{Number: number(3), Marks: []content.Mark{content.Suppressed}}, 0, "[c]", "[c]"},
		{content.Cell{Text: "a person of 3", Marks: []content.Mark{content.Suppressed}}, 0, "[c]", "[c]"},
		{content.Cell{Text: "2,000 people, not − known"}, 0, "2,000 people, not − known", "2,000 people, not − known"},
		{content.Cell{Text: "July", Marks: []content.Mark{content.Provisional}}, 0, "July [p]", "July"},
		{content.Cell{Marks: []content.Mark{content.Provisional}}, 0, "[p]", ""},
		{content.Cell{}, 0, "", ""},
	} {
		if got := c.cell.Shown(c.places); got != c.shown {
			t.Errorf("%+v is shown as %q, not %q", c.cell, got, c.shown)
		}
		if got := c.cell.Plain(c.places); got != c.plain {
			t.Errorf("%+v is written as %q, not %q", c.cell, got, c.plain)
		}
	}
}

func TestMeanings(t *testing.T) {
	for _, m := range []content.Mark{content.Suppressed, content.NotThere, content.Provisional, content.Revised} {
		if m.Meaning() == "" || strings.HasSuffix(m.Meaning(), ".") {
			t.Errorf("%s means %q", m, m.Meaning())
		}
	}
	if got := content.Mark("z").Meaning(); got != "" {
		t.Errorf("a mark that is not known means %q", got)
	}
}

func TestFault(t *testing.T) {
	whole := func() *content.Content {
		return &content.Content{Chapters: []content.Chapter{{Key: "a", Blocks: []content.Block{&content.Table{
			Number: 1, Key: "t", Title: "T", Columns: []content.Column{{Label: "Area"}, {Label: "Kits", Numeric: true}},
			Rows: []content.Row{{Cells: []content.Cell{{Text: "Fife"}, {Number: number(4)}}}, {Cells: []content.Cell{{Text: "Moray"}, {Marks: []content.Mark{"c"}}}}, {}},
		}}}}, Figures: []content.Figure{{ID: "f", Value: number(3)}, {ID: "g", Marks: []content.Mark{"c"}, Was: number(9), Denominator: number(9)}}}
	}
	if err := whole().Fault(); err != nil {
		t.Fatalf("a sound content is said to be wrong: %v", err)
	}
	for name, c := range map[string]struct {
		spoil func(*content.Content, *content.Table)
		says  string
	}{
		"hidden":     {func(_ *content.Content, t *content.Table) { t.Rows[1].Cells[1].Number = number(3) }, "table 1, row 2, Kits is marked [c]"},
		"infinite":   {func(_ *content.Content, t *content.Table) { t.Rows[0].Cells[1].Number = number(math.Inf(1)) }, "row 1, Kits is no number"},
		"wide":       {func(_ *content.Content, t *content.Table) { t.Rows[2].Cells = make([]content.Cell, 3) }, "row 3 has 3 cells for 2 columns"},
		"number":     {func(_ *content.Content, t *content.Table) { t.Number = 2 }, `"T" has the number 2`},
		"key":        {func(_ *content.Content, t *content.Table) { t.Key = "" }, "which is empty"},
		"no columns": {func(_ *content.Content, t *content.Table) { t.Columns, t.Rows = nil, nil }, "no columns"},
		"twice": {func(c *content.Content, t *content.Table) {
			again := *t
			again.Number = 2
			c.Chapters[0].Blocks = append(c.Chapters[0].Blocks, &again)
		}, "another table's"},
		"hidden figure": {func(c *content.Content, _ *content.Table) { c.Figures[1].Numerator = number(2) }, "the figure g is marked [c]"},
		"odd figure":    {func(c *content.Content, _ *content.Table) { c.Figures[0].Value = number(math.NaN()) }, "the figure f is no number"},
	} {
		bad := whole()
		c.spoil(bad, bad.Tables()[0])
		err := bad.Fault()
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, and not %q", name, err, c.says)
		}
		if err != nil && strings.Contains(err.Error(), "3)") {
			t.Errorf("%s: the message has the number that is to be hidden: %v", name, err)
		}
	}
}
