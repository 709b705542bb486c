package research_test

import (
	"os"
	"testing"

	"everykit/library"
	"everykit/web/browser"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// put brings an accepted item onto the shelf, and gives its key.
func put(t testing.TB, w *webtest.World, it library.Item) string {
	t.Helper()
	if it.Kind == 0 {
		it.Kind = library.Study
	}
	it.State = library.Accepted
	w.Must(w.Library.Add(t.Context(), w.Person(webtest.National), &it))
	return it.Key
}
