package find_test

import (
	"testing"

	"everykit/web/webtest"
)

// TestPictures takes pictures of every page, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := world(t)
	postcodes(t, w)
	w.Receive(w.Home, "prenoxad", "A1", "2028-03", 3, webtest.Today-20)
	b := w.Browse(webtest.Public)
	w.Pictures(b, dir, map[string]string{
		"find": "/find", "area": "/find/E09000002", "outlet": "/find/outlet/" + itoa(w.Home.ID), "wrong": "/find/outlet/" + itoa(w.Home.ID) + "/wrong", "thanks": "/find/outlet/" + itoa(w.Home.ID) + "/thanks",
	})
	for _, width := range []int{390, 1280} {
		b.SetWidth(width)
		b.Open(w.URL + "/find")
		b.Type("#place", "IG11 7LZ")
		b.Follow("main button[type=submit]")
		b.Screenshot(dir + "/list-" + itoa(width) + ".png")
	}
}
