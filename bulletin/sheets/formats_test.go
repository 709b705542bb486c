package sheets_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"everykit/bulletin/content"
	"everykit/bulletin/sheets"
	"everykit/fault"
)

var writers = map[string]func(*content.Content) ([]byte, error){"bulletin.xlsx": sheets.XLSX, "bulletin.ods": sheets.ODS, "tables.zip": sheets.Zip, "bulletin.json": sheets.JSON}

// formats writes all of them.
func formats(c *content.Content) map[string][]byte {
	all := map[string][]byte{}
	for name, write := range writers {
		body, err := write(c)
		if err != nil {
			panic(err)
		}
		all[name] = body
	}
	return all
}

// parts are the files of a zip by name.
func parts(t *testing.T, body []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

// TestSameBytes writes each format from the sample, from one made anew and from one that was stored.
func TestSameBytes(t *testing.T) {
	stored, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := content.Decode(stored)
	if err != nil {
		t.Fatal(err)
	}
	one, two, three := formats(sample()), formats(sample()), formats(back)
	later := sample()
	later.Chapters[2].Blocks[1].(*content.Table).Rows[0].Cells[1].Number = number(5022)
	other := formats(later)
	for name := range writers {
		if !bytes.Equal(one[name], two[name]) || !bytes.Equal(one[name], three[name]) {
			t.Errorf("%s: the same content makes other bytes", name)
		}
		if bytes.Equal(one[name], other[name]) {
			t.Errorf("%s: another content makes the same bytes", name)
		}
	}
}

// TestHiddenIsNotWritten, in no format.
func TestHiddenIsNotWritten(t *testing.T) {
	c := sample()
	c.Chapters[2].Blocks[1].(*content.Table).Rows[3].Cells[1].Number = number(3)
	for name, write := range writers {
		if body, err := write(c); !fault.Is(err, fault.Refused) || body != nil {
			t.Errorf("%s: %d bytes and %v", name, len(body), err)
		}
	}
}

// TestNoAuthorAndNoClock looks through all that is in the files.
func TestNoAuthorAndNoClock(t *testing.T) {
	all := formats(sample())
	for _, name := range []string{"bulletin.xlsx", "bulletin.ods"} {
		for part, body := range parts(t, all[name]) {
			for _, not := range []string{"creator", "lastModifiedBy", "mergeCell", "columns-spanned", "rows-spanned", "covered-table-cell", "<autoFilter", `state="frozen"`, "conditionalFormat", "<f>", "table:formula", "hidden="} {
				if strings.Contains(body, not) {
					t.Errorf("%s: there is %s in %s", name, not, part)
				}
			}
		}
	}
	if core := parts(t, all["bulletin.xlsx"])["docProps/core.xml"]; !strings.Contains(core, "<dc:title>National Naloxone") || !strings.Contains(core, "<dc:language>en-GB<") || !strings.Contains(core, "2022-03-29T12:00:00Z") {
		t.Errorf("the properties are %s", core)
	}
	if meta := parts(t, all["bulletin.ods"])["meta.xml"]; !strings.Contains(meta, "<dc:title>National Naloxone") || !strings.Contains(meta, "<dc:language>en-GB<") {
		t.Errorf("the properties are %s", meta)
	}
	if !bytes.HasPrefix(all["bulletin.ods"][30:], []byte("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) || all["bulletin.ods"][6]&8 != 0 {
		t.Error("an ODS must begin with its type, with nothing beside the name")
	}
}

func TestNothing(t *testing.T) {
	all := formats(nothing())
	if got := names(readXLSX(t, all["bulletin.xlsx"])); !slices.Equal(got, []string{"Cover", "Contents", "Notes"}) {
		t.Errorf("the sheets are %v", got)
	}
	if got := names(readODS(t, all["bulletin.ods"])); !slices.Equal(got, []string{"Cover", "Contents", "Notes"}) {
		t.Errorf("the sheets are %v", got)
	}
	if cover := readXLSX(t, all["bulletin.xlsx"])[0]; cover.cells[0][0] != "Draft: Nothing" || cover.cells[1][0] != content.DraftWords {
		t.Errorf("the cover of a draft begins %q", cover.cells[:2])
	}
	z := parts(t, all["tables.zip"])
	if len(z) != 2 || z["notes.csv"] != "note,text,tables\n" || !strings.Contains(z["datapackage.json"], `"notes.csv"`) {
		t.Errorf("the zip has %v", z)
	}
	if !strings.Contains(string(all["bulletin.json"]), `"tables":[]`) || !strings.Contains(string(all["bulletin.json"]), `"draft":true`) {
		t.Errorf("JSON is %s", all["bulletin.json"])
	}
}
