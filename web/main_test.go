package web_test

import (
	"os"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// whole is a world with some of everything, so that each address leads to something.
func whole(t testing.TB) *webtest.World {
	t.Helper()
	w := webtest.New(t)
	w.Editions()
	w.Asked()
	w.Suggested()
	return w
}
