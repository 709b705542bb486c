package page

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
)

// gzipLevel is where HTML stops getting much smaller for the time it takes.
const gzipLevel = 5

var writers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(io.Discard, gzipLevel)
	if err != nil {
		panic(err) // the level is a constant that gzip knows
	}
	return w
}}

// Gzip compresses answers of text for those who take it. Answers that are encoded already, or empty, or no text, pass as
// they are.
func Gzip(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !acceptsGzip(r.Header.Get("Accept-Encoding")) || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		z := &zipped{ResponseWriter: w}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

// acceptsGzip reads Accept-Encoding; "gzip;q=0" is a refusal.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		q := strings.ReplaceAll(params, " ", "")
		return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
	}
	return false
}

type zipped struct {
	http.ResponseWriter
	gz    *gzip.Writer
	begun bool
}

func (z *zipped) WriteHeader(status int) {
	if z.begun {
		return
	}
	z.begun = true
	h := z.Header()
	bodyless := status < 200 || status == http.StatusNoContent || status == http.StatusNotModified ||
		(status >= 300 && status < 400)
	if !bodyless && h.Get("Content-Encoding") == "" && h.Get("Content-Range") == "" && isText(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		z.gz = writers.Get().(*gzip.Writer)
		z.gz.Reset(z.ResponseWriter)
	}
	z.ResponseWriter.WriteHeader(status)
}

func (z *zipped) Write(b []byte) (int, error) {
	if !z.begun {
		if z.Header().Get("Content-Type") == "" {
			z.Header().Set("Content-Type", http.DetectContentType(b))
		}
		z.WriteHeader(http.StatusOK)
	}
	if z.gz != nil {
		return z.gz.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

func (z *zipped) close() {
	if z.gz == nil {
		return
	}
	_ = z.gz.Close() // an error here means that nobody is there to read
	z.gz.Reset(io.Discard)
	writers.Put(z.gz)
	z.gz = nil
}

// Unwrap lets http.ResponseController through.
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

// FlushError sends what there is so far; http.ResponseController finds it.
func (z *zipped) FlushError() error {
	if z.gz != nil {
		if err := z.gz.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(z.ResponseWriter).Flush()
}

func isText(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || kind == "image/svg+xml" || kind == "application/json" ||
		kind == "application/geo+json" || kind == "application/problem+json"
}
