package page_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"everykit/web/page"
)

func TestTableEscapesWhatItIsGiven(t *testing.T) {
	const evil = `<script>alert("x")</script>`
	for _, stack := range []bool{false, true} {
		tag := page.Tag{Text: evil, Tone: page.Tone(`"><script>`)}
		table := page.Table{
			Caption: evil, Note: evil, CSV: `javascript:alert(1)`, Stack: stack,
			Columns: []page.Column{{Label: evil, Definition: `"><script>`}, {Label: "n", Numeric: true}},
			Rows:    []page.Row{{Cells: []page.Cell{{Text: evil, Href: `javascript:alert(1)`, Sub: evil, Tag: &tag}, page.CountCell(1234)}}},
		}
		got := string(table.Markup())
		for _, never := range []string{"<script", "javascript:", `"x"`} {
			if strings.Contains(got, never) {
				t.Errorf("stack %v: %q is in %s", stack, never, got)
			}
		}
		for _, want := range []string{"&lt;script&gt;", "1,234", "--numeric", `scope="row"`, `scope="col"`} {
			if !strings.Contains(got, want) {
				t.Errorf("stack %v: %q is not in %s", stack, want, got)
			}
		}
	}
}

func TestTableWithoutRows(t *testing.T) {
	got := string(page.Table{Caption: "On the way", Empty: "Nothing & nobody.", CSV: "/x.csv"}.Markup())
	if !strings.Contains(got, "Nothing &amp; nobody.") || strings.Contains(got, "<table") {
		t.Errorf("an empty table is %s", got)
	}
}

func TestSafeHref(t *testing.T) {
	for in, want := range map[string]string{
		"/lots/1": "/lots/1", "#kits": "#kits", "?page=2": "?page=2", "https://example.org": "https://example.org",
		"javascript:alert(1)": "#", "//elsewhere": "#", `/\elsewhere`: "#", "http://plain": "#", "data:text/html,x": "#", "": "#",
	} {
		if got := page.SafeHref(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func rows(n int) page.Table {
	table := page.Table{Caption: "Stock card", Columns: page.Columns("Day", "Deed", "#In", "#Out", "#Balance", "Who")}
	for i := range n {
		table.Rows = append(table.Rows, page.Row{Cells: []page.Cell{
			page.TextCell("23 November 2026"), page.LinkCell("Supply", "/movements/1"), page.CountCell(0), page.CountCell(2), page.CountCell(int64(i)), page.TextCell("Amina Yusuf"),
		}})
	}
	return table
}

// BenchmarkPageOf50Rows draws a staff page as the server does, compressed.
func BenchmarkPageOf50Rows(b *testing.B) {
	set := page.MustParse(folder(map[string]string{"p.html": `{{define "main"}}{{template "heading" $}}{{template "table" .Body}}{{end}}`}), "*.html")
	s := shell()
	h := page.Gzip(s.Handle(func(w http.ResponseWriter, r *http.Request) error {
		v := s.View(r, "Stock card")
		v.Body = rows(50)
		return set.Render(w, http.StatusOK, "p", v)
	}))
	for _, encoding := range []string{"identity", "gzip"} {
		b.Run(encoding, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/x", nil)
			r.Header.Set("Accept-Encoding", encoding)
			for b.Loop() {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
