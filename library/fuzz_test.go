package library

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// A file made to hurt ends in time, with what could be read and why the rest could not.
func TestFilesMadeToHurt(t *testing.T) {
	const n = 200_000
	deep := strings.Repeat
	for name, text := range map[string]string{
		"open braces":        "@article{a, title = " + deep("{", n),
		"open entries":       deep("@article{a, title = {x\n", n/10),
		"entries in a line":  deep("@article{a, title = {x ", n/10),
		"comments":           "@article{a, title={x}}\n" + deep("@comment(", n) + deep("@comment{", n),
		"growing words":      "@string{a = {xxxxxxxxxx}}\n" + grow(40) + "@article{k, title = z40}",
		"accents":            `@article{a, title = {` + deep(`\'{`, n) + deep("}", n) + "}}",
		"commands":           `@article{a, title = {` + deep(`\textbf{`, n/10) + deep("}", n/10) + "}}",
		"authors":            "@article{a, title={x}, author = {" + deep("A and and ", n/10) + "}}",
		"entities":           "TY  - JOUR\nTI  - &" + deep("amp;", n) + "lt;i&gt;",
		"brackets":           "TY  - JOUR\nTI  - " + deep("<", n) + "i" + deep(">", n),
		"no ends":            deep("TY  - JOUR\nTI  - x\n", n/20),
		"one long line":      "TY  - JOUR\nTI  - " + deep("x", 10*n),
		"many lines":         "TY  - JOUR\nTI  - x\nAB  - " + deep("word\n", n),
		"many authors":       "TY  - JOUR\nTI  - x\n" + deep("AU  - A, B\n", n/10),
		"deep XML":           "<PubmedArticle>" + deep("<a>", n) + "</PubmedArticle>",
		"open articles":      deep("<PubmedArticle><MedlineCitation>", n/20),
		"XML entities":       "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><PubmedArticle><MedlineCitation><Article><ArticleTitle>&b;</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
		"deep JSON":          deep("[", n),
		"deep JSON in title": `[{"title":` + deep("[", 5000) + deep("]", 5000) + `}]`,
		"deep objects":       deep(`{"message":`, n),
		"wide CSV":           "title,doi\n" + deep("x,", n) + "\n",
		"open quote":         "title,doi\n\"" + deep("x\n", n),
		"doi":                "TY  - JOUR\nTI  - x\nDO  - 10.1000/" + deep(")", n) + "\nN1  - doi:" + deep("10.1000/ ", n/10),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			r, err := Read([]byte(text))
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if took > 3*time.Second {
				t.Errorf("%v for %d bytes", took, len(text))
			}
			if grew := after.TotalAlloc - before.TotalAlloc; grew > 400<<20 {
				t.Errorf("%d MB for %d KB", grew>>20, len(text)>>10)
			}
			if err == nil && r.Read() == 0 {
				t.Error("neither an error nor an entry")
			}
		})
	}
}

// grow makes abbreviations each of which names the one before twice.
func grow(n int) string {
	var b strings.Builder
	last := "a"
	for i := 1; i <= n; i++ {
		name := "z" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		b.WriteString("@string{" + name + " = " + last + " # " + last + "}\n")
		last = name
	}
	return b.String()
}

func fuzzRead(f *testing.F, start string, more ...string) {
	for _, s := range more {
		f.Add(start + s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		r, err := Read([]byte(text))
		if took := time.Since(began); took > time.Second {
			t.Errorf("%v for %d bytes", took, len(text))
		}
		if err != nil {
			return
		}
		for _, rec := range r.Records {
			it := rec.Item
			if it.tidy(); it.check() != nil || it.Title == "" || rec.Line < 1 {
				t.Errorf("kept %+v", rec)
			}
			if again := rec.Item; !sameRecord(&it, &again) {
				t.Errorf("tidied twice\n%+v\n%+v", it, again)
			}
			it.Cite(Vancouver)
			it.Cite(APA)
			it.Cite(Harvard)
			slug(&it)
		}
		goesOutAndIn(t, r.Records[:min(len(r.Records), 3)])
	})
}

// goesOutAndIn writes what was read in every format, and reads it again.
func goesOutAndIn(t *testing.T, records []Record) {
	var items []Item
	for _, rec := range records {
		items = append(items, rec.Item)
	}
	if len(items) == 0 {
		return
	}
	for _, format := range Formats() {
		var b strings.Builder
		if err := Write(&b, format, items); err != nil {
			t.Fatal(err)
		}
		r, err := Read([]byte(b.String()))
		if err != nil || len(r.Records) != len(items) {
			t.Fatalf("%s: %v: %+v\n%s", format, err, items, b.String())
		}
		for i := range items {
			if !sameRecord(&items[i], &r.Records[i].Item) {
				t.Errorf("%s\nwrote %+v\nread  %+v", format, items[i], r.Records[i].Item)
			}
		}
	}
}

func FuzzRIS(f *testing.F) {
	fuzzRead(f, "TY  - JOUR\n", "TI  - A title\nAU  - Doe, J., Jr\nPY  - 2019/03//\nDO  - doi:10.1000/X\nSP  - 1\nEP  - 9\nER  - \n", "T1  - x\n  more\nUR  - https://doi.org/10.1/x\nTY  - RPRT")
}

func FuzzBibTeX(f *testing.F) {
	fuzzRead(f, "@", `article{k, title = {A {\"o} "x"}, author = "A and {B and C} and others", year = 2020}`, "string{a = {x} # b}\n@article(k, title = a # {y}, pages={1--2})", "comment{x}\n@book{,title={x}")
}

func FuzzPubMed(f *testing.F) {
	fuzzRead(f, "<PubmedArticle>", `<MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A <i>b</i></ArticleTitle><Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal></Article></MedlineCitation></PubmedArticle>`)
}

func FuzzCSLJSON(f *testing.F) {
	fuzzRead(f, "[", `{"title":["x"],"author":[{"family":"A","given":"B"},"C"],"issued":{"date-parts":[[2020]]}},{"title":1,"issued":"2020","DOI":null}]`)
}

func FuzzCSV(f *testing.F) {
	fuzzRead(f, "title,doi,authors\n", "x,10.1/x,\"A, B; {C; D}; and others\"\n")
}
