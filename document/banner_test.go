package document_test

import (
	"strings"
	"testing"

	"everykit/document"
)

// TestBanner finds it at the head of every page of paper, from Chromium and without, and nowhere if there is none.
func TestBanner(t *testing.T) {
	d := sample(120)
	d.Banner = `Draft: not "published" & </style><script>alert(1)</script> é`
	if page := string(d.Page()); strings.Contains(page, "<script") || strings.Contains(page, "</style><") && strings.Count(page, "</style>") != 1 {
		t.Error("the banner became markup")
	}
	if body := string(d.Body()); strings.Contains(body, "Draft") {
		t.Error("the banner is in the body of a page")
	}
	for name, p := range map[string]document.Printer{"plain": {Chromium: "none"}, "chromium": {Trouble: func(err error) { t.Error(err) }}} {
		pdf, err := p.PDF(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		pages := pagesOf(t, pdf)
		if len(pages) < 4 {
			t.Fatalf("%s: only %d pages", name, len(pages))
		}
		for i, page := range pages[:len(pages)-1] {
			if first, _, _ := strings.Cut(strings.TrimSpace(page), "\n"); strings.TrimSpace(first) != d.Banner {
				t.Errorf("%s: page %d begins %q", name, i+1, first)
			}
		}
	}
	d.Banner = ""
	if page := string(d.Page()); strings.Contains(page, "@top-left") {
		t.Error("a page without a banner has room for one")
	}
}
