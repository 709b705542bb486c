package sheets_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/document"
)

// poppler runs one of its programs. Where CI is set it must be there.
func poppler(t *testing.T, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatalf("%s is not here, and must be where CI is set: %v", program, err)
	case err != nil:
		t.Skipf("%s is not here", program)
	}
	out, err := exec.Command(path, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestPDF prints a bulletin with Chromium and without: the first is tagged and has the chapters as bookmarks, and both have every
// cell of every table and the words of the marks.
func TestPDF(t *testing.T) {
	c := sample()
	c.Chapters[3].Blocks = slices.Delete(c.Chapters[3].Blocks, 1, 2) // odd letters are document's matter
	c.Tables()[2].Number = 3                                         // in place of the one left out
	for _, name := range []string{"chromium", "plain"} {
		t.Run(name, func(t *testing.T) {
			p := document.Printer{Trouble: func(err error) { t.Error(err) }}
			if name == "plain" {
				p.Chromium = "none"
			}
			pdf, err := p.PDF(t.Context(), c.Document())
			if err != nil {
				t.Fatal(err)
			}
			if name == "chromium" && !bytes.Contains(pdf, []byte("Skia")) {
				if os.Getenv("CI") != "" {
					t.Fatal("Chromium is not here, and must be where CI is set")
				}
				t.Skip("Chromium is not here")
			}
			file := filepath.Join(t.TempDir(), "bulletin.pdf")
			if err := os.WriteFile(file, pdf, 0o600); err != nil {
				t.Fatal(err)
			}
			if dir := os.Getenv("EVERYKIT_SHOW"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o600); err != nil {
					t.Error(err)
				}
			}
			info := poppler(t, "pdfinfo", file)
			if name == "chromium" {
				if !strings.Contains(info, "Tagged:          yes") || !strings.Contains(info, "Title:           National Naloxone Programme Scotland") {
					t.Errorf("pdfinfo says %s", info)
				}
				tags := poppler(t, "pdfinfo", "-struct-text", file)
				for _, want := range []string{"Table", "TH", "TD", "H1", "H2", "Community", "Figure"} {
					if !strings.Contains(tags, want) {
						t.Errorf("there is no %q among the tags", want)
					}
				}
			}
			if !strings.Contains(string(pdf), "/Outlines") || !strings.Contains(info, "29") {
				t.Errorf("no bookmarks, or not of its day: %s", info)
			}
			words := strings.Fields(poppler(t, "pdftotext", "-layout", file, "-"))
			said := " " + strings.Join(words, " ") + " "
			for _, tb := range c.Tables() {
				if !strings.Contains(said, " Table "+strconv.Itoa(tb.Number)+". ") {
					t.Errorf("table %d has no number in its caption", tb.Number)
				}
				for i, r := range tb.Rows {
					for j, cell := range r.Cells {
						if want := cell.Shown(tb.Columns[j].Places); !strings.Contains(said, " "+want+" ") && !strings.Contains(said, strings.ReplaceAll(want, "−", "-")) {
							t.Errorf("table %d, row %d: %q is not in it", tb.Number, i+1, want)
						}
					}
				}
			}
			for _, want := range []string{"What the marks mean", "[c] hidden", "Contents", "One bar.", "A word of the analyst."} {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not in it", want)
				}
			}
			if strings.Contains(said, "draft") {
				t.Error("what is published calls itself a draft")
			}
		})
	}
}
