package library_test

import (
	"fmt"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/library"
)

func ris(fields ...string) string {
	return "TY  - JOUR\n" + strings.Join(fields, "\n") + "\nER  - \n"
}

// Records of one work become one item: what stands wins, what is blank is filled, and the outcome says which is which.
func TestDuplicatesAreMerged(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const title = "A title that is long enough to tell a work by"
		key := w.add(library.Item{Title: title, Year: 2020, DOI: "10.5555/a", Authors: []library.Name{{Family: "Okoro", Given: "A"}}, EtAl: true, Summary: "Ours.", Topics: []library.Topic{library.Cost}})
		pm := w.add(library.Item{Title: "Known by its number", Year: 2019, PMID: "123"})
		file := ris("TI  - Another title", "DO  - https://doi.org/10.5555/A", "AU  - Okoro, Ada", "AU  - Müller, J.", "JO  - Journal", "VL  - 3", "PY  - 1999", "KW  - policy") + // DOI
			ris("TI  - Number 123", "AN  - 123", "DB  - PubMed", "AB  - Abstract.") + // PMID
			ris("TI  - a TITLE that is: long enough, to tell a work by!", "PY  - 2020", "AN  - 456", "DB  - PubMed") + // title and year
			ris("TI  - "+title, "PY  - 2021") + // another year
			ris("TI  - "+title, "PY  - 2020", "DO  - 10.5555/correction") + // another DOI
			ris("TI  - "+title, "AU  - Okoro, A.") + // no year
			ris("TI  - Editorial", "AU  - X, Y") + ris("TI  - Editorial", "PY  - 2020", "AU  - X, Y") + ris("TI  - Editorial", "PY  - 2020") // too short to tell without a year
		o, err := w.Import(w.ctx, nora, []byte(file), library.Accepted, true)
		must(t, err)
		if n := w.count("library_item"); n != 2 {
			t.Errorf("a trial left %d items", n)
		}
		dry := fmt.Sprint(o.Lines)
		o, err = w.Import(w.ctx, nora, []byte(file), library.Accepted, false)
		must(t, err)
		var became []string
		for _, l := range o.Lines {
			what := "added"
			if l.Merged {
				what = l.Key
			}
			became = append(became, what)
		}
		if got, want := strings.Join(became, " "), fmt.Sprintf("%s %s %s added added %s added added %s", key, pm, key, key, "x-2020"); got != want || fmt.Sprint(o.Lines) != dry {
			t.Errorf("got %s\nwant %s\ntrial %s", got, want, dry)
		}
		it, err := w.Item(w.ctx, key)
		must(t, err)
		if it.Title != title || it.Year != 2020 || it.Summary != "Ours." || it.Journal != "Journal" || it.Volume != "3" || it.PMID != "456" || len(it.Authors) != 2 || it.EtAl || len(it.Topics) != 2 {
			t.Errorf("%+v", it)
		}
		if w.find(library.Query{Words: "abstract"}) != pm {
			t.Error("what was filled is not found")
		}
		before := w.count("library_item")
		o, err = w.Import(w.ctx, nora, []byte(file), library.Accepted, false)
		must(t, err)
		if o.Added() != 0 || o.Merged() != 9 || w.count("library_item") != before {
			t.Errorf("a second time: %d added, %d merged", o.Added(), o.Merged())
		}
		for _, l := range o.Lines {
			if l.Filled {
				t.Errorf("filled a second time: %+v", l)
			}
		}
		second := library.Item{Title: title, Kind: library.Study, Year: 2020}
		kind(t, w.Add(w.ctx, nora, &second), fault.Conflict)
	})
}

// Old papers in a file stand behind what is new, and a proposed file is not public.
func TestImportedOrder(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		old := w.add(library.Item{Title: "Typed in by hand"})
		_, err := w.Import(w.ctx, nora, []byte(ris("TI  - Of 1999", "PY  - 1999")+ris("TI  - Of this year", "PY  - 2026")+ris("TI  - Of 2010", "PY  - 2010")), library.Accepted, false)
		must(t, err)
		_, err = w.Import(w.ctx, nora, []byte(ris("TI  - Proposed", "PY  - 2026")), library.Proposed, false)
		must(t, err)
		if got, want := w.find(library.Query{}), "of-this-year-2026 "+old+" of-2010-2010 of-1999-1999"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// Everything public goes out in any format and comes into another library as it was.
func TestWholeShelfGoesOutAndIn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		must(t, w.LoadBuiltIn(w.ctx))
		list, err := w.Public(w.ctx, 0)
		must(t, err)
		for _, format := range library.Formats() {
			var b strings.Builder
			must(t, library.Write(&b, format, list))
			r, err := library.Read([]byte(b.String()))
			must(t, err)
			for i := range list {
				got, want := r.Records[i].Item, list[i]
				if got.Key != want.Key || got.Title != want.Title || got.AuthorsText() != want.AuthorsText() || got.Evidence != want.Evidence || got.Summary != want.Summary || fmt.Sprint(got.Topics, got.Bears) != fmt.Sprint(want.Topics, want.Bears) {
					t.Errorf("%s: got %+v, want %+v", format, got, want)
				}
			}
			before := w.count("library_item")
			o, err := w.Import(w.ctx, nora, []byte(b.String()), library.Accepted, false)
			must(t, err)
			if o.Merged() != len(list) || w.count("library_item") != before {
				t.Errorf("%s: %d of %d merged", format, o.Merged(), len(list))
			}
		}
	})
}

// A file that nothing can be read of is one error, and one with bad entries keeps the good ones.
func TestBadFiles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, s := range []string{"", "   \n", "hello", "<html></html>", "\x1f\x8b\x00\x00", "%0 Journal Article\n%T x\n", "PMID- 1\nTI  - x\n", "{}", "[]", "<PubmedArticleSet></PubmedArticleSet>"} {
			o, err := w.Import(w.ctx, nora, []byte(s), library.Accepted, false)
			if err == nil && o.Added()+o.Merged() > 0 || err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v %+v", s, err, o)
			}
		}
		o, err := w.Import(w.ctx, nora, []byte("@article{a, title={Good one}, year=2020}\n@article{b, title={Bad,\n year=2020}\n@article{c, title={Good two}, year=2021}\n@article{d}\n@article{e, title={"+strings.Repeat("x", 5000)+"}}"), library.Accepted, false)
		must(t, err)
		var lines []string
		for _, r := range o.Refused {
			lines = append(lines, fmt.Sprint(r.Line))
		}
		if o.Added() != 2 || strings.Join(lines, " ") != "2 5 6" {
			t.Errorf("%d added, refused %+v", o.Added(), o.Refused)
		}
	})
}
