package library_test

import (
	"fmt"
	"strings"
	"testing"

	"everykit/library"
)

// Both engines find and rank the same.
func TestSearch(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		title := w.add(library.Item{Title: "Naloxone in prisons", Year: 2019, Country: "Scotland", Topics: []library.Topic{library.Prisons}, Bears: []int{1, 3}})
		author := w.add(library.Item{Title: "Something else", Authors: []library.Name{{Family: "Müller", Given: "Ö"}}, Year: 2021, Kind: library.Review})
		about := w.add(library.Item{Title: "A third", Summary: "What happens after prison: people carry naloxone kits.", Year: 2020, Topics: []library.Topic{library.Cost}})
		rest := w.add(library.Item{
			Title: "A fourth", Abstract: strings.Repeat("Words of no weight stand here. ", 40) + "Somebody’s prison, and then <script>alert(1)</script> " +
				strings.Repeat("More words. ", 40), DOI: "10.1000/fourth",
		})
		for _, c := range []struct {
			q    library.Query
			want string
		}{
			{library.Query{Words: "prison"}, title + " " + about + " " + rest},
			{library.Query{Words: "PRISONS"}, title + " " + about + " " + rest},
			{library.Query{Words: "priso"}, title + " " + about + " " + rest}, // may still be being typed
			{library.Query{Words: "priso kits"}, ""},
			{library.Query{Words: "priso* kits"}, about},
			{library.Query{Words: "prison naloxone"}, title + " " + about},
			{library.Query{Words: "muller"}, author},
			{library.Query{Words: "MÜLLER"}, author},
			{library.Query{Words: `"after prison"`}, about},
			{library.Query{Words: `"prison after"`}, ""},
			{library.Query{Words: "somebodys"}, rest},
			{library.Query{Words: "10.1000/fourth"}, rest},
			{library.Query{Words: "zebra"}, ""},
			{library.Query{Words: "!!! ???"}, ""},
			{library.Query{Words: "prison", Topic: library.Prisons}, title},
			{library.Query{Words: "prison", Bears: 3}, title},
			{library.Query{Words: "prison", Bears: 2}, ""},
			{library.Query{Words: "prison", From: 2020}, about},
			{library.Query{Words: "prison", To: 2019}, title},
			{library.Query{Kind: library.Review}, author},
			{library.Query{Country: "Scotland"}, title},
			{library.Query{From: 2020, To: 2021}, about + " " + author},
			{library.Query{}, rest + " " + about + " " + author + " " + title},
		} {
			if got := w.find(c.q); got != c.want {
				t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
			}
		}
		countries, err := w.Countries(w.ctx)
		if err != nil || len(countries) != 1 || countries[0] != "Scotland" {
			t.Error(countries, err)
		}
	})
}

// What people type is never a question in the engine's own language.
func TestSearchTakesAnything(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		key := w.add(library.Item{Title: "Naloxone or nothing: near and not far"})
		for _, s := range []string{
			`"`, `""`, `"naloxone`, `naloxone"`, `naloxone OR`, `NOT naloxone`, `NEAR(naloxone nothing)`, `title:naloxone`, `naloxone*`, `* naloxone`, `-naloxone`, `^naloxone`,
			`{naloxone}`, `'naloxone'`, `naloxone & nothing`, `naloxone | nothing`, `!naloxone`, `naloxone <-> nothing`, `naloxone:*`, `(naloxone`, `naloxone)`,
			`naloxone' --`, "naloxone\x00", "naloxone\\", "\xffnaloxone", `“naloxone or”`, strings.Repeat("naloxone ", 300), strings.Repeat("x", 100_000) + " naloxone",
			strings.Repeat(`"`, 5000), "½ ² Ⅷ ﬁ", "\u202enaloxone", "日本語",
		} {
			f, err := w.Search(w.ctx, library.Query{Words: s})
			if err != nil {
				t.Errorf("%.40q: %v", s, err)
				continue
			}
			for _, h := range f.Hits {
				if h.Item.Key != key {
					t.Errorf("%.40q finds %s", s, h.Item.Key)
				}
			}
		}
		for _, s := range []string{`title:naloxone`, `NOT naloxone`, `naloxone & nothing`, `(naloxone`, `'naloxone'`, `“naloxone or”`, `"naloxone`} {
			want := key
			if s == `title:naloxone` {
				want = ""
			}
			if got := w.find(library.Query{Words: s}); got != want {
				t.Errorf("%q finds %q", s, got)
			}
		}
	})
}

