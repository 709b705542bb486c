package library

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCite(t *testing.T) {
	two := []Name{{Family: "Kelly", Given: "Brian C."}, {Family: "Vuolo", Given: "Mike"}}
	many := func(n int) (list []Name) {
		for i := range n {
			list = append(list, Name{Family: string(rune('A'+i)) + "x", Given: "Y"})
		}
		return list
	}
	for _, c := range []struct {
		it                      Item
		vancouver, apa, harvard string
	}{
		{
			Item{Title: "A title", Authors: two, Year: 2021, Journal: "Addiction", Volume: "80", Issue: "5", Pages: "468-477", DOI: "10.1/x"},
			"Kelly BC, Vuolo M. A title. Addiction. 2021;80(5):468-77. doi:10.1/x",
			"Kelly, B. C., & Vuolo, M. (2021). A title. Addiction, 80(5), 468–477. https://doi.org/10.1/x",
			"Kelly, B.C. and Vuolo, M. (2021) ‘A title’, Addiction, 80(5), pp. 468–477. doi:10.1/x",
		},
		{
			Item{Title: "Really?", Authors: []Name{{Literal: "A Body"}}, Publisher: "A House", Year: 2020, Link: "https://example.org/"},
			"A Body. Really? A House; 2020. Available from: https://example.org/",
			"A Body. (2020). Really? A House. https://example.org/",
			"A Body (2020) Really? A House. Available at: https://example.org/",
		},
		{
			Item{Title: "Only a title"},
			"Only a title.",
			"Only a title. (n.d.).",
			"Only a title (no date).",
		},
		{
			Item{Title: "No year", Authors: two[:1], EtAl: true, Journal: "J", Pages: "e12"},
			"Kelly BC, et al. No year. J. e12.",
			"Kelly, B. C., et al. (n.d.). No year. J, e12.",
			"Kelly, B.C. et al. (no date) ‘No year’, J, p. e12.",
		},
		{
			Item{Title: "No journal", Authors: []Name{{Family: "King", Given: "Martin Luther", Suffix: "Jr"}}, Year: 1963},
			"King ML Jr. No journal. 1963.",
			"King, M. L., Jr. (1963). No journal.",
			"King, M.L., Jr (1963) No journal.",
		},
		{
			Item{Title: "Seven", Authors: many(7), Year: 2000, Journal: "J", Issue: "3"},
			"Ax Y, Bx Y, Cx Y, Dx Y, Ex Y, Fx Y, et al. Seven. J. 2000;(3).",
			"Ax, Y., Bx, Y., Cx, Y., Dx, Y., Ex, Y., Fx, Y., & Gx, Y. (2000). Seven. J, (3).",
			"Ax, Y. et al. (2000) ‘Seven’, J, (3).",
		},
		{
			Item{Title: "A journal and no author", Year: 2001, Journal: "J.", Volume: "1"},
			"A journal and no author. J. 2001;1.",
			"A journal and no author. (2001). J., 1.",
			"‘A journal and no author’ (2001) J., 1.",
		},
	} {
		if got := c.it.Cite(Vancouver); got != c.vancouver {
			t.Errorf("Vancouver\n got %s\nwant %s", got, c.vancouver)
		}
		if got := c.it.Cite(APA); got != c.apa {
			t.Errorf("APA\n got %s\nwant %s", got, c.apa)
		}
		if got := c.it.Cite(Harvard); got != c.harvard {
			t.Errorf("Harvard\n got %s\nwant %s", got, c.harvard)
		}
	}
	long := Item{Title: "T", Authors: many(25), Year: 2000}
	if got := long.Cite(APA); !strings.Contains(got, "Sx, Y., . . . Yx, Y. (2000)") || strings.Contains(got, "Tx") {
		t.Error(got)
	}
}

// Whatever is missing, no citation has an empty place in it.
func TestCitationsHaveNoHoles(t *testing.T) {
	maybe := func(t *rapid.T, s string) string { return rapid.SampledFrom([]string{"", s}).Draw(t, s) }
	rapid.Check(t, func(t *rapid.T) {
		it := Item{
			Title: "Title", Journal: maybe(t, "Journal"), Publisher: maybe(t, "House"), Volume: maybe(t, "12"), Issue: maybe(t, "3"), Pages: maybe(t, "4-5"),
			DOI: maybe(t, "10.1/x"), Link: maybe(t, "https://e.org/x"), Year: rapid.SampledFrom([]int{0, 2020}).Draw(t, "year"), EtAl: rapid.Bool().Draw(t, "more"),
			Authors: rapid.SliceOfN(rapid.SampledFrom([]Name{{Family: "Fam", Given: "Given"}, {Literal: "Body"}, {Family: "Fam", Given: "G", Suffix: "Jr"}}), 0, 9).Draw(t, "authors"),
		}
		for _, s := range Styles() {
			got := it.Cite(s)
			for _, hole := range []string{"  ", ", ,", "..", "()", " ,", " .", ",,", ";;", ": ;", "; .", ",.", "(,", "nil", "‘’"} {
				if strings.Contains(strings.ReplaceAll(got, ". . .", ""), hole) {
					t.Fatalf("%s has %q: %s", s, hole, got)
				}
			}
			if strings.TrimSpace(got) != got || !strings.Contains(got, "Title") {
				t.Fatalf("%s: %q", s, got)
			}
		}
	})
}
