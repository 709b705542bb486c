package disclosure

import (
	"strings"
	"testing"

	"everykit/fault"
)

func table(name, body string) File { return File{name, strings.NewReader(body)} }

// TestPublishedTables reads tables as people publish them, and lets the attacker try.
func TestPublishedTables(t *testing.T) {
	for name, x := range map[string]struct {
		how   Reading
		files []File
		finds string // cell and what it is
	}{
		"one is hidden in a row": {Reading{}, []File{table("a.csv", "\ufeffarea,Male,Female,Total\nX,12,[c],15\nY,20,30,50\n")}, "X | Female=3"},
		"a column gives it":      {Reading{}, []File{table("a.csv", "area,m,f\nX,[c],[c]\nY,20,30\nTotal,23,40\n")}, "X | m=3"},
		"protected":              {Reading{}, []File{table("a.csv", "area,m,f,Total\nX,[c],[c],40\nY,[c],[c],50\nTotal,40,50,90\n")}, ""},
		"another word for total": {Reading{Totals: []string{"England"}}, []File{table("a.csv", "area,kits\nX,12\nY,[c]\nEngland,14\n")}, "Y=2"},
		"a cell a row":           {Reading{Value: "Count"}, []File{table("a.csv", "area,sex,count,state\nX,m,[c],suppressed\nX,f,12,counted\nX,all,14,counted\n")}, "X | m=2"},
		"thousands":              {Reading{}, []File{table("a.csv", "area,m,f,Total\nX,\"1,200\",[c],\"1,203\"\n")}, "X | f=3"},
		"an earlier edition":     {Reading{}, []File{table("1.csv", "area,m,f,x,Total\nX,7,12,20,39\n"), table("2.csv", "area,m,f,x,Total\nX,[c],[c],20,35\n")}, "X | m=3"},
		"a part that is missing": {Reading{}, []File{table("a.csv", "area,m,f,x,Total\nX,12,[c],,15\nY,1,2,3,6\n")}, ""},
	} {
		list, err := ReadTables(x.how, x.files...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := ""
		for _, e := range Attack(list...) {
			if e.Sure && e.Pinned() {
				found = e.Cell + "=" + string(rune('0'+e.Low))
			}
		}
		if found != x.finds {
			t.Errorf("%s: found %q, not %q", name, found, x.finds)
		}
	}
}

// TestBadTables gives files that are none.
func TestBadTables(t *testing.T) {
	for body, says := range map[string]string{
		"":                          "no rows",
		"area,m\n":                  "no rows",
		"area,m\nX,1,2\n":           "row 2: 3 cells, and the header has 2",
		"area,m\nX,about 3\n":       `row 2: "about 3" is no count`,
		"area,m\nX,-1\n":            `"-1" is no count`,
		"area,m\nX,1\nX,2\n":        `row 3: "X | m" is there already, in row 2`,
		"area,kits,people\nX,1,2\n": "two columns that may be the counts: kits and people",
		"area,m\nX,\n":              "no counts",
		"area,m\nX,\"1\n":           "cannot be read as CSV",
		"area,m\nX,[x]\nY,\n":       "no counts",
		"area,m\nX,12.5\n":          `"12.5" is no count`,
	} {
		_, err := ReadTables(Reading{}, table("t.csv", body))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", body, err)
		}
	}
	if _, err := ReadTables(Reading{Value: "people"}, table("t.csv", "area,m\nX,1\n")); !fault.Is(err, fault.Invalid) {
		t.Errorf("a column that is not there: %v", err)
	}
	if _, err := ReadTables(Reading{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no files: %v", err)
	}
}
