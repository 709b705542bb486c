package document_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/document"
	"everykit/fault"
)

// words are those of a PDF, without the numbers of its pages.
func words(t *testing.T, pdf []byte) []string {
	t.Helper()
	return strings.Fields(regexp.MustCompile(`Page \d+ of \d+`).ReplaceAllString(strings.Join(pagesOf(t, pdf), " "), " "))
}

// pagesOf reads a PDF with pdftotext.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext here")
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-enc", "UTF-8", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(out), "\f")
}

func plain(t *testing.T, d *document.Document) []byte {
	t.Helper()
	pdf, err := (&document.Printer{Chromium: "none"}).PDF(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestPlainPDF(t *testing.T) {
	d := sample(200)
	d.Chapters[1].Blocks = append(d.Chapters[1].Blocks, document.Table{Caption: "One tall row", Columns: []document.Column{{Label: "Tall"}}, Rows: []document.Row{{Cells: []string{strings.Repeat("tall ", 5000) + "end"}}}})
	pdf := plain(t, d)
	if !bytes.Equal(pdf, plain(t, d)) {
		t.Error("the same document makes other bytes")
	}
	for _, want := range []string{"%PDF-", "/Outlines", "/Lang", "D:20181105000000"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("there is no %s", want)
		}
	}
	list := pagesOf(t, pdf)
	for i, page := range list[:len(list)-1] { // after the last is nothing
		if want := fmt.Sprintf("Page %d of %d", i+1, len(list)-1); !strings.Contains(page, want) {
			t.Errorf("%q does not stand at the foot of page %d", want, i+1)
		}
	}
	got := words(t, pdf)
	if n := count(got, "tall"); n != 5001 { // one in the caption
		t.Errorf("%d of 5000 words of a row that is taller than a page", n)
	}
	for i := range 200 {
		if name := "Authority" + strconv.Itoa(i); count(got, name) != 1 {
			t.Errorf("%s is there %d times", name, count(got, name))
		}
	}
	if n := count(got, "said"); n < 4 { // of the head "What they said"
		t.Errorf("the head of a long table is there %d times", n)
	}
	if text := strings.Join(got, " "); !strings.Contains(text, "Ynys Môn, Łódź, Ωμέγα, Москва,") || !strings.Contains(text, "□□ é ﬁ □") {
		t.Errorf("odd letters became %s", text[strings.Index(text, "<script>"):])
	}
}

func count(list []string, word string) (n int) {
	for _, w := range list {
		if w == word {
			n++
		}
	}
	return n
}

// TestOddDocuments prints what nobody would write.
func TestOddDocuments(t *testing.T) {
	long := strings.Repeat("W", 3000)
	for name, d := range map[string]*document.Document{
		"empty":       {},
		"long word":   {Title: long, Chapters: []document.Chapter{{Title: long, Blocks: []document.Block{document.Table{Caption: long, Columns: []document.Column{{Label: long}, {Label: long, Numeric: true}}, Rows: []document.Row{{Cells: []string{long, long}}}}}}}},
		"many cells":  {Chapters: []document.Chapter{{Blocks: []document.Block{document.Table{Columns: make([]document.Column, 60), Rows: []document.Row{{Cells: slices.Repeat([]string{"cell"}, 70)}}}}}}},
		"empty parts": {Chapters: []document.Chapter{{Blocks: []document.Block{document.Para{}, document.Points{}, document.Points{Items: []string{""}}, document.Table{}, document.Picture{}, document.Markdown{}, document.Heading{}, document.Table{Columns: make([]document.Column, 2), Rows: make([]document.Row, 3)}}}}},
		"odd":         {Title: odd, Language: odd, Chapters: []document.Chapter{{Title: odd, Blocks: []document.Block{document.Markdown{Source: odd + "\n\n- \n  - " + odd + "\n"}}}}},
	} {
		if pdf := plain(t, d); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%s: no PDF", name)
		}
	}
}

