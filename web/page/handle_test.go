package page_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/web/page"
)

// answer sends one request with a secret in every place a person may type one, and gives the answer and the log.
func answer(t *testing.T, f page.Func) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var log bytes.Buffer
	s := shell()
	s.Log = slog.New(slog.NewJSONHandler(&log, nil))
	r := httptest.NewRequest(http.MethodPost, "/x?postcode=CANARY1", strings.NewReader("name=CANARY2"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.Handle(f).ServeHTTP(w, r)
	return w, log.String()
}

func TestErrorsBecomePages(t *testing.T) {
	cause := errors.New("disk of the third machine")
	for _, c := range []struct {
		err    error
		status int
		shown  string
	}{
		{fault.New(fault.Invalid, "That is no date."), 422, "That is no date."},
		{fault.New(fault.NotFound, "No outlet 7."), 404, "No outlet 7."},
		{fault.New(fault.Conflict, "Somebody was faster."), 409, "Somebody was faster."},
		{fault.New(fault.Refused, "6 too few.").Hint("Give out 24."), 409, "Give out 24."},
		{fault.New(fault.Forbidden, "Not yours."), 403, "Not yours."},
		{fault.New(fault.Unavailable, "The disk is full.").Because(cause), 503, "The disk is full."},
		{cause, 500, "our mistake"},
		{fmt.Errorf("read: %w", &http.MaxBytesError{Limit: 5}), 413, "smaller parts"},
	} {
		w, log := answer(t, func(http.ResponseWriter, *http.Request) error { return c.err })
		body := w.Body.String()
		if w.Code != c.status || !strings.Contains(body, c.shown) {
			t.Errorf("%v: status %d, want %d with %q", c.err, w.Code, c.status, c.shown)
		}
		if strings.Contains(body, "third machine") {
			t.Errorf("%v: the cause is on the page", c.err)
		}
		id := regexp.MustCompile(`<code>([0-9a-f]{10})</code>`).FindStringSubmatch(body)
		if id == nil || !strings.Contains(log, id[1]) {
			t.Errorf("%v: no number leads from the page to the log: %v, %s", c.err, id, log)
		}
		if errors.Is(c.err, cause) && !strings.Contains(log, "third machine") {
			t.Errorf("%v: the cause is not in the log: %s", c.err, log)
		}
		if strings.Contains(log, "CANARY") || strings.Contains(body, "CANARY") {
			t.Errorf("%v: what somebody typed got out: %s", c.err, log)
		}
	}
}

func TestPanicBecomesPage(t *testing.T) {
	w, log := answer(t, func(http.ResponseWriter, *http.Request) error { panic("out of range") })
	if w.Code != 500 || strings.Contains(w.Body.String(), "out of range") || !strings.Contains(log, "out of range") {
		t.Errorf("status %d, log %s", w.Code, log)
	}
}

func TestNothingIsAddedToAnAnswerThatHasBegun(t *testing.T) {
	w, log := answer(t, func(w http.ResponseWriter, _ *http.Request) error {
		fmt.Fprint(w, "half")
		return errors.New("lost the rest")
	})
	if w.Body.String() != "half" || !strings.Contains(log, "lost the rest") {
		t.Errorf("answer %q, log %s", w.Body, log)
	}
}

func TestGzip(t *testing.T) {
	text := strings.Repeat("kits and doses ", 200)
	h := page.Gzip(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/png":
			w.Header().Set("Content-Type", "image/png")
		case "/none":
			w.WriteHeader(http.StatusNoContent)
			return
		case "/encoded":
			w.Header().Set("Content-Type", "text/css")
			w.Header().Set("Content-Encoding", "br")
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Length", "3000")
		}
		fmt.Fprint(w, text)
	}))
	for _, c := range []struct {
		path, accept, encoding string
	}{
		{"/", "br, gzip;q=0.8", "gzip"},
		{"/", "gzip;q=0", ""},
		{"/", "", ""},
		{"/", "x-gzip2", ""},
		{"/png", "gzip", ""},
		{"/none", "gzip", ""},
		{"/encoded", "gzip", "br"},
	} {
		r := httptest.NewRequest(http.MethodGet, c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Encoding"); got != c.encoding {
			t.Errorf("%s for %q is encoded %q, want %q", c.path, c.accept, got, c.encoding)
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s does not say that it varies", c.path)
		}
		if c.encoding != "gzip" {
			continue
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(z)
		if err != nil || string(plain) != text {
			t.Errorf("%d bytes came back of %d: %v", len(plain), len(text), err)
		}
		if w.Header().Get("Content-Length") != "" {
			t.Error("the length of the plain text was sent with the compressed")
		}
	}
}
