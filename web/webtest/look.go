package webtest

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"everykit/web/browser"
)

// Browse opens Chromium as somebody: 1280 pixels wide, with our script.
func (w *World) Browse(who string) *browser.Browser {
	w.t.Helper()
	b := browser.Start(w.t)
	if who != Public {
		b.Open(w.WayIn(who))
	}
	return b
}

// Check opens pages in Chromium as somebody, at 320 and at 1280 pixels, with our script and without it: each is there, axe
// finds nothing, and nothing sticks out. It gives the browser, for what is left to look at.
func (w *World) Check(who string, paths ...string) *browser.Browser {
	w.t.Helper()
	b := w.Browse(who)
	for _, path := range paths {
		b.Check(w.URL+path, http.StatusOK)
	}
	return b
}

// PictureFolder is the folder that EVERYKIT_PICTURES names. A test that takes pictures for somebody to look at begins with
// it: it is skipped if none is named.
func PictureFolder(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("EVERYKIT_PICTURES")
	if dir == "" {
		t.Skip("EVERYKIT_PICTURES names no folder")
	}
	return dir
}

// Pictures opens pages, given by the names of their pictures, at both widths, and writes what they look like.
func (w *World) Pictures(b *browser.Browser, dir string, pages map[string]string) {
	w.t.Helper()
	for _, width := range browser.Widths {
		b.SetWidth(width)
		for name, path := range pages {
			b.Open(w.URL + path)
			b.Screenshot(filepath.Join(dir, name+"-"+strconv.Itoa(width)+".png"))
		}
	}
}
