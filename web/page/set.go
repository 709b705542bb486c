package page

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"strings"
	"sync"

	"everykit/web/frontend"
)

//go:embed templates
var own embed.FS

// Set is the parsed templates of one folder of web. It is safe for concurrent use.
type Set struct {
	pages  map[string]*template.Template
	worded map[string]bool // pages whose templates take words from messages
}

// Parse reads the page templates that match the patterns: one file a page, named after the file without ".html". A file
// whose name begins with "_" holds pieces that all pages of the set may use. Each page defines "main"; it may define
// "head" for what else belongs into the head of the document.
func Parse(fsys fs.FS, patterns ...string) (*Set, error) {
	base, err := template.New("base").Funcs(funcs()).ParseFS(own, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("page: own templates: %w", err)
	}
	var names []string
	for _, p := range patterns {
		found, err := fs.Glob(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("page: pattern %s: %w", p, err)
		}
		names = append(names, found...)
	}
	for _, n := range names {
		if strings.HasPrefix(path.Base(n), "_") {
			if _, err := base.ParseFS(fsys, n); err != nil {
				return nil, fmt.Errorf("page: %s: %w", n, err)
			}
		}
	}
	s := &Set{pages: map[string]*template.Template{}, worded: map[string]bool{}}
	for _, n := range names {
		if strings.HasPrefix(path.Base(n), "_") {
			continue
		}
		t, err := template.Must(base.Clone()).ParseFS(fsys, n)
		if err != nil {
			return nil, fmt.Errorf("page: %s: %w", n, err)
		}
		if t.Lookup("main") == nil {
			return nil, fmt.Errorf(`page: %s does not define "main"`, n)
		}
		if err := escapes(t); err != nil {
			return nil, fmt.Errorf("page: %s: %w", n, err)
		}
		name := strings.TrimSuffix(path.Base(n), ".html")
		s.pages[name], s.worded[name] = t, worded(t.Lookup("main").Tree.Root)
	}
	if len(s.pages) == 0 {
		return nil, fmt.Errorf("page: no template matches %s", strings.Join(patterns, " "))
	}
	return s, nil
}

// escapes makes html/template do now what it does at first use: find out how each value is to be escaped, and fail where
// it cannot. What else fails, fails for want of data.
func escapes(t *template.Template) error {
	err := t.ExecuteTemplate(io.Discard, "base", View{})
	var e *template.Error
	if errors.As(err, &e) {
		return err
	}
	return nil
}

// MustParse is Parse for templates that are embedded: a mistake in them is a mistake in the program.
func MustParse(fsys fs.FS, patterns ...string) *Set {
	s, err := Parse(fsys, patterns...)
	if err != nil {
		panic(err)
	}
	return s
}

func funcs() template.FuncMap {
	all := template.FuncMap{"asset": frontend.URL}
	maps.Copy(all, fieldFuncs)
	maps.Copy(all, wordFuncs)
	maps.Copy(all, structFuncs)
	return all
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render draws a page. Nothing is written until the whole page is drawn, so that a template which fails gives an error
// page and never half a page.
func (s *Set) Render(w http.ResponseWriter, status int, name string, v View) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := s.draw(b, name, v); err != nil {
		return err
	}
	setHeaders(w.Header(), v.Public, v.Scan != nil, v.Locate)
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	if err != nil {
		return fmt.Errorf("page: %s: %w", name, err)
	}
	return nil
}

// Bytes draws a page into memory, for pages that are made once and kept.
func (s *Set) Bytes(name string, v View) ([]byte, error) {
	var b bytes.Buffer
	err := s.draw(&b, name, v)
	return b.Bytes(), err
}

func (s *Set) draw(b *bytes.Buffer, name string, v View) error {
	t, ok := s.pages[name]
	if !ok {
		return fmt.Errorf("page: no template %q", name)
	}
	v.worded = s.worded[name]
	if err := t.ExecuteTemplate(b, "base", v); err != nil {
		return fmt.Errorf("page: %s: %w", name, err)
	}
	return nil
}
