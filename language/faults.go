package language

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
)

// faultPrefix begins the keys of messages that rooms below write in English: their texts are the same, word for word.
const faultPrefix = "faults."

// pattern finds an English text with its places filled.
type pattern struct {
	key    string
	names  []string
	filled *regexp.Regexp
}

// said are the patterns of faults.json, in its order.
var said = sync.OnceValue(func() []pattern {
	var list []pattern
	for _, key := range English().faults {
		p := pattern{key: key}
		var b strings.Builder
		for _, part := range English().messages[key].forms[plural.Other] {
			b.WriteString(regexp.QuoteMeta(part.literal))
			if part.place != "" {
				b.WriteString("(.+?)")
				p.names = append(p.names, part.place)
			}
		}
		p.filled = regexp.MustCompile("(?s)^" + b.String() + "$")
		list = append(list, p)
	}
	return list
})

// Fault is a message or a hint of a room below in this language. One that is not in faults.json stays English. In English it is
// what was given.
func (w *Words) Fault(text string) string {
	if w.IsEnglish() || text == "" {
		return text
	}
	for _, p := range said() {
		m := p.filled.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		var pairs []any
		for i, name := range p.names {
			pairs = append(pairs, name, m[i+1])
		}
		return w.T(p.key, pairs...)
	}
	return text
}
