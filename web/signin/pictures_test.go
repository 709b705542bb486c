package signin_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("EVERYKIT_PICTURES")
	if dir == "" {
		t.Skip("EVERYKIT_PICTURES names no folder")
	}
	w := webtest.New(t)
	home := "/outlets/" + strconv.Itoa(w.Home.ID)
	for who, list := range map[string][]string{
		webtest.Public:        {"/", "/sign-in", "/definitions", "/accessibility", "/privacy"},
		webtest.Worker:        {"/account", "/password", "/pin", "/sessions", "/outlets", home + "/counter"},
		webtest.Coordinator:   {"/outlets", "/accounts", "/accounts/new", "/accounts/" + strconv.Itoa(w.Account(webtest.Worker))},
		webtest.Administrator: {"/outlets", "/accounts", "/accounts/new"},
		webtest.Device:        {"/counter"},
	} {
		b := browser.Start(t)
		if who != webtest.Public {
			b.Open(w.WayIn(who))
		}
		for _, path := range list {
			for _, width := range browser.Widths {
				b.SetWidth(width)
				b.Open(w.URL + path)
				b.Screenshot(filepath.Join(dir, who+strings.ReplaceAll(path, "/", "-")+"-"+strconv.Itoa(width)+".png"))
			}
		}
	}
	b := browser.Start(t)
	b.SetWidth(320)
	b.Open(w.URL + "/sign-in?" + url.Values{"to": {home}}.Encode())
	b.Type("#email", "wanda@example.org")
	b.Follow("main button")
	b.Screenshot(filepath.Join(dir, "sign-in-wrong-320.png"))
}
