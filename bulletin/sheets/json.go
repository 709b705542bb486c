package sheets

import (
	"bytes"
	"encoding/json"
	"fmt"

	"everykit/bulletin/content"
)

// Format names the shape of bulletin.json. It changes when something is taken away or means something else; what is only
// added leaves it as it is.
const Format = "everykit-bulletin/1"

// The shape of bulletin.json. Everything that the page says is in it, but pictures are their words. A figure has its unrounded
// value; a cell of a table the value that is shown, null where a column of numbers has none.
type (
	bulletinJSON struct {
		Format      string               `json:"format"`
		Title       string               `json:"title"`
		Subtitle    string               `json:"subtitle"`
		Language    string               `json:"language"`
		Slug        string               `json:"slug"`
		Edition     int                  `json:"edition"`
		Draft       bool                 `json:"draft"`
		PublishedOn string               `json:"published_on,omitempty"`
		Area        string               `json:"area"`
		AreaName    string               `json:"area_name"`
		Period      string               `json:"period"`
		Meta        []content.Pair       `json:"meta"`
		Marks       []markJSON           `json:"marks"` // all that there are, used or not
		Definitions []content.Definition `json:"definitions"`
		Figures     []content.Figure     `json:"figures"`
		Chapters    []chapterJSON        `json:"chapters"`
		Tables      []tableJSON          `json:"tables"`
	}
	markJSON struct {
		Mark    content.Mark `json:"mark"`
		Meaning string       `json:"meaning"`
	}
	chapterJSON struct {
		Key    string      `json:"key"`
		Title  string      `json:"title"`
		Blocks []blockJSON `json:"blocks"`
	}
	// blockJSON is of a kind: heading, paragraph, points, commentary (Markdown), table (its key) or picture.
	blockJSON struct {
		Kind     string   `json:"kind"`
		Text     string   `json:"text,omitempty"` // of a picture: its alternative
		Items    []string `json:"items,omitempty"`
		Key      string   `json:"key,omitempty"`
		Title    string   `json:"title,omitempty"`
		Subtitle string   `json:"subtitle,omitempty"`
		Source   string   `json:"source,omitempty"`
		Table    string   `json:"table,omitempty"` // key of the table; of a picture, the one with the same figures
	}
	tableJSON struct {
		Number   int          `json:"number"`
		Key      string       `json:"key"`
		Title    string       `json:"title"`
		Subtitle string       `json:"subtitle"`
		Source   string       `json:"source"`
		Columns  []columnJSON `json:"columns"`
		Rows     []rowJSON    `json:"rows"`
		Notes    []string     `json:"notes"`
	}
	columnJSON struct {
		Key    string `json:"key"`
		Label  string `json:"label"`
		Type   string `json:"type"` // string, integer or number
		Unit   string `json:"unit,omitempty"`
		Places int    `json:"places"`
	}
	rowJSON struct {
		Total bool       `json:"total,omitempty"`
		Cells []cellJSON `json:"cells"`
	}
	cellJSON struct {
		Shown  string          `json:"shown"`           // as on the page: 1,234 [p]
		Value  json.RawMessage `json:"value,omitempty"` // 1234; absent in a column of words
		Marks  []content.Mark  `json:"marks,omitempty"`
		Figure string          `json:"figure,omitempty"` // id of the figure
	}
)

// JSON writes bulletin.json: every figure with its definition, state and marks, every table, and the words of the chapters.
func JSON(c *content.Content) ([]byte, error) {
	if err := c.Fault(); err != nil {
		return nil, err
	}
	out := bulletinJSON{
		Format: Format, Title: c.Title, Subtitle: c.Subtitle, Language: language(c), Slug: c.Slug, Edition: c.Edition, Draft: c.Draft, PublishedOn: dayOf(c),
		Area: c.Area, AreaName: c.AreaName, Period: c.Period, Meta: list(c.Meta), Definitions: list(c.Definitions), Figures: list(c.Figures), Chapters: []chapterJSON{}, Tables: []tableJSON{},
	}
	for _, m := range []content.Mark{content.Suppressed, content.NotThere, content.Provisional, content.Revised} {
		out.Marks = append(out.Marks, markJSON{m, m.Meaning()})
	}
	for _, ch := range c.Chapters {
		one := chapterJSON{Key: ch.Key, Title: ch.Title, Blocks: []blockJSON{}}
		for _, b := range ch.Blocks {
			j, err := blockOf(b)
			if err != nil {
				return nil, fmt.Errorf("chapter %s: %w", ch.Key, err)
			}
			one.Blocks = append(one.Blocks, j)
		}
		out.Chapters = append(out.Chapters, one)
	}
	for _, t := range c.Tables() {
		out.Tables = append(out.Tables, tableOf(t))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out)
	return b.Bytes(), err
}

// list is never null.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

func blockOf(b content.Block) (blockJSON, error) {
	switch b := b.(type) {
	case content.Heading:
		return blockJSON{Kind: "heading", Text: b.Text}, nil
	case content.Para:
		return blockJSON{Kind: "paragraph", Text: b.Text}, nil
	case content.Points:
		return blockJSON{Kind: "points", Items: b.Items}, nil
	case content.Commentary:
		return blockJSON{Kind: "commentary", Text: b.Source}, nil
	case *content.Table:
		return blockJSON{Kind: "table", Table: b.Key}, nil
	case *content.Picture:
		return blockJSON{Kind: "picture", Key: b.Key, Title: b.Title, Subtitle: b.Subtitle, Source: b.Source, Text: b.Alt, Table: b.Table}, nil
	}
	return blockJSON{}, fmt.Errorf("a block of kind %T", b)
}

func tableOf(t *content.Table) tableJSON {
	out := tableJSON{Number: t.Number, Key: t.Key, Title: t.Title, Subtitle: t.Subtitle, Source: t.Source, Rows: []rowJSON{}, Notes: list(t.Notes)}
	for j, col := range t.Columns {
		out.Columns = append(out.Columns, columnJSON{Key: col.Key, Label: col.Label, Type: kindOf(t, j), Unit: col.Unit, Places: col.Places})
	}
	for _, r := range t.Rows {
		one := rowJSON{Total: r.Total}
		for j, col := range t.Columns {
			cell := r.Cell(j)
			c := cellJSON{Shown: cell.Shown(col.Places), Marks: cell.Marks, Figure: cell.Figure}
			switch {
			case cell.HasNumber():
				c.Value = json.RawMessage(cell.Plain(col.Places))
			case col.Numeric:
				c.Value = json.RawMessage("null")
			}
			one.Cells = append(one.Cells, c)
		}
		out.Rows = append(out.Rows, one)
	}
	return out
}
