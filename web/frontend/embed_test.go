package frontend

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func get(t *testing.T, url, accept string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func TestServesWhatWasBuilt(t *testing.T) {
	if err := Missing(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"everykit.css", "everykit.js", "scan.js", "reader.js", "reader.wasm", "mark.svg"} {
		plain, small := get(t, URL(name), ""), get(t, URL(name), "gzip, br")
		if plain.Code != http.StatusOK || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %v", name, plain.Code, plain.Header())
		}
		if small.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", name)
			continue
		}
		z, err := gzip.NewReader(small.Body)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
			t.Errorf("%s: compressed and plain differ: %v", name, err)
		}
	}
	for _, url := range []string{Prefix + "000000000000/everykit.css", Prefix, Prefix + "everykit.css", URL("nowhere.css"), Prefix + "x/../embed.go"} {
		if got := get(t, url, "").Code; got != http.StatusNotFound {
			t.Errorf("%s answers %d", url, got)
		}
	}
}

func TestLooksAreOurOwn(t *testing.T) {
	css := get(t, URL("everykit.css"), "").Body.String()
	for _, never := range []string{`(?i)frutiger`, `@font-face`, `(?i)#005eb8`, `url\(["']?https?:`, `(?i)gds transport`} {
		if regexp.MustCompile(never).MatchString(css) {
			t.Errorf("the stylesheet holds %s", never)
		}
	}
	for _, want := range []string{".nhsuk-button", ".ek-deed", ".draw-svg"} {
		if !strings.Contains(css, want) {
			t.Errorf("the stylesheet lacks %s", want)
		}
	}
	if n := get(t, URL("everykit.css"), "gzip").Body.Len(); n > 25<<10 {
		t.Errorf("the stylesheet is %d bytes compressed", n)
	}
}

// The reader is ours to serve: neither half may know of another place to fetch the other from.
func TestReaderComesFromHere(t *testing.T) {
	for _, name := range []string{"scan.js", "reader.js"} {
		if found := regexp.MustCompile(`https?://[^\s)]*`).FindString(get(t, URL(name), "").Body.String()); found != "" {
			t.Errorf("%s names %s", name, found)
		}
	}
	wasm := get(t, URL("reader.wasm"), "")
	if got := wasm.Header().Get("Content-Type"); got != "application/wasm" || !strings.HasPrefix(wasm.Body.String(), "\x00asm") {
		t.Errorf("reader.wasm is served as %s", got)
	}
	if n := get(t, URL("scan.js"), "gzip").Body.Len(); n > 5<<10 {
		t.Errorf("the script of a scan field is %d bytes compressed", n)
	}
}

func TestHashFollowsContent(t *testing.T) {
	one := load(fstest.MapFS{"a.css": {Data: []byte("a{}")}})
	two := load(fstest.MapFS{"a.css": {Data: []byte("b{}")}})
	if one["a.css"].hash == two["a.css"].hash {
		t.Error("two contents have one address")
	}
	if all := load(fstest.MapFS{".keep": {}}); len(all) != 0 {
		t.Errorf("an empty build holds %v", all)
	}
}

func TestLockNamesNoRegistry(t *testing.T) {
	lock, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(lock, []byte(`"resolved"`)) || bytes.Contains(lock, []byte("https://registry")) {
		t.Error("package-lock.json names a registry")
	}
	if !bytes.Contains(lock, []byte(`"integrity"`)) {
		t.Error("package-lock.json does not pin contents")
	}
}
