package webtest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
)

// Visitor is somebody with a browser of their own, without pictures and without scripts.
type Visitor struct {
	w      *World
	client *http.Client
}

// As is a visitor who has signed in.
func (w *World) As(who string) *Visitor {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	w.Must(err)
	v := &Visitor{w, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if token := w.Token(who); token != "" {
		at, err := url.Parse(w.URL)
		w.Must(err)
		jar.SetCookies(at, []*http.Cookie{Cookie(token)})
	}
	return v
}

// Answer is what came back.
type Answer struct {
	Status int
	To     string // where it leads on
	Type   string // of the content
	Body   string
	Header http.Header
}

// Get reads an address.
func (v *Visitor) Get(path string) Answer {
	v.w.t.Helper()
	return v.Do(http.MethodGet, path, nil)
}

// Post sends a form.
func (v *Visitor) Post(path string, form url.Values) Answer {
	v.w.t.Helper()
	return v.Do(http.MethodPost, path, form, "Content-Type", "application/x-www-form-urlencoded")
}

// Do sends any request, with headers in pairs.
func (v *Visitor) Do(method, path string, form url.Values, headers ...string) Answer {
	v.w.t.Helper()
	return v.send(method, path, strings.NewReader(form.Encode()), headers...)
}

// Upload sends a form with a file, as parts.
func (v *Visitor) Upload(path string, form url.Values, field, name, content string) Answer {
	v.w.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for k := range form {
		v.w.Must(parts.WriteField(k, form.Get(k)))
	}
	part, err := parts.CreateFormFile(field, name)
	v.w.Must(err)
	_, err = io.WriteString(part, content)
	v.w.Must(err)
	v.w.Must(parts.Close())
	return v.send(http.MethodPost, path, &body, "Content-Type", parts.FormDataContentType())
}

func (v *Visitor) send(method, path string, body io.Reader, headers ...string) Answer {
	v.w.t.Helper()
	r, err := http.NewRequestWithContext(v.w.ctx, method, v.w.URL+path, body)
	v.w.Must(err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rs, err := v.client.Do(r)
	v.w.Must(err)
	defer rs.Body.Close()
	read, err := io.ReadAll(rs.Body)
	v.w.Must(err)
	return Answer{rs.StatusCode, rs.Header.Get("Location"), rs.Header.Get("Content-Type"), string(read), rs.Header}
}
