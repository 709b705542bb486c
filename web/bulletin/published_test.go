package bulletin_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"everykit/bulletin"
	"everykit/language"
	"everykit/store"
	"everykit/web/webtest"
)

var noTime time.Time

// day is how long an embargo of the tests lasts, and more.
const day = 24 * time.Hour

// mediaTypes are what the files of a bulletin must be, and how each must be given.
var mediaTypes = map[string][2]string{
	"index.html": {"text/html; charset=utf-8", "inline"}, "bulletin.pdf": {"application/pdf", "inline"},
	"bulletin.xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"},
	"bulletin.ods":  {"application/vnd.oasis.opendocument.spreadsheet", "attachment"},
	"tables.zip":    {"application/zip", "attachment"},
	"bulletin.json": {"application/json", "inline"},
}

// TestPublicBytes takes the pages and all files as programs do.
func TestPublicBytes(t *testing.T) {
	w := world(t)
	published(t, w)
	pages := []string{"/bulletins", "/bulletins/" + slug, "/bulletins/" + slug + "/1", "/bulletins/feed.atom"}
	paths := append([]string{}, pages...)
	for _, name := range bulletin.FileNames {
		paths = append(paths, "/bulletins/"+slug+"/"+name, "/bulletins/"+slug+"/1/"+name)
	}
	for _, path := range paths {
		first, body := ask(t, w, http.MethodGet, path)
		a, plain := ask(t, w, http.MethodGet, path, "Cookie", "everykit=anything")
		tag := a.Header.Get("ETag")
		if a.StatusCode != http.StatusOK || len(plain) == 0 || len(tag) < 10 || strings.HasPrefix(tag, "W/") || a.Header.Get("Content-Encoding") != "" {
			t.Fatalf("%s: %d, %d bytes, %q", path, a.StatusCode, len(plain), tag)
		}
		if !bytes.Equal(body, plain) || first.Header.Get("ETag") != tag {
			t.Errorf("%s differs the second time", path)
		}
		cache := "public, max-age=300"
		if strings.Contains(path, "/1/") {
			cache = "public, max-age=31536000, immutable"
		}
		for _, x := range []*http.Response{first, a} {
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": cache, "Set-Cookie": "", "Referrer-Policy": "no-referrer", "Vary": "Accept-Encoding"} {
				if got := strings.Join(x.Header.Values(name), "|"); got != want {
					t.Errorf("%s: %s is %q", path, name, got)
				}
			}
		}
		if name := path[strings.LastIndex(path, "/")+1:]; mediaTypes[name][0] != "" {
			if got := a.Header.Get("Content-Type"); got != mediaTypes[name][0] {
				t.Errorf("%s is %q", path, got)
			}
			if got := a.Header.Get("Content-Disposition"); !strings.HasPrefix(got, mediaTypes[name][1]+`; filename="`+slug+"-") {
				t.Errorf("%s is given as %q", path, got)
			}
			if got := a.Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || !strings.Contains(got, "sandbox") {
				t.Errorf("%s has the policy %q", path, got)
			}
		}
		if same, body := ask(t, w, http.MethodGet, path, "If-None-Match", `"other", `+tag); same.StatusCode != http.StatusNotModified || len(body) != 0 || same.Header.Get("ETag") != tag {
			t.Errorf("%s again: %d with %d bytes", path, same.StatusCode, len(body))
		}
		if other, _ := ask(t, w, http.MethodGet, path, "If-None-Match", `"another"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, other.StatusCode)
		}
		if head, body := ask(t, w, http.MethodHead, path); head.StatusCode != http.StatusOK || len(body) != 0 || head.Header.Get("ETag") != tag || head.ContentLength != int64(len(plain)) {
			t.Errorf("HEAD %s: %d, %d bytes", path, head.StatusCode, head.ContentLength)
		}
		if part, body := ask(t, w, http.MethodGet, path, "Range", "bytes=5-14"); part.StatusCode != http.StatusPartialContent || !bytes.Equal(body, plain[5:15]) {
			t.Errorf("a part of %s: %d", path, part.StatusCode)
		}
		for takes, unpack := range map[string]func(io.Reader) io.Reader{
			"gzip, br;q=0": func(r io.Reader) io.Reader { z, err := gzip.NewReader(r); w.Must(err); return z },
			"gzip, br":     func(r io.Reader) io.Reader { return brotli.NewReader(r) },
		} {
			packed, body := ask(t, w, http.MethodGet, path, "Accept-Encoding", takes)
			if packed.Header.Get("Content-Encoding") == "" {
				if strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".json") || !strings.Contains(path, ".") {
					t.Errorf("%s is not packed for %q", path, takes)
				}
				continue
			}
			unpacked, err := io.ReadAll(unpack(bytes.NewReader(body)))
			w.Must(err)
			if packed.Header.Get("ETag") == tag || !bytes.Equal(unpacked, plain) || packed.ContentLength != int64(len(body)) {
				t.Errorf("%s for %q: tag %s, %d bytes of %d", path, takes, packed.Header.Get("ETag"), len(unpacked), len(plain))
			}
			if same, _ := ask(t, w, http.MethodGet, path, "Accept-Encoding", takes, "If-None-Match", packed.Header.Get("ETag")); same.StatusCode != http.StatusNotModified {
				t.Errorf("%s packed again: %d", path, same.StatusCode)
			}
		}
		if refused, _ := ask(t, w, http.MethodGet, path, "Accept-Encoding", "gzip;q=0"); refused.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is packed for a program that takes nothing packed", path)
		}
		public, signedIn := w.As(webtest.Public).Get(path), w.As(webtest.Administrator).Get(path)
		if public.Body != signedIn.Body || public.Body == "" {
			t.Errorf("%s differs for somebody who is signed in", path)
		}
	}
	for path, want := range map[string]int{
		"/bulletins/nothing": 404, "/bulletins/2026-27-q1": 404, "/bulletins/" + slug + "/2": 404, "/bulletins/" + slug + "/01": 404, "/bulletins/" + slug + "/0": 404, "/bulletins/" + slug + "/-1": 404,
		"/bulletins/" + slug + "/secret.txt": 404, "/bulletins/" + slug + "/body.html": 404, "/bulletins/" + slug + "/1/body.html": 404, "/bulletins/" + slug + "/2/bulletin.pdf": 404,
		"/bulletins/" + slug + "/x/bulletin.pdf": 404, "/bulletins/" + slug + "/1/": 404, "/bulletins/": 404, "/bulletins/nothing/bulletin.pdf": 404,
	} {
		a, body := ask(t, w, http.MethodGet, path)
		if a.StatusCode != want || !bytes.Contains(body, []byte("<main")) {
			t.Errorf("%s answers %d", path, a.StatusCode)
		}
	}
	_, missing := ask(t, w, http.MethodGet, "/bulletins/nothing")
	webtest.Says(t, string(missing), "No bulletin is published at this address", "/bulletins")
	if a, _ := ask(t, w, http.MethodPost, "/bulletins/"+slug); a.StatusCode != http.StatusMethodNotAllowed && a.StatusCode != http.StatusNotFound {
		t.Errorf("POST answers %d", a.StatusCode)
	}
}

// TestPublicPage reads what is published.
func TestPublicPage(t *testing.T) {
	w := world(t)
	id := published(t, w)
	v := w.As(webtest.Public)
	c, err := w.Bulletins.Content(t.Context(), id)
	w.Must(err)
	p := v.Open("/bulletins/" + slug)
	p.Says(t, c.Title, "23 November 2026, 12:00pm", "1, the only one so far", `href="#main_points"`, `id="main_points"`)
	for _, name := range bulletin.FileNames {
		p.Says(t, `href="/bulletins/`+slug+`/1/`+name+`"`)
	}
	for _, ch := range c.Chapters {
		p.Says(t, `id="`+ch.Key+`"`)
	}
	p.Lacks(t, "newer edition", "What was corrected", "Other editions", "Not published", "This is a draft", "style=", "onclick", webtest.Name(webtest.National), webtest.Name(webtest.Analyst))
	v.Open("/bulletins").Says(t, c.Title, `href="/bulletins/`+slug+`"`, "/bulletins/feed.atom", "Send me the link")
	feed := v.Open("/bulletins/feed.atom")
	feed.Says(t, "<feed", slug)
}

// TestLanguages reads the page in another language first: what is kept of it is not given to those who read English, and its
// links stay in the language. What the bulletin itself says is marked as English.
func TestLanguages(t *testing.T) {
	t.Cleanup(language.Use(language.Pseudo()))
	w := world(t)
	published(t, w)
	v := w.As(webtest.Public)
	path := "/bulletins/" + slug
	for range 2 {
		other := v.Open("/xx" + path)
		other.Says(t, `<html lang="en-XA"`, `lang="en-GB">`, `href="/xx/bulletins"`, `href="/bulletins/`+slug+`/1/bulletin.pdf"`)
		english := v.Open(path)
		english.Says(t, `<html lang="en-GB"`, `href="/bulletins"`)
		if english.Header.Get("ETag") == other.Header.Get("ETag") {
			t.Fatal("one answer serves two languages")
		}
	}
	v.Open("/xx/bulletins").Says(t, `href="/xx`+path+`"`, `action="/xx/bulletins/subscribe"`)
	v.Get("/xx"+england).Is(t, http.StatusNotFound, "")
}

// TestEditions publishes a correction, and reads both editions.
func TestEditions(t *testing.T) {
	w := world(t)
	published(t, w)
	v := w.As(webtest.Public)
	before := map[string]string{}
	for _, name := range bulletin.FileNames {
		before[name] = v.Open("/bulletins/" + slug + "/1/" + name).Body
	}
	first := v.Open("/bulletins/" + slug).Body
	v.Open("/bulletins").Lacks(t, "<td>2</td>")
	corrected(t, w)
	v.Open("/bulletins/"+slug).Says(t, "The figure of Barnet stood too low", "Nine kits were entered late", "2, the newest", `href="/bulletins/`+slug+`/1"`, `href="/bulletins/`+slug+`/2/bulletin.pdf"`)
	v.Open("/bulletins/"+slug).Lacks(t, "There is a newer edition")
	old := v.Open("/bulletins/" + slug + "/1")
	old.Says(t, "There is a newer edition", `href="/bulletins/`+slug+`"`, "1 of 2", `href="/bulletins/`+slug+`/1/bulletin.pdf"`)
	old.Lacks(t, "What was corrected", `/2/bulletin.pdf"`)
	if old.Body == first {
		t.Error("the page of the first edition does not know that there is another")
	}
	for name, was := range before {
		if now := v.Open("/bulletins/" + slug + "/1/" + name).Body; now != was {
			t.Errorf("%s of the first edition has changed", name)
		}
		if newest := v.Open("/bulletins/" + slug + "/" + name).Body; newest == was {
			t.Errorf("%s of the newest edition is the first one's", name)
		}
	}
}

// lookEvery is longer than what is published is taken to be as it was.
const lookEvery = 2200 * time.Millisecond

// TestWithoutADatabase takes the database away: what was read once is served as before.
func TestWithoutADatabase(t *testing.T) {
	w := world(t)
	published(t, w)
	paths := []string{"/bulletins", "/bulletins/" + slug, "/bulletins/" + slug + "/1/bulletin.pdf"}
	was := map[string][]byte{}
	for _, path := range paths {
		_, was[path] = ask(t, w, http.MethodGet, path)
	}
	w.Must(w.DB.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), "ALTER TABLE bulletin_turn RENAME TO bulletin_turn_away")
		return err
	}))
	time.Sleep(lookEvery) // until then nobody asks it
	for _, path := range paths {
		if a, body := ask(t, w, http.MethodGet, path); a.StatusCode != http.StatusOK || !bytes.Equal(body, was[path]) {
			t.Errorf("%s answers %d with the database away", path, a.StatusCode)
		}
	}
}

// budget is the most a page may have, compressed.
const budget = 50_000

// TestBudget holds the page of a whole nation with 152 authorities to it.
func TestBudget(t *testing.T) {
	w, made := webtest.NewDemo(t, 1)
	path := "/bulletins/" + w.Printed.Published[2]
	_, plain := ask(t, w, http.MethodGet, path)
	_, zipped := ask(t, w, http.MethodGet, path, "Accept-Encoding", "gzip")
	_, brotlied := ask(t, w, http.MethodGet, path, "Accept-Encoding", "br")
	t.Logf("%d authorities: %d bytes, %d with gzip, %d with brotli", made.Authorities, len(plain), len(zipped), len(brotlied))
	if made.Authorities < 150 || len(plain) < 50_000 {
		t.Errorf("%d authorities in %d bytes: this is no whole nation", made.Authorities, len(plain))
	}
	if len(zipped) > budget || len(brotlied) > budget {
		t.Errorf("the page has %d bytes with gzip and %d with brotli", len(zipped), len(brotlied))
	}
}