// Pages are cut right, and one past the last is the last.
func TestSearchPages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range 14 {
			w.add(library.Item{Title: fmt.Sprintf("Naloxone number %c", 'a'+i), Year: 2000 + i})
		}
		seen := map[string]bool{}
		for page := 1; page <= 3; page++ {
			f, err := w.Search(w.ctx, library.Query{Words: "naloxone", Page: page})
			must(t, err)
			if f.Total != 14 || f.Pages != 3 || f.Page != page || len(f.Hits) != []int{6, 6, 2}[page-1] {
				t.Errorf("page %d: %d of %d, %d hits", page, f.Page, f.Pages, len(f.Hits))
			}
			for _, h := range f.Hits {
				seen[h.Item.Key] = true
			}
		}
		f, err := w.Search(w.ctx, library.Query{Words: "naloxone", Page: 1 << 40})
		must(t, err)
		if len(seen) != 14 || f.Page != 3 {
			t.Errorf("%d seen, page %d", len(seen), f.Page)
		}
	})
}

// Snippets show where the words stand, as text.
func TestSnippets(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.add(library.Item{Title: "On Kits and <b>more</b>", Abstract: strings.Repeat("Nothing is here. ", 60) + "Then two KITS of naloxoné with <script>." + strings.Repeat(" Nothing again.", 60)})
		f, err := w.Search(w.ctx, library.Query{Words: "kit naloxone"})
		must(t, err)
		if len(f.Hits) != 1 {
			t.Fatal(f)
		}
		marked := func(list []library.Piece) string {
			s := ""
			for _, p := range list {
				if p.Hit {
					s += "[" + p.Text + "]"
				} else {
					s += p.Text
				}
			}
			return s
		}
		h := f.Hits[0]
		if got := marked(h.Title); got != "On [Kits] and more" {
			t.Error(got)
		}
		got := marked(h.Snippet)
		if !strings.Contains(got, "two [KITS] of [naloxoné] with <script>.") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || len(got) > 400 {
			t.Error(got)
		}
	})
}

// A word that nearly everything has is answered too: what has it in the title first, no item twice, and the rest told.
func TestSearchForWhatIsEverywhere(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var file strings.Builder
		for i := range library.MostRanked + 60 {
			if i%100 == 7 {
				fmt.Fprintf(&file, "TY  - JOUR\nTI  - Common title %d\nER  - \n", i)
			} else {
				fmt.Fprintf(&file, "TY  - JOUR\nTI  - Number %d\nAB  - Something common.\nER  - \n", i)
			}
		}
		_, err := w.Import(w.ctx, nora, []byte(file.String()), library.Accepted, false)
		must(t, err)
		seen := map[string]bool{}
		for page := 1; page <= 10; page++ {
			f, err := w.Search(w.ctx, library.Query{Words: "common", Page: page, PerPage: 100})
			must(t, err)
			if f.Total != library.MostRanked || !f.More || f.Pages != 10 || len(f.Hits) != 100 {
				t.Fatalf("page %d: %d %v %d, %d hits", page, f.Total, f.More, f.Pages, len(f.Hits))
			}
			for i, h := range f.Hits {
				seen[h.Item.Key] = true
				if title := strings.HasPrefix(h.Item.Title, "Common"); title != (page == 1 && i < 11) {
					t.Errorf("%q is number %d of page %d", h.Item.Title, i, page)
				}
			}
		}
		if len(seen) != library.MostRanked {
			t.Errorf("%d of %d", len(seen), library.MostRanked)
		}
	})
}
