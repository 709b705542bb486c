package language

import (
	"html/template"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	tags "golang.org/x/text/language"
)

// Words are the words of one language. Nil is English.
type Words struct {
	Tag  string // en-GB, cy
	Name string // English, Cymraeg: as its own speakers write it
	Path string // what stands before every address: empty for English, /cy
	RTL  bool   // written from right to left

	rules    tags.Tag // whose plural forms it has
	messages map[string]message
	faults   []string // keys of faults.json, in their order
}

// English is always there, and complete.
func English() *Words { return english() }

var english = sync.OnceValue(readEnglish)

// others are the languages that are loaded beside English. A list in it is never changed.
var (
	others  atomic.Pointer[[]*Words]
	loading sync.Mutex // held by whoever changes others
)

// All are the languages that are loaded, English first.
func All() []*Words {
	all := []*Words{English()}
	if more := others.Load(); more != nil {
		all = append(all, *more...)
	}
	return all
}

// Use adds a language that was made and not loaded, as tests do with Pseudo. What it gives takes it away again.
func Use(w *Words) (remove func()) {
	change(func(all []*Words) []*Words { return append(all, w) })
	return func() {
		change(func(all []*Words) []*Words {
			return slices.DeleteFunc(all, func(other *Words) bool { return other == w })
		})
	}
}

func change(how func([]*Words) []*Words) {
	loading.Lock()
	defer loading.Unlock()
	var all []*Words
	if old := others.Load(); old != nil {
		all = slices.Clone(*old)
	}
	all = how(all)
	others.Store(&all)
}

// For gives the language whose path an address begins with, and the rest of the address; English with the address as it is
// if none does.
func For(path string) (w *Words, rest string) {
	if more := others.Load(); more != nil {
		for _, w := range *more {
			if rest, ok := strings.CutPrefix(path, w.Path); ok && (rest == "" || rest[0] == '/') {
				if rest == "" {
					rest = "/"
				}
				return w, rest
			}
		}
	}
	return English(), path
}

// staffDoor is the one address that public pages lead to and that is in English alone.
const staffDoor = "/sign-in"

// Link is an address of this site in this language: Link("/find") is /cy/find. An address that is no path of this site, that
// has its language already, or that is for staff, stays as it is.
func (w *Words) Link(path string) string {
	if w == nil || w.Path == "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || path == staffDoor {
		return path
	}
	if rest, ok := strings.CutPrefix(path, w.Path); ok && (rest == "" || strings.ContainsAny(rest[:1], "/?#")) {
		return path
	}
	return w.Path + path
}

// Lang is the tag, for the attribute lang.
func (w *Words) Lang() string { return w.orEnglish().Tag }

// Dir is the direction of writing, for the attribute dir: ltr or rtl.
func (w *Words) Dir() string {
	if w.orEnglish().RTL {
		return "rtl"
	}
	return "ltr"
}

// IsEnglish reports whether these are the words that are built in.
func (w *Words) IsEnglish() bool { return w.orEnglish().Path == "" }

func (w *Words) orEnglish() *Words {
	if w == nil {
		return English()
	}
	return w
}

// T is a message with its places filled: pairs of name and value. A key "check.found" is looked up here, then in English; a key that is
// in neither is a programming error that a test finds, and is shown as it is. "{kits}" in a message is replaced by the pair "kits".
// Plurals are chosen by the pair "count".
func (w *Words) T(key string, pairs ...any) string {
	from, m, ok := w.find(key)
	if !ok {
		return key
	}
	t := m.form(from, pairs)
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.literal)
		if p.place != "" {
			b.WriteString(w.fill(p.place, pairs))
		}
	}
	return b.String()
}

// HTML is T for messages with markup (file *.html.json): the values are escaped, but for a value that is template.HTML itself.
// An address of this site in href is given in this language.
func (w *Words) HTML(key string, pairs ...any) template.HTML {
	from, m, ok := w.find(key)
	if !ok {
		return template.HTML(template.HTMLEscapeString(key))
	}
	var b strings.Builder
	for _, p := range m.form(from, pairs) {
		if m.markup {
			b.WriteString(w.linked(p.literal))
		} else {
			b.WriteString(template.HTMLEscapeString(p.literal))
		}
		if p.place == "" {
			continue
		}
		value := value(p.place, pairs)
		if ready, ok := value.(template.HTML); ok && !p.href {
			b.WriteString(string(ready))
			continue
		}
		text := w.fill(p.place, pairs)
		if p.href {
			text = w.Link(safeHref(text))
		}
		b.WriteString(template.HTMLEscapeString(text))
	}
	return template.HTML(b.String()) // the literals are ours or were checked by Load, the values are escaped
}

const hrefHere = ` href="/`

// linked puts the language before the addresses in a piece of markup.
func (w *Words) linked(s string) string {
	if w == nil || w.Path == "" || !strings.Contains(s, hrefHere) {
		return s
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, hrefHere)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		address, rest, _ := strings.Cut("/"+after, `"`)
		b.WriteString(` href="` + w.Link(address) + `"`)
		s = rest
	}
}

// find looks for a message here, then in English, and says whose it is.
func (w *Words) find(key string) (*Words, message, bool) {
	w = w.orEnglish()
	if m, ok := w.messages[key]; ok {
		return w, m, true
	}
	e := English()
	m, ok := e.messages[key]
	return e, m, ok
}

// Has reports whether English has a message under a key, for a caller that has another way to say it if not.
func Has(key string) bool {
	_, ok := English().messages[key]
	return ok
}
