package page

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func TestAccepts(t *testing.T) {
	for header, want := range map[string]bool{
		"br": true, "gzip, br": true, "gzip, br;q=0.5": true, "br; q=1.0": true, "br;q=0": false, "br; q=0.000": false, "gzip": false, "": false, "brr": false, "x-br": false,
	} {
		if got := accepts(header, "br"); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
}

func TestMatches(t *testing.T) {
	for header, want := range map[string]bool{`"a"`: true, `W/"a"`: true, `"b", "a"`: true, "*": true, `"b"`: false, "": false, `a`: false, `"aa"`: false} {
		if got := matches(header, `"a"`); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
}

// drawnPage is an answer as a handler makes it.
func drawnPage(body string) *Answer {
	d := NewDrawn()
	d.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(d, body)
	return d.Packed(time.Minute)
}

func sent(a *Answer, method string, headers ...string) *httptest.ResponseRecorder {
	w, r := httptest.NewRecorder(), httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	a.Send(w, r)
	return w
}

// TestAnswersAreShared sends one answer twice, and adds to the headers in between as a wrapper of the site does: the second is
// not the first one's.
func TestAnswersAreShared(t *testing.T) {
	a := drawnPage(strings.Repeat("kits ", 1000))
	for range 2 {
		w := sent(a, http.MethodGet, "Accept-Encoding", "br")
		if got := strings.Join(w.Header().Values("Vary"), "|"); got != "Accept-Encoding" || w.Header().Get("Content-Encoding") != "br" {
			t.Errorf("Vary is %q", got)
		}
		w.Header().Add("Vary", "Cookie")
		w.Header().Set("Content-Type", "text/plain")
	}
	w := sent(a, http.MethodGet)
	if w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Header().Get("Content-Encoding") != "" || w.Body.Len() != 5000 || w.Header().Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("the third has %v", w.Header())
	}
}

// TestForms asks for one answer in every way that there is.
func TestForms(t *testing.T) {
	body := strings.Repeat("kits given out ", 400)
	a := drawnPage(body)
	plain, packed, small := sent(a, http.MethodGet), sent(a, http.MethodGet, "Accept-Encoding", "gzip, br;q=0"), sent(a, http.MethodGet, "Accept-Encoding", "gzip, br")
	tags := map[string]bool{}
	for _, w := range []*httptest.ResponseRecorder{plain, packed, small} {
		tag := w.Header().Get("ETag")
		if w.Code != http.StatusOK || len(tag) < 10 || tag[0] != '"' || tags[tag] {
			t.Errorf("answered %d with the tag %s", w.Code, tag)
		}
		tags[tag] = true
		same := sent(a, http.MethodGet, "Accept-Encoding", map[string]string{"gzip": "gzip", "br": "br", "": ""}[w.Header().Get("Content-Encoding")], "If-None-Match", tag)
		if same.Code != http.StatusNotModified || same.Body.Len() != 0 || same.Header().Get("Content-Type") != "" || same.Header().Get("ETag") != tag {
			t.Errorf("again: %d with %d bytes", same.Code, same.Body.Len())
		}
	}
	if unpacked, err := io.ReadAll(brotli.NewReader(bytes.NewReader(small.Body.Bytes()))); err != nil || string(unpacked) != body || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("unpacked it is %d bytes: %v", len(unpacked), err)
	}
	if part := sent(a, http.MethodGet, "Range", "bytes=5-9"); part.Code != http.StatusPartialContent || part.Body.String() != body[5:10] {
		t.Errorf("a part: %d %q", part.Code, part.Body)
	}
	if head := sent(a, http.MethodHead); head.Body.Len() != 0 || head.Header().Get("Content-Length") != "6000" {
		t.Errorf("HEAD has %d bytes, and says %s", head.Body.Len(), head.Header().Get("Content-Length"))
	}
	if other := drawnPage(body); sent(other, http.MethodGet).Header().Get("ETag") != plain.Header().Get("ETag") {
		t.Error("the same bytes have another tag")
	}
	if other := drawnPage(body + "."); sent(other, http.MethodGet).Header().Get("ETag") == plain.Header().Get("ETag") {
		t.Error("other bytes have the same tag")
	}
}

// TestFromMemory sends what holds, asks the handler for all else, and keeps to its bound.
func TestFromMemory(t *testing.T) {
	s, asked := &Shell{}, 0
	h := s.FromMemory(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; _, _ = io.WriteString(w, "made") }))
	get := func(method, target string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, target, nil))
		return w.Body.String()
	}
	holds := true
	a := drawnPage("kept")
	a.Holds = func(context.Context) bool { return holds }
	s.Memory().Keep("/state", a)
	s.Memory().Keep("/list?page=2", drawnPage("second"))
	for _, c := range []struct{ method, target, want string }{
		{http.MethodGet, "/state", "kept"},
		{http.MethodHead, "/state", ""},
		{http.MethodPost, "/state", "made"},
		{http.MethodGet, "/state?page=2", "made"},
		{http.MethodGet, "/list?page=2", "second"},
		{http.MethodGet, "/list", "made"},
		{http.MethodGet, "/other", "made"},
	} {
		if got := get(c.method, c.target); got != c.want {
			t.Errorf("%s %s is %q", c.method, c.target, got)
		}
	}
	holds = false
	if get(http.MethodGet, "/state") != "made" || asked != 5 || s.Memory().Kept("/state") != a || s.Memory().Holding(t.Context(), "/state") != nil {
		t.Errorf("what holds no more is sent; the handler was asked %d times", asked)
	}
	big := AnswerOf(http.Header{}, `"big"`, make([]byte, mostKept-10), nil, nil)
	s.Memory().Keep("/big", big)
	if s.Memory().Kept("/state") != nil || s.Memory().Kept("/big") != big {
		t.Error("the memory is full, and keeps what was there before")
	}
	for range 3 { // in its own place, which takes no more room
		s.Memory().Keep("/big", big)
	}
	s.Memory().Keep("/small", AnswerOf(http.Header{}, `"small"`, []byte("x"), nil, nil))
	if s.Memory().Kept("/big") == nil {
		t.Error("an answer in the place of itself is counted twice")
	}
}
