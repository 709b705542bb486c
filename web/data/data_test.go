package data_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"everykit/opendata"
	"everykit/web/browser"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// ask sends a request as a program does: nothing is unpacked on the way, and no cookie is kept.
func ask(t *testing.T, w *webtest.World, method, path string, header ...string) (*http.Response, []byte) {
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

// TestFiles takes every file of every table away, as programs do.
func TestFiles(t *testing.T) {
	w := webtest.New(t)
	list, err := w.Data.List(t.Context())
	w.Must(err)
	var paths []string
	for _, m := range list {
		for _, f := range opendata.Formats {
			paths = append(paths, "/data/"+m.Name+"."+f)
		}
	}
	for _, path := range append(paths, "/data/datapackage.json") {
		a, plain := ask(t, w, http.MethodGet, path)
		tag := a.Header.Get("ETag")
		if a.StatusCode != http.StatusOK || len(plain) == 0 || len(tag) < 10 || strings.HasPrefix(tag, "W/") || a.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %d, %d bytes, %q", path, a.StatusCode, len(plain), tag)
		}
		for name, want := range map[string]string{"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=300", "Set-Cookie": ""} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if same, body := ask(t, w, http.MethodGet, path, "If-None-Match", tag); same.StatusCode != http.StatusNotModified || len(body) != 0 || same.Header.Get("ETag") != tag {
			t.Errorf("%s again: %d with %d bytes", path, same.StatusCode, len(body))
		}
		if other, _ := ask(t, w, http.MethodGet, path, "If-None-Match", `"another"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, other.StatusCode)
		}
		if head, body := ask(t, w, http.MethodHead, path); head.StatusCode != http.StatusOK || len(body) != 0 || head.Header.Get("ETag") != tag {
			t.Errorf("HEAD %s: %d", path, head.StatusCode)
		}
		part, body := ask(t, w, http.MethodGet, path, "Range", "bytes=0-9")
		if part.StatusCode != http.StatusPartialContent || !bytes.Equal(body, plain[:min(10, len(plain))]) {
			t.Errorf("a part of %s: %d", path, part.StatusCode)
		}
		packed, body := ask(t, w, http.MethodGet, path, "Accept-Encoding", "br, gzip;q=0.8")
		if strings.HasSuffix(path, ".parquet") {
			if packed.Header.Get("Content-Encoding") != "" || !bytes.Equal(body, plain) || !bytes.HasPrefix(body, []byte("PAR1")) {
				t.Errorf("%s is packed twice, or no Parquet", path)
			}
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(body))
		w.Must(err)
		unpacked, err := io.ReadAll(z)
		w.Must(err)
		if packed.Header.Get("ETag") == tag || !bytes.Equal(unpacked, plain) || !strings.Contains(strings.Join(packed.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%s packed: tag %s and %s, Vary %v", path, tag, packed.Header.Get("ETag"), packed.Header.Values("Vary"))
		}
		if same, _ := ask(t, w, http.MethodGet, path, "Accept-Encoding", "gzip", "If-None-Match", packed.Header.Get("ETag")); same.StatusCode != http.StatusNotModified {
			t.Errorf("%s packed again: %d", path, same.StatusCode)
		}
		if refused, _ := ask(t, w, http.MethodGet, path, "Accept-Encoding", "gzip;q=0"); refused.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is packed for a program that takes nothing packed", path)
		}
	}
	for path, want := range map[string]int{
		"/data/nothing": 404, "/data/nothing.csv": 404, "/data/areas.xlsx": 404, "/data/areas.csv.gz": 404, "/data/.csv": 404, "/data/": 404, "/data/areas.CSV": 404, "/data/datapackage": 404,
	} {
		if a, _ := ask(t, w, http.MethodGet, path); a.StatusCode != want {
			t.Errorf("%s answers %d", path, a.StatusCode)
		}
	}
	if a, _ := ask(t, w, http.MethodPost, "/data/areas.csv"); a.StatusCode != http.StatusMethodNotAllowed && a.StatusCode != http.StatusNotFound {
		t.Errorf("POST answers %d", a.StatusCode)
	}
}

// TestTheSameForEverybody asks that somebody who is signed in gets the very bytes that others get.
func TestTheSameForEverybody(t *testing.T) {
	w := webtest.New(t)
	for _, path := range []string{"/data", "/data/outlets", "/data/outlets.csv"} {
		public, signedIn := w.As(webtest.Public).Get(path), w.As(webtest.Administrator).Get(path)
		if public.Body != signedIn.Body || public.Body == "" {
			t.Errorf("%s differs for somebody who is signed in", path)
		}
	}
}

// TestPagesSayWhatThereIs reads the pages: each table is listed and described, and every column is in its dictionary.
func TestPagesSayWhatThereIs(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	front := v.Open("/data")
	front.Says(t, "Open Government Licence", "never 0", "How to cite", "/data/datapackage.json")
	list, err := w.Data.List(t.Context())
	w.Must(err)
	var pkg struct {
		Resources []struct {
			Name   string
			Schema struct {
				Fields []struct{ Name, Description string }
			}
		}
	}
	_, body := ask(t, w, http.MethodGet, "/data/datapackage.json")
	w.Must(json.Unmarshal(body, &pkg))
	for i, m := range list {
		front.Says(t, `href="/data/`+m.Name+`"`, `href="/data/`+m.Name+`.parquet"`)
		p := v.Open("/data/" + m.Name)
		p.Says(t, "How to cite it", "23 November 2026")
		if pkg.Resources[i].Name != m.Name {
			t.Errorf("%s is %s in the package", m.Name, pkg.Resources[i].Name)
		}
		for _, f := range pkg.Resources[i].Schema.Fields {
			p.Says(t, f.Name+"</dt>")
		}
		if m.Count > 0 && len(m.First) == 0 || len(m.First) > 40 || len(p.Body) > 200_000 {
			t.Errorf("%s shows %d rows of %d in %d bytes", m.Name, len(m.First), m.Count, len(p.Body))
		}
		for _, bad := range []string{"style=", "onclick", "mail.example", "@"} {
			if strings.Contains(p.Body, bad) {
				t.Errorf("%s has %q", m.Name, bad)
			}
		}
	}
	if !slices.ContainsFunc(list, func(m opendata.Meta) bool { return m.Protected }) {
		t.Error("no table is protected")
	}
}

// TestPagesForEverybody runs axe at both widths, with the script and without.
func TestPagesForEverybody(t *testing.T) {
	w := webtest.New(t)
	for _, path := range []string{"/data", "/data/figures-coverage", "/data/supplies", "/data/rules", "/data/areas"} {
		w.Check(webtest.Public, path)
	}
}
