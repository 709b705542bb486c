package sheets_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"everykit/bulletin/content"
	"everykit/bulletin/sheets"
)

// TestJSON reads bulletin.json as a stranger would, who knows nothing of our types.
func TestJSON(t *testing.T) {
	c := sample()
	body := formats(c)["bulletin.json"]
	var got struct {
		Format, Title, Slug, Period, Language string
		Edition                               int
		Draft                                 bool
		PublishedOn                           string           `json:"published_on"`
		Marks                                 []map[string]any `json:"marks"`
		Figures                               []map[string]any
		Definitions                           []map[string]any
		Chapters                              []struct {
			Key    string
			Blocks []map[string]any
		}
		Tables []struct {
			Number  int
			Key     string
			Columns []map[string]any
			Rows    []struct {
				Total bool
				Cells []map[string]any
			}
			Notes []string
		}
	}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if got.Format != sheets.Format || got.Title != c.Title || got.Slug != c.Slug || got.Edition != 1 || got.Draft || got.PublishedOn != "2022-03-29" || len(got.Marks) != 4 || len(got.Definitions) != 1 {
		t.Errorf("the front is %+v", got)
	}
	if f := got.Figures[1]; f["value"] != 61.2 || f["was"] != 59.3 || !reflect.DeepEqual(f["marks"], []any{"r"}) || f["definition"] != "reach/1" {
		t.Errorf("reach is %v", f)
	}
	if f := got.Figures[2]; f["value"] != nil || f["state"] != "suppressed" {
		t.Errorf("a hidden figure is %v", f)
	}
	if _, is := got.Figures[2]["value"]; !is {
		t.Error("a hidden figure has no null")
	}
	var kinds []string
	for _, ch := range got.Chapters {
		for _, b := range ch.Blocks {
			kinds = append(kinds, b["kind"].(string))
		}
	}
	if k := strings.Join(kinds, " "); k != "paragraph points picture table heading commentary table table table paragraph" {
		t.Errorf("the blocks are %s", k)
	}
	tb := got.Tables[0]
	for _, want := range []struct {
		row, cell int
		is        map[string]any
	}{
		{0, 0, map[string]any{"shown": "Community"}},
		{2, 2, map[string]any{"shown": "862 [p] [r]", "value": 862.0, "marks": []any{"r", "p"}, "figure": "dispensed|862"}},
		{3, 1, map[string]any{"shown": "[c]", "value": nil, "marks": []any{"c"}}},
		{4, 3, map[string]any{"shown": "", "value": nil}},
		{0, 3, map[string]any{"shown": "12.3", "value": 12.3, "figure": "dispensed|12.3282"}},
	} {
		if is := tb.Rows[want.row].Cells[want.cell]; !reflect.DeepEqual(is, want.is) {
			t.Errorf("cell %d of row %d is %v and not %v", want.cell, want.row, is, want.is)
		}
	}
	if !tb.Rows[5].Total || tb.Rows[0].Total || len(tb.Notes) != 2 || len(got.Tables[1].Rows) != 152 {
		t.Errorf("the tables are %+v", tb)
	}
	if strings.Contains(string(body), "<svg") {
		t.Error("a picture is in it")
	}
}

func TestStrangeBlock(t *testing.T) {
	c := nothing()
	c.Chapters[0].Blocks = append(c.Chapters[0].Blocks, struct{ content.Block }{})
	if body, err := sheets.JSON(c); err == nil {
		t.Errorf("a block of no known kind became %s", body)
	}
}
