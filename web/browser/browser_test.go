package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"everykit/web/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

const good = `<!doctype html><html lang="en"><head><title>Good</title><meta name="viewport" content="width=device-width">
<script src="/assets/x/everykit.js" defer></script></head><body><main><h1>Words</h1>
<form action="/got"><label for="a">Name</label> <input id="a" name="a" value="old"> <button>Send</button></form>
<p id="js">off</p></main></body></html>`

const bad = `<!doctype html><html><head><title>Bad</title></head><body><main><h1>x</h1><img src="data:,"><input>
<div style="width:2000px">far</div></main></body></html>`

func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; form-action 'self'; style-src 'unsafe-inline'; img-src data:")
			fmt.Fprint(w, body)
		}
	}
	mux.Handle("/good", page(good))
	mux.Handle("/bad", page(bad))
	mux.HandleFunc("/got", func(w http.ResponseWriter, r *http.Request) {
		page("<!doctype html><title>Got</title><p id=got>"+r.FormValue("a")+"</p>")(w, r)
	})
	mux.HandleFunc("/assets/x/everykit.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, "document.getElementById('js').textContent = 'on'")
	})
	mux.HandleFunc("/missing", http.NotFound)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestAxeFindsWhatIsThere(t *testing.T) {
	url := site(t)
	b := browser.Start(t)
	b.Check(url+"/good", http.StatusOK)
	b.Open(url + "/bad")
	found := map[string]bool{}
	for _, v := range b.Axe() {
		found[v.Rule] = true
		if len(v.Where) == 0 || !strings.Contains(v.String(), v.Help) {
			t.Errorf("a violation without its place: %+v", v)
		}
	}
	for _, rule := range []string{"image-alt", "label", "html-has-lang"} {
		if !found[rule] {
			t.Errorf("axe did not find %s in %v", rule, found)
		}
	}
	if got := b.Sideways(); !strings.Contains(got, "far") {
		t.Errorf("a page too wide is %q", got)
	}
	b.Open(url + "/good")
	if got := b.Sideways(); got != "" {
		t.Errorf("a page that fits is %q", got)
	}
	if status := b.Open(url + "/missing"); status != http.StatusNotFound {
		t.Errorf("status of a missing page is %d", status)
	}
}

func TestScriptsOnBlockedAndOff(t *testing.T) {
	url := site(t)
	b := browser.Start(t)
	b.Open(url + "/good")
	if got := b.Text("#js"); got != "on" {
		t.Errorf("with scripts: %q", got)
	}
	b.BlockScript(true)
	b.Open(url + "/good")
	if got := b.Text("#js"); got != "off" {
		t.Errorf("with the script blocked: %q", got)
	}
	b.BlockScript(false)
	b.DisableJS()
	b.Open(url + "/good")
	if got := b.Text("#js"); got != "off" {
		t.Errorf("with scripts off: %q", got)
	}
	b.Type("#a", "new words")
	if got := b.Value("#a"); got != "new words" {
		t.Errorf("value %q", got)
	}
	b.Follow("button")
	if got := b.Text("#got"); got != "new words" {
		t.Errorf("sent %q without scripts", got)
	}
}

func TestKeyboard(t *testing.T) {
	url := site(t)
	b := browser.Start(t)
	b.Open(url + "/good")
	b.Press("Tab")
	if got := b.Focused(); got != "#a" {
		t.Errorf("first stop is %q", got)
	}
	b.Press("Tab")
	if got := b.Focused(); got != "button Send" {
		t.Errorf("second stop is %q", got)
	}
	b.Press("Shift+Tab", "zz")
	b.PressAndWait("Enter")
	if got := b.Text("#got"); !strings.Contains(got, "zz") {
		t.Errorf("sent %q", got)
	}
	if b.Title() != "Got" || !strings.Contains(b.URL(), "/got?a=") {
		t.Errorf("at %q, %q", b.Title(), b.URL())
	}
}

func TestScreenshotIsWholePage(t *testing.T) {
	url := site(t)
	b := browser.Start(t)
	b.SetWidth(320)
	b.Open(url + "/good")
	file := filepath.Join(t.TempDir(), "page.png")
	b.Screenshot(file)
	body, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(body), "\x89PNG") {
		t.Errorf("no picture: %v, %d bytes", err, len(body))
	}
}
