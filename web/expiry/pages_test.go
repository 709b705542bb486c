package expiry_test

import (
	"testing"

	"everykit/web/webtest"
)

// all are the pages by who looks at them.
func all(t *testing.T, w *world) map[string]map[string]string {
	t.Helper()
	w.far()
	at := proposal(t, w.As(webtest.Worker).Open(w.Path("/expiry")))
	return map[string]map[string]string{
		webtest.Worker: {
			"outlet": w.Path("/expiry"), "reissue": w.Path("/reissue"), "poster": w.Path("/reissue/poster"), "move": at, "account": "/account", "gone": w.Path("/move?to=2&lot=999"),
		},
		webtest.Coordinator: {"area": w.area() + "/expiry", "area-reissue": w.area() + "/reissue", "area-poster": w.area() + "/reissue/poster", "authority": w.area()},
		webtest.National:    {"nation": "/nation/expiry"},
		webtest.Public:      {"off": "/digest/off/abc", "off-done": "/digest/off/abc?done=yes"},
	}
}

func TestPagesAreUsableByAll(t *testing.T) {
	w := newWorld(t)
	for who, list := range all(t, w) {
		var paths []string
		for _, path := range list {
			paths = append(paths, path)
		}
		w.Check(who, paths...)
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := newWorld(t)
	w.refuse(webtest.Worker)
	for who, list := range all(t, w) {
		w.Pictures(w.Browse(who), dir, list)
	}
}