// fake makes a program in place of Chromium.
func fake(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestChromiumFails prints all the same, says why, and leaves no folder and no process.
func TestChromiumFails(t *testing.T) {
	d := sample(2)
	want := plain(t, d)
	mark := "71." + strconv.Itoa(os.Getpid()) // seconds to sleep, by which the process is found again
	for name, program := range map[string]string{
		"missing":   "/nowhere/chromium",
		"fails":     fake(t, "echo it broke >&2; exit 3"),
		"writes no": fake(t, "exit 0"),
		"writes it": fake(t, `for a; do case $a in --print-to-pdf=*) echo nonsense > "${a#*=}";; esac; done`),
		"hangs":     fake(t, "sleep "+mark+" & sleep "+mark),
	} {
		t.Run(name, func(t *testing.T) {
			tmp := t.TempDir()
			t.Setenv("TMPDIR", tmp)
			var trouble error
			p := document.Printer{Chromium: program, Limit: 500 * time.Millisecond, Trouble: func(err error) { trouble = err }}
			begin := time.Now()
			pdf, err := p.PDF(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(pdf, want) {
				t.Error("the plain PDF is another one")
			}
			if trouble == nil {
				t.Error("nobody was told")
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
			if left, _ := os.ReadDir(tmp); len(left) > 0 {
				t.Errorf("%s is left in the temporary folder", left[0].Name())
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	if processes, _ := filepath.Glob("/proc/[0-9]*/cmdline"); len(processes) > 0 {
		for _, p := range processes {
			if line, err := os.ReadFile(p); err == nil && bytes.Contains(line, []byte(mark)) {
				t.Errorf("a process of it still runs: %q", line)
			}
		}
	}
}

// TestGivenUp is a reader who went away while Chromium hung, and one who waited behind.
func TestGivenUp(t *testing.T) {
	p := document.Printer{Chromium: fake(t, "sleep 30"), Limit: time.Minute}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	done := make(chan error)
	for range 2 {
		go func() { _, err := p.PDF(ctx, sample(1)); done <- err }()
	}
	for range 2 {
		if err := <-done; !fault.Is(err, fault.Unavailable) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	}
}

// TestChromium prints with the real one, and finds in it the words and figures of the plain PDF.
func TestChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	d := sample(120)
	d.Chapters[2].Blocks = d.Chapters[2].Blocks[:1] // letters that the plain writer has not are told elsewhere
	var trouble error
	p := document.Printer{Trouble: func(err error) { trouble = err }}
	pdf, err := p.PDF(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if trouble != nil {
		t.Fatal(trouble)
	}
	if !bytes.Contains(pdf, []byte("Chromium")) && !bytes.Contains(pdf, []byte("Skia")) {
		t.Skip("there is no Chromium here")
	}
	for _, want := range []string{"/StructTreeRoot", "/Outlines", "/Lang (en-GB)", "(D:20181105000000+00'00')"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("there is no %s", want)
		}
	}
	if left, _ := os.ReadDir(tmp); len(left) > 0 {
		t.Errorf("%s is left in the temporary folder", left[0].Name())
	}
	again, err := p.PDF(t.Context(), d)
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("the same document makes other bytes (%v)", err)
	}
	ours, theirs := tally(words(t, plain(t, d))), tally(words(t, pdf))
	for _, drawing := range []string{"ChartYes", "ChartNo", "71,717", "3"} { // only in the drawing
		if theirs[drawing] == 0 {
			t.Errorf("the drawing's %s is not there", drawing)
		}
		delete(theirs, drawing)
		delete(ours, drawing)
	}
	for _, head := range []string{"Authority", "Kits", "What", "they", "said"} { // once a page
		delete(ours, head)
		delete(theirs, head)
	}
	for w, n := range ours {
		if theirs[w] != n {
			t.Errorf("%q is %d times in the plain PDF, %d times in Chromium's", w, n, theirs[w])
		}
		delete(theirs, w)
	}
	for w, n := range theirs {
		t.Errorf("%q is %d times in Chromium's PDF and not in the plain one", w, n)
	}
}

func tally(list []string) map[string]int {
	n := map[string]int{}
	for _, w := range list {
		n[strings.Trim(w, "•")]++
	}
	delete(n, "")
	return n
}
