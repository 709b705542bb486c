package sheets_test

import (
	"fmt"
	"html/template"
	"os"
	"testing"

	"everykit/bulletin/content"
	"everykit/draw"
)

// TestMain writes the sample's files into the folder that EVERYKIT_SHOW names, for people to look at.
func TestMain(m *testing.M) {
	if dir := os.Getenv("EVERYKIT_SHOW"); dir != "" {
		for name, body := range formats(sample()) {
			if err := os.WriteFile(dir+"/"+name, body, 0o600); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}
	os.Exit(m.Run())
}

func number(v float64) *float64 { return &v }

func word(s string) content.Cell { return content.Cell{Text: s} }

func count(v float64, marks ...content.Mark) content.Cell {
	return content.Cell{Number: number(v), Marks: marks, Figure: fmt.Sprintf("dispensed|%g", v)}
}

func mark(marks ...content.Mark) content.Cell { return content.Cell{Marks: marks} }

// odd are texts that a file could stumble over.
var odd = []string{
	`=HYPERLINK("https://elsewhere.example","x")`, "+1+1", "-2+3", "@SUM(A1)", "  =1", "'=1", "\t=1", "a\r\nb", "  two  spaces ", "<b>&amp;\"'", "_x0041_", "Ynys Môn, Łódź, 東京, 👍",
	"a,b;c", "\x00\x01\x7f\u0085", "\ufeffx\ufffe", "1,234", "2021-11-05", "TRUE", "007", "1e5", "-5", "−3.5", "[c]", "=cmd|' /C calc'!A0", " ", "'quoted",
}

// sample has what a bulletin has, and what it should not have but may.
func sample() *content.Content {
	channels := &content.Table{
		Number: 1, Key: "kits_by_channel", Title: "Prisons gave out 399 kits", Subtitle: "Kits supplied, Scotland, by quarter", Source: "returns of the boards",
		Columns: []content.Column{{Key: "channel", Label: "Channel"}, {Key: "q1", Label: "April to June 2021", Unit: "kits", Numeric: true}, {Key: "q2", Label: "July to September 2021", Unit: "kits", Numeric: true}, {Key: "change", Label: "Change, per cent", Numeric: true, Places: 1}},
		Rows: []content.Row{
			{Cells: []content.Cell{word("Community"), count(5021), count(5640, content.Revised), count(12.3282)}},
			{Cells: []content.Cell{word("Prison"), count(450), count(399), count(-11.3333)}},
			{Cells: []content.Cell{word("Ambulance"), count(1180, content.Provisional), count(862, content.Revised, content.Provisional), mark(content.NotThere)}},
			{Cells: []content.Cell{word("Peer networks"), mark(content.Suppressed), mark(content.Suppressed, content.Revised), mark(content.NotThere)}},
			{Cells: []content.Cell{word("Not attributed"), count(0), count(23)}},
			{Cells: []content.Cell{word("All"), count(1234567), count(7219), count(-0.04)}, Total: true},
		},
		Notes: []string{"Ambulance: two of three months.", "=1+1 is no formula."},
	}
	areas := &content.Table{
		Number: 2, Key: "Areas & boards", Title: "Kits by authority", Source: "the ledger",
		Columns: []content.Column{{Key: "area", Label: "Authority"}, {Key: "kits", Label: "Kits", Unit: "kits", Numeric: true}, {Key: "reach", Label: "Reach", Numeric: true, Places: 2}},
		Notes:   []string{"Ambulance: two of three months."},
	}
	for i := range 152 {
		areas.Rows = append(areas.Rows, content.Row{Cells: []content.Cell{word(fmt.Sprintf("Authority %d", i)), count(float64(i * 997)), count(float64(i)/7 - 3)}})
	}
	strange := &content.Table{Number: 3, Key: "odd", Title: "Odd <things>", Columns: []content.Column{{Key: "=a", Label: "=Words"}, {Key: "n", Label: "Number", Numeric: true}, {Key: "N", Label: "number", Numeric: true, Places: 6}, {Label: ""}}}
	for i, s := range odd {
		strange.Rows = append(strange.Rows, content.Row{Cells: []content.Cell{word(s), count(float64(-i)), word(s), {Text: s, Marks: []content.Mark{content.Provisional}}}})
	}
	empty := &content.Table{Number: 4, Key: "notices", Title: "Notices in the quarter", Columns: []content.Column{{Key: "day", Label: "Day"}, {Key: "what", Label: "What"}}, Notes: []string{"There was none."}}
	chart := draw.StackedBars(draw.Chart{ID: "chart-channels", Title: "Prisons gave out 399 kits", Subtitle: "Kits", Source: "returns", Desc: "One bar.", Labels: []string{"All"}, Series: []draw.Series{{Name: "Kits", Values: []float64{399}}}})
	return &content.Content{
		Title: "National Naloxone Programme Scotland: July to September 2021", Subtitle: "Kits of take-home naloxone", Language: "en-GB", Slug: "2021-22-q2", Edition: 1, PublishedOn: "2022-03-29",
		Area: "S92000003", AreaName: "Scotland", Period: "2021/22-Q2", Meta: []content.Pair{{Name: "Period", Value: "2021/22-Q2"}, {Name: "Published", Value: "29 March 2022"}},
		Chapters: []content.Chapter{
			{Key: "introduction", Title: "Introduction", Blocks: []content.Block{content.Para{Text: "Naloxone reverses an opioid overdose."}}},
			{Key: "main_points", Title: "Main points", Blocks: []content.Block{content.Points{Items: []string{"7,219 kits were given out.", "Prisons gave out 399."}}}},
			{Key: "community", Title: "Community", Blocks: []content.Block{
				&content.Picture{Key: "channels", Title: "Prisons gave out 399 kits", Subtitle: "Kits", Source: "returns", Alt: "One bar.", Markup: template.HTML(chart), Table: "kits_by_channel"},
				channels,
				content.Heading{Text: "Why"},
				content.Commentary{Source: "A *word* of the analyst."},
			}},
			{Key: "areas", Title: "Areas", Blocks: []content.Block{areas, strange, empty}},
			{Key: "contact", Title: "Contact", Blocks: []content.Block{content.Para{Text: "Write to naloxone@example.org."}}},
		},
		Figures: []content.Figure{
			{ID: "dispensed|S92000003|2021/22-Q2", Measure: "dispensed", Definition: "dispensed/1", Area: "S92000003", AreaName: "Scotland", Period: "2021/22-Q2", State: "counted", Value: number(7219)},
			{ID: "reach|S92000003|2021/22-Q2", Measure: "reach", Definition: "reach/1", Area: "S92000003", AreaName: "Scotland", Period: "2021/22-Q2", State: "reported", Value: number(61.2), Marks: []content.Mark{content.Revised}, Was: number(59.3)},
			{ID: "hidden", Measure: "dispensed", State: "suppressed", Marks: []content.Mark{content.Suppressed}},
		},
		Definitions: []content.Definition{{Version: "dispensed/1", Name: "Kits given out", Unit: "kits", Counts: "each kit once"}},
	}
}

// nothing is a bulletin without a table.
func nothing() *content.Content {
	return &content.Content{Title: "Nothing", Slug: "n", Draft: true, Chapters: []content.Chapter{{Key: "a", Title: "A", Blocks: []content.Block{content.Para{Text: "No data."}}}}}
}
