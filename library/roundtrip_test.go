package library

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// scraps are what texts of the tests are made of: words, and everything that a format could trip over.
var scraps = []string{
	"naloxone", "Take-home", "overdose", "café", "Müller", "O’Neill", "O'Neill", "Łódź", "日本", "é", "e\u0301", "n < 5", "<i>", "</sub>", "<script>", "&amp;",
	"&lt;b&gt;", "&", "&copy", "{", "}", "{{", `\`, `\'e`, `\textbf`, "$", "%", "#", "_", "^", "~", "--", "---", "``", "''", "`", "'", `"`, ",", ";", ":", ".",
	"..", " and ", "others", "et al.", "and others", "TY  - JOUR", "ER  - ", "AU  - X", "@article{x,", "@", "[everykit:note] x", "\n", "\n\n", "\t", "\u00a0", "\u200b",
	"\u202e", "=1+1", "-5", "+x", "'=x", "BACKGROUND: x", "10.1000/x", "PMID: 123", "https://doi.org/10.1/x", "|", "[", "]", "(", ")", "–", "—", "\x00", "\xff",
	"]]>", "<!--", "\r\n", "DOI:10.1000/abc", "I", "Jr", "III", "SD", "van der", "1998", "?", "*", "a", "Z",
}

var textGen = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 6).Draw(t, "scraps"), rapid.SampledFrom([]string{"", " "}).Draw(t, "gap"))
})

var nameGen = rapid.Custom(func(t *rapid.T) Name {
	if rapid.Bool().Draw(t, "body") {
		return Name{Literal: textGen.Draw(t, "literal")}
	}
	return Name{Family: textGen.Draw(t, "family"), Given: textGen.Draw(t, "given"), Suffix: rapid.SampledFrom([]string{"", "", "Jr", "III", "x"}).Draw(t, "suffix")}
})

// itemGen makes any item that the library could hold: tidy and in order.
var itemGen = rapid.Custom(func(t *rapid.T) Item {
	text := func(name string) string { return textGen.Draw(t, name) }
	it := Item{
		Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"), Title: "A" + text("title"), Authors: rapid.SliceOfN(nameGen, 0, 4).Draw(t, "authors"),
		EtAl: rapid.Bool().Draw(t, "et al"), Year: rapid.SampledFrom([]int{0, 1999, 2026, MinYear, MaxYear}).Draw(t, "year"),
		Journal: text("journal"), Publisher: text("publisher"), Volume: text("volume"), Issue: text("issue"), Pages: text("pages"),
		DOI:     rapid.SampledFrom([]string{"", "10.1016/j.drugpo.2023.104164", "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o", "10.1234/a_b%c#d"}).Draw(t, "doi"),
		PMID:    rapid.SampledFrom([]string{"", "1", "37713939"}).Draw(t, "pmid"),
		Link:    rapid.SampledFrom([]string{"", "https://example.org/a_b?x=1&y=%20~z#q", "http://example.org/{x}", "https://pubmed.ncbi.nlm.nih.gov/123/", "https://doi.org/10.1000/zzz"}).Draw(t, "link"),
		Summary: text("summary"), Abstract: text("abstract"), Country: text("country"), Note: text("note"), Source: text("source"),
		Topics: rapid.SliceOfN(rapid.SampledFrom(Topics()), 0, 3).Draw(t, "topics"), Bears: rapid.SliceOfN(rapid.IntRange(1, 6), 0, 3).Draw(t, "bears"),
		Evidence: Evidence{text("design"), text("setting"), text("n"), text("finding"), text("quality"), text("tool")},
	}
	it.tidy()
	it.Key = numbered(slug(&it), rapid.IntRange(1, 3).Draw(t, "number"))
	if it.check() != nil {
		t.Skip("a title of nothing")
	}
	return it
})

// What is written in any format and read again is equal, every field of it.
func TestWhatIsWrittenIsReadEqual(t *testing.T) {
	for _, format := range Formats() {
		t.Run(string(format), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				items := rapid.SliceOfN(itemGen, 1, 3).Draw(t, "items")
				var b strings.Builder
				if err := Write(&b, format, items); err != nil {
					t.Fatal(err)
				}
				r, err := Read([]byte(b.String()))
				if err != nil {
					t.Fatalf("%v\n%s", err, b.String())
				}
				if r.Format != format || len(r.Records) != len(items) || len(r.Refused) > 0 || r.Asides > 0 {
					t.Fatalf("%s: %d of %d records; refused %+v; aside %+v\n%s", r.Format, len(r.Records), len(items), r.Refused, r.Aside, b.String())
				}
				for i := range items {
					got := r.Records[i].Item
					if !sameRecord(&got, &items[i]) || got.Key != items[i].Key {
						t.Fatalf("wrote %+v\nread  %+v\n%s", items[i], got, b.String())
					}
				}
			})
		})
	}
}

// An item that is tidy stays as it is.
func TestTidyTwiceIsTidyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := itemGen.Draw(t, "item")
		again := it
		again.tidy()
		if !sameRecord(&it, &again) {
			t.Fatalf("%+v\n%+v", it, again)
		}
	})
}
