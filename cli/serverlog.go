package cli

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"everykit/web"
	"everykit/web/frontend"
)

// logger makes the log that a server writes to stderr. It never holds personal data: requests are known by the pattern
// of their route, not by what stood in the address or the form.
func (s *session) logger(form string) (*slog.Logger, error) {
	switch form {
	case "text":
		return slog.New(slog.NewTextHandler(s.Err, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(s.Err, nil)), nil
	case "errors":
		return slog.New(slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: slog.LevelError})), nil
	}
	return nil, usage("there is no form of log %q", form).try("--log text, json or errors")
}

// withoutAddresses keeps what the HTTP server itself complains of out of the log but for its kind: its lines name the
// address of whoever asked.
type withoutAddresses struct{ slog.Handler }

// Handle implements slog.Handler.
func (h withoutAddresses) Handle(ctx context.Context, r slog.Record) error {
	kind, _, _ := strings.Cut(r.Message, " from ")
	if i := strings.Index(kind, ": "); strings.HasPrefix(kind, "http: ") {
		kind, _, _ = strings.Cut(kind[i+2:], ":")
	}
	short := slog.NewRecord(r.Time, r.Level, "connection", 0)
	short.AddAttrs(slog.String("what", kind))
	return h.Handler.Handle(ctx, short)
}

// observe logs and measures every request, and bounds what it may send.
func observe(next http.Handler, log *slog.Logger, m *metrics) http.Handler {
	route := routes()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		most := int64(formBytes)
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
			most = uploadBytes
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		name := route(r)
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		m.underWay.Inc()
		defer func() {
			m.underWay.Dec()
			took := time.Since(began)
			m.request(name, rec.status, took)
			log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", method(r)), slog.String("route", name),
				slog.Int("status", rec.status), slog.Duration("took", took))
		}()
		next.ServeHTTP(rec, r)
	})
}

// routes finds the pattern of the route that a request belongs to: it says which page it was, and nothing of whom.
func routes() func(*http.Request) string {
	mux := http.NewServeMux()
	for _, r := range web.Routes() {
		mux.Handle(r.Pattern, http.NotFoundHandler())
	}
	mux.Handle(frontend.Prefix, http.NotFoundHandler())
	return func(r *http.Request) string {
		_, pattern := mux.Handler(r)
		if pattern == "" {
			return "none"
		}
		return pattern
	}
}

// method gives the method of a request if it is one of those there are: anything else is what somebody made up.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	begun  bool
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	if !r.begun && status >= http.StatusOK { // those below are not the answer yet
		r.status, r.begun = status, true
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	r.begun = true
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
