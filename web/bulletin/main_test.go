package bulletin_test

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"everykit/bulletin"
	"everykit/civil"
	"everykit/ledger"
	"everykit/staff"
	"everykit/web/browser"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// quarter is the latest that has ended in the world, and slug the name of its bulletin.
var quarter = civil.QuarterOf(webtest.Today).Before()

const slug = "2026-27-q2"

// world has kits given out in the quarter, at outlets of two authorities.
func world(t testing.TB) *webtest.World {
	t.Helper()
	w := webtest.New(t)
	w.Printer.Chromium = "none" // which is quicker; that Chromium prints bulletins is tested in their room
	if quarter.Slug() != slug {
		t.Fatalf("the quarter is %s", quarter.Slug())
	}
	w.Must(w.Ledger.Supply(t.Context(), staff.Operator(), ledger.SupplyOf{Entry: webtest.NewEntry(w.Home, 11, webtest.Today-100), Lot: w.Lot, Recipient: 1, Supply: 1}))
	w.Must(w.Ledger.Supply(t.Context(), staff.Operator(), ledger.SupplyOf{Entry: webtest.NewEntry(w.Across, 9, webtest.Today-90), Lot: w.Lot, Recipient: 1, Supply: 1}))
	return w
}

// drafted is a draft of the quarter that the national team has begun, of the nation, with every finding let pass.
func drafted(t testing.TB, w *webtest.World) int {
	t.Helper()
	who := w.Person(webtest.National)
	id, err := w.Bulletins.Draft(t.Context(), who, bulletin.DraftOf{Area: w.Nation(w.Home).Code, Period: quarter})
	w.Must(err)
	waiveAll(t, w, who, id)
	return id
}

// waiveAll lets every finding of a draft pass.
func waiveAll(t testing.TB, w *webtest.World, who staff.Person, id int) {
	t.Helper()
	open, _, err := w.Bulletins.Check(t.Context(), id)
	w.Must(err)
	for _, f := range open {
		w.Must(w.Bulletins.Waive(t.Context(), who, id, version(t, w, id), f.Key, "it is a small world"))
	}
}

func version(t testing.TB, w *webtest.World, id int) int {
	t.Helper()
	e, err := w.Bulletins.Get(t.Context(), staff.Operator(), id)
	w.Must(err)
	return e.Version
}

// published is the bulletin of the quarter, published.
func published(t testing.TB, w *webtest.World) int {
	t.Helper()
	id := drafted(t, w)
	issue(t, w, id)
	return id
}

// issue has the analyst sign a draft, and publishes it.
func issue(t testing.TB, w *webtest.World, id int) {
	t.Helper()
	w.Must(w.Bulletins.Sign(t.Context(), w.Person(webtest.Analyst), id, version(t, w, id), noTime))
	w.Must(w.Bulletins.Publish(t.Context(), w.Person(webtest.National), id, version(t, w, id)))
}

// corrected is a second edition of it, published.
func corrected(t testing.TB, w *webtest.World) int {
	t.Helper()
	who := w.Person(webtest.National)
	id, err := w.Bulletins.Correct(t.Context(), who, slug, "The figure of Barnet stood too low", "Nine kits were entered late")
	w.Must(err)
	waiveAll(t, w, who, id)
	issue(t, w, id)
	return id
}

// bench is the address of a workbench.
func bench(id int) string { return england + "/" + strconv.Itoa(id) }

// england is where the bulletins of the nation of the world are made.
const england = "/nation/E92000001/bulletins"

// form finds the form of a page that is sent to an address that ends in what is given, whose hidden fields hold some values.
func form(t *testing.T, body, ends string, with ...string) url.Values {
	t.Helper()
	for _, f := range webtest.Forms(body, "") {
		ok := strings.HasSuffix(f.Action, ends)
		for i := 0; i < len(with); i += 2 {
			ok = ok && f.Held.Get(with[i]) == with[i+1]
		}
		if ok {
			return f.Held
		}
	}
	t.Fatalf("there is no form %s %v on the page", ends, with)
	return nil
}

// ask sends a request as a program does: nothing is unpacked on the way, and no cookie is kept.
func ask(t testing.TB, w *webtest.World, method, path string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, w.URL+path, nil)
	w.Must(err)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	a, err := client.Do(r)
	w.Must(err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	w.Must(err)
	return a, body
}

// inLetters finds addresses in all letters so far.
func inLetters(t testing.TB, w *webtest.World, of *regexp.Regexp) []string {
	t.Helper()
	_, err := w.Post.Once(t.Context())
	w.Must(err)
	files, err := os.ReadDir(w.Letters)
	w.Must(err)
	var found []string
	for _, f := range files {
		text, err := os.ReadFile(w.Letters + "/" + f.Name())
		w.Must(err)
		found = append(found, of.FindAllString(strings.ReplaceAll(string(text), "=\r\n", ""), -1)...)
	}
	return found
}
