package signin_test

import (
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := webtest.New(t)
	for who, list := range map[string][]string{
		webtest.Public:        {"/", "/sign-in", "/definitions", "/accessibility", "/privacy"},
		webtest.Worker:        {"/account", "/password", "/pin", "/sessions", "/outlets", w.Path("/counter")},
		webtest.Coordinator:   {"/outlets", "/accounts", "/accounts/new", "/accounts/" + strconv.Itoa(w.Account(webtest.Worker))},
		webtest.Administrator: {"/outlets", "/accounts", "/accounts/new"},
		webtest.Device:        {"/counter"},
	} {
		pages := map[string]string{}
		for _, path := range list {
			pages[who+strings.ReplaceAll(path, "/", "-")] = path
		}
		w.Pictures(w.Browse(who), dir, pages)
	}
	b := browser.Start(t)
	b.SetWidth(320)
	b.Open(w.URL + "/sign-in?" + url.Values{"to": {w.Path("")}}.Encode())
	b.Type("#email", "wanda@example.org")
	b.Follow("main button")
	b.Screenshot(filepath.Join(dir, "sign-in-wrong-320.png"))
}
