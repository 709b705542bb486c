package compose

import (
	"bytes"
	"embed"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"everykit/bulletin/frozen"
	"everykit/fault"
)

// Template says which chapters stand, in which order, under which titles, and with which fixed words.
type Template struct {
	Name     string
	Title    string            // "National Naloxone Programme {area}: {span}"
	Chapters []ChapterTemplate // all that can stand, in order
	Words    map[string]string // words of a nation: board for authority ...
}

// ChapterTemplate is one chapter of a template. Title and Intro may hold placeholders; Intro stands first in the chapter.
type ChapterTemplate struct {
	Key, Title, Intro string
	Out               bool // left out
}

//go:embed templates/*.json
var templateFiles embed.FS

const scotland = "S92000003"

// Usual is the built-in template of a kind of bulletin in a nation (by code; of a local bulletin the authority's will do).
func Usual(kind frozen.Kind, nation string) Template {
	name := "quarterly"
	switch kind {
	case frozen.Annual:
		name = "annual"
	case frozen.Local:
		name = "local"
	}
	t := builtIn(name)
	if strings.HasPrefix(nation, "S") {
		own := builtIn("scotland")
		maps.Copy(t.Words, own.Words)
		if kind == frozen.Quarterly {
			words := t.Words
			t, t.Words = own, words
			t.Chapters = withMissing(own.Chapters, builtIn("quarterly").Chapters)
		}
	}
	return t
}

// withMissing lets a nation's template name only the chapters that it has otherwise than the usual one.
func withMissing(own, usual []ChapterTemplate) []ChapterTemplate {
	list := slices.Clone(usual)
	for i, u := range list {
		if at := slices.IndexFunc(own, func(c ChapterTemplate) bool { return c.Key == u.Key }); at >= 0 {
			list[i] = own[at]
		}
	}
	return list
}

// builtIn reads one of the files, which a test has read before.
func builtIn(name string) Template {
	body, err := templateFiles.ReadFile("templates/" + name + ".json")
	if err != nil {
		panic(err) // it is embedded
	}
	t, err := ParseTemplate(body)
	if err != nil {
		panic(err)
	}
	return t
}

// ParseTemplate reads a template as the files in templates are written, and refuses one with a field, a chapter or a placeholder
// that is not known.
func ParseTemplate(body []byte) (Template, error) {
	t := Template{}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return t, fault.New(fault.Invalid, "the template cannot be read: %v", err).Hint("write it like those that are built in").Because(err)
	}
	if t.Words == nil {
		t.Words = map[string]string{}
	}
	return t, t.fault()
}

// placeholders are what the fixed words of a template may leave open. A nation's words can be named too.
var placeholders = []string{"area", "period", "span", "before", "as_of", "year", "unit"}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// fault looks for what cannot be used.
func (t Template) fault() error {
	seen := map[string]bool{}
	texts := []string{t.Title}
	for _, c := range t.Chapters {
		switch {
		case writers[c.Key] == nil:
			return fault.New(fault.Invalid, "%q is no chapter of a bulletin", c.Key).Hint("write one of %s", strings.Join(Chapters(), ", ")).At(c.Key)
		case seen[c.Key]:
			return fault.New(fault.Invalid, "the chapter %q stands twice", c.Key).Hint("leave one of the two out").At(c.Key)
		}
		seen[c.Key] = true
		texts = append(texts, c.Title, c.Intro)
	}
	for _, text := range texts {
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			if _, word := usualWords[found[1]]; !word && !slices.Contains(placeholders, found[1]) {
				return fault.New(fault.Invalid, "%s cannot be filled in", found[0]).Hint("write one of {%s}", strings.Join(placeholders, "}, {"))
			}
		}
	}
	return nil
}

// usualWords are the words that a nation may have others for.
var usualWords = map[string]string{
	"authority":   "authority",
	"authorities": "authorities",
	"risk":        "people who use opiates",

	"community":              "community outlets",
	"prison":                 "prisons",
	"community_prescription": "community prescription",
	"ambulance":              "ambulance services",
	"post":                   "postal services",
	"peer":                   "peer networks",
	"other":                  "other services",
}

// Chapters are the keys of all chapters that there can be, in the usual order.
func Chapters() []string {
	return []string{
		"introduction", "main_points", "community", "prison", "community_prescription", "ambulance", "other_channels", "combined", "recipients",
		"age_sex", "repeats", "products", "areas", "coverage", "deaths", "notices", "quality", "revisions", "corrections", "glossary", "tables",
		"metadata", "early_access", "contact",
	}
}
