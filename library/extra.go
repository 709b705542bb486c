package library

import "strings"

// What an item says beyond a citation travels in every format, under these names: in the notes of RIS and PubMed XML as
// "[everykit:design] ...", as fields everykit_design of BibTeX, within "custom" of CSL-JSON. Other programs show it or
// pass it by.
var extras = []string{"key", "kind", "summary", "country", "topics", "recommendations", "design", "setting", "n", "finding", "quality", "tool", "note", "source"}

// extra gives one of them as text.
func (it *Item) extra(name string) string {
	if p := it.extraText(name); p != nil {
		return *p
	}
	switch name {
	case "kind":
		return it.Kind.String()
	case "topics":
		return topicsText(it.Topics)
	case "recommendations":
		return bearsText(it.Bears)
	}
	return ""
}

func (it *Item) extraText(name string) *string {
	switch name {
	case "key":
		return &it.Key
	case "publisher":
		return &it.Publisher
	case "link":
		return &it.Link
	case "summary":
		return &it.Summary
	case "country":
		return &it.Country
	case "design":
		return &it.Evidence.Design
	case "setting":
		return &it.Evidence.Setting
	case "n":
		return &it.Evidence.N
	case "finding":
		return &it.Evidence.Finding
	case "quality":
		return &it.Evidence.Quality
	case "tool":
		return &it.Evidence.Tool
	case "note":
		return &it.Note
	case "source":
		return &it.Source
	}
	return nil
}

// setExtra takes one in, and reports whether it is one and could be read.
func (it *Item) setExtra(name, text string) bool {
	if p := it.extraText(name); p != nil {
		*p = text
		return true
	}
	switch name {
	case "kind":
		k, err := ParseKind(text)
		if err == nil {
			it.Kind = k
		}
		return err == nil
	case "topics":
		for w := range strings.SplitSeq(text, ";") {
			t, err := ParseTopic(w)
			if strings.TrimSpace(w) == "" {
				continue
			}
			if err != nil {
				return false
			}
			it.Topics = append(it.Topics, t)
		}
		return true
	case "recommendations":
		list, err := parseBears(text)
		it.Bears = append(it.Bears, list...)
		return err == nil
	}
	return false
}

const noteMark = "[everykit:"

// noted is an extra as a note.
func noted(name, text string) string { return noteMark + name + "] " + text }

// setNoted takes an extra from a note; false if the note is somebody else's.
func (it *Item) setNoted(note string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(note), noteMark)
	if !ok {
		return false
	}
	name, text, ok := strings.Cut(rest, "]")
	return ok && it.setExtra(name, strings.TrimSpace(text))
}
