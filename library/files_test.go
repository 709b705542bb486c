package library

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// expected is what the files of testdata were made from. The files are in the manner of the program each is named after,
// with all that it writes beside what we take; the works are those of the built-in library and made-up ones.
type expected struct {
	File    string
	Records []struct {
		Title   string
		Authors [][]string // family and initials, or a body alone
		Year    int
		DOI     string
	}
}

func readExpected(t *testing.T) []expected {
	t.Helper()
	var files []expected
	data, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &files); err != nil {
		t.Fatal(err)
	}
	return files
}

// Files of other programs come in with nothing lost of title, authors, year and DOI, and are equal when they have gone out
// in any format and come in again.
func TestFilesOfOtherPrograms(t *testing.T) {
	all := 0
	for _, f := range readExpected(t) {
		t.Run(f.File, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", f.File))
			if err != nil {
				t.Fatal(err)
			}
			r, err := Read(data)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Records) != len(f.Records) || len(r.Refused) > 0 {
				t.Fatalf("%d of %d records, refused %+v", len(r.Records), len(f.Records), r.Refused)
			}
			all += len(r.Records)
			var items []Item
			for i, want := range f.Records {
				it := r.Records[i].Item
				items = append(items, it)
				var authors [][]string
				for _, n := range it.Authors {
					if n.Literal != "" {
						authors = append(authors, []string{n.Literal})
					} else {
						authors = append(authors, []string{n.Family, n.Initials()})
					}
				}
				if it.Title != want.Title || it.Year != want.Year || it.DOI != want.DOI || !reflect.DeepEqual(authors, want.Authors) {
					t.Errorf("line %d\n got %q %q %d %s\nwant %q %q %d %s", r.Records[i].Line, it.Title, authors, it.Year, it.DOI, want.Title, want.Authors, want.Year, want.DOI)
				}
				if it.Journal == "" || it.EtAl || strings.Contains(it.Note+it.Summary, "Export Date") {
					t.Errorf("line %d: %+v", r.Records[i].Line, it)
				}
			}
			again(t, items)
		})
	}
	if all < 200 {
		t.Errorf("%d records in all", all)
	}
}

// again writes items in every format and reads them.
func again(t *testing.T, items []Item) {
	t.Helper()
	for _, format := range Formats() {
		var b strings.Builder
		if err := Write(&b, format, items); err != nil {
			t.Fatal(err)
		}
		r, err := Read([]byte(b.String()))
		if err != nil || len(r.Records) != len(items) || len(r.Refused) > 0 {
			t.Fatalf("%s: %v", format, err)
		}
		for i := range items {
			if got := r.Records[i].Item; !sameRecord(&got, &items[i]) {
				t.Errorf("%s\n got %+v\nwant %+v", format, got, items[i])
			}
		}
	}
}
