package language

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	tags "golang.org/x/text/language"
)

//go:embed en
var englishFiles embed.FS

// readEnglish reads the words that are built in. A mistake in them is a mistake in the program.
func readEnglish() *Words {
	w := &Words{Tag: "en-GB", Name: "English", rules: tags.BritishEnglish, messages: map[string]message{}}
	names, err := fs.Glob(englishFiles, "en/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		file := strings.TrimPrefix(name, "en/")
		body, err := englishFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		list, err := readFile(body)
		if err != nil {
			panic(fmt.Errorf("language: %s: %w", name, err))
		}
		for _, e := range list {
			m, err := w.read(file, e)
			if err != nil {
				panic(fmt.Errorf("language: %s: %s: %w", name, e.key, err))
			}
			if _, twice := w.messages[e.key]; twice {
				panic(fmt.Errorf("language: %s: %s stands in two files", name, e.key))
			}
			w.messages[e.key] = m
			if strings.HasPrefix(e.key, faultPrefix) {
				w.faults = append(w.faults, e.key)
			}
		}
	}
	return w
}

// Keys are the keys of all English messages, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(English().messages)) }

// Message is what tests read of an English message: its file, its texts by plural form ("other" if it has none), with the
// places in braces, and the names of the places.
type Message struct {
	File   string
	Markup bool
	Texts  map[string]string
	Places []string
}

// About gives the English message under a key.
func About(key string) (Message, bool) {
	m, ok := English().messages[key]
	if !ok {
		return Message{}, false
	}
	about := Message{File: m.file, Markup: m.markup, Texts: map[string]string{}}
	for f, t := range m.forms {
		about.Texts[formName(f)] = source(t)
		about.Places = append(about.Places, places(t)...)
	}
	if m.counts {
		about.Places = append(about.Places, "count")
	}
	slices.Sort(about.Places)
	about.Places = slices.Compact(about.Places)
	return about, true
}

// source is a text as it is written in a file.
func source(t []part) string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.literal)
		if p.place != "" {
			b.WriteString("{" + p.place + "}")
		}
	}
	return b.String()
}
