package lot_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"everykit/web/lot"
	"everykit/web/webtest"
)

// addresses are the pages of the lot of a world, by the names of their pictures.
func addresses(w *webtest.World) map[string]string {
	at := lot.Path(w.Lot)
	return map[string]string{
		"find": "/lots?q=0116", "nothing": "/lots?q=none", "lot": at, "outlet": fmt.Sprintf("%s/outlets/%d", at, w.Home.ID), "labels": at + "/labels",
		"stock": at + "/labels/print?what=stock&count=2", "sheet": at + "/labels/print?what=sheet&count=24&start=2", "card": at + "/labels/print?what=card",
		"join": at + "/join?q=01", "both": at + "/join?other=" + strconv.Itoa(w.LotOf("011691A")),
	}
}

// TestPages opens each page at both widths, with and without our script, as an administrator, who sees most.
func TestPages(t *testing.T) {
	w := webtest.New(t)
	var all []string
	for _, path := range addresses(w) {
		all = append(all, path)
	}
	w.Check(webtest.Administrator, all...)
	w.Check(webtest.Worker, lot.Path(w.Lot), "/lots?q=0116917")
}

// TestPaper prints: a label has a page of its own size, 24 have one A4 sheet, and the page of the lot has no buttons.
func TestPaper(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	b := w.Browse(webtest.Worker)
	at := lot.Path(first)
	for _, x := range []struct {
		query  string
		sheets int
		box    string // of a page in points, without fractions
	}{
		{"what=stock&count=3", 3, "175 82"}, {"what=sheet&count=24", 1, "594 841"}, {"what=sheet&count=24&start=2", 2, "594 841"}, {"what=card&count=2", 2, "240 156"},
	} {
		b.Open(w.URL + at + "/labels/print?" + x.query)
		pdf, sheets := b.PDF()
		if sheets != x.sheets {
			t.Errorf("%s prints on %d pages, not %d", x.query, sheets, x.sheets)
		}
		if got := boxes(string(pdf)); len(got) != 1 || got[0] != x.box {
			t.Errorf("%s prints on pages of %v points, not %s", x.query, got, x.box)
		}
	}
	b.Open(w.URL + at)
	if _, sheets := b.PDF(); sheets < 1 || sheets > 3 {
		t.Errorf("the page of a lot prints on %d sheets", sheets)
	}
}

// boxes are the different sizes of a file's pages.
func boxes(pdf string) []string {
	var sizes []string
	for _, part := range strings.Split(pdf, "/MediaBox [")[1:] {
		inside, _, _ := strings.Cut(part, "]")
		var x, y, wide, high float64
		if _, err := fmt.Sscan(inside, &x, &y, &wide, &high); err != nil {
			return []string{inside}
		}
		size := fmt.Sprintf("%d %d", int(wide), int(high))
		if len(sizes) == 0 || sizes[len(sizes)-1] != size {
			sizes = append(sizes, size)
		}
	}
	return sizes
}

// TestPictures writes what the pages look like, for somebody to see.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := webtest.New(t)
	w.Pictures(w.Browse(webtest.Administrator), dir, addresses(w))
}
