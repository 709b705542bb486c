package content_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"everykit/bulletin/content"
	"everykit/document"
)

func table(n int, key string, marks ...content.Mark) *content.Table {
	return &content.Table{
		Number: n, Key: key, Title: "Kits by channel", Subtitle: "Kits supplied, Scotland, 2021/22-Q2", Source: "returns", Notes: []string{"a note"},
		Columns: []content.Column{{Key: "channel", Label: "Channel"}, {Key: "kits", Label: "Kits", Numeric: true}, {Key: "share", Label: "Share", Numeric: true, Places: 1}},
		Rows: []content.Row{
			{Cells: []content.Cell{{Text: "Prison"}, {Number: number(1234), Marks: marks}, {Number: number(7.25)}}},
			{Cells: []content.Cell{{Text: "All"}}, Total: true},
		},
	}
}

func TestDocument(t *testing.T) {
	c := &content.Content{
		Title: "Naloxone", Subtitle: "Scotland", Language: "en-GB", PublishedOn: "2022-03-29", Meta: []content.Pair{{Name: "Period", Value: "2021/22-Q2"}},
		Chapters: []content.Chapter{
			{Key: "introduction", Title: "Introduction", Blocks: []content.Block{content.Para{Text: "Hello."}}},
			{Key: "community", Title: "Community", Blocks: []content.Block{
				content.Heading{Text: "One"},
				content.Points{Items: []string{"a"}},
				content.Commentary{Source: "*b*"},
				&content.Picture{Key: "p", Title: "It rose", Subtitle: "s", Source: "r", Alt: "words", Markup: "<svg></svg>", Table: "kits"},
				table(1, "kits", content.Revised, content.Provisional),
			}},
		},
	}
	want := []document.Chapter{
		{Key: "introduction", Title: "Introduction", Blocks: []document.Block{
			document.Para{Text: "Hello."},
			document.Heading{Text: "What the marks mean"},
			document.Points{Items: []string{"[p] provisional: part of the figures for this period is still missing.", "[r] revised: the figure is not the same as in an earlier edition."}},
		}},
		{Key: "community", Title: "Community", Blocks: []document.Block{
			document.Heading{Text: "One"},
			document.Points{Items: []string{"a"}},
			document.Markdown{Source: "*b*"},
			document.Picture{Key: "p", Title: "It rose", Subtitle: "s", Source: "r", Alt: "words", Markup: "<svg></svg>"},
			document.Table{
				Key: "table-kits", Caption: "Table 1. Kits by channel. Kits supplied, Scotland, 2021/22-Q2", Source: "returns", Notes: []string{"a note"},
				Columns: []document.Column{{Key: "channel", Label: "Channel"}, {Key: "kits", Label: "Kits", Numeric: true}, {Key: "share", Label: "Share", Numeric: true}},
				Rows:    []document.Row{{Cells: []string{"Prison", "1,234 [p] [r]", "7.3"}}, {Cells: []string{"All"}, Total: true}},
			},
		}},
	}
	d := c.Document()
	if !reflect.DeepEqual(d.Chapters, want) {
		t.Errorf("the chapters are\n%+v\nand not\n%+v", d.Chapters, want)
	}
	if d.Title != "Naloxone" || d.Made.String() != "2022-03-29" || len(d.Meta) != 1 || d.Meta[0].Value != "2021/22-Q2" || d.Language != "en-GB" {
		t.Errorf("the front is %+v", d)
	}
	if strings.Contains(string(d.Body()), "draft") {
		t.Error("what is published calls itself a draft")
	}
	if !reflect.DeepEqual(c.Document(), d) {
		t.Error("the second document is another one")
	}
}

// TestDraftSaysSo, also where the bulletin begins with a table.
func TestDraftSaysSo(t *testing.T) {
	c := &content.Content{Title: "Naloxone", Draft: true, Chapters: []content.Chapter{{Key: "tables", Title: "Tables", Blocks: []content.Block{content.Para{Text: "First."}, table(1, "a", content.Suppressed)}}}}
	d := c.Document()
	if d.Title != "Draft: Naloxone" {
		t.Errorf("the title is %q", d.Title)
	}
	if got := d.Chapters[0].Blocks[0]; got != document.Block(document.Para{Text: content.DraftWords}) {
		t.Errorf("the first words are %+v", got)
	}
	page := string(d.Page())
	said := []int{strings.Index(page, content.DraftWords), strings.Index(page, "First."), strings.Index(page, content.MarksTitle), strings.Index(page, "<table")}
	if !slices.IsSorted(said) || said[0] < 0 {
		t.Errorf("draft, first words, marks and table stand at %v", said)
	}
	if strings.Contains(page, "1,234") {
		t.Error("a hidden number is shown")
	}
	if strings.Contains(page, "provisional") {
		t.Error("a mark is explained that is not used")
	}
}

func TestDocumentOfNothing(t *testing.T) {
	for _, c := range []*content.Content{{}, {Draft: true}, {Chapters: []content.Chapter{{}}}} {
		d := c.Document()
		if strings.Contains(string(d.Page()), content.MarksTitle) {
			t.Error("marks are explained where there is no table")
		}
		if d.Made != 0 {
			t.Errorf("it was made on %s", d.Made)
		}
	}
}
