package webtest

import (
	"bytes"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
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
	w.must(err)
	v := &Visitor{w, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if token := w.Token(who); token != "" {
		at, err := url.Parse(w.URL)
		w.must(err)
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
		v.w.must(parts.WriteField(k, form.Get(k)))
	}
	part, err := parts.CreateFormFile(field, name)
	v.w.must(err)
	_, err = io.WriteString(part, content)
	v.w.must(err)
	v.w.must(parts.Close())
	return v.send(http.MethodPost, path, &body, "Content-Type", parts.FormDataContentType())
}

func (v *Visitor) send(method, path string, body io.Reader, headers ...string) Answer {
	v.w.t.Helper()
	r, err := http.NewRequestWithContext(v.w.ctx, method, v.w.URL+path, body)
	v.w.must(err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rs, err := v.client.Do(r)
	v.w.must(err)
	defer rs.Body.Close()
	read, err := io.ReadAll(rs.Body)
	v.w.must(err)
	return Answer{rs.StatusCode, rs.Header.Get("Location"), rs.Header.Get("Content-Type"), string(read), rs.Header}
}

// Form is one form of a page.
type Form struct {
	Action string
	Method string
	Values url.Values // as a browser would send them: untouched, the first of what must be chosen, and the first button
	Words  []string   // names of the fields that take any words

	Choices map[string][]string // answers of each select
	File    string              // name of the field for a file; such a form is sent as parts

	open map[string]string // the first answer of radios and checkboxes
}

var (
	formTag   = regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`)
	fieldTag  = regexp.MustCompile(`(?s)<(input|textarea|select)([^>]*)>`)
	buttonTag = regexp.MustCompile(`<button([^>]*)>`)
	attrOf    = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	selects   = regexp.MustCompile(`(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>`)
	chosen    = regexp.MustCompile(`<option value="([^"]*)" selected`)
	anOption  = regexp.MustCompile(`<option value="([^"]*)"`)
)

// Forms reads the forms of a page, but the header's. here is the page's own address.
func Forms(body, here string) []Form {
	_, body, _ = strings.Cut(body, "<main")
	var list []Form
	for _, m := range formTag.FindAllStringSubmatch(body, -1) {
		of := attributes(m[1])
		f := Form{Action: of["action"], Method: strings.ToUpper(of["method"]), Values: url.Values{}, open: map[string]string{}, Choices: map[string][]string{}}
		if f.Action == "" {
			f.Action, _, _ = strings.Cut(here, "?")
		}
		for _, tag := range fieldTag.FindAllStringSubmatch(m[2], -1) {
			f.add(tag[1], attributes(tag[2]), tag[2])
		}
		for _, s := range selects.FindAllStringSubmatch(m[2], -1) {
			for _, o := range anOption.FindAllStringSubmatch(s[2], -1) {
				f.Choices[s[1]] = append(f.Choices[s[1]], html.UnescapeString(o[1]))
			}
			first := anOption.FindStringSubmatch(s[2])
			if is := chosen.FindStringSubmatch(s[2]); is != nil {
				first = is
			}
			if first != nil {
				f.Values.Set(s[1], html.UnescapeString(first[1]))
			}
		}
		for name, value := range f.open {
			if !f.Values.Has(name) {
				f.Values.Set(name, value)
			}
		}
		if button := buttonTag.FindStringSubmatch(m[2]); button != nil {
			if of := attributes(button[1]); of["name"] != "" {
				f.Values.Set(of["name"], of["value"])
			}
		}
		list = append(list, f)
	}
	return list
}

func attributes(tag string) map[string]string {
	of := map[string]string{}
	for _, m := range attrOf.FindAllStringSubmatch(tag, -1) {
		of[m[1]] = html.UnescapeString(m[2])
	}
	return of
}

func (f *Form) add(element string, of map[string]string, tag string) {
	name := of["name"]
	switch {
	case name == "" || element == "select":
	case of["type"] == "file":
		f.File = name
	case of["type"] == "radio", of["type"] == "checkbox":
		if strings.Contains(tag, " checked") {
			f.Values.Add(name, of["value"])
		} else if f.open[name] == "" && !strings.Contains(tag, " disabled") {
			f.open[name] = of["value"]
		}
	case of["type"] == "hidden":
		f.Values.Set(name, of["value"])
	default:
		f.Values.Set(name, of["value"])
		if of["inputmode"] == "" && (of["type"] == "" || of["type"] == "text") {
			f.Words = append(f.Words, name)
		}
	}
}
