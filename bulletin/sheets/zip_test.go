package sheets_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"everykit/bulletin/content"
	"everykit/table"
)

// described is what a program reads of datapackage.json.
type described struct {
	Profile, Name, Title, Created, Version string
	Licenses                               []struct{ Name string }
	Resources                              []struct {
		Name, Path, Title, Mediatype, Hash string
		Number, Bytes                      int
		Sources                            []struct{ Title string }
		Schema                             struct {
			Fields        []struct{ Name, Type, Title, Unit string }
			MissingValues []string
		}
	}
}

func unpack(t *testing.T, c *content.Content) (map[string]string, described) {
	t.Helper()
	files := parts(t, formats(c)["tables.zip"])
	var d described
	if err := json.Unmarshal([]byte(files["datapackage.json"]), &d); err != nil {
		t.Fatal(err)
	}
	return files, d
}

func rowsOf(t *testing.T, body string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestPackage holds the description against the files: each is there, of that size and sum, with those columns, and every
// cell is of the type that it says or stands for none.
func TestPackage(t *testing.T) {
	files, d := unpack(t, sample())
	if d.Profile != "tabular-data-package" || d.Name != "bulletin-2021-22-q2" || d.Created != "2022-03-29T00:00:00Z" || d.Version != "1" || d.Licenses[0].Name != "OGL-UK-3.0" {
		t.Errorf("the package is %+v", d)
	}
	var paths []string
	for _, r := range d.Resources {
		paths = append(paths, r.Path)
		body, is := files[r.Path]
		sum := sha256.Sum256([]byte(body))
		if !is || r.Bytes != len(body) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Mediatype != "text/csv" {
			t.Errorf("%s is not the file that is described: %+v", r.Path, r)
		}
		rows := rowsOf(t, body)
		for i, f := range r.Schema.Fields {
			if rows[0][i] != f.Name && table.Unguard(rows[0][i]) != f.Name {
				t.Errorf("%s: column %d is %s and not %s", r.Path, i+1, rows[0][i], f.Name)
			}
			for _, row := range rows[1:] {
				if slices.Contains(r.Schema.MissingValues, row[i]) {
					continue
				}
				var err error
				switch f.Type {
				case "integer":
					_, err = strconv.Atoi(row[i])
				case "number":
					_, err = strconv.ParseFloat(row[i], 64)
				}
				if err != nil {
					t.Errorf("%s, %s: %v", r.Path, f.Name, err)
				}
			}
		}
	}
	if got := strings.Join(paths, " "); got != "kits_by_channel.csv areas___boards.csv odd.csv notices.csv notes.csv" || len(files) != 6 {
		t.Errorf("the files are %s", got)
	}
	one := d.Resources[0]
	var fields []string
	for _, f := range one.Schema.Fields {
		fields = append(fields, f.Name+":"+f.Type+":"+f.Unit)
	}
	if got := strings.Join(fields, " "); got != "channel:string: q1:integer:kits q1_marks:string: q2:integer:kits q2_marks:string: change:number:" {
		t.Errorf("the fields are %s", got)
	}
	if !slices.Contains(one.Schema.MissingValues, "[c]") || one.Sources[0].Title != "returns of the boards" || one.Number != 1 {
		t.Errorf("the first is %+v", one)
	}
	want := "channel,q1,q1_marks,q2,q2_marks,change\nCommunity,5021,,5640,[r],12.3\nPrison,450,,399,,-11.3\nAmbulance,1180,[p],862,[p] [r],[x]\nPeer networks,[c],,[c],[r],[x]\nNot attributed,0,,23,,\nAll,1234567,,7219,,0.0\n"
	if got := files["kits_by_channel.csv"]; got != want {
		t.Errorf("the first table is\n%s", got)
	}
	notes := rowsOf(t, files["notes.csv"])
	if len(notes) != 8 || notes[1][0] != "[c]" || notes[1][2] != "Table 1" || notes[5][0] != "note 1" || notes[5][2] != "Table 1, Table 2" || notes[6][1] != "'=1+1 is no formula." {
		t.Errorf("the notes are %q", notes)
	}
	if strings.Contains(files["datapackage.json"], "3.9") || strings.Contains(files["kits_by_channel.csv"], "12.32") {
		t.Error("there are more decimals than are shown")
	}
}

// TestNoFormula looks at every cell of every CSV.
func TestNoFormula(t *testing.T) {
	files, _ := unpack(t, sample())
	for name, body := range files {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		for i, row := range rowsOf(t, body) {
			for _, cell := range row {
				lead := strings.TrimLeft(cell, " \t\r\n")
				if lead == "" || !strings.ContainsAny(lead[:1], "=+-@") {
					continue
				}
				if _, err := strconv.ParseFloat(lead, 64); err != nil {
					t.Errorf("%s, row %d: a spreadsheet may run %q", name, i+1, cell)
				}
			}
		}
	}
}

// TestSameAsThePage parses the page and holds each table of it against its CSV, cell by cell.
func TestSameAsThePage(t *testing.T) {
	c := sample()
	files, d := unpack(t, c)
	root, err := html.Parse(strings.NewReader(string(c.Document().Page())))
	if err != nil {
		t.Fatal(err)
	}
	shown := tablesIn(root)
	found := 0
	for i, tb := range c.Tables() {
		rows := rowsOf(t, files[d.Resources[i].Path])[1:]
		if len(rows) == 0 {
			continue // the page says that there is nothing
		}
		page, is := shown["table-"+strings.ReplaceAll(strings.ReplaceAll(tb.Key, " ", "-"), "&", "-")]
		if !is {
			t.Errorf("the page has no table %s", tb.Key)
			continue
		}
		if len(page) != len(rows)+1 {
			t.Fatalf("%s: %d rows on the page and %d in the CSV", tb.Key, len(page)-1, len(rows))
		}
		for n, row := range rows {
			at := 0
			for j, col := range tb.Columns {
				cell := table.Unguard(row[at])
				if v, err := strconv.ParseFloat(cell, 64); err == nil && tb.Rows[n].Cells != nil && j < len(tb.Rows[n].Cells) && tb.Rows[n].Cells[j].Number != nil {
					cell = grouped(v, col.Places)
				}
				at++
				if fields := d.Resources[i].Schema.Fields; at < len(fields) && strings.HasSuffix(fields[at].Name, "_marks") {
					if row[at] != "" {
						cell += " " + row[at]
					}
					at++
				}
				if got := page[n+1][j]; strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(cell), " ") {
					t.Errorf("%s, row %d, %s: the page has %q and the CSV %q", tb.Key, n+1, col.Label, got, cell)
				}
				found++
			}
		}
	}
	if found < 152*3 {
		t.Errorf("only %d cells were compared", found)
	}
}

// grouped writes a number as people read it, by another way than the program's.
func grouped(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, rest, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + rest
	}
	return sign + whole
}

// tablesIn are the cells of a page's tables by id.
func tablesIn(root *html.Node) map[string][][]string {
	all := map[string][][]string{}
	id := ""
	var text func(*html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		s := ""
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			s += text(c)
		}
		return s
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Data {
		case "table":
			id = ""
			for _, a := range n.Attr {
				if a.Key == "id" {
					id = a.Val
				}
			}
		case "tr":
			all[id] = append(all[id], nil)
		case "th", "td":
			rows := all[id]
			rows[len(rows)-1] = append(rows[len(rows)-1], text(n))
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return all
}
